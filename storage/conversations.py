"""Where a person stands in a wizard; kept in the transaction of the update that moved it."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from storage.privacy.cells import Unreadable, opened, sealed
from storage.tables import conversations
from storage.upsert import upsert

PAUSED = "paused"  # where drafts that were put aside stand in the data
_DATA = "conversations.data"  # a draft holds whatever its writer typed

_ONE = select(conversations.c.state, conversations.c.data).where(
    conversations.c.chat_id == bindparam("chat_id"),
    conversations.c.telegram_id == bindparam("telegram_id"),
)


def load(tx: Connection, chat_id: int, telegram_id: int) -> tuple[str | None, dict[str, Any]]:
    """The state's name and the draft of one person in one chat."""
    row = tx.execute(_ONE, {"chat_id": chat_id, "telegram_id": telegram_id}).first()
    return (None, {}) if row is None else read(chat_id, telegram_id, row.state, row.data)


def read(
    chat_id: int, telegram_id: int, state: str | None, data: str | None
) -> tuple[str | None, dict[str, Any]]:
    """The state and the draft in a row; None in both columns where there is no row."""
    if data is None:
        return None, {}
    try:
        return state, json.loads(opened(_DATA, _name(chat_id, telegram_id), data))
    except Unreadable:  # a draft that is lost must not stop its writer for ever
        return None, {}


def save(
    tx: Connection,
    chat_id: int,
    telegram_id: int,
    state: str | None,
    data: dict[str, Any],
    now: datetime,
) -> None:
    """Keep the state and the draft."""
    upsert(
        tx,
        conversations,
        {"chat_id": chat_id, "telegram_id": telegram_id},
        {
            "state": state,
            "data": sealed(_DATA, _name(chat_id, telegram_id), json.dumps(data)),
            "updated_at": now,
        },
    )


def move(tx: Connection, old: int, new: int) -> None:
    """A group got another id: what was written in it goes there, sealed for its new place."""
    there = select(conversations).where(conversations.c.chat_id == old).with_for_update()
    for row in tx.execute(there).all():
        state, data = load(tx, old, row.telegram_id)
        save(tx, new, row.telegram_id, state, data, row.updated_at)
    tx.execute(delete(conversations).where(conversations.c.chat_id == old))


def _name(chat_id: int, telegram_id: int) -> str:
    return f"{chat_id}:{telegram_id}"
