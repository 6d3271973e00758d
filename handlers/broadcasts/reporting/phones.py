"""A secretary enters the phone of somebody the bot does not reach and nobody can call."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.broadcasts import showing, wizard
from handlers.broadcasts.reporting.callbacks import AskPhone, Phones
from handlers.people.phones import given
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui import wizard as steps
from handlers.ui.filters import AnyMessage
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import people
from storage.broadcasts import reporting
from storage.errors import AlreadyChanged
from storage.rules.access import Action

router = Router(name="broadcasts.phones")


@router.callback_query(AskPhone.filter())
@policy(Action.BROADCAST)
async def ask(query: CallbackQuery, turn: Turn, callback_data: AskPhone) -> Screen:
    """Which number?"""
    number, person_id = callback_data.id, callback_data.person_id
    await turn.read(reporting.demand_unreached, turn.actor, number, person_id)
    showing.ask_of_draft(turn, wizard.PHONE, broadcast_id=number, person_id=person_id)
    return await again(turn)


@router.message(StateFilter(wizard.PHONE), AnyMessage())
@policy(Action.BROADCAST)
async def typed(message: Message, turn: Turn) -> Screen:
    """The number, typed or shared; one that is known by now stays."""
    t, data = turn.t, turn.conversation.data
    phone = given(t, message)
    if isinstance(phone, Markup):
        return await again(turn, phone)
    number, person_id = data["broadcast_id"], data["person_id"]
    turn.conversation.clear()
    word = t("✅ The phone is kept.")
    try:
        await turn.write(reporting.enter_phone, turn.actor, number, person_id, phone, turn.now)
    except AlreadyChanged:
        word = t("The phone is known already.")
    return Screen(word, rows=(nav.exits(t, Phones(id=number)),))


async def again(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The step that is open."""
    t, data = turn.t, turn.conversation.data
    whose = await turn.read(people.get, data["person_id"])
    return steps.step(
        t,
        1,
        1,
        t("☎️ Which phone does this person have: {name}?", name=whose.name),
        hint=t("For example: +7 701 123 45 67"),
        mistake=mistake,
        back=Phones(id=data["broadcast_id"]),
    )


wizard.RESUME[wizard.PHONE] = again
