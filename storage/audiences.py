"""Whom a broadcast goes to: people of branches or of the whole region, each person once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, literal, or_, select

from storage import branches
from storage.branches import Branch
from storage.errors import NotAllowed
from storage.groups import REMOVED, Group, chosen
from storage.people import lasting
from storage.roadmap.records import OPEN
from storage.rules.access import Action, Actor, Role, scope
from storage.rules.announcements import REFUSABLE
from storage.selections import Invited, Selection
from storage.tables import (
    control_items,
    control_people,
    deliveries,
    invitees,
    memberships,
    people,
    primary_members,
    refusals,
)

DEFAULT_LANGUAGE = "kk"  # of a person who has not chosen yet
FACTION = (Role.DEPUTY, Role.FACTION_LEADER)  # of a branch: the party's in its maslikhat
CO_EXECUTOR = "co_executor"  # of an item under control
OBSERVER = "observer"  # of a meeting: nobody asks them for an answer


@dataclass(frozen=True)
class Audience:
    """How many people, how many of them can be reached, and which languages they read.

    ``refused``: how many more are meant and have switched this kind of announcement off;
    ``groups``: the groups and channels beside them.
    """

    total: int
    reachable: int
    languages: dict[str, int] = field(default_factory=dict)
    refused: int = 0
    groups: tuple[Group, ...] = ()

    @property
    def copies(self) -> int:
        """How many get it: people and groups."""
        return self.total + len(self.groups)

    @property
    def open_groups(self) -> int:
        """In how many of the groups the bot is."""
        return sum(group.reason != REMOVED for group in self.groups)


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
    """Count the people of ``whom`` without the author, and its groups."""
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
    groups = chosen(tx, whom.branches, whom.groups)
    return Audience(sum(languages.values()), reachable, languages, refused, groups)


def recipients(
    whom: Selection, author_id: int, today: date, *columns: Any
) -> Select[tuple[Any, ...]]:
    """The query for ``columns`` of the people of ``whom`` today, but the author.

    However many parts of ``whom`` hold of a person, there is one row of them.
    """
    query = select(*columns).where(*_meant(whom, people.c.id, today), people.c.id != author_id)
    if whom.only_groups:
        query = query.where(false())
    return query.where(~_refused(whom.about)) if whom.about in REFUSABLE else query


def _meant(whom: Selection, person: ColumnElement[int], today: date) -> list[ColumnElement[bool]]:
    """All that holds of the id of somebody who is meant."""
    parts = list(_parts(whom, person, today))
    held = [person.in_(_holders(whom, today)), *([or_(*parts)] if parts else [])]
    return [*held, *_narrowing(whom, person, today), *_left_out(whom, person, today)]


def _parts(
    whom: Selection, person: ColumnElement[int], today: date
) -> Iterator[ColumnElement[bool]]:
    """What is chosen, each by itself: whoever is of any of them is meant."""
    if whom.roles:
        yield person.in_(_holders(whom, today).where(memberships.c.role.in_(whom.roles)))
    if whom.primaries:
        theirs = primary_members.c.primary_id.in_(whom.primaries)
        yield person.in_(select(primary_members.c.person_id).where(theirs))
    if whom.factions:
        deputies = and_(memberships.c.role.in_(FACTION), memberships.c.branch_id.in_(whom.factions))
        yield person.in_(_holders(whom, today).where(deputies))
    for one in whom.lists:
        yield _of_list(one.whom, person, today)


def _narrowing(
    whom: Selection, person: ColumnElement[int], today: date
) -> Iterator[ColumnElement[bool]]:
    """By what is known of people: all of it has to hold."""
    if whom.meeting_id is not None:
        called = select(invitees.c.person_id).where(
            invitees.c.meeting_id == whom.meeting_id, invitees.c.person_id.is_not(None)
        )
        if whom.invited is Invited.SILENT:
            called = called.where(invitees.c.answer.is_(None), invitees.c.capacity != OBSERVER)
        elif whom.invited is Invited.CANNOT:
            called = called.where(invitees.c.answer == Invited.CANNOT.value)
        yield person.in_(called)
    if whom.silent_of is not None:
        silent = select(deliveries.c.person_id).where(
            deliveries.c.broadcast_id == whom.silent_of,
            deliveries.c.person_id.is_not(None),
            deliveries.c.read_at.is_(None),
        )
        yield person.in_(silent)
    if whom.overdue:
        late = and_(control_items.c.state.in_(OPEN), control_items.c.deadline < today)
        carried = select(control_items.c.executor_id).where(
            late, control_items.c.executor_id.is_not(None)
        )
        beside = (
            select(control_people.c.person_id)
            .join(control_items, control_items.c.id == control_people.c.item_id)
            .where(late, control_people.c.part == CO_EXECUTOR)
        )
        yield or_(person.in_(carried), person.in_(beside))


def _left_out(
    whom: Selection, person: ColumnElement[int], today: date
) -> Iterator[ColumnElement[bool]]:
    if whom.not_roles:
        yield person.not_in(_holders(whom, today).where(memberships.c.role.in_(whom.not_roles)))
    for one in whom.not_lists:
        yield ~_of_list(one.whom, person, today)
    if whom.without:
        yield person.not_in(whom.without)


def _of_list(whom: Selection, person: ColumnElement[int], today: date) -> ColumnElement[bool]:
    listed = people.alias()  # a table of its own: the query around it has people, too
    return person.in_(select(listed.c.id).where(*_meant(whom, listed.c.id, today)))


def _holders(whom: Selection, today: date) -> Select[tuple[int]]:
    held = select(memberships.c.person_id).where(lasting(today))
    return held.where(memberships.c.branch_id.in_(whom.branches)) if whom.branches else held


def _refused(about: str | None) -> ColumnElement[bool]:
    who = select(refusals.c.person_id).where(refusals.c.announcement == about)
    return people.c.id.in_(who)
