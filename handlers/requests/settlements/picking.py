"""A settlement is picked from the branch's list: for a draft, or for a registered request."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.requests import asking, completing_steps, draft, steps, taps
from handlers.requests.cards import overtaken, read_only, show_card
from handlers.requests.settlements import callbacks
from handlers.requests.settlements.steps import place_step
from handlers.turn import Turn
from handlers.ui.i18n import Translator
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import requests
from storage.errors import AlreadyChanged, NotPossible
from storage.requests import settlements
from storage.requests.settlements import Settlement
from storage.rules import places
from storage.rules.access import Action
from storage.rules.settlements import find, rest

router = Router(name="requests.settlements.picking")


@router.callback_query(callbacks.DraftSettlements.filter())
@policy(Action.LOG_REQUESTS)
async def draft_page(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftSettlements
) -> Screen:
    """Another page of the settlements."""
    if draft.opened(turn, callback_data.draft) is None:
        return await taps.finished(turn, callback_data.draft)
    return await place_step(turn, page=callback_data.page)


@router.callback_query(callbacks.DraftSettlement.filter())
@policy(Action.LOG_REQUESTS)
async def draft_picked(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftSettlement
) -> Screen:
    """The settlement of the draft; one that was closed meanwhile is not taken."""
    current = draft.opened(turn, callback_data.draft)
    branch_id = draft.branch_of(turn, current) if current else None
    await turn.read(settlements.demand_reach, turn.actor, callback_data.id)
    if current is None or branch_id is None:
        return await taps.finished(turn, callback_data.draft)
    every = await turn.read(settlements.of_branch, branch_id)
    picked = next((one for one in every if one.id == callback_data.id), None)
    if picked is None:
        return await steps.show(turn, "place", current, turn.t("This settlement is closed."))
    before = find(current.place or "", every)
    current.place = placed(turn.t, picked, current.place, before)
    current.settlement_id = picked.id
    return await steps.show(turn, "check", current)


@router.callback_query(callbacks.RequestSettlements.filter())
@policy(Action.WORK_ON_REQUESTS)
async def request_page(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.RequestSettlements
) -> Screen:
    """Another page of the settlements."""
    if asking.asked_about(turn)[0] != callback_data.id:
        return await show_card(turn, callback_data.id)
    return await completing_steps.place_step(turn, page=callback_data.page)


@router.callback_query(callbacks.RequestSettlement.filter())
@policy(Action.WORK_ON_REQUESTS)
async def request_picked(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.RequestSettlement
) -> Screen:
    """The settlement of a registered request; the street that is known stays."""
    of = callback_data
    request = await turn.read(requests.get, turn.actor, of.id)
    every = await turn.read(settlements.of_branch, request.branch_id)
    picked = next((one for one in every if one.id == of.settlement), None)
    if picked is None:
        await turn.read(settlements.demand_reach, turn.actor, of.settlement)
        return await show_card(turn, of.id, turn.t.plain("This settlement is closed."))
    place = placed(turn.t, picked, request.place, find(request.place or "", every))
    if asking.asked_about(turn)[0] == of.id:
        turn.conversation.clear()
    try:
        await turn.write(
            requests.complete, turn.actor, of.id, of.version, turn.now,
            place=place, settlement_id=picked.id,
        )  # fmt: skip
    except AlreadyChanged as error:
        return await overtaken(turn, of.id, error)
    except NotPossible:
        return await read_only(turn, of.id)
    return await show_card(turn, of.id, turn.t.plain("The request is completed."))


def placed(t: Translator, picked: Settlement, place: str | None, before: Settlement | None) -> str:
    """The place in words: the ``picked`` settlement instead of that ``before``, and the street.

    A street of another settlement is not one of the picked.
    """
    name = t.pick(picked.name_kk, picked.name_ru)
    left = None
    if place and before is None:
        left = places.street(place)
    elif place and before and before.id == picked.id:
        left = rest(place, picked.name_kk, picked.name_ru)
    return f"{name}, {left}" if left else name
