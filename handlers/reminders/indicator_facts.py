"""Figures of indicators that are to be reported, reminded of with the way to report them."""

from datetime import date
from functools import partial
from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.indicators import words
from handlers.indicators.callbacks import ChoosePeriod, Indicators, OpenIndicator, SnoozeFact
from handlers.notices import Recipient
from handlers.reminders.reminded import Line, Reminded, Subject, reminded
from handlers.ui import dates, nav
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Screen, lines, shortened
from storage.indicators import Indicator, Which, reminding

LABEL = 60  # characters of a button


def _current(tx: Connection, to: Recipient, params: list[dict[str, Any]]) -> list[Reminded]:
    by_id = {int(one["item_id"]): one for one in params}
    return [
        reminded(to, line_of(to, one), by_id[one.id], partial(_alone, to, one))
        for one in reminding.awaited(tx, to.person_id, list(by_id))
        if date.fromisoformat(by_id[one.id]["deadline"]) == reminding.wanted_on(one, to.today)
    ]


def line_of(to: Recipient, one: Indicator) -> Line:
    """An indicator of a digest: a tap reports its figure."""
    t, day = to.t, reminding.wanted_on(one, to.today)
    name, left = words.name(t, one, words.LABEL), dates.days_left(t, day, to.today)
    report = ChoosePeriod(id=one.id, version=one.version)
    button = Button(shortened(f"📈 {left.unescape()} · {name}", LABEL), report)
    return Line(day, Markup("📈 {} · <b>{}</b>").format(name, left), button)


def _alone(to: Recipient, one: Indicator, *, late: bool) -> Screen:
    t, report = to.t, ChoosePeriod(id=one.id, version=one.version)
    return Screen(
        lines(
            t("⏰ <b>A reminder that comes late: figure of an indicator</b>")
            if late
            else t("⏰ <b>Reminder: figure of an indicator</b>"),
            Markup("📈 {}").format(words.name(t, one)),
            words.wanted(t, one, to.today),
        ),
        rows=(
            (Button(t.plain("✍️ Report the fact"), report),),
            (Button(t.plain("⏰ Remind me later"), SnoozeFact(id=one.id)),),
            (Button(t.plain("Open the indicator"), OpenIndicator(id=one.id)),),
            nav.exits(t),
        ),
    )


SUBJECT = Subject(
    _current,
    N_("⏰ <b>Reminder: figures of indicators: {n}</b>"),
    N_("Tap an indicator to report its figure."),
    N_("All my indicators"),
    N_("figures of indicators: {n}"),
    Indicators(which=Which.MINE),
)
