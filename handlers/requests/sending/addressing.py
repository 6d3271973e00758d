"""To which body a request goes: one of the buttons, or a part of its name in words."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup
from sqlalchemy import Connection

from handlers.requests import asking
from handlers.requests.cards import overtaken
from handlers.requests.filters import NoCommand
from handlers.requests.sending import steps
from handlers.requests.sending.callbacks import ChooseBody
from handlers.turn import CHOOSES, Turn
from handlers.ui import choosing
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import requests, working_days
from storage.errors import AlreadyChanged
from storage.inquiries import bodies
from storage.inquiries.bodies import Page
from storage.requests import VoterRequest
from storage.rules.access import Action, Actor
from storage.rules.working_days import WorkingCalendar

router = Router(name="requests.addressing")

PLACE = "request_body"


@router.callback_query(ChooseBody.filter())
@policy(Action.WORK_ON_REQUESTS)
async def choose(_query: CallbackQuery, turn: Turn, callback_data: ChooseBody) -> Screen:
    """To which body."""
    return await offer(turn, callback_data)


@router.message(StateFilter(f"{PLACE}{CHOOSES}"), NoCommand())
@policy(Action.WORK_ON_REQUESTS)
async def named(message: Message, turn: Turn) -> Screen:
    """A part of its name was typed: the only one of that name is chosen, several are offered."""
    data = turn.conversation.data
    of = ChooseBody(id=data["id"], version=data["version"])
    request, found, _ = await turn.read(
        _addressees, turn.actor, of.id, turn.t.language, 0, message.text
    )
    if request.version != of.version:
        return await overtaken(turn, of.id, AlreadyChanged())
    others = [one for one in found.bodies if one.id != request.body_id]
    labels = [(name, one.id) for one in others for name in (one.name_kk, one.name_ru)]
    body = choosing.meant(message.text, labels)
    if body is not None:
        return await asking.begin(turn, steps.NUMBER, request, steps.number_step, body=str(body))
    words = message.text if others else None
    return await offer(turn, of, words, choosing.below(turn.t))


async def offer(
    turn: Turn, of: ChooseBody, words: str | None = None, mistake: Markup | None = None
) -> Screen:
    """The bodies, those with ``words`` in their names."""
    request, found, calendar = await turn.read(
        _addressees, turn.actor, of.id, turn.t.language, of.page, words
    )
    if request.version != of.version:
        return await overtaken(turn, of.id, AlreadyChanged())
    choosing.wait(turn, PLACE, id=of.id, version=of.version)
    return steps.bodies(turn, request, found, calendar, mistake)


def _addressees(
    tx: Connection, actor: Actor, request_id: int, language: str, page: int, words: str | None
) -> tuple[VoterRequest, Page, WorkingCalendar]:
    request = requests.get(tx, actor, request_id)
    found = bodies.addressees(tx, request.branch_id, language, page, words)
    return request, found, working_days.load(tx)
