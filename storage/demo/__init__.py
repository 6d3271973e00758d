"""The demo: a region with fictional people, and one meeting told after its public source.

Real office-holders stand only in that meeting, as facts of the source; whatever else is here is
made up and marked so.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, select

from storage import branches, new_meetings, working_days
from storage.demo import bureau_held, joining, requests, roadmap, upcoming
from storage.demo.people import PEOPLE, DemoPerson
from storage.errors import NotPossible
from storage.first_branches import REGION
from storage.tables import meetings as meeting_table
from storage.tables import outbox
from storage.tables import people as people_table

__all__ = ["PEOPLE", "DemoPerson", "load"]


def load(tx: Connection, now: datetime, zone: ZoneInfo) -> None:
    """Fill an empty database; every date counts from the day of ``now`` in ``zone``.

    The same ``now`` gives the same data. Raises NotPossible("not_empty") when there are people or
    meetings already.
    """
    for table in (people_table, meeting_table):
        if tx.execute(select(table.c.id).limit(1)).first() is not None:
            raise NotPossible("not_empty")
    today = now.astimezone(zone).date()
    calendar = working_days.load(tx)
    branches.ensure(tx)
    branch_ids = {branch.code: branch.id for branch in branches.every(tx)}
    joining.load(tx, branch_ids, now, today)
    new_meetings.add(tx, bureau_held.meeting(branch_ids[REGION]))
    new_meetings.add(tx, upcoming.meeting(branch_ids[REGION], today, zone, calendar))
    requests.load(tx, now, zone, calendar)
    roadmap.load(tx, branch_ids, now, zone, calendar)
    # The receipts of what happened long ago would all arrive now: the table was empty before.
    tx.execute(delete(outbox))
