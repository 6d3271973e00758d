"""What is looked at from the card: answers, history, why that day, the inquiries of a request."""

from markupsafe import Markup

from handlers.inquiries import callbacks, words
from handlers.inquiries.screens import answer_line
from handlers.requests.callbacks import OpenRequest
from handlers.turn import Turn
from handlers.ui import dates, nav, paging
from handlers.ui.i18n import N_
from handlers.ui.screen import Attachment, Button, Screen, lines, shortened
from storage.inquiries import Inquiry, Line, Listed, Whole
from storage.rules.inquiry_terms import Term, falls_on

SHOWN_ANSWER = 600  # characters of one answer

DONE = {
    "made": N_("made"),
    "changed": N_("the wording was changed"),
    "sign_asked": N_("a deputy was asked to sign"),
    "signed": N_("signed"),
    "sign_refused": N_("refused to sign"),
    "sent": N_("sent"),
    "answered": N_("the answer was kept"),
    "rated": N_("said whether the answer satisfies"),
    "announced": N_("announced at a session"),
    "decided": N_("linked it with a decision of a meeting"),
    "undecided": N_("took a link with a meeting back"),
    "closed": N_("closed it"),
    "withdrawn": N_("took it back"),
}


def answers(turn: Turn, around: Whole) -> Screen:
    """Every answer with its files."""
    t, inquiry = turn.t, around.inquiry
    parts: list[Markup | str] = []
    for one in around.answers[-paging.PAGE :]:
        parts.append(answer_line(turn, one))
        if one.text:
            parts.append(shortened(one.text, SHOWN_ANSWER))
        parts.append(t("Kept by: {name}", name=one.kept_by))
    return Screen(
        lines(t("📥 Answers to № {number}", number=inquiry.number), *parts),
        rows=(nav.exits(t, callbacks.OpenInquiry(id=inquiry.id)),),
        fresh=True,
        attachments=tuple(
            Attachment(file.kind, file_id=file.file_id, name=file.name)
            for one in around.answers
            for file in one.files
        ),
    )


def history(turn: Turn, inquiry: Inquiry, entries: list[Line], page: int) -> Screen:
    """A page of who did what and when."""
    t = turn.t
    page = paging.clamp(page, len(entries))
    shown = entries[page * paging.PAGE : (page + 1) * paging.PAGE]
    turned = paging.rows(
        t, (), page, len(entries), lambda to: callbacks.InquiryHistory(id=inquiry.id, page=to)
    )
    return Screen(
        lines(
            t("📄 № {number}: who did what", number=inquiry.number),
            *(_entry(turn, entry) for entry in shown),
        ),
        rows=(*turned, nav.exits(t, callbacks.OpenInquiry(id=inquiry.id))),
    )


def _entry(turn: Turn, entry: Line) -> Markup:
    local = entry.at.astimezone(turn.zone)
    when = f"{dates.short_day(turn.t, local.date(), turn.today)}, {local:%H:%M}"
    said = Markup("{} · {}: {}").format(when, entry.by, turn.t(DONE[entry.kind]))
    return Markup("{} — {}").format(said, entry.text) if entry.text else said


def why(turn: Turn, around: Whole, term: Term) -> Screen:
    """How the day of the answer was found, step by step."""
    t, inquiry = turn.t, around.inquiry
    back = (nav.exits(t, callbacks.OpenInquiry(id=inquiry.id)),)
    if inquiry.outgoing_on is None or inquiry.due_on is None:
        return Screen(t("It is not sent yet: the deadline is counted from that day."), rows=back)
    sent, due = (dates.day(t, day, turn.today) for day in (inquiry.outgoing_on, inquiry.due_on))
    ends = falls_on(inquiry.outgoing_on, term, around.calendar)
    moved = None
    if around.calendar.next_working(ends) != inquiry.due_on:
        moved = t("The term or the calendar was changed since: what is sent keeps its deadline.")
    elif ends != inquiry.due_on:
        moved = t("It is a day off, so the next working day counts.")
    return Screen(
        lines(
            t("📄 № {number}: why this day", number=inquiry.number),
            t("Sent: {date}", date=sent),
            t("Term for the {level}: {term}", level=words.level(t, inquiry.level),
              term=words.term(t, term)),
            t("The term ends: {date}", date=dates.day(t, ends, turn.today)),
            moved,
            t("Answer to the inquiry due: {date}", date=due),
        ),
        rows=back,
    )  # fmt: skip


def of_request(turn: Turn, number: str, found: list[Listed], request_id: int) -> Screen:
    """The inquiries made from a request."""
    t = turn.t
    buttons = [
        Button(words.row(t, one, turn.today), callbacks.OpenInquiry(id=one.id)) for one in found
    ]
    return Screen(
        t("📄 Inquiries made from № {number}: {n}", number=number, n=len(found)),
        rows=(
            *((button,) for button in buttons[: paging.PAGE]),
            nav.exits(t, OpenRequest(id=request_id)),
        ),
    )
