"""The directory of bodies: secretaries add, rename, close and open again."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup, escape

from handlers.inquiries import cards, directory_screens, keeping_callbacks, words
from handlers.requests.filters import NoCommand
from handlers.turn import FILLED, Turn
from handlers.ui import texts
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from handlers.ui.wizard import Renderer
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.inquiries import bodies, proposing
from storage.inquiries.bodies import NAME_LIMIT, NAMES, Body
from storage.rules.access import Action

router = Router(name="inquiries.directory")

CAPABILITY = "directory"
ADDING = {name: f"{CAPABILITY}:add_{name}" for name in NAMES}
RENAMING = f"{CAPABILITY}:rename"


@router.callback_query(keeping_callbacks.Bodies.filter())
@policy(Action.KEEP_ADDRESSEES)
async def listed(
    query: CallbackQuery, turn: Turn, callback_data: keeping_callbacks.Bodies
) -> Screen:
    """A page of the bodies that the secretary keeps."""
    _leave(turn)
    found = await turn.read(bodies.directory, turn.actor, callback_data.page)
    return directory_screens.listing(turn, found)


@router.callback_query(keeping_callbacks.OpenBody.filter())
@policy(Action.KEEP_ADDRESSEES)
async def open_(
    query: CallbackQuery, turn: Turn, callback_data: keeping_callbacks.OpenBody
) -> Screen:
    """One body."""
    _leave(turn)
    body = await turn.read(bodies.to_keep, turn.actor, callback_data.id)
    return directory_screens.card(turn, body)


@router.callback_query(keeping_callbacks.AddBody.filter())
@policy(Action.KEEP_ADDRESSEES)
async def add(query: CallbackQuery, turn: Turn, callback_data: keeping_callbacks.AddBody) -> Screen:
    """Of which branch, then its names."""
    places = await turn.read(bodies.places, turn.actor)
    known = {one.id for one in places}
    wanted = callback_data.branch or (places[0].id if len(places) == 1 else 0)
    _leave(turn)
    if not wanted:
        return directory_screens.places(turn, places)
    if wanted not in known:
        raise NotFound("branch")
    turn.conversation.pause()
    turn.conversation.to(ADDING[NAMES[0]], branch=wanted, names={})
    return await show(turn)


@router.callback_query(keeping_callbacks.RenameBody.filter())
@policy(Action.KEEP_ADDRESSEES)
async def rename(
    query: CallbackQuery, turn: Turn, callback_data: keeping_callbacks.RenameBody
) -> Screen:
    """Write one of its names anew."""
    of = callback_data
    body = await turn.read(bodies.to_keep, turn.actor, of.id)
    if body.version != of.version or of.field not in NAMES:
        return await _refused(turn, body.id, AlreadyChanged())
    _leave(turn)
    turn.conversation.pause()
    turn.conversation.to(RENAMING, body=body.id, version=body.version, field=of.field)
    return await show(turn)


@router.callback_query(keeping_callbacks.BodyActive.filter())
@policy(Action.KEEP_ADDRESSEES)
async def set_active(
    query: CallbackQuery, turn: Turn, callback_data: keeping_callbacks.BodyActive
) -> Screen:
    """Close it, or open it again."""
    of = callback_data
    try:
        body = await turn.write(
            bodies.set_active, turn.actor, of.id, of.version, turn.now, active=of.active
        )
    except AlreadyChanged as error:
        return await _refused(turn, of.id, error)
    return directory_screens.card(turn, body)


@router.callback_query(keeping_callbacks.AcceptBody.filter())
@policy(Action.KEEP_ADDRESSEES)
async def accept(
    query: CallbackQuery, turn: Turn, callback_data: keeping_callbacks.AcceptBody
) -> Screen:
    """A proposed one is taken in."""
    of = callback_data
    try:
        body = await turn.write(proposing.accept, turn.actor, of.id, of.version, turn.now)
    except AlreadyChanged as error:
        return await _refused(turn, of.id, error)
    return directory_screens.card(turn, body)


@router.callback_query(keeping_callbacks.SkipHead.filter(), StateFilter(*ADDING.values(), RENAMING))
@policy(Action.KEEP_ADDRESSEES)
async def skip(
    query: CallbackQuery, turn: Turn, callback_data: keeping_callbacks.SkipHead
) -> Screen:
    """Whom the letter addresses stays out."""
    return await _take(turn, None)


@router.message(StateFilter(*ADDING.values(), RENAMING), NoCommand())
@policy(Action.KEEP_ADDRESSEES)
async def typed(message: Message, turn: Turn) -> Screen:
    """One of the names."""
    name = texts.typed(message.text, NAME_LIMIT)
    if isinstance(name, texts.Mistake):
        return await show(turn, texts.told(turn.t, name, NAME_LIMIT))
    return await _take(turn, " ".join(name.split()))


async def show(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The name that is asked for."""
    state, data = str(turn.conversation.state), turn.conversation.data
    if state == RENAMING:
        body = await turn.read(bodies.to_keep, turn.actor, int(data["body"]))
        return directory_screens.rename_step(turn, body, str(data["field"]), mistake)
    return directory_screens.name_step(turn, state.removeprefix(f"{CAPABILITY}:add_"), mistake)


RESUME: dict[str, Renderer] = dict.fromkeys((*ADDING.values(), RENAMING), show)


async def _take(turn: Turn, name: str | None) -> Screen:
    state, data = str(turn.conversation.state), turn.conversation.data
    if state == RENAMING:
        given = (int(data["body"]), int(data["version"]), str(data["field"]), name, turn.now)
        return await _write(turn, int(data["body"]), bodies.rename, *given)
    field = state.removeprefix(f"{CAPABILITY}:add_")
    names = {**data["names"], field: name}
    following = NAMES[NAMES.index(field) + 1 :]
    turn.conversation.to(state, names=names, **{FILLED: True})
    if following:
        turn.conversation.to(ADDING[following[0]])
        return await show(turn)
    return await _write(turn, 0, bodies.add, int(data["branch"]), names, turn.now)


async def _write(turn: Turn, body_id: int, fn: Callable[..., Body], *given: Any) -> Screen:
    try:
        body = await turn.write_then(lambda _: turn.conversation.clear(), fn, turn.actor, *given)
    except NotPossible as error:
        if error.reason == "known":
            turn.conversation.to(ADDING[NAMES[0]], names={})
        return await show(turn, escape(words.cannot(turn.t, error)))
    except AlreadyChanged as error:
        turn.conversation.clear()
        return await _refused(turn, body_id, error)
    return directory_screens.card(turn, body)


async def _refused(turn: Turn, body_id: int, error: AlreadyChanged) -> Screen:
    body = await turn.read(bodies.to_keep, turn.actor, body_id)
    shown = directory_screens.card(turn, body)
    return replace(shown, toast=cards.why_not(turn, error), alert=True)


def _leave(turn: Turn) -> None:
    if (turn.conversation.state or "").startswith(f"{CAPABILITY}:"):
        turn.conversation.clear()
