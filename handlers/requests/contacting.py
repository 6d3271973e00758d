"""Whom to answer, for a request that is registered: typed, shared, or taken from its text."""

from dataclasses import asdict

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup, escape

from handlers.requests import asking, callbacks, consent, contacts
from handlers.requests import completing_steps as steps
from handlers.requests.cards import read_only, show_card, who_was_first
from handlers.requests.contact_reading import FIELDS, Given
from handlers.requests.filters import NoCommand
from handlers.turn import FILLED, Turn
from handlers.ui import choosing
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import requests
from storage.errors import AlreadyChanged, NotPossible
from storage.rules.access import Action

router = Router(name="requests.contacting")


@router.callback_query(callbacks.TakePhone.filter())
@policy(Action.WORK_ON_REQUESTS)
async def take_phone(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.TakePhone
) -> Screen:
    """The phone in the text is the contact; it waits for the consent."""
    request = await turn.read(requests.get, turn.actor, callback_data.id)
    if request.done:
        return await read_only(turn, request.id)
    found = contacts.in_text(request.text)
    if found is None or request.has_contact:
        return await show_card(turn, request.id)
    name, phone = found
    return await steps.ask(turn, "fix_consent", request, name=name, phone=phone)


@router.message(StateFilter("completing:fix_contact"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def contact_given(message: Message, turn: Turn) -> Screen:
    """The contact was typed or shared; it waits for the consent."""
    found = contacts.given(turn.t, message)
    if isinstance(found, Markup):
        return await steps.contact_step(turn, found)
    turn.conversation.to("completing:fix_consent", **asdict(found), **{FILLED: True})
    return await steps.consent_step(turn)


@router.message(StateFilter("completing:fix_consent"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def consent_typed(message: Message, turn: Turn) -> Screen:
    """The consent is a tap; another contact takes the place of the one that was read out."""
    found = contacts.corrected(turn.t, message)
    if found is not None:
        turn.conversation.to("completing:fix_consent", **asdict(found))
        return await steps.consent_step(turn)
    return await steps.consent_step(turn, choosing.below(turn.t))


@router.callback_query(callbacks.CorrectContact.filter())
@policy(Action.WORK_ON_REQUESTS)
async def correct(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.CorrectContact
) -> Screen:
    """The contact is written anew."""
    waits = turn.conversation.state == "completing:fix_consent"
    if not waits or asking.asked_about(turn)[0] != callback_data.id:
        return await show_card(turn, callback_data.id)
    turn.conversation.to("completing:fix_contact")
    return await steps.contact_step(turn)


@router.callback_query(callbacks.RequestConsent.filter())
@policy(Action.WORK_ON_REQUESTS)
async def consent_given(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.RequestConsent
) -> Screen:
    """The voter has agreed: the contact is kept with the wording's version and the moment."""
    data = turn.conversation.data
    request_id, version = asking.asked_about(turn)
    if turn.conversation.state != "completing:fix_consent" or request_id != callback_data.id:
        return await show_card(turn, callback_data.id)
    if "wording" not in data:
        return await steps.consent_step(turn)
    given = Given(*(data.get(field) for field in FIELDS))
    channel = consent.PAPER if callback_data.paper else consent.ORAL
    contact = consent.agreed(given, data["wording"], channel, turn.now)
    turn.conversation.clear()
    try:
        await turn.write(requests.set_contact, turn.actor, request_id, version, contact, turn.now)
    except AlreadyChanged as error:
        return await again(turn, error)
    except NotPossible:
        return await closed(turn, request_id)
    return await show_card(turn, request_id, turn.t.plain("The request is completed."))


async def again(turn: Turn, error: AlreadyChanged) -> Screen:
    """Somebody was faster: the same step about the request as it is now, with a word on that."""
    request = await turn.read(requests.get, turn.actor, asking.asked_about(turn)[0])
    asking.about(turn, request)
    word = escape(who_was_first(turn, request, error))
    return await steps.RESUME[str(turn.conversation.state)](turn, word)


async def closed(turn: Turn, request_id: int) -> Screen:
    """It was closed while something was typed for it: nothing waits for an input any more."""
    turn.conversation.clear()
    return await read_only(turn, request_id)
