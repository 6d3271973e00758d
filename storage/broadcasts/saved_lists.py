"""Saved lists: whom a branch writes to again and again, under a name of its own.

What a list says never changes: whoever chose it has confirmed that. It is renamed, or deleted and
saved anew; a draft that uses a deleted one keeps it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, insert, or_, select, update

from storage import audit
from storage.audiences import covers
from storage.broadcasts.drafting import own
from storage.broadcasts.reading import get
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.rules.access import Action, Actor, scope
from storage.rules.names import checked
from storage.selections import Listed, Selection
from storage.tables import audience_lists as table

SUBJECT = "audience_list"
MOST = 50  # of one branch


@dataclass(frozen=True)
class SavedList:
    """A list; ``branch_id`` None: it is the whole region's."""

    id: int
    branch_id: int | None
    name: str
    whom: Selection
    version: int

    @property
    def listed(self) -> Listed:
        """As a draft keeps it."""
        return Listed(self.id, self.whom)


def every(tx: Connection, actor: Actor) -> list[SavedList]:
    """The lists of the actor's branches, by name."""
    rows = tx.execute(_mine(actor).order_by(table.c.name, table.c.id)).mappings()
    return [one for one in map(_list, rows) if covers(actor, one.whom.branches)]


def named(tx: Connection, chosen: Iterable[Listed]) -> dict[int, str]:
    """The names of the ``chosen``, deleted ones as well, by their ids."""
    ids = [one.id for one in chosen]
    if not ids:
        return {}
    rows = tx.execute(select(table.c.id, table.c.name).where(table.c.id.in_(ids)))
    return {row.id: row.name for row in rows}


def one_of(tx: Connection, actor: Actor, list_id: int) -> SavedList:
    """One list of the actor's branches. Raises NotFound."""
    row = tx.execute(_mine(actor).where(table.c.id == list_id)).mappings().first()
    found = _list(row) if row else None
    if found is None or not covers(actor, found.whom.branches):
        raise NotFound(SUBJECT)
    return found


def save(tx: Connection, actor: Actor, broadcast_id: int, name: str, now: datetime) -> SavedList:
    """Save whom one's own draft goes to under ``name``.

    A list is of people: the groups of the draft are left out of it. Raises NotFound, NotAllowed,
    NotPossible("no_name", "too_long", "known", "too_many", "only_groups").
    """
    found = get(tx, actor, broadcast_id)
    own(found, actor)
    if found.whom.only_groups:
        raise NotPossible("only_groups")
    new, there = checked(name), every(tx, actor)
    whom = replace(found.whom, about=None, groups=(), only_groups=False)
    _demand_new(new, there)
    if sum(one.branch_id == whom.branch_id for one in there) >= MOST:
        raise NotPossible("too_many")
    row = {"branch_id": whom.branch_id, "name": new, "audience": whom.kept}
    made = {"created_by": actor.person_id, "created_at": now}
    list_id = tx.execute(insert(table).values(**row, **made).returning(table.c.id)).scalar_one()
    audit.record(tx, actor, now, "audience_list.saved", SUBJECT, list_id)
    return one_of(tx, actor, list_id)


def rename(
    tx: Connection, actor: Actor, list_id: int, version: int, name: str, now: datetime
) -> SavedList:
    """Give a list another name. Raises NotFound, AlreadyChanged, NotPossible as ``save``."""
    one, new = one_of(tx, actor, list_id), checked(name)
    _demand_new(new, [each for each in every(tx, actor) if each.id != one.id])
    _step(tx, one, version, name=new)
    audit.record(tx, actor, now, "audience_list.renamed", SUBJECT, list_id)
    return one_of(tx, actor, list_id)


def remove(tx: Connection, actor: Actor, list_id: int, version: int, now: datetime) -> None:
    """Delete a list; drafts that use it keep it. Raises NotFound, AlreadyChanged."""
    _step(tx, one_of(tx, actor, list_id), version, deleted_at=now)
    audit.record(tx, actor, now, "audience_list.deleted", SUBJECT, list_id)


def _mine(actor: Actor):  # type: ignore[no-untyped-def]  # noqa: ANN202 - SQLAlchemy's own type
    reach = scope(actor, Action.BROADCAST)
    conditions: list[ColumnElement[bool]] = [table.c.deleted_at.is_(None)]
    if reach is not None:
        # One of several branches is looked at closer by what it says.
        conditions.append(or_(table.c.branch_id.in_(sorted(reach)), table.c.branch_id.is_(None)))
    return select(table).where(*conditions)


def _demand_new(name: str, there: Iterable[SavedList]) -> None:
    if name.casefold() in {one.name.casefold() for one in there}:
        raise NotPossible("known")


def _step(tx: Connection, one: SavedList, version: int, **values: object) -> None:
    seen = (table.c.id == one.id, table.c.version == version, table.c.deleted_at.is_(None))
    if tx.execute(update(table).where(*seen).values(version=version + 1, **values)).rowcount != 1:
        raise AlreadyChanged


def _list(row: RowMapping) -> SavedList:
    whom = Selection.read(row["branch_id"], row["audience"])
    return SavedList(row["id"], row["branch_id"], row["name"], whom, row["version"])
