"""Votes: members vote, the secretary opens and closes."""

from dataclasses import replace
from datetime import date

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup
from sqlalchemy import Connection

from handlers.meetings.ballots import callbacks, names, screens
from handlers.meetings.refusals import refused
from handlers.turn import Turn
from handlers.ui import texts
from handlers.ui.filters import AnyMessage
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, lines
from storage import meetings
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.meetings import AgendaItem, Meeting, ballots, quorums, voting
from storage.meetings.ballots import Ballot
from storage.meetings.convened import convened
from storage.meetings.quorums import Quorum
from storage.rules.access import Action, Actor, may
from storage.rules.meeting_states import IN_PROGRESS

router = Router(name="meetings.ballots")

QUESTION = "ballots:question:ask"  # a question may be typed; nothing is lost with it


# Members


@router.callback_query(callbacks.Cast.filter())
@policy(Action.READ_MEETINGS)
async def cast(query: CallbackQuery, turn: Turn, callback_data: callbacks.Cast) -> Screen:
    """A vote, or another one instead; the message becomes what was voted."""
    try:
        ballot = await turn.write(
            voting.cast,
            turn.actor,
            callback_data.id,
            callback_data.choice,
            turn.now,
            turn.today,
        )
    except NotPossible as no:
        return refused(turn.t, no, await _screen(turn, callback_data.id, member=True))
    word = turn.t.plain("Your vote is kept.")
    return screens.member(turn.t, ballot, callback_data.choice, toast=word)


@router.callback_query(callbacks.OpenBallot.filter())
@policy(Action.READ_MEETINGS)
async def show(query: CallbackQuery, turn: Turn, callback_data: callbacks.OpenBallot) -> Screen:
    """A vote as it stands."""
    return await _screen(turn, callback_data.id)


@router.callback_query(callbacks.Names.filter())
@policy(Action.READ_MEETINGS)
async def show_names(query: CallbackQuery, turn: Turn, callback_data: callbacks.Names) -> Screen:
    """Who has voted how."""
    ballot = await turn.read(ballots.get, turn.actor, callback_data.id, turn.today)
    voters = await turn.read(ballots.voters, turn.actor, callback_data.id, turn.today)
    keeps = await turn.read(_prepares, turn.actor, ballot)
    return names.listed(turn.t, ballot, voters, callback_data.page, keeps=keeps)


# The secretary


@router.callback_query(callbacks.Ballots.filter())
@policy(Action.PREPARE_MEETINGS)
async def show_all(query: CallbackQuery, turn: Turn, callback_data: callbacks.Ballots) -> Screen:
    """The items with their votes."""
    _leave(turn)
    return await _list(turn, callback_data.id, callback_data.page)


@router.callback_query(callbacks.AskOpen.filter())
@policy(Action.PREPARE_MEETINGS)
async def ask_open(query: CallbackQuery, turn: Turn, callback_data: callbacks.AskOpen) -> Screen:
    """What would be asked; another question may be typed."""
    _leave(turn)
    turn.conversation.pause()
    turn.conversation.to(QUESTION, meeting=callback_data.id, item=callback_data.item_id)
    return await _before(turn, callback_data.id, callback_data.item_id, None)


@router.message(StateFilter(QUESTION), AnyMessage())
@policy(Action.PREPARE_MEETINGS)
async def question_typed(message: Message, turn: Turn) -> Screen:
    """Another question than the draft decision."""
    data = turn.conversation.data
    typed = texts.typed(message.text, voting.QUESTION_LIMIT)
    if isinstance(typed, texts.Mistake):
        screen = await _before(turn, data["meeting"], data["item"], data.get("question"))
        return _with_mistake(screen, texts.told(turn.t, typed, voting.QUESTION_LIMIT))
    turn.conversation.to(QUESTION, question=typed)
    return await _before(turn, data["meeting"], data["item"], typed)


@router.callback_query(callbacks.Open.filter())
@policy(Action.PREPARE_MEETINGS)
async def open_(query: CallbackQuery, turn: Turn, callback_data: callbacks.Open) -> Screen:
    """Open it, if it still is the question that was shown."""
    meeting_id, item_id = callback_data.id, callback_data.item_id
    typed = _typed(turn, item_id)
    _, item = await turn.read(_item, turn.actor, meeting_id, item_id)
    if screens.seal(item, typed) != callback_data.seal:
        word = turn.t.plain("The question has changed. Look at it once more.")
        screen = await _before(turn, meeting_id, item_id, typed)
        return replace(screen, toast=word, alert=True)
    _leave(turn)
    try:
        ballot = await turn.write(voting.open_, turn.actor, item_id, typed, turn.now, turn.today)
    except NotPossible as no:
        return refused(turn.t, no, await _list(turn, meeting_id))
    return screens.secretary(turn.t, ballot, toast=turn.t.plain("The vote is open."))


