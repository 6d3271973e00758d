"""Taking an object under control, changing what is known of it, taking it off again."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, update

from storage import audit, people
from storage.errors import NotAllowed, NotFound, NotPossible
from storage.objects import reminding, sources
from storage.objects.reading import get, manages
from storage.objects.rows import CONTROLLED, REMOVED, SUBJECT, ControlledObject
from storage.rules.access import Action, Actor
from storage.tables import (
    controlled_objects,
    object_history,
)

NAME_LIMIT = 300  # characters
REASON_LIMIT = 300
COST_LIMIT = 10**15  # tenge
TEXTS = ("name_kk", "name_ru", "place", "contractor", "direction_kk", "direction_ru")
DAYS = ("starts_on", "plan_on", "fact_on")
FIELDS = (*TEXTS, "cost", *DAYS, "percent", "curator_id")
REQUIRED = ("name_kk", "name_ru")


@dataclass(frozen=True)
class NewObject:
    """An object as it is taken under control; ``details`` are other FIELDS."""

    proposal_id: int
    name_kk: str
    name_ru: str
    branch_id: int | None = None  # None: the branch of the meeting
    details: dict[str, Any] = field(default_factory=dict)


def take(
    tx: Connection, actor: Actor, new: NewObject, now: datetime, today: date
) -> ControlledObject:
    """Take an object under control by a proposal that the meeting accepted.

    Raises NotFound("proposal"), NotAllowed, and what ``change`` raises for a wrong value.
    """
    found = sources.row_of(tx, actor, new.proposal_id)
    branch_id = new.branch_id or found.branch_id
    if not manages(actor, branch_id):
        raise NotAllowed(Action.MANAGE_ROADMAP, branch_id)
    given = {"name_kk": new.name_kk, "name_ru": new.name_ru, **new.details}
    values = {name: _checked(tx, branch_id, name, value, today) for name, value in given.items()}
    row = {"branch_id": branch_id, "proposal_id": found.id, "state": CONTROLLED, "taken_at": now}
    statement = insert(controlled_objects).values(**row, **values)
    object_id = int(tx.execute(statement.returning(controlled_objects.c.id)).scalar_one())
    remember(tx, object_id, actor, now, "taken")
    audit.record(tx, actor, now, "object.take", SUBJECT, object_id)
    return get(tx, actor, object_id)


def change(
    tx: Connection,
    actor: Actor,
    object_id: int,
    version: int,
    name: str,
    value: Any,
    now: datetime,
    zone: ZoneInfo,
) -> ControlledObject:
    """Set one of FIELDS; None takes a value away.

    Raises NotFound, NotAllowed, AlreadyChanged, NotPossible("removed", "field", "empty",
    "too_long", "cost", "percent", "future", "year"); NotFound("person") for who cannot be curator.
    """
    one = managed(tx, actor, object_id)
    if name not in FIELDS:
        raise NotPossible("field")
    checked = _checked(tx, one.branch_id, name, value, now.astimezone(zone).date())
    step(tx, one, version, **{name: checked})
    if name == "curator_id":
        reminding.replan(tx, one.id, now, zone)
    said = None if name == "curator_id" or checked is None else str(checked)
    remember(tx, one.id, actor, now, name, said)
    audit.record(tx, actor, now, "object.change", SUBJECT, one.id, field=name)
    return get(tx, actor, one.id)


def remove(
    tx: Connection, actor: Actor, object_id: int, version: int, reason: str, now: datetime
) -> ControlledObject:
    """Take an object off control; ``reason`` names the decision.

    Raises NotFound, NotAllowed, AlreadyChanged, NotPossible("removed", "empty", "too_long").
    """
    one = managed(tx, actor, object_id)
    text = checked_text(reason, REASON_LIMIT)
    step(tx, one, version, state=REMOVED)
    reminding.void(tx, one.id)
    remember(tx, one.id, actor, now, "removed", text)
    audit.record(tx, actor, now, "object.remove", SUBJECT, one.id)
    return get(tx, actor, one.id)


def managed(tx: Connection, actor: Actor, object_id: int) -> ControlledObject:
    """One under control, for who keeps it. Raises NotFound, NotAllowed, NotPossible("removed")."""
    one = get(tx, actor, object_id)
    if not manages(actor, one.branch_id):
        raise NotAllowed(Action.MANAGE_ROADMAP, one.branch_id)
    if one.is_removed:
        raise NotPossible("removed")
    return one


def step(tx: Connection, one: ControlledObject, version: int, **values: Any) -> None:
    """Change the object as it was seen in ``version``. Raises AlreadyChanged."""
    table = controlled_objects
    seen = (table.c.id == one.id, table.c.version == version)
    changed = update(table).where(*seen).values(version=version + 1, **values)
    if tx.execute(changed).rowcount != 1:
        raise audit.overtaken(tx, SUBJECT, one.id)


def remember(
    tx: Connection, object_id: int, actor: Actor, now: datetime, kind: str, text: str | None = None
) -> None:
    """Add a line to the history."""
    row = {"object_id": object_id, "at": now, "person_id": actor.person_id}
    tx.execute(insert(object_history).values(**row, kind=kind, text=text))


def checked_text(text: str | None, limit: int) -> str:
    """A text that must be there. Raises NotPossible("empty", "too_long")."""
    found = (text or "").strip()
    if not found:
        raise NotPossible("empty")
    if len(found) > limit:
        raise NotPossible("too_long")
    return found


def checked_percent(value: float | None) -> int | None:
    """How far something is ready. Raises NotPossible("percent")."""
    if value is None:
        return None
    if int(value) != value or not 0 <= value <= 100:
        raise NotPossible("percent")
    return int(value)


def _checked(tx: Connection, branch_id: int, name: str, value: Any, today: date) -> Any:
    if value is None and name not in REQUIRED:
        return None
    if name in TEXTS:
        return " ".join(checked_text(value, NAME_LIMIT).split())
    if name == "cost":
        if int(value) != value or not 0 <= value <= COST_LIMIT:
            raise NotPossible("cost")
        return int(value)
    if name == "percent":
        return checked_percent(value)
    if name == "curator_id":
        return _curator(tx, branch_id, int(value), today)
    return _day(name, value, today)


def _day(name: str, value: date, today: date) -> date:
    if name == "fact_on" and value > today:
        raise NotPossible("future")
    if not 1991 <= value.year <= 2100:
        raise NotPossible("year")
    return value


def _curator(tx: Connection, branch_id: int, person_id: int, today: date) -> int:
    able = people.able(tx, Action.REPORT_ROADMAP, branch_id, today)
    if all(one.id != person_id for one in able):
        raise NotFound("person")
    return person_id
