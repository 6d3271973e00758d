"""Meetings: what is ahead, what was held, and one meeting with its agenda and proposals."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
)

from storage.errors import NotFound
from storage.meeting_access import DRAFT, public, reach_of, visible
from storage.meeting_records import AgendaItem, Meeting, MeetingLine, MeetingPage, Proposal, Silent
from storage.new_meetings import NewItem, NewMeeting, NewProposal, add
from storage.rules.access import Actor
from storage.tables import UtcDateTime, agenda_items, branches, meetings, proposals

__all__ = ["AgendaItem", "Meeting", "MeetingLine", "MeetingPage", "NewItem", "NewMeeting"]
__all__ += ["NewProposal", "Proposal", "add", "get", "last_held", "next_meeting", "past"]
__all__ += ["Silent", "silent", "upcoming"]

GOES_ON = timedelta(hours=3)  # how long a meeting that has begun still counts as ahead
PAGE = 8
GREATEST_ID = 2**63 - 1


def upcoming(
    tx: Connection,
    actor: Actor,
    now: datetime,
    page: int = 0,
    *,
    drafts: bool = True,
    size: int = PAGE,
) -> MeetingPage:
    """The meetings ahead, the nearest first; those without a day come last.

    Cancelled ones are among them, so that people see it. A ``page`` that does not exist any more
    gives the first one. Raises NotAllowed for a guest.
    """
    without_day = and_(meetings.c.starts_at.is_(None), meetings.c.state.in_(("announced", DRAFT)))
    ahead = and_(meetings.c.starts_at >= now - GOES_ON, meetings.c.state != "held")
    query = _listed(and_(visible(actor, drafts=drafts), or_(ahead, without_day)))
    query = query.order_by(meetings.c.starts_at.is_(None), meetings.c.starts_at, meetings.c.id)
    return _page(tx, query, page, size)


def past(
    tx: Connection,
    actor: Actor,
    now: datetime,
    page: int = 0,
    *,
    drafts: bool = True,
    size: int = PAGE,
) -> MeetingPage:
    """The meetings behind, the latest first; those without a day come last. See ``upcoming``."""
    over = and_(meetings.c.starts_at.is_not(None), meetings.c.starts_at < now - GOES_ON)
    query = _listed(and_(visible(actor, drafts=drafts), or_(over, meetings.c.state == "held")))
    return _page(tx, query.order_by(*_latest_first()), page, size)


def next_meeting(
    tx: Connection, actor: Actor, now: datetime, body: str | None = None
) -> Meeting | None:
    """The nearest announced meeting (of ``body``); None when none is announced."""
    query = _nearest(reach_of(actor), body)
    return _first(tx, query, since=now - GOES_ON)


def last_held(tx: Connection, actor: Actor, body: str | None = None) -> Meeting | None:
    """The meeting (of ``body``) that was held last; None when none was."""
    return _first(tx, _latest(reach_of(actor), body))


def silent(tx: Connection, actor: Actor, now: datetime, body: str | None = None) -> Silent | None:
    """The latest meeting (of ``body``) that began before ``now`` and has no summary yet."""
    row = tx.execute(_silent(reach_of(actor), body), {"now": now}).first()
    return None if row is None else Silent(row.id, row.starts_at)


def get(tx: Connection, actor: Actor, meeting_id: int, *, drafts: bool = True) -> Meeting:
    """One meeting. Raises NotFound when there is none that ``actor`` may see."""
    if not 0 < meeting_id <= GREATEST_ID:
        raise NotFound("meeting")
    found = and_(visible(actor, drafts=drafts), meetings.c.id == meeting_id)
    meeting = _first(tx, _whole(found).limit(1))
    if meeting is None:
        raise NotFound("meeting")
    return meeting


def _of(body: str | None, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return condition if body is None else and_(condition, meetings.c.body == body)


def _latest_first() -> tuple[ColumnElement[Any], ...]:
    return meetings.c.starts_at.is_(None), meetings.c.starts_at.desc(), meetings.c.id.desc()


def _listed(condition: ColumnElement[bool]) -> Select[Any]:
    items = select(func.count()).where(agenda_items.c.meeting_id == meetings.c.id)
    return (
        select(
            meetings.c.id,
            meetings.c.state,
            meetings.c.body,
            meetings.c.title_kk,
            meetings.c.title_ru,
            meetings.c.starts_at,
            meetings.c.period_kk,
            meetings.c.period_ru,
            branches.c.name_kk.label("branch_kk"),
            branches.c.name_ru.label("branch_ru"),
            items.scalar_subquery().label("items"),
            func.count().over().label("total"),
        )
        .join(branches, branches.c.id == meetings.c.branch_id)
        .where(condition)
    )


def _page(tx: Connection, query: Select[Any], page: int, size: int) -> MeetingPage:
    page = min(max(page, 0), GREATEST_ID // size - 1)
    rows = tx.execute(query.limit(size).offset(page * size)).mappings().all()
    if not rows and page:
        return _page(tx, query, 0, size)
    fields = [{name: row[name] for name in row if name != "total"} for row in rows]
    return MeetingPage(
        tuple(MeetingLine(**values) for values in fields), page, rows[0]["total"] if rows else 0
    )


def _whole(condition: ColumnElement[bool]) -> Select[Any]:
    named = (branches.c.name_kk.label("branch_kk"), branches.c.name_ru.label("branch_ru"))
    query = select(meetings, *named).join(branches, branches.c.id == meetings.c.branch_id)
    return query.where(condition)


# Members ask for these two most of all; for each reach of a person they are built once.
@lru_cache(maxsize=256)
def _nearest(reach: frozenset[int] | None, body: str | None) -> Select[Any]:
    found = and_(
        public(reach),
        meetings.c.state == "announced",
        meetings.c.starts_at >= bindparam("since", type_=UtcDateTime()),
    )
    query = _whole(_of(body, found)).order_by(meetings.c.starts_at, meetings.c.id)
    return query.limit(1)


@lru_cache(maxsize=256)
def _latest(reach: frozenset[int] | None, body: str | None) -> Select[Any]:
    found = and_(public(reach), meetings.c.state == "held")
    return _whole(_of(body, found)).order_by(*_latest_first()).limit(1)


@lru_cache(maxsize=256)
def _silent(reach: frozenset[int] | None, body: str | None) -> Select[Any]:
    found = and_(
        public(reach),
        meetings.c.state == "announced",
        meetings.c.starts_at <= bindparam("now", type_=UtcDateTime()),
        meetings.c.summary_kk.is_(None),
        meetings.c.summary_ru.is_(None),
    )
    query = select(meetings.c.id, meetings.c.starts_at).where(_of(body, found))
    query = query.join(branches, branches.c.id == meetings.c.branch_id)
    return query.order_by(meetings.c.starts_at.desc(), meetings.c.id.desc()).limit(1)


def _first(tx: Connection, query: Select[Any], **given: Any) -> Meeting | None:
    row = tx.execute(query, given).mappings().first()
    return None if row is None else Meeting(**row, items=_items(tx, row["id"]))


_AGENDA = (
    select(agenda_items)
    .where(agenda_items.c.meeting_id == bindparam("meeting_id"))
    .order_by(agenda_items.c.number)
)
_PROPOSED = (
    select(proposals)
    .join(agenda_items, agenda_items.c.id == proposals.c.item_id)
    .where(agenda_items.c.meeting_id == bindparam("meeting_id"))
    .order_by(proposals.c.position)
)


def _items(tx: Connection, meeting_id: int) -> tuple[AgendaItem, ...]:
    given = {"meeting_id": meeting_id}
    items = tx.execute(_AGENDA, given).mappings().all()
    proposed = tx.execute(_PROPOSED, given).mappings().all()
    return tuple(_item(item, [p for p in proposed if p["item_id"] == item["id"]]) for item in items)


def _item(row: RowMapping, proposed: Iterable[RowMapping]) -> AgendaItem:
    values = {name: row[name] for name in row if name not in ("id", "meeting_id")}
    made = tuple(
        Proposal(p["text_kk"], p["text_ru"], p["author_kk"], p["author_ru"]) for p in proposed
    )
    return AgendaItem(**values, proposals=made)
