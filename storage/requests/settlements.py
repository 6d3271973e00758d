"""The settlements of a branch: kept by its secretaries, closed but never deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from storage import audit, branches
from storage.branches import Branch
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.rules import settlements as rules
from storage.rules.access import Action, Actor, may, scope
from storage.rules.alphabet import order
from storage.rules.folding import fold
from storage.rules.names import LIMIT, checked
from storage.tables import settlements

SUBJECT = "settlement"
NAME_LIMIT = LIMIT
AT_ONCE = 100  # lines of one message
NAMES = ("name_kk", "name_ru")


@dataclass(frozen=True)
class Settlement:
    """A village, a town: its name says which («Ақжазық ауылы», «село Акжазык»)."""

    id: int
    branch_id: int
    name_kk: str
    name_ru: str
    active: bool
    version: int


def places(tx: Connection, actor: Actor) -> list[Branch]:
    """The branches whose settlements ``actor`` keeps."""
    reach = scope(actor, Action.KEEP_SETTLEMENTS)
    return [one for one in branches.every(tx) if reach is None or one.id in reach]


def of_branch(tx: Connection, branch_id: int) -> list[Settlement]:
    """The open settlements of a branch, in the order of the Kazakh alphabet."""
    return [one for one in _every(tx, branch_id) if one.active]


def kept(tx: Connection, actor: Actor, branch_id: int) -> list[Settlement]:
    """As ``of_branch`` for who keeps them, closed ones last. Raises NotAllowed."""
    _demand(actor, branch_id)
    return sorted(_every(tx, branch_id), key=lambda one: not one.active)


def to_keep(tx: Connection, actor: Actor, settlement_id: int) -> Settlement:
    """One settlement that ``actor`` keeps. Raises NotFound, NotAllowed."""
    one = _get(tx, settlement_id)
    if one is None or not may(actor, Action.KEEP_SETTLEMENTS, one.branch_id):
        if not may(actor, Action.KEEP_SETTLEMENTS):
            raise NotAllowed(Action.KEEP_SETTLEMENTS)
        raise NotFound(SUBJECT)
    return one


def demand_reach(tx: Connection, actor: Actor, settlement_id: int) -> None:
    """Raise NotFound for a settlement of no branch in which ``actor`` works on requests."""
    one = _get(tx, settlement_id)
    if one is None or not may(actor, Action.WORK_ON_REQUESTS, one.branch_id):
        raise NotFound(SUBJECT)


def chosen(
    tx: Connection, branch_id: int, settlement_id: int | None, place: str | None
) -> Settlement | None:
    """Where a request of a branch is about: what was picked, else what ``place`` names.

    A settlement that was closed meanwhile, or is another branch's, counts as not picked.
    """
    if settlement_id is not None:
        picked = _get(tx, settlement_id)
        if picked is not None and picked.active and picked.branch_id == branch_id:
            return picked
    return rules.find(place, of_branch(tx, branch_id)) if place else None


def add(
    tx: Connection,
    actor: Actor,
    branch_id: int,
    names: Sequence[tuple[str, str]],
    now: datetime,
) -> int:
    """Add settlements by their names in Kazakh and Russian, all or none; return how many.

    Those that are there already are passed over. Raises NotAllowed, NotFound,
    NotPossible("no_name", "too_long", "too_many").
    """
    place = branches.get(tx, branch_id)
    _demand(actor, branch_id)
    if len(names) > AT_ONCE:
        raise NotPossible("too_many")
    known = {fold(name) for one in _every(tx, branch_id) for name in (one.name_kk, one.name_ru)}
    rows: list[dict[str, Any]] = []
    for kk, ru in names:
        row = {"branch_id": branch_id, "name_kk": checked(kk), "name_ru": checked(ru)}
        said = {fold(str(row[name])) for name in NAMES}
        if known.isdisjoint(said):
            rows.append(row)
            known |= said
    if rows:
        tx.execute(insert(settlements), rows)
        audit.record(tx, actor, now, "settlement.add", SUBJECT, branch=place.code, many=len(rows))
    return len(rows)


def rename(
    tx: Connection,
    actor: Actor,
    settlement_id: int,
    version: int,
    field: str,
    name: str,
    now: datetime,
) -> Settlement:
    """Set one of NAMES; requests follow at once.

    Raises NotAllowed, NotFound, AlreadyChanged, NotPossible("field", "no_name", "too_long",
    "known").
    """
    if field not in NAMES:
        raise NotPossible("field")
    one, new = to_keep(tx, actor, settlement_id), checked(name)
    others = [each for each in _every(tx, one.branch_id) if each.id != one.id]
    if fold(new) in {fold(getattr(each, each_name)) for each in others for each_name in NAMES}:
        raise NotPossible("known")
    _step(tx, one, version, {field: new})
    audit.record(tx, actor, now, "settlement.rename", SUBJECT, one.id, field=field)
    return to_keep(tx, actor, settlement_id)


def set_active(
    tx: Connection, actor: Actor, settlement_id: int, version: int, now: datetime, *, active: bool
) -> Settlement:
    """Close a settlement, or open it again; requests keep it. Raises as ``rename``."""
    one = to_keep(tx, actor, settlement_id)
    _step(tx, one, version, {"active": active})
    done = "settlement.open" if active else "settlement.close"
    audit.record(tx, actor, now, done, SUBJECT, one.id)
    return to_keep(tx, actor, settlement_id)


def _every(tx: Connection, branch_id: int) -> list[Settlement]:
    rows = tx.execute(select(settlements).where(settlements.c.branch_id == branch_id)).mappings()
    return sorted(map(_settlement, rows), key=lambda one: (order(one.name_kk), one.id))


def _get(tx: Connection, settlement_id: int) -> Settlement | None:
    query = select(settlements).where(settlements.c.id == settlement_id)
    row = tx.execute(query).mappings().first()
    return _settlement(row) if row else None


def _step(tx: Connection, one: Settlement, version: int, values: dict[str, Any]) -> None:
    seen = (settlements.c.id == one.id, settlements.c.version == version)
    changed = update(settlements).where(*seen).values(version=version + 1, **values)
    if tx.execute(changed).rowcount != 1:
        raise AlreadyChanged


def _demand(actor: Actor, branch_id: int) -> None:
    if not may(actor, Action.KEEP_SETTLEMENTS, branch_id):
        raise NotAllowed(Action.KEEP_SETTLEMENTS, branch_id)


def _settlement(row: RowMapping) -> Settlement:
    return Settlement(**{name: row[name] for name in Settlement.__annotations__})
