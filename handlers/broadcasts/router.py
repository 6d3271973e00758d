"""A broadcast from the first word to the result."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.broadcasts import lists, showing, taking, wizard, writing
from handlers.broadcasts.addressing import router as addressing
from handlers.broadcasts.approval import router as approving
from handlers.broadcasts.callbacks import (
    WHOLE_REGION,
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
from handlers.broadcasts.completing import router as completing
from handlers.broadcasts.editing import router as editing
from handlers.broadcasts.editing.callbacks import OpenFull
from handlers.broadcasts.formatting import after_command
from handlers.broadcasts.grouping import router as grouping
from handlers.broadcasts.kinds import router as kinds
from handlers.broadcasts.kinds import wishes as choice
from handlers.broadcasts.receiving import router as receiving
from handlers.broadcasts.reporting import phones
from handlers.broadcasts.reporting import router as reporting
from handlers.broadcasts.steering import boards, recalling
from handlers.broadcasts.steering import router as steering
from handlers.broadcasts.templates import router as templates
from handlers.broadcasts.timing import repeats
from handlers.broadcasts.timing import router as timing
from handlers.turn import FILLED, Turn
from handlers.ui import paging
from handlers.ui.i18n import Translator
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import audiences, broadcasts, deliveries
from storage.broadcasts.reading import get
from storage.errors import AlreadyChanged, NotPossible
from storage.rules.access import Action

router = Router(name="broadcasts")
router.include_routers(
    receiving.router,
    choice.router,
    kinds.router,
    writing.router,
    completing.router,
    addressing.router,
    grouping.router,
    approving.router,
    timing.router,
    templates.router,
    repeats.router,
    steering.router,
    recalling.router,
    editing.router,
    reporting.router,
    phones.router,
)


@router.message(Command("broadcast"))
@policy(Action.BROADCAST)
async def start(message: Message, turn: Turn) -> Screen:
    """/broadcast, or the whole thing in one message: /broadcast text."""
    text, entities = after_command(message.text or "", message.entities)
    shown = await wizard.begin(turn)
    if not text:
        return shown
    taken = taking.text(turn.t, text, entities)
    if turn.conversation.state == wizard.TEXT:
        return await writing.take(turn, taken)
    turn.conversation.to(wizard.BRANCH, said=writing.packed(taken.content), **{FILLED: True})
    return await wizard.ask_branch(turn, mistake=taken.mistake)


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
    said = writing.unpacked(turn.conversation.data)
    if turn.conversation.state == wizard.BRANCH and said.words:
        return await writing.begin_draft(turn, branch_id, said)
    if turn.conversation.state != wizard.BRANCH:
        await wizard.begin(turn)
    turn.conversation.to(wizard.TEXT, branch_id=branch_id)
    return await wizard.ask_text(turn)


@router.callback_query(EditText.filter())
@policy(Action.BROADCAST)
async def edit(query: CallbackQuery, turn: Turn, callback_data: EditText) -> Screen:
    """Another text for this draft."""
    draft = await turn.read(get, turn.actor, callback_data.id)
    if (draft.state, draft.version) != ("draft", callback_data.version):
        return await showing.stands_otherwise(turn, draft.id)
    showing.ask_of_draft(
        turn,
        wizard.TEXT,
        branch_id=draft.branch_id,
        broadcast_id=draft.id,
        version=draft.version,
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
        return await showing.stands_otherwise(turn, number)
    return await showing.mine(turn, toast=turn.t.plain("The draft is discarded, nothing was sent."))


@router.callback_query(Send.filter())
@policy(Action.BROADCAST)
async def send(query: CallbackQuery, turn: Turn, callback_data: Send) -> Screen:
    """Send what was shown, to as many as were shown; anything else is shown anew instead."""
    t, tapped = turn.t, callback_data
    showing.leave_draft(turn, tapped.id)
    try:
        after = await turn.write(
            broadcasts.confirm,
            turn.actor,
            tapped.id,
            tapped.version,
            tapped.recipients,
            turn.now,
            turn.today,
            board=boards.tapped(query),
        )
    except AlreadyChanged:
        return await showing.stands_otherwise(turn, tapped.id)
    except NotPossible as no:
        return await showing.shown(turn, tapped.id, _impossible(t, no))
    if after.state == "draft":
        word = t.plain("The number of recipients has changed. Look again and confirm.")
        return await showing.shown(turn, tapped.id, word)
    if after.state == "scheduled":
        return await showing.shown(turn, tapped.id, t.plain("It will go at its time."))
    if after.state == "awaiting":
        word = t.plain("A second person has been asked to approve it.")
        return await showing.shown(turn, tapped.id, word)
    return await showing.followed(turn, query, tapped.id, t.plain("On its way"))


def _impossible(t: Translator, no: NotPossible) -> str:
    if str(no) == "no_approver":
        return t.plain("A second person has to approve it, and there is none: invite one.")
    if str(no) == "past":
        return t.plain("Its time has passed: choose another one, or at once.")
    if str(no) == "meeting":
        return t.plain("The meeting it asks about takes no answers any more.")
    return t.plain("There is nobody to send to.")


@router.callback_query(OpenBroadcast.filter())
@policy(Action.BROADCAST)
async def open_(query: CallbackQuery, turn: Turn, callback_data: OpenBroadcast) -> Screen:
    """A broadcast as it stands now; also the way back from changing its text."""
    showing.leave_draft(turn, callback_data.id)
    return await showing.shown(turn, callback_data.id)


@router.callback_query(OpenFull.filter())
@policy(Action.BROADCAST)
async def open_full(query: CallbackQuery, turn: Turn, callback_data: OpenFull) -> Screen:
    """The same below the message that keeps up by itself."""
    return replace(await showing.shown(turn, callback_data.id), fresh=True)


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
    of = await turn.read(get, turn.actor, number)
    return lists.names(turn.t, of, those, found, page, total)


@router.message(Command("broadcasts"))
@policy(Action.BROADCAST)
async def mine(message: Message, turn: Turn) -> Screen:
    """/broadcasts: what I have sent."""
    return await showing.mine(turn)


@router.callback_query(BroadcastList.filter())
@policy(Action.BROADCAST)
async def mine_page(query: CallbackQuery, turn: Turn, callback_data: BroadcastList) -> Screen:
    """What I have sent, a page of it."""
    return await showing.mine(turn, callback_data.page)
