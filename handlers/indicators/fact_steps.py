"""The steps of reporting a fact, and why one cannot be kept."""

from markupsafe import Markup

from handlers.indicators import words
from handlers.indicators.callbacks import ChoosePeriod, FactOf, OpenIndicator, SureOfFact
from handlers.turn import Turn
from handlers.ui import nav, wizard
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Screen, column, lines
from storage.errors import NotPossible
from storage.indicators import Indicator
from storage.rules.indicator_standing import awaited_periods, due_on
from storage.rules.reporting_periods import Period

PERIODS = 6
CANNOT = {
    "period": N_("There is no such period for this indicator."),
    "future_period": N_("This period has not ended yet: its fact comes later."),
    "number": N_("This cannot be a fact here: it is below nothing, or far too much."),
    "doubtful": N_("The value is unusual: look at it once more."),
    "reason": N_("Write the reason in words."),
    "too_long": N_("It is too long."),
}


def period_step(turn: Turn, one: Indicator, mistake: Markup | None = None) -> Screen:
    """Which period: those that are awaited first, oldest first, then those to be mended."""
    t = turn.t
    awaited = list(reversed(awaited_periods(one.frequency, one.points, turn.today)))[:PERIODS]
    told = [value for value in reversed(one.values) if value.fact is not None][:3]
    late = ["⚠️ " if due_on(one.rules, period) < turn.today else "✍️ " for period in awaited]
    buttons = [
        Button(sign + words.period(t, period), _to(one, period))
        for sign, period in zip(late, awaited, strict=True)
    ]
    mended = [
        Button(
            t.plain(
                "✏️ Mend: {period} ({fact})",
                period=words.period(t, value.period),
                fact=words.figure(t, one, value.fact),
            ),
            _to(one, value.period),
        )
        for value in told
    ]
    return Screen(
        lines(
            Markup("📈 <b>{}</b>").format(words.name(t, one)),
            Markup("⚠️ {}").format(mistake) if mistake else None,
            t("Which period is the fact of?"),
        ),
        rows=(*column([*buttons, *mended]), nav.exits(t, OpenIndicator(id=one.id))),
    )


def value_step(turn: Turn, one: Indicator, period: Period, mistake: Markup | None = None) -> Screen:
    """The figure is typed."""
    t = turn.t
    value = one.at(period)
    known = [v for v in one.values if v.fact is not None and v.period < period]
    return wizard.step(
        t,
        1,
        1,
        lines(
            Markup("<b>{}</b>").format(words.name(t, one)),
            t("Fact for {period}?", period=words.period(t, period)),
            t("Plan: {plan}", plan=words.figure(t, one, value.plan))
            if value and value.plan is not None
            else None,
            t("Kept now: {fact}", fact=words.figure(t, one, value.fact))
            if value and value.fact is not None
            else None,
            t(
                "Before, {period}: {fact}",
                period=words.period(t, known[-1].period),
                fact=words.figure(t, one, known[-1].fact),
            )
            if known
            else None,
            t(words.KINDS[one.kind]),
        ),
        hint=t("A number, for example 41,8. A note may follow on the next line."),
        mistake=mistake,
        back=ChoosePeriod(id=one.id, version=one.version),
    )


def sure_step(
    turn: Turn, one: Indicator, period: Period, fact: float, mistake: Markup | None = None
) -> Screen:
    """The figure is unusual: it is asked again."""
    t = turn.t
    return wizard.step(
        t,
        1,
        1,
        lines(
            Markup("<b>{}</b>").format(words.name(t, one)),
            t("❓ Is it right: {fact}?", fact=words.figure(t, one, fact)),
            t(
                "It is unusual for {period}. Write it anew, or confirm.",
                period=words.period(t, period),
            ),
        ),
        mistake=mistake,
        rows=((Button(t.plain("✅ Yes, it is right"), SureOfFact()),),),
        back=ChoosePeriod(id=one.id, version=one.version),
    )


def reason_step(
    turn: Turn, one: Indicator, period: Period, fact: float, mistake: Markup | None = None
) -> Screen:
    """A fact that stands already is mended: why?"""
    t, before = turn.t, one.at(period)
    return wizard.step(
        t,
        1,
        1,
        lines(
            Markup("<b>{}</b>").format(words.name(t, one)),
            t(
                "{period}: {was} becomes {fact}. Why?",
                period=words.period(t, period),
                was=words.figure(t, one, before.fact if before else None),
                fact=words.figure(t, one, fact),
            ),
        ),
        hint=t("The reason stands in the history, beside both values."),
        mistake=mistake,
        back=ChoosePeriod(id=one.id, version=one.version),
    )


def why(turn: Turn, error: NotPossible) -> Markup:
    """Why it cannot be kept."""
    return turn.t(CANNOT.get(error.reason, CANNOT["number"]))


def _to(one: Indicator, period: Period) -> FactOf:
    return FactOf(id=one.id, version=one.version, year=period.year, month=period.month)
