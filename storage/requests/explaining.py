"""Why a request's terms end on their days: the start, the days off, pauses and extensions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from storage import working_days
from storage.errors import NotPossible
from storage.requests.asked_extensions import APPROVED, LEGAL, OWN
from storage.requests.pausing import RESUMED
from storage.requests.reading import get
from storage.requests.record import VoterRequest
from storage.rules import due_days, legal_clock
from storage.rules.access import Actor
from storage.rules.due_days import Day, Event, Extension, Pause
from storage.rules.working_days import WorkingCalendar
from storage.tables import request_extensions, request_history, request_pauses


@dataclass(frozen=True)
class Explained:
    """One term: ``count`` working days from ``start`` (not counted), day by day."""

    request: VoterRequest
    clock: str
    came_on: date  # the day of registration; ``start`` is later when it was a day off
    start: date
    count: int
    due_on: date  # as it is kept
    days: tuple[Day, ...]
    two: bool  # whether the other clock can be explained, too

    @property
    def holds(self) -> bool:
        """Whether today's calendar leads to that day; it may have changed since."""
        return not self.days or self.days[-1].day == self.due_on


def why(tx: Connection, actor: Actor, request_id: int, clock: str, zone: ZoneInfo) -> Explained:
    """Explain the own or the body's term (OWN, LEGAL).

    Raises NotFound, NotPossible("clock") when a body has registered nothing.
    """
    request, calendar = get(tx, actor, request_id), working_days.load(tx)
    if clock != LEGAL:
        came_on = start = request.registered_at.astimezone(zone).date()
        due_on, first = request.due_on, request.first_due_on
        events = tuple(_events(tx, request_id))
    elif request.legal_due_on is None or request.body_registered_on is None:
        raise NotPossible("clock")
    else:
        came_on = request.body_registered_on
        start = legal_clock.starts_on(came_on, calendar)
        due_on, first = request.legal_due_on, request.first_legal_due_on
        events = tuple(Extension(day) for day in _approved(tx, request_id, LEGAL))
    count = _count(calendar, start, first or due_on)
    days = due_days.explain(start, count, events, calendar)
    two = request.legal_due_on is not None
    return Explained(request, clock, came_on, start, count, due_on, days, two)


def _count(calendar: WorkingCalendar, start: date, first: date) -> int:
    return max(0, calendar.count(start, first))


def _events(tx: Connection, request_id: int) -> Iterator[Event]:
    """What moved the own deadline, in the order in which it did: the history has it."""
    pauses = iter(_ended(tx, request_id))
    extensions = iter(_approved(tx, request_id, OWN))
    table = request_history.c
    query = (
        select(table.kind)
        .where(table.request_id == request_id, table.kind.in_((RESUMED, "extension_approved")))
        .order_by(table.id)
    )
    for kind in tx.execute(query).scalars():
        event: Event | None
        if kind == RESUMED:
            event = next(pauses, None)
        else:
            day = next(extensions, None)
            event = None if day is None else Extension(day)
        if event is not None:
            yield event


def _ended(tx: Connection, request_id: int) -> list[Pause]:
    table = request_pauses.c
    query = (
        select(table.from_day, table.to_day)
        .where(table.request_id == request_id, table.to_day.is_not(None))
        .order_by(table.id)
    )
    return [Pause(row.from_day, row.to_day) for row in tx.execute(query)]


def _approved(tx: Connection, request_id: int, clock: str) -> list[date]:
    table = request_extensions.c
    query = (
        select(table.to_due)
        .where(table.request_id == request_id, table.clock == clock, table.state == APPROVED)
        .order_by(table.id)
    )
    return list(tx.execute(query).scalars())
