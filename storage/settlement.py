"""What the end of a sending means: for the outbox row, for a broadcast, for the person."""

from datetime import datetime

from sqlalchemy import Connection

from storage import broadcasts, deliveries, outbox, people

# After a crash or a lost answer nobody knows whether Telegram has the message. A second reminder
# does no harm; a second copy of a broadcast does, so it is shown to its author as uncertain.
NOT_REPEATABLE = frozenset({broadcasts.COPY})

# Reasons for which nothing can reach the person until they write again.
UNREACHABLE = frozenset({"blocked", "never_started", "deactivated"})


def repeatable(kind: str) -> bool:
    """Whether a message of ``kind`` may be sent again when it may have arrived already."""
    return kind not in NOT_REPEATABLE


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
