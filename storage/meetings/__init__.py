"""Meetings: one module a part of a meeting's life; what is asked most is named here."""

from storage.meetings.adding import NewItem, NewMeeting, NewProposal, add
from storage.meetings.lists import GOES_ON
from storage.meetings.reading import get, last_held, next_meeting, past, silent, upcoming
from storage.meetings.records import AgendaItem, Meeting, MeetingLine, MeetingPage, Proposal, Silent

__all__ = [
    "GOES_ON",
    "AgendaItem",
    "Meeting",
    "MeetingLine",
    "MeetingPage",
    "NewItem",
    "NewMeeting",
]
__all__ += [
    "NewMeeting",
    "NewProposal",
    "Proposal",
    "Silent",
    "add",
    "get",
    "last_held",
    "next_meeting",
]
__all__ += ["past", "silent", "upcoming"]
