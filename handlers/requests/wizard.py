"""Logging a request: text, category, and one tap; place and contact where they are known."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command, CommandObject, StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.requests import aside, callbacks, cards, contacts, content, draft, steps, words
from handlers.requests.filters import NoCommand
from handlers.requests.finding import router as find
from handlers.requests.settlements.steps import place_step
from handlers.requests.steps import show
from handlers.turn import Turn
from handlers.ui import choosing, nav, texts, wizard
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, lines, toast
from storage import requests
from storage.requests import finding
from storage.requests.finding import Findings
from storage.rules.access import Action

router = Router(name="requests.wizard")

MAX_PLACE = 200

# State name → its step, to go on with a draft after something else came in between.
RESUME: dict[str, wizard.Renderer] = {
    f"requests:{name}": step for name, step in steps.STEPS.items()
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
    """/request: with a text (or a file) it is registered at once, else the wizard begins.

    A number alone is no matter of a voter: that request is opened.
    """
    said = command.args or ""
    found = content.of(message)
    files = found.files if found else ()
    if texts.is_blank(said) and not files:
        if not said:
            return await _ask(turn)
        return await ask_text(turn, texts.told(turn.t, texts.Mistake.EMPTY, draft.MAX_TEXT))
    meant = None if files else await turn.read(finding.numbered, turn.actor, said)
    if meant is not None:
        return await _numbered(turn, said.strip(), meant)
    text = "" if texts.is_blank(said) else said.strip()
    if not files and not texts.has_words(text):
        return await ask_text(turn, words.none(turn.t))
    new = draft.begin(turn, content.Content(text, files, found.group if found else None))
    if draft.several_branches(turn):
        return await show(turn, "branch", new)
    await turn.write_then(
        lambda request: aside.expect_album(turn, new.group, request.id),
        requests.register,
        turn.actor,
        new.ready(turn.actor.telegram_id),
        turn.now,
        turn.zone,
    )
    return Screen(None)  # the receipt is the answer


async def _numbered(turn: Turn, said: str, meant: Findings) -> Screen:
    """The card of the request whose number was typed; the choice, where there are several."""
    if len(meant.requests) == 1:
        request_id = meant.requests[0].id
        cards.leave_step(turn, request_id)
        return await cards.show_card(turn, request_id)
    return find.numbered(turn, said, meant)


async def _ask(turn: Turn) -> Screen:
    """The first step, unless something unfinished is there: then whether to go on with it."""
    left = draft.unfinished(turn)
    if left is None:
        return await ask_text(turn)
    turn.conversation.to(draft.ASK)
    t, (unfinished, step) = turn.t, left
    return Screen(
        lines(
            t("📝 You have an unfinished request:"),
            words.short(t, unfinished.text, steps.SHOWN),
            t("Go on with it, or simply write the new request."),
        ),
        rows=(
            (
                Button(
                    t.plain("Go on with it"), callbacks.DraftStep(draft=unfinished.id, step=step)
                ),
            ),
            (Button(t.plain("📝 Log a new request"), callbacks.NewRequest(anew=True)),),
            (Button(t.plain("🗑 Delete this draft"), callbacks.DropDraft(draft=unfinished.id)),),
            nav.exits(t),
        ),
    )


async def ask_text(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The first step of a new draft."""
    draft.keep(turn, "text", draft.begin(turn))
    return await steps.text_step(turn, mistake)


@router.callback_query(callbacks.DropDraft.filter())
@policy(Action.LOG_REQUESTS)
async def drop_draft(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.DropDraft
) -> Screen:
    """The unfinished request is thrown away; a new one may begin."""
    slot = draft.put_aside_in(turn, callback_data.draft)
    if slot is None:
        return toast(turn.t.plain("This draft is not open any more. Begin anew: /request"))
    turn.conversation.drop(slot)
    return replace(await ask_text(turn), toast=turn.t.plain("The draft is deleted."))


@router.message(StateFilter("requests:text", draft.ASK), NoCommand())
@policy(Action.LOG_REQUESTS)
async def text_given(message: Message, turn: Turn) -> Screen:
    """The text, a file, or something that is neither; also in answer to what is unfinished."""
    if turn.conversation.state == draft.ASK:
        await ask_text(turn)
    t, current = turn.t, draft.current(turn)
    found = content.of(message)
    if found is None:
        return await steps.text_step(
            turn, t("Send a text, a photo, a document, a voice message or a video.")
        )
    if found.contact and not (found.files or current.files):
        current.take(found)
        draft.keep(turn, "text", current)
        return await steps.text_step(turn, t("The contact is noted. What does the voter ask?"))
    if not found.text and not found.files:
        return await steps.text_step(turn, texts.told(t, texts.Mistake.EMPTY, draft.MAX_TEXT))
    if not (found.files or current.files or texts.has_words(found.text)):
        return await steps.text_step(turn, words.none(t))
    if found.text:
        current.text, current.category = "", None
        current.put(None)
    current.take(found)
    return await show(turn, "category", current)


@router.message(
    StateFilter(*(f"requests:{step}" for step in steps.CHOICES)),
    NoCommand(),
)
@policy(Action.LOG_REQUESTS)
async def more_given(message: Message, turn: Turn) -> Screen:
    """More of the same request: another part of the album, a second forwarded message, words."""
    t, current = turn.t, draft.current(turn)
    step = str(turn.conversation.state).split(":")[1]
    contact = contacts.corrected(t, message) if step == "consent" else None
    if contact is not None:
        current.give(contact)
        return await show(turn, step, current)
    found = content.of(message)
    if found is None or not _adds(found, current):
        return await steps.STEPS[step](turn, choosing.below(t))
    fresh = found.without(set(current.sources))
    if fresh is None:
        return await steps.STEPS[step](turn, t("This is in the request already."))
    continues = current.continues(found)
    if not current.take(fresh):
        return await show(turn, step, current, steps.cut(t))
    if continues:
        draft.keep(turn, step, current)
        return Screen(None)  # one answer for all of it
    return await show(turn, step, current)


def _adds(found: content.Content, current: draft.Draft) -> bool:
    """Whether a message is more of the request, and no answer to a step that is a tap."""
    more = found.files or found.forwarded or found.contact
    return bool(more or (found.text and not current.text))


@router.message(StateFilter("requests:place"), NoCommand())
@policy(Action.LOG_REQUESTS)
async def place_given(message: Message, turn: Turn) -> Screen:
    """The place was typed, or is a point on the map."""
    current, found = draft.current(turn), content.of(message)
    if message.location and found:
        current.take(found)
        return await show(turn, "check", current)
    place = texts.typed(message.text, MAX_PLACE)
    if isinstance(place, texts.Mistake):
        return await place_step(turn, texts.told(turn.t, place, MAX_PLACE))
    current.put(" ".join(place.split()))
    return await show(turn, "check", current)


@router.message(StateFilter("requests:contact"), NoCommand())
@policy(Action.LOG_REQUESTS)
async def contact_given(message: Message, turn: Turn) -> Screen:
    """The contact was typed or shared; the consent comes next."""
    found = contacts.given(turn.t, message)
    if isinstance(found, Markup):
        return await steps.contact_step(turn, found)
    current = draft.current(turn)
    current.give(found)
    return await show(turn, "consent", current)
