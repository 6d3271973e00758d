"""The words that an item is found by, written anew whenever one of its texts has changed."""

from collections.abc import Collection

from sqlalchemy import Connection, delete, insert, select

from storage import search_words
from storage.rules.spelling import words_of
from storage.tables import control_items, control_words, people

TEXTS = (
    "number",
    "direction_kk",
    "direction_ru",
    "title_kk",
    "title_ru",
    "object",
    "body",
    "executor_name",
    "co_executor_names",
    "indicator",
)
AT_ONCE = 500  # items a statement


def index(tx: Connection, item_ids: Collection[int]) -> None:
    """Write the words of these items anew: of their texts and of their executors' names."""
    ids = sorted(item_ids)
    for start in range(0, len(ids), AT_ONCE):
        _index(tx, ids[start : start + AT_ONCE])


def index_of(tx: Connection, person_id: int) -> None:
    """Write the words of everything that a person executes anew: the name is another one."""
    own = select(control_items.c.id).where(control_items.c.executor_id == person_id)
    index(tx, tx.execute(own).scalars().all())


def _index(tx: Connection, item_ids: list[int]) -> None:
    tx.execute(delete(control_words).where(control_words.c.item_id.in_(item_ids)))
    rows = tx.execute(
        select(control_items.c.id, *(control_items.c[name] for name in TEXTS), people.c.name)
        .outerjoin(people, people.c.id == control_items.c.executor_id)
        .where(control_items.c.id.in_(item_ids))
    ).all()
    held = {row[0]: {word for text in row[1:] if text for word in words_of(text)} for row in rows}
    # Sorted: two that write the same words wait for each other once.
    pairs = [(item_id, word) for item_id in sorted(held) for word in sorted(held[item_id])]
    if pairs:
        tx.execute(insert(control_words), [{"item_id": one, "word": word} for one, word in pairs])
        search_words.learn(tx, set().union(*held.values()))
