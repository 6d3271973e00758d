"""The reminders of a request: planned with its deadline, taken back with its answer."""

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from storage import reminders, working_days
from storage.people import lasting
from storage.requests.queries import is_paused, request_query
from storage.requests.record import VoterRequest, from_row
from storage.requests.rows import SUBJECT
from storage.rules.access import MATRIX, Action
from storage.rules.gate import COUNTRY
from storage.rules.request_states import ANSWERED
from storage.rules.working_days import WorkingCalendar
from storage.tables import memberships, voter_requests

_DONE = [state.value for state in ANSWERED]


def plan(tx: Connection, request_id: int, now: datetime, zone: ZoneInfo = COUNTRY) -> None:
    """Plan anew what reminds the request's deputy of its deadline, whoever and whenever it is.

    Of what is answered, paused, merged or unknown nothing is planned. Call it where the deadline
    or the deputy changes, and where a request is taken up again.
    """
    void(tx, request_id)
    row = tx.execute(
        select(voter_requests.c.deputy_id, voter_requests.c.due_on).where(
            voter_requests.c.id == request_id,
            voter_requests.c.state.not_in(_DONE),
            voter_requests.c.merged_into.is_(None),
            ~is_paused(),
        )
    ).first()
    if row is not None:
        first(tx, request_id, row.deputy_id, row.due_on, now, zone, working_days.load(tx))


def first(
    tx: Connection,
    request_id: int,
    deputy_id: int,
    due_on: date,
    now: datetime,
    zone: ZoneInfo,
    calendar: WorkingCalendar,
) -> None:
    """As ``plan``, for a request that is just being registered."""
    reminders.plan(tx, SUBJECT, request_id, deputy_id, due_on, now, zone, calendar)


def void(tx: Connection, request_id: int) -> None:
    """Take back what is planned: it is answered, settled, merged or handed over."""
    reminders.void(tx, SUBJECT, request_id)


def unanswered(
    tx: Connection, person_id: int, request_ids: Collection[int], today: date
) -> list[VoterRequest]:
    """Those of ``request_ids`` without an answer where the person looks after them, by deadline."""
    reach = _held(tx, person_id, Action.SEE_BRANCH_REQUESTS, today)
    return _unanswered(tx, reach, request_ids)


def awaited(
    tx: Connection, person_id: int, request_ids: Collection[int], today: date
) -> list[VoterRequest]:
    """Those of ``request_ids`` that are the person's still and not answered, by deadline.

    A person who works on requests of that branch no more is reminded of none.
    """
    held = _held(tx, person_id, Action.WORK_ON_REQUESTS, today)
    return [one for one in _unanswered(tx, held, request_ids) if one.deputy_id == person_id]


def _held(tx: Connection, person_id: int, action: Action, today: date) -> set[int | None]:
    query = select(memberships.c.branch_id).where(
        memberships.c.person_id == person_id,
        memberships.c.role.in_(list(MATRIX[action])),
        lasting(today),
    )
    return set(tx.execute(query).scalars())


def _unanswered(
    tx: Connection, held: set[int | None], request_ids: Collection[int]
) -> list[VoterRequest]:
    rows = tx.execute(
        request_query()
        .where(
            voter_requests.c.id.in_(list(request_ids)),
            voter_requests.c.state.not_in(_DONE),
            voter_requests.c.merged_into.is_(None),
            ~is_paused(),
        )
        .order_by(voter_requests.c.due_on, voter_requests.c.id)
    ).mappings()
    found = [from_row(row) for row in rows]
    return [one for one in found if None in held or one.branch_id in held]
