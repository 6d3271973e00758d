"""What every update is opened with: who writes, and where they stand; one question for both."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam

from storage import conversations, people, refused_tries
from storage.rules.access import Actor
from storage.tables import conversations as conversation_table
from storage.tables import people as people_table
from storage.tables import refused_tries as tries_table

_OPENING = (
    people.WITH_MEMBERSHIPS.add_columns(
        tries_table.c.since,
        tries_table.c.many,
        conversation_table.c.state,
        conversation_table.c.data,
    )
    .outerjoin(
        conversation_table,
        and_(
            conversation_table.c.telegram_id == people_table.c.telegram_id,
            conversation_table.c.chat_id == bindparam("chat_id"),
        ),
    )
    .outerjoin(tries_table, tries_table.c.person_id == people_table.c.id)
)


def opening(
    tx: Connection,
    telegram_id: int,
    chat_id: int,
    today: date,
    most_refusals: int = refused_tries.MOST,
) -> tuple[Actor | None, str | None, dict[str, Any], datetime | None]:
    """The person with the roles of ``today``, the state's name and the draft in that chat.

    And until when the person has to wait who was refused ``most_refusals`` times, which may be
    over. A stranger (None) stands nowhere.
    """
    given = {"telegram_id": telegram_id, "chat_id": chat_id, "today": today}
    rows = tx.execute(_OPENING, given).all()
    if not rows:
        return None, None, {}, None
    *_, since, many, state, data = rows[0]
    stands = conversations.read(chat_id, telegram_id, state, data)
    wait = refused_tries.waits_until(since, many, most_refusals)
    return people.actor_from([row[:-4] for row in rows]), *stands, wait
