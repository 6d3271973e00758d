"""What the lists of meetings hold: those ahead or behind, of all bodies and branches or of one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, true

from storage.meetings.access import visible
from storage.rules.access import Actor
from storage.rules.meeting_states import AHEAD, DRAFT, OVER
from storage.tables import branches, meetings

GOES_ON = timedelta(hours=3)  # how long a meeting that has begun still counts as ahead


@dataclass(frozen=True)
class Only:
    """What a list is narrowed to; None: nothing in particular."""

    body: str | None = None
    branch_id: int | None = None

    @property
    def condition(self) -> ColumnElement[bool]:
        """The condition on ``meetings``."""
        of_body = true() if self.body is None else meetings.c.body == self.body
        of_branch = true() if self.branch_id is None else meetings.c.branch_id == self.branch_id
        return and_(of_body, of_branch)


EVERYTHING = Only()


@dataclass(frozen=True)
class Home:
    """A body of a branch that has meetings in a list, and how many."""

    body: str
    branch_id: int
    branch_kk: str
    branch_ru: str
    meetings: int


def ahead(now: datetime) -> ColumnElement[bool]:
    """The condition that a meeting is ahead; one without a day may come at any time."""
    without_day = and_(meetings.c.starts_at.is_(None), meetings.c.state.in_((*AHEAD, DRAFT)))
    with_day = and_(meetings.c.starts_at >= now - GOES_ON, meetings.c.state.not_in(OVER))
    return or_(with_day, without_day)


def behind(now: datetime) -> ColumnElement[bool]:
    """The condition that a meeting is behind."""
    over = and_(meetings.c.starts_at.is_not(None), meetings.c.starts_at < now - GOES_ON)
    return or_(over, meetings.c.state.in_(OVER))


def homes(
    tx: Connection, actor: Actor, now: datetime, *, past: bool, drafts: bool = True
) -> tuple[Home, ...]:
    """What the list ahead (``past``: behind) can be narrowed to. Raises NotAllowed for a guest."""
    listed = behind(now) if past else ahead(now)
    query = (
        select(
            meetings.c.body,
            meetings.c.branch_id,
            branches.c.name_kk,
            branches.c.name_ru,
            func.count(),
        )
        .join(branches, branches.c.id == meetings.c.branch_id)
        .where(visible(actor, drafts=drafts), listed)
        .group_by(meetings.c.body, meetings.c.branch_id, branches.c.id)
        .order_by(branches.c.position, branches.c.id, meetings.c.body)
    )
    return tuple(Home(*row) for row in tx.execute(query))
