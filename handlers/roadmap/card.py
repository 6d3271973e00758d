"""An item's card: what it is, how it stands, and what the reader may do with it now."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.roadmap import family, words
from handlers.roadmap.callbacks import (
    AcceptReport,
    ApproveExtension,
    BranchRoadmap,
    ItemEvidence,
    ItemHistory,
    MoreOfItem,
    MyRoadmap,
    RefuseExtension,
    ReturnReport,
)
from handlers.roadmap.item_callbacks import ItemDocuments
from handlers.roadmap.screens import last_report
from handlers.turn import Turn
from handlers.ui import dates, nav
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage import roadmap
from storage.errors import AlreadyChanged
from storage.roadmap import Entry, Item, State, Term, may_report, parts
from storage.roadmap.checking import may_check
from storage.roadmap.extending import Extension, asked, may_decide
from storage.roadmap.parts import Family
from storage.roadmap.records import Named
from storage.roadmap.reporting import Papers, papers_of
from storage.rules.access import Action, Actor, may

REASON = 200  # characters of a reason in a card
TOAST = 200  # Telegram's limit


@dataclass(frozen=True)
class Shown:
    """What a card shows: the item, its last report, what is asked for, papers, parts."""

    item: Item
    last: Entry | None
    extension: Extension | None
    papers: Papers
    family: Family


async def show(
    turn: Turn, item_id: int, *, branch: bool = False, toast: str | None = None
) -> Screen:
    """The card as it stands now."""
    return screen(turn, await turn.read(_read, turn.actor, item_id), branch=branch, toast=toast)


async def stale(turn: Turn, item_id: int, change: AlreadyChanged | None = None) -> Screen:
    """The item as it is now, with a word on who changed it."""
    return await show(turn, item_id, toast=told(turn, change)[:TOAST])


def told(turn: Turn, change: AlreadyChanged | None) -> str:
    """Who was first, and when."""
    if change is None or change.by is None or change.at is None:
        return turn.t.plain("It was changed meanwhile. Here is how it stands now.")
    at = change.at.astimezone(turn.zone)
    return turn.t.plain("{name} changed it at {time}.", name=change.by, time=f"{at:%H:%M}")


def screen(turn: Turn, shown: Shown, *, branch: bool = False, toast: str | None = None) -> Screen:
    """The card."""
    t, item = turn.t, shown.item
    completion = t.pick(item.completion_kk, item.completion_ru)
    direction = t.pick(item.direction_kk, item.direction_ru)
    return Screen(
        lines(
            words.heading(t, item),
            t("Direction: {name}", name=direction) if direction else None,
            t("Territory: {name}", name=t.pick(item.branch_kk, item.branch_ru)),
            t("Object of control: {name}", name=item.object) if item.object else None,
            t("Form of completion: {name}", name=completion) if completion else None,
            *_people(turn, item),
            t("Indicator: {name}", name=item.indicator) if item.indicator else None,
            t("Funding: {text}", text=item.funding) if item.funding else None,
            words.source(t, item),
            *family.said(turn, shown.family),
            _due(turn, item),
            t("State now: {state}", state=words.state_of(t, item.state)),
            _check(turn, item),
            last_report(turn, shown.last) if shown.last else None,
            _asked(turn, shown.extension) if shown.extension else None,
        ),
        rows=(*_doing(turn, shown), *_looking(turn, shown, branch=branch)),
        toast=toast,
    )


def _read(tx: Connection, actor: Actor, item_id: int) -> Shown:
    item = roadmap.get(tx, actor, item_id)
    last = roadmap.last_report(tx, item_id)
    extension = asked(tx, item_id) if item.extension_asked else None
    return Shown(item, last, extension, papers_of(tx, item_id), parts.around(tx, actor, item))


def _people(turn: Turn, item: Item) -> tuple[Markup | None, ...]:
    t = turn.t
    together = _names(item.co_executors, item.co_executor_names)
    curators = _names(item.curators, item.curator_names)
    return (
        t("Responsible body: {name}", name=item.body) if item.body else None,
        t("Executor: {name}", name=item.executor or "—"),
        t("Co-executors: {names}", names=together) if together else None,
        t("Curators: {names}", names=curators) if curators else None,
    )


def _names(known: Sequence[Named], others: str | None) -> str:
    """Those whom the bot knows, and the others."""
    return ", ".join([*(name for _, name in known), *([others] if others else [])])


def _due(turn: Turn, item: Item) -> Markup:
    said = words.deadline(turn.t, item, turn.today)
    term = words.TERMS.get(Term(item.term))
    marks = [turn.t(term) if term else None, words.times(turn.t, item)]
    return Markup(" · ").join([said, *(mark for mark in marks if mark)])


def _check(turn: Turn, item: Item) -> Markup | None:
    if item.awaits_check:
        return turn.t("⏳ The report waits to be checked.")
    if item.state is State.DONE:
        return turn.t("The report is accepted; the Bureau removes it from control.")
    return None


def _asked(turn: Turn, extension: Extension) -> Markup:
    t = turn.t
    day = dates.short_day(t, extension.to_deadline, turn.today)
    return lines(
        t("📅 Another deadline is asked for: {date}, {name}", date=day, name=extension.person),
        Markup("<i>«{}»</i>").format(shortened(extension.reason, REASON)),
    )


def _doing(turn: Turn, shown: Shown) -> tuple[Row, ...]:
    t, item = turn.t, shown.item
    its = {"id": item.id, "version": item.version}
    rows: list[Row] = []
    if may_check(turn.actor, item):
        accept = Button(t.plain("✅ Accept the report"), AcceptReport(**its))
        rows.append((accept, Button(t.plain("↩️ Return it"), ReturnReport(**its))))
    elif shown.extension and may_decide(turn.actor, item, shown.extension):
        approve = Button(t.plain("✅ Extend"), ApproveExtension(**its))
        rows.append((approve, Button(t.plain("✖️ Do not extend"), RefuseExtension(**its))))
    if _reports(turn, item):
        rows += words.report_rows(t, item)
    return tuple(rows)


def _looking(turn: Turn, shown: Shown, *, branch: bool) -> tuple[Row, ...]:
    t, item = turn.t, shown.item
    n, m = len(shown.papers.proofs), len(shown.papers.documents)
    proofs = Button(t.plain("📎 Evidence: {n}", n=n), ItemEvidence(id=item.id))
    documents = Button(t.plain("📎 Documents: {n}", n=m), ItemDocuments(id=item.id))
    history = Button(t.plain("History of the item"), ItemHistory(id=item.id, branch=branch))
    more = Button(t.plain("⋯ More on the item"), MoreOfItem(id=item.id))
    manages = may(turn.actor, Action.MANAGE_ROADMAP, item.branch_id)
    return (
        *family.row(turn, item, shown.family),
        *(((documents,),) if m else ()),
        (*((proofs,) if n else ()), history),
        *(((more,),) if manages or may_report(turn.actor, item) else ()),
        nav.exits(t, BranchRoadmap() if branch else MyRoadmap()),
    )


def _reports(turn: Turn, item: Item) -> bool:
    """Whether report buttons are of use: what is done is opened by a secretary only."""
    if item.state is State.REMOVED:
        return False
    if item.state is State.DONE:
        return may(turn.actor, Action.MANAGE_ROADMAP, item.branch_id)
    return may_report(turn.actor, item)
