"""Finding items by number, by words of their texts, by executor, among those one sees.

Words are meant as in the search over meetings (decision 0011): itself and its forms, then what is
akin to it; where nothing is found, what it may be a misspelling of, and other layouts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, func

from storage.roadmap.reach import seen_by
from storage.roadmap.reading import as_listed, by_urgency, listed
from storage.roadmap.records import ListedItem
from storage.rules.access import Actor
from storage.rules.layouts import readings
from storage.rules.spelling import words_of
from storage.rules.terms import terms
from storage.search import Way
from storage.search_words import akin, forms, misspelt, same
from storage.tables import control_items, control_words

SHOWN = 8
WAYS: tuple[tuple[Way, ...], ...] = (
    (same, forms),
    (same, forms, akin),
    (same, forms, akin, misspelt),
)
NUMBER_SIGNS = "№#N "  # before a number, as people write it


@dataclass(frozen=True)
class Found:
    """What was found: by its number, else what is open first, by deadline; ``more`` there are."""

    items: list[ListedItem]
    more: bool = False


def find(
    tx: Connection, actor: Actor, typed: str, limit: int = SHOWN, *, near: bool = False
) -> Found:
    """The items that ``actor`` sees with that number, else those that hold every word typed.

    ``near``: by the words themselves and their forms, no further. Raises NotAllowed.
    """
    numbered = _numbered(tx, actor, typed, limit)
    if numbered.items:
        return numbered
    queries = [words for reading in readings(typed) if (words := terms(reading))]
    for ways in WAYS[:1] if near else WAYS:
        for words in queries:
            groups = [{meant for way in ways for meant in way(tx, word)} for word in words]
            found = _holding(tx, actor, groups, limit)
            if found.items:
                return found
    return Found([])


def _numbered(tx: Connection, actor: Actor, typed: str, limit: int) -> Found:
    number = typed.strip().lstrip(NUMBER_SIGNS).rstrip(".")
    words = words_of(number)
    if not words:
        return Found([])
    of_number = func.lower(control_items.c.number) == number.lower()
    query = listed().where(seen_by(actor), *(_has({word}) for word in set(words)), of_number)
    return _read(tx, query, limit)


def _holding(tx: Connection, actor: Actor, groups: Sequence[set[str]], limit: int) -> Found:
    return _read(tx, listed().where(seen_by(actor), *map(_has, groups)), limit)


def _has(group: set[str]) -> ColumnElement[bool]:
    """The condition that an item holds a word of ``group``."""
    of_item = control_words.c.item_id == control_items.c.id
    return exists().where(of_item, control_words.c.word.in_(sorted(group)))


def _read(tx: Connection, query: Select[Any], limit: int) -> Found:
    rows = tx.execute(query.order_by(*by_urgency()).limit(limit + 1)).mappings()
    found = [as_listed(row) for row in rows]
    return Found(found[:limit], len(found) > limit)
