"""Voters' requests as they are read: by whom, in which order, with which history."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    true,
)

from storage.errors import NotAllowed, NotFound
from storage.request_rows import RequestFile
from storage.rules import phones
from storage.rules.access import Action, Actor, may, scope
from storage.rules.request_states import ANSWERED, SETTLED, RequestState
from storage.tables import branches, people, request_attachments, request_history, voter_requests

OPEN, OVERDUE, CLOSED = "open", "overdue", "closed"
FILTERS = (OPEN, OVERDUE, CLOSED)


@dataclass(frozen=True)
class VoterRequest:
    """A voter's request. The contact is here only in its masked form, see ``open_contact``."""

    id: int
    number: str
    branch_id: int
    branch_kk: str
    branch_ru: str
    text: str  # may be empty when a voice or a photo says it all
    category: str
    place: str | None
    masked_phone: str | None
    state: RequestState
    deputy_id: int
    deputy_name: str
    registered_at: datetime
    due_on: date
    closed_at: datetime | None
    attachments: int
    version: int

    @property
    def settled(self) -> bool:
        """Whether the voter has an outcome already."""
        return self.state in SETTLED

    @property
    def answered(self) -> bool:
        """Whether an answer is there: the deadline has no more to say."""
        return self.state in ANSWERED

    def is_overdue(self, today: date) -> bool:
        """Whether the answer is late and still awaited."""
        return not self.answered and self.due_on < today


@dataclass(frozen=True)
class Counts:
    """How many requests of each filter the actor sees."""

    open: int
    overdue: int
    closed: int

    def of(self, which: str) -> int:
        """The number behind one filter (FILTERS)."""
        return {OPEN: self.open, OVERDUE: self.overdue}.get(which, self.closed)


@dataclass(frozen=True)
class HistoryLine:
    """One line of a request's history: who, when, what."""

    at: datetime
    by: str
    kind: str  # registered, state, comment, completed, attachment
    from_state: str | None
    to_state: str | None
    text: str | None


def visible(actor: Actor) -> ColumnElement[bool]:
    """The condition of what ``actor`` sees: the own requests, and those of a secretary's branches.

    Raises NotAllowed for somebody who does not work on requests (any more).
    """
    if not may(actor, Action.WORK_ON_REQUESTS):
        raise NotAllowed(Action.WORK_ON_REQUESTS)
    own = voter_requests.c.deputy_id == actor.person_id
    branch_wide = _within(actor, Action.SEE_BRANCH_REQUESTS)
    return or_(and_(own, _within(actor, Action.WORK_ON_REQUESTS)), branch_wide)


def get(tx: Connection, actor: Actor, request_id: int) -> VoterRequest:
    """One request. Raises NotFound, also for one out of the actor's reach."""
    query = _query().where(voter_requests.c.id == request_id, visible(actor))
    first = tx.execute(query).mappings().first()
    if first is None:
        raise NotFound("voter_request")
    return _request(first)


def for_notice(tx: Connection, request_id: int, person_id: int) -> VoterRequest | None:
    """The request a notice to its own deputy is about; None when it is not that person's."""
    given = {"request_id": request_id, "person_id": person_id}
    first = tx.execute(_of_person(), given).mappings().first()
    return None if first is None else _request(first)


def by_token(tx: Connection, actor: Actor, token: str) -> VoterRequest | None:
    """The request that this draft of ``actor`` became; None while it is a draft."""
    given = {"token": token, "person_id": actor.person_id}
    first = tx.execute(_of_draft(), given).mappings().first()
    return None if first is None else _request(first)


def latest_open(tx: Connection, actor: Actor) -> VoterRequest | None:
    """The newest request of ``actor`` that has no outcome yet."""
    query = (
        _query()
        .where(visible(actor), voter_requests.c.deputy_id == actor.person_id, ~_settled())
        .order_by(voter_requests.c.id.desc())
        .limit(1)
    )
    first = tx.execute(query).mappings().first()
    return None if first is None else _request(first)


def counts(tx: Connection, actor: Actor, today: date) -> Counts:
    """How many requests the actor sees behind each filter."""
    row = tx.execute(
        select(
            func.coalesce(func.sum(case((~_settled(), 1), else_=0)), 0),
            func.coalesce(func.sum(case((_overdue(today), 1), else_=0)), 0),
            func.coalesce(func.sum(case((_settled(), 1), else_=0)), 0),
        ).where(visible(actor))
    ).one()
    return Counts(*(int(value) for value in row))


