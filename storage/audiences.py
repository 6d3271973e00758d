"""Whom a broadcast goes to: everybody of a branch, or of the whole region, each person once."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select

from storage import branches
from storage.branches import Branch
from storage.errors import NotAllowed
from storage.people import lasting
from storage.rules.access import Action, Actor, scope
from storage.tables import memberships, people

DEFAULT_LANGUAGE = "kk"  # of a person who has not chosen yet


@dataclass(frozen=True)
class Audience:
    """How many people, how many of them can be reached, and which languages they read."""

    total: int
    reachable: int
    languages: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """What a person may broadcast to: branches, and perhaps the whole region."""

    branches: list[Branch]
    whole_region: bool

    @property
    def only(self) -> Branch | None:
        """The branch that goes without asking; None when there is something to choose."""
        return self.branches[0] if len(self.branches) == 1 and not self.whole_region else None

    def check(self, branch_id: int | None) -> None:
        """Raise NotAllowed unless ``branch_id`` (None: the whole region) is in this choice."""
        known = {branch.id for branch in self.branches}
        if not (self.whole_region if branch_id is None else branch_id in known):
            raise NotAllowed(Action.BROADCAST, branch_id)


def choice(tx: Connection, actor: Actor) -> Choice:
    """What ``actor`` may broadcast to. Raises NotAllowed when there is nothing."""
    reach = scope(actor, Action.BROADCAST)
    if reach is not None and not reach:
        raise NotAllowed(Action.BROADCAST)
    within = [branch for branch in branches.every(tx) if reach is None or branch.id in reach]
    return Choice(within, reach is None)


def covers(actor: Actor, branch_id: int | None) -> bool:
    """Whether ``actor`` may broadcast to ``branch_id`` (None: the whole region)."""
    reach = scope(actor, Action.BROADCAST)
    return reach is None or branch_id in reach


def demand(actor: Actor, branch_id: int | None) -> None:
    """Raise NotAllowed unless ``actor`` may broadcast to ``branch_id``."""
    if not covers(actor, branch_id):
        raise NotAllowed(Action.BROADCAST, branch_id)


def audience(tx: Connection, actor: Actor, branch_id: int | None, today: date) -> Audience:
    """Count whom a broadcast by ``actor`` would go to today. Raises NotAllowed."""
    demand(actor, branch_id)
    return count(tx, branch_id, actor.person_id, today)


def count(tx: Connection, branch_id: int | None, author_id: int, today: date) -> Audience:
    """Count the people of ``branch_id`` without the author."""
    language = func.coalesce(people.c.language, DEFAULT_LANGUAGE).label("language")
    who = recipients(branch_id, author_id, today, people.c.reachable, language).subquery()
    rows = tx.execute(
        select(who.c.reachable, who.c.language, func.count())
        .group_by(who.c.reachable, who.c.language)
        .order_by(who.c.language)
    ).all()
    languages: dict[str, int] = {}
    for _, spoken, number in rows:
        languages[spoken] = languages.get(spoken, 0) + number
    reachable = sum(number for can, _, number in rows if can)
    return Audience(sum(languages.values()), reachable, languages)


def recipients(
    branch_id: int | None, author_id: int, today: date, *columns: Any
) -> Select[tuple[Any, ...]]:
    """The query for ``columns`` of the people who hold any role there today, but the author."""
    holders = select(memberships.c.person_id).where(lasting(today))
    if branch_id is not None:
        holders = holders.where(memberships.c.branch_id == branch_id)
    return select(*columns).where(people.c.id.in_(holders), people.c.id != author_id)
