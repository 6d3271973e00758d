"""When each subject is reminded of: the rungs before a deadline, and those after it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from storage.rules import ladder, working_ladder
from storage.rules.working_days import WorkingCalendar

# What the message about each subject is called in the outbox.
KINDS = {
    "roadmap_item": "roadmap_reminder",
    "indicator": "indicator_reminder",
    "object_visit": "visit_reminder",
    "inquiry": "inquiry_reminder",
    "voter_request": "request_reminder",
}


class Ladder(Protocol):
    """When a subject is reminded of: the rungs before a deadline, and those after it."""

    def due_at(
        self, days: int, deadline: date, calendar: WorkingCalendar, zone: ZoneInfo
    ) -> datetime:
        """The moment of one rung."""
        ...

    def before(
        self, deadline: date, now: datetime, calendar: WorkingCalendar, zone: ZoneInfo
    ) -> Iterable[ladder.Rung]:
        """The rungs up to the deadline that are still to come."""
        ...

    def overdue(
        self,
        deadline: date,
        now: datetime,
        calendar: WorkingCalendar,
        zone: ZoneInfo,
        *,
        after_days: int = 0,
    ) -> ladder.Rung:
        """The next rung after it."""
        ...


# What is awaited from a body, or by a voter, is counted in working days.
LADDERS: dict[str, Ladder] = {
    "roadmap_item": ladder,
    "indicator": ladder,
    "object_visit": ladder,
    "inquiry": working_ladder,
    "voter_request": working_ladder,
}
