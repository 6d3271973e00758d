"""Inquiries whose answer is awaited, reminded of with what can be done then."""

from datetime import date
from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.inquiries import callbacks, words
from handlers.notices import Recipient
from handlers.reminders.reminded import Reminded, Subject, is_late, marked
from handlers.ui import dates, nav
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Screen, lines, shortened
from storage.inquiries import Inquiry
from storage.inquiries.awaiting import awaited
from storage.rules.veiling import veiled

IN_LINE = 60  # characters of a subject in a digest
SHOWN = 200


def _current(tx: Connection, to: Recipient, params: list[dict[str, Any]]) -> list[Reminded]:
    by_id = {int(one["item_id"]): one for one in params}
    return [
        _reminded(to, inquiry, late=is_late(by_id[inquiry.id], to.now))
        for inquiry in awaited(tx, to.person_id, list(by_id), to.today)
        if date.fromisoformat(by_id[inquiry.id]["deadline"]) == inquiry.due_on
    ]


def _reminded(to: Recipient, inquiry: Inquiry, *, late: bool) -> Reminded:
    t, due = to.t, inquiry.due_on or to.today
    subject = shortened(veiled(inquiry.subject), IN_LINE)
    left = dates.days_left(t, due, to.today)
    line = Markup("📄 {} {} · <b>{}</b>").format(inquiry.number, subject, left)
    label = shortened(f"📄 {inquiry.number} · {left.unescape()} · {subject}", words.LABEL)
    return Reminded(
        due,
        marked(to, line, late=late),
        Button(label, callbacks.OpenInquiry(id=inquiry.id)),
        _alone(to, inquiry, late=late),
    )


def _alone(to: Recipient, inquiry: Inquiry, *, late: bool) -> Screen:
    t, id_ = to.t, inquiry.id
    answer = callbacks.StartAnswer(id=id_, version=inquiry.version)
    return Screen(
        lines(
            t("⏰ <b>A reminder that comes late: answer to an inquiry</b>")
            if late
            else t("⏰ <b>Reminder: answer to an inquiry</b>"),
            t("📄 № {number}", number=inquiry.number),
            shortened(veiled(inquiry.subject), SHOWN),
            t("To: {body}", body=t.pick(inquiry.body_kk, inquiry.body_ru)),
            words.deadline(t, inquiry, to.today),
            t("The answer is late. Has it come?")
            if inquiry.is_overdue(to.today)
            else t("Has the answer come?"),
        ),
        rows=(
            (Button(t.plain("📥 Keep the answer"), answer),),
            (Button(t.plain("Open the inquiry"), callbacks.OpenInquiry(id=id_)),),
            nav.exits(t),
        ),
    )


SUBJECT = Subject(
    _current,
    N_("⏰ <b>Reminder: answers to inquiries: {n}</b>"),
    N_("Tap an inquiry to open it."),
    N_("All my inquiries"),
    N_("answers to inquiries: {n}"),
    callbacks.InquiryList(),
)
