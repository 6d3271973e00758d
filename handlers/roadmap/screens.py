"""Lists, the card and the history of roadmap items."""

from collections.abc import Callable, Sequence

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup

from handlers.roadmap import words
from handlers.roadmap.callbacks import BranchRoadmap, ItemHistory, MyRoadmap, OpenItem
from handlers.turn import Turn
from handlers.ui import dates, nav, paging
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Row, Screen, lines, shortened
from storage.roadmap import Entry, Item, ListedItem, Page, State, Which, may_report
from storage.rules.access import Action, may

COMMENT = 300  # characters of a comment in a card
IN_HISTORY = 120

FILTERS = {
    Which.OVERDUE: N_("Overdue items"),
    Which.SOON: N_("Due within 14 days"),
    Which.ALL: N_("All roadmap items"),
}
NONE_OF = {
    Which.OVERDUE: N_("Nothing is overdue here."),
    Which.SOON: N_("Nothing is due in the next 14 days."),
    Which.ALL: N_("There is no roadmap item here yet."),
}


def mine(turn: Turn, page: Page) -> Screen:
    """What one carries."""
    t = turn.t
    looks_after = may(turn.actor, Action.SEE_BRANCH_ROADMAP)
    branch: Row = (Button(t.plain("Items of the branch"), BranchRoadmap()),)
    return Screen(
        lines(
            t("🎯 <b>My roadmap items: {n}</b>", n=page.total),
            t("By deadline. Tap an item to report on it.")
            if page.total
            else t("No item is yours now. Once one is given to you, reminders will come here."),
        ),
        rows=(
            *_rows(turn, page.items, page, lambda number: MyRoadmap(page=number), branch=False),
            *((branch,) if looks_after else ()),
            nav.exits(t),
        ),
    )


def of_branch(turn: Turn, page: Page, which: Which) -> Screen:
    """What one looks after, narrowed to ``which``."""
    t = turn.t
    filters = tuple(
        Button(
            ("• " if one is which else "") + t.plain(name),
            BranchRoadmap(which=one),
        )
        for one, name in FILTERS.items()
    )
    return Screen(
        lines(
            t("🎯 <b>Items of the branch: {n}</b>", n=page.total),
            t("Shown: {filter}", filter=t(FILTERS[which])) if page.total else t(NONE_OF[which]),
        ),
        rows=(
            filters[:2],
            filters[2:],
            *_rows(
                turn,
                page.items,
                page,
                lambda number: BranchRoadmap(which=which, page=number),
                branch=True,
            ),
            nav.exits(t, MyRoadmap()),
        ),
    )


def card(
    turn: Turn,
    item: Item,
    last: Entry | None,
    *,
    branch: bool = False,
    toast: str | None = None,
) -> Screen:
    """An item; ``last`` is its last report."""
    t = turn.t
    completion = t.pick(item.completion_kk, item.completion_ru)
    reports = words.report_rows(t, item) if _reports(turn, item) else ()
    history = Button(t.plain("History of the item"), ItemHistory(id=item.id, branch=branch))
    return Screen(
        lines(
            words.heading(t, item),
            t("Direction: {name}", name=t.pick(item.direction_kk, item.direction_ru)),
            t("Territory: {name}", name=t.pick(item.branch_kk, item.branch_ru)),
            t("Form of completion: {name}", name=completion) if completion else None,
            t("Executor: {name}", name=item.executor),
            words.deadline(t, item, turn.today),
            t("State now: {state}", state=words.state_of(t, item.state)),
            _last(turn, last) if last else None,
        ),
        rows=(*reports, (history,), nav.exits(t, _back(branch=branch))),
        toast=toast,
    )


def history(turn: Turn, item: Item, entries: Sequence[Entry], *, branch: bool) -> Screen:
    """What happened to an item, newest first."""
    t = turn.t
    return Screen(
        lines(
            t("<b>History of item № {number}</b>", number=item.number),
            *(_entry(turn, entry) for entry in entries),
            None if entries else t("Nothing was reported yet."),
        ),
        rows=(nav.exits(t, OpenItem(id=item.id, branch=branch)),),
    )


def _reports(turn: Turn, item: Item) -> bool:
    """Whether report buttons are of use: what is done is opened by a secretary only."""
    if item.state is State.DONE:
        return may(turn.actor, Action.MANAGE_ROADMAP, item.branch_id)
    return may_report(turn.actor, item)


def _back(*, branch: bool) -> BranchRoadmap | MyRoadmap:
    return BranchRoadmap() if branch else MyRoadmap()


def _rows(
    turn: Turn,
    items: Sequence[ListedItem],
    page: Page,
    turn_to: Callable[[int], CallbackData],
    *,
    branch: bool,
) -> tuple[Row, ...]:
    buttons = [
        Button(words.label(turn.t, item, turn.today), OpenItem(id=item.id, branch=branch))
        for item in items
    ]
    return paging.rows(turn.t, buttons, page.number, page.total, turn_to)


def _last(turn: Turn, entry: Entry) -> Markup:
    t = turn.t
    said = t("Last report: {date}, {name}", date=_day(turn, entry), name=entry.person)
    return _with_comment(said, entry.text, COMMENT)


def _entry(turn: Turn, entry: Entry) -> Markup:
    t = turn.t
    if entry.kind == "deadline" and entry.to_deadline:
        day = dates.short_day(t, entry.to_deadline, turn.today)
        what = t("the deadline is now {date}", date=day)
    elif entry.kind == "executor":
        what = t("handed over to another executor")
    else:
        what = t(words.STATES[entry.to_state]) if entry.to_state else Markup()
    line = Markup("{} · {} · {}").format(_day(turn, entry), entry.person, what)
    return _with_comment(line, entry.text, IN_HISTORY)


def _with_comment(line: Markup, text: str | None, limit: int) -> Markup:
    if not text:
        return line
    return lines(line, Markup("<i>«{}»</i>").format(shortened(text, limit)))


def _day(turn: Turn, entry: Entry) -> str:
    return dates.short_day(turn.t, entry.at.astimezone(turn.zone).date(), turn.today)
