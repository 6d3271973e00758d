"""A broadcast from the first word to the result."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.broadcasts import lists, screens, wizard
from handlers.broadcasts.callbacks import (
    WHOLE_REGION,
    Acknowledge,
    BranchPage,
    BroadcastList,
    ChooseBranch,
    DropDraft,
    EditText,
    Names,
    NewBroadcast,
    OpenBroadcast,
    Send,
)
from handlers.broadcasts.filters import NoCommand
from handlers.broadcasts.formatting import after_command
from handlers.turn import FILLED, Turn
from handlers.ui import paging
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import audiences, broadcasts, deliveries
from storage.broadcast_reading import get
from storage.errors import AlreadyChanged, NotPossible
from storage.rules.access import Action

router = Router(name="broadcasts")


@router.message(Command("broadcast"))
@policy(Action.BROADCAST)
async def start(message: Message, turn: Turn) -> Screen:
    """/broadcast, or the whole thing in one message: /broadcast text."""
    text, entities = after_command(message.text or "", message.entities)
    shown = await wizard.begin(turn)
    if not text:
        return shown
    written = wizard.written(turn.t, text, entities)
    if turn.conversation.state == wizard.TEXT:
        return await _take(turn, written)
    turn.conversation.to(wizard.BRANCH, html=written.html, **{FILLED: True})
    return await wizard.ask_branch(turn, mistake=written.mistake)


@router.callback_query(NewBroadcast.filter())
@policy(Action.BROADCAST)
async def start_by_button(query: CallbackQuery, turn: Turn) -> Screen:
    """From the first screen, or back to the choice of the branch."""
    return await wizard.begin(turn)


@router.callback_query(BranchPage.filter())
@policy(Action.BROADCAST)
async def branch_page(query: CallbackQuery, turn: Turn, callback_data: BranchPage) -> Screen:
    """More branches."""
    return await wizard.ask_branch(turn, callback_data.page)


@router.callback_query(ChooseBranch.filter())
@policy(Action.BROADCAST)
async def choose(query: CallbackQuery, turn: Turn, callback_data: ChooseBranch) -> Screen:
    """The branch is chosen; a text that was given with the command goes straight on."""
    branch_id = None if callback_data.branch_id == WHOLE_REGION else callback_data.branch_id
    (await turn.read(audiences.choice, turn.actor)).check(branch_id)
    html = turn.conversation.data.get("html")
    if turn.conversation.state == wizard.BRANCH and html:
        return await _draft(turn, branch_id, html)
    if turn.conversation.state != wizard.BRANCH:
        await wizard.begin(turn)
    turn.conversation.to(wizard.TEXT, branch_id=branch_id)
    return await wizard.ask_text(turn)


@router.message(StateFilter(wizard.TEXT), NoCommand())
@policy(Action.BROADCAST)
async def take_text(message: Message, turn: Turn) -> Screen:
    """The text; of a picture or a file only the words under it."""
    if message.text is not None:
        return await _take(turn, wizard.written(turn.t, message.text, message.entities))
    written = wizard.written(turn.t, message.caption, message.caption_entities)
    note = turn.t("Only the words were taken: pictures and files cannot be broadcast yet.")
    return await _take(turn, written, note)


@router.callback_query(EditText.filter())
@policy(Action.BROADCAST)
async def edit(query: CallbackQuery, turn: Turn, callback_data: EditText) -> Screen:
    """Another text for this draft."""
    draft = await turn.read(get, turn.actor, callback_data.id)
    if (draft.state, draft.version) != ("draft", callback_data.version):
        return await _shown(turn, draft.id, turn.t.plain("This is how the broadcast stands now."))
    if turn.conversation.state == wizard.TEXT:
        turn.conversation.clear()
    else:
        turn.conversation.pause()
    turn.conversation.to(
        wizard.TEXT, branch_id=draft.branch_id, broadcast_id=draft.id, version=draft.version
    )
    return await wizard.ask_text(turn)


@router.callback_query(DropDraft.filter())
@policy(Action.BROADCAST)
async def drop(query: CallbackQuery, turn: Turn, callback_data: DropDraft) -> Screen:
    """Give the draft up."""
    number, version = callback_data.id, callback_data.version
    try:
        await turn.write(broadcasts.cancel, turn.actor, number, version, turn.now)
    except AlreadyChanged:
        return await _shown(turn, number, turn.t.plain("This is how the broadcast stands now."))
    return await _mine(turn, toast=turn.t.plain("The draft is discarded, nothing was sent."))


@router.callback_query(Send.filter())
@policy(Action.BROADCAST)
async def send(query: CallbackQuery, turn: Turn, callback_data: Send) -> Screen:
    """Send what was shown, to as many as were shown; anything else is shown anew instead."""
    t, tapped = turn.t, callback_data
    _leave_draft(turn, tapped.id)
    try:
        after = await turn.write(
            broadcasts.confirm,
            turn.actor,
            tapped.id,
            tapped.version,
            tapped.recipients,
            turn.now,
            turn.today,
        )
    except AlreadyChanged:
        return await _shown(turn, tapped.id, t.plain("This is how the broadcast stands now."))
    except NotPossible:
        return await _shown(turn, tapped.id, t.plain("There is nobody to send to."))
    if after.state == "draft":
        word = t.plain("The number of recipients has changed. Look again and confirm.")
        return await _shown(turn, tapped.id, word)
    return await _shown(turn, tapped.id, t.plain("On its way"))


@router.callback_query(OpenBroadcast.filter())
@policy(Action.BROADCAST)
async def open_(query: CallbackQuery, turn: Turn, callback_data: OpenBroadcast) -> Screen:
    """A broadcast as it stands now; also the way back from changing its text."""
    _leave_draft(turn, callback_data.id)
    return await _shown(turn, callback_data.id)


@router.callback_query(Names.filter())
@policy(Action.BROADCAST)
async def names(query: CallbackQuery, turn: Turn, callback_data: Names) -> Screen:
    """Who has not read it, or has not got it."""
    number, those = callback_data.id, callback_data.those
    total = await turn.read(deliveries.count_named, turn.actor, number, those)
    page = paging.clamp(callback_data.page, total)
    found = await turn.read(
        deliveries.named, turn.actor, number, those, page * paging.PAGE, paging.PAGE
    )
    return lists.names(turn.t, number, those, found, page, total)


@router.message(Command("broadcasts"))
@policy(Action.BROADCAST)
async def mine(message: Message, turn: Turn) -> Screen:
    """/broadcasts: what I have sent."""
    return await _mine(turn)


@router.callback_query(BroadcastList.filter())
@policy(Action.BROADCAST)
async def mine_page(query: CallbackQuery, turn: Turn, callback_data: BroadcastList) -> Screen:
    """What I have sent, a page of it."""
    return await _mine(turn, callback_data.page)


@router.callback_query(Acknowledge.filter())
@policy(None)
async def acknowledge(query: CallbackQuery, turn: Turn, callback_data: Acknowledge) -> Screen:
    """«I have read it» under a copy: only a recipient's tap counts, and once."""
    got = await turn.write(deliveries.acknowledge, turn.actor, callback_data.id, turn.now)
    shown = screens.copy(turn.t, got, turn.zone)
    return Screen(shown.text, rows=shown.rows, toast=turn.t.plain("Thank you, it is noted."))


