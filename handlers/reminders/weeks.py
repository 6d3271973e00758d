"""What comes by itself on a morning: the week of whoever carries items, a secretary's card."""

from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.notices import Recipient, Renderer, actor_of
from handlers.roadmap import words
from handlers.roadmap.callbacks import BranchRoadmap, MyRoadmap, OpenItem
from handlers.status.words import COUNTERS
from handlers.ui import dates, nav, paging
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Screen, column, lines, shortened
from storage.roadmap import Item, Which, escalating, morning, weekly
from storage.roadmap.morning import Morning
from storage.rules.access import Action, may

OVERDUE = N_("⚠️ <b>Under control and overdue, calendar days: {days} or more</b>")
IN_LINE = 60  # characters of a title


def _week(tx: Connection, to: Recipient, _params: dict[str, Any]) -> Screen | None:
    """What lies before the person; None when all of it is done by now."""
    actor = actor_of(tx, to)
    if actor is None or not may(actor, Action.CARRY_ITEMS):
        return None
    t, week = to.t, weekly.of(tx, to.person_id, to.today)
    if not week.items:
        return None
    shown, rest = week.items[: paging.PAGE], len(week.items) - paging.PAGE
    return Screen(
        lines(
            t("🗓 <b>Your week</b>"),
            t("Overdue: {n}", n=len(week.overdue)) if week.overdue else None,
            t("Due in seven days: {n}", n=len(week.this)),
            t("In the week after: {n}", n=len(week.next)),
            *(_line(to, item) for item in shown),
            t("And more in the list: {n}", n=rest) if rest > 0 else None,
        ),
        rows=(
            *_buttons(to, shown, branch=False),
            (Button(t.plain("All my items"), MyRoadmap()),),
            nav.exits(t),
        ),
    )


def _overdue(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    """What is long overdue in one's branches; None when all was done meanwhile."""
    actor = actor_of(tx, to)
    if actor is None:
        return None
    t, found = to.t, escalating.overdue_still(tx, actor, params["items"], to.today)
    if not found:
        return None
    shown, rest = found[: paging.PAGE], len(found) - paging.PAGE
    return Screen(
        lines(
            t(OVERDUE, days=int(params["days"])),
            *(lines(_line(to, item), item.executor) for item in shown),
            t("And more in the list: {n}", n=rest) if rest > 0 else None,
        ),
        rows=(
            *_buttons(to, tuple(shown), branch=True),
            nav.exits(t, BranchRoadmap(which=Which.OVERDUE)),
        ),
    )


def _morning(tx: Connection, to: Recipient, _params: dict[str, Any]) -> Screen | None:
    """The card; None when there is nothing to look at."""
    actor = actor_of(tx, to)
    if actor is None or not may(actor, Action.MANAGE_ROADMAP):
        return None
    numbers = morning.of(tx, actor, to.now, to.today)
    return morning_card(to, numbers) if numbers else None


def morning_card(to: Recipient, numbers: Morning) -> Screen:
    """The numbers of a secretary's morning, with the ways to what they count."""
    t = to.t
    counted = (
        (t("Due in seven days: {n}", n=numbers.due), numbers.due),
        (t("Overdue: {n}", n=numbers.overdue), numbers.overdue),
        (t("⏳ Reports to check: {n}", n=numbers.to_check), numbers.to_check),
        (t("📅 Later deadlines asked for: {n}", n=numbers.asked), numbers.asked),
        (t("⚠️ Messages that did not arrive: {n}", n=numbers.failed), numbers.failed),
        (t("⚠️ Minutes not signed: {n}", n=numbers.minutes), numbers.minutes),
    )
    wrong = [t(COUNTERS[name], n=n) for name, n in numbers.zero.items() if n]
    return Screen(
        lines(
            t("☀️ <b>Your morning</b>"),
            *(line for line, n in counted if n),
            *wrong,
            None if numbers else t("Nothing waits for you this morning."),
        ),
        rows=(
            (
                Button(t.plain("Overdue items"), BranchRoadmap(which=Which.OVERDUE)),
                Button(t.plain("To check"), BranchRoadmap(which=Which.TO_CHECK)),
            ),
            nav.exits(t),
        ),
    )


def _line(to: Recipient, item: Item) -> Markup:
    return Markup("№ {} {} · <b>{}</b>").format(
        item.number,
        shortened(to.t.pick(item.title_kk, item.title_ru), IN_LINE),
        dates.days_left(to.t, item.deadline, to.today),
    )


def _buttons(to: Recipient, items: tuple[Item, ...], *, branch: bool) -> tuple[Any, ...]:
    return column(
        Button(words.label(to.t, item, to.today), OpenItem(id=item.id, branch=branch))
        for item in items
    )


RENDERERS: dict[str, Renderer] = {
    weekly.KIND: _week,
    escalating.KIND: _overdue,
    morning.KIND: _morning,
}
