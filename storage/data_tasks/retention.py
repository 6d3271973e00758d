"""A request that was closed long ago becomes anonymous by itself; the branch says when."""

import calendar
from collections import Counter
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from storage import audit, contents
from storage.data_tasks.forgetting import forget
from storage.errors import NotAllowed, NotPossible
from storage.privacy.rows import REQUEST_HISTORY, VOTER_REQUEST
from storage.requests.rows import SUBJECT
from storage.rules.access import Action, Actor, may
from storage.tables import request_history, voter_requests

KEY, ANY = "anonymise_after", "*"  # among the contents; a number has no language
USUAL = 12  # months
LEAST, MOST = 1, 120
AT_ONCE = 500  # requests of one day: the rest comes the day after


def months(tx: Connection) -> tuple[int, int]:
    """After how many months a closed request becomes anonymous, and the version of that."""
    kept = contents.newest(tx, [KEY], ANY).get(KEY)
    return (int(kept.text), kept.version) if kept else (USUAL, 0)


def set_months(tx: Connection, actor: Actor, version: int, wanted: int, now: datetime) -> None:
    """Set it, also for what is closed already. Raises NotAllowed, NotPossible, AlreadyChanged."""
    if not may(actor, Action.KEEP_WORDINGS):
        raise NotAllowed(Action.KEEP_WORDINGS)
    if not LEAST <= wanted <= MOST:
        raise NotPossible("months")
    contents.put(tx, KEY, ANY, version, str(wanted), actor.person_id, now)
    audit.record(tx, actor, now, "set_retention", months=wanted)


def tick(tx: Connection, now: datetime, zone: ZoneInfo) -> int:
    """Make anonymous what is due; return how many requests. Each is due once."""
    count, _ = months(tx)
    day = _months_before(now.astimezone(zone).date(), count)
    c = voter_requests.c
    query = (
        select(voter_requests)
        .where(
            c.closed_at < datetime.combine(day, time.max, tzinfo=zone), c.anonymised_at.is_(None)
        )
        .order_by(c.id)
        .limit(AT_ONCE)
    )
    rows = [VOTER_REQUEST.unseal(row) for row in tx.execute(query).mappings().all()]
    done: Counter[str] = Counter()
    for row in rows:
        of_it = select(request_history).where(request_history.c.request_id == row["id"])
        lines = [REQUEST_HISTORY.unseal(line) for line in tx.execute(of_it).mappings().all()]
        forget(tx, row, lines, now, done)
        audit.record(tx, None, now, "anonymise_request", SUBJECT, row["id"])
    return len(rows)


def _months_before(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