@router.callback_query(callbacks.Close.filter())
@policy(Action.PREPARE_MEETINGS)
async def close(query: CallbackQuery, turn: Turn, callback_data: callbacks.Close) -> Screen:
    """Close it and count."""
    try:
        ballot = await turn.write(
            voting.close,
            turn.actor,
            callback_data.id,
            callback_data.version,
            turn.now,
            turn.today,
        )
    except AlreadyChanged:
        word = turn.t.plain("The vote was closed already.")
        return replace(await _screen(turn, callback_data.id), toast=word, alert=True)
    return screens.secretary(turn.t, ballot, toast=turn.t.plain("The vote is closed."))


@router.callback_query(callbacks.Hand.filter())
@policy(Action.PREPARE_MEETINGS)
async def show_hand(query: CallbackQuery, turn: Turn, callback_data: callbacks.Hand) -> Screen:
    """One member whose vote is written down."""
    ballot = await turn.read(ballots.get, turn.actor, callback_data.id, turn.today)
    voters = await turn.read(ballots.voters, turn.actor, callback_data.id, turn.today)
    for voter in voters:
        if voter.invitee_id == callback_data.invitee and ballot.closed_at is None:
            return names.hand(turn.t, ballot, voter, callback_data.page)
    return await _screen(turn, callback_data.id)


@router.callback_query(callbacks.CastFor.filter())
@policy(Action.PREPARE_MEETINGS)
async def cast_for(query: CallbackQuery, turn: Turn, callback_data: callbacks.CastFor) -> Screen:
    """Write the vote of a raised hand down."""
    try:
        ballot = await turn.write(
            voting.cast_for,
            turn.actor,
            callback_data.id,
            callback_data.invitee,
            callback_data.choice,
            turn.now,
            turn.today,
        )
    except NotPossible as no:
        return refused(turn.t, no, await _screen(turn, callback_data.id))
    return screens.secretary(turn.t, ballot, toast=turn.t.plain("The vote is written down."))


async def _screen(turn: Turn, ballot_id: int, *, member: bool = False) -> Screen:
    ballot = await turn.read(ballots.get, turn.actor, ballot_id, turn.today)
    if not member:
        meeting = await turn.read(meetings.get, turn.actor, ballot.meeting_id)
        if may(turn.actor, Action.PREPARE_MEETINGS, meeting.branch_id):
            return screens.secretary(turn.t, ballot, goes_on=meeting.state == IN_PROGRESS)
    own = await turn.read(ballots.own_choice, turn.actor, ballot_id)
    return screens.member(turn.t, ballot, own)


async def _list(turn: Turn, meeting_id: int, page: int = 0) -> Screen:
    meeting, found = await turn.read(_meeting, turn.actor, meeting_id, turn.today)
    cast_ = await turn.read(ballots.of_meeting, turn.actor, meeting_id, turn.today)
    return screens.listed(turn, meeting, found, cast_, page)


async def _before(turn: Turn, meeting_id: int, item_id: int, typed: str | None) -> Screen:
    meeting, item = await turn.read(_item, turn.actor, meeting_id, item_id)
    found = await turn.read(quorums.quorum, meeting_id, turn.today)
    return screens.before_opening(turn, meeting, item, found, typed)


def _meeting(tx: Connection, actor: Actor, meeting_id: int, today: date) -> tuple[Meeting, Quorum]:
    convened(tx, actor, meeting_id)
    return meetings.get(tx, actor, meeting_id), quorums.quorum(tx, meeting_id, today)


def _item(
    tx: Connection, actor: Actor, meeting_id: int, item_id: int
) -> tuple[Meeting, AgendaItem]:
    convened(tx, actor, meeting_id)
    meeting = meetings.get(tx, actor, meeting_id)
    for item in meeting.items:
        if item.id == item_id:
            return meeting, item
    raise NotFound("agenda_item")


def _prepares(tx: Connection, actor: Actor, ballot: Ballot) -> bool:
    meeting = meetings.get(tx, actor, ballot.meeting_id)
    return may(actor, Action.PREPARE_MEETINGS, meeting.branch_id)


def _typed(turn: Turn, item_id: int) -> str | None:
    data = turn.conversation.data
    if turn.conversation.state != QUESTION or data.get("item") != item_id:
        return None
    return data.get("question")


def _leave(turn: Turn) -> None:
    if turn.conversation.state == QUESTION:
        turn.conversation.clear()


def _with_mistake(screen: Screen, mistake: Markup) -> Screen:
    return replace(screen, text=lines(Markup("⚠️ {}").format(mistake), screen.text))
