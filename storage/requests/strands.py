"""The requests somebody sees, as strands that an index gives in order: a branch's, the own ones.

A list is put together of a few rows of each strand. A single condition «own or of my branches»
would be shorter, and have every row read and sorted before the first one is shown.

Of each strand one thing drives, whatever else it is narrowed by: an index has what drives first,
and next the order of the list. What does not drive is hidden from the engines, which would take
an index of it and sort: they do not know that few rows are open, nor that a page is enough.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
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
from storage.requests.filters import CLOSED, OPEN, OVERDUE, Filters, paused, states_of
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
    strands: Sequence[Strand], which: str, filters: Filters, count: Any
) -> CompoundSelect[Any] | Select[Any]:
    """The first ``count`` requests of each strand: ``id``, ``rank`` and ``at``, by which to order.

    Most urgent first, what has an answer behind; of the closed ones the newest, see ``order``.
    """
    parts = [
        select(part.limit(count).subquery())
        for strand in strands
        for part in _Parts(strand, which, filters)
    ]
    if not parts:
        nothing: list[Any] = [literal(0).label(name) for name in ("id", "rank", "at")]
        return select(*nothing).where(false())
    return union_all(*parts) if len(parts) > 1 else parts[0]


def order(which: str, rows: Any) -> tuple[ColumnElement[Any], ...]:
    """The order of a list over the ``rows`` that ``first`` gives."""
    if which == CLOSED:
        return rows.c.at.desc(), rows.c.id.desc()
    return rows.c.rank, rows.c.at, rows.c.id


def given(today: date) -> dict[str, date]:
    """The parameters of what ``first`` gives."""
    return {TODAY: today}


class _Parts:
    """Ranges of an index that make up one strand."""

    def __init__(self, strand: Strand, which: str, filters: Filters) -> None:
        self._strand, self._which, self._filters = strand, which, filters
        self._drives = _driver(strand, which, filters)

    def __iter__(self) -> Iterator[Select[Any]]:
        if self._which == CLOSED:
            if self._filters.waits_for is None:
                yield self._closed()
            return
        allowed = states_of(self._filters.waits_for)
        yield from self._waiting(allowed - ANSWERED)
        if self._which == OPEN:
            yield from self._answered(allowed & ANSWERED)

    def _closed(self) -> Select[Any]:
        # What came in a time is found by when it came: it may have been closed much later.
        by_time = self._drives == "registered_at"
        at = _c.registered_at if by_time else _c.closed_at
        return (
            select(_c.id, literal(0).label("rank"), at.label("at"))
            .where(_c.closed_at.is_not(None), *self._rest())
            .order_by(at.desc(), _c.id.desc())
        )

    def _waiting(self, states: frozenset[RequestState]) -> Iterator[Select[Any]]:
        conditions = []
        if self._which == OVERDUE:
            if self._filters.waits_for is WaitsFor.VOTER:  # the clock stands: nothing is late
                return
            conditions = [_c.due_on < bindparam(TODAY, type_=DateType), ~paused()]
        yield from self._by_deadline(0, states, conditions)

    def _answered(self, states: frozenset[RequestState]) -> Iterator[Select[Any]]:
        yield from self._by_deadline(1, states, [])

    def _by_deadline(
        self, rank: int, states: frozenset[RequestState], conditions: list[ColumnElement[bool]]
    ) -> Iterator[Select[Any]]:
        by_state = self._drives == "state"
        # One range a state, or all of them out of a longer one.
        groups = [[state] for state in sorted(states)] if by_state else [sorted(states)]
        for group in groups if states else []:
            state = self._see("state")
            yield (
                select(_c.id, literal(rank).label("rank"), _c.due_on.label("at"))
                .where(
                    _c.closed_at.is_(None),
                    state == group[0] if by_state else state.in_(group),
                    *conditions,
                    *self._since(),
                    *self._rest(),
                )
                .order_by(_c.due_on, _c.id)
            )

    def _since(self) -> Iterator[ColumnElement[bool]]:
        # No deadline is before the request came: the older ones need not be looked at.
        if self._filters.since is not None:
            yield _c.due_on >= self._filters.since.date()

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
        by_branch = self._drives == "registered_at" and name in self._strand.equal
        drives = name == self._drives or by_branch
        return column if drives else func.coalesce(column, column, type_=column.type)


def _driver(strand: Strand, which: str, filters: Filters) -> str:
    """What leaves the fewest rows, as far as there is an index of it in the order of the list."""
    in_time = filters.since is not None or filters.until is not None
    everywhere = not strand.equal
    drivers: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("deputy_id", lambda: "deputy_id" in strand.equal),
        ("settlement_id", lambda: filters.settlement_id is not None),
        ("registered_at", lambda: which == CLOSED and in_time),
        ("state", lambda: which != CLOSED and everywhere and filters.waits_for is not None),
        ("category", lambda: filters.category is not None),
        ("branch_id", lambda: not everywhere),
    )
    return next((name for name, is_so in drivers if is_so()), "")


def _both(one: frozenset[int] | None, other: frozenset[int] | None) -> frozenset[int] | None:
    """What is in both, where None is every branch there is."""
    if one is None or other is None:
        return other if one is None else one
    return one & other
