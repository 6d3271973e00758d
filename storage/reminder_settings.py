"""How a person wants to be reminded: at what hour, how early, with digests or without."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select, update

from storage.errors import AlreadyChanged, NotPossible
from storage.rules import ladder
from storage.rules.access import Actor
from storage.tables import reminder_settings

HOURS = (9, 11, 14, 17)  # that may be chosen; nothing is due before nine
EARLY = 14  # days before a deadline: from here on they may be switched off


@dataclass(frozen=True)
class Settings:
    """The wishes of one person; ``version`` 0: never said, so the usual holds.

    What is due within two weeks, on the day or overdue is said whatever one wishes.
    """

    hour: int = HOURS[0]
    early: bool = True
    digests: bool = True
    version: int = 0

    def wants(self, rung: str) -> bool:
        """Whether a rung is said to the person."""
        return self.early or ladder.days_of(rung) > -EARLY

    def not_before(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The first moment from ``now`` on, on its day, at which the person wants to hear."""
        wished = datetime.combine(now.astimezone(zone).date(), time(self.hour), tzinfo=zone)
        return max(now, wished)


USUAL = Settings()
_NAMES = tuple(Settings.__annotations__)


def of(tx: Connection, person_id: int) -> Settings:
    """The person's settings."""
    return of_people(tx, {person_id})[person_id]


def of_people(tx: Connection, ids: Collection[int]) -> dict[int, Settings]:
    """The settings of each of ``ids``."""
    query = select(
        reminder_settings.c.person_id, *(reminder_settings.c[name] for name in _NAMES)
    ).where(reminder_settings.c.person_id.in_(sorted(ids)))
    found = {row[0]: Settings(*row[1:]) for row in tx.execute(query)}
    return {one: found.get(one, USUAL) for one in ids}


def choose(tx: Connection, actor: Actor, wished: Settings) -> Settings:
    """Keep the actor's own wishes as they follow ``wished.version``; return them.

    Raises NotPossible (no_such_hour) and AlreadyChanged.
    """
    if wished.hour not in HOURS:
        raise NotPossible("no_such_hour")
    if of(tx, actor.person_id).version != wished.version:
        raise AlreadyChanged
    own = reminder_settings.c.person_id == actor.person_id
    kept = replace(wished, version=wished.version + 1)
    values = asdict(kept)
    if wished.version:
        tx.execute(update(reminder_settings).where(own).values(**values))
    else:
        tx.execute(insert(reminder_settings).values(person_id=actor.person_id, **values))
    return kept
