"""Reminders of what has a deadline: how they read when they arrive."""
