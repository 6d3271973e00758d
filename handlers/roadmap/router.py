"""The commands and buttons of the roadmap; private chats only."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import escape

from handlers.meetings.materials import sent
from handlers.notices import Recipient
from handlers.reminders.weeks import morning_card
from handlers.roadmap import card, screens, wizard
from handlers.roadmap.callbacks import (
    BranchRoadmap,
    ChooseState,
    ItemHistory,
    MorningCard,
    MyRoadmap,
    OpenItem,
    SendReport,
    StartReport,
)
from handlers.roadmap.wizard import Draft
from handlers.turn import Turn
from handlers.ui import texts
from handlers.ui.filters import AnyMessage
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import roadmap
from storage.errors import AlreadyChanged, NotPossible
from storage.roadmap import State, Which, morning
from storage.rules.access import Action, may

router = Router(name="roadmap")


@router.message(Command("roadmap"))
@policy(Action.READ_ROADMAP)
async def open_roadmap(message: Message, turn: Turn) -> Screen:
    """What one carries; for whoever carries nothing but looks after a branch, the branch."""
    page = await turn.read(roadmap.mine, turn.actor, turn.today, 0)
    if page.total == 0 and may(turn.actor, Action.SEE_BRANCH_ROADMAP):
        return await _branch(turn, Which.ALL, 0)
    return screens.mine(turn, page)


@router.callback_query(MyRoadmap.filter())
@policy(Action.READ_ROADMAP)
async def list_mine(query: CallbackQuery, turn: Turn, callback_data: MyRoadmap) -> Screen:
    """A page of what one carries."""
    page = await turn.read(roadmap.mine, turn.actor, turn.today, callback_data.page)
    return screens.mine(turn, page)


@router.callback_query(BranchRoadmap.filter())
@policy(Action.SEE_BRANCH_ROADMAP)
async def list_branch(query: CallbackQuery, turn: Turn, callback_data: BranchRoadmap) -> Screen:
    """A page of what one looks after."""
    return await _branch(turn, callback_data.which, callback_data.page)


@router.callback_query(MorningCard.filter())
@policy(Action.MANAGE_ROADMAP)
async def open_morning(query: CallbackQuery, turn: Turn) -> Screen:
    """The numbers of a secretary's morning."""
    numbers = await turn.read(morning.of, turn.actor, turn.now, turn.today)
    return morning_card(Recipient.of(turn), numbers)


@router.callback_query(OpenItem.filter())
@policy(Action.CARRY_ITEMS)
async def open_item(query: CallbackQuery, turn: Turn, callback_data: OpenItem) -> Screen:
    """An item's card."""
    if wizard.is_open(turn):
        turn.conversation.clear()
    return await card.show(turn, callback_data.id, branch=callback_data.branch)


@router.callback_query(ItemHistory.filter())
@policy(Action.CARRY_ITEMS)
async def open_history(query: CallbackQuery, turn: Turn, callback_data: ItemHistory) -> Screen:
    """What happened to an item."""
    item = await turn.read(roadmap.get, turn.actor, callback_data.id)
    entries = await turn.read(roadmap.history, turn.actor, callback_data.id)
    return screens.history(turn, item, entries, branch=callback_data.branch)


@router.callback_query(StartReport.filter())
@policy(Action.CARRY_ITEMS)
async def start_report(query: CallbackQuery, turn: Turn, callback_data: StartReport) -> Screen:
    """The first tap: the state."""
    item = await turn.read(roadmap.get, turn.actor, callback_data.id)
    roadmap.require_report(turn.actor, item)
    if item.version != callback_data.version or item.state is State.REMOVED:
        return await card.stale(turn, item.id)
    wizard.begin(turn, wizard.COMMENT, item, callback_data.state)
    return wizard.comment_step(turn, item, callback_data.state)


@router.callback_query(ChooseState.filter())
@policy(Action.CARRY_ITEMS)
async def choose_state(query: CallbackQuery, turn: Turn, callback_data: ChooseState) -> Screen:
    """The first tap from a digest: which item."""
    item = await turn.read(roadmap.get, turn.actor, callback_data.id)
    roadmap.require_report(turn.actor, item)
    if item.is_closed:
        return await card.stale(turn, item.id)
    wizard.begin(turn, wizard.CHOOSE, item)
    return wizard.choose_step(turn, item)


@router.callback_query(SendReport.filter())
@policy(Action.CARRY_ITEMS)
async def send_report(query: CallbackQuery, turn: Turn, callback_data: SendReport) -> Screen:
    """The second tap: the report is sent, with what was written and sent for it."""
    of = callback_data
    return await _send(turn, of.id, of.version, of.state, wizard.draft(turn, of.id))


@router.message(StateFilter(wizard.COMMENT, wizard.CHOOSE), AnyMessage())
@policy(Action.CARRY_ITEMS)
async def take_comment(message: Message, turn: Turn) -> Screen | None:
    """A file is kept for the report; a comment sends it, where the state is chosen."""
    came = sent.of(message)
    if came is not None:
        return await wizard.take_file(turn, came, message.caption)
    comment = texts.typed(message.text, roadmap.MAX_COMMENT)
    if isinstance(comment, texts.Mistake):
        return await wizard.again(turn, mistake=wizard.mistaken(turn, comment, message.text))
    data = turn.conversation.data
    if turn.conversation.state == wizard.CHOOSE or not data.get("report"):
        turn.conversation.to(wizard.CHOOSE, comment=comment)
        return await wizard.again(turn)
    draft = replace(wizard.draft(turn, int(data["item"])), comment=comment)
    state = State(data["report"])
    return await _send(turn, int(data["item"]), int(data["version"]), state, draft)


async def _send(turn: Turn, item_id: int, version: int, state: State, draft: Draft) -> Screen:
    if wizard.is_open(turn):
        turn.conversation.clear()
    given = (item_id, version, state, draft.comment, turn.now, turn.zone, draft.evidence)
    try:
        item = await turn.write(roadmap.report, turn.actor, *given)
    except AlreadyChanged as change:
        if not draft:
            return await card.stale(turn, item_id, change)
        wizard.keep(turn, item_id, state, draft)
        return await wizard.again(turn, mistake=escape(card.told(turn, change)))
    except NotPossible:
        wizard.leave(turn)
        word = turn.t.plain("Nothing is reported on it any more. Here is how it stands now.")
        return await card.show(turn, item_id, toast=word)
    toast = turn.t.plain("The report is kept. Thank you!")
    return await card.show(turn, item.id, toast=toast)


async def _branch(turn: Turn, which: Which, number: int) -> Screen:
    page = await turn.read(roadmap.of_branch, turn.actor, turn.today, number, which)
    return screens.of_branch(turn, page, which)
