"""Lists of inquiries: behind which filter, in which order, and by words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select, true

from storage.inquiries.reading import is_own, of_branches, visible
from storage.inquiries.record import Listed, listed
from storage.inquiries.rows import OPEN, InquiryState
from storage.privacy import words as sealed_words
from storage.rules.access import Action, Actor, may
from storage.rules.folding import fold
from storage.tables import inquiries, inquiry_signers, inquiry_words

PAGE = 8
LOOKED_AT = 200  # of the newest that may be meant
_SHOWN = [inquiries.c[name] for name in Listed.__annotations__]
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
class Page:
    """One page (from 0) of ``total`` inquiries."""

    inquiries: tuple[Listed, ...]
    number: int
    total: int


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
    """The inquiries whose number or subject has every one of ``words``, newest first.

    Subjects are sealed: the newest ``LOOKED_AT`` that have the hashes are opened and compared.
    """
    wanted = fold(words).split()
    if not wanted:
        return Page((), 0, 0)
    query = (
        select(*_SHOWN, inquiries.c.folded)
        .where(visible(actor), *map(_has, wanted))
        .order_by(inquiries.c.id.desc())
        .limit(LOOKED_AT)
    )
    opened = [(row["folded"], listed(row)) for row in tx.execute(query).mappings()]
    found = [
        one for folded, one in opened if all(_says(word, folded, one.subject) for word in wanted)
    ]
    number = min(max(page, 0), max(0, (len(found) - 1) // PAGE))
    return Page(tuple(found[number * PAGE : (number + 1) * PAGE]), number, len(found))


def _has(word: str) -> ColumnElement[bool]:
    """The condition that the number has ``word``, or the subject a hash of it."""
    groups = sealed_words.sought(word)
    of_number = inquiries.c.folded.contains(word, autoescape=True)
    if not groups:  # a word that tells nothing
        return true()
    having = select(inquiry_words.c.inquiry_id).where(inquiry_words.c.word.in_(sorted(groups[0])))
    return or_(of_number, inquiries.c.id.in_(having))


def _says(word: str, number: str, subject: str) -> bool:
    return word in number or sealed_words.answers(word, subject)


def _behind(actor: Actor, which: str, today: date) -> ColumnElement[bool]:
    state = inquiries.c.state
    if which == MINE:
        return and_(is_own(actor), state.in_(OPEN))
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
    return and_(of_branches(actor), state.in_(OPEN))


def _page(tx: Connection, wanted: ColumnElement[bool], order: tuple[Any, ...], page: int) -> Page:
    total = int(tx.execute(select(func.count()).select_from(inquiries).where(wanted)).scalar_one())
    number = min(max(page, 0), max(0, (total - 1) // PAGE))
    rows = tx.execute(
        select(*_SHOWN).where(wanted).order_by(*order).offset(number * PAGE).limit(PAGE)
    )
    return Page(tuple(listed(row) for row in rows.mappings()), number, total)
