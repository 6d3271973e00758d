"""Messages that did not arrive or may not have, and people whom none can reach."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, func, select, update

from storage import audit, settlement
from storage.errors import NotAllowed, NotPossible
from storage.health import FAILED_WITHIN, NO_FAILURE
from storage.people import lasting
from storage.rules.access import Action, Actor, may
from storage.tables import memberships, outbox, people


@dataclass(frozen=True)
class Undelivered:
    """How many messages of one kind ended in one way."""

    kind: str
    state: str  # failed or uncertain
    reason: str | None
    number: int


def by_kind(tx: Connection, actor: Actor, now: datetime) -> list[Undelivered]:
    """Failed messages of the last week and all uncertain ones, most first. Raises NotAllowed."""
    _demand(actor)
    columns = (outbox.c.kind, outbox.c.state, outbox.c.reason)
    recent = (
        (outbox.c.state == "failed")
        & (outbox.c.sent_at >= now - FAILED_WITHIN)
        & outbox.c.reason.not_in(NO_FAILURE)
    )
    rows = tx.execute(
        select(*columns, func.count().label("number"))
        .where(recent | (outbox.c.state == "uncertain"))
        .group_by(*columns)
        .order_by(func.count().desc(), *columns)
    ).mappings()
    return [Undelivered(**row) for row in rows]


def send_again(tx: Connection, actor: Actor, kind: str, now: datetime) -> int:
    """Queue the uncertain messages of ``kind`` anew; return how many.

    Raises NotAllowed, NotPossible for a kind that must not come twice or has no such message.
    """
    _demand(actor)
    queued = 0
    if settlement.repeatable(kind):
        queued = tx.execute(
            update(outbox)
            .where(outbox.c.kind == kind, outbox.c.state == "uncertain")
            .values(state="waiting", attempts=0, reason=None, sent_at=None, not_before=now)
        ).rowcount
    if queued == 0:
        raise NotPossible("nothing_to_repeat")
    audit.record(tx, actor, now, "messages.send_again", kind=kind, messages=queued)
    return queued


def count_unreachable(tx: Connection, actor: Actor, today: date) -> int:
    """How many people ``unreachable`` lists. Raises NotAllowed."""
    _demand(actor)
    return tx.execute(select(func.count()).where(*_unreachable(today))).scalar_one()


def unreachable(tx: Connection, actor: Actor, today: date, offset: int, limit: int) -> list[str]:
    """Names of those with a role whom nothing reaches, in their order. Raises NotAllowed."""
    _demand(actor)
    names = tx.execute(
        select(people.c.name)
        .where(*_unreachable(today))
        .order_by(people.c.name, people.c.id)
        .offset(offset)
        .limit(limit)
    )
    return list(names.scalars())


def _unreachable(today: date) -> tuple[ColumnElement[bool], ...]:
    held = select(memberships.c.id).where(memberships.c.person_id == people.c.id, lasting(today))
    return ~people.c.reachable, held.exists()


def _demand(actor: Actor) -> None:
    if not may(actor, Action.ADMINISTER):
        raise NotAllowed(Action.ADMINISTER)
