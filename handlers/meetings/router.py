"""The commands and buttons of meetings; all of it may be answered in a group."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.meetings import item_screen, screens
from handlers.meetings.asking import narrowing
from handlers.meetings.callbacks import (
    MeetingList,
    NextMeeting,
    OpenItem,
    OpenMeeting,
    Summary,
    WholeSummary,
)
from handlers.meetings.last import last, summed_up
from handlers.turn import Turn
from handlers.ui import paging
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from storage import meetings
from storage.inquiries import decisions
from storage.meetings import lists, papers
from storage.rules.access import Action

router = Router(name="meetings")


@router.message(Command("next"))
@router.callback_query(NextMeeting.filter())
@policy(Action.READ_MEETINGS, groups=True)
async def show_next(_event: Message | CallbackQuery, turn: Turn) -> Screen:
    """The nearest meeting."""
    meeting = await turn.read(meetings.next_meeting, turn.actor, turn.now, papers=not turn.in_group)
    return screens.card(turn, meeting) if meeting else screens.none_next(turn)


@router.message(Command("meetings"))
@policy(Action.READ_MEETINGS, groups=True)
async def show_meetings(_message: Message, turn: Turn) -> Screen:
    """The meetings ahead."""
    return await _page(turn, MeetingList())


@router.callback_query(MeetingList.filter())
@policy(Action.READ_MEETINGS, groups=True)
async def turn_page(_query: CallbackQuery, turn: Turn, callback_data: MeetingList) -> Screen:
    """A page of the meetings ahead or behind."""
    return await _page(turn, callback_data)


@router.callback_query(OpenMeeting.filter())
@policy(Action.READ_MEETINGS, groups=True)
async def show_meeting(_query: CallbackQuery, turn: Turn, callback_data: OpenMeeting) -> Screen:
    """A meeting's card."""
    meeting = await _meeting(turn, callback_data.id)
    return screens.card(turn, meeting, callback_data.page)


@router.callback_query(OpenItem.filter())
@policy(Action.READ_MEETINGS, groups=True)
async def show_item(_query: CallbackQuery, turn: Turn, callback_data: OpenItem) -> Screen:
    """An item of the agenda."""
    found = await turn.read(
        papers.numbered,
        turn.actor,
        callback_data.id,
        callback_data.number,
        papers=not turn.in_group,
    )
    asked = () if turn.in_group else await turn.read(decisions.of_item, turn.actor, found.item.id)
    return item_screen.opened(turn, found, callback_data.page, asked)


@router.message(Command("summary"))
@policy(Action.READ_MEETINGS, groups=True)
async def show_last_summary(_message: Message, turn: Turn) -> Screen:
    """The summary of the last meeting held."""
    return await _last(turn)


@router.callback_query(Summary.filter())
@policy(Action.READ_MEETINGS, groups=True)
async def show_summary(_query: CallbackQuery, turn: Turn, callback_data: Summary) -> Screen:
    """The summary of the meeting that is named, else of the last one held."""
    if callback_data.id is None:
        return await _last(turn)
    return await summed_up(turn, await _meeting(turn, callback_data.id))


@router.callback_query(WholeSummary.filter())
@policy(Action.READ_MEETINGS, groups=True)
async def show_whole_summary(
    _query: CallbackQuery, turn: Turn, callback_data: WholeSummary
) -> Screen:
    """Everything that was written in the summary of a meeting that is over."""
    meeting = await _meeting(turn, callback_data.id)
    if not meeting.is_over:
        return await summed_up(turn, meeting)
    return screens.whole_summary(turn, meeting)


async def _page(turn: Turn, asked: MeetingList) -> Screen:
    # In a group everybody reads the answer: drafts are left out.
    drafts = not turn.in_group
    page = await turn.read(
        meetings.past if asked.past else meetings.upcoming,
        turn.actor,
        turn.now,
        asked.page,
        drafts=drafts,
        size=paging.PAGE,
        only=narrowing.only(asked),
    )
    homes = await turn.read(lists.homes, turn.actor, turn.now, past=asked.past, drafts=drafts)
    return screens.listed(turn, page, asked, homes)


async def _meeting(turn: Turn, meeting_id: int) -> meetings.Meeting:
    return await turn.read(meetings.get, turn.actor, meeting_id, drafts=not turn.in_group)


async def _last(turn: Turn) -> Screen:
    meeting, word = await last(turn)
    return await summed_up(turn, meeting, word) if meeting else screens.none_held(turn)
