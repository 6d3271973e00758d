"""A broadcast on its way is paused, goes on, or is stopped; after a run of faults it pauses itself.

What waits is set apart in the outbox: while a broadcast is paused nothing of it is due.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, case, select, update

from storage import outbox as outgoing
from storage.broadcasts import boards, gathering, hours
from storage.broadcasts.drafting import record
from storage.broadcasts.queueing import COPY, without_message
from storage.broadcasts.reading import Broadcast, get
from storage.broadcasts.starting import finish_if_done
from storage.errors import AlreadyChanged
from storage.groups import NO_RIGHTS, REMOVED
from storage.rules.access import Actor
from storage.tables import broadcasts as table
from storage.tables import deliveries, outbox

PAUSED = "broadcast_paused"  # outbox kind
STOPPED = "stopped"  # why a copy did not go
FOR_EDIT = "edit"  # why it is paused: a second person has to approve the new words
RUN = 20  # faults in a row: something is wrong with all of it
INTERRUPTED = "interrupted"  # it was on the wire when the program died
# Of one recipient, or nothing that the next copies would meet as well.
UNREACHABLE = frozenset(
    {"blocked", "never_started", "deactivated", REMOVED, NO_RIGHTS, "unreachable", "void", STOPPED}
)


def pause(tx: Connection, actor: Actor, broadcast_id: int, now: datetime) -> Broadcast:
    """Let nothing more go until it is resumed. Raises NotFound, NotAllowed, AlreadyChanged."""
    get(tx, actor, broadcast_id)
    _move(tx, broadcast_id, ("running",), state="paused", paused_reason=None)
    hold(tx, broadcast_id, now)
    boards.touch(tx, broadcast_id, now)
    record(tx, actor, now, "paused", broadcast_id)
    return get(tx, actor, broadcast_id)


def resume(tx: Connection, actor: Actor, broadcast_id: int, now: datetime) -> Broadcast:
    """Go on; not while new words wait for a second person's yes.

    Raises NotFound, NotAllowed, AlreadyChanged.
    """
    if get(tx, actor, broadcast_id).paused_reason == FOR_EDIT:
        raise AlreadyChanged
    _go_on(tx, broadcast_id, now)
    boards.touch(tx, broadcast_id, now)
    record(tx, actor, now, "resumed", broadcast_id)
    return get(tx, actor, broadcast_id)


def hold_for_edit(tx: Connection, broadcast_id: int, now: datetime) -> None:
    """Let nothing more go, if it runs, until the new words are approved."""
    running = table.c.state == "running"
    tx.execute(
        update(table)
        .where(table.c.id == broadcast_id)
        .values(
            state=case((running, "paused"), else_=table.c.state),
            paused_reason=FOR_EDIT,
            version=table.c.version + 1,
        )
    )
    hold(tx, broadcast_id, now)


def release_after_edit(tx: Connection, broadcast_id: int, now: datetime) -> None:
    """The new words are approved: what was held for them goes on."""
    query = select(table.c.state).where(
        table.c.id == broadcast_id, table.c.paused_reason == FOR_EDIT
    )
    state = tx.execute(query).scalar_one_or_none()
    keep_paused(tx, broadcast_id)
    if state == "paused":
        _go_on(tx, broadcast_id, now)


def keep_paused(tx: Connection, broadcast_id: int) -> None:
    """Nothing waits for new words any more: what was held may be resumed by its author."""
    tx.execute(
        update(table)
        .where(table.c.id == broadcast_id, table.c.paused_reason == FOR_EDIT)
        .values(paused_reason=None)
    )


def _go_on(tx: Connection, broadcast_id: int, now: datetime) -> None:
    _move(tx, broadcast_id, ("paused",), state="running", paused_reason=None, faults=0)
    tx.execute(update(outbox).where(*_copies(broadcast_id, "paused")).values(state="waiting"))
    hours.put_off(tx, now)
    finish_if_done(tx, broadcast_id, now)


def stop(tx: Connection, actor: Actor, broadcast_id: int, now: datetime) -> Broadcast:
    """Send to nobody else: what has arrived stays. Raises NotFound, NotAllowed, AlreadyChanged."""
    get(tx, actor, broadcast_id)
    _move(tx, broadcast_id, ("running", "paused"), state=STOPPED, finished_at=now)
    for state in ("waiting", "paused"):
        tx.execute(
            update(outbox)
            .where(*_copies(broadcast_id, state))
            .values(state="failed", reason=STOPPED, sent_at=now)
        )
    tx.execute(
        update(deliveries)
        .where(
            deliveries.c.broadcast_id == broadcast_id,
            deliveries.c.state == "waiting",
            without_message(*_copies(broadcast_id, "sending")),
        )
        .values(state="failed", reason=STOPPED)
    )
    gathering.forget(tx, broadcast_id)
    record(tx, actor, now, "stopped", broadcast_id)
    stopped = get(tx, actor, broadcast_id)
    boards.close(tx, broadcast_id, stopped.version, now)
    return stopped


def settled(
    tx: Connection, broadcast_id: int, now: datetime, state: str, reason: str | None
) -> None:
    """What the end of one copy means for the whole: its end, or a pause after a run of faults."""
    row = tx.execute(
        select(table.c.faults, table.c.board_at).where(table.c.id == broadcast_id).with_for_update()
    ).first()
    faults = _faults(row.faults if row else 0, state, reason)
    if row is not None and faults != row.faults:
        tx.execute(update(table).where(table.c.id == broadcast_id).values(faults=faults))
    if finish_if_done(tx, broadcast_id, now, locked=True):
        return
    if faults >= RUN:
        _pause_by_itself(tx, broadcast_id, reason, now)
    elif row is not None:
        boards.progressed(tx, broadcast_id, row.board_at, now)


def _faults(before: int, state: str, reason: str | None) -> int:
    """How many in a row. What a kill left behind and who cannot be reached are no faults."""
    if state == "sent":
        return 0
    is_fault = reason not in UNREACHABLE if state == "failed" else reason != INTERRUPTED
    return before + 1 if is_fault else before


def _pause_by_itself(tx: Connection, broadcast_id: int, reason: str | None, now: datetime) -> None:
    paused = tx.execute(
        update(table)
        .where(table.c.id == broadcast_id, table.c.state == "running")
        .values(state="paused", paused_reason=reason or "", version=table.c.version + 1)
        .returning(table.c.author_id, table.c.version)
    ).first()
    if paused is None:
        return
    hold(tx, broadcast_id, now)
    boards.touch(tx, broadcast_id, now)
    outgoing.put(
        tx,
        f"broadcast:{broadcast_id}:paused:{paused.version}",
        PAUSED,
        paused.author_id,
        {"broadcast_id": broadcast_id},
        now,
        priority=outgoing.Priority.NOTICE,
    )


def hold(tx: Connection, broadcast_id: int, now: datetime) -> None:
    """Set apart whatever of it waits."""
    gathering.put_off(tx, broadcast_id, now)
    tx.execute(update(outbox).where(*_copies(broadcast_id, "waiting")).values(state="paused"))


def hold_again(tx: Connection, now: datetime) -> None:
    """Set apart what was on the wire at the pause and came back to wait."""
    for broadcast_id in tx.execute(select(table.c.id).where(table.c.state == "paused")).scalars():
        hold(tx, broadcast_id, now)


def _move(tx: Connection, broadcast_id: int, before: tuple[str, ...], **values: object) -> None:
    changed = tx.execute(
        update(table)
        .where(table.c.id == broadcast_id, table.c.state.in_(before))
        .values(version=table.c.version + 1, **values)
        .returning(table.c.id)
    ).first()
    if changed is None:
        raise AlreadyChanged


def _copies(broadcast_id: int, state: str) -> tuple[ColumnElement[bool], ...]:
    return outbox.c.state == state, outbox.c.stream == broadcast_id, outbox.c.kind == COPY
