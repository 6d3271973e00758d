"""A body whose answer is late by law: the deputy of the request is reminded, each rung once.

The own clock has a ladder of its own, see ``storage.requests.reminding``; this is the other one.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from storage import escalation, outbox, working_days
from storage.escalation import Escalation, Row
from storage.requests import reminding
from storage.requests.escalating import latest
from storage.requests.queries import is_paused
from storage.requests.record import VoterRequest
from storage.rules.request_states import RequestState
from storage.tables import voter_requests

KIND = "request_body_late"
ABOUT = Escalation(KIND, "request_body_late", "requests")
RUNGS = (1, 4, 10, 20)  # working days after the body's term by law


def tick(tx: Connection, now: datetime, zone: ZoneInfo) -> int:
    """Remind the deputies of what is with a body whose term has passed; return how many messages.

    A rung that was passed over while the program stood is not said after a higher one. A later
    term begins the ladder anew; a second tick finds every rung told.
    """
    today = now.astimezone(zone).date()
    calendar = working_days.load(tx)
    told: list[outbox.Message] = []
    for days in sorted(RUNGS, reverse=True):
        higher = [str(rung) for rung in RUNGS if rung >= days]
        found = _late(tx, latest(calendar, today, days), higher)
        told += escalation.tell(
            tx, ABOUT, found, str(days), lambda deputy_id: [deputy_id], now, today
        )
    outbox.put_all(tx, told, now, priority=outbox.Priority.REMINDER)
    return len(told)


def late_still(
    tx: Connection, person_id: int, request_ids: Collection[int], today: date
) -> list[VoterRequest]:
    """Those of ``request_ids`` that are the person's and wait for a late body still."""
    found = reminding.awaited(tx, person_id, request_ids, today)
    return [one for one in found if one.body_is_late(today)]


def _late(tx: Connection, until: date, rungs: Sequence[str]) -> list[Row]:
    c = voter_requests.c
    query = (
        select(c.id, c.deputy_id, c.legal_due_on)
        .where(
            c.state == RequestState.SENT_TO_BODY.value,
            c.legal_due_on <= until,
            c.merged_into.is_(None),
            ~is_paused(),
            *(~escalation.told(ABOUT, rung, c.id, c.legal_due_on) for rung in rungs),
        )
        .order_by(c.legal_due_on, c.id)
    )
    return [(row.id, row.deputy_id, row.legal_due_on) for row in tx.execute(query)]
