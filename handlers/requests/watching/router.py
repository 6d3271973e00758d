"""«👁» behind a request: its news come, or come no more."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.requests import callbacks, words
from handlers.requests.cards import show_card
from handlers.requests.watching.callbacks import SetWatch, Watch
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, lines
from storage import requests
from storage.requests import watching
from storage.rules.access import Action

router = Router(name="requests.watching")


@router.callback_query(Watch.filter())
@policy(Action.WORK_ON_REQUESTS)
async def ask(query: CallbackQuery, turn: Turn, callback_data: Watch) -> Screen:
    """Whether it is watched now, and the other way round."""
    t = turn.t
    request = await turn.read(requests.get, turn.actor, callback_data.id)
    watched = await turn.read(watching.watches, turn.actor, request.id)
    label = t.plain("🔕 Stop watching it") if watched else t.plain("👁 Start watching it")
    return Screen(
        lines(
            words.heading(t, request.number, request.state),
            t("👁 You watch it.") if watched else t("You do not watch it."),
            t("Whoever watches is told of each new state and each answer to the voter."),
        ),
        rows=(
            (Button(label, SetWatch(id=request.id, on=not watched)),),
            nav.exits(t, callbacks.MoreOfRequest(id=request.id)),
        ),
    )


@router.callback_query(SetWatch.filter())
@policy(Action.WORK_ON_REQUESTS)
async def switch(query: CallbackQuery, turn: Turn, callback_data: SetWatch) -> Screen:
    """So it is from now on."""
    t, on = turn.t, callback_data.on
    await turn.write(watching.watch, turn.actor, callback_data.id, turn.now, on=on)
    said = t("👁 You watch it: its news will come.") if on else t("🔕 Its news come no more.")
    return await show_card(turn, callback_data.id, said=said)
