"""The query by which requests are read, with the names, clocks and counts that belong to them."""

from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Exists,
    ScalarSelect,
    Select,
    case,
    false,
    func,
    literal,
    select,
    union_all,
)

from storage.tables import (
    bodies,
    branches,
    people,
    request_attachments,
    request_categories,
    request_extensions,
    request_pauses,
    settlements,
    voter_requests,
)


@cache
def request_query() -> Select[Any]:
    """Requests as ``from_row`` takes them, of everybody: whoever asks narrows it."""
    merged = voter_requests.alias("merged")
    of_merged = select(merged.c.id).where(merged.c.merged_into == voter_requests.c.id)
    files = request_attachments.c.request_id
    # First which ones, from the index: as one condition SQLite looks at every request for it.
    one = voter_requests.alias("one_merged")
    says_no = select(one.c.id).where(
        one.c.id.in_(of_merged.correlate(voter_requests)), one.c.really_solved.is_(False)
    )
    own, theirs = (
        select(func.count()).select_from(request_attachments).where(of).scalar_subquery()
        for of in (files == voter_requests.c.id, files.in_(of_merged.correlate(voter_requests)))
    )
    return (
        select(
            voter_requests,
            branches.c.name_kk.label("branch_kk"),
            branches.c.name_ru.label("branch_ru"),
            people.c.name.label("deputy_name"),
            _category_name("name_kk").label("category_kk"),
            _category_name("name_ru").label("category_ru"),
            settlements.c.name_kk.label("settlement_kk"),
            settlements.c.name_ru.label("settlement_ru"),
            (own + theirs).label("attachments"),
            bodies.c.name_kk.label("body_kk"),
            bodies.c.name_ru.label("body_ru"),
            _paused_since().label("paused_since"),
            _asks_for_more().label("asks_for_more"),
            _extended("own").label("extended"),
            _extended("legal").label("legal_extended"),
            case((says_no.exists(), false()), else_=voter_requests.c.really_solved).label(
                "says_solved"
            ),
        )
        .join(branches, branches.c.id == voter_requests.c.branch_id)
        .join(people, people.c.id == voter_requests.c.deputy_id)
        .outerjoin(request_categories, request_categories.c.code == voter_requests.c.category)
        .outerjoin(settlements, settlements.c.id == voter_requests.c.settlement_id)
        .outerjoin(bodies, bodies.c.id == voter_requests.c.body_id)
    )


def _paused_since() -> ScalarSelect[date | None]:
    pauses = request_pauses.c
    query = select(func.min(pauses.from_day))
    return query.where(
        pauses.request_id == voter_requests.c.id, pauses.to_day.is_(None)
    ).scalar_subquery()


def _asks_for_more() -> Exists:
    """The condition that an extension waits to be decided."""
    asked = request_extensions.c
    return (
        select(asked.id)
        .where(asked.request_id == voter_requests.c.id, asked.state == "asked")
        .exists()
    )


def _extended(clock: str) -> ScalarSelect[int]:
    return (
        select(func.count())
        .where(
            request_extensions.c.request_id == voter_requests.c.id,
            request_extensions.c.clock == clock,
            request_extensions.c.state == "approved",
        )
        .scalar_subquery()
    )


def is_paused() -> Exists:
    """The condition that a request's own clock stands: it is not late, nobody is reminded."""
    pauses = request_pauses.c
    return (
        select(pauses.id)
        .where(pauses.request_id == voter_requests.c.id, pauses.to_day.is_(None))
        .exists()
    )


def _category_name(column: str) -> ColumnElement[str]:
    return func.coalesce(request_categories.c[column], voter_requests.c.category)


def with_merged(request_id: int) -> CompoundSelect[Any]:
    """The ids of a request and of those that were merged into it.

    Not «this one or merged into it»: SQLite looks at every request for that.
    """
    merged = select(voter_requests.c.id).where(voter_requests.c.merged_into == request_id)
    return union_all(select(literal(request_id, BigInteger)), merged)
