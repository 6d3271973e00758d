"""What the end of a sending means: for the outbox row, for a broadcast, for the recipient."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from storage import alarms, broadcasts, chats, deliveries, facts, kinds, outbox, people
from storage.broadcasts import boards, gathering, recalling, replying, spreading

# Reasons for which nothing can reach the person until they write again.
UNREACHABLE = frozenset({"blocked", "never_started", "deactivated", "removed"})

BULK_HELD = "bulk_held_until"  # Telegram asked to wait; a restart must not forget it


def repeatable(kind: str) -> bool:
    """Whether a message of ``kind`` may be sent again when it may have arrived already.

    After a crash or a lost answer nobody knows whether Telegram has it; what is not repeatable is
    shown to its author as uncertain.
    """
    declared = kinds.KINDS.get(kind)  # an older program may have left one that is gone
    return declared is not None and declared.repeatable


def settle(
    tx: Connection,
    outgoing: outbox.Outgoing,
    state: str,
    now: datetime,
    reason: str | None = None,
    message_id: int | None = None,
    parts: Sequence[int] = (),
) -> None:
    """Give ``outgoing`` its final state (sent, failed, uncertain) and all that follows from it."""
    outbox.finish(tx, outgoing.id, state, now, reason=reason, message_id=message_id)
    if outgoing.kind == broadcasts.COPY and outgoing.person_id is not None:
        deliveries.settle(
            tx,
            outgoing.params["broadcast_id"],
            outgoing.person_id,
            state,
            now,
            reason=reason,
            message_id=message_id,
            parts=parts,
        )
    if outgoing.kind == gathering.DIGEST and outgoing.person_id is not None:
        for broadcast_id in gathering.settled(tx, outgoing.person_id, outgoing.params["due_at"]):
            deliveries.settle(tx, broadcast_id, outgoing.person_id, state, now, reason=reason)
    if outgoing.kind == recalling.RECALL and outgoing.person_id is not None and state == "sent":
        recalling.settle(tx, outgoing.params["broadcast_id"], outgoing.person_id, now)
    if outgoing.kind == spreading.EDIT and outgoing.person_id is not None:
        of = (outgoing.params["broadcast_id"], outgoing.person_id, outgoing.params["edition"])
        spreading.settle(tx, *of, state, reason, now)
    if outgoing.kind == replying.REPLY:
        replying.settle(tx, outgoing.params["reply_id"], state, reason, message_id, now)
    if outgoing.kind == boards.BOARD and state == "sent":
        boards.sent(tx, outgoing.params["broadcast_id"], message_id, now)
    if reason in UNREACHABLE:
        if outgoing.person_id is not None:
            people.set_reachable(tx, outgoing.chat_id, reason)
        else:
            chats.set_unreachable(tx, outgoing.chat_id, reason)


def flooded(
    tx: Connection, outgoing: outbox.Outgoing, until: datetime, now: datetime, zone: ZoneInfo
) -> None:
    """Telegram asked to wait until ``until``: the message waits, and so does all bulk."""
    outbox.give_back(tx, outgoing.id, until)
    held = bulk_held_until(tx)
    if held is None or held < until:  # a short wait must not end a long one
        facts.remember(tx, BULK_HELD, until)
    alarms.delayed(tx, outgoing, until, now, zone)


def bulk_held_until(tx: Connection) -> datetime | None:
    """Until when Telegram asked bulk to wait, when it ever did."""
    return facts.recall(tx, BULK_HELD)


def migrated(tx: Connection, outgoing: outbox.Outgoing, new_chat_id: int) -> None:
    """The group has another id now: it is rewritten everywhere, and the message goes there."""
    chats.migrate(tx, outgoing.chat_id, new_chat_id)
    outbox.give_back(tx, outgoing.id)
