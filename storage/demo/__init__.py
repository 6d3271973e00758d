"""The demo: a region with fictional people, and one meeting told after its public source.

Real office-holders stand only in that meeting, as facts of the source; whatever else is here is
made up and marked so.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, select

from storage import branches, working_days
from storage.demo import (
    broadcasts,
    bureau,
    bureau_before,
    bureau_held,
    indicators,
    inquiries,
    joining,
    objects,
    requests,
    roadmap,
    roadmap_article,
    settlements,
    upcoming,
)
from storage.demo.papers import PAPERS, Paper
from storage.demo.past import Past
from storage.demo.people import PEOPLE, DemoPerson
from storage.errors import NotPossible
from storage.first_branches import REGION
from storage.meetings import adding
from storage.tables import meetings as meeting_table
from storage.tables import outbox
from storage.tables import people as people_table

__all__ = ["PAPERS", "PEOPLE", "DemoPerson", "Paper", "load"]


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
    bureau.elect(tx, branch_ids[REGION], today)
    bureau_before.load(tx, branch_ids[REGION], Past(now, zone, calendar))
    adding.add(tx, bureau_held.meeting(branch_ids[REGION]))
    ahead = adding.add(tx, upcoming.meeting(branch_ids[REGION], today, zone, calendar))
    bureau.call(tx, ahead, now, zone)
    settlements.load(tx, branch_ids)
    inquiries.directory(tx, branch_ids)
    requests.load(tx, now, zone, calendar)
    inquiries.load(tx, branch_ids, now, zone, calendar)
    roadmap.load(tx, branch_ids, now, zone, calendar)
    roadmap_article.load(tx, branch_ids, now, zone, calendar)
    indicators.load(tx, branch_ids[REGION], Past(now, zone, calendar))
    objects.load(tx, branch_ids, Past(now, zone, calendar))
    broadcasts.load(tx, now, zone, calendar)
    # The receipts of what happened long ago would all arrive now: the table was empty before.
    tx.execute(delete(outbox))
