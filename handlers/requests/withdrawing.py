"""The voter takes the consent back: what is erased is shown first, then it is erased."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.requests import callbacks
from handlers.requests.cards import overtaken, show_card
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, lines
from storage import requests
from storage.errors import AlreadyChanged, NotPossible
from storage.requests import VoterRequest, consents
from storage.rules.access import Action

router = Router(name="requests.withdrawing")


@router.callback_query(callbacks.WithdrawConsent.filter())
@policy(Action.WORK_ON_REQUESTS)
async def withdraw(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.WithdrawConsent
) -> Screen:
    """Show what will be erased; after the second tap it is."""
    request_id, version = callback_data.id, callback_data.version
    if not callback_data.sure:
        request = await turn.read(requests.get, turn.actor, request_id)
        if request.version != version or not request.has_contact:
            return await overtaken(turn, request_id, AlreadyChanged())
        return _preview(turn, request)
    try:
        await turn.write(consents.withdraw, turn.actor, request_id, version, turn.now)
    except AlreadyChanged as error:
        return await overtaken(turn, request_id, error)
    except NotPossible:
        return await overtaken(turn, request_id, AlreadyChanged())
    return await show_card(turn, request_id, turn.t.plain("The contact is erased."))


def _preview(turn: Turn, request: VoterRequest) -> Screen:
    t = turn.t
    sure = callbacks.WithdrawConsent(id=request.id, version=request.version, sure=True)
    return Screen(
        lines(
            t("⚠️ № {number}: has the voter withdrawn the consent?", number=request.number),
            t("Erased for ever: the voter's name, phone, address and IIN."),
            t("The request itself goes on without them; the history says so."),
        ),
        rows=(
            (Button(t.plain("🗑 Yes, erase the contact"), sure),),
            nav.exits(t, callbacks.OpenRequest(id=request.id)),
        ),
    )
