"""What kind of announcement a draft is: one tap under its preview."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.broadcasts import screens, showing
from handlers.broadcasts.kinds.callbacks import Announce
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import broadcasts
from storage.errors import AlreadyChanged
from storage.rules.access import Action

router = Router(name="broadcasts.kinds")


@router.callback_query(Announce.filter())
@policy(Action.BROADCAST)
async def announce(query: CallbackQuery, turn: Turn, callback_data: Announce) -> Screen:
    """It is of this kind."""
    tapped = callback_data
    showing.leave_draft(turn, tapped.id)
    given = (tapped.id, tapped.version, tapped.about, turn.now, turn.today)
    try:
        shown = await turn.write(broadcasts.announce, turn.actor, *given)
    except AlreadyChanged:
        return await showing.stands_otherwise(turn, tapped.id)
    return screens.preview(turn.t, shown, now=turn.local)
