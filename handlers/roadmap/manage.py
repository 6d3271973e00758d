"""What else can be done with an item: one button each, by who looks at it."""

from collections.abc import Callable
from dataclasses import dataclass

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery

from handlers.meetings.papers.trying import tried_with
from handlers.roadmap import asking, card, words
from handlers.roadmap.adding_screens import UNREACHED, carrier
from handlers.roadmap.asking import REASONS
from handlers.roadmap.callbacks import (
    AskExtension,
    CarryOver,
    ItemEvidence,
    MoreOfItem,
    MoveDeadline,
    OpenItem,
    PickCarrier,
    RemoveItem,
    StartReport,
)
from handlers.roadmap.item_callbacks import EditItem
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.i18n import N_
from handlers.ui.policy import policy
from handlers.ui.screen import Attachment, Button, Screen, column, lines
from storage import roadmap
from storage.roadmap import Item, State, may_report
from storage.rules.access import Action, may

router = Router(name="roadmap.manage")

PARTS = {
    "executor": N_("Who is the executor from now on?"),
    "co_executor": N_("Who executes it together? A tap adds, another one takes away."),
    "curator": N_("Who is a curator? A tap adds, another one takes away."),
}
LINKS = 5  # of the evidence, that fit a message


@dataclass(frozen=True)
class Entry:
    """One thing that can be done: the button's text, where it goes, and whether it is open now."""

    label: str  # a msgid
    goes: Callable[[Item], CallbackData]
    shown: Callable[[Turn, Item], bool]


def _reports(turn: Turn, item: Item) -> bool:
    return may_report(turn.actor, item) and not item.is_closed


def _manages(turn: Turn, item: Item) -> bool:
    return may(turn.actor, Action.MANAGE_ROADMAP, item.branch_id) and not item.is_closed


def _removes(turn: Turn, item: Item) -> bool:
    may_remove = may(turn.actor, Action.REMOVE_FROM_CONTROL, item.branch_id)
    return may_remove and item.state is not State.REMOVED


def _picks(part: str) -> Callable[[Item], CallbackData]:
    return lambda item: PickCarrier(id=item.id, version=item.version, part=part)


def _report(state: State) -> Callable[[Item], CallbackData]:
    return lambda item: StartReport(id=item.id, version=item.version, state=state)


ENTRIES: tuple[Entry, ...] = (
    Entry(
        N_("📅 Ask for another deadline"),
        lambda item: AskExtension(id=item.id, version=item.version),
        _reports,
    ),
    *(Entry(words.STATES[state], _report(state), _reports) for state in words.RARER),
    Entry(
        N_("📅 Set another deadline"),
        lambda item: MoveDeadline(id=item.id, version=item.version),
        _manages,
    ),
    Entry(
        N_("↪️ Over to the next year"),
        lambda item: CarryOver(id=item.id, version=item.version),
        _manages,
    ),
    Entry(N_("✏️ Write the item anew"), lambda item: EditItem(id=item.id), _manages),
    Entry(N_("👤 Another executor"), _picks("executor"), _manages),
    Entry(N_("👥 Co-executors"), _picks("co_executor"), _manages),
    Entry(N_("👥 Curators"), _picks("curator"), _manages),
    Entry(
        N_("🏁 Remove from control"),
        lambda item: RemoveItem(id=item.id, version=item.version),
        _removes,
    ),
)


@router.callback_query(MoreOfItem.filter())
@policy(Action.CARRY_ITEMS)
async def more(query: CallbackQuery, turn: Turn, callback_data: MoreOfItem) -> Screen:
    """Everything else that can be done with the item now."""
    asking.leave(turn)
    t, item = turn.t, await turn.read(roadmap.get, turn.actor, callback_data.id)
    open_now = [entry for entry in ENTRIES if entry.shown(turn, item)]
    return Screen(
        lines(
            words.heading(t, item),
            words.deadline(t, item, turn.today),
            t("What else is to be done with the item?")
            if open_now
            else t("Nothing else can be done with it now."),
        ),
        rows=(
            *column(Button(t.plain(entry.label), entry.goes(item)) for entry in open_now),
            nav.exits(t, OpenItem(id=item.id)),
        ),
    )


