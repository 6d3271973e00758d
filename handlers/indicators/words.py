"""What is said of an indicator: its periods, its figures, how it stands."""

from datetime import date

from babel.dates import format_date
from markupsafe import Markup

from handlers.ui import amounts, dates
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import shortened
from storage.indicators import Indicator, Seen
from storage.rules.indicator_measures import Better, Kind
from storage.rules.indicator_standing import Standing, Trend, due_on, next_report
from storage.rules.reporting_periods import MONTHS, Frequency, Period

NAME = 200  # characters in a card
LABEL = 48  # and on a button

KINDS = {
    Kind.LEVEL: N_("Level: how much there is at the period's end"),
    Kind.VOLUME: N_("Volume: how much came together since January"),
    Kind.INDEX: N_("Index: percent of last year's same months"),
    Kind.GROWTH: N_("Growth: percent more than a year before"),
}
BETTERS = {Better.MORE: N_("More is better"), Better.LESS: N_("Less is better")}
FREQUENCIES = {
    Frequency.MONTH: N_("Every month"),
    Frequency.QUARTER: N_("Every quarter"),
    Frequency.HALF_YEAR: N_("Every half-year"),
    Frequency.YEAR: N_("Every year"),
}
TRENDS = {
    Trend.BETTER: N_("↗ getting better"),
    Trend.WORSE: N_("↘ getting worse"),
    Trend.FLAT: N_("→ hardly changing"),
}


def period(t: Translator, one: Period) -> str:
    """«2026 ж. қаңтар–қыркүйек», «январь–сентябрь 2026 г.», «2026 жыл»."""
    if one.month == MONTHS:
        return t.plain("the year {year}", year=one.year)
    # By itself a month is written with a capital in Kazakh: here it stands in a sentence.
    pattern = "MMMM" if t.language == "kk" else "LLLL"
    first, last = (
        format_date(date(one.year, month, 1), pattern, locale=dates.locale_of(t))
        for month in (1, one.month)
    )
    months = first if one.month == 1 else f"{first}–{last}"
    return t.plain("{months} of {year}", months=months, year=one.year)


def figure(t: Translator, one: Indicator, value: float | None) -> str:
    """A figure with its unit; a dash for none."""
    if value is None:
        return "–"
    return f"{amounts.shown(value)} {t.pick(one.unit_kk, one.unit_ru)}".strip()


def percent(value: float | None) -> str:
    """«99,5 %»"""
    return "–" if value is None else f"{amounts.shown(round(value, 1))} %"


def name(t: Translator, one: Indicator, limit: int = NAME) -> str:
    """What it is called."""
    return shortened(t.pick(one.name_kk, one.name_ru), limit)


def warnings(t: Translator, stands: Standing) -> list[Markup]:
    """Why somebody should look at it, a line each."""
    return [
        line
        for line in (
            t("⚠️ The plan is missed {n} times in a row", n=stands.missed)
            if stands.missed > 1
            else None,
            t("⚠️ Behind the plan") if stands.behind and stands.missed < 2 else None,
            t("⚠️ Stalled: three reports brought nothing better") if stands.stalled else None,
            t("⚠️ Reports overdue: {n}", n=stands.late) if stands.late else None,
        )
        if line is not None
    ]


def state(t: Translator, stands: Standing) -> str:
    """The state in a word or two, for a button."""
    if stands.late:
        return t.plain("report overdue")
    if stands.missed > 1:
        return t.plain("missed {n} times", n=stands.missed)
    if stands.behind:
        return t.plain("behind (indicator)")
    if stands.stalled:
        return t.plain("stalled")
    return t.plain("no facts yet") if stands.last is None else t.plain("on plan")


def label(t: Translator, seen: Seen) -> str:
    """An indicator on a button: sign, state, last fact, name."""
    stands, one = seen.standing, seen.indicator
    sign = "⚠️" if stands.is_problem else "📈"
    fact = f" · {figure(t, one, stands.last.fact)}" if stands.last else ""
    return f"{sign} {state(t, stands)}{fact} · {name(t, one, LABEL)}"


def wanted(t: Translator, one: Indicator, today: date) -> Markup:
    """Which fact is wanted next, and by when."""
    following = next_report(one.rules, one.points, today)
    day = due_on(one.rules, following)
    return t(
        "Next report: {period}, by {date} · <b>{left}</b>",
        period=period(t, following),
        date=dates.short_day(t, day, today),
        left=dates.days_left(t, day, today),
    )
