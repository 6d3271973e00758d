"""After how many overdue days who hears of a request: typed by the regional secretary."""

import re

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.requests.filters import NoCommand
from handlers.requests.settings.callbacks import Escalation, RequestSettings
from handlers.turn import Turn
from handlers.ui import wizard
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, lines
from handlers.ui.wizard import Renderer
from storage.errors import AlreadyChanged, NotPossible
from storage.requests import escalation_days
from storage.rules.access import Action

router = Router(name="requests.settings.escalation")

STATE = "escalation:days"
_NUMBERS = re.compile(r"\s*(\d{1,3})[\s,;]+(\d{1,3})[\s,;]+(\d{1,3})\s*")


@router.callback_query(Escalation.filter())
@policy(Action.SET_REQUEST_STEPS)
async def ask(_query: CallbackQuery, turn: Turn, callback_data: Escalation) -> Screen:
    """The days as they are, and the new ones to be typed."""
    turn.conversation.pause()
    known = await turn.read(escalation_days.get)
    turn.conversation.to(STATE, version=known.version)
    return await show(turn)


@router.message(StateFilter(STATE), NoCommand())
@policy(Action.SET_REQUEST_STEPS)
async def typed(message: Message, turn: Turn) -> Screen:
    """Three numbers."""
    t, found = turn.t, _NUMBERS.fullmatch(message.text or "")
    wrong = t("Three growing numbers are needed, the last at most {n}.", n=escalation_days.MOST)
    if found is None:
        return await show(turn, wrong)
    version = int(turn.conversation.data["version"])
    days = [int(one) for one in found.groups()]
    turn.conversation.to(STATE, version=version + 1)
    try:
        await turn.write(escalation_days.put, turn.actor, version, days, turn.now)
    except NotPossible:
        turn.conversation.to(STATE, version=version)
        return await show(turn, wrong)
    except AlreadyChanged:
        known = await turn.read(escalation_days.get)
        turn.conversation.to(STATE, version=known.version)
        return await show(turn, t("It was changed meanwhile. Here is how it stands now."))
    return await show(turn, said=t("✅ It is set."))


async def show(turn: Turn, mistake: Markup | None = None, *, said: Markup | None = None) -> Screen:
    """Who hears of it when, and how it is set anew."""
    t = turn.t
    leader, secretary, region = (await turn.read(escalation_days.get)).days
    return wizard.step(
        t,
        1,
        1,
        lines(
            said,
            t("⏫ <b>Who hears of an overdue request</b>"),
            t("Faction leader: after {n} working days", n=leader),
            t("Secretary of the branch: after {n} working days", n=secretary),
            t("Secretary of the region: after {n} working days", n=region),
            t("Write the three numbers in this order."),
        ),
        hint=t("For example: 3 6 12"),
        mistake=mistake,
        back=RequestSettings(),
    )


RESUME: dict[str, Renderer] = {STATE: show}
