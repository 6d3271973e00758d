"""Voters' requests whose answer is awaited, reminded of with the way to their cards."""

from datetime import date
from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.notices import Recipient
from handlers.reminders.reminded import Reminded, Subject, is_late, marked
from handlers.requests import callbacks, terms, words
from handlers.ui import dates, nav
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Screen, lines, shortened
from storage import working_days
from storage.requests import VoterRequest
from storage.requests.reminding import awaited
from storage.rules.working_days import WorkingCalendar

LABEL = 60  # characters of a button


def _current(tx: Connection, to: Recipient, params: list[dict[str, Any]]) -> list[Reminded]:
    by_id = {int(one["item_id"]): one for one in params}
    calendar = working_days.load(tx)
    return [
        _reminded(to, request, calendar, late=is_late(by_id[request.id], to.now))
        for request in awaited(tx, to.person_id, list(by_id), to.today)
        if date.fromisoformat(by_id[request.id]["deadline"]) == request.due_on
    ]


def _reminded(
    to: Recipient, request: VoterRequest, calendar: WorkingCalendar, *, late: bool
) -> Reminded:
    t, category = to.t, words.category(to.t, request)
    left = dates.days_left(t, request.due_on, to.today)
    line = Markup("📝 {} {} · <b>{}</b>").format(request.number, category, left)
    label = shortened(f"📝 {request.number} · {left.unescape()} · {category}", LABEL)
    return Reminded(
        request.due_on,
        marked(to, line, late=late),
        Button(label, callbacks.OpenRequest(id=request.id)),
        _alone(to, request, calendar, late=late),
    )


def _alone(
    to: Recipient, request: VoterRequest, calendar: WorkingCalendar, *, late: bool
) -> Screen:
    t = to.t
    return Screen(
        lines(
            t("⏰ <b>A reminder that comes late: voter's request</b>")
            if late
            else t("⏰ <b>Reminder: voter's request</b>"),
            words.heading(t, request.number, request.state),
            words.category(t, request),
            terms.deadline(t, request, to.today, calendar),
            t("The answer to the voter is late. How does it stand?")
            if request.is_overdue(to.today)
            else t("The voter awaits the answer. How does it stand?"),
        ),
        rows=(
            (Button(t.plain("Change request state"), callbacks.ChooseState(id=request.id)),),
            (Button(t.plain("Open the request card"), callbacks.OpenRequest(id=request.id)),),
            nav.exits(t),
        ),
    )


SUBJECT = Subject(
    _current,
    N_("⏰ <b>Reminder: voters' requests: {n}</b>"),
    N_("Tap a request to open it."),
    N_("All my requests"),
    N_("voters' requests: {n}"),
    callbacks.RequestList(),
)
