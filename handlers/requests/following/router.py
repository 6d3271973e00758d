"""A voter opens the link, follows, rates; a deputy takes the link from the card."""

import re

from aiogram import Router
from aiogram.filters import Command, CommandObject, CommandStart, Filter, StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.requests.filters import NoCommand
from handlers.requests.following import callbacks, screens
from handlers.turn import ASKS, Turn
from handlers.ui.filters import HasText, InPrivate
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, toast
from storage import requests
from storage.errors import NotPossible
from storage.requests import following, rating
from storage.requests.following import Followed
from storage.rules.access import Action

router = Router(name="requests.following")

# Whatever begins as a voter's link is one: a broken one gets the words of a wrong code.
_PAYLOAD = re.compile(rf"{screens.PAYLOAD}(.*)", re.DOTALL)
_LINK = re.compile(rf"[?&]start={screens.PAYLOAD}(\w*)")
CODE = f"follow{ASKS}"


class ToRequest(Filter):
    """A /start with the payload of a voter's link, whatever language is chosen or not."""

    async def __call__(self, message: Message) -> bool:
        """Say whether the message qualifies."""
        _, _, payload = (message.text or "").partition(" ")
        return _PAYLOAD.fullmatch(payload.strip()) is not None


class IsLink(Filter):
    """A text that is a voter's link and nothing else."""

    async def __call__(self, message: Message) -> bool:
        """Say whether the message qualifies."""
        words = (message.text or "").split()
        return len(words) == 1 and _LINK.search(words[0]) is not None


@router.message(CommandStart(deep_link=True), ToRequest())
@policy(None)
async def opened(_message: Message, turn: Turn, command: CommandObject) -> Screen:
    """The voter's link."""
    found = _PAYLOAD.fullmatch((command.args or "").strip())
    return await _look(turn, found[1] if found else "")


@router.message(Command("follow"))
@policy(None)
async def command(_message: Message, turn: Turn, command: CommandObject) -> Screen:
    """/follow with the code or the link, for whoever got it on paper; alone it asks for it."""
    return await _look(turn, _code_in(command.args)) if command.args else _ask(turn)


@router.callback_query(callbacks.AskCode.filter())
@policy(None)
async def ask(_query: CallbackQuery, turn: Turn) -> Screen:
    """What is typed next is the code."""
    turn.conversation.pause()
    return _ask(turn)


@router.message(StateFilter(CODE), InPrivate(), NoCommand())
@policy(None)
async def typed(message: Message, turn: Turn) -> Screen:
    """The code or the link was typed; what opens nothing may be typed again."""
    found = await turn.write_then(
        lambda found: turn.conversation.clear() if found else None,
        following.look,
        turn.actor,
        _code_in(message.text or ""),
        turn.now,
    )
    return _page(turn, found)


@router.message(HasText(), IsLink(), StateFilter(None), InPrivate())
@policy(None)
async def pasted(message: Message, turn: Turn) -> Screen:
    """The link alone, pasted rather than opened."""
    return await _look(turn, _code_in(message.text or ""))


@router.callback_query(callbacks.Look.filter())
@policy(None)
async def look(_query: CallbackQuery, turn: Turn, callback_data: callbacks.Look) -> Screen:
    """How it stands now."""
    return await _look(turn, callback_data.code)


@router.callback_query(callbacks.Follow.filter())
@policy(None)
async def follow(_query: CallbackQuery, turn: Turn, callback_data: callbacks.Follow) -> Screen:
    """Be told of changes, or no more."""
    t = turn.t
    asked = (turn.actor, callback_data.code, turn.now)
    if callback_data.on:
        found = await turn.write(following.follow, *asked, t.language)
    else:
        found = await turn.write(following.unfollow, *asked)
    word = t("🔔 You will be told of changes.") if callback_data.on else t("You are told no more.")
    return _page(turn, found, word)


@router.callback_query(callbacks.Rate.filter())
@policy(None)
async def rate(_query: CallbackQuery, turn: Turn, callback_data: callbacks.Rate) -> Screen:
    """A mark for the outcome."""
    t = turn.t
    try:
        found = await turn.write(
            rating.rate, turn.actor, callback_data.code, callback_data.mark, turn.now
        )
    except NotPossible as error:
        return toast(_why_not(turn, error), alert=True)
    return _page(turn, found, t("Thank you, your mark is kept."))


@router.callback_query(callbacks.Solved.filter())
@policy(None)
async def solved(_query: CallbackQuery, turn: Turn, callback_data: callbacks.Solved) -> Screen:
    """Whether it was really solved."""
    t, yes = turn.t, callback_data.yes
    try:
        found = await turn.write(rating.say, turn.actor, callback_data.code, turn.now, solved=yes)
    except NotPossible as error:
        return toast(_why_not(turn, error), alert=True)
    word = (
        t("Thank you. Good that it is solved.")
        if yes
        else t("Thank you. The deputy and the secretary of the branch are told.")
    )
    return _page(turn, found, word)


@router.callback_query(callbacks.VoterLink.filter())
@policy(Action.WORK_ON_REQUESTS)
async def voter_link(
    _query: CallbackQuery, turn: Turn, callback_data: callbacks.VoterLink
) -> Screen:
    """The link that the deputy gives to the voter."""
    request = await turn.read(requests.get, turn.actor, callback_data.id)
    code = await turn.write(following.code_of, turn.actor, request.id, turn.now)
    return screens.for_deputy(turn.t, request, code, screens.link(turn.bot_username, code))


@router.callback_query(callbacks.NewLink.filter())
@policy(Action.WORK_ON_REQUESTS)
async def new_link(_query: CallbackQuery, turn: Turn, callback_data: callbacks.NewLink) -> Screen:
    """Another link instead of the one that was shown."""
    request = await turn.read(requests.get, turn.actor, callback_data.id)
    code = await turn.write(
        following.new_code, turn.actor, request.id, callback_data.before, turn.now
    )
    return screens.for_deputy(turn.t, request, code, screens.link(turn.bot_username, code))


@router.callback_query(callbacks.AskNewLink.filter())
@policy(Action.WORK_ON_REQUESTS)
async def ask_new_link(
    _query: CallbackQuery, turn: Turn, callback_data: callbacks.AskNewLink
) -> Screen:
    """What another link would mean."""
    request = await turn.read(requests.get, turn.actor, callback_data.id)
    code = await turn.write(following.code_of, turn.actor, request.id, turn.now)
    return screens.ask_new(turn.t, request, code)


def _ask(turn: Turn) -> Screen:
    turn.conversation.to(CODE)
    return screens.ask_code(turn.t)


def _code_in(typed: str) -> str:
    """The code in a link, behind its «v_», or alone."""
    link = _LINK.search(typed)
    return link[1] if link else typed.strip().lower().removeprefix(screens.PAYLOAD)


async def _look(turn: Turn, typed_code: str) -> Screen:
    found = await turn.write(following.look, turn.actor, typed_code, turn.now)
    return _page(turn, found)


def _page(turn: Turn, found: Followed | None, word: Markup | None = None) -> Screen:
    if found is None:
        return screens.nothing(turn.t)
    return screens.page(turn.t, found, turn.today, turn.zone, word=word)


def _why_not(turn: Turn, error: NotPossible) -> str:
    if error.reason == "too_late":
        return turn.t.plain("A mark can be changed for seven days.")
    return turn.t.plain("There is no outcome yet.")
