"""Who reports an indicator is reminded of the fact that is wanted next, until it is there."""

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from storage import audit, reminder_ladders, reminders, working_days
from storage.errors import NotFound
from storage.indicators.reading import SUBJECT, Indicator, of_reporters
from storage.reminder_ladders import INDICATOR
from storage.rules.access import Actor
from storage.rules.indicator_standing import due_on, next_report
from storage.tables import reminders as rows


def wanted_on(one: Indicator, today: date) -> date:
    """The day by which the fact that is wanted next is to be reported."""
    return due_on(one.rules, next_report(one.rules, one.points, today))


def awaited(tx: Connection, person_id: int, indicator_ids: Collection[int]) -> list[Indicator]:
    """Those of ``indicator_ids`` that the person reports still."""
    found = of_reporters(tx, indicator_ids)
    return [one for one in found if one.reporter_id == person_id]


def due(
    tx: Connection, today: date, until: date, reporter_id: int | None = None
) -> list[Indicator]:
    """Those whose wanted fact is due by ``until``, of one reporter or of all, by that day."""
    found = of_reporters(tx, reporter_id=reporter_id)
    wanted = [one for one in found if wanted_on(one, today) <= until]
    return sorted(wanted, key=lambda one: (wanted_on(one, today), one.id))


def snooze(
    tx: Connection, actor: Actor, indicator_id: int, days: int, now: datetime, zone: ZoneInfo
) -> date:
    """Remind the actor of the fact once more in so many days; return the day.

    The ladder goes on as planned. Raises NotFound when the actor does not report it, and
    NotPossible (no_such_day).
    """
    today = now.astimezone(zone).date()
    found = awaited(tx, actor.person_id, [indicator_id])
    if not found:
        raise NotFound(SUBJECT)
    deadline = wanted_on(found[0], today)
    day = reminders.put_off(tx, SUBJECT, indicator_id, actor.person_id, deadline, days, now, zone)
    audit.record(tx, actor, now, "indicator.snooze", SUBJECT, indicator_id, until=day.isoformat())
    return day


def replanned(
    tx: Connection, one: Indicator, now: datetime, zone: ZoneInfo, *, anew: bool = False
) -> Indicator:
    """Let the reminders follow what the indicator has become; return it.

    They stay where neither the reporter nor the day is another, unless they are wanted ``anew``.
    """
    if anew or _planned(tx, one.id) != _wanted(one, now, zone):
        wanted = _wanted(one, now, zone)
        still = [reminders.Still({who}, day, now) for who, day in wanted]
        reminders.void(tx, SUBJECT, one.id, *still)  # one reporter at most
        days = reminder_ladders.of(tx, INDICATOR).own
        for person_id, deadline in wanted:
            calendar = working_days.load(tx)
            reminders.plan(tx, SUBJECT, one.id, person_id, deadline, now, zone, calendar, days)
    return one


def tick(tx: Connection, now: datetime, zone: ZoneInfo) -> int:
    """Once a day: plan for a period that began to be wanted by itself; return how many."""
    planned = _all_planned(tx)
    found = [
        one for one in of_reporters(tx) if planned.get(one.id, set()) != _wanted(one, now, zone)
    ]
    for one in found:
        replanned(tx, one, now, zone)
    return len(found)


def set_ladder(
    tx: Connection,
    actor: Actor,
    kind: str,
    version: int,
    days: tuple[int, ...],
    now: datetime,
    zone: ZoneInfo,
) -> tuple[int, ...]:
    """Keep another ladder of reports and plan by it. Raises as ``reminder_ladders.put``."""
    rungs = reminder_ladders.put(tx, actor, kind, version, days, now)
    for one in of_reporters(tx):
        replanned(tx, one, now, zone, anew=True)
    return rungs


def _wanted(one: Indicator, now: datetime, zone: ZoneInfo) -> set[tuple[int, date]]:
    """Whom to remind, and of which day."""
    if one.reporter_id is None:
        return set()
    return {(one.reporter_id, wanted_on(one, now.astimezone(zone).date()))}


def _planned(tx: Connection, indicator_id: int) -> set[tuple[int, date]]:
    return _all_planned(tx, indicator_id).get(indicator_id, set())


def _all_planned(
    tx: Connection, indicator_id: int | None = None
) -> dict[int, set[tuple[int, date]]]:
    query = select(rows.c.subject_id, rows.c.person_id, rows.c.deadline).where(
        rows.c.subject == SUBJECT, rows.c.state == "planned"
    )
    if indicator_id is not None:
        query = query.where(rows.c.subject_id == indicator_id)
    found: dict[int, set[tuple[int, date]]] = {}
    for row in tx.execute(query.distinct()):
        found.setdefault(row.subject_id, set()).add((row.person_id, row.deadline))
    return found
