"""Meetings: the next one, lists, a card with its agenda, the summary of what was held."""

from handlers.meetings.router import router

__all__ = ["router"]
