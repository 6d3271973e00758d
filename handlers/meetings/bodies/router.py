"""The rule of a body and its elected members, set by whoever prepares its meetings."""

from dataclasses import replace
from datetime import date

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from sqlalchemy import Connection

from handlers.meetings.bodies import callbacks, screens
from handlers.meetings.refusals import refused
from handlers.turn import Turn
from handlers.ui import texts
from handlers.ui.filters import AnyMessage
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import meetings
from storage.errors import AlreadyChanged, NotPossible
from storage.meetings import Meeting, bodies, body_keeping, quorums, registered
from storage.meetings.bodies import Rule
from storage.meetings.convened import convened
from storage.meetings.quorums import Quorum
from storage.rules.access import Action, Actor
from storage.rules.quorum import Share

router = Router(name="meetings.bodies")

ELECTED = "bodies:elected:ask"
NAME = "bodies:name:ask"
NAME_LIMIT = 120  # characters


@router.callback_query(callbacks.Body.filter())
@policy(Action.PREPARE_MEETINGS)
async def show(query: CallbackQuery, turn: Turn, callback_data: callbacks.Body) -> Screen:
    """The rule as it stands."""
    _leave(turn)
    return await _body(turn, callback_data.id)


@router.callback_query(callbacks.SetShare.filter())
@policy(Action.PREPARE_MEETINGS)
async def set_share(query: CallbackQuery, turn: Turn, callback_data: callbacks.SetShare) -> Screen:
    """Another share."""
    asked = callback_data
    try:
        share = Share(asked.numerator, asked.denominator, asked.strict)
    except ValueError:
        return await _body(turn, asked.id)
    return await _set(turn, asked.id, asked.version, share=share)


@router.callback_query(callbacks.SetDeputies.filter())
@policy(Action.PREPARE_MEETINGS)
async def set_deputies(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.SetDeputies
) -> Screen:
    """Whether a member may send a stand-in."""
    allowed = callback_data.allowed
    return await _set(turn, callback_data.id, callback_data.version, deputies=allowed)


@router.callback_query(callbacks.AskElected.filter())
@policy(Action.PREPARE_MEETINGS)
async def ask_elected(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.AskElected
) -> Screen:
    """How many members were elected."""
    meeting, rule, _ = await turn.read(_whole, turn.actor, callback_data.id, turn.today)
    _leave(turn)
    turn.conversation.pause()
    turn.conversation.to(ELECTED, meeting=meeting.id, version=rule.version)
    return screens.elected_step(turn, meeting, rule)


@router.message(StateFilter(ELECTED), AnyMessage())
@policy(Action.PREPARE_MEETINGS)
async def elected_typed(message: Message, turn: Turn) -> Screen:
    """The number."""
    data = turn.conversation.data
    meeting_id, version = int(data["meeting"]), int(data["version"])
    typed = (message.text or "").strip()
    if not (
        typed.isascii() and typed.isdigit() and 0 < int(typed[:9]) <= body_keeping.MOST_ELECTED
    ):
        meeting, rule, _ = await turn.read(_whole, turn.actor, meeting_id, turn.today)
        mistake = turn.t("A number from 1 to {n} is needed.", n=body_keeping.MOST_ELECTED)
        return screens.elected_step(turn, meeting, rule, mistake=mistake)
    turn.conversation.clear()
    return await _set(turn, meeting_id, version, elected=int(typed))


@router.callback_query(callbacks.CountKept.filter())
@policy(Action.PREPARE_MEETINGS)
async def count_kept(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.CountKept
) -> Screen:
    """As many as are on the list."""
    _leave(turn)
    return await _set(turn, callback_data.id, callback_data.version, elected=0)


# The members


@router.callback_query(callbacks.Members.filter())
@policy(Action.PREPARE_MEETINGS)
async def show_members(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.Members
) -> Screen:
    """The elected members that are kept."""
    _leave(turn)
    return await _members(turn, callback_data.id, callback_data.page)


@router.callback_query(callbacks.AskElect.filter())
@policy(Action.PREPARE_MEETINGS)
async def ask_elect(query: CallbackQuery, turn: Turn, callback_data: callbacks.AskElect) -> Screen:
    """Who becomes a member."""
    meeting, _, _ = await turn.read(_whole, turn.actor, callback_data.id, turn.today)
    _leave(turn)
    turn.conversation.pause()
    turn.conversation.to(NAME, meeting=meeting.id)
    return screens.name_step(turn, meeting)


