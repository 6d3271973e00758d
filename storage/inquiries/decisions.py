"""The end of the chain: items of agendas on which a meeting spoke of an inquiry and decided."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, case, delete, select

from storage.errors import NotAllowed, NotFound, NotPossible
from storage.inquiries.reading import get, keeps
from storage.inquiries.reading import visible as visible_inquiries
from storage.inquiries.record import Inquiry, Listed, listed
from storage.inquiries.rows import InquiryState, remember
from storage.meetings.access import items_seen_by, visible
from storage.requests.rows import remember as remember_request
from storage.rules.access import Action, Actor, may
from storage.rules.meeting_states import AHEAD
from storage.tables import agenda_items, branches, inquiries, inquiry_items, inquiry_requests
from storage.tables import meetings as meeting_table
from storage.upsert import insert_new

OFFERED = 40  # items, of the latest meetings
LIMIT = 10  # items of one inquiry
LINKED = (InquiryState.SENT, InquiryState.ANSWERED, InquiryState.CLOSED)


@dataclass(frozen=True)
class Decision:
    """An item of an agenda, with what was decided on it (None: nothing yet)."""

    item_id: int
    meeting_id: int
    number: int  # of the item
    title_kk: str | None
    title_ru: str | None
    decision_kk: str | None
    decision_ru: str | None
    meeting_kk: str
    meeting_ru: str
    starts_at: datetime | None


def of_inquiry(tx: Connection, actor: Actor, inquiry_id: int) -> tuple[Decision, ...]:
    """The items that an inquiry is linked with and ``actor`` may see, the oldest first."""
    if not may(actor, Action.READ_MEETINGS):
        return ()
    linked = select(inquiry_items.c.item_id).where(inquiry_items.c.inquiry_id == inquiry_id)
    found = _items(actor).where(agenda_items.c.id.in_(linked)).order_by(agenda_items.c.id)
    return tuple(_decision(row) for row in tx.execute(found).mappings())


def offered(tx: Connection, actor: Actor, inquiry: Inquiry) -> tuple[Decision, ...]:
    """The items that ``inquiry`` may be linked with: of its branch and the region.

    The latest meetings first; those that are still ahead come behind them.
    """
    near = (meeting_table.c.branch_id == inquiry.branch_id) | (branches.c.kind == "region")
    found = (
        _items(actor)
        .where(near, agenda_items.c.state != "dropped")
        .order_by(
            case((meeting_table.c.state.in_(AHEAD), 1), else_=0),
            meeting_table.c.starts_at.is_(None),
            meeting_table.c.starts_at.desc(),
            meeting_table.c.id.desc(),
            agenda_items.c.number,
        )
        .limit(OFFERED)
    )
    return tuple(_decision(row) for row in tx.execute(found).mappings())


def of_item(tx: Connection, actor: Actor, item_id: int) -> list[Listed]:
    """The inquiries that an item is linked with and ``actor`` may see, the oldest first."""
    if not may(actor, Action.WORK_ON_INQUIRIES):
        return []
    columns = [inquiries.c[name] for name in Listed.__annotations__]
    rows = tx.execute(
        select(*columns)
        .join(inquiry_items, inquiry_items.c.inquiry_id == inquiries.c.id)
        .where(inquiry_items.c.item_id == item_id, visible_inquiries(actor))
        .order_by(inquiries.c.id)
    )
    return [listed(row) for row in rows.mappings()]


def link(tx: Connection, actor: Actor, inquiry_id: int, item_id: int, now: datetime) -> None:
    """Note that a meeting spoke of the inquiry on this item; a second time changes nothing.

    Raises NotFound, NotAllowed, NotPossible: state (it is not sent, or withdrawn), too_many.
    """
    kept = _to_link(tx, actor, inquiry_id)
    if item_id in kept:
        return
    row = tx.execute(_items(actor).where(agenda_items.c.id == item_id)).mappings().first()
    if row is None:
        raise NotFound("agenda_item")
    if len(kept) >= LIMIT:
        raise NotPossible("too_many")
    insert_new(tx, inquiry_items, [{"inquiry_id": inquiry_id, "item_id": item_id}])
    remember(tx, actor, inquiry_id, now, "decided", item=item_id)
    number = get(tx, actor, inquiry_id).number
    of = select(inquiry_requests.c.request_id).where(inquiry_requests.c.inquiry_id == inquiry_id)
    for request_id in tx.execute(of).scalars().all():
        remember_request(tx, actor, request_id, now, "inquiry_decided", text=number)


def unlink(tx: Connection, actor: Actor, inquiry_id: int, item_id: int, now: datetime) -> None:
    """Take the note back; a second time changes nothing. Raises NotFound, NotAllowed."""
    if item_id not in _to_link(tx, actor, inquiry_id):
        return
    here = (inquiry_items.c.inquiry_id == inquiry_id, inquiry_items.c.item_id == item_id)
    tx.execute(delete(inquiry_items).where(*here))
    remember(tx, actor, inquiry_id, now, "undecided", item=item_id)


def may_link(actor: Actor, inquiry: Inquiry) -> bool:
    """Whether ``actor`` may link it with an item: whoever keeps its answers, once it is sent."""
    return keeps(actor, inquiry) and inquiry.state in LINKED


def _to_link(tx: Connection, actor: Actor, inquiry_id: int) -> set[int]:
    """The items it is linked with, when ``actor`` may change that."""
    inquiry = get(tx, actor, inquiry_id)
    if not keeps(actor, inquiry):
        raise NotAllowed(Action.WORK_ON_INQUIRIES, inquiry.branch_id)
    if inquiry.state not in LINKED:
        raise NotPossible("state")
    tx.execute(select(inquiries.c.id).where(inquiries.c.id == inquiry_id).with_for_update())
    of = select(inquiry_items.c.item_id).where(inquiry_items.c.inquiry_id == inquiry_id)
    return set(tx.execute(of).scalars())


def _items(actor: Actor) -> Select[Any]:
    """The items of called meetings that ``actor`` sees. Raises NotAllowed for a guest."""
    item, meeting = agenda_items.c, meeting_table.c
    return (
        select(
            item.id.label("item_id"),
            item.meeting_id,
            item.number,
            item.title_kk,
            item.title_ru,
            item.decision_kk,
            item.decision_ru,
            meeting.title_kk.label("meeting_kk"),
            meeting.title_ru.label("meeting_ru"),
            meeting.starts_at,
        )
        .join(meeting_table, meeting.id == item.meeting_id)
        .join(branches, branches.c.id == meeting.branch_id)
        .where(visible(actor, drafts=False), items_seen_by(actor))
    )


def _decision(row: RowMapping) -> Decision:
    return Decision(**{name: row[name] for name in Decision.__annotations__})
