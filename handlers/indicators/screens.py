"""The list of indicators, one of them, and its history."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.indicators import words
from handlers.indicators.callbacks import (
    AddIndicator,
    ChoosePeriod,
    IndicatorChart,
    IndicatorHistory,
    Indicators,
    KeepIndicator,
    OpenIndicator,
)
from handlers.objects.callbacks import Objects
from handlers.preparing.callbacks import Prepare
from handlers.roadmap.callbacks import MyRoadmap
from handlers.turn import Turn
from handlers.ui import amounts, dates, nav, paging
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage.indicators import Entry, Seen, Value, Which, may_report
from storage.rules.access import Action, may

LATEST = 4  # periods in a card
NOTE = 80

FILTERS = {
    Which.PROBLEM: N_("⚠️ Problems"),
    Which.MINE: N_("I report"),
    Which.ALL: N_("All indicators"),
}
NONE_OF = {
    Which.PROBLEM: N_("No indicator is behind, and no report is overdue."),
    Which.MINE: N_("No indicator is yours to report."),
    Which.ALL: N_("There is no indicator here yet."),
}
CHANGES = {
    "plan": N_("plan"),
    "fact": N_("fact"),
    "name_kk": N_("name in Kazakh"),
    "name_ru": N_("name in Russian"),
    "direction_kk": N_("direction in Kazakh"),
    "direction_ru": N_("direction in Russian"),
    "unit_kk": N_("unit in Kazakh"),
    "unit_ru": N_("unit in Russian"),
    "kind": N_("what it measures"),
    "better": N_("which way is better"),
    "frequency": N_("how often it is reported"),
    "base_value": N_("value it started from"),
    "base_year": N_("year it started from"),
    "source": N_("source of the figures"),
    "reporter_id": N_("who reports"),
    "due_days": N_("days for the report"),
}


def listing(turn: Turn, found: Sequence[Seen], which: Which, page: int) -> Screen:
    """A page of what one sees; problems come first."""
    t, page = turn.t, paging.clamp(page, len(found))
    shown = found[page * paging.PAGE : (page + 1) * paging.PAGE]
    buttons = [Button(words.label(t, one), OpenIndicator(id=one.indicator.id)) for one in shown]
    filters = tuple(
        Button(("• " if one is which else "") + t.plain(label), Indicators(which=one))
        for one, label in FILTERS.items()
    )
    around: Row = (Button(t.plain("🏗 Objects under control"), Objects()),)
    if may(turn.actor, Action.SEE_BRANCH_ROADMAP):
        around = (*around, Button(t.plain("📋 Prepare the question (button)"), Prepare()))
    add: Row = (Button(t.plain("➕ Add an indicator"), AddIndicator()),)
    return Screen(
        lines(
            t("📈 <b>Indicators: {n}</b>", n=len(found)),
            t("Shown: {filter}", filter=t(FILTERS[which])) if found else t(NONE_OF[which]),
        ),
        rows=(
            filters,
            *paging.rows(t, buttons, page, len(found), lambda to: Indicators(which=which, page=to)),
            *((add,) if may(turn.actor, Action.MANAGE_ROADMAP) else ()),
            around,
            nav.exits(t, MyRoadmap()),
        ),
    )


def card(turn: Turn, seen: Seen, said: Markup | None = None) -> Screen:
    """How one indicator stands, and what can be done; ``said`` is what has just happened."""
    t, one, stands = turn.t, seen.indicator, seen.standing
    rows: list[Row] = []
    if may_report(turn.actor, one):
        goes = ChoosePeriod(id=one.id, version=one.version)
        rows.append((Button(t.plain("✍️ Report the fact"), goes),))
    rows.append(
        (
            Button(t.plain("📊 Chart"), IndicatorChart(id=one.id)),
            Button(t.plain("History (indicator)"), IndicatorHistory(id=one.id)),
        )
    )
    if may(turn.actor, Action.MANAGE_ROADMAP, one.branch_id):
        rows.append((Button(t.plain("⚙️ Plans and details"), KeepIndicator(id=one.id)),))
    return Screen(
        lines(
            said,
            Markup("📈 <b>{}</b>").format(words.name(t, one)),
            Markup("{} · {}").format(
                t.pick(one.direction_kk, one.direction_ru), t.pick(one.branch_kk, one.branch_ru)
            ),
            *words.warnings(t, stands),
            *_measured(turn, seen),
            *(_value(turn, seen, value) for value in one.values[-LATEST:]),
            t("Reports: {name}", name=one.reporter)
            if one.reporter
            else t("Nobody reports it yet."),
            words.wanted(t, one, turn.today),
        ),
        rows=(*rows, nav.exits(t, Indicators())),
    )


def history(turn: Turn, seen: Seen, entries: Sequence[Entry]) -> Screen:
    """What was planned, reported and changed, newest first."""
    t = turn.t
    return Screen(
        lines(
            t("<b>History: {name}</b>", name=words.name(t, seen.indicator, 80)),
            *(_entry(turn, seen, one) for one in entries),
            None if entries else t("Nothing has changed yet."),
        ),
        rows=(nav.exits(t, OpenIndicator(id=seen.indicator.id)),),
    )


def _measured(turn: Turn, seen: Seen) -> list[Markup]:
    t, stands = turn.t, seen.standing
    parts = []
    if stands.execution is not None:
        parts.append(
            t("Plan carried out: <b>{percent}</b>", percent=words.percent(stands.execution))
        )
    if stands.pace is not None:
        parts.append(t("Against the calendar: {percent}", percent=words.percent(stands.pace)))
    if stands.trend is not None:
        parts.append(t("Trend: {trend}", trend=t(words.TRENDS[stands.trend])))
    return parts


def _value(turn: Turn, seen: Seen, value: Value) -> Markup:
    t, one = turn.t, seen.indicator
    said = t(
        "{period}: <b>{fact}</b>, plan {plan}",
        period=words.period(t, value.period),
        fact=words.figure(t, one, value.fact),
        plan=words.figure(t, one, value.plan),
    )
    return Markup("{} ({})").format(said, shortened(value.note, NOTE)) if value.note else said


def _entry(turn: Turn, seen: Seen, entry: Entry) -> Markup:
    t = turn.t
    day = dates.short_day(t, entry.at.astimezone(turn.zone).date(), turn.today)
    what = t(CHANGES[entry.kind]) if entry.kind in CHANGES else Markup()
    if entry.period is not None:
        was, became = (
            "–" if value is None else amounts.shown(value) for value in (entry.was, entry.became)
        )
        figures = became if entry.was is None else f"{was} → {became}"
        what = Markup("{}, {}: {}").format(words.period(t, entry.period), what, figures)
    line = Markup("{} · {} · {}").format(day, entry.person, what)
    return Markup("{}\n«{}»").format(line, shortened(entry.text, NOTE)) if entry.text else line
