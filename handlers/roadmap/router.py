"""The commands and buttons of the roadmap; private chats only."""

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import escape
from sqlalchemy import Connection

from handlers.roadmap import screens, wizard
from handlers.roadmap.callbacks import (
    BranchRoadmap,
    ChooseState,
    ItemHistory,
    MyRoadmap,
    OpenItem,
    SendReport,
    StartReport,
)
from handlers.turn import Turn
from handlers.ui import texts
from handlers.ui.filters import AnyMessage
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import roadmap
from storage.errors import AlreadyChanged
from storage.roadmap import Entry, Item, State, Which
from storage.rules.access import Action, Actor, may

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


@router.callback_query(OpenItem.filter())
@policy(Action.READ_ROADMAP)
async def open_item(query: CallbackQuery, turn: Turn, callback_data: OpenItem) -> Screen:
    """An item's card."""
    if wizard.is_open(turn):
        turn.conversation.clear()
    return await _card(turn, callback_data.id, branch=callback_data.branch)


@router.callback_query(ItemHistory.filter())
@policy(Action.READ_ROADMAP)
async def open_history(query: CallbackQuery, turn: Turn, callback_data: ItemHistory) -> Screen:
    """What happened to an item."""
    item = await turn.read(roadmap.get, turn.actor, callback_data.id)
    entries = await turn.read(roadmap.history, turn.actor, callback_data.id)
    return screens.history(turn, item, entries, branch=callback_data.branch)


@router.callback_query(StartReport.filter())
@policy(Action.REPORT_ROADMAP)
async def start_report(query: CallbackQuery, turn: Turn, callback_data: StartReport) -> Screen:
    """The first tap: the state."""
    item = await turn.read(roadmap.get, turn.actor, callback_data.id)
    roadmap.require_report(turn.actor, item)
    if item.version != callback_data.version:
        return await _stale(turn, item.id)
    wizard.begin(turn, wizard.COMMENT, item, callback_data.state)
    return wizard.comment_step(turn, item, callback_data.state)


@router.callback_query(ChooseState.filter())
@policy(Action.REPORT_ROADMAP)
async def choose_state(query: CallbackQuery, turn: Turn, callback_data: ChooseState) -> Screen:
    """The first tap from a digest: which item."""
    item = await turn.read(roadmap.get, turn.actor, callback_data.id)
    roadmap.require_report(turn.actor, item)
    if item.state is State.DONE:
        return await _stale(turn, item.id)
    wizard.begin(turn, wizard.CHOOSE, item)
    return wizard.choose_step(turn, item)


@router.callback_query(SendReport.filter())
@policy(Action.REPORT_ROADMAP)
async def send_report(query: CallbackQuery, turn: Turn, callback_data: SendReport) -> Screen:
    """The second tap: the report is sent, with the comment if one was written."""
    comment = wizard.draft(turn, callback_data.id)
    return await _send(turn, callback_data.id, callback_data.version, callback_data.state, comment)


@router.message(StateFilter(wizard.COMMENT, wizard.CHOOSE), AnyMessage())
@policy(Action.REPORT_ROADMAP)
async def take_comment(message: Message, turn: Turn) -> Screen:
    """A comment: with the state chosen it sends the report, else it waits for the state."""
    comment = texts.typed(message.text, roadmap.MAX_COMMENT)
    if isinstance(comment, texts.Mistake):
        return await wizard.again(turn, mistake=wizard.mistaken(turn, comment, message.text))
    data = turn.conversation.data
    if turn.conversation.state == wizard.CHOOSE or not data.get("report"):
        turn.conversation.to(wizard.CHOOSE, comment=comment)
        return await wizard.again(turn)
    state = State(data["report"])
    return await _send(turn, int(data["item"]), int(data["version"]), state, comment)


async def _send(
    turn: Turn, item_id: int, version: int, state: State, comment: str | None
) -> Screen:
    if wizard.is_open(turn):
        turn.conversation.clear()
    try:
        item = await turn.write(
            roadmap.report,
            turn.actor,
            item_id,
            version,
            state,
            comment,
            turn.now,
            turn.zone,
        )
    except AlreadyChanged as change:
        if comment is None:
            return await _stale(turn, item_id, change)
        wizard.keep(turn, item_id, state, comment)
        return await wizard.again(turn, mistake=escape(_told(turn, change)))
    toast = turn.t.plain("The report is kept. Thank you!")
    return await _card(turn, item.id, toast=toast)


async def _branch(turn: Turn, which: Which, number: int) -> Screen:
    page = await turn.read(roadmap.of_branch, turn.actor, turn.today, number, which)
    return screens.of_branch(turn, page, which)


async def _card(
    turn: Turn, item_id: int, *, branch: bool = False, toast: str | None = None
) -> Screen:
    item, last = await turn.read(_card_of, turn.actor, item_id)
    return screens.card(turn, item, last, branch=branch, toast=toast)


def _card_of(tx: Connection, actor: Actor, item_id: int) -> tuple[Item, Entry | None]:
    return roadmap.get(tx, actor, item_id), roadmap.last_report(tx, item_id)


async def _stale(turn: Turn, item_id: int, change: AlreadyChanged | None = None) -> Screen:
    """The item as it is now, with a word on who changed it."""
    return await _card(turn, item_id, toast=_told(turn, change)[:200])


def _told(turn: Turn, change: AlreadyChanged | None) -> str:
    if change is None or change.by is None or change.at is None:
        return turn.t.plain("It was changed meanwhile. Here is how it stands now.")
    at = change.at.astimezone(turn.zone)
    return turn.t.plain("{name} changed it at {time}.", name=change.by, time=f"{at:%H:%M}")
