"""Meetings: what is ahead, what was held, and one meeting with its agenda and proposals."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    RowMapping,
    Select,
    and_,
    bindparam,
    func,
    select,
)

from storage.errors import NotFound
from storage.meetings import lists
from storage.meetings.access import (
    INVITED,
    MEMBERS,
    invited_as,
    one_of,
    public,
    reach_of,
    sees_item,
    visible,
)
from storage.meetings.lists import EVERYTHING, GOES_ON, Only
from storage.meetings.records import AgendaItem, Meeting, MeetingLine, MeetingPage, Proposal, Silent
from storage.meetings.rows import GREATEST_ID
from storage.meetings.standings import NOTHING, standing
from storage.rules.access import Actor
from storage.rules.agenda_times import planned
from storage.rules.meeting_states import AHEAD, CALLED, DRAFT, OVER
from storage.tables import UtcDateTime, agenda_items, branches, meetings, proposals

PAGE = 8


def upcoming(
    tx: Connection,
    actor: Actor,
    now: datetime,
    page: int = 0,
    *,
    drafts: bool = True,
    size: int = PAGE,
    only: Only = EVERYTHING,
) -> MeetingPage:
    """The meetings ahead, the nearest first; those without a day come last.

    Cancelled ones are among them, so that people see it. A ``page`` that does not exist any more
    gives the first one. Raises NotAllowed for a guest.
    """
    query = listed(and_(visible(actor, drafts=drafts), lists.ahead(now), only.condition))
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
    only: Only = EVERYTHING,
) -> MeetingPage:
    """The meetings behind, the latest first; those without a day come last. See ``upcoming``."""
    query = listed(and_(visible(actor, drafts=drafts), lists.behind(now), only.condition))
    return _page(tx, query.order_by(*_latest_first()), page, size)


def next_meeting(
    tx: Connection, actor: Actor, now: datetime, body: str | None = None, *, papers: bool = True
) -> Meeting | None:
    """The nearest announced meeting (of ``body``); None when none is announced.

    Without ``papers`` (in a group everybody reads the answer) only what is for every member.
    """
    query = _nearest(reach_of(actor), body)
    return _first(tx, actor, query, papers=papers, since=now - GOES_ON)


def last_held(
    tx: Connection, actor: Actor, body: str | None = None, *, papers: bool = True
) -> Meeting | None:
    """The meeting (of ``body``) that was held last; None when none was. See ``next_meeting``.

    Its items come without what was proposed on them: a summary does not tell it.
    """
    return _first(tx, actor, _latest(reach_of(actor), body), papers=papers, proposed=False)


def silent(tx: Connection, actor: Actor, now: datetime, body: str | None = None) -> Silent | None:
    """The latest meeting (of ``body``) that began before ``now`` and has no summary yet."""
    row = tx.execute(_silent(reach_of(actor), body), {"now": now}).first()
    return None if row is None else Silent(row.id, row.starts_at)


def get(tx: Connection, actor: Actor, meeting_id: int, *, drafts: bool = True) -> Meeting:
    """One meeting. Raises NotFound when there is none that ``actor`` may see."""
    if not 0 < meeting_id <= GREATEST_ID:
        raise NotFound("meeting")
    found = and_(visible(actor, drafts=drafts), meetings.c.id == meeting_id)
    meeting = _first(tx, actor, _whole(found).limit(1), papers=drafts)
    if meeting is None:
        raise NotFound("meeting")
    return meeting


def _of(body: str | None, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return condition if body is None else and_(condition, meetings.c.body == body)


def _latest_first() -> tuple[ColumnElement[Any], ...]:
    return meetings.c.starts_at.is_(None), meetings.c.starts_at.desc(), meetings.c.id.desc()


def listed(condition: ColumnElement[bool]) -> Select[Any]:
    """The lines of a list: the meetings for which ``condition`` holds, in no order yet."""
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


_KEPT = tuple(meetings.c[name] for name in Meeting.__annotations__ if name in meetings.c)


def _whole(condition: ColumnElement[bool]) -> Select[Any]:
    named = (branches.c.name_kk.label("branch_kk"), branches.c.name_ru.label("branch_ru"))
    query = select(*_KEPT, *named).join(branches, branches.c.id == meetings.c.branch_id)
    return query.where(condition)


# Members ask for these two most of all; for each reach of a person they are built once.
@lru_cache(maxsize=256)
def _nearest(reach: frozenset[int] | None, body: str | None) -> Select[Any]:
    found = and_(
        public(reach),
        one_of(meetings.c.state, CALLED),
        meetings.c.starts_at >= bindparam("since", type_=UtcDateTime()),
    )
    query = _whole(_of(body, found)).order_by(meetings.c.starts_at, meetings.c.id)
    return query.limit(1)


@lru_cache(maxsize=256)
def _latest(reach: frozenset[int] | None, body: str | None) -> Select[Any]:
    found = and_(public(reach), one_of(meetings.c.state, OVER))
    return _whole(_of(body, found)).order_by(*_latest_first()).limit(1)


@lru_cache(maxsize=256)
def _silent(reach: frozenset[int] | None, body: str | None) -> Select[Any]:
    found = and_(
        public(reach),
        meetings.c.state.in_((*CALLED, *OVER)),
        meetings.c.starts_at <= bindparam("now", type_=UtcDateTime()),
        meetings.c.published_at.is_(None),
        meetings.c.summary_kk.is_(None),
        meetings.c.summary_ru.is_(None),
    )
    query = select(meetings.c.id, meetings.c.starts_at).where(_of(body, found))
    query = query.join(branches, branches.c.id == meetings.c.branch_id)
    return query.order_by(meetings.c.starts_at.desc(), meetings.c.id.desc()).limit(1)


def _first(
    tx: Connection,
    actor: Actor,
    query: Select[Any],
    *,
    papers: bool = True,
    proposed: bool = True,
    **given: Any,
) -> Meeting | None:
    row = tx.execute(query, given).mappings().first()
    if row is None:
        return None
    shown = dict(row)
    if row["link"] and not (papers and _may_join(tx, actor, row)):
        shown["link"] = None
    stands = standing(tx, actor, row) if papers else NOTHING
    items = _items(tx, actor, row, papers=papers, proposed=proposed)
    return Meeting(**shown, items=items, standing=stands)


def _may_join(tx: Connection, actor: Actor, meeting: RowMapping) -> bool:
    return sees_item(actor, meeting, INVITED, invited_as(tx, actor, meeting["id"]))


_ITEM = tuple(name for name in AgendaItem.__annotations__ if name in agenda_items.c)
_AGENDA = (
    select(*(agenda_items.c[name] for name in _ITEM))
    .where(agenda_items.c.meeting_id == bindparam("meeting_id"))
    .order_by(agenda_items.c.number)
)
_PROPOSED = (
    select(proposals)
    .join(agenda_items, agenda_items.c.id == proposals.c.item_id)
    .where(agenda_items.c.meeting_id == bindparam("meeting_id"), proposals.c.state == "accepted")
    .order_by(proposals.c.position)
)


def _items(
    tx: Connection, actor: Actor, meeting: RowMapping, *, papers: bool, proposed: bool
) -> tuple[AgendaItem, ...]:
    """The agenda as ``actor`` may see it; without ``papers`` only what is for every member."""
    given = {"meeting_id": meeting["id"]}
    items = tx.execute(_AGENDA, given).all()
    times = planned(meeting["starts_at"], [(item.state, item.minutes) for item in items])
    begins = dict(zip((item.id for item in items), times, strict=True))
    if any(item.visibility != MEMBERS for item in items):
        capacity = invited_as(tx, actor, meeting["id"]) if papers else None
        items = [
            item
            for item in items
            if item.visibility == MEMBERS
            or (papers and sees_item(actor, meeting, item.visibility, capacity))
        ]
    # Nobody proposes anything before a meeting begins.
    asked = proposed and items and meeting["state"] not in (DRAFT, *AHEAD)
    made = tx.execute(_PROPOSED, given).mappings().all() if asked else []
    return tuple(
        _item(item, [p for p in made if p["item_id"] == item.id], begins[item.id]) for item in items
    )


def _item(row: Row[Any], proposed: Iterable[RowMapping], begins_at: datetime | None) -> AgendaItem:
    made = tuple(Proposal(**{name: p[name] for name in Proposal.__annotations__}) for p in proposed)
    known = dict(zip(_ITEM, row, strict=True))  # looking each name up in the row costs as much more
    return AgendaItem(**known, proposals=made, begins_at=begins_at)
