"""Why a deadline is on its day: every day from the start to it, counted or not, and why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from storage.rules.pauses import moved
from storage.rules.working_days import WorkingCalendar

SATURDAY = 5


class Kind(StrEnum):
    """What a day is to the deadline."""

    COUNTED = "counted"
    WORKED = "worked"  # counted, though on a weekend: the government moved a working day there
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    OFF = "off"  # moved there, no holiday
    PAUSED = "paused"  # the clock stood
    EXTENDED = "extended"  # beyond the term itself


COUNTS = frozenset({Kind.COUNTED, Kind.WORKED})


@dataclass(frozen=True)
class Pause:
    """A time in which the clock stood; on ``to_day`` it ran again."""

    from_day: date
    to_day: date


@dataclass(frozen=True)
class Extension:
    """A later day that was approved."""

    to_due: date


@dataclass(frozen=True)
class Day:
    """One day; ``number``: which working day of the term it is; ``holiday``: its English name."""

    day: date
    kind: Kind
    number: int | None = None
    holiday: str | None = None


Event = Pause | Extension


def due_on(start: date, count: int, events: Sequence[Event], calendar: WorkingCalendar) -> date:
    """The deadline that is ``count`` working days after ``start``, after ``events`` in order."""
    due = calendar.add(start, count)
    for event in events:
        if isinstance(event, Pause):
            due = moved(start, due, event.from_day, event.to_day, calendar)
        else:
            due = event.to_due
    return due


def explain(
    start: date, count: int, events: Sequence[Event], calendar: WorkingCalendar
) -> tuple[Day, ...]:
    """The days after ``start``, which is not counted, up to the deadline, see ``due_on``."""
    end = due_on(start, count, events, calendar)
    pauses = [event for event in events if isinstance(event, Pause)]
    number = 0
    days: list[Day] = []
    for day, worked in calendar.run(start):
        if day > end:
            break
        if worked is None:
            days.append(_off(day, calendar))
        elif any(pause.from_day <= day < pause.to_day for pause in pauses):
            days.append(Day(day, Kind.PAUSED))
        elif number < count:
            number += 1
            days.append(Day(day, _worked(day), number))
        else:
            days.append(Day(day, Kind.EXTENDED))
    return tuple(days)


def _worked(day: date) -> Kind:
    return Kind.WORKED if day.weekday() >= SATURDAY else Kind.COUNTED


def _off(day: date, calendar: WorkingCalendar) -> Day:
    holiday = calendar.holiday(day)
    if holiday is not None:
        return Day(day, Kind.HOLIDAY, holiday=holiday)
    return Day(day, Kind.WEEKEND if day.weekday() >= SATURDAY else Kind.OFF)
