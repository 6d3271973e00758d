"""What secretaries see while they keep an indicator."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from handlers.indicators import words
from handlers.indicators.callbacks import (
    AddIndicator,
    EditIndicator,
    Indicators,
    KeepIndicator,
    OpenIndicator,
    PlanOf,
    Plans,
    SetIndicator,
)
from handlers.indicators.screens import CHANGES
from handlers.turn import Turn
from handlers.ui import amounts, nav, paging, wizard
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Screen, column, lines
from storage.branches import Branch
from storage.errors import NotPossible
from storage.indicators import FIELDS, Indicator
from storage.indicators.keeping import DUE_LIMIT, TEXT_LIMIT
from storage.people import Person
from storage.rules.reporting_periods import FIRST_YEAR, LAST_YEAR, Period, of_year

LINES = 5  # of a new indicator
CHOICES: dict[str, dict[Any, str]] = {
    "kind": {**words.KINDS},
    "better": {**words.BETTERS},
    "frequency": {**words.FREQUENCIES},
}
CANNOT = {
    "has_values": N_("There are figures already: the unit and the measure stay as they are."),
    "empty": N_("Nothing was written."),
    "too_long": N_("It is too long: at most {n} characters."),
    "number": N_("This cannot be a value here: it is below nothing, or far too much."),
    "year": N_("A year from {first} to {last} is needed."),
    "days": N_("A number of days from 1 to {days} is needed."),
    "period": N_("There is no such period for this indicator."),
}
UNKNOWN = N_("This does not fit here.")


def branch_step(turn: Turn, reach: Sequence[Branch]) -> Screen:
    """In which branch a new one stands."""
    t = turn.t
    buttons = [
        Button(t.pick(one.name_kk, one.name_ru), AddIndicator(branch=one.id)) for one in reach
    ]
    return Screen(
        t("Which branch is the indicator of?"),
        rows=(*column(buttons), nav.exits(t, Indicators())),
    )


def add_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The words of a new one, in one message."""
    t = turn.t
    return wizard.step(
        t,
        1,
        1,
        lines(
            t("Write five lines in one message:"),
            t("the name in Kazakh, the name in Russian,"),
            t("the direction in Kazakh, the direction in Russian, the unit."),
        ),
        hint=lines(
            t("For example:"),
            "Спорттық инфрақұрылыммен қамтамасыз ету",
            "Обеспеченность спортивной инфраструктурой",
            "Бұқаралық спорт",
            "Массовый спорт",
            "%",
        ),
        mistake=mistake,
        back=Indicators(),
    )


def fields(turn: Turn, one: Indicator, mistake: Markup | None = None) -> Screen:
    """Everything that can be changed, and the way to the plans."""
    t = turn.t
    base = words.figure(t, one, one.base_value)
    buttons = [
        Button(
            "✏️ " + t.plain(CHANGES[name]),
            EditIndicator(id=one.id, version=one.version, field=name),
        )
        for name in FIELDS
    ]
    pairs = tuple(tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2))
    return Screen(
        lines(
            Markup("⚙️ <b>{}</b>").format(words.name(t, one)),
            Markup("⚠️ {}").format(mistake) if mistake else None,
            Markup("{} / {}").format(one.direction_kk, one.direction_ru),
            Markup("{} · {}").format(t(words.KINDS[one.kind]), t(words.BETTERS[one.better])),
            Markup("{} · {}").format(
                t(words.FREQUENCIES[one.frequency]),
                t("days for the report: {n}", n=one.due_days),
            ),
            t("Started from: {value} ({year})", value=base, year=one.base_year or "–"),
            t("Source: {name}", name=one.source) if one.source else None,
        ),
        rows=(
            (Button(t.plain("🎯 Plans by period"), Plans(id=one.id)),),
            *pairs,
            nav.exits(t, OpenIndicator(id=one.id)),
        ),
    )


