"""What is known of an item, written anew field by field."""

from collections.abc import Callable
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.meetings.papers.trying import Tried, tried_then
from handlers.requests.filters import NoCommand
from handlers.roadmap import card, words
from handlers.roadmap import editing_screens as screens
from handlers.roadmap.asking import REASONS
from handlers.roadmap.editing_screens import CAPABILITY, FIELD
from handlers.roadmap.item_callbacks import (
    DirectionLike,
    EditField,
    EditItem,
    ItemMeeting,
)
from handlers.turn import Turn
from handlers.ui import texts
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from handlers.ui.wizard import Renderer
from storage.roadmap import Item, checking, editing, narrowing
from storage.roadmap.editing import REQUIRED, TITLE_LIMIT
from storage.roadmap.narrowing import Facet, Narrowed
from storage.roadmap.steps import managed
from storage.rules.access import Action

router = Router(name="roadmap.editing")

NONE = "-"  # written where a value is taken away


@router.callback_query(EditItem.filter())
@policy(Action.MANAGE_ROADMAP)
async def edit(query: CallbackQuery, turn: Turn, callback_data: EditItem) -> Screen:
    """Everything that can be written anew."""
    leave(turn)
    return screens.fields(turn, await turn.read(managed, turn.actor, callback_data.id))


@router.callback_query(EditField.filter())
@policy(Action.MANAGE_ROADMAP)
async def edit_field(query: CallbackQuery, turn: Turn, callback_data: EditField) -> Screen:
    """One of them is written next, or chosen."""
    of = callback_data
    item = await turn.read(managed, turn.actor, of.id)
    if item.version != of.version or of.field not in words.FIELDS:
        return await card.stale(turn, item.id)
    leave(turn)
    if of.field == "meeting":
        return screens.meetings(turn, item, await turn.read(checking.deciding, item))
    begin(turn, FIELD, item, field=of.field)
    return await show(turn)


@router.message(StateFilter(FIELD), NoCommand())
@policy(Action.MANAGE_ROADMAP)
async def written(message: Message, turn: Turn) -> Screen:
    """The text; a dash takes away what need not be there."""
    text, field = texts.typed(message.text, TITLE_LIMIT), str(turn.conversation.data["field"])
    if isinstance(text, texts.Mistake):
        return await show(turn, texts.told(turn.t, text, TITLE_LIMIT))
    said = None if text == NONE and field not in REQUIRED else text
    item_id, version = about(turn)
    given = (item_id, version, field, said, turn.t.language, turn.now)
    done = await tried(turn, editing.write, *given)
    if done.reason:
        return await show(turn, Markup.escape(done.word or ""))
    return await after(turn, item_id, done)


@router.callback_query(DirectionLike.filter())
@policy(Action.MANAGE_ROADMAP)
async def direction(query: CallbackQuery, turn: Turn, callback_data: DirectionLike) -> Screen:
    """The direction of another item."""
    of = callback_data
    given = (of.id, of.version, of.like, turn.now)
    return await after(turn, of.id, await tried(turn, editing.direct, *given))


@router.callback_query(ItemMeeting.filter())
@policy(Action.MANAGE_ROADMAP)
async def meeting(query: CallbackQuery, turn: Turn, callback_data: ItemMeeting) -> Screen:
    """Of which meeting it is."""
    of = callback_data
    given = (of.id, of.version, of.meeting or None, turn.now)
    return await after(turn, of.id, await tried(turn, editing.come_from, *given))


async def show(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The step that is open, on the item as it is now."""
    item = await reopened(turn)
    field = str(turn.conversation.data["field"])
    given = (turn.actor, turn.today, Narrowed(), Facet.DIRECTION)
    offered = await turn.read(narrowing.choices, *given) if field == "direction" else []
    return screens.field_step(turn, item, field, offered, mistake)


RESUME: dict[str, Renderer] = {FIELD: show}


def begin(turn: Turn, step: str, item: Item, **data: str) -> None:
    """Open a step on ``item``; what else was being entered is put aside."""
    leave(turn)
    turn.conversation.pause()
    turn.conversation.to(step, item=item.id, version=item.version, **data)


def about(turn: Turn) -> tuple[int, int]:
    """The item that the step is on, and the version that was seen."""
    return int(turn.conversation.data["item"]), int(turn.conversation.data["version"])


async def reopened(turn: Turn) -> Item:
    """The item as it is now: so it is what the step that is open goes on with."""
    item = await turn.read(managed, turn.actor, about(turn)[0])
    if turn.conversation.data["version"] != item.version:
        turn.conversation.to(str(turn.conversation.state), version=item.version)
    return item


def leave(turn: Turn) -> None:
    """Whoever goes elsewhere writes nothing anew any more."""
    if (turn.conversation.state or "").startswith(f"{CAPABILITY}:"):
        turn.conversation.clear()


async def tried(turn: Turn, fn: Callable[..., Item], *given: Any) -> Tried[Item]:
    """Change the item, and leave the step that is open once that is done."""
    return await tried_then(turn, REASONS, lambda _: leave(turn), fn, *given)


async def after(turn: Turn, item_id: int, done: Tried[Item]) -> Screen:
    """All fields as they stand now, with why it was not possible, if it was not."""
    leave(turn)
    item = done.result
    if item is None:
        item = await turn.read(managed, turn.actor, item_id)
    return done.on(screens.fields(turn, item, toast=turn.t.plain("It is written down.")))
