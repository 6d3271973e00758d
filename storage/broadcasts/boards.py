"""The author's message that keeps up with a broadcast by itself, within the pace of all messages.

It is edited by one row of the outbox that is woken again, at most every few seconds and only when
copies came to their end; where it ends, it becomes the report.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from storage import outbox as outgoing
from storage.tables import broadcasts as table
from storage.tables import outbox

BOARD = "broadcast_board"  # outbox kind
EVERY = timedelta(seconds=5)
# So soon after a tap the bot may still be drawing what the tap asked for.
DRAWN = timedelta(seconds=1)
FINAL = ("sent", "failed", "uncertain")


def pin(tx: Connection, broadcast_id: int, message_id: int, now: datetime) -> None:
    """Let ``message_id`` in the author's chat keep up from now on."""
    _set(tx, broadcast_id, board_message_id=message_id, board_at=now)


def announce(tx: Connection, broadcast_id: int, now: datetime) -> None:
    """Send the author a message that keeps up: it began without a tap of theirs."""
    _set(tx, broadcast_id, board_at=now)
    _wake(tx, broadcast_id, now)


def progressed(tx: Connection, broadcast_id: int, shown_at: datetime | None, now: datetime) -> None:
    """A copy has come to its end; ``shown_at`` is when the message was last due.

    A clock that was set back must not keep it waiting.
    """
    if shown_at is not None and not shown_at <= now < shown_at + EVERY:
        _set(tx, broadcast_id, board_at=now)
        _wake(tx, broadcast_id, now)


def touch(tx: Connection, broadcast_id: int, now: datetime) -> None:
    """Its state is another one: shown at once."""
    query = select(table.c.board_at).where(table.c.id == broadcast_id)
    if tx.execute(query).scalar_one_or_none() is not None:
        _set(tx, broadcast_id, board_at=now)
        _wake(tx, broadcast_id, now)


def close(tx: Connection, broadcast_id: int, version: int, now: datetime) -> None:
    """The sending is over: the message becomes the report and keeps up no more."""
    pinned = tx.execute(
        select(table.c.author_id, table.c.board_message_id, table.c.board_at).where(
            table.c.id == broadcast_id, table.c.board_message_id.is_not(None)
        )
    ).first()
    _set(tx, broadcast_id, board_message_id=None, board_at=None)
    if pinned is not None:
        drawn = min(max(now, pinned.board_at + DRAWN), now + DRAWN)
        place = (pinned.author_id, pinned.board_message_id)
        _last(tx, broadcast_id, f"{version}", *place, drawn)


def sent(tx: Connection, broadcast_id: int, message_id: int | None, now: datetime) -> None:
    """The message that was announced is there: it keeps up, or is late and shows the end."""
    if message_id is None:
        return
    row = tx.execute(
        select(table.c.author_id, table.c.board_at).where(table.c.id == broadcast_id)
    ).one()
    if row.board_at is not None:
        _set(tx, broadcast_id, board_message_id=message_id)
    else:
        _last(tx, broadcast_id, f"late:{message_id}", row.author_id, message_id, now)


def _last(
    tx: Connection, broadcast_id: int, name: str, author_id: int, message_id: int, now: datetime
) -> None:
    outgoing.put(
        tx,
        f"broadcast:{broadcast_id}:board:{name}",
        BOARD,
        author_id,
        {"broadcast_id": broadcast_id, "message_id": message_id},
        now,
        priority=outgoing.Priority.NOTICE,
    )


def _wake(tx: Connection, broadcast_id: int, now: datetime) -> None:
    key = f"broadcast:{broadcast_id}:board"
    again = {"state": "waiting", "attempts": 0, "reason": None, "sent_at": None}
    woken = (
        update(outbox)
        .where(outbox.c.key == key, outbox.c.state.in_(FINAL))
        .values(**again, not_before=now, created_at=now)
    )
    if tx.execute(woken).rowcount:
        return
    query = select(table.c.author_id).where(table.c.id == broadcast_id)
    author_id = tx.execute(query).scalar_one()
    given = {"broadcast_id": broadcast_id}
    outgoing.put(tx, key, BOARD, author_id, given, now, priority=outgoing.Priority.NOTICE)


def _set(tx: Connection, broadcast_id: int, **values: object) -> None:
    tx.execute(update(table).where(table.c.id == broadcast_id).values(**values))
