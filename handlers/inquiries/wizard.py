"""Making an inquiry: from a request, from several, or on one's own."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.inquiries import beginnings, callbacks, cards, draft_screens, words
from handlers.inquiries import draft as drafts
from handlers.inquiries.draft import CAPABILITY, Draft
from handlers.requests.filters import NoCommand
from handlers.turn import Turn
from handlers.ui import texts
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, lines, shortened
from handlers.ui.wizard import Renderer
from storage import inquiries
from storage.errors import NotFound, NotPossible
from storage.inquiries import bodies, prefilling
from storage.inquiries.making import REQUESTS_LIMIT
from storage.inquiries.rows import TEXT_LIMIT
from storage.rules.access import Action

router = Router(name="inquiries.wizard")

TYPED = ("subject", "text", "basis")
SHOWN_TEXT = 300  # characters of what was typed behind /inquiry
STEPS = ("branch", "body", *TYPED, "requests", "check")


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
    if current is None:
        return await finished(turn, callback_data.draft)
    if callback_data.branch not in {branch.id for branch in own}:
        raise NotFound("branch")
    current.branch_id, current.body_id = callback_data.branch, None
    return await show(turn, current.next_step, current)


@router.callback_query(callbacks.DraftRequest.filter())
@policy(Action.MAKE_INQUIRIES)
async def request_chosen(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftRequest
) -> Screen:
    """A request comes in with its words, or goes out; the words that were written stay."""
    current = drafts.opened(turn, callback_data.draft)
    if current is None:
        return await finished(turn, callback_data.draft)
    wanted = callback_data.request
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


async def show(
    turn: Turn,
    step: str,
    current: Draft,
    *,
    page: int = 0,
    mistake: Markup | None = None,
    kept: str | None = None,
) -> Screen:
    """Stand at ``step`` and show it."""
    if step == "check" and current.next_step != "check":
        step = current.next_step
    linked = await still_linked(turn, step, current)
    drafts.keep(turn, step, current)
    return await shown(turn, step, current, linked, page=page, mistake=mistake, kept=kept)


async def still_linked(turn: Turn, step: str, current: Draft) -> list[prefilling.Source]:
    """Before the look at it: the requests that are still within reach; the others go out."""
    if step != "check":
        return []
    linked = await turn.read(prefilling.still_open_to, turn.actor, current.request_ids)
    current.request_ids = [one.id for one in linked]
    return linked


async def shown(
    turn: Turn,
    step: str,
    current: Draft,
    linked: list[prefilling.Source],
    *,
    page: int = 0,
    mistake: Markup | None = None,
    kept: str | None = None,
) -> Screen:
    """A step as it looks; ``linked`` is what ``still_linked`` has found for it."""
    if step == "branch":
        own = await turn.read(inquiries.author_branches, turn.actor)
        return draft_screens.branch_step(turn, current, own)
    if step == "body":
        branch_id, language = int(current.branch_id or 0), turn.t.language
        found = await turn.read(bodies.addressees, branch_id, language, page, current.body_words)
        return draft_screens.body_step(turn, current, found, mistake)
    if step == "requests":
        offered = await turn.read(prefilling.offered, turn.actor)
        return draft_screens.requests_step(turn, current, offered, page)
    if step == "check":
        body = await turn.read(bodies.get, int(current.body_id or 0))
        return draft_screens.check_step(turn, current, body, [one.number for one in linked])
    return draft_screens.field_step(turn, current, step, mistake, kept)


async def resume(turn: Turn) -> Screen:
    """The step that is open, as it stands."""
    step = str(turn.conversation.state).removeprefix(f"{CAPABILITY}:")
    return await show(turn, step, drafts.current(turn))


RESUME: dict[str, Renderer] = {f"{CAPABILITY}:{step}": resume for step in STEPS}


async def finished(turn: Turn, draft_id: int) -> Screen:
    """A button of a draft that is no more: what it became, or that it is gone."""
    token = drafts.token(turn.actor.telegram_id, draft_id)
    made = await turn.read(inquiries.by_token, turn.actor, token)
    return draft_screens.gone(turn) if made is None else await cards.show_card(turn, made.id)
