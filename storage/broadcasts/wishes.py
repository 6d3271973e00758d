"""What a person wishes to read: kinds of announcement switched off, and gathered once a day."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select

from storage.broadcasts.gathering import HOURS
from storage.errors import NotPossible
from storage.rules.access import Actor
from storage.rules.announcements import Announcement
from storage.tables import digest_wishes, refusals
from storage.upsert import insert_new, upsert


@dataclass(frozen=True)
class Wishes:
    """``refused``: kinds switched off; ``hour``: when announcements come together, None: at once.

    What cannot be switched off comes at once, whatever one wishes.
    """

    refused: Collection[str] = frozenset()
    hour: int | None = None


def of(tx: Connection, person_id: int) -> Wishes:
    """The wishes of one person."""
    kinds = select(refusals.c.announcement).where(refusals.c.person_id == person_id)
    hour = select(digest_wishes.c.hour).where(digest_wishes.c.person_id == person_id)
    refused = frozenset(tx.execute(kinds).scalars())
    return Wishes(refused, tx.execute(hour).scalar_one_or_none())


def switch(tx: Connection, actor: Actor, about: Announcement, *, on: bool) -> Wishes:
    """Switch a kind on or off for oneself. Raises NotPossible("always") for what cannot be."""
    if not about.refusable:
        raise NotPossible("always")
    row = {"person_id": actor.person_id, "announcement": about.value}
    if on:
        mine = refusals.c.person_id == actor.person_id
        tx.execute(delete(refusals).where(mine, refusals.c.announcement == about))
    else:
        insert_new(tx, refusals, [row])
    return of(tx, actor.person_id)


def gather_at(tx: Connection, actor: Actor, hour: int | None) -> Wishes:
    """Have announcements gathered at ``hour``, or (None) each at once.

    What waits already comes at the hour it waits for. Raises NotPossible("no_such_hour").
    """
    if hour is None:
        tx.execute(delete(digest_wishes).where(digest_wishes.c.person_id == actor.person_id))
    elif hour not in HOURS:
        raise NotPossible("no_such_hour")
    else:
        upsert(tx, digest_wishes, {"person_id": actor.person_id}, {"hour": hour})
    return of(tx, actor.person_id)
