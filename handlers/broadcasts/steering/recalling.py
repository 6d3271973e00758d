"""A broadcast is recalled, after a look at how far that reaches."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.broadcasts import showing
from handlers.broadcasts.callbacks import OpenBroadcast
from handlers.broadcasts.steering.callbacks import AskRecall, Recall
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, lines
from storage.broadcasts import recalling
from storage.errors import AlreadyChanged, NotPossible
from storage.rules.access import Action

router = Router(name="broadcasts.recalling")


@router.callback_query(AskRecall.filter())
@policy(Action.BROADCAST)
async def ask(query: CallbackQuery, turn: Turn, callback_data: AskRecall) -> Screen:
    """From how many it would be taken back, and from whom it cannot be."""
    t, number = turn.t, callback_data.id
    try:
        found = await turn.read(recalling.reach, turn.actor, number, turn.now)
    except NotPossible:
        return await showing.stands_otherwise(turn, number)
    yes = Button(t.plain("🗑 Recall copies: {n}", n=found.can), Recall(id=number, people=found.can))
    return Screen(
        lines(
            t("🗑 <b>Recall the broadcast?</b>"),
            t("It is deleted from the chats of: {n}", n=found.can),
            t("⚠️ Older than 48 hours, it stays with: {n}", n=found.too_late)
            if found.too_late
            else None,
            t("⚠️ Came in the message of a day, where its title stays: {n}", n=found.in_digest)
            if found.in_digest
            else None,
            t("Whoever has read it has read it."),
        ),
        rows=(*(((yes,),) if found.can else ()), nav.exits(t, OpenBroadcast(id=number))),
    )


@router.callback_query(Recall.filter())
@policy(Action.BROADCAST)
async def recall(query: CallbackQuery, turn: Turn, callback_data: Recall) -> Screen:
    """Delete the counted copies."""
    number = callback_data.id
    try:
        await turn.write(recalling.recall, turn.actor, number, callback_data.people, turn.now)
    except (AlreadyChanged, NotPossible):
        return await showing.stands_otherwise(turn, number)
    return await showing.shown(turn, number, turn.t.plain("The copies are being deleted."))
