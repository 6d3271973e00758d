"""Asking about meetings: narrowed lists, the file for a calendar, links, inline cards."""
