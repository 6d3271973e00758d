"""Saved lists: chosen for a draft, saved from it, renamed, deleted."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.broadcasts import showing, wizard
from handlers.broadcasts.addressing import list_screens as screens
from handlers.broadcasts.addressing.callbacks import (
    AskRemoveList,
    KeptLists,
    ListChoice,
    OpenList,
    RemoveList,
    RenameList,
    SaveList,
    SwitchList,
)
from handlers.broadcasts.addressing.steps import address, draft_of, switched, whom
from handlers.broadcasts.filters import NoCommand
from handlers.turn import Turn
from handlers.ui.i18n import N_
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, toast
from storage import broadcasts
from storage.broadcasts import saved_lists
from storage.broadcasts.reading import get
from storage.broadcasts.saved_lists import SavedList
from storage.errors import AlreadyChanged, NotPossible
from storage.rules.access import Action
from storage.rules.names import LIMIT

router = Router(name="broadcasts.addressing.lists")

ALONE = N_("It goes to groups alone; a list is of people. Choose people first.")
CANNOT = {
    "no_name": N_("A name needs letters."),
    "too_long": N_("It is too long: at most {n} characters."),
    "known": N_("There is a list of this name already."),
    "too_many": N_("There are {most} lists already: delete one first."),
    "only_groups": ALONE,
}


@router.callback_query(ListChoice.filter())
@policy(Action.BROADCAST)
async def choice(query: CallbackQuery, turn: Turn, callback_data: ListChoice) -> Screen:
    """Which lists?"""
    showing.leave_draft(turn, callback_data.id)
    return await _choice(turn, callback_data)


@router.callback_query(SwitchList.filter())
@policy(Action.BROADCAST)
async def switch(query: CallbackQuery, turn: Turn, callback_data: SwitchList) -> Screen:
    """A list more or less, among those it goes to or those it does not go to."""
    tapped = callback_data
    draft = await turn.read(get, turn.actor, tapped.id)
    there = draft.whom.not_lists if tapped.without else draft.whom.lists
    known = next((one for one in there if one.id == tapped.list_id), None)
    if known is None:  # one that was deleted may still be taken out, but not put in
        known = (await turn.read(saved_lists.one_of, turn.actor, tapped.list_id)).listed
    if tapped.without:
        wanted = replace(draft.whom, not_lists=switched(there, known))
    else:
        wanted = replace(draft.whom, lists=switched(there, known))
    again = ListChoice(id=draft.id, without=tapped.without, page=tapped.page)
    return await address(turn, draft, tapped.version, wanted, lambda turn, _: _choice(turn, again))


@router.callback_query(SaveList.filter())
@policy(Action.BROADCAST)
async def save(query: CallbackQuery, turn: Turn, callback_data: SaveList) -> Screen:
    """Under which name?"""
    draft = await draft_of(turn, callback_data.id)
    if draft.whom.only_groups:
        return toast(turn.t.plain(ALONE), alert=True)
    showing.ask_of_draft(turn, wizard.LIST_NAME, broadcast_id=draft.id)
    return await wizard.ask_list_name(turn)


@router.callback_query(RenameList.filter())
@policy(Action.BROADCAST)
async def rename(query: CallbackQuery, turn: Turn, callback_data: RenameList) -> Screen:
    """Which other name?"""
    tapped = callback_data
    one = await turn.read(saved_lists.one_of, turn.actor, tapped.list_id)
    showing.ask_of_draft(
        turn, wizard.LIST_NAME, broadcast_id=tapped.id, list_id=one.id, version=tapped.version
    )
    return await wizard.ask_list_name(turn)


@router.message(StateFilter(wizard.LIST_NAME), NoCommand())
@policy(Action.BROADCAST)
async def named(message: Message, turn: Turn) -> Screen:
    """The name, typed."""
    data, name = turn.conversation.data, message.text or ""
    number, list_id = int(data["broadcast_id"]), data.get("list_id")

    def leave(_kept: SavedList) -> None:
        turn.conversation.clear()

    try:
        if list_id is None:
            one = await turn.write_then(leave, saved_lists.save, turn.actor, number, name, turn.now)
        else:
            given = (list_id, data["version"], name, turn.now)
            one = await turn.write_then(leave, saved_lists.rename, turn.actor, *given)
    except NotPossible as no:
        mistake = turn.t(CANNOT[no.reason], n=LIMIT, most=saved_lists.MOST)
        return await wizard.ask_list_name(turn, mistake)
    except AlreadyChanged:
        turn.conversation.clear()
        return await _kept(turn, number, 0)
    if list_id is not None:
        return screens.card(turn, number, one)
    return await whom(turn, number, turn.t("✅ The list «{name}» is saved.", name=one.name))


@router.callback_query(KeptLists.filter())
@policy(Action.BROADCAST)
async def kept(query: CallbackQuery, turn: Turn, callback_data: KeptLists) -> Screen:
    """The lists to rename and delete."""
    return await _kept(turn, callback_data.id, callback_data.page)


@router.callback_query(OpenList.filter())
@policy(Action.BROADCAST)
async def open_(query: CallbackQuery, turn: Turn, callback_data: OpenList) -> Screen:
    """One of them."""
    showing.leave_draft(turn, callback_data.id)
    one = await turn.read(saved_lists.one_of, turn.actor, callback_data.list_id)
    return screens.card(turn, callback_data.id, one)


@router.callback_query(AskRemoveList.filter())
@policy(Action.BROADCAST)
async def ask_remove(query: CallbackQuery, turn: Turn, callback_data: AskRemoveList) -> Screen:
    """Shall it be deleted?"""
    one = await turn.read(saved_lists.one_of, turn.actor, callback_data.list_id)
    return screens.removing(turn, callback_data.id, one)


@router.callback_query(RemoveList.filter())
@policy(Action.BROADCAST)
async def remove(query: CallbackQuery, turn: Turn, callback_data: RemoveList) -> Screen:
    """It is deleted."""
    tapped = callback_data
    try:
        await turn.write(saved_lists.remove, turn.actor, tapped.list_id, tapped.version, turn.now)
    except AlreadyChanged:
        one = await turn.read(saved_lists.one_of, turn.actor, tapped.list_id)
        return screens.removing(turn, tapped.id, one)
    word = turn.t.plain("The list is deleted. Drafts that use it keep it.")
    return replace(await _kept(turn, tapped.id, 0), toast=word)


async def _choice(turn: Turn, at: ListChoice) -> Screen:
    await draft_of(turn, at.id)
    shown = await turn.read(broadcasts.preview, turn.actor, at.id, turn.today)
    offered = await turn.read(saved_lists.every, turn.actor)
    return screens.choice(turn, shown, offered, at)


async def _kept(turn: Turn, number: int, page: int) -> Screen:
    return screens.kept(turn, number, await turn.read(saved_lists.every, turn.actor), page)
