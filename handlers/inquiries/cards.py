"""The card of an inquiry, and what is looked at or done from it with one tap."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery
from markupsafe import Markup

from handlers.inquiries import callbacks, letter, looking, screens, stepping, words
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.policy import policy
from handlers.ui.screen import Attachment, Screen
from storage import inquiries, requests
from storage.errors import AlreadyChanged, NotPossible
from storage.inquiries import answering, settings, signing
from storage.rules.access import Action

router = Router(name="inquiries.cards")


@router.callback_query(callbacks.OpenInquiry.filter())
@policy(Action.WORK_ON_INQUIRIES)
async def open_(query: CallbackQuery, turn: Turn, callback_data: callbacks.OpenInquiry) -> Screen:
    """The card; whoever was noting something about it is done with that."""
    stepping.leave(turn)
    return await show_card(turn, callback_data.id)


@router.callback_query(callbacks.InquiriesOf.filter())
@policy(Action.WORK_ON_INQUIRIES)
async def of_request(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.InquiriesOf
) -> Screen:
    """The inquiries made from a request; the only one at once."""
    request = await turn.read(requests.get, turn.actor, callback_data.request)
    found = await turn.read(inquiries.of_request, turn.actor, request.id)
    if len(found) == 1:
        return await show_card(turn, found[0].id)
    return looking.of_request(turn, request.number, found, request.id)


@router.callback_query(callbacks.WholeText.filter())
@policy(Action.WORK_ON_INQUIRIES)
async def whole_text(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.WholeText
) -> Screen:
    """The text alone: with anything beside it, 4096 characters would not fit."""
    inquiry = await turn.read(inquiries.get, turn.actor, callback_data.id)
    return Screen(
        Markup("{}").format(inquiry.text),
        rows=(nav.exits(turn.t, callbacks.OpenInquiry(id=inquiry.id)),),
    )


@router.callback_query(callbacks.Letter.filter())
@policy(Action.WORK_ON_INQUIRIES)
async def show_letter(query: CallbackQuery, turn: Turn, callback_data: callbacks.Letter) -> Screen:
    """The letter as a document."""
    around = await turn.read(inquiries.whole, turn.actor, callback_data.id)
    fixed = await turn.read(settings.words, around.inquiry.language)
    content = letter.letter(around, fixed, turn.now)
    name = f"{around.inquiry.number}-{around.inquiry.language}.docx"
    said = turn.t("📄 The letter of № {number}", number=around.inquiry.number)
    shown = screens.card(turn, around, said=said)
    return replace(
        shown, fresh=True, attachments=(Attachment("document", content=content, name=name),)
    )


@router.callback_query(callbacks.Answers.filter())
@policy(Action.WORK_ON_INQUIRIES)
async def show_answers(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.Answers
) -> Screen:
    """What was answered, with the files."""
    around = await turn.read(inquiries.whole, turn.actor, callback_data.id)
    return looking.answers(turn, around)


@router.callback_query(callbacks.InquiryHistory.filter())
@policy(Action.WORK_ON_INQUIRIES)
async def show_history(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.InquiryHistory
) -> Screen:
    """Who did what, and when."""
    inquiry = await turn.read(inquiries.get, turn.actor, callback_data.id)
    entries = await turn.read(inquiries.history, turn.actor, inquiry.id)
    return looking.history(turn, inquiry, entries, callback_data.page)


@router.callback_query(callbacks.WhyThisDay.filter())
@policy(Action.WORK_ON_INQUIRIES)
async def why(query: CallbackQuery, turn: Turn, callback_data: callbacks.WhyThisDay) -> Screen:
    """Why the answer is due on that day."""
    around = await turn.read(inquiries.whole, turn.actor, callback_data.id)
    return looking.why(turn, around, await turn.read(settings.term, around.inquiry.level))


@router.callback_query(callbacks.Sign.filter())
@policy(Action.WORK_ON_INQUIRIES)
async def sign(query: CallbackQuery, turn: Turn, callback_data: callbacks.Sign) -> Screen:
    """Sign the very wording that was shown, or refuse."""
    of = callback_data
    t = turn.t
    word = t.plain("You have signed.") if of.signs else t.plain("You have refused.")
    return await do(turn, word, signing.answer, of.id, of.version, turn.now, signs=of.signs)


@router.callback_query(callbacks.Rate.filter())
@policy(Action.MAKE_INQUIRIES)
async def rate(query: CallbackQuery, turn: Turn, callback_data: callbacks.Rate) -> Screen:
    """Whether the answer satisfies."""
    of, t = callback_data, turn.t
    word = t.plain("It is noted.")
    return await do(turn, word, answering.rate, of.id, of.version, turn.now, satisfied=of.satisfied)


@router.callback_query(callbacks.Close.filter())
@policy(Action.WORK_ON_INQUIRIES)
async def close(query: CallbackQuery, turn: Turn, callback_data: callbacks.Close) -> Screen:
    """The end of it."""
    of = callback_data
    word = turn.t.plain("The inquiry is closed.")
    return await do(turn, word, answering.close, of.id, of.version, turn.now)


async def do(
    turn: Turn, word: str, fn: Callable[..., Any], inquiry_id: int, *args: Any, **kwargs: Any
) -> Screen:
    """Do ``fn`` to the inquiry; its card, with ``word`` or with why it was not possible."""
    try:
        await turn.write(fn, turn.actor, inquiry_id, *args, **kwargs)
    except (AlreadyChanged, NotPossible) as error:
        return await refused(turn, inquiry_id, error)
    return await show_card(turn, inquiry_id, word)


async def refused(turn: Turn, inquiry_id: int, error: AlreadyChanged | NotPossible) -> Screen:
    """The card as it stands now, and why the step was not possible."""
    return replace(await show_card(turn, inquiry_id), toast=why_not(turn, error), alert=True)


def why_not(turn: Turn, error: AlreadyChanged | NotPossible) -> str:
    """Why a step was not possible, in words."""
    if isinstance(error, NotPossible):
        return words.cannot(turn.t, error)
    at = f"{error.at.astimezone(turn.zone):%H:%M}" if error.at else None
    return words.overtaken(turn.t, error, at)


async def show_card(
    turn: Turn, inquiry_id: int, word: str | None = None, *, said: Markup | None = None
) -> Screen:
    """The card as it stands now, with ``word`` in the toast and ``said`` above it."""
    around = await turn.read(inquiries.whole, turn.actor, inquiry_id)
    return screens.card(turn, around, said=said, word=word)
