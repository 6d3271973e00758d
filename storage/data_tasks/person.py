"""Who is meant by a task, and which rows speak of that person within its branches."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, or_, select, true

from storage.data_tasks.seen import Seen
from storage.data_tasks.tasks import DataTask
from storage.privacy import index
from storage.privacy.rows import (
    BROADCAST_REPLY,
    INQUIRY,
    INQUIRY_ANSWER,
    INQUIRY_HISTORY,
    PERSON,
    REQUEST_HISTORY,
    VOTER_REQUEST,
    Sealed,
)
from storage.rules.spelling import words_of
from storage.rules.veiling import HIDDEN, digits_of, told_numbers
from storage.tables import (
    broadcast_replies,
    broadcasts,
    inquiries,
    inquiry_answers,
    inquiry_history,
    inquiry_requests,
    memberships,
    people,
    request_history,
    voter_requests,
)

Row = dict[str, Any]  # opened


@dataclass(frozen=True)
class Known:
    """What is known of one person: the numbers and names that the own requests hold."""

    numbers: frozenset[str]  # phones in E.164, and IINs
    names: frozenset[str]

    def is_in(self, text: str | None) -> bool:
        """Whether a text says one of the numbers, however it is written."""
        meant = {digits_of(number) for number in self.numbers}
        return bool(text) and not meant.isdisjoint(told_numbers(str(text)))

    def is_told(self, text: str) -> bool:
        """Whether a text says one of the numbers, or all words of one of the names."""
        said = set(words_of(text))
        return self.is_in(text) or any(said.issuperset(words_of(name)) for name in self.names)


@dataclass(frozen=True)
class Found:
    """The rows that are a person's own, and those that only say a number of that person."""

    known: Known
    requests: tuple[Row, ...]  # the person's own
    mentions: tuple[Row, ...]  # requests of others
    history: tuple[Row, ...]  # all lines of the own requests, and others that say a number
    inquiries: tuple[Row, ...]  # made from the own requests, or saying a number
    answers: tuple[Row, ...]
    inquiry_lines: tuple[Row, ...]
    replies: tuple[Row, ...]  # to broadcasts: the person's own, to the person, or saying a number
    persons: frozenset[int]  # under which numbers the bot knows the person


def find(tx: Connection, task: DataTask, seen: Seen | None = None) -> Found:
    """Everything of the person whom ``task`` is about.

    Numbers are looked for in every opened text within the branches, for no index says where they
    are, but for what was ``seen`` to say none; see ``storage.data_tasks.seeking``.
    """
    seen = seen or Seen()
    own, known = _own_all(tx, task)
    ids = {row["id"] for row in own}
    within = _within(task) & seen.to_read(voter_requests)
    others = _opened(tx, VOTER_REQUEST, within)
    mentions = [row for row in others if row["id"] not in ids and known.is_in(row["text"])]
    lines = _opened(
        tx,
        REQUEST_HISTORY,
        or_(
            request_history.c.request_id.in_(ids),
            _of_requests(task) & seen.to_read(request_history),
        ),
    )
    mine = [row for row in lines if row["request_id"] in ids or known.is_in(row["text"])]
    persons = _persons(tx, known, seen)
    return Found(
        known,
        tuple(own),
        tuple(mentions),
        tuple(mine),
        *_inquiries(tx, task, known, ids, seen),
        _replies(tx, task, known, persons, seen),
        persons,
    )


def known_of(tx: Connection, task: DataTask) -> Known:
    """What the task and the person's own requests know of the person."""
    return _own_all(tx, task)[1]


def said(row: Row) -> str:
    """What an opened row says in words."""
    return " ".join(str(row[name]) for name in ("subject", "basis", "text") if row.get(name))


def has_phone(known: Known, row: Row) -> bool:
    """Whether an opened row of people has a phone of the person."""
    return row["phone"] in known.numbers


def _own_all(tx: Connection, task: DataTask) -> tuple[list[Row], Known]:
    own = _own(tx, task)
    known = _known(own, task.subject)
    if known.numbers:  # what came with another phone of the same person
        own = _requests(tx, task, _has(known.numbers))
        own = own or _own(tx, task)
        known = _known(own, task.subject)
    ids = {row["id"] for row in own}
    own += _requests(
        tx, task, voter_requests.c.split_from.in_(ids) & voter_requests.c.id.not_in(ids)
    )
    return own, known


def _own(tx: Connection, task: DataTask) -> list[Row]:
    if task.request_id is not None:
        return _requests(tx, task, voter_requests.c.id == task.request_id)
    return _requests(tx, task, _has([task.subject] if task.subject else []))


