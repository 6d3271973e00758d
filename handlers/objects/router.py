"""The commands and buttons of the objects under control; private chats only."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message
from sqlalchemy import Connection

from handlers.objects import keeping, screens, snoozing, visiting
from handlers.objects.callbacks import (
    ObjectHistory,
    ObjectPhotos,
    Objects,
    OpenObject,
    OpenVisit,
    VisitPhotos,
    Visits,
)
from handlers.objects.stepping import leave
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Attachment, Screen
from storage import objects
from storage.objects import Photo
from storage.rules.access import Action

router = Router(name="objects")
router.include_routers(visiting.router, keeping.router, snoozing.router)


@router.message(Command("objects"))
@policy(Action.READ_ROADMAP)
async def command(message: Message, turn: Turn) -> Screen:
    """/objects: what one sees, overdue ones first."""
    return screens.listing(turn, await turn.read(objects.listed, turn.actor, turn.today), 0)


@router.callback_query(Objects.filter())
@policy(Action.READ_ROADMAP)
async def listed(query: CallbackQuery, turn: Turn, callback_data: Objects) -> Screen:
    """A page of what one sees."""
    leave(turn)
    found = await turn.read(objects.listed, turn.actor, turn.today)
    return screens.listing(turn, found, callback_data.page)


@router.callback_query(OpenObject.filter())
@policy(Action.READ_ROADMAP)
async def opened(query: CallbackQuery, turn: Turn, callback_data: OpenObject) -> Screen:
    """One object."""
    leave(turn)
    return screens.card(turn, await turn.read(objects.get, turn.actor, callback_data.id))


@router.callback_query(ObjectHistory.filter())
@policy(Action.READ_ROADMAP)
async def history(query: CallbackQuery, turn: Turn, callback_data: ObjectHistory) -> Screen:
    """What happened to it."""
    one = await turn.read(objects.get, turn.actor, callback_data.id)
    return screens.history(turn, one, await turn.read(objects.history, turn.actor, one.id))


@router.callback_query(Visits.filter())
@policy(Action.READ_ROADMAP)
async def visits(query: CallbackQuery, turn: Turn, callback_data: Visits) -> Screen:
    """A page of the visits."""
    one = await turn.read(objects.get, turn.actor, callback_data.id)
    found = await turn.read(objects.visits, turn.actor, one.id)
    return screens.visits(turn, one, found, callback_data.page)


@router.callback_query(OpenVisit.filter())
@policy(Action.READ_ROADMAP)
async def visit(query: CallbackQuery, turn: Turn, callback_data: OpenVisit) -> Screen:
    """One visit."""
    leave(turn)
    one, found = await turn.read(objects.visit, turn.actor, callback_data.id)
    return screens.visit(turn, one, found)


@router.callback_query(ObjectPhotos.filter())
@policy(Action.READ_ROADMAP)
async def photos(query: CallbackQuery, turn: Turn, callback_data: ObjectPhotos) -> Screen:
    """The pictures over time, oldest first."""
    one = await turn.read(objects.get, turn.actor, callback_data.id)
    found = await turn.read(objects.photos, turn.actor, one.id)
    return replace(screens.photo_line(turn, one, found), attachments=_attached(found))


@router.callback_query(VisitPhotos.filter())
@policy(Action.READ_ROADMAP)
async def visit_photos(query: CallbackQuery, turn: Turn, callback_data: VisitPhotos) -> Screen:
    """The pictures of one visit."""

    def whole(tx: Connection) -> Screen:
        one, found = objects.visit(tx, turn.actor, callback_data.id)
        pictures = objects.photos(tx, turn.actor, one.id, found.id)
        return replace(screens.visit(turn, one, found), attachments=_attached(pictures))

    return await turn.read(whole)


def _attached(found: list[Photo]) -> tuple[Attachment, ...]:
    return tuple(Attachment("photo", file_id=photo.file_id) for photo in found)
