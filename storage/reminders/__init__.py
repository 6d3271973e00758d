"""Reminders before a deadline and after it: planned as rows, queued by a tick when they are due."""

from storage.reminders.planning import PUT_OFF, Still, plan, plan_new, put_off, void
from storage.reminders.queueing import DIGEST, Due, drop, is_late, next_due, tick, waiting
from storage.reminders.rescheduling import moved_by, reschedule
from storage.reminders.rungs import KINDS

__all__ = [
    "DIGEST",
    "KINDS",
    "PUT_OFF",
    "Due",
    "Still",
    "drop",
    "is_late",
    "moved_by",
    "next_due",
    "plan",
    "plan_new",
    "put_off",
    "reschedule",
    "tick",
    "void",
    "waiting",
]
