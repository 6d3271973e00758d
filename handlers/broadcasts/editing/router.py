"""What has gone out is worded anew: written, looked at, approved where it must be."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.broadcasts import showing, taking, wizard
from handlers.broadcasts.editing import screens as editing_screens
from handlers.broadcasts.editing.callbacks import (
    ApproveEdit,
    AskEdit,
    ChooseVersion,
    ConfirmEdit,
    OpenEdit,
    ReturnEdit,
    TakeEditBack,
)
from handlers.broadcasts.filters import NoCommand
from handlers.broadcasts.receiving import copies
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import MAX_CAPTION, Screen, length, toast
from storage.broadcasts import edit_approving, editing
from storage.broadcasts.contents import ORIGINAL
from storage.broadcasts.reading import Broadcast, get
from storage.errors import AlreadyChanged, NotPossible
from storage.rules.access import Action

router = Router(name="broadcasts.editing")


@router.callback_query(AskEdit.filter())
@policy(Action.BROADCAST)
async def ask(query: CallbackQuery, turn: Turn, callback_data: AskEdit) -> Screen:
    """Which version, where there are two; else the words at once."""
    found = await _editable(turn, callback_data.id)
    if found is None:
        return await showing.stands_otherwise(turn, callback_data.id)
    if found.other_language is not None:
        return editing_screens.which(turn.t, found)
    return await _ask_words(turn, found, ORIGINAL)


@router.callback_query(ChooseVersion.filter())
@policy(Action.BROADCAST)
async def choose(query: CallbackQuery, turn: Turn, callback_data: ChooseVersion) -> Screen:
    """The words of this version."""
    found = await _editable(turn, callback_data.id)
    if found is None or found.other_language is None:
        return await showing.stands_otherwise(turn, callback_data.id)
    language = ORIGINAL if callback_data.original else found.other_language
    return await _ask_words(turn, found, language)


@router.message(StateFilter(wizard.REWORD), NoCommand())
@policy(Action.BROADCAST)
async def written(message: Message, turn: Turn) -> Screen:
    """The new words, shown as they would read."""
    number, language = turn.conversation.data["broadcast_id"], turn.conversation.data["language"]
    if message.text is None:
        return await wizard.ask_rewording(
            turn, turn.t("Only the words can be changed: write them.")
        )
    taken = taking.text(turn.t, message.text, message.entities)
    mistake = taken.mistake
    if mistake is None:
        found = await turn.read(get, turn.actor, number)
        mistake = _too_long(turn, found, language, taken.content.words)
    if mistake is not None:
        return await wizard.ask_rewording(turn, mistake)
    turn.conversation.clear()
    given = (number, language, taken.content.words, turn.now)
    try:
        shown = await turn.write(editing.draft, turn.actor, *given)
    except NotPossible as no:
        if str(no) != "same":
            return await showing.stands_otherwise(turn, number)
        turn.conversation.to(wizard.REWORD, broadcast_id=number, language=language)
        return await wizard.ask_rewording(turn, turn.t("These words stand there already."))
    return editing_screens.preview(turn.t, shown)


@router.callback_query(ConfirmEdit.filter())
@policy(Action.BROADCAST)
async def confirm(query: CallbackQuery, turn: Turn, callback_data: ConfirmEdit) -> Screen:
    """Exactly what was shown goes into every chat, or to a second person."""
    t, edit_id = turn.t, callback_data.edit_id
    try:
        after = await turn.write(editing.confirm, turn.actor, edit_id, turn.now, turn.today)
    except AlreadyChanged:
        seen = await turn.read(editing.preview, turn.actor, edit_id)
        return await showing.stands_otherwise(turn, seen.broadcast.id)
    except NotPossible:
        word = t.plain("A second person has to approve it, and there is none: invite one.")
        return toast(word, alert=True)
    word = (
        t.plain("A second person has been asked to approve it.")
        if after.edit.state == "awaiting"
        else t.plain("The copies are being edited.")
    )
    return await showing.shown(turn, after.broadcast.id, word)


@router.callback_query(TakeEditBack.filter())
@policy(Action.BROADCAST)
async def take_back(query: CallbackQuery, turn: Turn, callback_data: TakeEditBack) -> Screen:
    """The former words stand."""
    try:
        await turn.write(editing.take_back, turn.actor, callback_data.id, turn.now)
    except AlreadyChanged:
        return await showing.stands_otherwise(turn, callback_data.id)
    return await showing.shown(turn, callback_data.id, turn.t.plain("The former words stand."))


@router.callback_query(OpenEdit.filter())
@policy(Action.APPROVE_BROADCASTS)
async def open_(query: CallbackQuery, turn: Turn, callback_data: OpenEdit) -> Screen:
    """What waits, below the very copy."""
    seen = await turn.read(edit_approving.awaiting, turn.actor, callback_data.edit_id)
    return editing_screens.waiting(turn.t, seen, copied=True)


@router.callback_query(ApproveEdit.filter())
@policy(Action.APPROVE_BROADCASTS)
async def approve(query: CallbackQuery, turn: Turn, callback_data: ApproveEdit) -> Screen:
    """Yes to exactly what was shown."""
    t, given = turn.t, (callback_data.edit_id, turn.now, turn.today)
    try:
        after = await turn.write(edit_approving.approve, turn.actor, *given)
    except AlreadyChanged:
        return await _overtaken(turn, callback_data.edit_id)
    except NotPossible:
        return toast(t.plain("Its author may not send it any more."), alert=True)
    return editing_screens.waiting(t, after, toast=t.plain("The copies are being edited."))


@router.callback_query(ReturnEdit.filter())
@policy(Action.APPROVE_BROADCASTS)
async def give_back(query: CallbackQuery, turn: Turn, callback_data: ReturnEdit) -> Screen:
    """No: the former words stand."""
    try:
        await turn.write(edit_approving.give_back, turn.actor, callback_data.edit_id, turn.now)
    except AlreadyChanged:
        return await _overtaken(turn, callback_data.edit_id)
    seen = await turn.read(edit_approving.awaiting, turn.actor, callback_data.edit_id)
    return editing_screens.waiting(turn.t, seen, toast=turn.t.plain("The former words stand."))


async def _editable(turn: Turn, number: int) -> Broadcast | None:
    try:
        return await turn.read(editing.editable, turn.actor, number)
    except NotPossible:
        return None


async def _ask_words(turn: Turn, found: Broadcast, language: str) -> Screen:
    showing.ask_of_draft(turn, wizard.REWORD, broadcast_id=found.id, language=language)
    return await wizard.ask_rewording(turn)


async def _overtaken(turn: Turn, edit_id: int) -> Screen:
    seen = await turn.read(edit_approving.awaiting, turn.actor, edit_id)
    word = turn.t.plain("This is how the broadcast stands now.")
    return editing_screens.waiting(turn.t, seen, toast=word)


def _too_long(turn: Turn, found: Broadcast, language: str, words: str) -> Markup | None:
    """A caption stays a caption, and the text takes no more messages: else it is refused."""
    t = editing_screens.reader(turn.t, found, language)
    would_read = copies.rehearsed(t, found.worded(language, words))
    before, after = len(copies.rehearsed(t, found).lead), len(would_read.lead)
    if after > before:
        return turn.t(
            "The former words took {n} messages, these would take {m}: write less.",
            n=before + 1,
            m=after + 1,
        )
    if copies.rehearsed(t, found).captioned is None or would_read.captioned is not None:
        return None
    n = length(would_read.text or Markup())
    return turn.t(
        "{n} characters with the signature are too many under a file: {limit} fit.",
        n=n,
        limit=MAX_CAPTION,
    )
