"""Completing a request that is registered: category, place, contact, comment, files."""

from dataclasses import asdict

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup, escape

from handlers.requests import aside, callbacks, consent, contacts, content, words
from handlers.requests import completing_steps as steps
from handlers.requests.cards import overtaken, show_card, who_was_first
from handlers.requests.contact_reading import FIELDS, Given
from handlers.requests.filters import NoCommand
from handlers.turn import FILLED, Turn
from handlers.ui import texts
from handlers.ui.i18n import N_
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import requests
from storage.errors import AlreadyChanged, NotPossible
from storage.requests import categories
from storage.rules.access import Action

router = Router(name="requests.completing")

MAX_PLACE = 200
MAX_COMMENT = 1000

COMMENT_KEPT = N_("🔒 The note is kept")

RESUME = steps.RESUME


@router.callback_query(callbacks.CompleteRequest.filter())
@policy(Action.WORK_ON_REQUESTS)
async def complete(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.CompleteRequest
) -> Screen:
    """Ask for the part that is to be completed, unless the request has changed meanwhile."""
    request = await turn.read(requests.get, turn.actor, callback_data.id)
    if request.version != callback_data.version:
        return await overtaken(turn, request.id, AlreadyChanged())
    if callback_data.part == "category":
        offered = await turn.read(categories.offered)
        return steps.categories(turn, request, offered)
    step = "fix_contact" if callback_data.part == "contact" else "fix_place"
    return await steps.ask(turn, step, request)


@router.callback_query(callbacks.SetCategory.filter())
@policy(Action.WORK_ON_REQUESTS)
async def set_category(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.SetCategory
) -> Screen:
    """Another category."""
    try:
        await turn.write(
            requests.complete,
            turn.actor,
            callback_data.id,
            callback_data.version,
            turn.now,
            category=callback_data.category,
        )
    except AlreadyChanged as error:
        return await overtaken(turn, callback_data.id, error)
    except NotPossible:  # it was closed while its button was on the screen
        request = await turn.read(requests.get, turn.actor, callback_data.id)
        return steps.categories(turn, request, await turn.read(categories.offered))
    return await show_card(turn, callback_data.id, turn.t.plain("The request is completed."))


@router.callback_query(callbacks.AddComment.filter())
@policy(Action.WORK_ON_REQUESTS)
async def add_comment(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.AddComment
) -> Screen:
    """Ask for the comment."""
    return await steps.ask(
        turn, "comment", await turn.read(requests.get, turn.actor, callback_data.id)
    )


@router.callback_query(callbacks.TakePhone.filter())
@policy(Action.WORK_ON_REQUESTS)
async def take_phone(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.TakePhone
) -> Screen:
    """The phone in the text is the contact; it waits for the consent."""
    request = await turn.read(requests.get, turn.actor, callback_data.id)
    found = contacts.in_text(request.text)
    if found is None or request.has_contact:
        return await show_card(turn, request.id)
    name, phone = found
    return await steps.ask(turn, "fix_consent", request, name=name, phone=phone)


@router.callback_query(callbacks.AddFile.filter())
@policy(Action.WORK_ON_REQUESTS)
async def add_file(query: CallbackQuery, turn: Turn, callback_data: callbacks.AddFile) -> Screen:
    """Ask for the file."""
    return await steps.ask(
        turn, "file", await turn.read(requests.get, turn.actor, callback_data.id)
    )


@router.message(StateFilter("completing:fix_place"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def place_given(message: Message, turn: Turn) -> Screen:
    """The place was typed, or is a point on the map."""
    found = content.of(message)
    if message.location and found:
        return await _add(turn, found)
    place = texts.typed(message.text, MAX_PLACE)
    if isinstance(place, texts.Mistake):
        return await steps.place_step(turn, texts.told(turn.t, place, MAX_PLACE))
    request_id, version = steps.asked_about(turn)
    turn.conversation.clear()
    try:
        await turn.write(
            requests.complete,
            turn.actor,
            request_id,
            version,
            turn.now,
            place=" ".join(place.split()),
        )
    except AlreadyChanged as error:
        return await _again(turn, error)
    return await show_card(turn, request_id, said=turn.t("The request is completed."))


@router.message(StateFilter("completing:comment"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def comment_given(message: Message, turn: Turn) -> Screen:
    """The comment was typed; a file with a caption is file and comment."""
    found = content.of(message)
    if found is not None and found.files:
        return await _add(turn, found)
    comment = texts.typed(message.text, MAX_COMMENT)
    if isinstance(comment, texts.Mistake):
        return await steps.comment_step(turn, texts.told(turn.t, comment, MAX_COMMENT))
    if not texts.has_words(comment):
        return await steps.comment_step(turn, words.none(turn.t))
    request_id, _ = steps.asked_about(turn)
    turn.conversation.clear()
    await turn.write(requests.comment, turn.actor, request_id, comment, turn.now)
    return await show_card(turn, request_id, said=turn.t(COMMENT_KEPT))


@router.message(StateFilter("completing:file"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def file_given(message: Message, turn: Turn) -> Screen:
    """A file came; an album's other parts come as messages of their own and are added, too."""
    t, found = turn.t, content.of(message)
    if found is None or not found.files:
        return await steps.file_step(
            turn, t("A photo, a document, a voice message or a video, please.")
        )
    return await _add(turn, found)


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
    """The consent is a tap."""
    return await steps.consent_step(turn, turn.t("Please choose with a button of this step."))


@router.callback_query(callbacks.RequestConsent.filter())
@policy(Action.WORK_ON_REQUESTS)
async def consent_given(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.RequestConsent
) -> Screen:
    """The voter has agreed: the contact is kept with the wording's version and the moment."""
    data = turn.conversation.data
    request_id, version = steps.asked_about(turn)
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
        return await _again(turn, error)
    return await show_card(turn, request_id, turn.t.plain("The request is completed."))


async def _again(turn: Turn, error: AlreadyChanged) -> Screen:
    """Somebody was faster: the same step about the request as it is now, with a word on that."""
    request = await turn.read(requests.get, turn.actor, steps.asked_about(turn)[0])
    steps.about(turn, request)
    word = escape(who_was_first(turn, request, error))
    return await RESUME[str(turn.conversation.state)](turn, word)


async def _add(turn: Turn, found: content.Content) -> Screen:
    request_id, _ = steps.asked_about(turn)
    turn.conversation.clear()
    aside.expect_album(turn, found.group, request_id)
    await turn.write(requests.add, turn.actor, request_id, found.text, found.files, turn.now)
    said = turn.t(COMMENT_KEPT) if found.text else turn.t("📎 The file is kept")
    return await show_card(turn, request_id, said=said)
