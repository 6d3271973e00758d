"""The reminder of what a visit recommended, put off once."""

from aiogram import Router
from aiogram.types import CallbackQuery
from markupsafe import Markup

from handlers.objects import words
from handlers.objects.callbacks import OpenVisit, SnoozeVisit
from handlers.reminders import later
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen
from storage import objects
from storage.objects import reminding
from storage.rules.access import Action

router = Router(name="objects.snoozing")


@router.callback_query(SnoozeVisit.filter())
@policy(Action.REPORT_ROADMAP)
async def snooze(query: CallbackQuery, turn: Turn, callback_data: SnoozeVisit) -> Screen:
    """Until when it may rest; the rest of the ladder stays."""
    t, of = turn.t, callback_data
    one, visit = await turn.read(objects.visit, turn.actor, of.id)
    name, card = Markup("🏗 {}").format(words.name(t, one)), OpenVisit(id=visit.id)
    if of.days not in later.LATER:
        return later.ask(turn, (name,), lambda n: SnoozeVisit(id=of.id, days=n), card)
    day = await turn.write(reminding.snooze, turn.actor, visit.id, of.days, turn.now, turn.zone)
    return later.kept(turn, name, day, (Button(t.plain("Open the visit"), card),))
