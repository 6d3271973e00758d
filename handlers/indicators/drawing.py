"""The chart of an indicator: its plan, its facts and their trend over the newest periods."""

from textwrap import fill

from handlers.indicators import words
from handlers.papers import charts
from handlers.ui.i18n import Translator, translator
from storage.indicators import Indicator
from storage.rules.indicator_measures import Kind
from storage.rules.indicator_standing import trend_line
from storage.rules.reporting_periods import Period

NEWEST = 8  # periods; more names do not fit a phone
TREND_FROM = 3  # facts: through two a line goes anyway
TITLE, LINE = 110, 46  # characters


def chart(language: str, one: Indicator) -> bytes:
    """The picture in ``language``, a PNG. It takes a second: call it in a thread."""
    t = translator(language)
    shown = one.values[-NEWEST:]
    unit = t.pick(one.unit_kk, one.unit_ru)
    title = fill(f"{words.name(t, one, TITLE)}, {unit}", LINE)
    return charts.course(
        title,
        [short(t, value.period) for value in shown],
        (t.plain("Plan (chart)"), [value.plan for value in shown]),
        (t.plain("Fact (chart)"), [value.fact for value in shown]),
        (t.plain("Trend (chart)"), _trend(one, [value.period for value in shown])),
        # What comes together since January begins anew each year: no fall.
        [value.period.year for value in shown] if one.kind is Kind.VOLUME else None,
    )


def short(t: Translator, period: Period) -> str:
    """A period under a chart: «09.2026», the whole year as «2026»."""
    return f"{period.year}" if period.month == 12 else f"{period.month:02}.{period.year}"


def _trend(one: Indicator, periods: list[Period]) -> list[float | None]:
    line = trend_line(one.rules, one.points)
    if line is None or sum(value.fact is not None for value in one.values) < TREND_FROM:
        return [None for _ in periods]
    slope, start = line
    # What comes together since January has a monthly average as its trend.
    months = [period.month if one.kind is Kind.VOLUME else 1 for period in periods]
    return [(start + slope * period.index) * n for period, n in zip(periods, months, strict=True)]
