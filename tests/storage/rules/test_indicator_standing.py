"""What figures say: execution, pace, trend, behind, stalled, missed in a row."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.rules.indicator_measures import (
    Better,
    Kind,
    execution,
    expected,
    fits,
    is_doubtful,
    reached,
)
from storage.rules.indicator_standing import Point, Rules, Trend, due_on, next_report, standing
from storage.rules.reporting_periods import (
    STEP,
    Frequency,
    Period,
    after,
    before,
    is_known,
    last_ended,
    of_index,
    of_year,
)

QUARTERS = Rules(Kind.LEVEL, Better.MORE, Frequency.QUARTER, 41.1, 10)
TODAY = date(2026, 11, 24)
figures = st.floats(0, 1e6, allow_nan=False)
kinds, betters = st.sampled_from(Kind), st.sampled_from(Better)
frequencies = st.sampled_from(Frequency)
days = st.dates(date(2001, 1, 1), date(2099, 12, 31))


def q(number: int, plan: float | None = None, fact: float | None = None, year: int = 2026) -> Point:
    return Point(Period(year, number * 3), plan, fact)


@given(frequencies, days)
def test_the_last_period_has_ended_and_the_next_has_not(frequency: Frequency, day: date) -> None:
    last = last_ended(frequency, day)
    assert is_known(last, frequency)
    assert last.ends <= day < after(frequency, last).ends
    assert before(frequency, after(frequency, last)) == last
    assert of_index(last.index) == last


@pytest.mark.parametrize(("frequency", "n"), [("month", 12), ("quarter", 4), ("year", 1)])
def test_a_year_has_its_periods(frequency: str, n: int) -> None:
    periods = of_year(Frequency(frequency), 2026)
    assert (len(periods), periods[-1]) == (n, Period(2026, 12))
    assert STEP[Frequency(frequency)] * n == 12


@given(kinds, betters, figures, figures)
def test_it_is_carried_out_exactly_when_the_plan_is_reached(
    kind: Kind, better: Better, plan: float, fact: float
) -> None:
    done = execution(kind, better, plan, fact)
    assert done >= 0
    # Only what differs by more than rounding can be told apart.
    if abs(plan - fact) > 1e-6 * max(plan, fact, 1):
        assert (done >= 100) == reached(better, plan, fact)


@given(kinds, betters, figures, figures, figures)
def test_a_better_fact_is_never_less_carried_out(
    kind: Kind, better: Better, plan: float, one: float, other: float
) -> None:
    worse, best = sorted((one, other), reverse=better is Better.LESS)
    assert execution(kind, better, plan, worse) <= execution(kind, better, plan, best)


@pytest.mark.parametrize(
    ("kind", "better", "plan", "fact", "done"),
    [
        (Kind.LEVEL, Better.MORE, 42.0, 41.8, 99.52),
        (Kind.LEVEL, Better.LESS, 10.0, 12.0, 80.0),
        (Kind.LEVEL, Better.LESS, 10.0, 0.0, 200.0),
        (Kind.LEVEL, Better.LESS, 0.0, 1.0, 0.0),
        (Kind.INDEX, Better.MORE, 120.0, 133.4, 111.17),
        (Kind.GROWTH, Better.MORE, 0.0, 33.4, 133.4),
        (Kind.GROWTH, Better.MORE, 10.0, -12.0, 80.0),
    ],
)
def test_known_executions(
    kind: Kind, better: Better, plan: float, fact: float, done: float
) -> None:
    assert execution(kind, better, plan, fact) == pytest.approx(done, abs=0.01)


def test_what_the_calendar_wants_of_the_years_plan() -> None:
    half = Period(2026, 6)
    assert expected(Kind.VOLUME, half, None, 70.0) == 35.0
    assert expected(Kind.LEVEL, half, 41.0, 42.0) == 41.5
    assert expected(Kind.LEVEL, half, None, 42.0) is None
    assert expected(Kind.INDEX, half, None, 110.0) == 110.0


@given(kinds, figures)
def test_nothing_is_below_nothing(kind: Kind, value: float) -> None:
    assert fits(kind, value)
    assert fits(kind, -value - 0.5) == (kind is Kind.GROWTH and value < 99.5)


@pytest.mark.parametrize(
    ("kind", "percent", "value", "last", "asked"),
    [
        (Kind.LEVEL, True, 140.0, 41.8, True),
        (Kind.LEVEL, True, 100.0, 99.0, False),
        (Kind.INDEX, True, 140.0, 133.4, False),
        (Kind.LEVEL, False, 8_854_850.0, 885_485.0, True),
        (Kind.LEVEL, False, 4.18, 41.8, True),
        (Kind.LEVEL, False, 900_000.0, 885_485.0, False),
        (Kind.VOLUME, False, 9.0, 60.0, False),  # a new year begins from nothing
    ],
)
def test_what_is_asked_again(
    kind: Kind, percent: bool, value: float, last: float, asked: bool
) -> None:
    assert is_doubtful(kind, percent=percent, value=value, before=last) is asked


def test_the_articles_share_of_sportsmen_gets_better() -> None:
    points = [Point(Period(2024, 12), None, 41.1), Point(Period(2025, 4), None, 41.6)]
    rules = Rules(Kind.LEVEL, Better.MORE, Frequency.MONTH, None, 10)
    stands = standing(rules, points, date(2025, 5, 20))
    assert (stands.trend, stands.behind, stands.stalled) == (Trend.BETTER, False, False)
    # January to March were never told, but what is told of April counts from January.
    assert stands.awaited == ()


def test_behind_its_plan_and_how_often_in_a_row() -> None:
    points = [q(1, 41.5, 41.5), q(2, 41.8, 41.6), q(3, 42.0, 41.7), q(4, 42.5)]
    stands = standing(QUARTERS, points, TODAY)
    assert (stands.missed, stands.behind, stands.awaited, stands.late) == (2, True, (), 0)
    assert stands.execution == pytest.approx(99.29, abs=0.01)


def test_a_volume_that_only_creeps_is_behind_the_calendar() -> None:
    rules = Rules(Kind.VOLUME, Better.MORE, Frequency.QUARTER, None, 10)
    stands = standing(rules, [q(4, 70.0), q(2, None, 20.0)], date(2026, 7, 5))
    assert stands.pace == pytest.approx(57.14, abs=0.01)
    assert stands.behind


def test_stalled_when_three_facts_bring_nothing_better() -> None:
    still = [q(1, None, 41.5), q(2, None, 41.5), q(3, None, 41.4), q(4, 42.0)]
    assert standing(QUARTERS, still, TODAY).stalled
    assert not standing(QUARTERS, [*still[:2], q(3, None, 41.6)], TODAY).stalled
    assert not standing(QUARTERS, [*still[:3], q(4, 41.0)], TODAY).stalled  # reached already


def test_what_is_awaited_and_late() -> None:
    points = [q(1, 41.5, 41.5), q(2, 41.8)]
    assert standing(QUARTERS, [q(2, 41.8)], TODAY).awaited == (Period(2026, 9), Period(2026, 6))
    on_the_day = standing(QUARTERS, points, date(2026, 10, 10))
    assert on_the_day.awaited == (Period(2026, 9), Period(2026, 6))
    assert on_the_day.late == 1
    assert standing(QUARTERS, points, date(2026, 10, 11)).late == 2
    assert due_on(QUARTERS, Period(2026, 9)) == date(2026, 10, 10)
    assert next_report(QUARTERS, points, TODAY) == Period(2026, 6)
    assert next_report(QUARTERS, [q(3, None, 41.7)], TODAY) == Period(2026, 12)


def test_without_figures_there_is_nothing_to_say() -> None:
    stands = standing(QUARTERS, [], TODAY)
    assert (stands.last, stands.execution, stands.pace, stands.trend) == (None, None, None, None)
    assert stands.awaited == (Period(2026, 9),)


@given(
    betters,
    st.lists(
        st.tuples(st.integers(0, 20), figures, figures), max_size=12, unique_by=lambda r: r[0]
    ),
)
def test_missed_in_a_row_as_counted_by_hand(
    better: Better, rows: list[tuple[int, float, float]]
) -> None:
    rules = Rules(Kind.LEVEL, better, Frequency.QUARTER, None, 10)
    points = [Point(of_index(2020 * 12 + 2 + 3 * n), plan, fact) for n, plan, fact in rows]
    row = ["x" if reached(better, plan, fact) else "." for _, plan, fact in sorted(rows)]
    by_hand = len("".join(row).rsplit("x", 1)[-1])
    assert standing(rules, points, TODAY).missed == by_hand


@given(st.permutations([q(1, 41.5, 41.5), q(2, 41.8, 41.6), q(3, 42.0, 41.7), q(4, 42.5)]))
def test_the_order_of_the_rows_does_not_matter(points: list[Point]) -> None:
    assert standing(QUARTERS, points, TODAY).missed == 2
