"""What the program itself has to tell: a text with broken tags, a delivery that is held up."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from storage import broadcasts, facts, outbox, people
from storage.tables import broadcasts as broadcast_table

TEXT_BROKEN = "text_broken"  # kinds of the outbox
DELAYED = "delivery_delayed"
LONG = timedelta(hours=1)  # a hold that somebody should know of
LONG_HOLD = "long_hold_until"  # the fact: how long the hold lasts that was told last


def text_broken(tx: Connection, kind: str, now: datetime, zone: ZoneInfo) -> None:
    """Tell the owners that a message of ``kind`` had to go out as plain text: once a day."""
    today = now.astimezone(zone).date()
    key = f"{TEXT_BROKEN}:{kind}:{today}"
    messages = [
        outbox.Message(f"{key}:{owner.id}", TEXT_BROKEN, owner.id, {"kind": kind})
        for owner in people.owners(tx, today)
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.NOTICE)


def delayed(
    tx: Connection, outgoing: outbox.Outgoing, until: datetime, now: datetime, zone: ZoneInfo
) -> None:
    """Tell that Telegram lets ``outgoing`` wait for more than an hour: each person once a hold.

    A copy of a broadcast is its author's concern, everything else the owners'.
    """
    if until - now <= LONG:
        return
    held = facts.recall(tx, LONG_HOLD)
    if held is None or held <= now:
        held = until
        facts.remember(tx, LONG_HOLD, held)
    params = {"until": until.isoformat(), "broadcast": outgoing.kind == broadcasts.COPY}
    messages = [
        outbox.Message(f"{DELAYED}:{held.isoformat()}:{person_id}", DELAYED, person_id, params)
        for person_id in _concerned(tx, outgoing, now, zone)
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.NOTICE)


def _concerned(
    tx: Connection, outgoing: outbox.Outgoing, now: datetime, zone: ZoneInfo
) -> list[int]:
    if outgoing.kind == broadcasts.COPY:
        author = select(broadcast_table.c.author_id).where(
            broadcast_table.c.id == outgoing.params["broadcast_id"]
        )
        return list(tx.execute(author).scalars())
    return [owner.id for owner in people.owners(tx, now.astimezone(zone).date())]
