"""Meetings as cards that a member posts into any chat: what is told of them to everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, case, false, func, select

from storage.meetings.access import items_seen_by, visible
from storage.meetings.lists import EVERYTHING, Only, ahead
from storage.rules.access import Actor
from storage.tables import agenda_items, branches, meetings

MOST = 8


@dataclass(frozen=True)
class PublicCard:
    """When and where a meeting is, and how many items of its agenda are for every member."""

    id: int
    state: str
    title_kk: str
    title_ru: str
    starts_at: datetime | None
    period_kk: str | None
    period_ru: str | None
    place_kk: str | None
    place_ru: str | None
    items: int


def public_cards(
    tx: Connection,
    actor: Actor,
    now: datetime,
    only: Only = EVERYTHING,
    ids: Sequence[int] | None = None,
) -> list[PublicCard]:
    """At most 8 meetings that ``actor`` may see, the nearest ahead first, then the latest held.

    ``ids`` narrows them to those meetings. Drafts are left out, whoever asks. Raises NotAllowed
    for a guest.
    """
    items = (
        select(func.count())
        .where(agenda_items.c.meeting_id == meetings.c.id, items_seen_by(actor, papers=False))
        .scalar_subquery()
    )
    wanted = visible(actor, drafts=False)
    wanted = and_(wanted, only.condition)
    if ids is not None:
        wanted = and_(wanted, meetings.c.id.in_(ids) if ids else false())
    is_ahead = ahead(now)
    query = (
        select(*(meetings.c[name] for name in _KEPT), items.label("items"))
        .join(branches, branches.c.id == meetings.c.branch_id)
        .where(wanted)
        .order_by(
            case((is_ahead, 0), else_=1),
            meetings.c.starts_at.is_(None),
            case((is_ahead, meetings.c.starts_at)),
            meetings.c.starts_at.desc(),
            meetings.c.id,
        )
        .limit(MOST)
    )
    return [PublicCard(**row) for row in tx.execute(query).mappings()]


_KEPT = tuple(name for name in PublicCard.__annotations__ if name != "items")
