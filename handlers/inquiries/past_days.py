"""Days that have been: when a letter went out, when an answer was written."""

import re
from datetime import date, timedelta

from markupsafe import Markup

from handlers.inquiries.callbacks import PickDay
from handlers.turn import Turn
from handlers.ui import dates
from handlers.ui.screen import Button, Row
from handlers.ui.typed_dates import DateMistake, read_date
from handlers.ui.typed_days import told

_YEAR = re.compile(r"\b\d{4}\b")
OFFERED = 3  # days: today and those before


def rows(turn: Turn, inquiry_id: int) -> tuple[Row, ...]:
    """Today and the days before it, to be tapped."""
    days = [turn.today - timedelta(days=ago) for ago in range(OFFERED)]
    labels = [dates.short_day(turn.t, day, turn.today) for day in days]
    labels[0] = turn.t.plain("Today: {date}", date=labels[0])
    return (
        tuple(Button(label, PickDay(id=inquiry_id, ago=ago)) for ago, label in enumerate(labels)),
    )


def picked(turn: Turn, ago: int) -> date:
    """The day of a tap; a forged one is as far as one could be typed."""
    return turn.today - timedelta(days=min(ago, 366 * 2))


def typed(turn: Turn, text: str | None) -> date | Markup:
    """A typed day that may have passed, or what is wrong with it in words.

    Without a year it is the nearest such day: «20.11» typed in March is of the year before.
    """
    try:
        day = read_date(text or "", turn.local, future=False).day
    except DateMistake as mistake:
        return told(turn, mistake)
    if day > turn.today and not _YEAR.search(text or ""):
        try:
            earlier = day.replace(year=day.year - 1)
        except ValueError:  # 29 February
            return day
        return earlier if turn.today - earlier < day - turn.today else day
    return day


def hint(turn: Turn) -> Markup:
    """How a day may be typed."""
    return turn.t("Tap it, or type it: {day}", day=f"{turn.today - timedelta(days=5):%d.%m.%Y}")
