"""Primary party organisations of a branch: its secretaries keep them and who belongs to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, delete, func, insert, select, update

from storage import audit, branches
from storage.branches import Branch
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.people import lasting
from storage.rules.access import Action, Actor, may
from storage.rules.alphabet import order
from storage.rules.folding import fold
from storage.rules.names import checked
from storage.tables import memberships, people, primary_members
from storage.tables import primary_organisations as table

SUBJECT = "primary_organisation"
AT_ONCE = 50  # lines of one message


@dataclass(frozen=True)
class Primary:
    """A primary organisation and how many people belong to it."""

    id: int
    branch_id: int
    name_kk: str
    name_ru: str
    active: bool
    version: int
    members: int


@dataclass(frozen=True)
class Belonging:
    """Somebody of the branch, and to which primary organisation they belong (None: to none)."""

    person_id: int
    name: str
    primary_id: int | None
    primary_kk: str | None
    primary_ru: str | None


def places(tx: Connection, actor: Actor) -> list[Branch]:
    """The branches whose primary organisations ``actor`` keeps."""
    return branches.within(tx, actor, Action.KEEP_PRIMARIES)


def of_branches(tx: Connection, branch_ids: Iterable[int] = ()) -> list[Primary]:
    """The open ones of some branches (none: of all), in the order of the Kazakh alphabet."""
    wanted = sorted(branch_ids)
    query = _whole().where(table.c.active)
    return _read(tx, query.where(table.c.branch_id.in_(wanted)) if wanted else query)


def kept(tx: Connection, actor: Actor, branch_id: int) -> list[Primary]:
    """All of a branch for who keeps them, closed ones last. Raises NotAllowed."""
    _demand(actor, branch_id)
    found = _read(tx, _whole().where(table.c.branch_id == branch_id))
    return sorted(found, key=lambda one: not one.active)


def named(tx: Connection, ids: Sequence[int]) -> list[Primary]:
    """Those of ``ids``, closed ones as well."""
    return _read(tx, _whole().where(table.c.id.in_(ids))) if ids else []


def to_keep(tx: Connection, actor: Actor, primary_id: int) -> Primary:
    """One that ``actor`` keeps. Raises NotFound."""
    found = named(tx, (primary_id,))
    if not found or not may(actor, Action.KEEP_PRIMARIES, found[0].branch_id):
        raise NotFound(SUBJECT)
    return found[0]


def add(
    tx: Connection, actor: Actor, branch_id: int, names: Sequence[tuple[str, str]], now: datetime
) -> int:
    """Add primary organisations by their names in Kazakh and Russian; return how many.

    Those that are there already are passed over. Raises NotAllowed, NotFound,
    NotPossible("no_name", "too_long", "too_many").
    """
    place = branches.get(tx, branch_id)
    _demand(actor, branch_id)
    if len(names) > AT_ONCE:
        raise NotPossible("too_many")
    known = {fold(one.name_kk) for one in kept(tx, actor, branch_id)}
    rows: list[dict[str, Any]] = []
    for kk, ru in names:
        name = checked(kk)
        if fold(name) not in known:
            rows.append({"branch_id": branch_id, "name_kk": name, "name_ru": checked(ru or kk)})
            known.add(fold(name))
    if rows:
        tx.execute(insert(table), rows)
        audit.record(tx, actor, now, "primary.add", SUBJECT, branch=place.code, many=len(rows))
    return len(rows)


def rename(
    tx: Connection, actor: Actor, primary_id: int, version: int, kk: str, ru: str, now: datetime
) -> Primary:
    """Give it other names. Raises NotFound, AlreadyChanged, NotPossible as ``add``, "known"."""
    one = to_keep(tx, actor, primary_id)
    names = {"name_kk": checked(kk), "name_ru": checked(ru or kk)}
    others = [each for each in kept(tx, actor, one.branch_id) if each.id != one.id]
    if fold(names["name_kk"]) in {fold(each.name_kk) for each in others}:
        raise NotPossible("known")
    return _step(tx, actor, one, version, names, "primary.rename", now)


def set_active(
    tx: Connection, actor: Actor, primary_id: int, version: int, now: datetime, *, active: bool
) -> Primary:
    """Close it, or open it again; who belongs to it stays. Raises NotFound, AlreadyChanged."""
    one = to_keep(tx, actor, primary_id)
    done = "primary.open" if active else "primary.close"
    return _step(tx, actor, one, version, {"active": active}, done, now)


def people_of(tx: Connection, actor: Actor, branch_id: int, today: date) -> list[Belonging]:
    """Everybody who holds a role in the branch, by name, with where they belong.

    Raises NotAllowed.
    """
    _demand(actor, branch_id)
    rows = tx.execute(
        select(people.c.id, people.c.name, table.c.id, table.c.name_kk, table.c.name_ru)
        .select_from(people)
        .outerjoin(primary_members, primary_members.c.person_id == people.c.id)
        .outerjoin(table, table.c.id == primary_members.c.primary_id)
        .where(people.c.id.in_(_holders(branch_id, today)))
    )
    found = [Belonging(*row) for row in rows]
    return sorted(found, key=lambda one: (order(one.name), one.person_id))


def switch(
    tx: Connection, actor: Actor, primary_id: int, person_id: int, now: datetime, today: date
) -> None:
    """Let somebody of the branch belong to it, or no more. Raises NotFound."""
    one = to_keep(tx, actor, primary_id)
    of_branch = _holders(one.branch_id, today).where(memberships.c.person_id == person_id)
    if tx.execute(of_branch).first() is None:
        raise NotFound("person")
    mine = (primary_members.c.person_id == person_id, primary_members.c.primary_id == one.id)
    gone = tx.execute(delete(primary_members).where(*mine)).rowcount
    if not gone:
        put(tx, person_id, one.id)
    done = "primary.leave" if gone else "primary.join"
    audit.record(tx, actor, now, done, SUBJECT, one.id, person=person_id)


def put(tx: Connection, person_id: int, primary_id: int) -> None:
    """Let somebody belong to it instead of to any other; who may is the caller's to check."""
    tx.execute(delete(primary_members).where(primary_members.c.person_id == person_id))
    tx.execute(insert(primary_members).values(person_id=person_id, primary_id=primary_id))


def _whole() -> Select[Any]:
    belong = select(func.count()).where(primary_members.c.primary_id == table.c.id)
    return select(table, belong.scalar_subquery().label("members"))


def _read(tx: Connection, query: Select[Any]) -> list[Primary]:
    found = [_primary(row) for row in tx.execute(query).mappings()]
    return sorted(found, key=lambda one: (order(one.name_kk), one.id))


def _holders(branch_id: int, today: date) -> Select[tuple[int]]:
    here = memberships.c.branch_id == branch_id
    return select(memberships.c.person_id).where(here, lasting(today))


def _step(
    tx: Connection,
    actor: Actor,
    one: Primary,
    version: int,
    values: dict[str, Any],
    done: str,
    now: datetime,
) -> Primary:
    seen = (table.c.id == one.id, table.c.version == version)
    if tx.execute(update(table).where(*seen).values(version=version + 1, **values)).rowcount != 1:
        raise AlreadyChanged
    audit.record(tx, actor, now, done, SUBJECT, one.id)
    return to_keep(tx, actor, one.id)


def _demand(actor: Actor, branch_id: int) -> None:
    if not may(actor, Action.KEEP_PRIMARIES, branch_id):
        raise NotAllowed(Action.KEEP_PRIMARIES, branch_id)


def _primary(row: RowMapping) -> Primary:
    return Primary(**{name: row[name] for name in Primary.__annotations__})
