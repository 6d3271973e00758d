"""The file for a calendar, the link to a meeting, and what such a link opens."""

from aiogram import Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.meetings import texts
from handlers.meetings.asking import calendar_file, linking, narrowing
from handlers.meetings.asking.callbacks import ChooseBody, ChooseBranch, Share, ToCalendar
from handlers.meetings.callbacks import OpenItem, OpenMeeting
from handlers.turn import Turn
from handlers.ui import nav, sharing
from handlers.ui.policy import policy
from handlers.ui.screen import Attachment, Button, Screen, lines, toast
from storage import meetings
from storage.meetings import Meeting, lists
from storage.rules.access import Action
from storage.rules.meeting_states import CANCELLED, DRAFT, OVER

router = Router(name="meetings.asking")


@router.message(CommandStart(deep_link=True), linking.ToMeeting())
@policy(Action.READ_MEETINGS, groups=True)
async def opened(_message: Message, turn: Turn, command: CommandObject) -> Screen:
    """Open what a link leads to."""
    return await linking.opened(turn, (command.args or "").strip())


@router.callback_query(ToCalendar.filter())
@policy(Action.READ_MEETINGS)
async def to_calendar(_query: CallbackQuery, turn: Turn, callback_data: ToCalendar) -> Screen:
    """Send the file."""
    t = turn.t
    meeting = await turn.read(meetings.get, turn.actor, callback_data.id)
    if meeting.starts_at is None or meeting.state == DRAFT:
        return toast(t.plain("The day is not set yet"), alert=True)
    if meeting.state in OVER:
        return toast(t.plain("The meeting is over: it needs no place in a calendar."), alert=True)
    address = turn.deep_link(linking.payload(meeting.id))
    content = calendar_file.content(turn, meeting, address, turn.bot_username)
    file = Attachment("document", content=content, name=calendar_file.name(turn, meeting))
    return Screen(
        lines(texts.title(turn, meeting), texts.when(turn, meeting), _what_to_do(turn, meeting)),
        rows=(nav.exits(t, OpenMeeting(id=meeting.id)),),
        attachments=(file,),
    )


@router.callback_query(Share.filter())
@policy(Action.READ_MEETINGS, groups=True)
async def share(_query: CallbackQuery, turn: Turn, callback_data: Share) -> Screen:
    """Give the link: to be copied, or sent on to another chat."""
    t, number = turn.t, callback_data.number
    meeting = await turn.read(meetings.get, turn.actor, callback_data.id, drafts=not turn.in_group)
    item = meeting.item(number) if number else None
    goes = OpenItem(id=meeting.id, number=number) if item else OpenMeeting(id=meeting.id)
    link = turn.deep_link(linking.payload(meeting.id, number))
    text = t.pick(meeting.title_kk, meeting.title_ru)
    send_on = sharing.sent_on(link, text)
    return Screen(
        lines(
            texts.title(turn, meeting),
            texts.agenda_line(turn, item) if item else None,
            Markup("{}").format(link),
            t("<i>It opens for those who may read the meeting, nobody else.</i>"),
        ),
        rows=(
            (
                Button(t.plain("Send to a chat"), url=send_on),
                Button(t.plain("Copy the link"), copies=link),
            ),
            (nav.back(t, goes),) if turn.in_group else nav.exits(t, goes),
        ),
    )


@router.callback_query(ChooseBody.filter())
@policy(Action.READ_MEETINGS, groups=True)
async def choose_body(_query: CallbackQuery, turn: Turn, callback_data: ChooseBody) -> Screen:
    """Show whose meetings the list can be narrowed to."""
    homes = await _homes(turn, past=callback_data.past)
    return narrowing.bodies(turn, callback_data, homes)


@router.callback_query(ChooseBranch.filter())
@policy(Action.READ_MEETINGS, groups=True)
async def choose_branch(_query: CallbackQuery, turn: Turn, callback_data: ChooseBranch) -> Screen:
    """Show the branches that the list can be narrowed to."""
    homes = await _homes(turn, past=callback_data.past)
    return narrowing.branches(turn, callback_data, homes)


async def _homes(turn: Turn, *, past: bool) -> tuple[lists.Home, ...]:
    drafts = not turn.in_group
    return await turn.read(lists.homes, turn.actor, turn.now, past=past, drafts=drafts)


def _what_to_do(turn: Turn, meeting: Meeting) -> Markup:
    if meeting.state == CANCELLED:
        return turn.t("Open the file: the meeting in your calendar becomes a cancelled one.")
    return turn.t(
        "Open the file: the meeting stands in your calendar. If it is moved, take the file anew: "
        "it replaces this one."
    )
