"""What a figure says beside its plan: how far it is carried out, and whether it keeps pace."""

from enum import StrEnum

from storage.rules.reporting_periods import Period

WHOLE = 100.0  # percent
MOST = 1e12  # of any figure: more is a slip
JUMP = 3.0  # times more or less than last time: asked again


class Kind(StrEnum):
    """What a figure measures, each counted at the end of its period."""

    LEVEL = "level"  # how much there is: a share, a number of schools
    VOLUME = "volume"  # what has come together since January: tenge, tonnes
    INDEX = "index"  # percent of the same months of last year: 133,4
    GROWTH = "growth"  # percent more than in the same months of last year: 33,4


class Better(StrEnum):
    """Which way a figure should go."""

    MORE = "more"
    LESS = "less"


def fits(kind: Kind, value: float) -> bool:
    """Whether a figure of ``kind`` can be ``value`` at all: nothing shrinks by all there is."""
    return (value > -WHOLE if kind is Kind.GROWTH else value >= 0) and abs(value) <= MOST


def reached(better: Better, plan: float, fact: float) -> bool:
    """Whether the fact is as good as the plan."""
    return fact >= plan if better is Better.MORE else fact <= plan


def execution(kind: Kind, better: Better, plan: float, fact: float) -> float:
    """How far the plan is carried out, in percent: 100 or more exactly when it is reached.

    Where less is better, what lies above the plan is missing: 200 − fact / plan, never below 0.
    Growth is compared as an index (a plan of 0 % is «as much as last year»).
    """
    if kind is Kind.GROWTH:
        plan, fact = plan + WHOLE, fact + WHOLE
    if plan == 0:
        return WHOLE if reached(better, plan, fact) else 0.0
    done = fact * WHOLE / plan
    return done if better is Better.MORE else max(0.0, 2 * WHOLE - done)


def expected(kind: Kind, period: Period, base: float | None, year_plan: float) -> float | None:
    """What the plan of the year means for ``period``, evenly over the months.

    A level starts from ``base``, that of the year before; None when nobody knows it. An index and
    a growth are compared with the same months of last year, so the year's plan holds each month.
    """
    if kind is Kind.VOLUME:
        return year_plan * period.share
    if kind is Kind.LEVEL:
        return None if base is None else base + (year_plan - base) * period.share
    return year_plan


def is_doubtful(kind: Kind, *, percent: bool, value: float, before: float | None) -> bool:
    """Whether ``value`` is asked again: a share above the whole, or a leap since ``before``."""
    if kind is Kind.LEVEL and percent and value > WHOLE:
        return True
    if before is None or kind in (Kind.GROWTH, Kind.VOLUME):
        return False
    return value > before * JUMP or value * JUMP < before
