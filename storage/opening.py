"""What every update is opened with: who writes, and where they stand; one question for both."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, bindparam

from storage import conversations, people
from storage.rules.access import Actor
from storage.tables import conversations as conversation_table
from storage.tables import people as people_table

_OPENING = people.WITH_MEMBERSHIPS.add_columns(
    conversation_table.c.state, conversation_table.c.data
).outerjoin(
    conversation_table,
    and_(
        conversation_table.c.telegram_id == people_table.c.telegram_id,
        conversation_table.c.chat_id == bindparam("chat_id"),
    ),
)


def opening(
    tx: Connection, telegram_id: int, chat_id: int, today: date
) -> tuple[Actor | None, str | None, dict[str, Any]]:
    """The person with the roles of ``today``, the state's name and the draft in that chat.

    A stranger (None) stands nowhere.
    """
    given = {"telegram_id": telegram_id, "chat_id": chat_id, "today": today}
    rows = tx.execute(_OPENING, given).all()
    if not rows:
        return None, None, {}
    *_, state, data = rows[0]
    stands = conversations.read(chat_id, telegram_id, state, data)
    return people.actor_from([row[:-2] for row in rows]), *stands
