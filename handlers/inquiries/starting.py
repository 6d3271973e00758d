"""The beginning of an inquiry: from a request, from several, on one's own, or once more."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers.inquiries import beginnings, callbacks
from handlers.inquiries import draft as drafts
from handlers.inquiries.steps import show
from handlers.turn import Turn
from handlers.ui import texts
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, lines, shortened
from storage import inquiries
from storage.inquiries import prefilling
from storage.inquiries.making import REQUESTS_LIMIT
from storage.inquiries.rows import TEXT_LIMIT
from storage.rules.access import Action

router = Router(name="inquiries.starting")

SHOWN_TEXT = 300  # characters of what was typed behind /inquiry


@router.message(Command("inquiry"))
@policy(Action.MAKE_INQUIRIES)
async def command(message: Message, turn: Turn, command: CommandObject) -> Screen:
    """/inquiry: on one's own; words behind it are its text."""
    said = texts.typed(command.args, TEXT_LIMIT)
    if isinstance(said, texts.Mistake):
        return await begin(turn, [])
    first = await begin(turn, [], said)
    kept = turn.t("📄 Your text: {text}", text=shortened(said, SHOWN_TEXT))
    return replace(first, text=lines(kept, first.text))


@router.callback_query(callbacks.NewInquiry.filter())
@policy(Action.MAKE_INQUIRIES)
async def new(query: CallbackQuery, turn: Turn, callback_data: callbacks.NewInquiry) -> Screen:
    """From one request, or on one's own."""
    return await begin(turn, [callback_data.request] if callback_data.request else [])


async def begin(turn: Turn, request_ids: list[int], text: str | None = None) -> Screen:
    """A new draft out of these requests, which the actor must see, or with this ``text``.

    Raises NotFound, NotAllowed.
    """
    sources = await turn.read(prefilling.sources, turn.actor, request_ids[:REQUESTS_LIMIT])
    own = await turn.read(inquiries.author_branches, turn.actor)
    new_one = drafts.begin(turn)
    new_one.text = text
    new_one.quote(turn, sources)
    of_request = {source.branch_id for source in sources} & {branch.id for branch in own}
    if of_request:
        new_one.branch_id = min(of_request)
    elif len(own) == 1:
        new_one.branch_id = own[0].id
    return await show(turn, new_one.next_step, new_one)


@router.callback_query(callbacks.RepeatInquiry.filter())
@policy(Action.MAKE_INQUIRIES)
async def repeat(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.RepeatInquiry
) -> Screen:
    """The same matter once more: everything stands there already."""
    found = await turn.read(prefilling.to_repeat, turn.actor, callback_data.id)
    first, answer, request_ids = found
    new_one = drafts.begin(turn)
    new_one.branch_id, new_one.repeats_id = first.branch_id, first.id
    new_one.body_id = first.body_id if first.body_active else None
    new_one.subject, new_one.text, new_one.language = first.subject, first.text, first.language
    new_one.request_ids = request_ids
    new_one.basis = beginnings.repeated_basis(turn.t, first, answer, turn.today)
    return await show(turn, new_one.next_step, new_one)
