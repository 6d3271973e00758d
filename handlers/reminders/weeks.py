"""What comes by itself on a morning: the week of whoever carries items, a secretary's card."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from handlers.notices import Recipient, Renderer, actor_of
from handlers.reminders import indicator_facts, roadmap_items
from handlers.reminders.reminded import Subject
from handlers.roadmap import words
from handlers.roadmap.callbacks import BranchRoadmap, OpenItem
from handlers.status.words import COUNTERS
from handlers.ui import nav, paging
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Row, Screen, column, lines
from storage.roadmap import Item, Which, escalating, morning, weekly
from storage.roadmap.morning import Morning
from storage.roadmap.weekly import Week
from storage.rules.access import Action, may

OVERDUE = N_("⚠️ <b>Under control and overdue, calendar days: {days} or more</b>")


def _week(tx: Connection, to: Recipient, _params: dict[str, Any]) -> Screen | None:
    """What lies before the person; None when all of it is done by now."""
    actor = actor_of(tx, to)
    if actor is None or not may(actor, Action.CARRY_ITEMS):
        return None
    t, week = to.t, weekly.of(tx, to.person_id, to.today)
    if not week:
        return None
    about = [roadmap_items.line_of(to, item) for item in week.items]
    about += [indicator_facts.line_of(to, one) for one in week.facts]
    about.sort(key=lambda one: one.deadline)
    shown, rest = about[: paging.PAGE], len(about) - paging.PAGE
    doors = column(Button(t.plain(of.every), of.door) for of in _subjects(week))
    return Screen(
        lines(
            t("🗓 <b>Your week</b>"),
            t("Overdue: {n}", n=len(week.overdue)) if week.overdue else None,
            t("Due in seven days: {n}", n=len(week.this)) if week.items else None,
            t("In the week after: {n}", n=len(week.next)) if week.items else None,
            t("Figures to report: {n}", n=len(week.facts)) if week.facts else None,
            *(one.line for one in shown),
            t("And more in the list: {n}", n=rest) if rest > 0 else None,
        ),
        rows=(*column(one.button for one in shown), *doors, nav.exits(t)),
    )


def _subjects(week: Week) -> list[Subject]:
    found = ((week.items, roadmap_items.SUBJECT), (week.facts, indicator_facts.SUBJECT))
    return [subject for held, subject in found if held]


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
            *(lines(roadmap_items.line(to, item), item.executor) for item in shown),
            t("And more in the list: {n}", n=rest) if rest > 0 else None,
        ),
        rows=(
            *_buttons(to, shown),
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


def _buttons(to: Recipient, items: Sequence[Item]) -> tuple[Row, ...]:
    return column(
        Button(words.label(to.t, item, to.today), OpenItem(id=item.id, branch=True))
        for item in items
    )


RENDERERS: dict[str, Renderer] = {
    weekly.KIND: _week,
    escalating.KIND: _overdue,
    morning.KIND: _morning,
}
