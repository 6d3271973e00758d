"""Small stand-ins, and questions to the database, for the tests of the bot floor."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import select

from storage.database import Database
from storage.tables import inbox, outbox

Json = dict[str, Any]
PATIENCE = 10.0


def message(update_id: int, chat_id: int = 1003, text: str = "hm") -> Json:
    """A text that somebody wrote in the private chat."""
    return {
        "update_id": update_id,
        "message": {
            "message_id": update_id,
            "date": 1_795_000_000,
            "chat": {"id": chat_id, "type": "private", "first_name": "Дархан"},
            "from": {"id": chat_id, "is_bot": False, "first_name": "Дархан", "last_name": "Оразов"},
            "text": text,
        },
    }


async def until(holds: Callable[[], Awaitable[bool]], what: str = "it") -> None:
    """Wait until ``holds`` says so."""
    for _ in range(int(PATIENCE / 0.02)):
        if await holds():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"{what} never came")


async def inbox_states(database: Database) -> dict[int, str]:
    """Update → state."""
    query = select(inbox.c.update_id, inbox.c.state).order_by(inbox.c.update_id)
    return await database.read(lambda tx: {row.update_id: row.state for row in tx.execute(query)})


async def outbox_rows(database: Database, *kinds: str) -> list[Json]:
    """The rows of the outbox, those of ``kinds`` when given, in the order they were queued."""
    query = select(outbox).order_by(outbox.c.id)
    if kinds:
        query = query.where(outbox.c.kind.in_(kinds))
    return await database.read(lambda tx: [dict(row) for row in tx.execute(query).mappings()])