@router.callback_query(ItemEvidence.filter())
@policy(Action.CARRY_ITEMS)
async def evidence(query: CallbackQuery, turn: Turn, callback_data: ItemEvidence) -> Screen:
    """What was sent with the reports: the files themselves, and the links."""
    t, item = turn.t, await turn.read(roadmap.get, turn.actor, callback_data.id)
    found = await turn.read(roadmap.evidence_of, turn.actor, item.id)
    links = [one.name for one in found if one.kind == "link"]
    return Screen(
        lines(
            words.heading(t, item),
            t("📎 Evidence: {n}", n=len(found)),
            *links[:LINKS],
        ),
        rows=(nav.exits(t, OpenItem(id=item.id)),),
        attachments=tuple(Attachment(one.kind, one.file_id) for one in found if one.file_id),
    )


@router.callback_query(CarryOver.filter())
@policy(Action.MANAGE_ROADMAP)
async def carry_over(query: CallbackQuery, turn: Turn, callback_data: CarryOver) -> Screen:
    """What was not done goes on next year, once that is confirmed."""
    t, of = turn.t, callback_data
    item = await turn.read(roadmap.get, turn.actor, of.id)
    if of.sure:
        given = (of.id, of.version, turn.now, turn.zone)
        done = await tried_with(turn, REASONS, roadmap.carry_over, *given)
        return await asking.after(turn, of.id, done, t.plain("It goes on next year."))
    if item.version != of.version or not _manages(turn, item):
        return await card.stale(turn, item.id)
    sure = of.model_copy(update={"sure": True})
    return Screen(
        lines(
            words.heading(t, item),
            words.deadline(t, item, turn.today),
            t("Not done this year, and due on the same day of the next one?"),
            t("It counts as a year unfulfilled. Those who carry it are told."),
        ),
        rows=(
            (Button(t.plain("↪️ Yes, carry over"), sure),),
            nav.exits(t, MoreOfItem(id=item.id)),
        ),
    )


@router.callback_query(PickCarrier.filter())
@policy(Action.MANAGE_ROADMAP)
async def pick_carrier(query: CallbackQuery, turn: Turn, callback_data: PickCarrier) -> Screen:
    """Who carries it: one is chosen, or put beside."""
    of = callback_data
    item = await turn.read(roadmap.get, turn.actor, of.id)
    if item.version != of.version or item.is_closed or of.part not in PARTS:
        return await card.stale(turn, item.id)
    if not of.person:
        return await _candidates(turn, item, of)
    if of.part == "executor":
        given = (item.id, of.version, of.person, turn.now, turn.zone)
        done = await tried_with(turn, REASONS, roadmap.hand_over, *given)
        return await asking.after(turn, item.id, done, turn.t.plain("It is handed over."))
    beside = (item.id, of.version, of.person, of.part, turn.now, turn.zone)
    done = await tried_with(turn, REASONS, roadmap.put_beside, *beside)
    now = await turn.read(roadmap.get, turn.actor, item.id)
    again = of.model_copy(update={"version": now.version, "person": 0})
    return done.on(await _candidates(turn, now, again))


async def _candidates(turn: Turn, item: Item, of: PickCarrier) -> Screen:
    t = turn.t
    found = await turn.read(roadmap.carriers, turn.actor, item.id, turn.today)
    chosen = item.curators if of.part == "curator" else item.co_executors
    marked = {item.executor_id} if of.part == "executor" else {one for one, _ in chosen}
    page = paging.clamp(of.page, len(found))

    def turned(number: int, person: int = 0) -> PickCarrier:
        return of.model_copy(update={"page": number, "person": person})

    shown = found[page * paging.PAGE : (page + 1) * paging.PAGE]
    buttons = [
        Button(("✅ " if one.id in marked else "") + carrier(one), turned(page, one.id))
        for one in shown
    ]
    unreached = None if all(one.reachable for one in shown) else t(UNREACHED)
    return Screen(
        lines(words.heading(t, item), t(PARTS[of.part]), unreached),
        rows=(
            *paging.rows(t, buttons, page, len(found), turned),
            nav.exits(t, MoreOfItem(id=item.id)),
        ),
    )
