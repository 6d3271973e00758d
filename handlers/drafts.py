"""Going on with a draft that was put aside when something else came first."""

import importlib

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.home import screens
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from handlers.ui.wizard import Renderer

router = Router(name="drafts")

RESUME: dict[str, Renderer] = {}
for _m in (
    "handlers.people.access",
    "handlers.people.invites",
    "handlers.requests.wizard",
    "handlers.broadcasts.wizard",
    "handlers.roadmap.wizard",
    "handlers.meetings.announce",
    "handlers.search.wizard",
):
    try:
        RESUME.update(importlib.import_module(_m).RESUME)
    except (ModuleNotFoundError, AttributeError):
        pass


@router.callback_query(screens.Resume.filter())
@policy(None)
async def resume(query: CallbackQuery, turn: Turn, callback_data: screens.Resume) -> Screen:
    """Show the step where the person stopped."""
    if not turn.conversation.resume(callback_data.capability):
        return screens.menu(turn, word=turn.t("This draft is finished already."))
    step = RESUME.get(str(turn.conversation.state))
    return await step(turn) if step else screens.menu(turn)
