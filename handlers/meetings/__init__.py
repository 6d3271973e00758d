"""Meetings: the next one, lists, a card with its agenda, the summary of what was held."""
