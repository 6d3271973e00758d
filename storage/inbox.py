"""The inbox: an update is on disk before Telegram is told that it arrived."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, or_, select, update

from storage.privacy.cells import Unreadable, opened, sealed
from storage.tables import UtcDateTime, inbox, lanes
from storage.upsert import insert_new

_BODY = "inbox.body"  # a raw update holds whatever people type
MAX_ATTEMPTS = 3
KEPT = timedelta(days=14)  # how long a handled update is remembered, against a second delivery


class AlreadyHandled(Exception):
    """The update was handled before; whatever else was to happen must not."""


class AfterFailure(Enum):
    """What becomes of an update whose handling failed."""

    AGAIN = "again"
    QUARANTINED = "quarantined"  # that was the last try: set aside
    DONE = "done"  # its effect was kept before the failure: it must not happen again


@dataclass(frozen=True)
class Waiting:
    """An update to be handled."""

    update_id: int
    lane: int  # a chat (or a person, for events without a chat): order is kept within a lane
    body: dict[str, Any]
    attempts: int
    received_at: datetime


def keep(tx: Connection, updates: list[tuple[int, dict[str, Any]]], now: datetime) -> None:
    """Keep raw updates with their lanes; one that is kept already is passed over."""
    insert_new(
        tx,
        inbox,
        [
            {
                "update_id": body["update_id"],
                "lane": lane,
                "body": sealed(_BODY, str(body["update_id"]), _written(body)),
                "state": "new",
                "received_at": now,
            }
            for lane, body in updates
        ],
    )
    insert_new(tx, lanes, [{"lane": lane} for lane in {lane for lane, _ in updates}])


# Built once: these run for every batch or every update, and building costs more than running.
_FRESH = (
    select(inbox.c.lane)
    .where(inbox.c.state == "new", inbox.c.update_id.not_in(bindparam("taken", expanding=True)))
    .order_by(inbox.c.update_id)
    .limit(bindparam("most"))
)
_FREE = (
    select(lanes.c.lane)
    .where(
        lanes.c.lane.in_(bindparam("wanted", expanding=True)),
        or_(
            lanes.c.holder.is_(None),
            lanes.c.holder == bindparam("mine"),
            lanes.c.until <= bindparam("now", type_=UtcDateTime()),
        ),
    )
    .with_for_update(skip_locked=True)
)
_HOLD = (
    update(lanes)
    .where(lanes.c.lane.in_(bindparam("lanes", expanding=True)))
    .values(holder=bindparam("mine"), until=bindparam("the_end", type_=UtcDateTime()))
)
_WAITING = (
    select(inbox)
    .where(
        inbox.c.state == "new",
        inbox.c.lane.in_(bindparam("lanes", expanding=True)),
        inbox.c.update_id.not_in(bindparam("taken", expanding=True)),
    )
    .order_by(inbox.c.update_id)
)
_MARKED = update(inbox).values(
    state="done", done_at=bindparam("now", type_=UtcDateTime()), body=None
)
_DONE = _MARKED.where(inbox.c.update_id.in_(bindparam("ids", expanding=True)))
_SETTLED = _MARKED.where(inbox.c.update_id == bindparam("id"), inbox.c.state == "new")


def _written(body: dict[str, Any]) -> str:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which no database takes as it is
        return json.dumps(body)
    return text


def claim(
    tx: Connection, holder: str, now: datetime, until: datetime, taken: set[int], limit: int
) -> list[Waiting]:
    """Take lanes with waiting updates for ``holder`` until ``until``; return their updates.

    Lanes of other holders are left alone while their time lasts, so order is kept in each. Updates
    in ``taken`` are at work already and are not returned again; oldest first.
    """
    wanted = list(set(tx.execute(_FRESH, {"taken": list(taken), "most": limit}).scalars()))
    if not wanted:
        return []
    free = {"wanted": wanted, "mine": holder, "now": now}
    ours = list(tx.execute(_FREE, free).scalars())
    tx.execute(_HOLD, {"lanes": ours, "mine": holder, "the_end": until})
    found = []
    for row in tx.execute(_WAITING, {"lanes": ours, "taken": list(taken)}).all():
        try:
            body = json.loads(opened(_BODY, str(row.update_id), row.body))
        except Unreadable as error:  # no other update waits because of it
            set_aside(tx, row.update_id, type(error).__name__, now)
        else:
            found.append(Waiting(row.update_id, row.lane, body, row.attempts, row.received_at))
    return found


def renew(tx: Connection, holder: str, until: datetime) -> None:
    """Keep the lanes of ``holder`` for longer: it lives."""
    tx.execute(update(lanes).where(lanes.c.holder == holder).values(until=until))


def release(tx: Connection, holder: str, idle: list[int] | None = None) -> None:
    """Give back the lanes in which nothing is left to do; None gives back all of ``holder``."""
    mine = lanes.c.holder == holder
    where = mine if idle is None else and_(mine, lanes.c.lane.in_(idle))
    tx.execute(update(lanes).where(where).values(holder=None, until=None))


def write_up(
    tx: Connection, holder: str, update_ids: list[int], idle: list[int], now: datetime
) -> None:
    """Mark updates handled and give back the lanes that are ``idle`` now."""
    if update_ids:
        done(tx, update_ids, now)
    if idle:
        release(tx, holder, idle)


def release_all(tx: Connection) -> None:
    """Give back every lane: for the one process of an embedded database, when it starts."""
    tx.execute(update(lanes).values(holder=None, until=None))


def done(tx: Connection, update_ids: list[int], now: datetime) -> None:
    """Mark updates handled and blank their bodies: they hold personal data."""
    tx.execute(_DONE, {"ids": update_ids, "now": now})


def settle(tx: Connection, update_id: int, now: datetime) -> None:
    """Mark one update handled in the transaction of its effect.

    Raises AlreadyHandled when it was handled before, so that the effect is rolled back: this is
    what makes it happen once, even when a process that was taken for dead comes back.
    """
    marked = tx.execute(_SETTLED, {"id": update_id, "now": now})
    if marked.rowcount != 1:
        raise AlreadyHandled(update_id)


def purge(tx: Connection, now: datetime) -> int:
    """Delete handled updates of more than fourteen days ago; return how many."""
    gone = tx.execute(delete(inbox).where(inbox.c.state == "done", inbox.c.done_at < now - KEPT))
    return gone.rowcount


def failed(tx: Connection, update_id: int, error: str, now: datetime) -> AfterFailure:
    """Count a failed attempt, set the update aside when it was the last; say what is next."""
    attempts = tx.execute(
        update(inbox)
        .where(inbox.c.update_id == update_id, inbox.c.state == "new")
        .values(attempts=inbox.c.attempts + 1, error=error)
        .returning(inbox.c.attempts)
    ).scalar_one_or_none()
    if attempts is None:
        return AfterFailure.DONE
    if attempts < MAX_ATTEMPTS:
        return AfterFailure.AGAIN
    set_aside(tx, update_id, error, now)
    return AfterFailure.QUARANTINED


def set_aside(tx: Connection, update_id: int, error: str, now: datetime) -> None:
    """Leave an update to the administrators: it cannot be handled, because of ``error``."""
    tx.execute(
        update(inbox)
        .where(inbox.c.update_id == update_id)
        .values(state="quarantined", error=error, done_at=now)
    )


def depth(tx: Connection) -> int:
    """How many updates wait."""
    return tx.execute(
        select(func.count()).select_from(inbox).where(inbox.c.state == "new")
    ).scalar_one()
