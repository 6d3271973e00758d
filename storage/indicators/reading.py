"""Indicators as they are read: a list with how each stands, one with its values, its history."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, false, or_, select, true

from storage.errors import NotFound
from storage.rules.access import Action, Actor, may, scope
from storage.rules.folding import fold
from storage.rules.indicator_measures import Better, Kind
from storage.rules.indicator_standing import Point, Rules, Standing, standing
from storage.rules.reporting_periods import Frequency, Period
from storage.tables import branches, indicator_history, indicator_values, indicators, people

SUBJECT = "indicator"
HISTORY = 12  # entries that are shown, newest first


class Which(StrEnum):
    """What a list is narrowed to."""

    PROBLEM = "problem"
    MINE = "mine"
    ALL = "all"


@dataclass(frozen=True)
class Value:
    """A period's plan and fact; ``note`` was written beside the fact."""

    period: Period
    plan: float | None
    fact: float | None
    note: str | None = None


@dataclass(frozen=True)
class Indicator:
    """An indicator with all of its values, oldest first."""

    id: int
    branch_id: int
    branch_kk: str
    branch_ru: str
    direction_kk: str
    direction_ru: str
    name_kk: str
    name_ru: str
    unit_kk: str
    unit_ru: str
    kind: Kind
    better: Better
    frequency: Frequency
    base_value: float | None
    base_year: int | None
    source: str | None
    reporter_id: int | None
    reporter: str | None
    due_days: int
    version: int
    values: tuple[Value, ...] = field(default=())

    @property
    def in_percent(self) -> bool:
        """Whether its unit is the percent."""
        return self.unit_kk.strip() == "%"

    @property
    def rules(self) -> Rules:
        """What its figures are read by."""
        return Rules(self.kind, self.better, self.frequency, self.base_value, self.due_days)

    @property
    def points(self) -> list[Point]:
        """Its values without their words."""
        return [Point(one.period, one.plan, one.fact) for one in self.values]

    def at(self, period: Period) -> Value | None:
        """What is known of a period."""
        return next((one for one in self.values if one.period == period), None)


@dataclass(frozen=True)
class Seen:
    """An indicator, and how it stands on the day it is looked at."""

    indicator: Indicator
    standing: Standing


@dataclass(frozen=True)
class Entry:
    """A line of the history; ``kind`` is plan, fact, or the column that was changed."""

    at: datetime
    person: str
    kind: str
    period: Period | None
    was: float | None
    became: float | None
    text: str | None


def may_report(actor: Actor, indicator: Indicator) -> bool:
    """Whether ``actor`` reports its facts: its reporter does, and the branch's secretary."""
    own = indicator.reporter_id == actor.person_id and may(actor, Action.REPORT_ROADMAP)
    return own or may(actor, Action.MANAGE_ROADMAP, indicator.branch_id)


def listed(tx: Connection, actor: Actor, today: date, which: Which = Which.ALL) -> list[Seen]:
    """What ``actor`` sees, problems first, then by direction and name."""
    found = [_seen(one, today) for one in _read(tx, visible(actor))]
    if which is Which.MINE:
        found = [one for one in found if one.indicator.reporter_id == actor.person_id]
    if which is Which.PROBLEM:
        found = [one for one in found if one.standing.is_problem]
    return sorted(found, key=lambda one: (not one.standing.is_problem, *_order(one.indicator)))


def narrowed(
    tx: Connection, actor: Actor, today: date, *, branch_id: int | None = None
) -> list[Seen]:
    """What ``actor`` sees, of one branch or of all, by direction and name."""
    conditions = [visible(actor)]
    if branch_id is not None:
        conditions.append(indicators.c.branch_id == branch_id)
    found = [_seen(one, today) for one in _read(tx, *conditions)]
    return sorted(found, key=lambda one: _order(one.indicator))


def get(tx: Connection, actor: Actor, indicator_id: int) -> Indicator:
    """One indicator with its values, within the actor's reach. Raises NotFound."""
    found = _read(tx, visible(actor), indicators.c.id == indicator_id)
    if not found:
        raise NotFound(SUBJECT)
    return found[0]


