"""Completing a request that is registered: place, comment, files."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.requests import aside, asking, callbacks, categorising, content
from handlers.requests import completing_steps as steps
from handlers.requests.cards import overtaken, read_only, show_card
from handlers.requests.contacting import again, closed
from handlers.requests.filters import NoCommand
from handlers.turn import Turn
from handlers.ui import texts
from handlers.ui.i18n import N_
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import requests
from storage.errors import AlreadyChanged, NotPossible
from storage.rules.access import Action

router = Router(name="requests.completing")
router.include_router(categorising.router)

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
    if request.done:
        return await read_only(turn, request.id)
    if request.version != callback_data.version:
        return await overtaken(turn, request.id, AlreadyChanged())
    if callback_data.part == "category":
        return await categorising.offer(turn, request)
    step = "fix_contact" if callback_data.part == "contact" else "fix_place"
    return await steps.ask(turn, step, request)


@router.callback_query(callbacks.AddComment.filter())
@policy(Action.WORK_ON_REQUESTS)
async def add_comment(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.AddComment
) -> Screen:
    """Ask for the comment."""
    return await steps.ask(
        turn, "comment", await turn.read(requests.get, turn.actor, callback_data.id)
    )


@router.callback_query(callbacks.AddFile.filter())
@policy(Action.WORK_ON_REQUESTS)
async def add_file(query: CallbackQuery, turn: Turn, callback_data: callbacks.AddFile) -> Screen:
    """Ask for the file."""
    request = await turn.read(requests.get, turn.actor, callback_data.id)
    if request.done:
        return await read_only(turn, request.id)
    return await steps.ask(turn, "file", request)


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
    request_id, version = asking.asked_about(turn)
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
        return await again(turn, error)
    except NotPossible:
        return await closed(turn, request_id)
    return await show_card(turn, request_id, said=turn.t("The request is completed."))


@router.message(StateFilter("completing:comment"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def comment_given(message: Message, turn: Turn) -> Screen:
    """The comment was typed; a file with a caption is file and comment."""
    found = content.of(message)
    if found is not None and found.files:
        return await _add(turn, found)
    comment = await asking.said(turn, message, MAX_COMMENT, steps.comment_step)
    if isinstance(comment, Screen):
        return comment
    request_id, _ = asking.asked_about(turn)
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


async def _add(turn: Turn, found: content.Content) -> Screen:
    request_id, _ = asking.asked_about(turn)
    turn.conversation.clear()
    aside.expect_album(turn, found.group, request_id)
    try:
        await turn.write(requests.add, turn.actor, request_id, found.text, found.files, turn.now)
    except NotPossible:
        return await closed(turn, request_id)
    said = turn.t(COMMENT_KEPT) if found.text else turn.t("📎 The file is kept")
    return await show_card(turn, request_id, said=said)
