"""After a restore: what waited before it is held until an owner says what becomes of it.

A backup holds messages that were sent after it was made; sending them again by itself would tell
people old news. So the courier claims nothing created before ``held``, the tick queues nothing due
before it, and updates that waited are set aside.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, func, select, update

from storage import audit, broadcasts, deliveries, facts, groups, outbox, people, reminders
from storage.broadcasts import gathering
from storage.broadcasts.queueing import InGroup
from storage.errors import NotAllowed, NotPossible
from storage.rules.access import Action, Actor, may
from storage.tables import inbox
from storage.tables import outbox as outbox_table
from storage.tables import reminders as reminder_table

NOTICE = "restored"  # outbox kind
NO_SECOND = (broadcasts.COPY, gathering.DIGEST)
DROPPED = "dropped_after_restore"
SET_ASIDE = "restored"  # what stands where the fault of an update set aside stands


@dataclass(frozen=True)
class Held:
    """What waits for the owner's word."""

    restored_at: datetime
    messages: int
    reminders: int


def held(tx: Connection) -> datetime | None:
    """The moment of the restore that nobody has decided on yet; None: nothing is held."""
    return facts.recall(tx, facts.RESTORED_AT)


def mark(tx: Connection, now: datetime, today: date) -> None:
    """Hold everything in this database that waited before ``now``, and tell the owners."""
    facts.remember(tx, facts.RESTORED_AT, now)
    set_aside = tx.execute(
        update(inbox)
        .where(inbox.c.state == "new")
        .values(state="quarantined", error=SET_ASIDE, done_at=now)
    ).rowcount
    # What was being sent when the backup was made: the courier must find it held, not left over.
    tx.execute(update(outbox_table).where(*_sending_again()).values(state="waiting"))
    audit.record(tx, None, now, "database.restore", updates=set_aside)
    for owner in people.owners(tx, today):
        key = f"{NOTICE}:{now.isoformat()}:{owner.id}"
        outbox.put(tx, key, NOTICE, owner.id, {}, now, priority=outbox.Priority.NOTICE)


def waiting(tx: Connection) -> Held | None:
    """Count what is held; None when nothing has to be decided."""
    moment = held(tx)
    if moment is None:
        return None
    messages = select(func.count()).where(*_messages(moment))
    due = select(func.count()).where(
        reminder_table.c.state == "planned", reminder_table.c.due_at <= moment
    )
    row = tx.execute(select(messages.scalar_subquery(), due.scalar_subquery())).one()
    return Held(moment, *row)


def confirm(tx: Connection, actor: Actor, now: datetime, zone: ZoneInfo, *, send: bool) -> Held:
    """Let what is held go out, or drop it; return what it was.

    Raises NotAllowed, NotPossible when there is nothing to decide any more.
    """
    if not may(actor, Action.ADMINISTER):
        raise NotAllowed(Action.ADMINISTER)
    found = waiting(tx)
    if found is None or not facts.forget(tx, facts.RESTORED_AT):
        raise NotPossible("decided")
    if not send:
        _drop_messages(tx, found.restored_at, now)
        reminders.drop(tx, found.restored_at, now, zone)
    audit.record(
        tx,
        actor,
        now,
        "database.restore_confirm",
        sent=send,
        messages=found.messages,
        reminders=found.reminders,
    )
    return found


def _messages(moment: datetime) -> tuple[ColumnElement[bool], ...]:
    return outbox_table.c.state == "waiting", outbox_table.c.created_at < moment


def _sending_again() -> tuple[ColumnElement[bool], ...]:
    # Copies of a broadcast stay left over: nobody knows, so they end as uncertain.
    return outbox_table.c.state == "sending", outbox_table.c.kind.not_in(NO_SECOND)


def _drop_messages(tx: Connection, moment: datetime, now: datetime) -> None:
    rows = tx.execute(
        update(outbox_table)
        .where(*_messages(moment))
        .values(state="failed", reason=DROPPED, sent_at=now)
        .returning(
            outbox_table.c.kind,
            outbox_table.c.person_id,
            outbox_table.c.chat_id,
            outbox_table.c.params,
        )
    ).all()
    for row in rows:
        if row.kind == broadcasts.COPY:
            broadcast_id = row.params["broadcast_id"]
            group = groups.of_chat(tx, row.chat_id) if row.person_id is None else None
            whose = row.person_id if group is None else InGroup(group.id)
            deliveries.settle(tx, broadcast_id, whose, "failed", now, reason=DROPPED)
        elif row.kind == gathering.DIGEST:
            for broadcast_id in gathering.settled(tx, row.person_id, row.params["due_at"]):
                deliveries.settle(tx, broadcast_id, row.person_id, "failed", now, reason=DROPPED)
