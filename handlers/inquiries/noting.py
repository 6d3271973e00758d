"""What is noted about an inquiry: sent, announced, taken back; and its wording is changed."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup, escape

from handlers.inquiries import callbacks, cards, noting_screens, past_days, stepping, words
from handlers.inquiries.stepping import CAPABILITY
from handlers.requests.filters import NoCommand
from handlers.turn import Turn
from handlers.ui import texts
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from handlers.ui.wizard import Renderer
from storage import inquiries
from storage.errors import AlreadyChanged, NotAllowed, NotPossible
from storage.inquiries import Inquiry, InquiryState, is_author, sending
from storage.inquiries.rows import NUMBER_LIMIT, WORD_LIMIT
from storage.rules.access import Action

router = Router(name="inquiries.noting")

FIELDS = ("subject", "text", "basis")
DAYS = ("out_day", "announced_day")
STEPS = (*FIELDS, "out_number", *DAYS, "reason")
# The steps whose mistakes are told at the step itself; the rest is told over the card.
AGAIN = ("in_future", "too_old", "before_sending", "number")


@router.callback_query(callbacks.ChangeField.filter())
@policy(Action.MAKE_INQUIRIES)
async def change(query: CallbackQuery, turn: Turn, callback_data: callbacks.ChangeField) -> Screen:
    """Write subject, text or basis anew; or look for another addressee."""
    of = callback_data
    if of.field == "body":
        inquiry = await _draft(turn, of.id)
        return await noting_screens.bodies(turn, inquiry, of.page)
    if of.field not in FIELDS:
        return await cards.show_card(turn, of.id)
    return await begin(turn, of.field, of.id, of.version)


@router.callback_query(callbacks.SetBody.filter())
@policy(Action.MAKE_INQUIRIES)
async def set_body(query: CallbackQuery, turn: Turn, callback_data: callbacks.SetBody) -> Screen:
    """Another addressee."""
    return await _set(turn, callback_data.id, callback_data.version, "body_id", callback_data.body)


@router.callback_query(callbacks.SetLanguage.filter())
@policy(Action.MAKE_INQUIRIES)
async def set_language(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.SetLanguage
) -> Screen:
    """Another language of the letter."""
    of = callback_data
    return await _set(turn, of.id, of.version, "language", of.language)


@router.callback_query(callbacks.StartSending.filter())
@policy(Action.MAKE_INQUIRIES)
async def start_sending(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.StartSending
) -> Screen:
    """The outgoing number comes first."""
    return await begin(turn, "out_number", callback_data.id, callback_data.version)


@router.callback_query(callbacks.StartAnnouncing.filter())
@policy(Action.MAKE_INQUIRIES)
async def start_announcing(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.StartAnnouncing
) -> Screen:
    """On which day."""
    return await begin(turn, "announced_day", callback_data.id, callback_data.version)


@router.callback_query(callbacks.StartWithdrawing.filter())
@policy(Action.MAKE_INQUIRIES)
async def start_withdrawing(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.StartWithdrawing
) -> Screen:
    """Why: the reason may stay out, that it is meant is a second tap."""
    return await begin(turn, "reason", callback_data.id, callback_data.version)


async def begin(turn: Turn, step: str, inquiry_id: int, version: int) -> Screen:
    """Ask for the first thing, unless the inquiry has changed since the button was shown."""
    inquiry = await turn.read(inquiries.get, turn.actor, inquiry_id)
    if not is_author(turn.actor, inquiry):
        raise NotAllowed(Action.MAKE_INQUIRIES, inquiry.branch_id)
    if inquiry.version != version:
        return await cards.refused(turn, inquiry_id, AlreadyChanged())
    stepping.begin(turn, step, inquiry, version)
    return await show(turn)


@router.callback_query(callbacks.StepBack.filter(), StateFilter(f"{CAPABILITY}:out_day"))
@policy(Action.MAKE_INQUIRIES)
async def step_back(query: CallbackQuery, turn: Turn, callback_data: callbacks.StepBack) -> Screen:
    """From the day back to the number."""
    if stepping.about(turn) != callback_data.id:
        return await cards.show_card(turn, callback_data.id)
    stepping.go(turn, "out_number")
    return await show(turn)


@router.callback_query(
    callbacks.Skip.filter(),
    StateFilter(*(f"{CAPABILITY}:{step}" for step in ("basis", "out_number", "reason"))),
)
@policy(Action.MAKE_INQUIRIES)
async def skip(query: CallbackQuery, turn: Turn, callback_data: callbacks.Skip) -> Screen:
    """No basis, no reason, or our own number as the outgoing one."""
    if stepping.about(turn) != callback_data.id:
        return await cards.show_card(turn, callback_data.id)
    step = stepping.step_of(turn)
    if step == "out_number":
        inquiry = await turn.read(inquiries.get, turn.actor, callback_data.id)
        stepping.go(turn, "out_day", number=inquiry.number)
        return await show(turn)
    return await _take(turn, step, None)


@router.callback_query(
    callbacks.PickDay.filter(), StateFilter(*(f"{CAPABILITY}:{step}" for step in DAYS))
)
@policy(Action.MAKE_INQUIRIES)
async def day_picked(query: CallbackQuery, turn: Turn, callback_data: callbacks.PickDay) -> Screen:
    """A day was tapped."""
    if stepping.about(turn) != callback_data.id:
        return await cards.show_card(turn, callback_data.id)
    return await _day(turn, past_days.picked(turn, callback_data.ago))


@router.message(StateFilter(*(f"{CAPABILITY}:{step}" for step in DAYS)), NoCommand())
@policy(Action.MAKE_INQUIRIES)
async def day_typed(message: Message, turn: Turn) -> Screen:
    """A day was typed."""
    day = past_days.typed(turn, message.text)
    if isinstance(day, Markup):
        return await show(turn, day)
    return await _day(turn, day)


@router.message(
    StateFilter(*(f"{CAPABILITY}:{step}" for step in (*FIELDS, "out_number", "reason"))),
    NoCommand(),
)
@policy(Action.MAKE_INQUIRIES)
async def words_typed(message: Message, turn: Turn) -> Screen:
    """A wording, a number or a reason."""
    step = stepping.step_of(turn)
    limit = {"out_number": NUMBER_LIMIT, "reason": WORD_LIMIT}.get(step) or words.FIELDS[step][1]
    typed = texts.typed(message.text, limit)
    if isinstance(typed, texts.Mistake):
        return await show(turn, texts.told(turn.t, typed, limit))
    if step != "text":
        typed = " ".join(typed.split())
    if step == "out_number":
        stepping.go(turn, "out_day", number=typed)
        return await show(turn)
    return await _take(turn, step, typed)


async def show(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The step that is open, about the inquiry as it stands."""
    inquiry = await turn.read(inquiries.get, turn.actor, stepping.about(turn))
    return noting_screens.step(turn, inquiry, stepping.step_of(turn), mistake)


