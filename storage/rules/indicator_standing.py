"""How an indicator stands: its trend, and whether it is behind, stalled, or missed its plans."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import fmean, linear_regression

from storage.rules.indicator_measures import Better, Kind, execution, expected, reached
from storage.rules.reporting_periods import Frequency, Period, after, back_from, last_ended

TREND_OF = 6  # facts at most
STALLED_AFTER = 3  # facts, none better than the one before
FLAT = 0.002  # of the figure itself, over the whole span: less is no trend
BEHIND = 95.0  # percent of what the calendar wants


class Trend(StrEnum):
    """Which way the facts go."""

    BETTER = "better"
    WORSE = "worse"
    FLAT = "flat"


@dataclass(frozen=True)
class Point:
    """A period with its plan and its fact, as far as they are known."""

    period: Period
    plan: float | None = None
    fact: float | None = None


@dataclass(frozen=True)
class Rules:
    """What the figures of an indicator are read by; ``base`` is the value it started from."""

    kind: Kind
    better: Better
    frequency: Frequency
    base: float | None
    due_days: int  # calendar days after a period's end in which its fact is reported


@dataclass(frozen=True)
class Standing:
    """How it stands; percent are of 100, None is «nothing to say»."""

    last: Point | None  # the newest period with a fact
    execution: float | None  # of the last period's plan, or of the year's
    pace: float | None  # the fact beside what the calendar wants of the year's plan
    trend: Trend | None
    behind: bool
    stalled: bool
    missed: int  # plans missed one after the other, up to the last fact
    awaited: tuple[Period, ...]  # ended and not reported, newest first
    late: int  # how many of these are past their day

    @property
    def is_problem(self) -> bool:
        """Whether somebody should look at it."""
        return bool(self.behind or self.stalled or self.missed or self.late)


def standing(rules: Rules, points: Sequence[Point], today: date) -> Standing:
    """How the indicator stands on ``today``; ``points`` in any order, one a period."""
    known = sorted(points, key=lambda one: one.period)
    facts = [one for one in known if one.fact is not None]
    last = facts[-1] if facts else None
    awaited = awaited_periods(rules.frequency, known, today)
    late = [one for one in awaited if due_on(rules, one) < today]
    done, pace = (_done(rules, known, last), _pace(rules, known, last)) if last else (None, None)
    missed = _missed(rules, facts)
    return Standing(
        last=last,
        execution=done,
        pace=pace,
        trend=_trend(rules, facts),
        behind=missed > 0 or (pace is not None and pace < BEHIND),
        stalled=_is_stalled(rules, known, facts),
        missed=missed,
        awaited=awaited,
        late=len(late),
    )


def due_on(rules: Rules, period: Period) -> date:
    """The day by which the fact of ``period`` is to be reported."""
    return period.ends + timedelta(days=rules.due_days)


def awaited_periods(
    frequency: Frequency, points: Sequence[Point], today: date
) -> tuple[Period, ...]:
    """The ended periods whose facts are wanted, newest first: those after the newest fact.

    Figures run from January, so a later fact makes up for one that was left out before it. Without
    any fact they are wanted since the first plan; without a plan, only that of the last period.
    """
    newest = last_ended(frequency, today)
    told = max((one.period for one in points if one.fact is not None), default=None)
    first = min((one.period for one in points), default=newest)
    if told is not None:
        first = after(frequency, told)
    return tuple(back_from(frequency, newest, first))


def trend_line(rules: Rules, points: Sequence[Point]) -> tuple[float, float] | None:
    """Slope a month and value at month 0 (``Period.index``) of the newest facts; None: too few.

    What comes together since January is read as its monthly average: else each year began anew.
    """
    facts = sorted((one for one in points if one.fact is not None), key=lambda one: one.period)
    seen = facts[-TREND_OF:]
    if len(seen) < 2:
        return None
    found = linear_regression(
        [one.period.index for one in seen], [_comparable(rules.kind, one) for one in seen]
    )
    return found.slope, found.intercept


def _done(rules: Rules, points: Sequence[Point], last: Point) -> float | None:
    plan = last.plan if last.plan is not None else _year_plan(points, last.period)
    if plan is None or last.fact is None:
        return None
    return execution(rules.kind, rules.better, plan, last.fact)


def _pace(rules: Rules, points: Sequence[Point], last: Point) -> float | None:
    plan = _year_plan(points, last.period)
    if plan is None or last.fact is None:
        return None
    wanted = expected(rules.kind, last.period, _base(rules, points, last.period.year), plan)
    return None if wanted is None else execution(rules.kind, rules.better, wanted, last.fact)


def _base(rules: Rules, points: Sequence[Point], year: int) -> float | None:
    """The fact of the whole year before, else what the indicator started from."""
    facts = {one.period: one.fact for one in points}
    at = facts.get(Period(year - 1, 12))
    return rules.base if at is None else at


def _year_plan(points: Sequence[Point], period: Period) -> float | None:
    return next((one.plan for one in points if one.period == period.year_end), None)


def _missed(rules: Rules, facts: Sequence[Point]) -> int:
    missed = 0
    for one in reversed(facts):
        if one.plan is None or one.fact is None:
            continue
        if reached(rules.better, one.plan, one.fact):
            break
        missed += 1
    return missed


def _is_stalled(rules: Rules, points: Sequence[Point], facts: Sequence[Point]) -> bool:
    seen = facts[-STALLED_AFTER:]
    if len(seen) < STALLED_AFTER:
        return False
    last, plan = seen[-1], _year_plan(points, seen[-1].period)
    if plan is not None and last.fact is not None and reached(rules.better, plan, last.fact):
        return False
    return not any(_moved(rules, earlier, later) for earlier, later in pairwise(seen))


def _moved(rules: Rules, earlier: Point, later: Point) -> bool:
    if earlier.fact is None or later.fact is None:
        return True
    if rules.kind is Kind.VOLUME:
        # It only grows within a year: where less is better, growing is no standing still either.
        other_year = earlier.period.year != later.period.year
        return other_year or rules.better is Better.LESS or later.fact > earlier.fact
    return later.fact != earlier.fact and reached(rules.better, earlier.fact, later.fact)


def _trend(rules: Rules, facts: Sequence[Point]) -> Trend | None:
    line = trend_line(rules, facts)
    if line is None:
        return None
    seen = facts[-TREND_OF:]
    change = line[0] * (seen[-1].period.index - seen[0].period.index)
    size = fmean(abs(_comparable(rules.kind, one)) for one in seen)
    if abs(change) <= FLAT * size:
        return Trend.FLAT
    return Trend.BETTER if (change > 0) == (rules.better is Better.MORE) else Trend.WORSE


def _comparable(kind: Kind, point: Point) -> float:
    fact = point.fact or 0.0
    return fact / point.period.month if kind is Kind.VOLUME else fact


def next_report(rules: Rules, points: Sequence[Point], today: date) -> Period:
    """The period whose fact is wanted next: the oldest that is awaited, else the next to end."""
    awaited = awaited_periods(rules.frequency, points, today)
    if awaited:
        return awaited[-1]
    return after(rules.frequency, last_ended(rules.frequency, today))
