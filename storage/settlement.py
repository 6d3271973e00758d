"""What the end of a sending means: for the outbox row, for a broadcast, for the recipient."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from storage import alarms, broadcasts, chats, deliveries, facts, groups, kinds, outbox, people
from storage.broadcasts import boards, gathering, grouping, recalling, replying, spreading
from storage.broadcasts.queueing import InGroup, Whose

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
    whose = _whose(outgoing)
    if outgoing.kind == broadcasts.COPY and whose is not None:
        deliveries.settle(
            tx,
            outgoing.params["broadcast_id"],
            whose,
            state,
            now,
            reason=reason,
            message_id=message_id,
            parts=parts,
        )
    if outgoing.kind == gathering.DIGEST and outgoing.person_id is not None:
        for broadcast_id in gathering.settled(tx, outgoing.person_id, outgoing.params["due_at"]):
            why = spreading.DIGEST if state == "sent" else reason
            deliveries.settle(tx, broadcast_id, outgoing.person_id, state, now, reason=why)
    if whose is not None:
        _settle_after(tx, outgoing, whose, state, reason, now)
    if outgoing.group_id is not None:
        _settle_group(tx, outgoing, outgoing.group_id, state, reason)
    if outgoing.kind == replying.REPLY:
        replying.settle(tx, outgoing.params["reply_id"], state, reason, message_id, now)
    if outgoing.kind == boards.BOARD and state == "sent":
        boards.sent(tx, outgoing.params["broadcast_id"], message_id, now)
    if reason in UNREACHABLE:
        if outgoing.person_id is not None:
            people.set_reachable(tx, outgoing.chat_id, reason)
        else:
            chats.set_unreachable(tx, outgoing.chat_id, reason)


def _whose(outgoing: outbox.Outgoing) -> Whose | None:
    if outgoing.person_id is not None:
        return outgoing.person_id
    return None if outgoing.group_id is None else InGroup(outgoing.group_id)


def _settle_after(
    tx: Connection,
    outgoing: outbox.Outgoing,
    whose: Whose,
    state: str,
    reason: str | None,
    now: datetime,
) -> None:
    """What was done with a copy that had arrived."""
    if outgoing.kind == recalling.RECALL and state == "sent":
        recalling.settle(tx, outgoing.params["broadcast_id"], whose, now)
    if outgoing.kind == spreading.EDIT:
        of = (outgoing.params["broadcast_id"], whose, outgoing.params["edition"])
        spreading.settle(tx, *of, state, reason, now)


def _settle_group(
    tx: Connection, outgoing: outbox.Outgoing, group_id: int, state: str, reason: str | None
) -> None:
    if outgoing.kind == grouping.PIN:
        grouping.pinned(tx, outgoing.params["broadcast_id"], group_id, done=state == "sent")
    elif outgoing.kind in (spreading.EDIT, recalling.RECALL):
        return  # it shows nothing of writing there
    elif state == "sent" or reason == groups.NO_RIGHTS:
        groups.wrote(tx, group_id, may_write=state == "sent")


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
