"""Updates that were set aside after three failures, and what an owner does with them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select, update

from storage import audit
from storage.errors import NotAllowed, NotFound
from storage.rules.access import Action, Actor, may
from storage.tables import inbox


@dataclass(frozen=True)
class SetAside:
    """An update without its contents: they are personal."""

    update_id: int
    error: str  # the name of the fault
    received_at: datetime


def count(tx: Connection, actor: Actor) -> int:
    """How many updates are set aside. Raises NotAllowed."""
    _demand(actor)
    return tx.execute(select(func.count()).where(inbox.c.state == "quarantined")).scalar_one()


def listed(tx: Connection, actor: Actor, offset: int, limit: int) -> list[SetAside]:
    """One page, newest first. Raises NotAllowed."""
    _demand(actor)
    rows = tx.execute(_set_aside().order_by(inbox.c.update_id.desc()).offset(offset).limit(limit))
    return [SetAside(row.update_id, row.error or "", row.received_at) for row in rows]


def get(tx: Connection, actor: Actor, update_id: int) -> SetAside:
    """One update that is set aside. Raises NotAllowed, NotFound."""
    _demand(actor)
    row = tx.execute(_set_aside().where(inbox.c.update_id == update_id)).first()
    if row is None:
        raise NotFound("update")
    return SetAside(row.update_id, row.error or "", row.received_at)


def retry(tx: Connection, actor: Actor, update_id: int, now: datetime) -> None:
    """Let the update be handled again, with three new tries. Raises NotAllowed, NotFound."""
    _change(tx, actor, update_id, now, "update.retry", state="new", attempts=0, done_at=None)


def drop(tx: Connection, actor: Actor, update_id: int, now: datetime) -> None:
    """Give the update up and forget its contents. Raises NotAllowed, NotFound."""
    _change(tx, actor, update_id, now, "update.drop", state="done", body=None, done_at=now)


def _change(
    tx: Connection, actor: Actor, update_id: int, now: datetime, action: str, **values: object
) -> None:
    _demand(actor)
    changed = tx.execute(
        update(inbox)
        .where(inbox.c.update_id == update_id, inbox.c.state == "quarantined")
        .values(**values)
    )
    if changed.rowcount == 0:
        raise NotFound("update")
    audit.record(tx, actor, now, action, "update", update_id)


def _set_aside() -> Select[Any]:
    columns = (inbox.c.update_id, inbox.c.error, inbox.c.received_at)
    return select(*columns).where(inbox.c.state == "quarantined")


def _demand(actor: Actor) -> None:
    if not may(actor, Action.ADMINISTER):
        raise NotAllowed(Action.ADMINISTER)