def find(tx: Connection, indicator_id: int) -> Indicator | None:
    """One indicator for the program's own use: nobody's reach is checked."""
    found = _read(tx, indicators.c.id == indicator_id)
    return found[0] if found else None


def of_reporters(
    tx: Connection, ids: Collection[int] | None = None, *, reporter_id: int | None = None
) -> list[Indicator]:
    """Those that somebody (or ``reporter_id``) reports, of ``ids`` or of all; within no reach."""
    conditions: list[ColumnElement[bool]] = [indicators.c.reporter_id.is_not(None)]
    if ids is not None:
        conditions.append(indicators.c.id.in_(sorted(ids)))
    if reporter_id is not None:
        conditions.append(indicators.c.reporter_id == reporter_id)
    return _read(tx, *conditions)


def history(tx: Connection, actor: Actor, indicator_id: int) -> list[Entry]:
    """What was planned, reported and changed, newest first. Raises NotFound."""
    get(tx, actor, indicator_id)
    rows = tx.execute(
        select(indicator_history, people.c.name.label("person"))
        .join(people, people.c.id == indicator_history.c.person_id)
        .where(indicator_history.c.indicator_id == indicator_id)
        .order_by(indicator_history.c.at.desc(), indicator_history.c.id.desc())
        .limit(HISTORY)
    ).mappings()
    return [_entry(row) for row in rows]


def visible(actor: Actor) -> ColumnElement[bool]:
    """The condition on ``indicators``: what one reports, all of the branches one looks after."""
    if not may(actor, Action.READ_ROADMAP):
        return false()
    within = scope(actor, Action.SEE_BRANCH_ROADMAP)
    if within is None:
        return true()
    own = indicators.c.reporter_id == actor.person_id
    return or_(own, indicators.c.branch_id.in_(sorted(within)))


def _read(tx: Connection, *conditions: ColumnElement[bool]) -> list[Indicator]:
    rows = (
        tx.execute(
            select(
                indicators,
                branches.c.name_kk.label("branch_kk"),
                branches.c.name_ru.label("branch_ru"),
                people.c.name.label("reporter"),
            )
            .join(branches, branches.c.id == indicators.c.branch_id)
            .outerjoin(people, people.c.id == indicators.c.reporter_id)
            .where(*conditions)
            .order_by(indicators.c.id)
        )
        .mappings()
        .all()
    )
    values = _values(tx, conditions)
    return [_indicator(row, values.get(row["id"], ())) for row in rows]


def _values(tx: Connection, conditions: Iterable[ColumnElement[bool]]) -> dict[int, list[Value]]:
    query = (
        select(indicator_values)
        .join(indicators, indicators.c.id == indicator_values.c.indicator_id)
        .where(*conditions)
        .order_by(indicator_values.c.year, indicator_values.c.month)
    )
    found: dict[int, list[Value]] = {}
    for row in tx.execute(query):
        value = Value(Period(row.year, row.month), row.plan, row.fact, row.note)
        found.setdefault(row.indicator_id, []).append(value)
    return found


def _indicator(row: RowMapping, values: Iterable[Value]) -> Indicator:
    given: dict[str, Any] = {
        name: row[name] for name in Indicator.__annotations__ if name != "values"
    }
    given["kind"], given["better"] = Kind(row["kind"]), Better(row["better"])
    given["frequency"] = Frequency(row["frequency"])
    return Indicator(**given, values=tuple(values))


def _seen(one: Indicator, today: date) -> Seen:
    return Seen(one, standing(one.rules, one.points, today))


def _order(one: Indicator) -> tuple[str, str, int]:
    return fold(one.direction_kk), fold(one.name_kk), one.id


def _entry(row: RowMapping) -> Entry:
    period = Period(row["year"], row["month"]) if row["year"] else None
    return Entry(
        row["at"], row["person"], row["kind"], period, row["was"], row["became"], row["text"]
    )
