"""«Why this term?»: each day from the start to the deadline, in plain words."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from aiogram import Router
from aiogram.types import CallbackQuery
from babel.dates import format_date
from markupsafe import Markup

from handlers.requests import callbacks
from handlers.requests.clocks.callbacks import WhyDue
from handlers.turn import Turn
from handlers.ui import dates, holidays, nav
from handlers.ui.i18n import N_, Translator
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Row, Screen, lines
from storage.requests import explaining
from storage.requests.asked_extensions import CLOCKS, LEGAL, OWN
from storage.requests.explaining import Explained
from storage.rules.access import Action
from storage.rules.due_days import COUNTS, Day, Kind

router = Router(name="requests.explaining")

SHOWN = 40  # lines of days; a longer term shows its beginning and its end
HEADINGS = {
    OWN: N_("❓ № {number}: why is the branch's own term {date}?"),
    LEGAL: N_("❓ № {number}: why is the body's term by law {date}?"),
}
STARTS = {
    OWN: N_("{date}: registered at the branch; this day is not counted"),
    LEGAL: N_("{date}: registered at the body; this day is not counted"),
}
UNCOUNTED = {
    Kind.WEEKEND: N_("{days}: days off, not counted"),
    Kind.OFF: N_("{days}: a day off that was moved here, not counted"),
    Kind.PAUSED: N_("{days}: ⏸ the clock stood, not counted"),
    Kind.EXTENDED: N_("{days}: 📅 the extension"),
}
OTHER = {OWN: N_("The body's term by law"), LEGAL: N_("The branch's own term")}


@router.callback_query(WhyDue.filter())
@policy(Action.WORK_ON_REQUESTS)
async def why(_query: CallbackQuery, turn: Turn, callback_data: WhyDue) -> Screen:
    """One of the two terms."""
    clock = callback_data.clock if callback_data.clock in CLOCKS else OWN
    explained = await turn.read(explaining.why, turn.actor, callback_data.id, clock, turn.zone)
    return screen(turn, explained)


def screen(turn: Turn, explained: Explained) -> Screen:
    """The term, day by day."""
    t, today, request = turn.t, turn.today, explained.request
    day = dates.short_day(t, explained.due_on, today)
    other = LEGAL if explained.clock == OWN else OWN
    rows: tuple[Row, ...] = ()
    if explained.two:
        rows = ((Button(t.plain(OTHER[explained.clock]), WhyDue(id=request.id, clock=other)),),)
    paused = request.paused_since is not None and explained.clock == OWN
    return Screen(
        lines(
            t(HEADINGS[explained.clock], number=request.number, date=day),
            t("Working days: {n}. Weekends and holidays are not counted.", n=explained.count),
            _start(turn, explained),
            *_shortened(list(_stretches(t, explained.days))),
            t("⏸ The clock stands now: the term will move by the working days it stands.")
            if paused
            else None,
            None
            if explained.holds
            else t("The calendar has changed since; the term that was set stays."),
        ),
        rows=(*rows, nav.exits(t, callbacks.OpenRequest(id=request.id))),
    )


def _start(turn: Turn, explained: Explained) -> Markup:
    t, today = turn.t, turn.today
    said = t(STARTS[explained.clock], date=dates.short_day(t, explained.came_on, today))
    if explained.came_on == explained.start:
        return said
    return t(
        "{date}: came on a day off, so it counts as registered on {start}",
        date=dates.short_day(t, explained.came_on, today),
        start=dates.short_day(t, explained.start, today),
    )


def _stretches(t: Translator, days: Sequence[Day]) -> Iterator[Markup]:
    """Days of one kind that follow one another, in a line."""
    for key, group in groupby(days, key=_kind):
        stretch = list(group)
        span = _span(t, stretch[0].day, stretch[-1].day)
        kind, holiday = key
        if kind in COUNTS:
            yield _counted(t, kind, span, stretch)
        elif holiday is not None:
            name = holidays.name(t, holiday)
            yield t("{days}: {name}, not counted", days=span, name=name)
        else:
            yield t(UNCOUNTED[kind], days=span)


def _counted(t: Translator, kind: Kind, span: str, stretch: list[Day]) -> Markup:
    first, last = stretch[0].number or 0, stretch[-1].number or 0
    numbers = str(first) if first == last else f"{first}–{last}"
    if kind is Kind.WORKED:
        return t("{days}: a working day moved here, counted: {numbers}", days=span, numbers=numbers)
    if first == last:
        return t("{day}: working day number {n}", day=span, n=first)
    return t("{days}: working days {numbers}", days=span, numbers=numbers)


def _kind(day: Day) -> tuple[Kind, str | None]:
    return day.kind, day.holiday


def _span(t: Translator, start: date, end: date) -> str:
    locale = dates.locale_of(t)
    last = format_date(end, "d MMMM", locale=locale)
    if start == end:
        return last
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{last}"
    return f"{format_date(start, 'd MMMM', locale=locale)} – {last}"


def _shortened(shown: list[Markup]) -> list[Markup]:
    if len(shown) <= SHOWN:
        return shown
    half = SHOWN // 2
    return [*shown[:half], Markup("…"), *shown[-half:]]
