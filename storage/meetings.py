"""Meetings: what is ahead, what was held, and one meeting with its agenda and proposals."""

from storage.new_meetings import NewItem, NewMeeting, NewProposal, add

__all__ = ["NewItem", "NewMeeting", "NewProposal", "add"]
