"""Whom a broadcast goes to: people of branches or of the whole region, each person once."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self

from sqlalchemy import ColumnElement, Connection, Select, func, literal, select

from storage import branches
from storage.branches import Branch
from storage.errors import NotAllowed
from storage.people import lasting
from storage.rules.access import Action, Actor, Role, scope
from storage.rules.announcements import REFUSABLE
from storage.tables import deliveries, invitees, memberships, people, refusals

DEFAULT_LANGUAGE = "kk"  # of a person who has not chosen yet


@dataclass(frozen=True)
class Selection:
    """Who is meant, always within ``branches`` (none: the whole region), resolved at sending.

    ``roles`` (none: whatever role), ``meeting_id``: who is invited to it; ``silent_of``: who has
    got that broadcast and has not confirmed it; ``without``: people who are left out. ``about``:
    the kind of announcement, those who have switched it off are not meant. ``unanswered``: of those
    invited to the meeting only who has not said whether they come.
    """

    branches: tuple[int, ...] = ()
    roles: tuple[Role, ...] = ()
    meeting_id: int | None = None
    silent_of: int | None = None
    without: tuple[int, ...] = ()
    about: str | None = None
    unanswered: bool = False

    @classmethod
    def read(
        cls, branch_id: int | None, kept: dict[str, Any] | None, about: str | None = None
    ) -> Self:
        """The selection as it is kept: a branch alone needs no more."""
        if not kept:
            return cls(() if branch_id is None else (branch_id,), about=about)
        return cls(
            tuple(kept.get("branches", ())),
            tuple(Role(role) for role in kept.get("roles", ())),
            kept.get("meeting_id"),
            kept.get("silent_of"),
            tuple(kept.get("without", ())),
            about,
            kept.get("unanswered", False),
        )

    @property
    def kept(self) -> dict[str, Any]:
        """Who is meant as JSON, always in the same order."""
        return {
            "branches": sorted(self.branches),
            "roles": sorted(self.roles),
            "meeting_id": self.meeting_id,
            "silent_of": self.silent_of,
            "without": sorted(self.without),
            "unanswered": self.unanswered,
        }

    @property
    def branch_id(self) -> int | None:
        """The only branch; None when there are several or it is the whole region."""
        return self.branches[0] if len(self.branches) == 1 else None


@dataclass(frozen=True)
class Audience:
    """How many people, how many of them can be reached, and which languages they read.

    ``refused``: how many more are meant and have switched this kind of announcement off.
    """

    total: int
    reachable: int
    languages: dict[str, int] = field(default_factory=dict)
    refused: int = 0


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


def covers(actor: Actor, wanted: Iterable[int], action: Action = Action.BROADCAST) -> bool:
    """Whether ``actor`` may do ``action`` in all ``wanted`` branches (none: the whole region)."""
    reach, asked = scope(actor, action), frozenset(wanted)
    return reach is None or (bool(asked) and asked <= reach)


def demand(actor: Actor, wanted: Iterable[int]) -> None:
    """Raise NotAllowed unless ``actor`` may broadcast to all ``wanted`` branches."""
    asked = tuple(wanted)
    if not covers(actor, asked):
        raise NotAllowed(Action.BROADCAST, asked[0] if len(asked) == 1 else None)


def count(tx: Connection, whom: Selection, author_id: int, today: date) -> Audience:
    """Count the people of ``whom`` without the author."""
    language = func.coalesce(people.c.language, DEFAULT_LANGUAGE).label("language")
    off = _refused(whom.about) if whom.about in REFUSABLE else literal(False)
    columns = (people.c.reachable, language, off.label("off"))
    who = recipients(replace(whom, about=None), author_id, today, *columns).subquery()
    rows = tx.execute(
        select(who.c.reachable, who.c.language, who.c.off, func.count())
        .group_by(who.c.reachable, who.c.language, who.c.off)
        .order_by(who.c.language)
    ).all()
    languages: dict[str, int] = {}
    for _, spoken, off_it, number in rows:
        if not off_it:
            languages[spoken] = languages.get(spoken, 0) + number
    reachable = sum(number for can, _, off_it, number in rows if can and not off_it)
    refused = sum(number for _, _, off_it, number in rows if off_it)
    return Audience(sum(languages.values()), reachable, languages, refused)


def recipients(
    whom: Selection, author_id: int, today: date, *columns: Any
) -> Select[tuple[Any, ...]]:
    """The query for ``columns`` of the people of ``whom`` today, but the author."""
    holders = select(memberships.c.person_id).where(lasting(today))
    if whom.branches:
        holders = holders.where(memberships.c.branch_id.in_(whom.branches))
    if whom.roles:
        holders = holders.where(memberships.c.role.in_(whom.roles))
    query = select(*columns).where(people.c.id.in_(holders), people.c.id != author_id)
    if whom.meeting_id is not None:
        called = select(invitees.c.person_id).where(invitees.c.meeting_id == whom.meeting_id)
        if whom.unanswered:
            called = called.where(invitees.c.answer.is_(None))
        query = query.where(people.c.id.in_(called.where(invitees.c.person_id.is_not(None))))
    if whom.silent_of is not None:
        silent = select(deliveries.c.person_id).where(
            deliveries.c.broadcast_id == whom.silent_of, deliveries.c.read_at.is_(None)
        )
        query = query.where(people.c.id.in_(silent))
    if whom.about in REFUSABLE:
        query = query.where(~_refused(whom.about))
    return query.where(people.c.id.not_in(whom.without)) if whom.without else query


def _refused(about: str | None) -> ColumnElement[bool]:
    who = select(refusals.c.person_id).where(refusals.c.announcement == about)
    return people.c.id.in_(who)
