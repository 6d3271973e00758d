"""Changing what a meeting is called, where and how it takes place, and who is in the chair."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from storage import audit, search_index
from storage.errors import NotPossible
from storage.meetings import change_notices, reading
from storage.meetings.records import Meeting
from storage.meetings.steps import SUBJECT, managed, step
from storage.rules import links
from storage.rules.access import Actor
from storage.rules.meeting_states import CALLED, DRAFT, HELD
from storage.tables import people

KINDS = ("regular", "extraordinary", "visiting")
FORMATS = ("in_person", "online", "hybrid")
EDITABLE = (DRAFT, *CALLED, HELD)
LIMITS = {"title": 250, "place": 200, "chair": 120}  # characters


def edit(
    tx: Connection,
    actor: Actor,
    meeting_id: int,
    version: int,
    values: Mapping[str, Any],
    now: datetime,
) -> Meeting:
    """Set columns of the meeting as it was seen in ``version``; return it.

    ``values``: title_kk, title_ru, kind, format, place, link, latitude with longitude, chair; None
    takes away what may be missing. People who were told of the meeting learn of it in one notice
    with other quick changes. Raises NotAllowed, NotFound, AlreadyChanged, and NotPossible (wrong,
    too_long, or the state of what is over).
    """
    meeting = managed(tx, actor, meeting_id)
    changes = _columns(tx, values)
    step(tx, meeting, version, **changes)
    if meeting.state not in EDITABLE:
        raise NotPossible(meeting.state)
    search_index.index_meeting(tx, meeting_id)
    change_notices.changed(tx, meeting_id, now)
    audit.record(tx, actor, now, "edit_meeting", SUBJECT, meeting_id, fields=sorted(values))
    return reading.get(tx, actor, meeting_id)


def _columns(tx: Connection, values: Mapping[str, Any]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for name, value in values.items():
        changes |= _checked(tx, name, value)
    if ("latitude" in changes) != ("longitude" in changes):
        raise NotPossible("wrong")
    return changes


def _checked(tx: Connection, name: str, value: Any) -> dict[str, Any]:
    limit = LIMITS.get(name.split("_")[0])
    if limit is not None:
        return _text(tx, name, value, limit)
    if name in ("kind", "format"):
        return _fits(name, value, value in (KINDS if name == "kind" else FORMATS))
    if name == "link":
        return _fits(name, value, value is None or links.is_link(value))
    if name in ("latitude", "longitude"):
        most = 90 if name == "latitude" else 180
        return _fits(name, value, value is None or -most <= value <= most)
    raise NotPossible("wrong")


def _fits(name: str, value: Any, fits: bool) -> dict[str, Any]:
    if not fits:
        raise NotPossible("wrong")
    return {name: value}


def _text(tx: Connection, name: str, value: str | None, limit: int) -> dict[str, Any]:
    if value is not None and len(value) > limit:
        raise NotPossible("too_long")
    if name in ("title_kk", "title_ru") and value:
        return {name: value}
    if name == "place":
        return {"place_kk": value, "place_ru": value}
    if name == "chair":
        return {"chair_kk": value, "chair_ru": value, "chair_id": _named(tx, value)}
    raise NotPossible("wrong")


def _named(tx: Connection, name: str | None) -> int | None:
    """The only person of that name whom the bot knows."""
    query = select(people.c.id).where(people.c.name == name).limit(2)
    found = list(tx.execute(query).scalars())
    return found[0] if len(found) == 1 else None
