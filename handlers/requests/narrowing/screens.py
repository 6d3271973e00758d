"""The screen of the filters, what may be chosen, and what is chosen in words."""

from collections.abc import Sequence

from markupsafe import Markup

from handlers.requests import words
from handlers.requests.callbacks import RequestList
from handlers.requests.narrowing.callbacks import (
    Choose,
    ClearFilters,
    Narrow,
    OpenFilters,
    TypePeriod,
)
from handlers.requests.narrowing.kept import DAYS, MONTH, PERIODS, QUARTER, WEEK, Kept
from handlers.turn import Turn
from handlers.ui import dates, nav, paging, wizard
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage.requests import Counts
from storage.requests.narrowing import Named
from storage.rules.waiting import WaitsFor

PERIOD_NAMES = {
    WEEK: N_("This week (filter)"),
    MONTH: N_("This month (filter)"),
    QUARTER: N_("This quarter (filter)"),
}
CHOICES = {
    "branch": N_("Branch (filter)"),
    "category": N_("Category (filter)"),
    "place": N_("Place (filter)"),
}
QUESTIONS = {
    "branch": N_("Requests of which branch?"),
    "category": N_("Requests about what?"),
    "place": N_("Requests from where? Choose, or type the name."),
}
NAME_SHOWN = 28  # characters of a name on a button


def show(turn: Turn, which: str, kept: Kept, named: dict[str, Named], counts: Counts) -> Screen:
    """All filters at once; what is chosen has a dot."""
    t = turn.t
    rows: list[Row] = [
        (_chip(turn, which, t.plain("My own (filter)"), "mine", "1", chosen=kept.mine),),
        *(_halves(_waits(turn, which, kept))),
        tuple(_period(turn, which, kept)),
        *((_choice(turn, which, part, kept, named),) for part in CHOICES),
    ]
    if kept != Kept():
        rows.append((Button(t.plain("🧹 Clear the filters"), ClearFilters(which=which)),))
    rows.append((Button(t.plain("Show the requests"), RequestList(which=which)),))
    return Screen(
        lines(
            t("⚙️ <b>Filters of requests</b>"),
            t("They work together, for the Excel file too."),
            said(turn, kept, named),
            t(
                "Found: open {open}, overdue {overdue}, closed {closed}",
                open=words.many(counts.open),
                overdue=words.many(counts.overdue),
                closed=words.many(counts.closed),
            ),
        ),
        rows=(*rows, nav.exits(t, RequestList(which=which))),
    )


def said(turn: Turn, kept: Kept, named: dict[str, Named]) -> Markup | None:
    """What the list is narrowed by, in a line; None when by nothing."""
    t = turn.t
    parts = [t.plain("My own (filter)")] if kept.mine else []
    parts += [words.waits(t, WaitsFor(kept.waits))] if kept.waits else []
    parts += [t.pick(*names) for names in named.values()]
    parts += [kept.place] if kept.place else []
    if days := kept.days(turn.today):
        first, last = (dates.short_day(t, day, turn.today) for day in days)
        parts.append(first if first == last else f"{first} – {last}")
    return t("Filter: {what}", what=" · ".join(parts)) if parts else None


def choose(
    turn: Turn, which: str, part: str, found: Sequence[tuple[str, str]], page: int
) -> Screen:
    """A page of the values (value, name) that ``part`` may have."""
    t, page = turn.t, paging.clamp(page, len(found))
    buttons = [
        Button(name, Narrow(which=which, part=part, value=value))
        for value, name in found[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    turned = paging.rows(
        t, buttons, page, len(found), lambda to: Choose(which=which, part=part, page=to)
    )
    whatever = Button(t.plain("Whatever it is (filter)"), Narrow(which=which, part=part))
    return Screen(
        t(QUESTIONS[part]), rows=(*turned, (whatever,), nav.exits(t, OpenFilters(which=which)))
    )


def period_step(turn: Turn, mistake: Markup | None = None) -> Screen:
    """Which days."""
    t = turn.t
    hint = t("For example: 01.10.2026 – 31.10.2026")
    return wizard.step(t, 1, 1, t("From which day to which?"), hint=hint, mistake=mistake)


def _waits(turn: Turn, which: str, kept: Kept) -> list[Button]:
    return [
        _chip(turn, which, words.waits(turn.t, one), "waits", one, chosen=kept.waits == one)
        for one in WaitsFor
    ]


def _period(turn: Turn, which: str, kept: Kept) -> list[Button]:
    t = turn.t
    chips = [
        _chip(turn, which, t.plain(PERIOD_NAMES[one]), "period", one, chosen=kept.period == one)
        for one in PERIODS
    ]
    dot = "• " if kept.period == DAYS else ""
    return [*chips, Button(dot + t.plain("Days (filter)"), TypePeriod(which=which))]


def _choice(turn: Turn, which: str, part: str, kept: Kept, named: dict[str, Named]) -> Button:
    t = turn.t
    names = named.get("settlement" if part == "place" else part)
    name = t.pick(*names) if names else (kept.place if part == "place" else None)
    whatever = t.plain("whatever it is (filter)")
    label = f"{t.plain(CHOICES[part])}: {shortened(name, NAME_SHOWN) if name else whatever}"
    return Button(("• " if name else "") + label, Choose(which=which, part=part))


def _chip(turn: Turn, which: str, label: str, part: str, value: str, *, chosen: bool) -> Button:
    return Button(("• " if chosen else "") + label, Narrow(which=which, part=part, value=value))


def _halves(buttons: Sequence[Button]) -> list[Row]:
    return [tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2)]
