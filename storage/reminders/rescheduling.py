"""Planned reminders follow a calendar that has changed."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, select, update

from storage.reminders.rungs import KINDS, LADDERS
from storage.rules import ladder
from storage.rules.working_days import WorkingCalendar
from storage.tables import UtcDateTime, reminders


def moved_by(tx: Connection, calendar: WorkingCalendar, zone: ZoneInfo) -> dict[int, datetime]:
    """The planned reminders that come at another moment under ``calendar``: id → the moment."""
    planned = select(
        reminders.c.id,
        reminders.c.subject,
        reminders.c.rung,
        reminders.c.deadline,
        reminders.c.due_at,
    ).where(
        reminders.c.state == "planned",
        reminders.c.subject.in_(KINDS),
        ~reminders.c.rung.startswith(ladder.SNOOZED),  # that day was chosen
    )
    moments = (
        (row, LADDERS[row.subject].due_at(int(row.rung), row.deadline, calendar, zone))
        for row in tx.execute(planned)
    )
    return {row.id: moment for row, moment in moments if moment != row.due_at}


def reschedule(tx: Connection, calendar: WorkingCalendar, zone: ZoneInfo) -> int:
    """Move the planned reminders to the moments of a calendar that changed; return how many.

    None is dropped: one whose moment lies behind by now is said by the next tick.
    """
    moved = moved_by(tx, calendar, zone)
    if moved:
        tx.execute(
            update(reminders)
            .where(reminders.c.id == bindparam("moved_id"), reminders.c.state == "planned")
            .values(due_at=bindparam("moment", type_=UtcDateTime)),
            [{"moved_id": id_, "moment": moment} for id_, moment in moved.items()],
        )
    return len(moved)
