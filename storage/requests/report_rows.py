"""The requests that a monthly report counts, each with its days in the zone."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping, Select, and_, func, or_, select

from storage.requests.queries import is_paused
from storage.rules.request_states import ANSWERED, OUTCOMES, SETTLED
from storage.tables import (
    branches,
    people,
    request_categories,
    request_history,
    settlements,
    voter_requests,
)

Named = tuple[str, str]  # in Kazakh, in Russian


class Row:
    """A request with its days in the zone."""

    def __init__(self, row: RowMapping, zone: ZoneInfo) -> None:
        closed = row["closed_at"] if row["state"] in SETTLED else None
        reported = row["reported_at"] or closed
        self.id: int = row["id"]
        self.number: str = row["number"]
        self.category: Named = (row["category_kk"], row["category_ru"])
        self.place: Named = (row["place_kk"], row["place_ru"])
        self.channel: str = row["channel"]
        self.deputy: str = row["deputy"]
        self.outcome: str = row["outcome"] or row["state"]
        self.waits = row["state"] not in ANSWERED and not row["stands"]
        self.due_on: date = row["due_on"]
        self.received: date = row["registered_at"].astimezone(zone).date()
        self.done: date | None = closed.astimezone(zone).date() if closed else None
        self.reported: date | None = reported.astimezone(zone).date() if reported else None


def query(since: datetime, until: datetime, today: date) -> Select[Any]:
    """What came or was done from ``since`` until ``until``, and what is late ``today``."""
    table = voter_requests.c
    outcome = (
        select(request_history.c.to_state)
        .where(
            request_history.c.request_id == table.id,
            request_history.c.to_state.in_([state.value for state in OUTCOMES]),
        )
        .order_by(request_history.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    late = and_(table.state.not_in([state.value for state in ANSWERED]), table.due_on < today)
    return (
        select(
            table.id,
            table.number,
            table.state,
            table.channel,
            table.registered_at,
            table.closed_at,
            table.reported_at,
            table.due_on,
            people.c.name.label("deputy"),
            func.coalesce(request_categories.c.name_kk, table.category).label("category_kk"),
            func.coalesce(request_categories.c.name_ru, table.category).label("category_ru"),
            func.coalesce(settlements.c.name_kk, branches.c.name_kk).label("place_kk"),
            func.coalesce(settlements.c.name_ru, branches.c.name_ru).label("place_ru"),
            outcome.label("outcome"),
            is_paused().label("stands"),
        )
        .join(branches, branches.c.id == table.branch_id)
        .join(people, people.c.id == table.deputy_id)
        .outerjoin(request_categories, request_categories.c.code == table.category)
        .outerjoin(settlements, settlements.c.id == table.settlement_id)
        .where(
            table.merged_into.is_(None),
            or_(
                and_(table.registered_at >= since, table.registered_at < until),
                and_(table.closed_at >= since, table.closed_at < until),
                late,
            ),
        )
    )
