"""Whoever is refused again and again has to wait: numbers are not to be tried one by one.

The count is a row of the person's own, so it holds whichever process answers, and after a restart.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, case

from storage.tables import refused_tries
from storage.upsert import counted

MOST, WITHIN = 30, timedelta(minutes=10)  # of one person; nobody meets that many by mistake


def count(tx: Connection, person_id: int, now: datetime) -> None:
    """Note one; the first after ``WITHIN`` begins to count anew."""
    c = refused_tries.c
    over = c.since <= now - WITHIN
    counted(
        tx,
        refused_tries,
        {"person_id": person_id},
        {"since": now, "many": 1},
        {"since": case((over, now), else_=c.since), "many": case((over, 1), else_=c.many + 1)},
    )


def waits_until(since: datetime | None, many: int | None, most: int = MOST) -> datetime | None:
    """Until when somebody of whom this is counted has to wait; None: may go on."""
    return since + WITHIN if since is not None and (many or 0) >= most else None
