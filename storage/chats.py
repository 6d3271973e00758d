"""Groups and channels that the bot is in."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, select, update

from storage import conversations
from storage.tables import (
    branch_groups,
    chats,
    deliveries,
    group_presses,
    inbox,
    lanes,
    outbox,
)
from storage.upsert import insert_new, upsert


def seen(tx: Connection, chat_id: int, title: str, now: datetime, gone: str | None = None) -> None:
    """Remember a group the bot was added to, or (``gone``: the reason) was removed from."""
    values = {
        "title": title,
        "reachable": gone is None,
        "unreachable_reason": gone,
        "seen_at": now,
    }
    upsert(tx, chats, {"chat_id": chat_id}, values)


def reachable(tx: Connection, chat_id: int) -> bool:
    """Whether the group is known and the bot is in it, as far as anybody told."""
    query = select(chats.c.reachable).where(chats.c.chat_id == chat_id)
    return bool(tx.execute(query).scalar_one_or_none())


def set_unreachable(tx: Connection, chat_id: int, reason: str) -> None:
    """Note that nothing reaches a group any more."""
    tx.execute(
        update(chats)
        .where(chats.c.chat_id == chat_id)
        .values(reachable=False, unreachable_reason=reason)
    )


def migrate(tx: Connection, old: int, new: int) -> None:
    """A group became a supergroup with another id: rewrite the id wherever it stands."""
    if old == new:
        return
    # Telegram tells it twice, in the old chat and in the new one; either may be the first, and
    # the second must not sweep away what the first one moved.
    there = select(chats.c.chat_id).where(chats.c.chat_id == old).with_for_update()
    if tx.execute(there).first() is not None:
        # What the new chat has said of itself is the newer word.
        known = select(chats.c.chat_id).where(chats.c.chat_id == new)
        if tx.execute(known).first() is None:
            tx.execute(update(chats).where(chats.c.chat_id == old).values(chat_id=new))
        else:
            tx.execute(delete(chats).where(chats.c.chat_id == old))
    _move_group(tx, old, new)
    conversations.move(tx, old, new)
    tx.execute(update(outbox).where(outbox.c.chat_id == old).values(chat_id=new))
    insert_new(tx, lanes, [{"lane": new}])
    tx.execute(update(inbox).where(inbox.c.lane == old, inbox.c.state == "new").values(lane=new))


def _move_group(tx: Connection, old: int, new: int) -> None:
    """The confirmed row stays (else the old one): what waits for it, and came, belongs to it.

    What the bot may do there is what the new chat has said.
    """
    was = tx.execute(_group_of(old)).first()
    if was is None:
        return
    heard_of = tx.execute(_group_of(new)).first()
    kept, may = was, {}
    if heard_of is not None:
        may = {"writes": heard_of.writes, "pins": heard_of.pins}
        newer = heard_of.confirmed_by is not None and was.confirmed_by is None
        kept, gone = (heard_of, was) if newer else (was, heard_of)
        for table in (deliveries, group_presses):
            tx.execute(update(table).where(table.c.group_id == gone.id).values(group_id=kept.id))
        tx.execute(delete(branch_groups).where(branch_groups.c.id == gone.id))
    moved = update(branch_groups).where(branch_groups.c.id == kept.id)
    tx.execute(moved.values(chat_id=new, kind="supergroup", **may))


def _group_of(chat_id: int) -> Select[Any]:
    columns = ("id", "confirmed_by", "writes", "pins")
    which = [branch_groups.c[name] for name in columns]
    return select(*which).where(branch_groups.c.chat_id == chat_id)
