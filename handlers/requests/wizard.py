"""Logging a request: text, category, and one tap; place and contact where they are known."""

from aiogram import Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.requests import aside, callbacks, contacts, content, draft, steps, words
from handlers.requests.completing import RESUME as COMPLETING
from handlers.requests.draft import Draft
from handlers.requests.filters import NoCommand
from handlers.turn import Turn
from handlers.ui import nav, texts, wizard
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, lines, toast
from storage import requests
from storage.rules.access import Action
from storage.rules.categories import Category

router = Router(name="requests.wizard")

MAX_PLACE = 200

# State name → its step, to go on with a draft after something else came in between.
RESUME: dict[str, wizard.Renderer] = {
    **{f"requests:{name}": step for name, step in steps.STEPS.items()},
    **COMPLETING,
}


@router.callback_query(callbacks.NewRequest.filter())
@policy(Action.LOG_REQUESTS)
async def begin(query: CallbackQuery, turn: Turn, callback_data: callbacks.NewRequest) -> Screen:
    """A new request, from the menu."""
    turn.conversation.pause()
    return await (ask_text(turn) if callback_data.anew else _ask(turn))


@router.message(Command("request"))
@policy(Action.LOG_REQUESTS)
async def command(message: Message, turn: Turn, command: CommandObject) -> Screen:
    """/request: with a text (or a file) it is registered at once, else the wizard begins."""
    said = command.args or ""
    found = content.of(message)
    files = found.files if found else ()
    if texts.is_blank(said) and not files:
        if not said:
            return await _ask(turn)
        return await ask_text(turn, texts.told(turn.t, texts.Mistake.EMPTY, draft.MAX_TEXT))
    text = "" if texts.is_blank(said) else said.strip()
    new = draft.begin(turn, content.Content(text, files, found.group if found else None))
    if draft.several_branches(turn):
        return await show(turn, "branch", new)
    request = await turn.write(
        requests.register, turn.actor, _ready(turn, new), turn.now, turn.zone
    )
    aside.expect_album(turn, new.group, request.id)
    return Screen(None)  # the receipt is the answer


async def _ask(turn: Turn) -> Screen:
    """The first step, unless something unfinished is there: then whether to go on with it."""
    left = draft.unfinished(turn)
    if left is None:
        return await ask_text(turn)
    t, (unfinished, step) = turn.t, left
    return Screen(
        lines(
            t("📝 You have an unfinished request:"),
            words.short(t, unfinished.text, steps.SHOWN),
        ),
        rows=(
            (
                Button(
                    t.plain("Go on with it"), callbacks.DraftStep(draft=unfinished.id, step=step)
                ),
            ),
            (Button(t.plain("📝 Log a new request"), callbacks.NewRequest(anew=True)),),
            nav.exits(t),
        ),
    )


