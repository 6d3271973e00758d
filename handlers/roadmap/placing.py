"""An item's territory and its kind, chosen anew."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.roadmap import card, editing, words
from handlers.roadmap.item_callbacks import EditItem, MakeKind, PlaceItem
from handlers.turn import Turn
from handlers.ui import nav, paging
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, column, lines
from storage import branches
from storage.roadmap import Item, placing
from storage.roadmap.steps import managed
from storage.rules.access import Action

router = Router(name="roadmap.placing")


@router.callback_query(PlaceItem.filter())
@policy(Action.MANAGE_ROADMAP)
async def place(query: CallbackQuery, turn: Turn, callback_data: PlaceItem) -> Screen:
    """Its territory: one of those that one looks after."""
    of = callback_data
    item = await turn.read(managed, turn.actor, of.id)
    if item.version != of.version:
        return await card.stale(turn, item.id)
    if not of.branch:
        return await _territories(turn, item, of)
    given = (of.id, of.version, of.branch, turn.t.language, turn.now, turn.zone)
    done = await editing.tried(turn, placing.put_into, *given)
    screen = await editing.after(turn, of.id, done)
    if done.result and item.executor_id and not done.result.executor_id:
        word = turn.t.plain("Its executor may carry nothing there: choose another one.")
        return replace(screen, toast=word)
    return screen


@router.callback_query(MakeKind.filter())
@policy(Action.MANAGE_ROADMAP)
async def make(query: CallbackQuery, turn: Turn, callback_data: MakeKind) -> Screen:
    """Its kind."""
    t, of = turn.t, callback_data
    item = await turn.read(managed, turn.actor, of.id)
    if item.version != of.version:
        return await card.stale(turn, item.id)
    if of.kind:
        given = (of.id, of.version, of.kind, turn.now, turn.zone)
        return await editing.after(turn, of.id, await editing.tried(turn, placing.make, *given))
    buttons = [
        Button(
            ("• " if kind is item.kind else "") + t.plain(name),
            of.model_copy(update={"kind": kind}),
        )
        for kind, name in words.KINDS.items()
    ]
    return Screen(
        lines(words.heading(t, item), t("Which kind is the item of?")),
        rows=(*column(buttons), nav.exits(t, EditItem(id=item.id))),
    )


async def _territories(turn: Turn, item: Item, of: PlaceItem) -> Screen:
    t = turn.t
    reach = await turn.read(branches.within, turn.actor, Action.MANAGE_ROADMAP)
    page = paging.clamp(of.page, len(reach))
    buttons = [
        Button(
            ("• " if one.id == item.branch_id else "") + t.pick(one.name_kk, one.name_ru),
            of.model_copy(update={"branch": one.id}),
        )
        for one in reach[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    turned = paging.rows(
        t, buttons, page, len(reach), lambda to: of.model_copy(update={"page": to})
    )
    return Screen(
        lines(words.heading(t, item), t("Which territory is the item of?")),
        rows=(*turned, nav.exits(t, EditItem(id=item.id))),
    )
