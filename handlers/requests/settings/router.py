"""/setup: all that secretaries set of requests and inquiries, one door each."""

from dataclasses import dataclass

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, Message

from handlers.inquiries.keeping_callbacks import Bodies, InquirySettings
from handlers.primaries.callbacks import Primaries
from handlers.requests.catalogues.callbacks import Categories
from handlers.requests.settings.callbacks import Escalation, RequestSettings, Steps
from handlers.requests.settlements.callbacks import Settlements
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.i18n import N_
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, column, lines
from storage.rules.access import Action, may

router = Router(name="requests.settings")


@dataclass(frozen=True)
class Door:
    """A button, for those who may."""

    action: Action
    label: str  # a msgid
    goes: CallbackData


DOORS = (
    Door(Action.KEEP_CATEGORIES, N_("🗂 Categories and their days"), Categories()),
    Door(Action.KEEP_SETTLEMENTS, N_("🏘 Settlements"), Settlements()),
    Door(Action.KEEP_PRIMARIES, N_("🏘 Primary organisations"), Primaries()),
    Door(Action.KEEP_ADDRESSEES, N_("🏛 Directory of bodies"), Bodies()),
    Door(Action.SET_REQUEST_STEPS, N_("🔀 Steps of a request"), Steps()),
    Door(Action.SET_REQUEST_STEPS, N_("⏫ Overdue requests"), Escalation()),
    Door(Action.SET_INQUIRY_TERMS, N_("Terms and letter"), InquirySettings()),
)


@router.message(Command("setup"))
@router.callback_query(RequestSettings.filter())
@policy(Action.KEEP_SETTLEMENTS)
async def settings(event: Message | CallbackQuery, turn: Turn) -> Screen:
    """The doors that are open to this secretary."""
    t = turn.t
    buttons = [
        Button(t.plain(door.label), door.goes) for door in DOORS if may(turn.actor, door.action)
    ]
    return Screen(
        lines(
            t("⚙️ <b>Settings of the branch</b>"),
            t("What is set here holds from now on."),
        ),
        rows=(*column(buttons), nav.exits(t)),
    )
