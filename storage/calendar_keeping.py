"""What an administrator says of the working calendar: days that were moved, a year that is right.

Reminders that are planned move with the calendar, in the same transaction.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Delete, Update, delete, update

from storage import audit, facts, outbox, people, reminders, working_days
from storage.errors import AlreadyChanged, NotAllowed, NotPossible
from storage.rules import gate
from storage.rules.access import Action, Actor, may
from storage.rules.working_days import WorkingCalendar
from storage.tables import calendar_overrides
from storage.upsert import insert_new
from storage.working_days import Override, Year

NAG = "calendar_nag"  # of the outbox
NAG_FROM_MONTH = 11  # the government publishes the moved days of a year late in the year before
MAX_NOTE = 120  # characters
YEARS_AHEAD = 2

SUBJECT = "calendar_day"


@dataclass(frozen=True)
class Outlook:
    """What a change of ``day`` would mean: the day as it is now, and how many reminders move."""

    calendar: WorkingCalendar  # as it is now
    override: Override | None  # the day's own, as it is now
    moved: int


def year(tx: Connection, actor: Actor, number: int) -> Year:
    """The calendar of a year, for those who keep it. Raises NotAllowed."""
    _require(actor)
    return working_days.of_year(tx, number)


def outlook(
    tx: Connection, actor: Actor, day: date, is_working: bool | None, zone: ZoneInfo
) -> Outlook:
    """What follows when ``day`` is worked, is off, or (None) is as published again.

    Raises NotAllowed.
    """
    _require(actor)
    now = working_days.load(tx)
    moved = len(reminders.moved_by(tx, now.changed(day, is_working), zone))
    return Outlook(now, working_days.override(tx, day), moved)


def set_day(
    tx: Connection,
    actor: Actor,
    day: date,
    is_working: bool,
    note: str | None,
    now: datetime,
    zone: ZoneInfo,
    *,
    version: int = 0,
) -> int:
    """Say that ``day`` is worked or off, whatever is published; return how many reminders moved.

    ``version`` is that of the override that was seen, 0 for none. Raises NotAllowed,
    AlreadyChanged, NotPossible for a day that has passed or lies more than two years ahead, and
    ValueError for a long note.
    """
    _require(actor)
    _check_day(day, now.astimezone(zone).date())
    if note is not None and len(note) > MAX_NOTE:
        raise ValueError(f"a note has at most {MAX_NOTE} characters")
    values = {
        "is_working": is_working,
        "note": note,
        "set_by": actor.person_id,
        "set_at": now,
        "version": version + 1,
    }
    before = working_days.override(tx, day)
    if (before.version if before else 0) != version:
        raise _changed(before)
    if before is None:
        _new(tx, {"day": day, **values})
    else:
        _as_seen(tx, before, update(calendar_overrides).values(**values))
    return _settled(tx, actor, day, now, zone, "set", is_working)


def forget_day(
    tx: Connection, actor: Actor, day: date, version: int, now: datetime, zone: ZoneInfo
) -> int:
    """Leave ``day`` as it is published; return how many reminders moved.

    Raises NotAllowed, AlreadyChanged, and NotPossible for a day that has passed.
    """
    _require(actor)
    _check_day(day, now.astimezone(zone).date())
    before = working_days.override(tx, day)
    if before is None or before.version != version:
        raise _changed(before)
    _as_seen(tx, before, delete(calendar_overrides))
    return _settled(tx, actor, day, now, zone, "forget")


def confirm_year(tx: Connection, actor: Actor, number: int, seal: str, now: datetime) -> None:
    """Say that the calendar of a year, as it was seen (``Year.seal``), is right.

    Raises NotAllowed, and AlreadyChanged when a day was moved since.
    """
    _require(actor)
    if working_days.of_year(tx, number).seal != seal:
        raise AlreadyChanged()
    facts.remember(tx, working_days.confirmation(number), now)
    audit.record(tx, actor, now, "calendar.confirm", "calendar_year", number)


def nag(tx: Connection, now: datetime, zone: ZoneInfo) -> int:
    """Ask those who keep the calendar, weekly from November on, to confirm next year's.

    Asks on the first working day of a week; return how many notices were put out.
    """
    today = now.astimezone(zone).date()
    number = today.year + 1
    if today.month < NAG_FROM_MONTH or working_days.confirmed(tx, number):
        return 0
    calendar = working_days.load(tx)
    monday = today - timedelta(days=today.weekday())
    if not calendar.is_working(today):
        return 0
    keepers = {
        person.id for person in (*people.owners(tx, today), *people.secretaries(tx, None, today))
    }
    outbox.put_all(
        tx,
        [
            outbox.Message(f"{NAG}:{number}:{monday}:{id_}", NAG, id_, {"year": number})
            for id_ in sorted(keepers)
        ],
        now,
        priority=outbox.Priority.NOTICE,
        not_before=gate.opens_at(now, calendar, zone),
    )
    return len(keepers)


def last_year(today: date) -> int:
    """The last year whose calendar can be kept."""
    return today.year + YEARS_AHEAD


def _require(actor: Actor) -> None:
    if not may(actor, Action.KEEP_CALENDAR):
        raise NotAllowed(Action.KEEP_CALENDAR)


def _check_day(day: date, today: date) -> None:
    if day < today:
        raise NotPossible("calendar_day_past")
    if day.year > last_year(today):
        raise NotPossible("calendar_day_far")


def _changed(before: Override | None) -> AlreadyChanged:
    return AlreadyChanged(before.by, before.at) if before else AlreadyChanged()


def _new(tx: Connection, values: dict[str, Any]) -> None:
    """Insert an override, unless somebody did so in the same moment."""
    insert_new(tx, calendar_overrides, [values])
    kept = working_days.override(tx, values["day"])
    if kept is None or (kept.at, kept.is_working) != (values["set_at"], values["is_working"]):
        raise _changed(kept)


def _as_seen(tx: Connection, before: Override, statement: Update | Delete) -> None:
    """Change the day as it was seen in its version."""
    seen = statement.where(
        calendar_overrides.c.day == before.day, calendar_overrides.c.version == before.version
    )
    if tx.execute(seen).rowcount != 1:
        raise _changed(working_days.override(tx, before.day))


def _settled(
    tx: Connection,
    actor: Actor,
    day: date,
    now: datetime,
    zone: ZoneInfo,
    step: str,
    is_working: bool | None = None,
) -> int:
    """What follows from a day that is different now."""
    moved = reminders.reschedule(tx, working_days.load(tx), zone)
    audit.record(
        tx,
        actor,
        now,
        f"calendar.{step}",
        SUBJECT,
        day=day.isoformat(),
        is_working=is_working,
        reminders=moved,
    )
    return moved
