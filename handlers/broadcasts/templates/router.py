"""Templates: begun from, saved, deleted; and former broadcasts, sent anew as a draft."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.broadcasts import screens, showing, wizard
from handlers.broadcasts.templates import screens as template_screens
from handlers.broadcasts.templates.callbacks import (
    AskDropTemplate,
    BeginFrom,
    DropTemplate,
    Former,
    KeptTemplates,
    SaveTemplate,
    Templates,
)
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, toast
from storage.broadcasts import templates
from storage.broadcasts.drafting import Preview
from storage.broadcasts.reading import get
from storage.errors import AlreadyChanged, NotPossible
from storage.rules.access import Action

router = Router(name="broadcasts.templates")

SHOWN = 40  # former broadcasts


@router.callback_query(Templates.filter())
@policy(Action.BROADCAST)
async def offered(query: CallbackQuery, turn: Turn, callback_data: Templates) -> Screen:
    """The templates of one's branches."""
    found = await turn.read(templates.templates, turn.actor)
    return template_screens.offered(turn, found, callback_data.page)


@router.callback_query(Former.filter())
@policy(Action.BROADCAST)
async def former(query: CallbackQuery, turn: Turn, callback_data: Former) -> Screen:
    """What has gone out to one's branches."""
    found = await turn.read(templates.former, turn.actor, SHOWN)
    return template_screens.former(turn, found, callback_data.page)


@router.callback_query(BeginFrom.filter())
@policy(Action.BROADCAST)
async def begin(query: CallbackQuery, turn: Turn, callback_data: BeginFrom) -> Screen:
    """A new draft, shown as it will arrive; nothing goes before it is confirmed."""

    def leave(_made: Preview) -> None:
        if (turn.conversation.state or "").startswith(f"{wizard.CAPABILITY}:"):
            turn.conversation.clear()

    given = (turn.actor, callback_data.id, turn.now, turn.today)
    made = await turn.write_then(leave, templates.begin, *given)
    word = turn.t.plain("A new draft: change what has changed.")
    return screens.preview(turn.t, made, copied=True, now=turn.local, toast=word)


@router.callback_query(SaveTemplate.filter())
@policy(Action.BROADCAST)
async def save(query: CallbackQuery, turn: Turn, callback_data: SaveTemplate) -> Screen:
    """Another broadcast may begin from this one."""
    try:
        await turn.write(templates.save, turn.actor, callback_data.id, turn.now)
    except NotPossible:
        word = turn.t.plain("There are {n} templates already: delete one.", n=templates.MOST)
        return toast(word, alert=True)
    word = turn.t.plain("Saved as a template. A new broadcast may begin from it.")
    return await showing.shown(turn, callback_data.id, word)


@router.callback_query(KeptTemplates.filter())
@policy(Action.BROADCAST)
async def kept(query: CallbackQuery, turn: Turn, callback_data: KeptTemplates) -> Screen:
    """The templates to delete."""
    found = await turn.read(templates.templates, turn.actor)
    return template_screens.kept(turn, found, callback_data.page)


@router.callback_query(AskDropTemplate.filter())
@policy(Action.BROADCAST)
async def ask_drop(query: CallbackQuery, turn: Turn, callback_data: AskDropTemplate) -> Screen:
    """Shall it be deleted?"""
    found = await turn.read(get, turn.actor, callback_data.id)
    return template_screens.dropping(turn, found)


@router.callback_query(DropTemplate.filter())
@policy(Action.BROADCAST)
async def drop(query: CallbackQuery, turn: Turn, callback_data: DropTemplate) -> Screen:
    """It is deleted."""
    word = turn.t.plain("The template is deleted.")
    try:
        await turn.write(templates.remove, turn.actor, callback_data.id, turn.now)
    except AlreadyChanged:
        word = turn.t.plain("This is how it stands now.")
    found = await turn.read(templates.templates, turn.actor)
    return replace(template_screens.kept(turn, found, 0), toast=word)