async def ask_text(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The first step of a new draft."""
    draft.keep(turn, "text", draft.begin(turn))
    return await steps.text_step(turn, mistake)


async def show(turn: Turn, step: str, current: Draft, mistake: Markup | None = None) -> Screen:
    """Keep the draft and show one of its steps."""
    draft.keep(turn, step, current)
    return await steps.STEPS[step](turn, mistake)


@router.message(StateFilter("requests:text"), NoCommand())
@policy(Action.LOG_REQUESTS)
async def text_given(message: Message, turn: Turn) -> Screen:
    """The text, a file, or something that is neither."""
    t, current = turn.t, draft.current(turn)
    found = content.of(message)
    if found is None:
        return await steps.text_step(
            turn, t("Send a text, a photo, a document, a voice message or a video.")
        )
    if not found.text and not found.files:
        return await steps.text_step(turn, texts.told(t, texts.Mistake.EMPTY, draft.MAX_TEXT))
    if found.text:
        current.text, current.place, current.category = "", None, None
    current.take(found)
    return await show(turn, "category", current)


@router.message(
    StateFilter("requests:category", "requests:branch", "requests:check", "requests:consent"),
    NoCommand(),
)
@policy(Action.LOG_REQUESTS)
async def more_given(message: Message, turn: Turn) -> Screen:
    """More of the same request: another part of the album, a second forwarded message, words."""
    t, current = turn.t, draft.current(turn)
    step = str(turn.conversation.state).split(":")[1]
    found = content.of(message)
    if found is None or not (found.files or found.forwarded or (found.text and not current.text)):
        return await steps.STEPS[step](turn, t("Please choose with a button of this step."))
    same_album = found.group is not None and found.group == current.group
    if not current.take(found):
        mistake = texts.told(t, texts.Mistake.TOO_LONG, draft.MAX_TEXT)
        return await steps.STEPS[step](turn, mistake)
    if same_album and not found.text:
        draft.keep(turn, step, current)
        return Screen(None)  # one answer an album
    return await show(turn, step, current)


@router.message(StateFilter("requests:place"), NoCommand())
@policy(Action.LOG_REQUESTS)
async def place_given(message: Message, turn: Turn) -> Screen:
    """The place was typed."""
    place = texts.typed(message.text, MAX_PLACE)
    if isinstance(place, texts.Mistake):
        return await steps.place_step(turn, texts.told(turn.t, place, MAX_PLACE))
    current = draft.current(turn)
    current.place = " ".join(place.split())
    return await show(turn, "check", current)


@router.message(StateFilter("requests:contact"), NoCommand())
@policy(Action.LOG_REQUESTS)
async def contact_given(message: Message, turn: Turn) -> Screen:
    """The contact was typed or shared; the consent comes next."""
    found = contacts.given(message)
    if found is None:
        return await steps.contact_step(turn, contacts.mistake(turn.t))
    current = draft.current(turn)
    (current.name, current.phone), current.consent_at = found, None
    return await show(turn, "consent", current)


@router.callback_query(callbacks.DraftStep.filter())
@policy(Action.LOG_REQUESTS)
async def to_step(query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftStep) -> Screen:
    """Back, or to place and contact."""
    current = draft.opened(turn, callback_data.draft)
    if current is None or callback_data.step not in steps.STEPS:
        return await finished(turn, callback_data.draft)
    return await show(turn, callback_data.step, _without_unagreed(current))


@router.callback_query(callbacks.DraftSkip.filter())
@policy(Action.LOG_REQUESTS)
async def skip(query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftSkip) -> Screen:
    """Place or contact stay out."""
    current = draft.opened(turn, callback_data.draft)
    if current is None:
        return await finished(turn, callback_data.draft)
    if callback_data.step == "place":
        current.place = None
    else:
        current.name = current.phone = current.consent_at = None
    return await show(turn, "check", current)


@router.callback_query(callbacks.DraftCategory.filter())
@policy(Action.LOG_REQUESTS)
async def category_chosen(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftCategory
) -> Screen:
    """The category is confirmed or another one is taken."""
    current = draft.opened(turn, callback_data.draft)
    if current is None or callback_data.category not in set(Category):
        return await finished(turn, callback_data.draft)
    current.category = callback_data.category
    needs_branch = current.branch_id is None and draft.several_branches(turn)
    return await show(turn, "branch" if needs_branch else "check", current)


@router.callback_query(callbacks.DraftBranches.filter())
@policy(Action.LOG_REQUESTS)
async def other_branches(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftBranches
) -> Screen:
    """Another page of branches."""
    if draft.opened(turn, callback_data.draft) is None:
        return await finished(turn, callback_data.draft)
    return await steps.branch_step(turn, page=callback_data.page)


@router.callback_query(callbacks.DraftBranch.filter())
@policy(Action.LOG_REQUESTS)
async def branch_chosen(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftBranch
) -> Screen:
    """The branch; whether the actor may log there is checked when it is registered, too."""
    current = draft.opened(turn, callback_data.draft)
    own = await turn.read(requests.log_branches, turn.actor)
    if current is None or callback_data.branch_id not in {branch.id for branch in own}:
        return await finished(turn, callback_data.draft)
    current.branch_id = callback_data.branch_id
    return await show(turn, "check", current)


@router.callback_query(callbacks.DraftConsent.filter())
@policy(Action.LOG_REQUESTS)
async def consent_given(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftConsent
) -> Screen:
    """The voter has agreed: the moment is kept with the wording's version."""
    current = draft.opened(turn, callback_data.draft)
    if current is None or not current.phone:
        return await finished(turn, callback_data.draft)
    current.consent_at = turn.now.isoformat()
    return await show(turn, "check", current)


@router.callback_query(callbacks.DraftRegister.filter())
@policy(Action.LOG_REQUESTS)
async def register(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.DraftRegister
) -> Screen:
    """Register: this message becomes one line, the receipt comes as a message of its own."""
    current = draft.opened(turn, callback_data.draft)
    if current is None:
        return await finished(turn, callback_data.draft)
    turn.conversation.clear()
    ready = _ready(turn, _without_unagreed(current))
    request = await turn.write(requests.register, turn.actor, ready, turn.now, turn.zone)
    return _registered(turn, request)


async def finished(turn: Turn, draft_id: int) -> Screen:
    """A button of a draft that is no more: what it became, or that it is gone."""
    token = draft.token(turn.actor.telegram_id, draft_id)
    request = await turn.read(requests.by_token, turn.actor, token)
    if request is None:
        return toast(turn.t.plain("This draft is not open any more. Begin anew: /request"))
    return _registered(turn, request)


def _registered(turn: Turn, request: requests.VoterRequest) -> Screen:
    t = turn.t
    return Screen(
        t("✅ № {number} is registered", number=request.number),
        rows=(nav.exits(t, callbacks.RequestList()),),
    )


def _ready(turn: Turn, current: Draft) -> requests.RequestDraft:
    return current.ready(turn.actor.telegram_id)


def _without_unagreed(current: Draft) -> Draft:
    """A contact that was not agreed to does not outlive its step."""
    if current.consent_at is None:
        current.name = current.phone = None
    return current