@router.message(StateFilter(NAME), AnyMessage())
@policy(Action.PREPARE_MEETINGS)
async def name_typed(message: Message, turn: Turn) -> Screen:
    """A few letters of the name."""
    meeting_id = int(turn.conversation.data["meeting"])
    meeting, _, _ = await turn.read(_whole, turn.actor, meeting_id, turn.today)
    typed = texts.typed(message.text, NAME_LIMIT)
    if isinstance(typed, texts.Mistake):
        mistake = texts.told(turn.t, typed, NAME_LIMIT)
        return screens.name_step(turn, meeting, mistake=mistake)
    found = await turn.read(registered.find, meeting.branch_id, typed, turn.today)
    return screens.name_step(turn, meeting, found=found)


@router.callback_query(callbacks.Elect.filter())
@policy(Action.PREPARE_MEETINGS)
async def elect(query: CallbackQuery, turn: Turn, callback_data: callbacks.Elect) -> Screen:
    """A member more."""
    meeting, _, _ = await turn.read(_whole, turn.actor, callback_data.id, turn.today)
    _leave(turn)
    of = (meeting.branch_id, meeting.body, callback_data.person, turn.now, turn.today)
    try:
        await turn.write(body_keeping.elect, turn.actor, *of)
    except NotPossible as no:
        return refused(turn.t, no, await _members(turn, meeting.id))
    word = turn.t.plain("Added to the members.")
    return replace(await _members(turn, meeting.id), toast=word)


@router.callback_query(callbacks.AskRelease.filter())
@policy(Action.PREPARE_MEETINGS)
async def ask_release(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.AskRelease
) -> Screen:
    """Who would be a member no more."""
    meeting, _, _ = await turn.read(_whole, turn.actor, callback_data.id, turn.today)
    of = (meeting.branch_id, meeting.body, turn.today, callback_data.page)
    page = await turn.read(body_keeping.kept, turn.actor, *of)
    for member in page.members:
        if member.id == callback_data.member:
            return screens.before_release(turn, meeting, member, page.page)
    return screens.members(turn, meeting, page)


@router.callback_query(callbacks.Release.filter())
@policy(Action.PREPARE_MEETINGS)
async def release(query: CallbackQuery, turn: Turn, callback_data: callbacks.Release) -> Screen:
    """A member less."""
    given = (callback_data.member, turn.now, turn.today)
    try:
        await turn.write(body_keeping.release, turn.actor, *given)
    except NotPossible as no:
        return refused(turn.t, no, await _members(turn, callback_data.id))
    word = turn.t.plain("The membership has ended.")
    return replace(await _members(turn, callback_data.id), toast=word)


async def _set(
    turn: Turn,
    meeting_id: int,
    version: int,
    *,
    share: Share | None = None,
    elected: int | None = None,
    deputies: bool | None = None,
) -> Screen:
    meeting, _, _ = await turn.read(_whole, turn.actor, meeting_id, turn.today)
    try:
        await turn.write(
            body_keeping.set_rule,
            turn.actor,
            meeting.branch_id,
            meeting.body,
            version,
            turn.now,
            share=share,
            elected=elected,
            deputies=deputies,
        )
    except AlreadyChanged:
        word = turn.t.plain("It was changed meanwhile. Here is how it stands now.")
        return replace(await _body(turn, meeting_id), toast=word, alert=True)
    return replace(await _body(turn, meeting_id), toast=turn.t.plain("Written down."))


async def _body(turn: Turn, meeting_id: int) -> Screen:
    return screens.body(turn, *await turn.read(_whole, turn.actor, meeting_id, turn.today))


async def _members(turn: Turn, meeting_id: int, number: int = 0) -> Screen:
    meeting, _, _ = await turn.read(_whole, turn.actor, meeting_id, turn.today)
    of = (meeting.branch_id, meeting.body, turn.today, number)
    page = await turn.read(body_keeping.kept, turn.actor, *of)
    return screens.members(turn, meeting, page)


def _whole(
    tx: Connection, actor: Actor, meeting_id: int, today: date
) -> tuple[Meeting, Rule, Quorum]:
    convened(tx, actor, meeting_id)
    meeting = meetings.get(tx, actor, meeting_id)
    rule = bodies.rule(tx, meeting.branch_id, meeting.body)
    return meeting, rule, quorums.quorum(tx, meeting_id, today)


def _leave(turn: Turn) -> None:
    if turn.conversation.state in (ELECTED, NAME):
        turn.conversation.clear()
