"""The buttons of a meeting's card and notices that lead to its file and to its link."""

from handlers.meetings.asking.callbacks import Share, ToCalendar
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Row
from storage.meetings import Meeting
from storage.rules.meeting_states import AHEAD, CANCELLED, DRAFT


def calendar(t: Translator, meeting: Meeting) -> Row:
    """The button to the file for a calendar, empty where there is nothing to put into it."""
    if meeting.starts_at is None:
        return ()
    if meeting.state == CANCELLED:
        return (Button(t.plain("Take it out of the calendar"), ToCalendar(id=meeting.id)),)
    if meeting.state not in AHEAD:
        return ()
    return (Button(t.plain("Add to the calendar"), ToCalendar(id=meeting.id)),)


def share(t: Translator, meeting: Meeting, number: int = 0) -> Row:
    """The button to the link, to the item ``number`` where one is named; a draft has none."""
    if meeting.state == DRAFT:
        return ()
    return (Button(t.plain("Share the link"), Share(id=meeting.id, number=number)),)