def listing(
    tx: Connection, actor: Actor, which: str, today: date, offset: int, limit: int
) -> list[VoterRequest]:
    """The requests behind a filter: the most urgent first, of the closed ones the newest."""
    wanted = {OPEN: ~_settled(), OVERDUE: _overdue(today)}.get(which, _settled())
    due = voter_requests.c.due_on
    pressing = case((_answered(), 1), else_=0)
    order = (due.desc(),) if which == CLOSED else (pressing, due)
    query = (
        _query()
        .where(visible(actor), wanted)
        .order_by(*order, voter_requests.c.id)
        .offset(offset)
        .limit(limit)
    )
    return [_request(row) for row in tx.execute(query).mappings()]


def history(tx: Connection, actor: Actor, request_id: int) -> list[HistoryLine]:
    """What happened to a request, oldest first. Raises NotFound."""
    get(tx, actor, request_id)
    rows = tx.execute(_history(request_id).order_by(request_history.c.id)).mappings()
    return [HistoryLine(**row) for row in rows]


def last_comment(tx: Connection, actor: Actor, request_id: int) -> HistoryLine | None:
    """The newest comment on a request; None without any, or out of the actor's reach."""
    query = (
        _history(request_id)
        .join(voter_requests, voter_requests.c.id == request_history.c.request_id)
        .where(request_history.c.kind == "comment", visible(actor))
        .order_by(request_history.c.id.desc())
        .limit(1)
    )
    row = tx.execute(query).mappings().first()
    return HistoryLine(**row) if row else None


def files(tx: Connection, actor: Actor, request_id: int) -> list[RequestFile]:
    """The files of a request, in the order in which they came. Raises NotFound."""
    get(tx, actor, request_id)
    rows = tx.execute(
        select(
            request_attachments.c.kind,
            request_attachments.c.file_id,
            request_attachments.c.name,
            request_attachments.c.size,
        )
        .where(request_attachments.c.request_id == request_id)
        .order_by(request_attachments.c.id)
    )
    return [RequestFile(*row) for row in rows]


def _history(request_id: int) -> Select[Any]:
    return (
        select(
            request_history.c.at,
            people.c.name.label("by"),
            request_history.c.kind,
            request_history.c.from_state,
            request_history.c.to_state,
            request_history.c.text,
        )
        .join(people, people.c.id == request_history.c.person_id)
        .where(request_history.c.request_id == request_id)
    )


@cache
def _of_person() -> Select[Any]:
    return _query().where(
        voter_requests.c.id == bindparam("request_id"),
        voter_requests.c.deputy_id == bindparam("person_id"),
    )


@cache
def _of_draft() -> Select[Any]:
    return _query().where(
        voter_requests.c.draft_token == bindparam("token"),
        voter_requests.c.deputy_id == bindparam("person_id"),
    )


@cache
def _query() -> Select[Any]:
    attachments = (
        select(func.count())
        .where(request_attachments.c.request_id == voter_requests.c.id)
        .scalar_subquery()
    )
    return (
        select(
            voter_requests,
            branches.c.name_kk.label("branch_kk"),
            branches.c.name_ru.label("branch_ru"),
            people.c.name.label("deputy_name"),
            attachments.label("attachments"),
        )
        .join(branches, branches.c.id == voter_requests.c.branch_id)
        .join(people, people.c.id == voter_requests.c.deputy_id)
    )


def _settled() -> ColumnElement[bool]:
    return voter_requests.c.state.in_([state.value for state in SETTLED])


def _answered() -> ColumnElement[bool]:
    return voter_requests.c.state.in_([state.value for state in ANSWERED])


def _overdue(today: date) -> ColumnElement[bool]:
    return and_(~_answered(), voter_requests.c.due_on < today)


def _within(actor: Actor, action: Action) -> ColumnElement[bool]:
    reach = scope(actor, action)
    return true() if reach is None else voter_requests.c.branch_id.in_(sorted(reach))


def _request(row: RowMapping) -> VoterRequest:
    phone = row["contact_phone"]
    return VoterRequest(
        id=row["id"],
        number=row["number"],
        branch_id=row["branch_id"],
        branch_kk=row["branch_kk"],
        branch_ru=row["branch_ru"],
        text=row["text"],
        category=row["category"],
        place=row["place"],
        masked_phone=phones.masked(phone) if phone else None,
        state=RequestState(row["state"]),
        deputy_id=row["deputy_id"],
        deputy_name=row["deputy_name"],
        registered_at=row["registered_at"],
        due_on=row["due_on"],
        closed_at=row["closed_at"],
        attachments=row["attachments"],
        version=row["version"],
    )
