"""Finding requests by number, phone, IIN, name, or words, among those the person sees.

Sealed texts are found by keyed hashes of their words (``storage.privacy.words``), then opened and
compared: which ones, ``storage.requests.worded`` says.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    select,
)

from storage import audit, branches
from storage.privacy import index, words
from storage.privacy.rows import VOTER_REQUEST
from storage.requests import lists, worded
from storage.requests.lists import ListedRequest
from storage.requests.reading import visible
from storage.requests.rows import SUBJECT
from storage.rules import iin, phones, request_numbers
from storage.rules.access import Actor
from storage.rules.folding import fold
from storage.rules.spelling import words_of
from storage.rules.terms import terms
from storage.tables import request_counters, voter_requests

SHOWN = 8
DIGITS = 10  # of what is meant as a phone


class By(StrEnum):
    """By what a search went."""

    NUMBER = "number"
    PHONE = "phone"
    IIN = "iin"
    NAME = "name"
    WORDS = "words"


@dataclass(frozen=True)
class Findings:
    """What was found, the likeliest first; ``fault``: it was meant as a phone and is none."""

    by: By
    requests: list[ListedRequest] = field(default_factory=list)
    more: bool = False
    fault: phones.Fault | None = None


def find(tx: Connection, actor: Actor, typed: str, now: datetime) -> Findings:
    """What ``actor`` sees of what is asked for; a search by phone, IIN or name is recorded.

    In the trail stands its hash, nothing else of it. Raises NotAllowed.
    """
    number = request_numbers.read(typed)
    if number is not None and (found := _numbered(tx, actor, number)):
        return _shown(By.NUMBER, found)
    if _digits(typed) >= DIGITS and not any(sign.isalpha() for sign in typed):
        return _personal(tx, actor, typed, now)
    return _worded(tx, actor, typed, now)


def numbered(tx: Connection, actor: Actor, typed: str) -> Findings | None:
    """The requests of a number that was typed alone; None for what is none: «Абай 12».

    A number without a branch is one, and so is a code that a branch has, or a year beside it.
    """
    number = request_numbers.read(typed)
    if number is None:
        return None
    code = number.code
    if code is not None and number.year is None:
        known = (branch.code for branch in branches.every(tx))
        if not any(request_numbers.same_code(code, one) for one in known):
            return None
    return _shown(By.NUMBER, _numbered(tx, actor, number))


def _numbered(
    tx: Connection, actor: Actor, number: request_numbers.TypedNumber
) -> list[ListedRequest]:
    c, known = voter_requests.c, request_counters.c
    query = _lines(visible(actor)).join(
        request_counters,
        and_(known.branch_id == c.branch_id, known.year == c.year),
    )
    query = query.where(c.counter == number.counter).order_by(c.year.desc(), c.id.desc())
    if number.year is not None:
        query = query.where(known.year == number.year)
    if number.code is not None:
        code = number.code
        same = [b.id for b in branches.every(tx) if request_numbers.same_code(code, b.code)]
        query = query.where(known.branch_id.in_(same))
    return _read(tx, query.limit(SHOWN + 1))


def _personal(tx: Connection, actor: Actor, typed: str, now: datetime) -> Findings:
    digits = "".join(sign for sign in typed if sign.isdecimal())
    if iin.valid(digits):
        by, kept = By.IIN, index.hashed("iin", digits)
    elif phone := phones.normalise(typed):
        by, kept = By.PHONE, index.hashed("phone", phone)
    else:
        return Findings(By.PHONE, fault=phones.fault(typed))
    column = voter_requests.c.iin_hash if by is By.IIN else voter_requests.c.phone_hash
    query = _lines(visible(actor)).where(column == kept).order_by(voter_requests.c.id.desc())
    found = _read(tx, query.limit(SHOWN + 1))
    _note(tx, actor, now, by, kept, found)
    return _shown(by, found)


def _worded(tx: Connection, actor: Actor, typed: str, now: datetime) -> Findings:
    groups = words.sought(typed, (words.WORD, words.NAME))
    if not groups:
        return Findings(By.WORDS)
    c = voter_requests.c
    query = _lines(visible(actor), c.place, c.contact_name)
    query = query.where(c.id.in_(worded.newest(tx, actor, groups))).order_by(c.id.desc())
    rows = [_opened(row) for row in tx.execute(query).mappings()]
    fitting = [row for row in rows if words.answers(typed, *_texts(row), row["contact_name"])]
    asked = set(terms(typed))
    # The sort is stable: among equals the newest stays first.
    best = sorted(fitting, key=lambda row: _rank(row, asked))
    found = [lists.line(row) for row in best[: SHOWN + 1]]
    named = [row for row in best[:SHOWN] if not words.answers(typed, *_texts(row))]
    if named:
        _note(tx, actor, now, By.NAME, index.hashed("name", fold(typed)), found)
    return _shown(By.NAME if named else By.WORDS, found)


def _lines(seen: ColumnElement[bool], *more: ColumnElement[Any]) -> Select[Any]:
    return select(*lists.COLUMNS, *more).where(seen, voter_requests.c.merged_into.is_(None))


def _read(tx: Connection, query: Select[Any]) -> list[ListedRequest]:
    return [lists.line(_opened(row)) for row in tx.execute(query).mappings()]


_opened: Callable[[Any], dict[str, Any]] = VOTER_REQUEST.unseal


def _texts(row: dict[str, Any]) -> tuple[str, str]:
    return row["text"], row["place"] or ""


def _rank(row: dict[str, Any], asked: set[str]) -> tuple[int, bool]:
    """How many words are there only in another form; what is closed comes behind."""
    held = set(words_of(f"{row['text']} {row['place'] or ''} {row['contact_name'] or ''}"))
    return len(asked - held), row["closed_at"] is not None


def _shown(by: By, found: list[ListedRequest]) -> Findings:
    return Findings(by, found[:SHOWN], len(found) > SHOWN)


def _note(
    tx: Connection, actor: Actor, now: datetime, by: By, kept: str, found: list[ListedRequest]
) -> None:
    audit.record(tx, actor, now, "find_requests", SUBJECT, by=by.value, hash=kept, found=len(found))


def _digits(typed: str) -> int:
    return sum(sign.isdecimal() for sign in typed)
