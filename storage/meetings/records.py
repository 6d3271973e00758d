"""Meetings as they are read: lines of a list, and one meeting with its agenda."""

from dataclasses import dataclass
from datetime import datetime

from storage.errors import NotFound
from storage.meetings.standings import NOTHING, Standing
from storage.rules.meeting_states import CALLED, OVER


@dataclass(frozen=True)
class MeetingLine:
    """A meeting as a list shows it."""

    id: int
    state: str  # see the table ``meetings``
    body: str
    title_kk: str
    title_ru: str
    starts_at: datetime | None
    period_kk: str | None
    period_ru: str | None
    branch_kk: str
    branch_ru: str
    items: int

    @property
    def is_over(self) -> bool:
        """Whether it was held, whatever became of its papers since."""
        return self.state in OVER


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
    """What was proposed on an item, or remarked."""

    text_kk: str | None
    text_ru: str | None
    author_kk: str | None
    author_ru: str | None
    id: int = 0
    kind: str = "proposal"  # or remark


@dataclass(frozen=True)
class AgendaItem:
    """An item of the agenda with what was heard and proposed on it."""

    id: int
    number: int
    kind: str
    title_kk: str | None
    title_ru: str | None
    speaker_id: int | None
    speaker_kk: str | None
    speaker_ru: str | None
    speaker_position_kk: str | None
    speaker_position_ru: str | None
    heard_kk: str | None
    heard_ru: str | None
    minutes: int | None
    visibility: str  # members, invited, bureau
    draft_decision_kk: str | None
    draft_decision_ru: str | None
    decision_kk: str | None
    decision_ru: str | None
    state: str  # planned, open, done, carried, dropped
    version: int
    proposals: tuple[Proposal, ...]
    carried_from: int | None = None  # the item of a former meeting
    begins_at: datetime | None = None  # as planned; None where the time before it is not known


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
    format: str  # in_person, online, hybrid
    link: str | None  # where those who are called join online; None for everybody else
    latitude: float | None
    longitude: float | None
    reason: str | None
    was_at: datetime | None
    series_id: int | None
    item_id: int | None  # of the agenda: what is under discussion
    began_at: datetime | None
    ended_at: datetime | None
    document_at: datetime | None
    minutes_number: str | None
    signed_at: datetime | None
    published_at: datetime | None
    items: tuple[AgendaItem, ...]
    standing: Standing = NOTHING  # for the person who reads it; nothing where everybody reads

    @property
    def is_over(self) -> bool:
        """Whether it was held, whatever became of its papers since."""
        return self.state in OVER

    @property
    def is_called(self) -> bool:
        """Whether people were called to it and it is not over."""
        return self.state in CALLED

    def item(self, number: int) -> AgendaItem:
        """The item ``number`` of the agenda. Raises NotFound."""
        for item in self.items:
            if item.number == number:
                return item
        raise NotFound("agenda_item")
