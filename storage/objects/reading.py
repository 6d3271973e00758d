"""Objects under party control as they are read: a list, one, its visits, its photos over time."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, or_, select, true

from storage.errors import NotFound
from storage.objects.rows import (
    SUBJECT,
    VISIT,
    ControlledObject,
    Entry,
    Photo,
    Visit,
)
from storage.rules.access import Action, Actor, may, scope
from storage.tables import (
    agenda_items,
    branches,
    controlled_objects,
    meetings,
    object_history,
    object_photos,
    object_visits,
    people,
    proposals,
)

HISTORY = 12  # entries that are shown, newest first
PHOTOS = 10  # of the line over time: Telegram shows no more together


def manages(actor: Actor, branch_id: int) -> bool:
    """Whether ``actor`` takes objects of a branch under control, changes them, takes them off."""
    return may(actor, Action.MANAGE_ROADMAP, branch_id)


def listed(tx: Connection, actor: Actor, today: date) -> list[ControlledObject]:
    """What ``actor`` sees: overdue ones first, then by the day they are to be finished."""
    found = _read(tx, visible(actor))
    return sorted(found, key=lambda one: _order(one, today))


def narrowed(
    tx: Connection, actor: Actor, today: date, *, branch_id: int | None = None
) -> list[ControlledObject]:
    """What ``actor`` sees under control, of one branch or of all."""
    return [
        one
        for one in listed(tx, actor, today)
        if not one.is_removed and (branch_id is None or one.branch_id == branch_id)
    ]


def get(tx: Connection, actor: Actor, object_id: int) -> ControlledObject:
    """One object within the actor's reach. Raises NotFound."""
    found = _read(tx, visible(actor), controlled_objects.c.id == object_id)
    if not found:
        raise NotFound(SUBJECT)
    return found[0]


def visits(tx: Connection, actor: Actor, object_id: int) -> list[Visit]:
    """The visits to an object, newest first. Raises NotFound."""
    get(tx, actor, object_id)
    query = _visits().where(object_visits.c.object_id == object_id)
    order = (object_visits.c.visited_on.desc(), object_visits.c.id.desc())
    return [Visit(**row) for row in tx.execute(query.order_by(*order)).mappings()]


def visit(tx: Connection, actor: Actor, visit_id: int) -> tuple[ControlledObject, Visit]:
    """One visit with its object. Raises NotFound."""
    row = tx.execute(_visits().where(object_visits.c.id == visit_id)).mappings().first()
    if row is None:
        raise NotFound(VISIT)
    one = Visit(**row)
    return get(tx, actor, one.object_id), one


def visits_of(
    tx: Connection, actor: Actor, visit_ids: Collection[int]
) -> list[tuple[ControlledObject, Visit]]:
    """Several visits with their objects, in the order of ``visit_ids``; none beyond one's reach."""
    query = _visits().where(object_visits.c.id.in_(visit_ids))
    found = {row["id"]: Visit(**row) for row in tx.execute(query).mappings()}
    of = controlled_objects.c.id.in_({one.object_id for one in found.values()})
    seen = {one.id: one for one in _read(tx, visible(actor), of)}
    ordered = [found[one] for one in visit_ids if one in found]
    return [(seen[one.object_id], one) for one in ordered if one.object_id in seen]


def photos(
    tx: Connection, actor: Actor, object_id: int, visit_id: int | None = None
) -> list[Photo]:
    """The newest pictures of an object or of one visit, oldest first. Raises NotFound."""
    get(tx, actor, object_id)
    query = (
        select(object_visits.c.visited_on, object_visits.c.percent, object_photos.c.file_id)
        .join(object_visits, object_visits.c.id == object_photos.c.visit_id)
        .where(object_visits.c.object_id == object_id)
        .order_by(object_visits.c.visited_on.desc(), object_photos.c.id.desc())
        .limit(PHOTOS)
    )
    if visit_id is not None:
        query = query.where(object_visits.c.id == visit_id)
    return [Photo(*row) for row in reversed(tx.execute(query).all())]


def history(tx: Connection, actor: Actor, object_id: int) -> list[Entry]:
    """What happened to an object, newest first. Raises NotFound."""
    get(tx, actor, object_id)
    rows = tx.execute(
        select(object_history.c.at, people.c.name, object_history.c.kind, object_history.c.text)
        .join(people, people.c.id == object_history.c.person_id)
        .where(object_history.c.object_id == object_id)
        .order_by(object_history.c.at.desc(), object_history.c.id.desc())
        .limit(HISTORY)
    )
    return [Entry(*row) for row in rows]


def visible(actor: Actor) -> ColumnElement[bool]:
    """The condition on ``controlled_objects``: one's own as a curator, all of one's branches."""
    if not may(actor, Action.READ_ROADMAP):
        return false()
    within = scope(actor, Action.SEE_BRANCH_ROADMAP)
    if within is None:
        return true()
    own = controlled_objects.c.curator_id == actor.person_id
    return or_(own, controlled_objects.c.branch_id.in_(sorted(within)))


def _read(tx: Connection, *conditions: ColumnElement[bool]) -> list[ControlledObject]:
    of_object = object_visits.c.object_id == controlled_objects.c.id
    is_open = and_(
        object_visits.c.recommendation.is_not(None), object_visits.c.followed_on.is_(None)
    )
    query = (
        select(
            controlled_objects,
            branches.c.name_kk.label("branch_kk"),
            branches.c.name_ru.label("branch_ru"),
            people.c.name.label("curator"),
            proposals.c.text_kk.label("proposal_kk"),
            proposals.c.text_ru.label("proposal_ru"),
            meetings.c.id.label("meeting_id"),
            meetings.c.starts_at.label("meeting_at"),
            select(func.max(object_visits.c.visited_on))
            .where(of_object)
            .scalar_subquery()
            .label("visited_on"),
            select(func.count())
            .where(of_object, is_open)
            .scalar_subquery()
            .label("open_recommendations"),
        )
        .join(branches, branches.c.id == controlled_objects.c.branch_id)
        .outerjoin(people, people.c.id == controlled_objects.c.curator_id)
        .outerjoin(proposals, proposals.c.id == controlled_objects.c.proposal_id)
        .outerjoin(agenda_items, agenda_items.c.id == proposals.c.item_id)
        .outerjoin(meetings, meetings.c.id == agenda_items.c.meeting_id)
        .where(*conditions)
    )
    return [ControlledObject(**row) for row in tx.execute(query).mappings()]


def _visits() -> Select[Any]:
    pictures = (
        select(func.count())
        .where(object_photos.c.visit_id == object_visits.c.id)
        .scalar_subquery()
        .label("photos")
    )
    names = [name for name in Visit.__annotations__ if name not in ("person", "photos")]
    return select(
        *(object_visits.c[name] for name in names), people.c.name.label("person"), pictures
    ).join(people, people.c.id == object_visits.c.person_id)


def _order(one: ControlledObject, today: date) -> tuple[bool, bool, bool, date, int]:
    finished = one.fact_on is not None
    return one.is_removed, finished, not one.is_overdue(today), one.plan_on or date.max, one.id
