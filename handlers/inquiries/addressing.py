"""To whom an inquiry goes: from the directory, narrowed by words, or a body that it lacks."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.inquiries import callbacks
from handlers.inquiries import draft as drafts
from handlers.inquiries.draft import CAPABILITY
from handlers.inquiries.steps import finished, show, shown, still_linked
from handlers.requests.filters import NoCommand
from handlers.turn import Turn
from handlers.ui import texts
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage.inquiries import bodies, making, proposing
from storage.inquiries.bodies import Body
from storage.rules.access import Action

router = Router(name="inquiries.addressing")


@router.callback_query(callbacks.DraftBody.filter())
@policy(Action.MAKE_INQUIRIES)
async def body_chosen(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftBody
) -> Screen:
    """The addressee."""
    current = drafts.opened(turn, callback_data.draft)
    body = await turn.read(making.addressee, turn.actor, callback_data.body)
    if current is None:
        return await finished(turn, callback_data.draft)
    current.body_id = body.id
    return await show(turn, current.next_step, current)


@router.callback_query(callbacks.DraftNewBody.filter())
@policy(Action.MAKE_INQUIRIES)
async def new_body(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftNewBody
) -> Screen:
    """A body that is in no list, by the words that were typed: it is proposed for the directory."""
    current = drafts.opened(turn, callback_data.draft)
    if current is None or current.branch_id is None or not current.body_words:
        return await finished(turn, callback_data.draft)
    name = " ".join(current.body_words.split())
    given = (current.branch_id, name, turn.now, turn.today)

    def put(body: Body) -> None:
        current.body_id = body.id
        drafts.keep(turn, current.next_step, current)

    await turn.write_then(put, proposing.propose, turn.actor, *given)
    step = current.next_step
    return await shown(turn, step, current, await still_linked(turn, step, current))


@router.message(StateFilter(f"{CAPABILITY}:body"), NoCommand())
@policy(Action.MAKE_INQUIRIES)
async def body_words(message: Message, turn: Turn) -> Screen:
    """A part of a name narrows the directory."""
    typed = texts.typed(message.text, bodies.NAME_LIMIT)
    current = drafts.current(turn)
    if isinstance(typed, texts.Mistake):
        told = texts.told(turn.t, typed, bodies.NAME_LIMIT)
        return await show(turn, "body", current, mistake=told)
    current.body_words = typed
    return await show(turn, "body", current)
