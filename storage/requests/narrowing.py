"""What a list of requests can be narrowed to: the branches and settlements somebody may choose."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from storage import branches
from storage.branches import Branch
from storage.requests.filters import Filters
from storage.rules.access import Action, Actor, may, scope
from storage.rules.alphabet import order
from storage.rules.bases import bases
from storage.rules.spelling import words_of
from storage.tables import branches as branch_table
from storage.tables import request_categories, settlements

Named = tuple[str, str]  # in Kazakh, in Russian


@dataclass(frozen=True)
class Place:
    """A settlement that requests may be about."""

    id: int
    name_kk: str
    name_ru: str


def within_reach(tx: Connection, actor: Actor) -> list[Branch]:
    """The branches of which ``actor`` sees any request."""
    return [one for one in branches.every(tx) if may(actor, Action.WORK_ON_REQUESTS, one.id)]


def places(tx: Connection, actor: Actor, branch_id: int | None = None) -> list[Place]:
    """The settlements of a branch, or of all within reach, in the order of the Kazakh alphabet."""
    query = select(settlements.c.id, settlements.c.name_kk, settlements.c.name_ru)
    reach = scope(actor, Action.WORK_ON_REQUESTS)
    if branch_id is not None:
        query = query.where(settlements.c.branch_id == branch_id)
    if reach is not None:
        query = query.where(settlements.c.branch_id.in_(sorted(reach)))
    found = [Place(*row) for row in tx.execute(query)]
    return sorted(found, key=lambda one: (order(one.name_kk), one.id))


def place_named(known: Sequence[Place], typed: str) -> Place | None:
    """The one of ``known`` that ``typed`` means, in whatever form; None for none or several."""
    wanted = [bases(word) for word in words_of(typed)]
    found = [
        one
        for one in known
        if any(_is_said(wanted, words_of(name)) for name in (one.name_kk, one.name_ru))
    ]
    return found[0] if len(found) == 1 else None


def names(tx: Connection, filters: Filters) -> dict[str, Named]:
    """What is chosen, by its name: branch, category, settlement, as far as there is such."""
    chosen = (
        ("branch", branch_table, branch_table.c.id, filters.branch_id),
        ("category", request_categories, request_categories.c.code, filters.category),
        ("settlement", settlements, settlements.c.id, filters.settlement_id),
    )
    found: dict[str, Named] = {}
    for name, table, key, value in chosen:
        if value is None:
            continue
        row = tx.execute(select(table.c.name_kk, table.c.name_ru).where(key == value)).first()
        if row is not None:
            found[name] = (str(row[0]), str(row[1]))
    return found


def _is_said(wanted: Sequence[frozenset[str]], name: Sequence[str]) -> bool:
    held = [bases(word) for word in name]
    return bool(wanted) and all(any(not one.isdisjoint(other) for other in held) for one in wanted)
