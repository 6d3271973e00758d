"""How an item presses: until when it is due, and what risk it bears, as conditions on its row."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, or_

from storage.roadmap.records import CLOSED, SOON_DAYS, State
from storage.tables import control_items

WEEK = 7  # days


class Due(StrEnum):
    """When the deadline is; each item that is not closed belongs to one of them."""

    OVERDUE = "o"
    WEEK = "w"  # within seven days
    SOON = "f"  # within fourteen
    YEAR = "y"  # later in this year
    LATER = "l"


class Risk(StrEnum):
    """What speaks against its being done in time; each item that is not closed bears one."""

    HIGH = "h"  # overdue, or its executor says that it is at risk or not done
    MIDDLE = "m"  # due within fourteen days and not begun, or extended before
    LOW = "c"


def due(today: date) -> Mapping[Due, ColumnElement[bool]]:
    """The condition of each ``Due``; the first that holds is the item's."""
    deadline = control_items.c.deadline
    is_open = control_items.c.state.not_in(CLOSED)
    until = {
        Due.OVERDUE: deadline < today,
        Due.WEEK: deadline.between(today, today + timedelta(days=WEEK)),
        Due.SOON: deadline.between(
            today + timedelta(days=WEEK + 1), today + timedelta(days=SOON_DAYS)
        ),
        Due.YEAR: deadline.between(today + timedelta(days=SOON_DAYS + 1), date(today.year, 12, 31)),
        Due.LATER: deadline > max(today + timedelta(days=SOON_DAYS), date(today.year, 12, 31)),
    }
    return {one: and_(is_open, condition) for one, condition in until.items()}


def risk(today: date) -> Mapping[Risk, ColumnElement[bool]]:
    """The condition of each ``Risk``."""
    c = control_items.c
    high = or_(c.deadline < today, c.state.in_((State.AT_RISK, State.NOT_DONE)))
    near = c.deadline <= today + timedelta(days=SOON_DAYS)
    middle = or_(and_(near, c.state == State.PLANNED), c.extensions > 0)
    is_open = c.state.not_in(CLOSED)
    return {
        Risk.HIGH: and_(is_open, high),
        Risk.MIDDLE: and_(is_open, ~high, middle),
        Risk.LOW: and_(is_open, ~high, ~middle),
    }


def named(conditions: Mapping[Any, ColumnElement[bool]]) -> ColumnElement[str]:
    """Which of them an item belongs to, by its value; NULL for one that is closed."""
    return case(*((condition, one.value) for one, condition in conditions.items()))
