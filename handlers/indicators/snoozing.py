"""The reminder of a figure, put off once."""

from aiogram import Router
from aiogram.types import CallbackQuery
from markupsafe import Markup

from handlers.indicators import words
from handlers.indicators.callbacks import OpenIndicator, SnoozeFact
from handlers.reminders import later
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen
from storage import indicators
from storage.indicators import reminding
from storage.rules.access import Action

router = Router(name="indicators.snoozing")


@router.callback_query(SnoozeFact.filter())
@policy(Action.REPORT_ROADMAP)
async def snooze(query: CallbackQuery, turn: Turn, callback_data: SnoozeFact) -> Screen:
    """Until when it may rest; the rest of the ladder stays."""
    t, of = turn.t, callback_data
    one = await turn.read(indicators.get, turn.actor, of.id)
    name, card = Markup("📈 {}").format(words.name(t, one)), OpenIndicator(id=one.id)
    if of.days not in later.LATER:
        about = (name, words.wanted(t, one, turn.today))
        return later.ask(turn, about, lambda n: SnoozeFact(id=of.id, days=n), card)
    given = (one.id, of.days, turn.now, turn.zone)
    day = await turn.write(reminding.snooze, turn.actor, *given)
    return later.kept(turn, name, day, (Button(t.plain("Open the indicator"), card),))
