"""Deputy inquiries as they are read: by whom, in which order, and one with all around it."""

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
    case,
    false,
    func,
    or_,
    select,
    true,
)

from storage.errors import NotAllowed, NotFound
from storage.inquiries.rows import OPEN, SUBJECT, InquiryState
from storage.privacy.rows import INQUIRY
from storage.rules.access import Action, Actor, may, scope
from storage.rules.folding import fold
from storage.tables import bodies, branches, inquiries, inquiry_signers, people

PAGE = 8
MINE, TO_SIGN, BRANCH, OVERDUE, ANSWERED, CLOSED = (
    "mine",
    "sign",
    "branch",
    "overdue",
    "answered",
    "closed",
)
FILTERS = (MINE, TO_SIGN, BRANCH, OVERDUE, ANSWERED, CLOSED)


@dataclass(frozen=True)
class Inquiry:
    """A deputy inquiry with the names that belong to it."""

    id: int
    version: int
    number: str
    branch_id: int
    branch_kk: str
    branch_ru: str
    author_id: int
    author: str
    body_id: int
    body_kk: str
    body_ru: str
    head_kk: str | None
    head_ru: str | None
    body_active: bool
    level: str  # district, city, oblast
    basis: str | None
    subject: str
    text: str
    language: str
    state: InquiryState
    outgoing_number: str | None
    outgoing_on: date | None
    due_on: date | None
    announced_on: date | None
    satisfied: bool | None  # None: the author has not said yet
    repeats_id: int | None
    created_at: datetime

    @property
    def awaited(self) -> bool:
        """Whether an answer is still to come."""
        return self.state is InquiryState.SENT

    def is_overdue(self, today: date) -> bool:
        """Whether the answer is late and still awaited."""
        return self.awaited and self.due_on is not None and self.due_on < today


@dataclass(frozen=True)
class Listed:
    """An inquiry as a list shows it."""

    id: int
    number: str
    subject: str
    state: InquiryState
    due_on: date | None
    satisfied: bool | None

    def is_overdue(self, today: date) -> bool:
        """Whether the answer is late and still awaited."""
        late = self.due_on is not None and self.due_on < today
        return self.state is InquiryState.SENT and late


@dataclass(frozen=True)
class Page:
    """One page (from 0) of ``total`` inquiries."""

    inquiries: tuple[Listed, ...]
    number: int
    total: int


def visible(actor: Actor) -> ColumnElement[bool]:
    """What ``actor`` sees: the own inquiries, those to sign, and those of a secretary's branches.

    Raises NotAllowed for somebody who does not work on inquiries (any more).
    """
    if not may(actor, Action.WORK_ON_INQUIRIES):
        raise NotAllowed(Action.WORK_ON_INQUIRIES)
    return or_(_own(actor), asked_to_sign(actor), _of_branches(actor))


def get(tx: Connection, actor: Actor, inquiry_id: int) -> Inquiry:
    """One inquiry. Raises NotFound, also for one out of the actor's reach."""
    row = tx.execute(query().where(inquiries.c.id == inquiry_id, visible(actor))).mappings()
    first = row.first()
    if first is None:
        raise NotFound(SUBJECT)
    return inquiry_of(first)


def by_token(tx: Connection, actor: Actor, token: str) -> Inquiry | None:
    """The inquiry that this draft of ``actor`` became; None while it is a draft."""
    own = (inquiries.c.draft_token == token, inquiries.c.author_id == actor.person_id)
    row = tx.execute(query().where(*own)).mappings().first()
    return None if row is None else inquiry_of(row)


def is_author(actor: Actor, inquiry: Inquiry) -> bool:
    """Whether ``actor`` wrote it and is a deputy still."""
    mine = inquiry.author_id == actor.person_id
    return mine and may(actor, Action.MAKE_INQUIRIES, inquiry.branch_id)


def keeps(actor: Actor, inquiry: Inquiry) -> bool:
    """Whether ``actor`` keeps its answers: its author, and the secretaries of its branch."""
    secretary = may(actor, Action.SEE_BRANCH_INQUIRIES, inquiry.branch_id)
    return secretary or is_author(actor, inquiry)


def counts(tx: Connection, actor: Actor, today: date) -> dict[str, int]:
    """How many inquiries are behind each filter that is open to ``actor``."""
    seen = visible(actor)
    names = [name for name in FILTERS if name != BRANCH or may(actor, Action.SEE_BRANCH_INQUIRIES)]
    sums = (
        func.coalesce(func.sum(case((_behind(actor, name, today), 1), else_=0)), 0)
        for name in names
    )
    row = tx.execute(select(*sums).where(seen)).one()
    return dict(zip(names, map(int, row), strict=True))


