"""The requests somebody sees, as strands that an index gives in order: a branch's, the own ones.

A list is put together of a few rows of each strand. A single condition «own or of my branches»
would be shorter, and have every row read and sorted before the first one is shown.

Of each strand one thing drives, whatever else it is narrowed by: an index has what drives first,
and next the order of the list. What does not drive is hidden from the engines, which would take
an index of it and sort: they do not know that few rows are open, nor that a page is enough.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    bindparam,
    false,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy import Date as DateType

from storage.errors import NotAllowed, NotFound
from storage.requests.filters import CLOSED, OVERDUE, Filters, paused, states_of
from storage.rules.access import Action, Actor, may, scope
from storage.rules.request_states import ANSWERED, RequestState
from storage.rules.waiting import WaitsFor
from storage.tables import voter_requests

TODAY = "today"  # the name of the parameter
_c = voter_requests.c


@dataclass(frozen=True)
class Strand:
    """Requests of which each has these values; in ``within`` a branch must be, or not be."""

    equal: Mapping[str, int] = field(default_factory=dict)
    within: frozenset[int] | None = None
    but_for: frozenset[int] = frozenset()


def of(actor: Actor, filters: Filters) -> list[Strand]:
    """What ``actor`` sees and ``filters`` leave; no request is in two strands.

    Raises NotAllowed for somebody who does not work on requests, NotFound("branch") for a branch
    out of reach.
    """
    if not may(actor, Action.WORK_ON_REQUESTS):
        raise NotAllowed(Action.WORK_ON_REQUESTS)
    branch = filters.branch_id
    if branch is not None and not may(actor, Action.WORK_ON_REQUESTS, branch):
        raise NotFound("branch")
    only = None if branch is None else frozenset({branch})
    wide = scope(actor, Action.SEE_BRANCH_REQUESTS)
    narrow = _both(scope(actor, Action.WORK_ON_REQUESTS), only)
    mine = {"deputy_id": actor.person_id}
    if filters.mine:
        return [Strand(mine, narrow)]
    if wide is None and branch is None:
        return [Strand()]
    seen = _both(wide, only)
    whole = [Strand({"branch_id": one}) for one in sorted(seen or ())]
    if narrow is not None and seen is not None and narrow <= seen:
        return whole
    return [*whole, Strand(mine, narrow, seen or frozenset())]


def first(
    strands: Sequence[Strand], which: str, filters: Filters, count: Any, *, ranked: bool = True
) -> CompoundSelect[Any] | Select[Any]:
    """The first ``count`` requests of each strand: ``id``, ``rank`` and ``at``, by which to order.

    Most urgent first, what has an answer behind; of the closed ones, and of those that came in a
    time, the newest: see ``order``. Not ``ranked``, for whoever only counts, an answer is no rank.
    """
    parts = [
        select(part.limit(count).subquery())
        for strand in strands
        for part in _Parts(strand, which, filters, ranked=ranked)
    ]
    if not parts:
        nothing: list[Any] = [literal(0).label(name) for name in ("id", "rank", "at")]
        return select(*nothing).where(false())
    return union_all(*parts) if len(parts) > 1 else parts[0]


def order(which: str, filters: Filters, rows: Any) -> tuple[ColumnElement[Any], ...]:
    """The order of a list over the ``rows`` that ``first`` gives."""
    if which == CLOSED or filters.in_time:
        return rows.c.rank, rows.c.at.desc(), rows.c.id.desc()
    return rows.c.rank, rows.c.at, rows.c.id


def given(today: date) -> dict[str, date]:
    """The parameters of what ``first`` gives."""
    return {TODAY: today}


class _Parts:
    """Ranges of an index that make up one strand."""

    def __init__(self, strand: Strand, which: str, filters: Filters, *, ranked: bool) -> None:
        self._strand, self._which, self._filters, self._ranked = strand, which, filters, ranked
        self._drive = _drivers(strand, which, filters)

    def __iter__(self) -> Iterator[Select[Any]]:
        if self._which == CLOSED:
            if self._filters.waits_for is None:
                yield self._in_order(0, _c.closed_at, [_c.closed_at.is_not(None)])
            return
        allowed = states_of(self._filters.waits_for)
        if self._which == OVERDUE:
            yield from self._late(allowed - ANSWERED)
        elif self._ranked:
            yield from self._open(0, allowed - ANSWERED)
            yield from self._open(1, allowed & ANSWERED)
        else:
            yield from self._open(0, allowed)

    def _late(self, states: frozenset[RequestState]) -> Iterator[Select[Any]]:
        if self._filters.waits_for is not WaitsFor.VOTER:  # else the clock stands: nothing is late
            late = _c.due_on < bindparam(TODAY, type_=DateType)
            yield from self._open(0, states, late, ~paused())

    def _open(
        self, rank: int, states: frozenset[RequestState], *conditions: ColumnElement[bool]
    ) -> Iterator[Select[Any]]:
        conditions = (_c.closed_at.is_(None), *conditions)
        state = self._see("state")
        if "state" in self._drive:  # one range a state, or all of them out of a longer one
            for one in sorted(states):
                yield self._in_order(rank, _c.due_on, [*conditions, state == one])
        elif states == frozenset(RequestState):
            yield self._in_order(rank, _c.due_on, conditions)
        elif states:
            yield self._in_order(rank, _c.due_on, [*conditions, state.in_(sorted(states))])

    def _in_order(
        self, rank: int, at: ColumnElement[Any], conditions: Iterable[ColumnElement[bool]]
    ) -> Select[Any]:
        # What came in a time is found by when it came: it may be due, or was closed, much later.
        at = _c.registered_at if self._filters.in_time else at
        part = select(_c.id, literal(rank).label("rank"), at.label("at"))
        newest = self._which == CLOSED or self._filters.in_time
        by = (at.desc(), _c.id.desc()) if newest else (at, _c.id)
        return part.where(*conditions, *self._rest()).order_by(*by)

    def _rest(self) -> Iterator[ColumnElement[bool]]:
        yield _c.merged_into.is_(None)
        for name, value in self._strand.equal.items():
            yield self._see(name) == value
        if self._strand.within is not None:
            yield self._see("branch_id").in_(sorted(self._strand.within))
        if self._strand.but_for:
            yield self._see("branch_id").not_in(sorted(self._strand.but_for))
        yield from self._filters.conditions(self._see)

    def _see(self, name: str) -> ColumnElement[Any]:
        """A column, hidden from the planner unless it drives."""
        column = _c[name]
        return column if name in self._drive else func.coalesce(column, column, type_=column.type)


def _drivers(strand: Strand, which: str, filters: Filters) -> frozenset[str]:
    """What leaves the fewest rows, as far as there is an index of it in the order of the list."""
    everywhere = not strand.equal
    branch = frozenset() if everywhere else frozenset({"branch_id"})
    if "deputy_id" in strand.equal:
        return frozenset({"deputy_id"})
    if filters.settlement_id is not None:
        return frozenset({"settlement_id"})
    if filters.in_time:
        return branch | {"registered_at"}
    if which != CLOSED and everywhere and filters.waits_for is not None:
        return frozenset({"state"})
    if filters.category is not None:
        return branch | {"category"}
    return branch


def _both(one: frozenset[int] | None, other: frozenset[int] | None) -> frozenset[int] | None:
    """What is in both, where None is every branch there is."""
    if one is None or other is None:
        return other if one is None else one
    return one & other
