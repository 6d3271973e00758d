"""At which hours the copies of a broadcast go: not at night, or in working hours alone."""

from datetime import datetime

from sqlalchemy import Connection, select, update

from storage import working_days
from storage.broadcasts.queueing import COPY
from storage.broadcasts.reading import Broadcast
from storage.rules.announcements import Announcement, goes_from
from storage.rules.gate import COUNTRY
from storage.tables import broadcasts as table
from storage.tables import outbox


def first_moment(tx: Connection, of: Broadcast, moment: datetime) -> datetime:
    """The first moment, at or after ``moment``, when its copies may go."""
    calendar = working_days.load(tx)
    return goes_from(moment, of.announcement, calendar, COUNTRY, office_hours=of.office_hours)


def put_off(tx: Connection, now: datetime) -> None:
    """Let the copies of what is on its way wait for the morning once the evening has come."""
    going = tx.execute(
        select(table.c.id, table.c.announcement, table.c.office_hours).where(
            table.c.state == "running", table.c.announcement != Announcement.URGENT
        )
    ).all()
    if not going:
        return
    calendar = working_days.load(tx)
    for broadcast_id, about, office_hours in going:
        opens = goes_from(now, about, calendar, COUNTRY, office_hours=office_hours)
        if opens > now:
            tx.execute(
                update(outbox)
                .where(
                    outbox.c.state == "waiting",
                    outbox.c.stream == broadcast_id,
                    outbox.c.kind == COPY,
                    outbox.c.not_before < opens,
                )
                .values(not_before=opens)
            )
