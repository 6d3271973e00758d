"""What the end of a sending means: for the outbox row, for a broadcast, for the person."""

from datetime import datetime

from sqlalchemy import Connection

from storage import broadcasts, deliveries, kinds, outbox, people

# Reasons for which nothing can reach the person until they write again.
UNREACHABLE = frozenset({"blocked", "never_started", "deactivated"})


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
) -> None:
    """Give ``outgoing`` its final state (sent, failed, uncertain) and all that follows from it."""
    outbox.finish(tx, outgoing.id, state, now, reason=reason, message_id=message_id)
    if outgoing.kind == broadcasts.COPY:
        deliveries.settle(
            tx,
            outgoing.params["broadcast_id"],
            outgoing.person_id,
            state,
            now,
            reason=reason,
            message_id=message_id,
        )
    if reason in UNREACHABLE:
        people.set_reachable(tx, outgoing.telegram_id, reason)
