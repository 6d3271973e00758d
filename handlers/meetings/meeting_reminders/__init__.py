"""Reminders before a meeting: when they come, and how they look."""