def choice(turn: Turn, one: Indicator, field: str) -> Screen:
    """One of few values."""
    t = turn.t
    now = getattr(one, field)
    buttons = [
        Button(
            ("• " if code is now else "") + t.plain(msgid),
            SetIndicator(id=one.id, version=one.version, field=field, value=code.value),
        )
        for code, msgid in CHOICES[field].items()
    ]
    return Screen(
        lines(Markup("<b>{}</b>").format(words.name(t, one)), t(CHANGES[field])),
        rows=(*column(buttons), nav.exits(t, KeepIndicator(id=one.id))),
    )


def reporter(turn: Turn, one: Indicator, able: Sequence[Person], page: int) -> Screen:
    """Who reports it."""
    t, page = turn.t, paging.clamp(page, len(able))
    buttons = [
        Button(
            person.name,
            SetIndicator(id=one.id, version=one.version, field="reporter_id", value=str(person.id)),
        )
        for person in able[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]

    def turn_to(to: int) -> EditIndicator:
        return EditIndicator(id=one.id, version=one.version, field="reporter_id", page=to)

    return Screen(
        lines(Markup("<b>{}</b>").format(words.name(t, one)), t("Who reports it?")),
        rows=(
            *paging.rows(t, buttons, page, len(able), turn_to),
            nav.exits(t, KeepIndicator(id=one.id)),
        ),
    )


def edit_step(turn: Turn, one: Indicator, field: str, mistake: Markup | None = None) -> Screen:
    """Another value of one field is typed."""
    t, now = turn.t, getattr(one, field)
    shown = amounts.shown(now) if isinstance(now, float) else now
    return wizard.step(
        t,
        1,
        1,
        lines(
            Markup("<b>{}</b>").format(words.name(t, one)),
            t("Write anew: {field}", field=t(CHANGES[field])),
            t("Now it is: {text}", text="–" if shown is None else shown),
        ),
        hint=t("In one message, at most {n} characters.", n=TEXT_LIMIT),
        mistake=mistake,
        back=KeepIndicator(id=one.id),
    )


def plans(turn: Turn, one: Indicator, year: int) -> Screen:
    """The plans of a year, each a button; a year before, a year after."""
    t = turn.t
    buttons = []
    for period in of_year(one.frequency, year):
        value = one.at(period)
        plan = words.figure(t, one, value.plan if value else None)
        goes = PlanOf(id=one.id, version=one.version, year=year, month=period.month)
        buttons.append(Button(f"{words.period(t, period)}: {plan}", goes))
    arrows = []
    if year > FIRST_YEAR:
        arrows.append(Button(f"‹ {year - 1}", Plans(id=one.id, year=year - 1)))
    if year < LAST_YEAR:
        arrows.append(Button(f"{year + 1} ›", Plans(id=one.id, year=year + 1)))
    return Screen(
        lines(
            Markup("🎯 <b>{}</b>").format(words.name(t, one)),
            t("Plans of {year}: each counts from January to the period's end.", year=year),
        ),
        rows=(*column(buttons), tuple(arrows), nav.exits(t, KeepIndicator(id=one.id))),
    )


def plan_step(turn: Turn, one: Indicator, period: Period, mistake: Markup | None = None) -> Screen:
    """The plan of a period is typed."""
    t, value = turn.t, one.at(period)
    return wizard.step(
        t,
        1,
        1,
        lines(
            Markup("<b>{}</b>").format(words.name(t, one)),
            t("Plan for {period}?", period=words.period(t, period)),
            t("Now it is: {text}", text=words.figure(t, one, value.plan if value else None)),
        ),
        hint=t("A number, for example 42,5. A dash (-) takes the plan away."),
        mistake=mistake,
        back=Plans(id=one.id, year=period.year),
    )


def why(turn: Turn, error: NotPossible) -> Markup:
    """Why a value is refused."""
    said = CANNOT.get(error.reason, UNKNOWN)
    return turn.t(said, n=TEXT_LIMIT, first=FIRST_YEAR, last=LAST_YEAR, days=DUE_LIMIT)
