"""Visits to an object: what was found, what is recommended by when, and how it was followed."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, update

from storage import audit, reminders
from storage.errors import NotAllowed, NotPossible
from storage.objects import reminding
from storage.objects.keeping import checked_percent, checked_text, remember, step
from storage.objects.reading import get, manages, visit
from storage.objects.rows import VISIT, ControlledObject, Visit
from storage.rules.access import Action, Actor, may
from storage.tables import object_photos, object_visits

TEXT_LIMIT = 2000  # characters of findings
SHORT_LIMIT = 500  # of who was there, of a recommendation, of how it was followed
PHOTOS_LIMIT = 10


@dataclass(frozen=True)
class NewVisit:
    """A visit as it is noted; ``photos`` are Telegram's file ids."""

    visited_on: date
    findings: str
    people: str | None = None
    percent: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    recommendation: str | None = None
    due_on: date | None = None
    photos: tuple[str, ...] = field(default=())


def to_visit(tx: Connection, actor: Actor, object_id: int) -> ControlledObject:
    """One object, for who may note a visit: whoever sees it and reports on the roadmap.

    Raises NotFound, NotAllowed, NotPossible("removed").
    """
    one = get(tx, actor, object_id)
    if not may(actor, Action.REPORT_ROADMAP):
        raise NotAllowed(Action.REPORT_ROADMAP, one.branch_id)
    if one.is_removed:
        raise NotPossible("removed")
    return one


def add_visit(
    tx: Connection,
    actor: Actor,
    object_id: int,
    new: NewVisit,
    now: datetime,
    zone: ZoneInfo,
) -> Visit:
    """Note a visit; how far the object is ready is the object's own from then on.

    Visits of two people on one day are two visits. Raises NotFound, NotAllowed,
    NotPossible("removed", "future", "due", "empty", "too_long", "percent", "photos").
    """
    one = to_visit(tx, actor, object_id)
    _demand_days(new, now.astimezone(zone).date())
    if len(new.photos) > PHOTOS_LIMIT:
        raise NotPossible("photos")
    percent = checked_percent(new.percent)
    values = {
        "object_id": one.id,
        "visited_on": new.visited_on,
        "people": checked_text(new.people, SHORT_LIMIT) if new.people else None,
        "findings": checked_text(new.findings, TEXT_LIMIT),
        "percent": percent,
        "latitude": new.latitude,
        "longitude": new.longitude,
        "recommendation": checked_text(new.recommendation, SHORT_LIMIT)
        if new.recommendation
        else None,
        "due_on": new.due_on if new.recommendation else None,
        "person_id": actor.person_id,
        "at": now,
    }
    statement = insert(object_visits).values(values).returning(object_visits.c.id)
    visit_id = int(tx.execute(statement).scalar_one())
    if new.photos:
        tx.execute(
            insert(object_photos), [{"visit_id": visit_id, "file_id": one} for one in new.photos]
        )
    newest = one.visited_on is None or new.visited_on >= one.visited_on
    if percent is not None and newest:
        step(tx, one, one.version, percent=percent)
    if new.recommendation:
        reminding.plan(tx, visit_id, now, zone)
    remember(tx, one.id, actor, now, "visit", new.visited_on.isoformat())
    audit.record(tx, actor, now, "object.visit", VISIT, visit_id, photos=len(new.photos))
    return visit(tx, actor, visit_id)[1]


def to_follow(tx: Connection, actor: Actor, visit_id: int) -> tuple[ControlledObject, Visit]:
    """A visit whose recommendation is open, for its object's curator, its author, a secretary.

    Raises NotFound, NotAllowed, NotPossible("removed", "followed").
    """
    one, found = visit(tx, actor, visit_id)
    own = actor.person_id in (one.curator_id, found.person_id)
    if not (own and may(actor, Action.REPORT_ROADMAP)) and not manages(actor, one.branch_id):
        raise NotAllowed(Action.REPORT_ROADMAP, one.branch_id)
    if one.is_removed:
        raise NotPossible("removed")
    if not found.is_open:
        raise NotPossible("followed")
    return one, found


def follow_up(
    tx: Connection,
    actor: Actor,
    visit_id: int,
    version: int,
    text: str,
    now: datetime,
    today: date,
) -> Visit:
    """Note how a recommendation was followed. Raises as ``to_follow``, and AlreadyChanged."""
    one, found = to_follow(tx, actor, visit_id)
    said = checked_text(text, SHORT_LIMIT)
    changed = tx.execute(
        update(object_visits)
        .where(object_visits.c.id == found.id, object_visits.c.version == version)
        .values(version=version + 1, follow_up=said, followed_on=today)
    )
    if changed.rowcount != 1:
        raise audit.overtaken(tx, VISIT, found.id)
    reminders.void(tx, VISIT, found.id)
    remember(tx, one.id, actor, now, "follow_up", said)
    audit.record(tx, actor, now, "object.follow_up", VISIT, found.id)
    return visit(tx, actor, visit_id)[1]


def _demand_days(new: NewVisit, today: date) -> None:
    if new.visited_on > today:
        raise NotPossible("future")
    if new.recommendation and (new.due_on is None or new.due_on < today):
        raise NotPossible("due")