def listing(tx: Connection, actor: Actor, which: str, today: date, page: int) -> Page:
    """A page behind a filter: the most urgent first, of the closed ones the newest."""
    newest_first = (inquiries.c.id.desc(),)
    urgent_first = (
        case({"sent": 0, "answered": 1, "draft": 2}, value=inquiries.c.state, else_=3),
        inquiries.c.due_on,
        inquiries.c.id.desc(),
    )
    order = newest_first if which == CLOSED else urgent_first
    return _page(tx, and_(visible(actor), _behind(actor, which, today)), order, page)


def search(tx: Connection, actor: Actor, words: str, page: int) -> Page:
    """The inquiries whose number or subject has every one of ``words``, newest first."""
    wanted = fold(words).split()
    if not wanted:
        return Page((), 0, 0)
    found = [inquiries.c.folded.contains(word, autoescape=True) for word in wanted]
    return _page(tx, and_(visible(actor), *found), (inquiries.c.id.desc(),), page)


def asked_to_sign(actor: Actor) -> ColumnElement[bool]:
    """The condition that ``actor`` was asked to sign, whatever the answer was."""
    asked = select(inquiry_signers.c.inquiry_id).where(
        inquiry_signers.c.person_id == actor.person_id
    )
    return inquiries.c.id.in_(asked)


def _own(actor: Actor) -> ColumnElement[bool]:
    return inquiries.c.author_id == actor.person_id


def _of_branches(actor: Actor) -> ColumnElement[bool]:
    reach = scope(actor, Action.SEE_BRANCH_INQUIRIES)
    if reach is None:
        return true()
    return inquiries.c.branch_id.in_(sorted(reach)) if reach else false()


def _behind(actor: Actor, which: str, today: date) -> ColumnElement[bool]:
    state = inquiries.c.state
    if which == MINE:
        return and_(_own(actor), state.in_(OPEN))
    if which == TO_SIGN:
        waits = select(inquiry_signers.c.inquiry_id).where(
            inquiry_signers.c.person_id == actor.person_id,
            inquiry_signers.c.signed_at.is_(None),
            inquiry_signers.c.refused_at.is_(None),
        )
        return and_(inquiries.c.id.in_(waits), state == InquiryState.DRAFT)
    if which == OVERDUE:
        return and_(state == InquiryState.SENT, inquiries.c.due_on < today)
    if which == ANSWERED:
        return state == InquiryState.ANSWERED
    if which == CLOSED:
        return state.in_((InquiryState.CLOSED, InquiryState.WITHDRAWN))
    return and_(_of_branches(actor), state.in_(OPEN))


def _page(tx: Connection, wanted: ColumnElement[bool], order: tuple[Any, ...], page: int) -> Page:
    total = int(tx.execute(select(func.count()).select_from(inquiries).where(wanted)).scalar_one())
    number = min(max(page, 0), max(0, (total - 1) // PAGE))
    columns = [inquiries.c[name] for name in Listed.__annotations__]
    rows = tx.execute(
        select(*columns).where(wanted).order_by(*order).offset(number * PAGE).limit(PAGE)
    )
    return Page(tuple(listed(row) for row in rows.mappings()), number, total)


def listed(row: RowMapping) -> Listed:
    """The inquiry of a row with the columns of ``Listed``."""
    given = {name: row[name] for name in Listed.__annotations__}
    return Listed(**{**given, "state": InquiryState(row["state"])})


@cache
def query() -> Select[Any]:
    """Inquiries with the names that belong to them."""
    return (
        select(
            inquiries,
            branches.c.name_kk.label("branch_kk"),
            branches.c.name_ru.label("branch_ru"),
            people.c.name.label("author"),
            bodies.c.name_kk.label("body_kk"),
            bodies.c.name_ru.label("body_ru"),
            bodies.c.head_kk,
            bodies.c.head_ru,
            bodies.c.active.label("body_active"),
        )
        .join(branches, branches.c.id == inquiries.c.branch_id)
        .join(people, people.c.id == inquiries.c.author_id)
        .join(bodies, bodies.c.id == inquiries.c.body_id)
    )


def inquiry_of(row: RowMapping) -> Inquiry:
    """The inquiry of a row of ``query``, its text opened."""
    opened = INQUIRY.unseal(row)
    given = {name: opened[name] for name in Inquiry.__annotations__}
    return Inquiry(**{**given, "state": InquiryState(row["state"])})
