"""The monthly report on requests: figures only, nothing that was said by or of a voter.

A month is a calendar month of the given zone. *Received*: registered in it. *Done*: its outcome was
accepted in it (and it was not taken up again since), so that a report once made stays true. *On
time*: the outcome that was accepted had been reported on or before the deadline, which extensions
and pauses have moved already: how long somebody took to accept it is not the deputy's. *Median*: of
the working days from the registration to that report, over what was done. *Overdue*: registered by
the end of the month, late and unanswered today. What was merged into another request is counted
there, once.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from storage import working_days
from storage.requests.reading import visible
from storage.requests.report_rows import Named, Row, query
from storage.rules.access import Actor
from storage.rules.working_days import WorkingCalendar
from storage.tables import voter_requests


@dataclass(frozen=True)
class Figures:
    """One month in numbers."""

    received: int
    done: int
    on_time: int
    median: float | None  # working days; None when nothing was done

    @property
    def percent(self) -> int | None:
        """The share of what was done on time, in whole per cent; None when nothing was done."""
        return round(100 * self.on_time / self.done) if self.done else None


@dataclass(frozen=True)
class Late:
    """A request that is overdue: nothing of the voter."""

    id: int
    number: str
    category: Named
    place: Named
    deputy: str
    due_on: date


@dataclass(frozen=True)
class Report:
    """A month, the one before it, and how the month is made up; the biggest groups first."""

    month: date  # its first day
    now: Figures
    before: Figures
    categories: tuple[tuple[Named, int], ...]  # of what was received, as the next two
    places: tuple[tuple[Named, int], ...]  # the settlement, else the branch
    channels: tuple[tuple[str, int], ...]
    outcomes: tuple[tuple[str, int], ...]  # of what was done
    weeks: tuple[tuple[date, int, int], ...]  # the first day in the month, received, done
    overdue: tuple[Late, ...]  # the latest first


def month_of(day: date, by: int = 0) -> date:
    """The first day of the month of ``day``, or of the one ``by`` months after it."""
    months = day.year * 12 + day.month - 1 + by
    return date(months // 12, months % 12 + 1, 1)


def monthly(
    tx: Connection,
    actor: Actor,
    month: date,
    branch_id: int | None,
    today: date,
    zone: ZoneInfo,
) -> Report:
    """The report on what ``actor`` sees, of one branch or (None) of all.

    ``month`` is any day of it. Raises NotAllowed for who works on no requests; a branch out of
    reach gives an empty report.
    """
    first = month_of(month)
    ends, previous = month_of(month, 1), month_of(month, -1)
    calendar = working_days.load(tx)
    found = query(_moment(previous, zone), _moment(ends, zone), today).where(visible(actor))
    if branch_id is not None:
        found = found.where(voter_requests.c.branch_id == branch_id)
    rows = [Row(row, zone) for row in tx.execute(found).mappings()]
    received = [row for row in rows if first <= row.received < ends]
    done = [row for row in rows if row.done and first <= row.done < ends]
    return Report(
        first,
        _figures(rows, first, ends, calendar),
        _figures(rows, previous, first, calendar),
        _counted(row.category for row in received),
        _counted(row.place for row in received),
        _counted(row.channel for row in received),
        _counted(row.outcome for row in done),
        _weeks(received, done, first, ends),
        tuple(
            Late(row.id, row.number, row.category, row.place, row.deputy, row.due_on)
            for row in sorted(rows, key=lambda row: (row.due_on, row.number))
            if row.waits and row.due_on < today and row.received < ends
        ),
    )


def _moment(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)


def _figures(rows: list[Row], first: date, ends: date, calendar: WorkingCalendar) -> Figures:
    done = [row for row in rows if row.done and first <= row.done < ends]
    days = [calendar.count(row.received, row.reported) for row in done if row.reported]
    return Figures(
        sum(first <= row.received < ends for row in rows),
        len(done),
        sum(row.reported <= row.due_on for row in done if row.reported),
        float(median(days)) if days else None,
    )


def _counted(values: Iterable[Any]) -> tuple[tuple[Any, int], ...]:
    return tuple(sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0])))


def _weeks(
    received: list[Row], done: list[Row], first: date, ends: date
) -> tuple[tuple[date, int, int], ...]:
    """By week from Monday; the first and the last one only as far as they lie in the month."""
    came = Counter(_week(row.received, first) for row in received)
    went = Counter(_week(row.done, first) for row in done if row.done)
    days = [first + timedelta(days=n) for n in range((ends - first).days)]
    return tuple((day, came[day], went[day]) for day in days if day == _week(day, first))


def _week(day: date, first: date) -> date:
    return max(first, day - timedelta(days=day.weekday()))
