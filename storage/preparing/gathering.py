"""Gathering what stands on a question: indicators, items, objects, unanswered instructions."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from storage import branches, indicators, objects
from storage.branches import Branch
from storage.errors import NotFound
from storage.indicators import Seen
from storage.objects import ControlledObject
from storage.preparing.directions import Direction, directions
from storage.preparing.items import PreparedItem, prepared
from storage.roadmap import Kind, State
from storage.roadmap.reach import within_reach
from storage.rules.access import Action, Actor
from storage.tables import control_items

OF_MEETINGS = (Kind.INSTRUCTION, Kind.REPORTING)


@dataclass(frozen=True)
class Gathered:
    """What stands on a question on the day it was looked at."""

    direction: Direction | None
    branch: Branch | None
    indicators: list[Seen]
    items: list[PreparedItem]  # of the roadmap, and recommendations
    instructions: list[PreparedItem]  # of former meetings, not answered yet
    objects: list[ControlledObject]

    @property
    def by_state(self) -> Counter[State]:
        """How many items of the roadmap are in each state."""
        return Counter(one.state for one in self.items)

    def overdue(self, today: date) -> list[PreparedItem]:
        """The items whose deadline passed, the oldest first."""
        return [one for one in self.items if one.is_overdue(today)]


def gather(
    tx: Connection,
    actor: Actor,
    today: date,
    *,
    direction: str | None = None,
    branch_id: int | None = None,
) -> Gathered:
    """What ``actor`` sees of a direction (its key), of a branch, of both, or of everything.

    Raises NotAllowed for whoever looks after no branch, NotFound for an unknown direction, or a
    branch out of reach.
    """
    reach = [within_reach(actor)]
    branch = _branch(tx, actor, branch_id)
    if branch is not None:
        reach.append(control_items.c.branch_id == branch.id)
    found = prepared(tx, *reach)
    about = _direction(tx, actor, direction)
    return Gathered(
        about,
        branch,
        _indicators(tx, actor, today, about, branch_id),
        [one for one in found if one.kind not in OF_MEETINGS and _belongs(about, one)],
        [one for one in found if one.kind in OF_MEETINGS and one.is_open and _belongs(about, one)],
        _objects(tx, actor, today, about, branch_id),
    )


def _branch(tx: Connection, actor: Actor, branch_id: int | None) -> Branch | None:
    if branch_id is None:
        return None
    reach = branches.within(tx, actor, Action.SEE_BRANCH_ROADMAP)
    found = next((one for one in reach if one.id == branch_id), None)
    if found is None:
        raise NotFound("branch")
    return found


def _direction(tx: Connection, actor: Actor, key: str | None) -> Direction | None:
    if key is None:
        return None
    found = next((one for one in directions(tx, actor) if one.key == key), None)
    if found is None:
        raise NotFound("direction")
    return found


def _belongs(about: Direction | None, one: PreparedItem) -> bool:
    if about is None or about.is_of(one.direction_kk, one.direction_ru):
        return True
    unknown = not (one.direction_kk or one.direction_ru)
    return unknown and about.is_in(one.title_kk, one.title_ru)


def _indicators(
    tx: Connection, actor: Actor, today: date, about: Direction | None, branch_id: int | None
) -> list[Seen]:
    found = indicators.narrowed(tx, actor, today, branch_id=branch_id)
    if about is None:
        return found
    return [s for s in found if about.is_of(s.indicator.direction_kk, s.indicator.direction_ru)]


def _objects(
    tx: Connection, actor: Actor, today: date, about: Direction | None, branch_id: int | None
) -> list[ControlledObject]:
    found = objects.narrowed(tx, actor, today, branch_id=branch_id)
    return [one for one in found if not about or about.is_of(one.direction_kk, one.direction_ru)]
