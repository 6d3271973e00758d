"""What an item under control is, as it is read: its kinds, states, lines of history."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

SUBJECT = "roadmap_item"
SOON_DAYS = 14
PAGE = 8
CARRIED = "carried"  # the kind of a line of history: over to the next year
STUBBORN = 3  # years unfulfilled in a row
HISTORY = 10  # entries that are shown, newest first

Named = tuple[int, str]  # a person's id and name


class Kind(StrEnum):
    """Where an item comes from."""

    ROADMAP = "roadmap"
    INSTRUCTION = "instruction"  # of a meeting's final document
    RECOMMENDATION = "recommendation"
    REPORTING = "reporting"  # who reports at which meeting


class Term(StrEnum):
    """How the deadline is said."""

    DATE = "date"
    QUARTER = "quarter"  # the deadline is its last day
    YEARLY = "yearly"  # each year on that day


class State(StrEnum):
    """What is known of an item; overdue is computed from the deadline, never stored."""

    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    AT_RISK = "at_risk"
    PARTLY = "partly"
    DONE = "done"  # reported; the controller accepts it or returns it
    NOT_DONE = "not_done"
    EXTENDED = "extended"
    REMOVED = "removed"  # from control, by the Bureau


# Nobody is reminded of these.
CLOSED = (State.DONE, State.REMOVED)
OPEN = tuple(state for state in State if state not in CLOSED)  # an index knows them by name
# What an executor may say of an item.
REPORTABLE = frozenset({State.IN_PROGRESS, State.AT_RISK, State.PARTLY, State.DONE, State.NOT_DONE})


class Which(StrEnum):
    """What a list of a branch is narrowed to."""

    OVERDUE = "overdue"
    SOON = "soon"
    STUBBORN = "stubborn"  # unfulfilled three years running
    TO_CHECK = "check"  # reported done, and nobody has checked it
    ALL = "all"


@dataclass(frozen=True)
class Entry:
    """A line of an item's history; ``kind`` as in the table, ``meeting_*``: by whose decision."""

    id: int
    at: datetime
    person: str
    kind: str
    from_state: State | None
    to_state: State | None
    from_deadline: date | None
    to_deadline: date | None
    text: str | None
    clause: int | None
    meeting_kk: str | None
    meeting_ru: str | None


@dataclass(frozen=True)
class ListedItem:
    """An item as a list shows it."""

    id: int
    kind: Kind
    number: str
    title_kk: str | None
    title_ru: str | None
    deadline: date
    state: State
    executor_id: int | None
    accepted_at: datetime | None
    version: int

    @property
    def is_closed(self) -> bool:
        """Whether nothing is expected of its executor: reported done, or removed."""
        return self.state in CLOSED

    @property
    def awaits_check(self) -> bool:
        """Whether it was reported done and nobody has checked that yet."""
        return self.state is State.DONE and self.accepted_at is None

    def is_overdue(self, today: date) -> bool:
        """Whether the deadline passed and the item is not done."""
        return not self.is_closed and self.deadline < today


@dataclass(frozen=True)
class Item(ListedItem):
    """An item as its card shows it."""

    branch_id: int
    branch_kk: str
    branch_ru: str
    direction_kk: str | None
    direction_ru: str | None
    object: str | None
    completion_kk: str | None
    completion_ru: str | None
    term: str
    body: str | None
    executor: str | None
    funding: str | None
    programme: str | None
    meeting_id: int | None
    meeting_kk: str | None
    meeting_ru: str | None
    clause: int | None
    instruction_id: int | None
    parent_id: int | None
    reported_at: datetime | None
    reported_by: int | None
    extensions: int
    extension_asked: bool
    co_executor_names: str | None
    curator_names: str | None
    indicator: str | None
    co_executors: tuple[Named, ...] = ()
    curators: tuple[Named, ...] = ()

    @property
    def executes(self) -> frozenset[int]:
        """Who reports on it: the executor and those who execute it together."""
        own = (self.executor_id,) if self.executor_id else ()
        return frozenset((*own, *(person_id for person_id, _ in self.co_executors)))

    @property
    def reminded(self) -> tuple[int, ...]:
        """Who is reminded of it: those who execute it and the curators."""
        return tuple(sorted(self.executes | {person_id for person_id, _ in self.curators}))

    def is_carried_by(self, person_id: int) -> bool:
        """Whether it is the person's business: as executor, together with others, as curator."""
        return person_id in self.reminded


@dataclass(frozen=True)
class Page:
    """One page (from 0) of a list of ``total`` items; ``number`` is the page that exists."""

    items: list[ListedItem]
    number: int
    total: int
