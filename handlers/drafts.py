"""Going on with a draft that was put aside when something else came first."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.broadcasts import wizard as broadcasts
from handlers.home import screens
from handlers.meetings import announce
from handlers.people import access, invites
from handlers.requests import completing
from handlers.requests import wizard as requests
from handlers.roadmap import wizard as roadmap
from handlers.search import wizard as search
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from handlers.ui.wizard import Renderer
from handlers.working_days import wizard as working_days

router = Router(name="drafts")

# The state where a person stopped → how that step is shown again.
RESUME: dict[str, Renderer] = {
    **access.RESUME,
    **invites.RESUME,
    **announce.RESUME,
    **requests.RESUME,
    **completing.RESUME,
    **roadmap.RESUME,
    **broadcasts.RESUME,
    **search.RESUME,
    **working_days.RESUME,
}


@router.callback_query(screens.Resume.filter())
@policy(None)
async def resume(query: CallbackQuery, turn: Turn, callback_data: screens.Resume) -> Screen:
    """Show the step where the person stopped."""
    if not turn.conversation.resume(callback_data.capability):
        return screens.menu(turn, word=turn.t("This draft is finished already."))
    step = RESUME.get(str(turn.conversation.state))
    return await step(turn) if step else screens.menu(turn)