async def _take(turn: Turn, written: wizard.Written, note: Markup | None = None) -> Screen:
    draft: dict[str, Any] = turn.conversation.data
    if written.mistake is not None:
        return await wizard.ask_text(turn, written.mistake)
    if draft.get("broadcast_id") is None:
        return await _draft(turn, draft.get("branch_id"), written.html, note)
    number, version = draft["broadcast_id"], draft["version"]
    turn.conversation.clear()
    try:
        shown = await turn.write(
            broadcasts.rewrite,
            turn.actor,
            number,
            version,
            written.html,
            turn.now,
            turn.today,
        )
    except AlreadyChanged:
        return await _shown(turn, number, turn.t.plain("This is how the broadcast stands now."))
    return screens.preview(turn.t, shown, note=note)


async def _draft(
    turn: Turn, branch_id: int | None, html: str, note: Markup | None = None
) -> Screen:
    turn.conversation.clear()
    shown = await turn.write(broadcasts.draft, turn.actor, branch_id, html, turn.now, turn.today)
    return screens.preview(turn.t, shown, note=note)


async def _shown(turn: Turn, number: int, toast: str | None = None) -> Screen:
    found = await turn.read(get, turn.actor, number)
    if found.state == "draft":
        shown = await turn.read(broadcasts.preview, turn.actor, number, turn.today)
        return screens.preview(turn.t, shown, toast=toast)
    if found.state == "cancelled":
        return await _mine(turn, toast=turn.t.plain("This draft was discarded."))
    seen = await turn.read(deliveries.progress, turn.actor, number)
    return screens.card(turn.t, seen, toast=toast)


async def _mine(turn: Turn, page: int = 0, *, toast: str | None = None) -> Screen:
    total = await turn.read(deliveries.count_mine, turn.actor)
    page = paging.clamp(page, total)
    found = await turn.read(deliveries.mine, turn.actor, page * paging.PAGE, paging.PAGE)
    return lists.mine(turn.t, found, page, total, turn.zone, toast=toast)


def _leave_draft(turn: Turn, number: int) -> None:
    """Stop asking for another text of this draft: a button under it says something else."""
    conversation = turn.conversation
    if conversation.state == wizard.TEXT and conversation.data.get("broadcast_id") == number:
        conversation.clear()
