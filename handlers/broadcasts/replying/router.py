"""A recipient replies to a copy, and is answered: in the private chat only."""

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.broadcasts import taking, wizard
from handlers.broadcasts.filters import NoCommand
from handlers.broadcasts.replying import screens as reply_screens
from handlers.broadcasts.replying.callbacks import OpenThread, WriteBack, WriteReply, Writers
from handlers.turn import Turn
from handlers.ui import paging
from handlers.ui.i18n import N_
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage.broadcasts import replying
from storage.errors import NotPossible
from storage.rules.access import Action

router = Router(name="broadcasts.replying")

REPLY_IS = N_("A reply is words, a photo, a file or a voice message.")


class RepliesToOurs(Filter):
    """Telegram's own reply to a copy, or to the notice of a reply."""

    async def __call__(self, message: Message, turn: Turn) -> bool:
        """Say whether the message qualifies."""
        if turn.in_group or (message.text or "").startswith("/"):
            return False
        return await _place(message, turn) is not None


@router.message(RepliesToOurs())
@policy(None)
async def replied(message: Message, turn: Turn) -> Screen | None:
    """What was written under a copy or a reply goes to the other side."""
    place = await _place(message, turn)
    return await _take(message, turn, *place) if place else None


@router.callback_query(WriteReply.filter())
@policy(None)
async def write(query: CallbackQuery, turn: Turn, callback_data: WriteReply) -> Screen:
    """The recipient's button under a copy."""
    return await _ask(turn, callback_data.id, turn.actor.person_id)


@router.callback_query(WriteBack.filter())
@policy(None)
async def write_back(query: CallbackQuery, turn: Turn, callback_data: WriteBack) -> Screen:
    """The button of whoever answers for it."""
    return await _ask(turn, callback_data.id, callback_data.person_id)


@router.message(StateFilter(wizard.REPLY), NoCommand())
@policy(None)
async def written(message: Message, turn: Turn) -> Screen:
    """The words, after a button."""
    data = turn.conversation.data
    return await _take(message, turn, data["broadcast_id"], data["person_id"])


@router.callback_query(OpenThread.filter())
@policy(None)
async def open_(query: CallbackQuery, turn: Turn, callback_data: OpenThread) -> Screen:
    """Everything that was written to and fro."""
    number, person_id = callback_data.id, callback_data.person_id
    of = await turn.read(replying.thread, turn.actor, number, person_id, turn.today)
    return reply_screens.thread(turn.t, of, turn.zone, mine=turn.actor.person_id == person_id)


@router.callback_query(Writers.filter())
@policy(Action.BROADCAST)
async def writers(query: CallbackQuery, turn: Turn, callback_data: Writers) -> Screen:
    """Who has written."""
    number, page = callback_data.id, callback_data.page
    given = (number, turn.today, page * paging.PAGE, paging.PAGE)
    total, found = await turn.read(replying.writers, turn.actor, *given)
    return reply_screens.writers(turn.t, number, found, paging.clamp(page, total), total)


async def _place(message: Message, turn: Turn) -> tuple[int, int] | None:
    """The thread of what the message replies to: (broadcast, recipient)."""
    answered = message.reply_to_message
    if answered is None:
        return None
    return await turn.read(replying.place_of, turn.actor.person_id, answered.message_id)


async def _ask(turn: Turn, number: int, person_id: int) -> Screen:
    of = await turn.read(replying.thread, turn.actor, number, person_id, turn.today)
    turn.conversation.pause()
    turn.conversation.to(wizard.REPLY, broadcast_id=of.broadcast.id, person_id=person_id)
    return await wizard.ask_reply(turn)


async def _take(message: Message, turn: Turn, number: int, person_id: int) -> Screen:
    t = turn.t
    taken = taking.message(t, message, limit=taking.MAX_REPLY)
    if taken.content.options or any(one.kind == "location" for one in taken.content.pieces):
        return _mistaken(turn, number, person_id, t(REPLY_IS))
    if taken.mistake is not None:
        wrong = taken.mistake if message.text is not None or message.caption else t(REPLY_IS)
        return _mistaken(turn, number, person_id, wrong)
    if turn.conversation.state == wizard.REPLY:
        turn.conversation.clear()
    given = (number, person_id, taken.content, turn.now, turn.today)
    try:
        of = await turn.write(replying.say, turn.actor, *given)
    except NotPossible as no:
        if no.reason == "closed":
            return Screen(t("Its author takes no replies here. Ask your secretary."))
        return Screen(t("There is nobody to answer it any more."), rows=())
    mine = turn.actor.person_id == person_id
    word = t("✅ Handed over. Only you two see it.")
    return reply_screens.thread(t, of, turn.zone, mine=mine, word=word)


def _mistaken(turn: Turn, number: int, person_id: int, mistake: Markup) -> Screen:
    """What is wrong; the next message is taken as the reply."""
    if turn.conversation.state != wizard.REPLY:
        turn.conversation.pause()
    turn.conversation.to(wizard.REPLY, broadcast_id=number, person_id=person_id)
    return wizard.reply_step(turn.t, mistake)
