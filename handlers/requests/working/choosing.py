"""To which deputy a request is handed over: one of the buttons, or a name in words."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.requests import callbacks
from handlers.requests.cards import leave_step, overtaken
from handlers.requests.filters import NoCommand
from handlers.requests.working.callbacks import HandOver, HandTo
from handlers.requests.working.handing import candidates, named, preview
from handlers.turn import CHOOSES, Turn
from handlers.ui import choosing, nav, paging
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, lines
from storage.errors import AlreadyChanged
from storage.rules.access import Action

router = Router(name="requests.working.choosing")

PLACE = "request_deputy"


@router.callback_query(HandOver.filter())
@policy(Action.WORK_ON_REQUESTS)
async def hand_over(_query: CallbackQuery, turn: Turn, callback_data: HandOver) -> Screen:
    """To whom."""
    leave_step(turn, callback_data.id)
    return await _offer(turn, callback_data)


@router.message(StateFilter(f"{PLACE}{CHOOSES}"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def name_typed(message: Message, turn: Turn) -> Screen:
    """A name was typed, or a part of it: it is shown what happens then."""
    data = turn.conversation.data
    of = HandOver(id=data["id"], version=data["version"], page=data["page"])
    _, found = await turn.read(candidates, turn.actor, of.id, turn.today)
    person_id = choosing.meant(message.text, [(one.name, one.id) for one in found])
    if person_id is None:
        return await _offer(turn, of, choosing.below(turn.t) if found else None)
    turn.conversation.leave_choice()
    return await preview(turn, HandTo(id=of.id, version=of.version, person_id=person_id))


async def _offer(turn: Turn, of: HandOver, mistake: Markup | None = None) -> Screen:
    t = turn.t
    request, found = await turn.read(candidates, turn.actor, of.id, turn.today)
    if request.version != of.version or request.settled:
        return await overtaken(turn, of.id, AlreadyChanged())
    page = paging.clamp(of.page, len(found))
    choosing.wait(turn, PLACE, id=request.id, version=request.version, page=page)
    known = {"id": request.id, "version": request.version}
    buttons = [
        Button(named(t, one), HandTo(**known, person_id=one.id))
        for one in found[page * paging.PAGE : (page + 1) * paging.PAGE]
    ]
    turner = paging.rows(t, buttons, page, len(found), lambda to: HandOver(**known, page=to))
    question = (
        t("To whom is № {number} handed over?", number=request.number)
        if found
        else t("🤷 There is no other deputy for № {number}.", number=request.number)
    )
    return Screen(
        lines(question, Markup("⚠️ {}").format(mistake) if mistake else None),
        rows=(*turner, nav.exits(t, callbacks.MoreOfRequest(id=request.id))),
    )
