"""A voter's request as it is read, and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Connection,
    Exists,
    RowMapping,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    case,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from storage.errors import NotAllowed, NotFound
from storage.privacy.rows import VOTER_REQUEST
from storage.rules import phones
from storage.rules.access import Action, Actor, may, scope
from storage.rules.request_states import ANSWERED, OUTCOMES, SETTLED, RequestState
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
    category_kk: str
    category_ru: str
    kind: str  # of the law's six, see ``storage.rules.request_kinds``
    channel: str
    place: str | None
    masked_phone: str | None
    has_contact: bool  # name, phone, address or IIN are kept
    state: RequestState
    deputy_id: int
    deputy_name: str
    registered_at: datetime
    due_on: date
    closed_at: datetime | None
    attachments: int
    version: int
    handed_from: int | None = None  # who had it, until its deputy takes it
    settlement_id: int | None = None
    settlement_kk: str | None = None
    settlement_ru: str | None = None
    external_id: str | None = None  # of the list it was imported from
    reported_at: datetime | None = None  # when its outcome was reported, and by whom
    reported_by: int | None = None
    merged_into: int | None = None  # the main one: this one goes on with it
    split_from: int | None = None  # the one from which its matter was parted
    body_id: int | None = None  # where it was sent, and what that body noted
    body_kk: str | None = None
    body_ru: str | None = None
    body_number: str | None = None
    body_registered_on: date | None = None
    legal_due_on: date | None = None  # the law's clock, which runs from that day
    first_due_on: date | None = None  # before pauses and extensions; None: nothing has moved it
    first_legal_due_on: date | None = None
    asks_for_more: bool = False  # an extension waits to be decided
    paused_since: date | None = None  # the own clock stands: the voter was asked for something
    extended: int = 0  # how often the own term was extended
    legal_extended: int = 0
    rating: int | None = None  # by the voter, 1 to 5
    says_solved: bool | None = None  # the voter; False, too, when one of a merged request says no

    @property
    def settled(self) -> bool:
        """Whether the voter has an outcome already."""
        return self.state in SETTLED

    @property
    def awaits_acceptance(self) -> bool:
        """Whether an outcome is reported that nobody has accepted yet."""
        return self.state in OUTCOMES and self.closed_at is None

    @property
    def done(self) -> bool:
        """Whether it has an outcome for good: nobody waits for anything."""
        return self.settled and not self.awaits_acceptance

    @property
    def answered(self) -> bool:
        """Whether an answer is there: the deadline has no more to say."""
        return self.state in ANSWERED

    def is_overdue(self, today: date) -> bool:
        """Whether the answer is late and still awaited."""
        return not self.answered and self.paused_since is None and self.due_on < today

    def body_is_late(self, today: date) -> bool:
        """Whether it waits for a body whose term by law has passed."""
        with_body = self.state is RequestState.SENT_TO_BODY
        return with_body and self.legal_due_on is not None and self.legal_due_on < today


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
    return from_row(first)


def for_notice(tx: Connection, request_id: int, person_id: int) -> VoterRequest | None:
    """The request a notice to its own deputy is about; None when it is not that person's."""
    given = {"request_id": request_id, "person_id": person_id}
    first = tx.execute(_of_person(), given).mappings().first()
    return None if first is None else from_row(first)


def by_token(tx: Connection, actor: Actor, token: str) -> VoterRequest | None:
    """The request that this draft of ``actor`` became; None while it is a draft."""
    given = {"token": token, "person_id": actor.person_id}
    first = tx.execute(_of_draft(), given).mappings().first()
    return None if first is None else from_row(first)


def latest_open(tx: Connection, actor: Actor) -> VoterRequest | None:
    """The newest request of ``actor`` that has no outcome yet."""
    query = (
        _query()
        .where(
            visible(actor),
            voter_requests.c.deputy_id == actor.person_id,
            _open(),
        )
        .order_by(voter_requests.c.id.desc())
        .limit(1)
    )
    first = tx.execute(query).mappings().first()
    return None if first is None else from_row(first)


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


def request_query() -> Select[Any]:
    """Requests as ``from_row`` takes them, of everybody: whoever asks narrows it."""
    return _query()


def with_merged(request_id: int) -> CompoundSelect[Any]:
    """The ids of a request and of those that were merged into it.

    Not «this one or merged into it»: SQLite looks at every request for that.
    """
    merged = select(voter_requests.c.id).where(voter_requests.c.merged_into == request_id)
    return union_all(select(literal(request_id, BigInteger)), merged)


def _open() -> ColumnElement[bool]:
    """Without an outcome; of what is open by its index, which knows closing and merging alone."""
    c = voter_requests.c
    settled = [state.value for state in SETTLED]
    return and_(c.closed_at.is_(None), c.merged_into.is_(None), c.state.not_in(settled))


def _within(actor: Actor, action: Action) -> ColumnElement[bool]:
    reach = scope(actor, action)
    return true() if reach is None else voter_requests.c.branch_id.in_(sorted(reach))


def from_row(row: Mapping[str, Any] | RowMapping) -> VoterRequest:
    """The request of a row with the names of its branch and its deputy beside it."""
    row = VOTER_REQUEST.unseal(row)
    phone = row["contact_phone"]
    return VoterRequest(
        id=row["id"],
        number=row["number"],
        branch_id=row["branch_id"],
        branch_kk=row["branch_kk"],
        branch_ru=row["branch_ru"],
        text=row["text"],
        category=row["category"],
        category_kk=row["category_kk"],
        category_ru=row["category_ru"],
        kind=row["kind"],
        channel=row["channel"],
        place=row["place"],
        masked_phone=phones.masked(phone) if phone else None,
        has_contact=row["consent_version"] is not None,
        state=RequestState(row["state"]),
        deputy_id=row["deputy_id"],
        deputy_name=row["deputy_name"],
        registered_at=row["registered_at"],
        due_on=row["due_on"],
        closed_at=row["closed_at"],
        attachments=row["attachments"],
        version=row["version"],
        handed_from=row["handed_from"],
        settlement_id=row["settlement_id"],
        settlement_kk=row["settlement_kk"],
        settlement_ru=row["settlement_ru"],
        external_id=row["external_id"],
        reported_at=row["reported_at"],
        reported_by=row["reported_by"],
        merged_into=row["merged_into"],
        split_from=row["split_from"],
        body_id=row["body_id"],
        body_kk=row.get("body_kk"),
        body_ru=row.get("body_ru"),
        body_number=row["body_number"],
        body_registered_on=row["body_registered_on"],
        legal_due_on=row["legal_due_on"],
        first_due_on=row["first_due_on"],
        first_legal_due_on=row["first_legal_due_on"],
        paused_since=row.get("paused_since"),
        asks_for_more=bool(row.get("asks_for_more")),
        extended=row.get("extended") or 0,
        legal_extended=row.get("legal_extended") or 0,
        rating=row["rating"],
        says_solved=row.get("says_solved"),
    )
