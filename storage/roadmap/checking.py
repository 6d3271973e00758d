"""The other hands: a controller checks what was reported, the Bureau removes from control."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, and_, func, or_, select

from storage import audit, reminders
from storage.errors import NotAllowed, NotFound, NotPossible
from storage.roadmap.extending import withdraw
from storage.roadmap.reading import get
from storage.roadmap.records import SUBJECT, Item, State, Term
from storage.roadmap.reporting import MAX_COMMENT
from storage.roadmap.steps import NEWS, managed, remember, replan, require_under_control, step, tell
from storage.rules.access import Action, Actor, may
from storage.rules.meeting_states import OVER
from storage.tables import clauses, meetings

BUREAU = "bureau"
MEETINGS = 8  # that may be named


@dataclass(frozen=True)
class Deciding:
    """A meeting by whose decision an item is removed from control."""

    id: int
    title_kk: str
    title_ru: str
    starts_at: datetime | None


def may_check(actor: Actor, item: Item) -> bool:
    """Whether ``actor`` checks the report on ``item``: nobody checks their own."""
    manages = may(actor, Action.MANAGE_ROADMAP, item.branch_id)
    return manages and item.awaits_check and actor.person_id not in _hands(item)


def accept(
    tx: Connection, actor: Actor, item_id: int, version: int, now: datetime, zone: ZoneInfo
) -> Item:
    """Take the report for true; the item stays under control until the Bureau removes it.

    One that is due each year is planned for the next. Raises NotFound, NotAllowed,
    AlreadyChanged, and NotPossible (removed, nothing_to_check, own_report).
    """
    item = _checked(tx, actor, item_id)
    yearly = item.term == Term.YEARLY
    if yearly:
        later = next_year(item.deadline)
        step(tx, item, version, state=State.PLANNED, deadline=later, accepted_at=None)
    else:
        step(tx, item, version, accepted_at=now)
    remember(tx, item_id, actor, now, "accepted")
    after = get(tx, actor, item_id)
    if yearly:
        replan(tx, after, now, zone)
    tell(tx, item, NEWS, item.reminded, actor, now, what="accepted")
    audit.record(tx, actor, now, "roadmap.accept", SUBJECT, item_id)
    return after


def send_back(
    tx: Connection,
    actor: Actor,
    item_id: int,
    version: int,
    reason: str,
    now: datetime,
    zone: ZoneInfo,
) -> Item:
    """Return the report with a reason: the item is in progress again and reminded of.

    Raises as ``accept`` does, and NotPossible (no_reason, too_long).
    """
    require_reason(reason)
    item = _checked(tx, actor, item_id)
    step(tx, item, version, state=State.IN_PROGRESS)
    remember(
        tx,
        item_id,
        actor,
        now,
        "returned",
        from_state=item.state,
        to_state=State.IN_PROGRESS,
        text=reason,
    )
    after = get(tx, actor, item_id)
    replan(tx, after, now, zone)
    tell(tx, item, NEWS, item.reminded, actor, now, what="returned")
    audit.record(tx, actor, now, "roadmap.send_back", SUBJECT, item_id)
    return after


def remove(
    tx: Connection,
    actor: Actor,
    item_id: int,
    version: int,
    meeting_id: int,
    clause: int | None,
    now: datetime,
) -> Item:
    """Note that the Bureau's meeting removed the item from control, by a clause or None.

    Raises NotFound (a meeting that did not decide among them), NotAllowed, AlreadyChanged, and
    NotPossible (removed, no_clause).
    """
    item = get(tx, actor, item_id)
    if not may(actor, Action.REMOVE_FROM_CONTROL, item.branch_id):
        raise NotAllowed(Action.REMOVE_FROM_CONTROL, item.branch_id)
    require_under_control(item)
    if meeting_id not in {one.id for one in deciding(tx, item)}:
        raise NotFound("meeting")
    if clause is not None and not _has_clause(tx, meeting_id, clause):
        raise NotPossible("no_clause")
    step(tx, item, version, state=State.REMOVED)
    remember(
        tx,
        item_id,
        actor,
        now,
        "removed",
        from_state=item.state,
        to_state=State.REMOVED,
        meeting_id=meeting_id,
        clause=clause,
    )
    reminders.void(tx, SUBJECT, item_id)
    withdraw(tx, item_id)
    tell(tx, item, NEWS, item.reminded, actor, now, what="removed")
    audit.record(tx, actor, now, "roadmap.remove", SUBJECT, item_id, meeting=meeting_id)
    return get(tx, actor, item_id)


def deciding(tx: Connection, item: Item) -> list[Deciding]:
    """The Bureau's meetings that may have decided on it, the newest first.

    Held ones, and for an instruction those of the body that gave it.
    """
    giver = select(meetings.c.body, meetings.c.branch_id).where(meetings.c.id == item.meeting_id)
    given = tx.execute(giver).first()
    bureau = meetings.c.body == BUREAU
    if given is not None:
        own = and_(meetings.c.body == given.body, meetings.c.branch_id == given.branch_id)
        bureau = or_(bureau, own)
    rows = tx.execute(
        select(*(meetings.c[name] for name in Deciding.__annotations__))
        .where(bureau, meetings.c.state.in_(OVER))
        .order_by(func.coalesce(meetings.c.starts_at, meetings.c.began_at).desc(), meetings.c.id)
        .limit(MEETINGS)
    )
    return [Deciding(*row) for row in rows]


def require_reason(reason: str) -> None:
    """Raise NotPossible (no_reason, too_long) unless something is said."""
    if not reason.strip():
        raise NotPossible("no_reason")
    if len(reason) > MAX_COMMENT:
        raise NotPossible("too_long")


def _checked(tx: Connection, actor: Actor, item_id: int) -> Item:
    item = managed(tx, actor, item_id)
    if not item.awaits_check:
        raise NotPossible("nothing_to_check")
    if actor.person_id in _hands(item):
        raise NotPossible("own_report")
    return item


def _hands(item: Item) -> frozenset[int]:
    """Whose report it is: nobody of them checks it."""
    reported = (item.reported_by,) if item.reported_by else ()
    return frozenset((*item.executes, *reported))


def _has_clause(tx: Connection, meeting_id: int, number: int) -> bool:
    query = select(clauses.c.id).where(
        clauses.c.meeting_id == meeting_id, clauses.c.number == number
    )
    return tx.execute(query).first() is not None


def next_year(day: date) -> date:
    """The same day a year later; 28 February for one that has none."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return (day - timedelta(days=1)).replace(year=day.year + 1)
