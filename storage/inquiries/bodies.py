"""The directory of bodies that inquiries go to: kept by secretaries, closed but never deleted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    false,
    insert,
    or_,
    select,
    true,
    update,
)

from storage import audit, branches
from storage.branches import Branch
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.rules.access import Action, Actor, may, scope
from storage.rules.folding import fold
from storage.tables import bodies
from storage.tables import branches as branch_table

SUBJECT = "body"
NAME_LIMIT = 200  # characters
HEAD_LIMIT = 200
PAGE = 8
REGION = "region"
OBLAST = "oblast"
LEVELS = {"region": OBLAST, "city": "city", "district": "district"}  # kind of branch → level
NAMES = ("name_kk", "name_ru", "head_kk", "head_ru")
_LIMITS = {"name_kk": NAME_LIMIT, "name_ru": NAME_LIMIT, "head_kk": HEAD_LIMIT}


@dataclass(frozen=True)
class Body:
    """An akim, a department; ``head`` is whom a letter addresses, as it is written there."""

    id: int
    version: int
    level: str  # district, city, oblast
    branch_id: int | None  # None: of the whole oblast
    name_kk: str
    name_ru: str
    head_kk: str | None
    head_ru: str | None
    active: bool
    proposed_by: int | None  # whoever wrote to it first, until a secretary has taken it in


@dataclass(frozen=True)
class Page:
    """One page (from 0) of ``total`` bodies."""

    bodies: tuple[Body, ...]
    number: int
    total: int


def places(tx: Connection, actor: Actor) -> list[Branch]:
    """Where ``actor`` may add bodies; the regional branch stands for the whole oblast."""
    reach = scope(actor, Action.KEEP_ADDRESSEES)
    within = branches.every(tx)
    return [one for one in within if reach is None or one.id in reach]


def directory(tx: Connection, actor: Actor, page: int) -> Page:
    """The bodies that ``actor`` keeps, proposed first, closed last. Raises NotAllowed."""
    if not may(actor, Action.KEEP_ADDRESSEES):
        raise NotAllowed(Action.KEEP_ADDRESSEES)
    return _page(tx, _kept_by(actor), page, None)


def addressees(
    tx: Connection, branch_id: int, language: str, page: int, words: str | None = None
) -> Page:
    """The open bodies for an inquiry from a branch: those of its place, then of the oblast.

    An inquiry of the regional branch may go to any. ``words`` narrows to the names with all of
    them.
    """
    regional = branches.get(tx, branch_id).kind == REGION
    near = or_(bodies.c.branch_id == branch_id, bodies.c.branch_id.is_(None))
    wanted = bodies.c.active & (true() if regional else near)
    return _page(tx, wanted, page, language, words, first=None if regional else branch_id)


def get(tx: Connection, body_id: int) -> Body:
    """One body. Raises NotFound."""
    row = tx.execute(select(bodies).where(bodies.c.id == body_id)).mappings().first()
    if row is None:
        raise NotFound(SUBJECT)
    return _body(row)


def to_keep(tx: Connection, actor: Actor, body_id: int) -> Body:
    """One body that ``actor`` keeps. Raises NotFound, NotAllowed."""
    if not may(actor, Action.KEEP_ADDRESSEES):
        raise NotAllowed(Action.KEEP_ADDRESSEES)
    query = select(bodies).where(bodies.c.id == body_id, _kept_by(actor))
    row = tx.execute(query).mappings().first()
    if row is None:
        raise NotFound(SUBJECT)
    return _body(row)


def add(
    tx: Connection, actor: Actor, branch_id: int, names: Mapping[str, str | None], now: datetime
) -> Body:
    """Add a body of a branch's place, of the oblast for the regional one; ``names`` as NAMES.

    Raises NotAllowed, NotFound, NotPossible("too_long", "no_name", "known").
    """
    place = branches.get(tx, branch_id)
    if not may(actor, Action.KEEP_ADDRESSEES, branch_id):
        raise NotAllowed(Action.KEEP_ADDRESSEES, branch_id)
    given = {name: checked(name, names.get(name)) for name in NAMES}
    of = None if place.kind == REGION else branch_id
    if _known(tx, of, str(given["name_kk"])):
        raise NotPossible("known")
    row = {"level": LEVELS[place.kind], "branch_id": of, **given}
    kept = tx.execute(insert(bodies).values(row).returning(bodies)).mappings().one()
    audit.record(tx, actor, now, "body.add", SUBJECT, kept["id"], branch=place.code)
    return _body(kept)


def rename(
    tx: Connection,
    actor: Actor,
    body_id: int,
    version: int,
    field: str,
    text: str | None,
    now: datetime,
) -> Body:
    """Set one of NAMES; a head may be None. Raises NotFound, AlreadyChanged, NotPossible."""
    if field not in NAMES:
        raise NotPossible("field")
    step(tx, to_keep(tx, actor, body_id), version, {field: checked(field, text)})
    audit.record(tx, actor, now, "body.rename", SUBJECT, body_id, field=field)
    return get(tx, body_id)


def set_active(
    tx: Connection, actor: Actor, body_id: int, version: int, now: datetime, *, active: bool
) -> Body:
    """Close a body, or open it again; what was sent to it stays. Raises as ``rename``."""
    step(tx, to_keep(tx, actor, body_id), version, {"active": active})
    audit.record(tx, actor, now, "body.open" if active else "body.close", SUBJECT, body_id)
    return get(tx, body_id)


def step(tx: Connection, body: Body, version: int, values: dict[str, Any]) -> None:
    """Set ``values`` where the body is still as it was read. Raises AlreadyChanged."""
    seen = (bodies.c.id == body.id, bodies.c.version == version)
    changed = update(bodies).where(*seen).values(version=version + 1, **values)
    if tx.execute(changed).rowcount != 1:
        raise AlreadyChanged


def checked(field: str, text: str | None) -> str | None:
    """What is written into one of NAMES. Raises NotPossible: no_name, too_long."""
    if not text:
        if field.startswith("name"):
            raise NotPossible("no_name")
        return None
    if len(text) > _LIMITS.get(field, HEAD_LIMIT):
        raise NotPossible("too_long")
    return text


def _known(tx: Connection, branch_id: int | None, name: str) -> bool:
    query = select(bodies.c.name_kk).where(bodies.c.branch_id.is_not_distinct_from(branch_id))
    return fold(name) in {fold(known) for known in tx.execute(query).scalars()}


def _kept_by(actor: Actor) -> ColumnElement[bool]:
    reach = scope(actor, Action.KEEP_ADDRESSEES)
    if reach is None:
        return true()
    if not reach:
        return false()
    regional = select(branch_table.c.id).where(
        branch_table.c.kind == REGION, branch_table.c.id.in_(sorted(reach))
    )
    own = bodies.c.branch_id.in_(sorted(reach))
    return or_(own, bodies.c.branch_id.is_(None) & select(regional.exists()).scalar_subquery())


def _page(
    tx: Connection,
    wanted: ColumnElement[bool],
    page: int,
    language: str | None,
    words: str | None = None,
    *,
    first: int | None = None,
) -> Page:
    """A directory has some dozens of bodies: they are sorted and searched here.

    Those that were proposed come first to who keeps it (``language`` None), else last.
    """
    found = [_body(row) for row in tx.execute(select(bodies).where(wanted)).mappings()]
    terms = fold(words).split() if words else []
    fitting = [one for one in found if all(term in _said(one) for term in terms)]
    fitting.sort(
        key=lambda one: (
            not one.active,
            (one.proposed_by is None) is (language is None),
            one.branch_id != first,
            fold(_name(one, language)),
            one.id,
        )
    )
    number = min(max(page, 0), max(0, (len(fitting) - 1) // PAGE))
    shown = fitting[number * PAGE : (number + 1) * PAGE]
    return Page(tuple(shown), number, len(fitting))


def _name(body: Body, language: str | None) -> str:
    return body.name_ru if language == "ru" else body.name_kk


def _said(body: Body) -> str:
    return fold(f"{body.name_kk} {body.name_ru}")


def _body(row: RowMapping) -> Body:
    return Body(**{name: row[name] for name in Body.__annotations__})
