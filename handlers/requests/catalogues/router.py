"""The categories of requests: the regional secretary writes, orders, closes and opens them."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.requests.catalogues import callbacks, screens
from handlers.requests.filters import NoCommand
from handlers.turn import Turn
from handlers.ui.i18n import N_
from handlers.ui.keeping import Keeping
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from handlers.ui.wizard import Renderer
from storage.requests import categories
from storage.requests.categories import DAYS_LIMIT, FIELDS, NAME_LIMIT, RequestCategory
from storage.rules.access import Action

router = Router(name="requests.catalogues")

CAPABILITY = "categories"
EDITING, ADDING = f"{CAPABILITY}:edit", f"{CAPABILITY}:add"
CANNOT = {
    "no_name": N_("Nothing was written."),
    "too_long": N_("It is too long: at most {n} characters."),
    "known": N_("There is a category of this name already."),
    "days": N_("A number from 1 to {days} is needed."),
    "last": N_("This is the last open category: requests need one."),
    "parts": N_("Three parts are needed: the sign, the name in Kazakh, the name in Russian."),
}


async def show(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The step that is open."""
    if turn.conversation.state == ADDING:
        return screens.add_step(turn, mistake)
    data = turn.conversation.data
    one = await turn.read(categories.to_keep, turn.actor, str(data["code"]))
    return screens.edit_step(turn, one, str(data["field"]), mistake)


def _why(turn: Turn, reason: str) -> Markup:
    return turn.t(CANNOT[reason], n=NAME_LIMIT, days=DAYS_LIMIT)


LIST: Keeping[RequestCategory, str] = Keeping(
    CAPABILITY, categories.to_keep, screens.card, _why, show
)
RESUME: dict[str, Renderer] = {EDITING: show, ADDING: show}


@router.callback_query(callbacks.Categories.filter())
@policy(Action.KEEP_CATEGORIES)
async def listed(query: CallbackQuery, turn: Turn, callback_data: callbacks.Categories) -> Screen:
    """A page of the categories."""
    LIST.leave(turn)
    return screens.listing(turn, await turn.read(categories.every), callback_data.page)


@router.callback_query(callbacks.OpenCategory.filter())
@policy(Action.KEEP_CATEGORIES)
async def opened(query: CallbackQuery, turn: Turn, callback_data: callbacks.OpenCategory) -> Screen:
    """One category."""
    LIST.leave(turn)
    return await LIST.shown(turn, callback_data.code)


@router.callback_query(callbacks.EditCategory.filter())
@policy(Action.KEEP_CATEGORIES)
async def edit(query: CallbackQuery, turn: Turn, callback_data: callbacks.EditCategory) -> Screen:
    """One of its fields is typed next."""
    of = callback_data
    one = await turn.read(categories.to_keep, turn.actor, of.code)
    if one.version != of.version or of.field not in FIELDS:
        return await LIST.changed(turn, of.code)
    LIST.begin(turn, EDITING, code=one.code, version=one.version, field=of.field)
    return await show(turn)


@router.callback_query(callbacks.AddCategory.filter())
@policy(Action.KEEP_CATEGORIES)
async def add(query: CallbackQuery, turn: Turn, callback_data: callbacks.AddCategory) -> Screen:
    """A new one is typed next."""
    LIST.begin(turn, ADDING)
    return await show(turn)


@router.callback_query(callbacks.CategoryActive.filter())
@policy(Action.KEEP_CATEGORIES)
async def set_active(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.CategoryActive
) -> Screen:
    """Close it, or open it again."""
    of = callback_data
    return await LIST.tapped(turn, of.code, of.version, categories.set_active, active=of.active)


@router.callback_query(callbacks.MoveCategory.filter())
@policy(Action.KEEP_CATEGORIES)
async def move(query: CallbackQuery, turn: Turn, callback_data: callbacks.MoveCategory) -> Screen:
    """Higher or lower by one place."""
    of = callback_data
    return await LIST.tapped(turn, of.code, of.version, categories.move, up=of.up)


@router.message(StateFilter(EDITING), NoCommand())
@policy(Action.KEEP_CATEGORIES)
async def edited(message: Message, turn: Turn) -> Screen:
    """The field as it was typed."""
    data, typed = turn.conversation.data, (message.text or "").strip()
    code, field = str(data["code"]), str(data["field"])
    value: str | int = typed
    if field == "target_days":
        value = int(typed) if typed.isdecimal() and len(typed) <= len(str(DAYS_LIMIT)) else 0
    given = (code, int(data["version"]), field, value, turn.now)
    return await LIST.typed(turn, code, categories.change, *given)


@router.message(StateFilter(ADDING), NoCommand())
@policy(Action.KEEP_CATEGORIES)
async def added(message: Message, turn: Turn) -> Screen:
    """Sign and names of a new one."""
    parts = (message.text or "").split(";")
    if len(parts) != 3:
        return await show(turn, _why(turn, "parts"))
    return await LIST.typed(turn, None, categories.add, *parts, turn.now)
