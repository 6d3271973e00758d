"""On which days before a deadline one is reminded: by the kind of item, as the region sets it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from storage import audit
from storage.errors import AlreadyChanged, NotAllowed, NotPossible
from storage.rules import ladder
from storage.rules.access import Action, Actor, may, scope
from storage.tables import reminder_ladders

MOST = 10  # rungs before a deadline
FARTHEST = 365  # days before it
INDICATOR = "indicator"  # the kind beside those of the items under control


@dataclass(frozen=True)
class Ladder:
    """Days before the deadline, the farthest first; ``version`` 0: the usual ones."""

    own: tuple[int, ...] | None = None
    version: int = 0

    @property
    def days(self) -> tuple[int, ...]:
        """The rungs that hold."""
        return ladder.DAYS_BEFORE if self.own is None else self.own


def of(tx: Connection, kind: str) -> Ladder:
    """The ladder of a kind."""
    query = select(reminder_ladders.c.days, reminder_ladders.c.version).where(
        reminder_ladders.c.kind == kind
    )
    row = tx.execute(query).first()
    return Ladder() if row is None else Ladder(tuple(row.days), row.version)


def may_set(actor: Actor) -> bool:
    """Whether ``actor`` sets ladders: who manages the roadmap of the whole region does."""
    return may(actor, Action.MANAGE_ROADMAP) and scope(actor, Action.MANAGE_ROADMAP) is None


def put(
    tx: Connection,
    actor: Actor,
    kind: str,
    version: int,
    days: tuple[int, ...],
    now: datetime,
) -> tuple[int, ...]:
    """Keep another ladder of a kind; the day itself always belongs to it. Return it in order.

    What is planned by now is planned anew by who calls this: ``set_ladder`` of the items and of the
    indicators. Raises NotAllowed, AlreadyChanged, and NotPossible (no_rungs, too_many, too_far).
    """
    if not may_set(actor):
        raise NotAllowed(Action.MANAGE_ROADMAP)
    if not days:
        raise NotPossible("no_rungs")
    rungs = sorted({*days, 0}, reverse=True)
    if len(rungs) > MOST:
        raise NotPossible("too_many")
    if rungs[0] > FARTHEST or rungs[-1] < 0:
        raise NotPossible("too_far")
    if of(tx, kind).version != version:
        raise AlreadyChanged
    values = {"days": rungs, "set_by": actor.person_id, "set_at": now, "version": version + 1}
    if version:
        own = reminder_ladders.c.kind == kind
        tx.execute(update(reminder_ladders).where(own).values(**values))
    else:
        tx.execute(insert(reminder_ladders).values(kind=kind, **values))
    audit.record(tx, actor, now, "roadmap.set_ladder", "reminder_ladder", kind=kind)
    return tuple(rungs)
