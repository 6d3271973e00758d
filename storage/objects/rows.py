"""What is known of an object under party control, of a visit, of its pictures."""

from dataclasses import dataclass
from datetime import date, datetime

SUBJECT = "controlled_object"
VISIT = "object_visit"
CONTROLLED, REMOVED = "controlled", "removed"  # states


@dataclass(frozen=True)
class ControlledObject:
    """An object; where it comes from is the proposal with its meeting, when it is still known."""

    id: int
    branch_id: int
    branch_kk: str
    branch_ru: str
    proposal_id: int | None
    proposal_kk: str | None
    proposal_ru: str | None
    meeting_id: int | None
    meeting_at: datetime | None
    direction_kk: str | None
    direction_ru: str | None
    name_kk: str
    name_ru: str
    place: str | None
    contractor: str | None
    cost: int | None  # tenge
    starts_on: date | None
    plan_on: date | None
    fact_on: date | None
    percent: int | None
    curator_id: int | None
    curator: str | None
    state: str
    taken_at: datetime
    version: int
    visited_on: date | None  # the last visit
    open_recommendations: int

    @property
    def is_removed(self) -> bool:
        """Whether it is under control no more."""
        return self.state == REMOVED

    def is_overdue(self, today: date) -> bool:
        """Whether it was to be finished before ``today`` and is not."""
        return self.fact_on is None and self.plan_on is not None and self.plan_on < today


@dataclass(frozen=True)
class Visit:
    """A visit; its recommendation is open until something is written of how it was followed."""

    id: int
    object_id: int
    visited_on: date
    people: str | None
    findings: str
    percent: int | None
    latitude: float | None
    longitude: float | None
    recommendation: str | None
    due_on: date | None
    follow_up: str | None
    followed_on: date | None
    person_id: int
    person: str
    version: int
    photos: int

    @property
    def is_open(self) -> bool:
        """Whether something was recommended that nobody has told the end of."""
        return self.recommendation is not None and self.followed_on is None


@dataclass(frozen=True)
class Photo:
    """A picture of a visit; Telegram keeps it under ``file_id``."""

    visited_on: date
    percent: int | None
    file_id: str


@dataclass(frozen=True)
class Entry:
    """A line of the history; ``kind`` is taken, visit, follow_up, removed, or a column's name."""

    at: datetime
    person: str
    kind: str
    text: str | None
