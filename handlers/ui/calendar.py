"""A month to tap a day in: Monday first, days off marked, nothing past to tap.

A wizard shows ``rows`` under its question with ``legend`` in the text, and takes the taps with the
filters ``DayFor`` and ``MonthFor`` of its ``purpose`` (at most 24 characters without a colon).
"""

import calendar as months
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from aiogram.filters import Filter
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery
from babel.dates import format_date, get_day_names
from markupsafe import Markup

from handlers.ui import holidays
from handlers.ui.date_said import add_months
from handlers.ui.dates import locale_of
from handlers.ui.i18n import Translator
from handlers.ui.nav import Nothing
from handlers.ui.screen import Button, Row, lines
from handlers.ui.typed_dates import DateMistake, Kind
from storage.rules.working_days import WorkingCalendar

MONTHS_AHEAD = 24
DAY_OFF = "·"  # before the number
EMPTY = " "
PAST = "–"


class PickDay(CallbackData, prefix="day"):
    """A tapped day, ISO."""

    purpose: str
    day: str


class TurnMonth(CallbackData, prefix="month"):
    """Show another month: its first day, ISO."""

    purpose: str
    first: str


class DayFor(Filter):
    """A tap on a day of the calendar that was shown for ``purpose``."""

    def __init__(self, purpose: str) -> None:
        self._purpose = purpose

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Any]:
        """Hand the data on as ``callback_data``."""
        return _mine(PickDay, query.data, self._purpose)


class MonthFor(Filter):
    """A tap on the neighbouring month of the calendar that was shown for ``purpose``."""

    def __init__(self, purpose: str) -> None:
        self._purpose = purpose

    async def __call__(self, query: CallbackQuery) -> bool | dict[str, Any]:
        """Hand the data on as ``callback_data``."""
        return _mine(TurnMonth, query.data, self._purpose)


def picked(data: PickDay, today: date) -> date:
    """The day of a tap. Raises DateMistake: the button may be old, or forged."""
    try:
        day = date.fromisoformat(data.day)
    except ValueError:
        raise DateMistake(Kind.NO_SUCH_DAY) from None
    if day < today:
        raise DateMistake(Kind.IN_THE_PAST, day)
    if day > farthest(today):
        raise DateMistake(Kind.TOO_FAR, farthest(today))
    return day


def turned(data: TurnMonth, today: date) -> date:
    """The first day of the month to show, within what may be chosen."""
    try:
        first = date.fromisoformat(data.first)
    except ValueError:
        first = today
    return min(max(first, today), farthest(today)).replace(day=1)


def farthest(today: date) -> date:
    """The last day that may be chosen."""
    return add_months(today, MONTHS_AHEAD)


def rows(
    t: Translator, purpose: str, month: date, today: date, calendar: WorkingCalendar
) -> tuple[Row, ...]:
    """The buttons of ``month`` (any day of it); weeks that have passed are left out."""
    weeks = months.Calendar().monthdatescalendar(month.year, month.month)
    return (
        _turner(t, purpose, month, today),
        tuple(Button(name, Nothing()) for name in _weekdays(t)),
        *(
            tuple(_day(purpose, day, month, today, calendar) for day in week)
            for week in weeks
            if week[-1] >= today
        ),
    )


def legend(t: Translator, month: date, today: date, calendar: WorkingCalendar) -> Markup:
    """What the mark means, and the holidays of ``month`` that are still ahead."""
    first = month.replace(day=1)
    stretches = _stretches(t, max(first, today), add_months(first, 1), calendar)
    return lines(
        t("{mark} before a number: a day off", mark=DAY_OFF),
        *(
            Markup("{}: {}").format(_span(t, start, end), holiday)
            for start, end, holiday in stretches
        ),
    )


def _stretches(
    t: Translator, start: date, end: date, calendar: WorkingCalendar
) -> list[tuple[date, date, str]]:
    """First day, last day and name of each holiday between ``start`` and ``end``."""
    found: list[tuple[date, date, str]] = []
    for day in _days(start, end):
        english = calendar.holiday(day)
        if english is None:
            continue
        named = holidays.name(t, english)
        if found and found[-1][1:] == (day - timedelta(days=1), named):
            found[-1] = (found[-1][0], day, named)
        else:
            found.append((day, day, named))
    return found


def _days(start: date, end: date) -> Iterator[date]:
    for i in range((end - start).days):
        yield start + timedelta(days=i)


def _span(t: Translator, start: date, end: date) -> str:
    last = format_date(end, "d MMMM", locale=locale_of(t))
    return last if start == end else f"{start.day}–{last}"


def _day(purpose: str, day: date, month: date, today: date, calendar: WorkingCalendar) -> Button:
    if day.month != month.month:
        return Button(EMPTY, Nothing())
    if day < today or day > farthest(today):
        return Button(PAST, Nothing())
    mark = "" if calendar.is_working(day) else DAY_OFF
    return Button(f"{mark}{day.day}", PickDay(purpose=purpose, day=day.isoformat()))


def _turner(t: Translator, purpose: str, month: date, today: date) -> Row:
    title = format_date(month, "LLLL y", locale=locale_of(t)).capitalize()
    return (
        _to(purpose, "‹", add_months(month.replace(day=1), -1), today),
        Button(title, Nothing()),
        _to(purpose, "›", add_months(month.replace(day=1), 1), today),
    )


def _to(purpose: str, label: str, first: date, today: date) -> Button:
    if not today.replace(day=1) <= first <= farthest(today):
        return Button(EMPTY, Nothing())
    return Button(label, TurnMonth(purpose=purpose, first=first.isoformat()))


def _weekdays(t: Translator) -> list[str]:
    names = get_day_names("abbreviated", "stand-alone", locale=locale_of(t))
    return [names[number][:2].lower() for number in range(7)]


def _mine(
    kind: type[PickDay] | type[TurnMonth], data: str | None, purpose: str
) -> bool | dict[str, Any]:
    try:
        unpacked = kind.unpack(data or "")
    except (TypeError, ValueError):
        return False
    return {"callback_data": unpacked} if unpacked.purpose == purpose else False
