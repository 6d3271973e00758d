"""A draft of an inquiry is filled in, looked at, and made."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.inquiries import beginnings, callbacks, cards, words
from handlers.inquiries import draft as drafts
from handlers.inquiries.draft import CAPABILITY, Draft
from handlers.inquiries.steps import STEPS, TYPED, finished, resume, show
from handlers.requests.filters import NoCommand
from handlers.turn import Turn
from handlers.ui import texts
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from handlers.ui.wizard import Renderer
from storage import inquiries
from storage.errors import NotFound, NotPossible
from storage.inquiries import prefilling
from storage.inquiries.making import REQUESTS_LIMIT
from storage.inquiries.rows import TEXT_LIMIT
from storage.rules.access import Action

router = Router(name="inquiries.wizard")

RESUME: dict[str, Renderer] = {f"{CAPABILITY}:{step}": resume for step in STEPS}


@router.callback_query(callbacks.DraftField.filter())
@policy(Action.MAKE_INQUIRIES)
async def to_step(query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftField) -> Screen:
    """To another step, or another page of it."""
    current = drafts.opened(turn, callback_data.draft)
    if current is None or callback_data.step not in STEPS:
        return await finished(turn, callback_data.draft)
    if callback_data.step == "body" and not callback_data.page:
        current.body_words = None
    return await show(turn, callback_data.step, current, page=callback_data.page)


@router.callback_query(callbacks.DraftBranch.filter())
@policy(Action.MAKE_INQUIRIES)
async def branch_chosen(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftBranch
) -> Screen:
    """The branch; it is checked again when the inquiry is made."""
    current = drafts.opened(turn, callback_data.draft)
    own = await turn.read(inquiries.author_branches, turn.actor)
    if callback_data.branch not in {branch.id for branch in own}:
        raise NotFound("branch")
    if current is None:
        return await finished(turn, callback_data.draft)
    current.branch_id, current.body_id = callback_data.branch, None
    return await show(turn, current.next_step, current)


@router.callback_query(callbacks.DraftRequest.filter())
@policy(Action.MAKE_INQUIRIES)
async def request_chosen(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftRequest
) -> Screen:
    """A request comes in with its words, or goes out; the words that were written stay."""
    current = drafts.opened(turn, callback_data.draft)
    wanted = callback_data.request
    if current is None:
        await turn.read(prefilling.sources, turn.actor, [wanted])  # a foreign one is recorded
        return await finished(turn, callback_data.draft)
    if wanted in current.request_ids:
        current.request_ids.remove(wanted)
    elif len(current.request_ids) < REQUESTS_LIMIT:
        (source,) = await turn.read(prefilling.sources, turn.actor, [wanted])
        current.request_ids.append(wanted)
        if source.text and source.text not in (current.text or ""):
            joined = "\n\n".join(part for part in (current.text, source.text) if part)
            current.text = joined[:TEXT_LIMIT]
    sources = await turn.read(prefilling.sources, turn.actor, current.request_ids)
    if current.repeats_id is None:
        current.basis = beginnings.basis(turn.t, sources) if sources else None
    return await show(turn, "requests", current, page=callback_data.page)


@router.callback_query(callbacks.DraftLanguage.filter())
@policy(Action.MAKE_INQUIRIES)
async def language_chosen(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftLanguage
) -> Screen:
    """The language of the letter."""
    current = drafts.opened(turn, callback_data.draft)
    if current is None or callback_data.language not in words.LANGUAGES:
        return await finished(turn, callback_data.draft)
    current.language = callback_data.language
    return await show(turn, "check", current)


@router.callback_query(callbacks.DraftNoBasis.filter())
@policy(Action.MAKE_INQUIRIES)
async def no_basis(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftNoBasis
) -> Screen:
    """Without a basis."""
    current = drafts.opened(turn, callback_data.draft)
    if current is None:
        return await finished(turn, callback_data.draft)
    current.basis = None
    return await show(turn, "check", current)


@router.callback_query(callbacks.MakeIt.filter())
@policy(Action.MAKE_INQUIRIES)
async def make(query: CallbackQuery, turn: Turn, callback_data: callbacks.MakeIt) -> Screen:
    """It is made: the message becomes its card."""
    current = drafts.opened(turn, callback_data.draft)
    if current is None:
        return await finished(turn, callback_data.draft)
    ready = current.ready(turn.actor.telegram_id)
    try:
        made = await turn.write_then(
            lambda _: turn.conversation.clear(),
            inquiries.make,
            turn.actor,
            ready,
            turn.now,
            turn.zone,
        )
    except NotPossible as error:
        return await _cannot(turn, current, error)
    return await cards.show_card(
        turn, made.id, turn.t.plain("The inquiry is made: № {number}", number=made.number)
    )


async def _cannot(turn: Turn, current: Draft, error: NotPossible) -> Screen:
    if error.reason == "body_closed":
        current.body_id = None
    step = "body" if current.body_id is None else "check"
    shown = await show(turn, step, current)
    return replace(shown, toast=words.cannot(turn.t, error), alert=True)


@router.message(StateFilter(*(f"{CAPABILITY}:{field}" for field in TYPED)), NoCommand())
@policy(Action.MAKE_INQUIRIES)
async def words_typed(message: Message, turn: Turn) -> Screen:
    """Subject, text or basis."""
    current = drafts.current(turn)
    field = str(turn.conversation.state).removeprefix(f"{CAPABILITY}:")
    _, limit = words.FIELDS[field]
    typed = texts.typed(message.text, limit)
    if isinstance(typed, texts.Mistake):
        told = texts.told(turn.t, typed, limit)
        return await show(turn, field, current, mistake=told, kept=message.text)
    if field != "text":
        typed = " ".join(typed.split())
    setattr(current, field, typed)
    return await show(turn, current.next_step, current)


@router.message(
    StateFilter(*(f"{CAPABILITY}:{step}" for step in ("branch", "requests", "check"))), NoCommand()
)
@policy(Action.MAKE_INQUIRIES)
async def by_button(message: Message, turn: Turn) -> Screen:
    """These steps are taps; what was typed is not lost on the person: the step is shown again."""
    return await resume(turn)