RESUME: dict[str, Renderer] = {f"{CAPABILITY}:{step}": show for step in STEPS}


async def _day(turn: Turn, day: date) -> Screen:
    inquiry_id, version = stepping.about(turn), stepping.version(turn)
    if stepping.step_of(turn) == "announced_day":
        word = turn.t("✅ Announced at a session: noted")
        given = (inquiry_id, version, day, turn.now, turn.zone)
        return await finish(turn, show, word, sending.announce, *given)
    number = str(turn.conversation.data["number"])
    word = turn.t("✅ Sent: the answer is reminded of")
    given_out = (inquiry_id, version, number, day, turn.now, turn.zone)
    return await finish(turn, show, word, sending.send, *given_out)


async def _take(turn: Turn, step: str, typed: str | None) -> Screen:
    inquiry_id, version = stepping.about(turn), stepping.version(turn)
    if step == "reason":
        word = turn.t("The inquiry is taken back")
        return await finish(
            turn, show, word, sending.withdraw, inquiry_id, version, typed, turn.now
        )
    word = turn.t("✅ The wording is changed; whoever signed is asked anew")
    return await finish(
        turn, show, word, inquiries.change, inquiry_id, version, step, typed, turn.now
    )


async def finish(
    turn: Turn,
    again: Callable[[Turn, Markup], Awaitable[Screen]],
    word: Markup,
    fn: Callable[..., Any],
    inquiry_id: int,
    *args: Any,
) -> Screen:
    """Do ``fn`` and show the card; a mistake is told at the step (``again``) that rights it."""
    try:
        await turn.write_then(
            lambda _: turn.conversation.clear(), fn, turn.actor, inquiry_id, *args
        )
    except NotPossible as error:
        if error.reason in AGAIN:
            return await again(turn, escape(words.cannot(turn.t, error)))
        return await _over(turn, inquiry_id, error)
    except AlreadyChanged as error:
        return await _over(turn, inquiry_id, error)
    return await cards.show_card(turn, inquiry_id, said=word)


async def _over(turn: Turn, inquiry_id: int, error: AlreadyChanged | NotPossible) -> Screen:
    stepping.leave(turn)
    said = Markup("⚠️ {}").format(cards.why_not(turn, error))
    return await cards.show_card(turn, inquiry_id, said=said)


async def _set(turn: Turn, inquiry_id: int, version: int, field: str, value: str | int) -> Screen:
    word = turn.t.plain("Changed; whoever signed is asked anew.")
    return await cards.do(turn, word, inquiries.change, inquiry_id, version, field, value, turn.now)


async def _draft(turn: Turn, inquiry_id: int) -> Inquiry:
    inquiry = await turn.read(inquiries.get, turn.actor, inquiry_id)
    if not is_author(turn.actor, inquiry) or inquiry.state is not InquiryState.DRAFT:
        raise NotPossible("state")
    return inquiry
