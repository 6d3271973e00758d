"""Finding sealed texts by their words: each is kept as keyed hashes, which nobody reads back.

A word stands for every word it may be a form of, and for its beginning; so does a word of a query,
and forms of one word meet as in the search over meetings. Two words may share a hash, and a
beginning is only a beginning: what is found is compared with the opened text by ``answers``.
"""

import json
from collections.abc import Iterable
from functools import cache, lru_cache

from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    Delete,
    Insert,
    Table,
    Text,
    bindparam,
    cast,
    delete,
    func,
    insert,
    select,
)

from storage.privacy import keys
from storage.privacy.index import number
from storage.rules.bases import bases
from storage.rules.spelling import words_of
from storage.rules.terms import terms

WORD, NAME = "word", "name"  # kinds: of a text, of whom it came from
START = 4  # letters that longer words are found by
_BEGINNING = "/start"


def hashes(text: str, kind: str = WORD) -> set[int]:
    """What a text is found by: about three numbers a word. Raises NoKeys."""
    return {number for word in set(words_of(text)) for number in _numbers(word, kind)}


def sought(query: str, kinds: Iterable[str] = (WORD,)) -> list[set[int]]:
    """For each telling word of ``query`` the numbers of which a text that has it holds one.

    Empty when the query has no word. Raises NoKeys.
    """
    return [{n for kind in kinds for n in _numbers(word, kind)} for word in terms(query)]


def answers(query: str, *texts: str | None) -> bool:
    """Whether opened ``texts`` together hold each word of ``query``, or a form, or a longer one."""
    held = {word for text in texts if text for word in words_of(text)}
    return all(any(_is_meant(word, other) for other in held) for word in terms(query))


def write(tx: Connection, table: Table, owner: str, owner_id: int, numbers: set[int]) -> None:
    """Keep ``numbers`` as all that finds the row ``owner_id``; ``owner`` is the table's column."""
    tx.execute(_forgetting(table, owner), {"owner": owner_id})
    add(tx, table, owner, owner_id, numbers)


def add(tx: Connection, table: Table, owner: str, owner_id: int, numbers: set[int]) -> None:
    """As ``write``, for a row that has none yet."""
    # Sorted, as every transaction does it: two that write never wait for each other crosswise.
    given = {"owner": owner_id, "numbers": json.dumps(sorted(numbers))}
    tx.execute(_keeping(tx.dialect.name, table, owner), given)


@cache
def _forgetting(table: Table, owner: str) -> Delete:
    return delete(table).where(table.c[owner] == bindparam("owner"))


@cache
def _keeping(dialect: str, table: Table, owner: str) -> Insert:
    """All rows in one parameter: fifty rows of parameters cost more than the rows themselves."""
    elements = func.json_each if dialect == "sqlite" else func.json_array_elements_text
    numbers = bindparam("numbers", type_=Text)
    given = numbers if dialect == "sqlite" else cast(numbers, JSON)
    each = elements(given).table_valued("value")
    rows = select(bindparam("owner", type_=BigInteger), cast(each.c.value, BigInteger))
    return insert(table).from_select([owner, "word"], rows)


def _numbers(word: str, kind: str) -> frozenset[int]:
    ring = keys.in_use()
    return _standing_for(word, ring.hashing(kind), ring.hashing(kind + _BEGINNING))


# The words of requests come again and again, and a hash costs more than the rest.
@lru_cache(maxsize=20_000)
def _standing_for(word: str, key: bytes, key_of_beginnings: bytes) -> frozenset[int]:
    found = {number(key, base) for base in bases(word)}
    if len(word) >= START and word.isalpha():
        found.add(number(key_of_beginnings, word[:START]))
    return frozenset(found)


def _is_meant(word: str, other: str) -> bool:
    begun = len(word) >= START and word.isalpha() and other.startswith(word)
    return begun or not bases(word).isdisjoint(bases(other))
