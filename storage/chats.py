"""Groups and channels that the bot is in."""

from datetime import datetime

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
        tx.execute(delete(chats).where(chats.c.chat_id == new))
        tx.execute(update(chats).where(chats.c.chat_id == old).values(chat_id=new))
    _move_group(tx, old, new)
    conversations.move(tx, old, new)
    tx.execute(update(outbox).where(outbox.c.chat_id == old).values(chat_id=new))
    insert_new(tx, lanes, [{"lane": new}])
    tx.execute(update(inbox).where(inbox.c.lane == old, inbox.c.state == "new").values(lane=new))


def _move_group(tx: Connection, old: int, new: int) -> None:
    """The group of a branch keeps its row: what waits for it, and what came, belongs to it."""
    kept = tx.execute(_group_of(old)).scalar_one_or_none()
    if kept is None:
        return
    heard_of = tx.execute(_group_of(new)).scalar_one_or_none()
    if heard_of is not None:
        for table in (deliveries, group_presses):
            tx.execute(update(table).where(table.c.group_id == heard_of).values(group_id=kept))
        tx.execute(delete(branch_groups).where(branch_groups.c.id == heard_of))
    moved = update(branch_groups).where(branch_groups.c.id == kept)
    tx.execute(moved.values(chat_id=new, kind="supergroup"))


def _group_of(chat_id: int) -> Select[tuple[int]]:
    return select(branch_groups.c.id).where(branch_groups.c.chat_id == chat_id)
