"""Meetings as they are read: lines of a list, and one meeting with its agenda."""

from dataclasses import dataclass
from datetime import datetime

from storage.errors import NotFound


@dataclass(frozen=True)
class MeetingLine:
    """A meeting as a list shows it."""

    id: int
    state: str  # draft, announced, held, cancelled
    body: str
    title_kk: str
    title_ru: str
    starts_at: datetime | None
    period_kk: str | None
    period_ru: str | None
    branch_kk: str
    branch_ru: str
    items: int


@dataclass(frozen=True)
class MeetingPage:
    """One page of a list: the page really shown (from 0) and how many meetings there are."""

    lines: tuple[MeetingLine, ...]
    page: int
    total: int


@dataclass(frozen=True)
class Silent:
    """A meeting that has begun or is over, and of which nothing was told yet."""

    id: int
    starts_at: datetime


@dataclass(frozen=True)
class Proposal:
    """What was proposed on an item."""

    text_kk: str
    text_ru: str
    author_kk: str | None
    author_ru: str | None


@dataclass(frozen=True)
class AgendaItem:
    """An item of the agenda with what was heard and proposed on it."""

    number: int
    kind: str
    title_kk: str
    title_ru: str
    speaker_kk: str | None
    speaker_ru: str | None
    speaker_position_kk: str | None
    speaker_position_ru: str | None
    heard_kk: str | None
    heard_ru: str | None
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True)
class Meeting:
    """A meeting with all that is known of it."""

    id: int
    version: int
    branch_id: int
    branch_kk: str
    branch_ru: str
    body: str
    kind: str
    state: str
    title_kk: str
    title_ru: str
    starts_at: datetime | None
    period_kk: str | None
    period_ru: str | None
    place_kk: str | None
    place_ru: str | None
    chair_kk: str | None
    chair_ru: str | None
    summary_kk: str | None
    summary_ru: str | None
    decision_kk: str | None
    decision_ru: str | None
    source_kk: str | None
    source_ru: str | None
    items: tuple[AgendaItem, ...]

    def item(self, number: int) -> AgendaItem:
        """The item ``number`` of the agenda. Raises NotFound."""
        for item in self.items:
            if item.number == number:
                return item
        raise NotFound("agenda_item")
