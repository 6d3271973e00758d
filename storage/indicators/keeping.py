"""What secretaries keep of an indicator: its words, its kind, its plans, who reports it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, update

from storage import audit, people
from storage.errors import NotAllowed, NotFound, NotPossible
from storage.indicators.reading import SUBJECT, Indicator, get
from storage.indicators.reminding import replanned
from storage.rules.access import Action, Actor, may
from storage.rules.indicator_measures import Better, Kind, fits
from storage.rules.reporting_periods import FIRST_YEAR, LAST_YEAR, Frequency, Period, is_known
from storage.tables import indicator_history, indicator_values, indicators
from storage.upsert import upsert

TEXT_LIMIT = 300  # characters of a name, a direction, a source
UNIT_LIMIT = 30
DUE_LIMIT = 90  # calendar days after a period's end
TEXTS = ("name_kk", "name_ru", "direction_kk", "direction_ru", "unit_kk", "unit_ru", "source")
CHOICES = {"kind": Kind, "better": Better, "frequency": Frequency}
# With figures there, another unit or measure would make them say something else.
FIXED = frozenset({"kind", "frequency", "unit_kk", "unit_ru"})
FIELDS = (*TEXTS, *CHOICES, "base_value", "base_year", "due_days", "reporter_id")


@dataclass(frozen=True)
class NewIndicator:
    """An indicator as it is put down."""

    branch_id: int
    direction_kk: str
    direction_ru: str
    name_kk: str
    name_ru: str
    unit_kk: str = "%"
    unit_ru: str = "%"
    kind: Kind = Kind.LEVEL
    better: Better = Better.MORE
    frequency: Frequency = Frequency.QUARTER
    base_value: float | None = None
    base_year: int | None = None
    source: str | None = None
    reporter_id: int | None = None
    due_days: int = 10


def add(
    tx: Connection, actor: Actor, new: NewIndicator, now: datetime, zone: ZoneInfo
) -> Indicator:
    """Put down an indicator. Raises NotAllowed, and what ``change`` raises for a wrong value."""
    if not may(actor, Action.MANAGE_ROADMAP, new.branch_id):
        raise NotAllowed(Action.MANAGE_ROADMAP, new.branch_id)
    values = {name: getattr(new, name) for name in NewIndicator.__annotations__}
    today = now.astimezone(zone).date()
    for name in FIELDS:
        values[name] = _checked(tx, new.branch_id, new.kind, name, values[name], today)
    statement = insert(indicators).values(values).returning(indicators.c.id)
    indicator_id = int(tx.execute(statement).scalar_one())
    audit.record(tx, actor, now, "indicator.add", SUBJECT, indicator_id)
    return replanned(tx, get(tx, actor, indicator_id), now, zone)


def change(
    tx: Connection,
    actor: Actor,
    indicator_id: int,
    version: int,
    name: str,
    value: Any,
    now: datetime,
    zone: ZoneInfo,
) -> Indicator:
    """Set one of FIELDS; it is kept in the history.

    Raises NotFound, NotAllowed, AlreadyChanged, and NotPossible("field", "has_values", "empty",
    "too_long", "choice", "number", "year", "days"); NotFound("person") for who may not report.
    """
    if name not in FIELDS:
        raise NotPossible("field")
    one = managed(tx, actor, indicator_id)
    checked = _checked(tx, one.branch_id, one.kind, name, value, now.astimezone(zone).date())
    if name in FIXED and one.values and checked != getattr(one, name):
        raise NotPossible("has_values")
    step(tx, one, version, **{name: checked})
    said = getattr(checked, "value", checked)
    as_text = None if name == "reporter_id" or said is None else str(said)
    remember(tx, one.id, actor, now, name, text=as_text)
    audit.record(tx, actor, now, "indicator.change", SUBJECT, one.id, field=name)
    return replanned(tx, get(tx, actor, one.id), now, zone)


def set_plan(
    tx: Connection,
    actor: Actor,
    indicator_id: int,
    version: int,
    period: Period,
    plan: float | None,
    now: datetime,
    zone: ZoneInfo,
) -> Indicator:
    """Plan a value for ``period``, past or future; None takes the plan back.

    Raises NotFound, NotAllowed, AlreadyChanged, NotPossible("period", "number").
    """
    one = managed(tx, actor, indicator_id)
    if not is_known(period, one.frequency):
        raise NotPossible("period")
    if plan is not None and not fits(one.kind, plan):
        raise NotPossible("number")
    step(tx, one, version)
    before = one.at(period)
    was = before.plan if before else None
    put(tx, one.id, period, plan=plan)
    remember(tx, one.id, actor, now, "plan", period, was=was, became=plan)
    audit.record(tx, actor, now, "indicator.plan", SUBJECT, one.id, period=str(period.index))
    return replanned(tx, get(tx, actor, one.id), now, zone)


def managed(tx: Connection, actor: Actor, indicator_id: int) -> Indicator:
    """One indicator, for who keeps it. Raises NotFound, NotAllowed."""
    one = get(tx, actor, indicator_id)
    if not may(actor, Action.MANAGE_ROADMAP, one.branch_id):
        raise NotAllowed(Action.MANAGE_ROADMAP, one.branch_id)
    return one


def step(tx: Connection, one: Indicator, version: int, **values: Any) -> None:
    """Change the indicator as it was seen in ``version``. Raises AlreadyChanged."""
    seen = (indicators.c.id == one.id, indicators.c.version == version)
    changed = update(indicators).where(*seen).values(version=version + 1, **values)
    if tx.execute(changed).rowcount != 1:
        raise audit.overtaken(tx, SUBJECT, one.id)


def put(tx: Connection, indicator_id: int, period: Period, **values: Any) -> None:
    """Keep the plan, or the fact with its note, of a period."""
    key = {"indicator_id": indicator_id, "year": period.year, "month": period.month}
    upsert(tx, indicator_values, key, values)


def remember(
    tx: Connection,
    indicator_id: int,
    actor: Actor,
    now: datetime,
    kind: str,
    period: Period | None = None,
    **values: Any,
) -> None:
    """Add a line to the history."""
    where = {"year": period.year, "month": period.month} if period else {}
    row = {"indicator_id": indicator_id, "at": now, "person_id": actor.person_id, "kind": kind}
    tx.execute(insert(indicator_history).values(**row, **where, **values))


def _checked(tx: Connection, branch_id: int, kind: Kind, name: str, value: Any, today: date) -> Any:
    if name in TEXTS:
        return _text(name, value)
    if name in CHOICES:
        return _choice(name, value)
    if value is None:
        if name == "due_days":
            raise NotPossible("days")
        return None
    if name == "reporter_id":
        return _reporter(tx, branch_id, int(value), today)
    return _number(kind, name, value)


def _text(name: str, value: str | None) -> str | None:
    text = " ".join((value or "").split())
    if not text:
        if name == "source":
            return None
        raise NotPossible("empty")
    if len(text) > (UNIT_LIMIT if name.startswith("unit") else TEXT_LIMIT):
        raise NotPossible("too_long")
    return text


def _choice(name: str, value: str) -> str:
    try:
        return str(CHOICES[name](value).value)
    except ValueError:
        raise NotPossible("choice") from None


def _number(kind: Kind, name: str, value: float) -> float | int:
    if name == "base_value":
        if not fits(kind, value):
            raise NotPossible("number")
        return float(value)
    first, last = (1, DUE_LIMIT) if name == "due_days" else (FIRST_YEAR, LAST_YEAR)
    if int(value) != value or not first <= value <= last:
        raise NotPossible("days" if name == "due_days" else "year")
    return int(value)


def _reporter(tx: Connection, branch_id: int, person_id: int, today: date) -> int:
    if all(one.id != person_id for one in people.able(tx, Action.REPORT_ROADMAP, branch_id, today)):
        raise NotFound("person")
    return person_id
