"""Conditions on items: whose they are, within whose reach they lie, what a list is narrowed to."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from storage.errors import NotAllowed
from storage.roadmap.records import CARRIED, CLOSED, SOON_DAYS, STUBBORN, State, Which
from storage.rules.access import Action, Actor, may, scope
from storage.tables import control_history, control_items, control_people


def within_reach(actor: Actor) -> ColumnElement[bool]:
    """The condition for the items of the branches that ``actor`` looks after.

    Raises NotAllowed for whoever looks after none.
    """
    if not may(actor, Action.SEE_BRANCH_ROADMAP):
        raise NotAllowed(Action.SEE_BRANCH_ROADMAP)
    within = scope(actor, Action.SEE_BRANCH_ROADMAP)
    if within is None:
        return control_items.c.id.is_not(None)
    return control_items.c.branch_id.in_(sorted(within))


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """The condition for whatever ``actor`` carries or looks after, as ``get`` lets them read it."""
    if not may(actor, Action.CARRY_ITEMS):
        raise NotAllowed(Action.CARRY_ITEMS)
    own = carried_by(actor.person_id)
    return or_(own, within_reach(actor)) if may(actor, Action.SEE_BRANCH_ROADMAP) else own


def carried_by(person_id: int) -> ColumnElement[bool]:
    """The condition for the items that a person executes, alone or with others, or curates."""
    beside = select(control_people.c.item_id).where(control_people.c.person_id == person_id)
    return or_(control_items.c.executor_id == person_id, control_items.c.id.in_(beside))


def narrowed_to(which: Which, today: date) -> ColumnElement[bool]:
    """The condition for one of the lists of a branch."""
    undone = control_items.c.state.not_in(CLOSED)
    if which is Which.OVERDUE:
        return and_(undone, control_items.c.deadline < today)
    if which is Which.SOON:
        until = today + timedelta(days=SOON_DAYS)
        return and_(undone, control_items.c.deadline.between(today, until))
    if which is Which.STUBBORN:
        # A year that ends unfulfilled is carried over; the present one counts once it is overdue.
        years = _carried() + case((control_items.c.deadline < today, 1), else_=0)
        return and_(undone, years >= STUBBORN)
    if which is Which.TO_CHECK:
        unchecked = control_items.c.accepted_at.is_(None)
        return and_(control_items.c.state == State.DONE, unchecked)
    return control_items.c.state != State.REMOVED


def _carried() -> ColumnElement[int]:
    """How many years an item was carried over."""
    own = and_(control_history.c.item_id == control_items.c.id, control_history.c.kind == CARRIED)
    return select(func.count()).select_from(control_history).where(own).scalar_subquery()