def _requests(tx: Connection, task: DataTask, which: ColumnElement[bool]) -> list[Row]:
    query = select(voter_requests).where(_within(task), which).order_by(voter_requests.c.id)
    return [VOTER_REQUEST.unseal(row) for row in tx.execute(query).mappings()]


def _has(numbers: Iterable[str]) -> ColumnElement[bool]:
    given = list(numbers)
    return or_(
        voter_requests.c.phone_hash.in_([index.hashed("phone", number) for number in given]),
        voter_requests.c.iin_hash.in_([index.hashed("iin", number) for number in given]),
    )


def _known(rows: Iterable[Row], subject: str | None) -> Known:
    numbers, names = {subject}, set()
    for row in rows:
        numbers |= {row["contact_phone"], row["contact_iin"]}
        names.add(row["contact_name"])
    return Known(frozenset(filter(None, numbers)), frozenset(filter(None, names)))


def _inquiries(
    tx: Connection, task: DataTask, known: Known, ids: set[int], seen: Seen
) -> tuple[tuple[Row, ...], tuple[Row, ...], tuple[Row, ...]]:
    of_them = select(inquiry_requests.c.inquiry_id).where(inquiry_requests.c.request_id.in_(ids))
    linked = set(tx.execute(of_them).scalars())

    def speaking(sealed: Sealed, table: Table, column: str) -> tuple[Row, ...]:
        wanted = or_(table.c[column].in_(linked), seen.to_read(table))
        rows = _opened(tx, sealed, WITHIN[table.name](task) & wanted)
        return tuple(r for r in rows if r[column] in linked or known.is_in(said(r)))

    return (
        speaking(INQUIRY, inquiries, "id"),
        speaking(INQUIRY_ANSWER, inquiry_answers, "inquiry_id"),
        speaking(INQUIRY_HISTORY, inquiry_history, "inquiry_id"),
    )


def _persons(tx: Connection, known: Known, seen: Seen) -> frozenset[int]:
    with_phone = people.c.phone.is_not(None) & seen.to_read(people)
    return frozenset(row["id"] for row in _opened(tx, PERSON, with_phone) if has_phone(known, row))


def _replies(
    tx: Connection, task: DataTask, known: Known, persons: frozenset[int], seen: Seen
) -> tuple[Row, ...]:
    c, who = broadcast_replies.c, sorted(persons)
    wanted = or_(c.person_id.in_(who), c.author_id.in_(who), seen.to_read(broadcast_replies))
    rows = _opened(tx, BROADCAST_REPLY, _of_replies(task) & wanted)
    return tuple(
        row
        for row in rows
        if not _is_hidden(row)
        and (
            not persons.isdisjoint((row["person_id"], row["author_id"])) or known.is_in(row["text"])
        )
    )


def _is_hidden(reply: Row) -> bool:
    """Whether an erasure took everything that the reply said."""
    return reply["text"] == HIDDEN and reply["file_id"] is None


def _within(task: DataTask) -> ColumnElement[bool]:
    branch_id = task.branch_id
    return true() if branch_id is None else voter_requests.c.branch_id == branch_id


def _of_requests(task: DataTask) -> ColumnElement[bool]:
    of_them = select(voter_requests.c.id).where(_within(task))
    return request_history.c.request_id.in_(of_them)


def _of_inquiries(column: ColumnElement[Any]) -> Callable[[DataTask], ColumnElement[bool]]:
    def within(task: DataTask) -> ColumnElement[bool]:
        here = true() if task.branch_id is None else inquiries.c.branch_id == task.branch_id
        return column.in_(select(inquiries.c.id).where(here))

    return within


def _of_replies(task: DataTask) -> ColumnElement[bool]:
    if task.branch_id is None:
        return true()
    sent = select(broadcasts.c.id).where(broadcasts.c.branch_id == task.branch_id)
    there = select(memberships.c.person_id).where(memberships.c.branch_id == task.branch_id)
    c = broadcast_replies.c
    return or_(c.broadcast_id.in_(sent), c.person_id.in_(there))


# The rows of a table that a task may look at.
WITHIN: dict[str, Callable[[DataTask], ColumnElement[bool]]] = {
    voter_requests.name: _within,
    request_history.name: _of_requests,
    inquiries.name: _of_inquiries(inquiries.c.id),
    inquiry_answers.name: _of_inquiries(inquiry_answers.c.inquiry_id),
    inquiry_history.name: _of_inquiries(inquiry_history.c.inquiry_id),
    broadcast_replies.name: _of_replies,
}


def _opened(tx: Connection, sealed: Sealed, where: ColumnElement[bool]) -> Iterator[Row]:
    rows = tx.execute(select(sealed.table).where(where)).mappings()
    return (sealed.unseal(row) for row in rows)
