"""Where a person stands in a wizard; kept in the transaction of the update that moved it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from storage.tables import conversations
from storage.upsert import upsert

_ONE = select(conversations.c.state, conversations.c.data).where(
    conversations.c.chat_id == bindparam("chat_id"),
    conversations.c.telegram_id == bindparam("telegram_id"),
)


def load(tx: Connection, chat_id: int, telegram_id: int) -> tuple[str | None, dict[str, Any]]:
    """The state's name and the draft of one person in one chat."""
    row = tx.execute(_ONE, {"chat_id": chat_id, "telegram_id": telegram_id}).first()
    return (None, {}) if row is None else (row.state, dict(row.data))


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
        {"state": state, "data": data, "updated_at": now},
    )
