"""Which requests are asked for: what a list and a workbook may be narrowed by, all combined."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select

from storage.privacy import words
from storage.rules.request_states import RequestState
from storage.rules.waiting import REPORTED, WITH_DEPUTY, WaitsFor
from storage.tables import request_pauses, request_words, voter_requests

OPEN, OVERDUE, CLOSED = "open", "overdue", "closed"
FILTERS = (OPEN, OVERDUE, CLOSED)
_WORDS_OF_A_PLACE = 3000  # the newest requests that a word of a place is looked for in


@dataclass(frozen=True)
class Filters:
    """What the requests are narrowed by; None is whatever it may be."""

    mine: bool = False
    branch_id: int | None = None
    waits_for: WaitsFor | None = None
    category: str | None = None  # the code of one
    settlement_id: int | None = None
    place: str | None = None  # words, where no settlement is kept for it
    since: datetime | None = None  # of the registration
    until: datetime | None = None  # not included

    def conditions(self, see: Callable[[str], ColumnElement[Any]]) -> Iterator[ColumnElement[bool]]:
        """What a row must fulfil beside its state; ``see`` gives a column by its name."""
        if self.category is not None:
            yield see("category") == self.category
        if self.settlement_id is not None:
            yield see("settlement_id") == self.settlement_id
        if self.since is not None:
            yield see("registered_at") >= self.since
        if self.until is not None:
            yield see("registered_at") < self.until
        if self.waits_for is WaitsFor.VOTER:
            yield paused()
        elif self.waits_for is not None and self.waits_for is not WaitsFor.SECRETARY:
            yield ~paused()
        if self.place is not None:
            yield from _named(self.place)

    @property
    def in_time(self) -> bool:
        """Whether they narrow by when a request came."""
        return self.since is not None or self.until is not None

    @property
    def many(self) -> int:
        """By how many things they narrow."""
        others = (self.branch_id, self.waits_for, self.category, self.settlement_id, self.place)
        return self.mine + self.in_time + sum(one is not None for one in others)


def paused() -> ColumnElement[bool]:
    """Whether the clock of a request stands: asked of each row, so few are, and all may be many."""
    pauses = request_pauses.c
    standing = select(pauses.id).where(
        pauses.request_id == voter_requests.c.id, pauses.to_day.is_(None)
    )
    # Not EXISTS, which PostgreSQL makes a join of, and then may sort before it takes a page.
    return standing.limit(1).scalar_subquery().is_not(None)


def states_of(whom: WaitsFor | None) -> frozenset[RequestState]:
    """The states in which an open request may wait for ``whom``: ``storage.rules.waiting``."""
    if whom is None:
        return frozenset(RequestState)
    return {
        WaitsFor.DEPUTY: WITH_DEPUTY,
        WaitsFor.BODY: frozenset({RequestState.SENT_TO_BODY}),
        WaitsFor.VOTER: WITH_DEPUTY | {RequestState.SENT_TO_BODY},
        WaitsFor.SECRETARY: REPORTED,
    }[whom]


def _named(place: str) -> Iterator[ColumnElement[bool]]:
    for numbers in words.sought(place):
        found = (
            select(request_words.c.request_id)
            .where(request_words.c.word.in_(sorted(numbers)))
            .order_by(request_words.c.request_id.desc())
            .limit(_WORDS_OF_A_PLACE)
        )
        yield voter_requests.c.id.in_(found)
