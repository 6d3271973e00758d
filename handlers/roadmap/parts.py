"""What an item is a part of, and its own parts."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.requests.filters import NoCommand
from handlers.roadmap import card, editing, family, words
from handlers.roadmap.callbacks import OpenItem
from handlers.roadmap.editing_screens import CAPABILITY
from handlers.roadmap.item_callbacks import AskParent, EditItem, ItemParts, PartOf
from handlers.turn import Turn
from handlers.ui import nav, texts, wizard
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Row, Screen, column, lines
from handlers.ui.wizard import Renderer
from storage import roadmap
from storage.roadmap import Item, ListedItem, finding, parts
from storage.roadmap.editing import TITLE_LIMIT
from storage.roadmap.parts import Family
from storage.roadmap.steps import managed
from storage.rules.access import Action
from storage.rules.terms import terms

router = Router(name="roadmap.parts")

PARENT = f"{CAPABILITY}:parent"


@router.callback_query(AskParent.filter())
@policy(Action.MANAGE_ROADMAP)
async def ask_parent(query: CallbackQuery, turn: Turn, callback_data: AskParent) -> Screen:
    """What it is a part of is looked for next."""
    editing.begin(turn, PARENT, await turn.read(managed, turn.actor, callback_data.id))
    return await show(turn)


@router.message(StateFilter(PARENT), NoCommand())
@policy(Action.MANAGE_ROADMAP)
async def parent_sought(message: Message, turn: Turn) -> Screen:
    """By its number, or by words of it."""
    words = texts.typed(message.text, TITLE_LIMIT)
    if isinstance(words, texts.Mistake):
        return await show(turn, texts.told(turn.t, words, TITLE_LIMIT))
    item = await turn.read(managed, turn.actor, editing.about(turn)[0])
    found = await turn.read(finding.find, turn.actor, words) if terms(words) else None
    others = [one for one in (found.items if found else ()) if one.id != item.id]
    if not others:
        return await show(turn, turn.t("No such item is found."))
    return _step(turn, item, others)


@router.callback_query(PartOf.filter())
@policy(Action.MANAGE_ROADMAP)
async def part_of(query: CallbackQuery, turn: Turn, callback_data: PartOf) -> Screen:
    """It is a part of that one."""
    of = callback_data
    given = (of.id, of.version, of.parent or None, turn.now)
    done = await editing.tried(turn, roadmap.set_parent, *given)
    if done.result is None:
        editing.leave(turn)
        return done.on(await card.show(turn, of.id))
    return await editing.after(turn, of.id, done)


@router.callback_query(ItemParts.filter())
@policy(Action.CARRY_ITEMS)
async def open_parts(query: CallbackQuery, turn: Turn, callback_data: ItemParts) -> Screen:
    """The items above and beneath."""
    item = await turn.read(roadmap.get, turn.actor, callback_data.id)
    return _family(turn, item, await turn.read(parts.around, turn.actor, item))


async def show(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The step that is open, on the item as it is now."""
    return _step(turn, await editing.reopened(turn), [], mistake)


RESUME: dict[str, Renderer] = {PARENT: show}


def _step(
    turn: Turn, item: Item, found: Sequence[ListedItem], mistake: Markup | None = None
) -> Screen:
    """What it is a part of: found by number or words."""
    t, its = turn.t, {"id": item.id, "version": item.version}
    buttons = [
        Button(words.label(t, one, turn.today), PartOf(**its, parent=one.id)) for one in found
    ]
    none: Row = (Button(t.plain("✖️ A part of nothing"), PartOf(**its)),)
    return wizard.step(
        t,
        1,
        1,
        lines(
            words.heading(t, item),
            t("What is it a part of? Tap the item.")
            if found
            else t("What is it a part of? Write the number of that item, or words of it."),
        ),
        mistake=mistake,
        rows=(*column(buttons), *((none,) if item.parent_id else ())),
        back=EditItem(id=item.id),
    )


def _family(turn: Turn, item: Item, around: Family) -> Screen:
    """The items above and beneath, each opened by its button."""
    t = turn.t
    above = [around.parent] if around.parent else []
    buttons = [
        Button(sign + words.label(t, one, turn.today), OpenItem(id=one.id))
        for sign, some in (("⬆️ ", above), ("", around.children))
        for one in some
    ]
    return Screen(
        lines(words.heading(t, item), *family.said(turn, around)),
        rows=(*column(buttons), nav.exits(t, OpenItem(id=item.id))),
    )
