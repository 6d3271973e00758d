"""The year's calendar, and a day of it that was moved."""

from datetime import date

from aiogram.filters.callback_data import CallbackData

from handlers.turn import Turn
from handlers.ui import dates, nav, paging
from handlers.ui.screen import Button, Row, Screen, lines
from handlers.working_days import words
from handlers.working_days.callbacks import ConfirmYear, ForgetDay, MoveDay, OpenDay, OpenYear
from storage.calendar_keeping import Outlook, last_year
from storage.working_days import Year


def of_year(turn: Turn, year: Year, page: int, *, toast: str | None = None) -> Screen:
    """A page of the year: its holidays and moved days, and what can be done."""
    t = turn.t
    entries = words.entries(t, year, turn.today)
    page = paging.clamp(page, len(entries))
    shown = entries[page * paging.PAGE : (page + 1) * paging.PAGE]
    uncertain = words.uncertain(t, year, turn.today)

    def turn_to(number: int) -> CallbackData:
        return OpenYear(year=year.year, page=number)

    moved = [
        Button(words.label(t, entry.override), OpenDay(day=entry.start.isoformat()))
        for entry in shown
        if entry.override
    ]
    return Screen(
        lines(
            t("<b>Working calendar of {year}</b>", year=year.year),
            t("✅ Confirmed: {day}", day=_confirmed_on(turn, year))
            if year.confirmed_at
            else t("⏳ Nobody has confirmed this calendar yet."),
            t("Holidays and moved days:"),
            *(entry.line for entry in shown),
            t(
                "⚠️ Not certain yet: {days}. Once the day is announced, put it in here.",
                days=uncertain,
            )
            if uncertain and not year.confirmed_at
            else None,
        ),
        rows=(
            *paging.rows(t, moved, page, len(entries), turn_to),
            (Button(t.plain("Move a day"), MoveDay()),),
            *_confirm(turn, year),
            _years(turn, year.year),
            nav.exits(t),
        ),
        toast=toast,
    )


def page_of(turn: Turn, year: Year, day: date) -> int:
    """The page of the year on which ``day`` stands, or would stand."""
    before = sum(entry.start < day for entry in words.entries(turn.t, year, turn.today))
    return before // paging.PAGE


def moved_day(turn: Turn, day: date, outlook: Outlook) -> Screen:
    """A day that was moved: by whom, and what follows when it is taken back."""
    t, one = turn.t, outlook.override
    back = OpenYear(year=day.year)
    if one is None:
        return Screen(
            lines(
                dates.day(t, day, turn.today),
                t("This day is as published: {state}", state=_now(turn, day, outlook)),
            ),
            rows=(nav.exits(t, back),),
        )
    published = outlook.calendar.changed(day, None)
    ahead = day >= turn.today
    iso = day.isoformat()
    change: Row = (
        Button(t.plain("Change this moved day"), MoveDay(day=iso)),
        Button(t.plain("Take it back"), ForgetDay(day=iso, version=one.version)),
    )
    return Screen(
        lines(
            t("<b>A moved day: {day}</b>", day=dates.day(t, day, turn.today)),
            t("It counts as: {state}", state=_now(turn, day, outlook)),
            t("Note to the day: {note}", note=one.note) if one.note else None,
            t(
                "Put in by: {name}, {moment}",
                name=one.by,
                moment=dates.moment(t, one.at.astimezone(turn.zone), turn.today),
            )
            if one.by and one.at
            else None,
            t(
                "Taken back, it is as published: {state}",
                state=words.state_now(t, published, day),
            )
            if ahead
            else t("The day has passed and stays as it was."),
            t("Planned reminders that move then: {n}", n=outlook.moved) if ahead else None,
        ),
        rows=(*((change,) if ahead else ()), nav.exits(t, back)),
    )


def _now(turn: Turn, day: date, outlook: Outlook) -> str:
    return words.state_now(turn.t, outlook.calendar, day)


def _confirmed_on(turn: Turn, year: Year) -> str:
    assert year.confirmed_at is not None  # noqa: S101 - asked for where it is
    return dates.short_day(turn.t, year.confirmed_at.astimezone(turn.zone).date(), turn.today)


def _confirm(turn: Turn, year: Year) -> tuple[Row, ...]:
    if year.confirmed_at:
        return ()
    label = turn.t.plain("✅ Calendar of {year} is right", year=year.year)
    return ((Button(label, ConfirmYear(year=year.year, seal=year.seal)),),)


def _years(turn: Turn, year: int) -> Row:
    """To the year before and the year after, as far as they are kept."""
    ways = []
    if year > turn.today.year:
        ways.append(Button(f"‹ {year - 1}", OpenYear(year=year - 1)))
    if year < last_year(turn.today):
        ways.append(Button(f"{year + 1} ›", OpenYear(year=year + 1)))
    return tuple(ways)
