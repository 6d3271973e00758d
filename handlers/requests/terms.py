"""The terms of a request in words: the own deadline, its extensions, and the body's by law."""

from datetime import date

from markupsafe import Markup

from handlers.ui import dates
from handlers.ui.i18n import Translator, html
from storage.requests import VoterRequest
from storage.rules.request_states import RequestState
from storage.rules.working_days import WorkingCalendar


def deadline(
    t: Translator, request: VoterRequest, today: date, calendar: WorkingCalendar
) -> Markup:
    """The deadline, with the working and the calendar days left while it still counts."""
    due = dates.short_day(t, request.due_on, today)
    if request.paused_since is not None:
        since = dates.short_day(t, request.paused_since, today)
        return t("Answer due: {date} · ⏸ the clock stands since {since}", date=due, since=since)
    if request.answered:
        return t("Answer due: {date}", date=due)
    left = dates.days_left(t, request.due_on, today)
    working = calendar.count(today, request.due_on)
    if working <= 0:
        return t("Answer due: {date} · {left}", date=due, left=left)
    days = (request.due_on - today).days
    if days == 1:
        return t(
            "Answer due: {date} · {n} working days left ({left})", date=due, n=working, left=left
        )
    return t(
        "Answer due: {date} · {n} working days left (calendar days: {days})",
        date=due,
        n=working,
        days=days,
    )


def extended(t: Translator, request: VoterRequest) -> Markup | None:
    """How often its terms were extended; nothing when never."""
    if request.extended and request.legal_extended:
        n, legal = request.extended, request.legal_extended
        return t("📅 Extended: {n} times; at the body: {legal}", n=n, legal=legal)
    if request.legal_extended:
        return t("📅 Extended at the body: {n} times", n=request.legal_extended)
    return t("📅 Extended: {n} times", n=request.extended) if request.extended else None


def working_left(t: Translator, due: date, today: date, calendar: WorkingCalendar) -> Markup | None:
    """How many working days are left of a term by law, or how many it is late; None between them.

    The law counts its term in working days, so what is said of it counts them, too.
    """
    if due == today:
        return dates.days_left(t, due, today)
    left = calendar.count(today, due)
    if left > 0:
        return t("{n} working days left", n=left)
    return t("{n} working days overdue", n=-left) if left else None


def body(
    t: Translator, request: VoterRequest, today: date, calendar: WorkingCalendar
) -> tuple[Markup, ...]:
    """The body it is with, and the law's clock there beside the branch's own; else nothing."""
    if request.body_id is None or request.state is not RequestState.SENT_TO_BODY:
        return ()
    named = t.pick(request.body_kk, request.body_ru)
    number = html(" · № {}", request.body_number) if request.body_number else Markup()
    where = html("🏛 {}{}", named, number)
    if request.legal_due_on is None:
        return (where, t("The body has not registered it yet: its term does not run."))
    due = request.legal_due_on
    date_, left = dates.short_day(t, due, today), working_left(t, due, today, calendar)
    if left is None:  # no working day has passed since
        return (where, t("⚠️ The body's term by law has ended: {date}", date=date_))
    if due < today:
        return (where, t("⚠️ The body is late by law: {date} · {left}", date=date_, left=left))
    return (where, t("The body's term by law: {date} · {left}", date=date_, left=left))
