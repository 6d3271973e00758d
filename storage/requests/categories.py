"""The subjects of requests: kept by the regional secretary, closed but never deleted."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from storage import audit
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.rules.access import Action, Actor, may
from storage.rules.folding import fold
from storage.tables import request_categories

SUBJECT = "request_category"
NAME_LIMIT = 18  # characters: two buttons stand in a row of a phone
ICON_LIMIT = 8  # code points of one emoji with its joiners
DAYS_LIMIT = 250  # working days: a year
USUAL_DAYS = 15  # domain.md 1.1: the main term, which the branch takes over for its own stage
FIELDS = ("name_kk", "name_ru", "icon", "target_days")


@dataclass(frozen=True)
class RequestCategory:
    """What a request may be about, and within how many working days it is to be answered."""

    code: str
    icon: str
    name_kk: str
    name_ru: str
    target_days: int
    position: int
    active: bool
    version: int


def every(tx: Connection) -> list[RequestCategory]:
    """All categories in their order, the closed ones among them."""
    rows = tx.execute(select(request_categories).order_by(*_ORDER)).mappings()
    return [_category(row) for row in rows]


def offered(tx: Connection) -> list[RequestCategory]:
    """The open categories in the order in which they are offered."""
    return [one for one in every(tx) if one.active]


def get(tx: Connection, code: str) -> RequestCategory:
    """One category, closed or not. Raises NotFound."""
    query = select(request_categories).where(request_categories.c.code == code)
    row = tx.execute(query).mappings().first()
    if row is None:
        raise NotFound(SUBJECT)
    return _category(row)


def open_one(tx: Connection, code: str) -> RequestCategory:
    """The category of a new request: ``code`` while it is open, else the last one that is.

    The last one is «other» unless the order was changed. Raises NotFound for an unknown ``code``.
    """
    category = get(tx, code)
    return category if category.active else offered(tx)[-1]


def to_keep(tx: Connection, actor: Actor, code: str) -> RequestCategory:
    """As ``get``, for who keeps the categories. Raises NotAllowed, NotFound."""
    _demand(actor)
    return get(tx, code)


def add(
    tx: Connection, actor: Actor, icon: str, name_kk: str, name_ru: str, now: datetime
) -> RequestCategory:
    """Add a category as the last one. Raises NotAllowed, NotPossible (see ``change``)."""
    _demand(actor)
    names = {"name_kk": _checked("name_kk", name_kk), "name_ru": _checked("name_ru", name_ru)}
    for field, name in names.items():
        _demand_new(tx, field, str(name))
    last = tx.execute(select(func.max(request_categories.c.position))).scalar() or 0
    row = {
        "code": secrets.token_hex(4),
        "icon": _checked("icon", icon),
        **names,
        "target_days": USUAL_DAYS,
        "position": last + 1,
    }
    query = insert(request_categories).values(row).returning(request_categories)
    kept = _category(tx.execute(query).mappings().one())
    audit.record(tx, actor, now, "category.add", SUBJECT, code=kept.code)
    return kept


def change(
    tx: Connection,
    actor: Actor,
    code: str,
    version: int,
    field: str,
    value: str | int,
    now: datetime,
) -> RequestCategory:
    """Set one of FIELDS. What is registered already keeps its deadline.

    Raises NotAllowed, NotFound, AlreadyChanged, NotPossible("field", "no_name", "too_long",
    "known", "days").
    """
    if field not in FIELDS:
        raise NotPossible("field")
    category = to_keep(tx, actor, code)
    checked = _checked(field, value)
    if field.startswith("name"):
        _demand_new(tx, field, str(checked), but=code)
    _step(tx, category, version, {field: checked})
    audit.record(tx, actor, now, "category.change", SUBJECT, code=code, field=field)
    return get(tx, code)


def set_active(
    tx: Connection, actor: Actor, code: str, version: int, now: datetime, *, active: bool
) -> RequestCategory:
    """Close a category, or open it again; where it stands it stays.

    Raises NotAllowed, NotFound, AlreadyChanged, NotPossible("last") for the last open one.
    """
    category = to_keep(tx, actor, code)
    if not active and all(one.code == code for one in offered(tx)):
        raise NotPossible("last")
    _step(tx, category, version, {"active": active})
    audit.record(
        tx, actor, now, "category.open" if active else "category.close", SUBJECT, code=code
    )
    return get(tx, code)


def move(
    tx: Connection, actor: Actor, code: str, version: int, now: datetime, *, up: bool
) -> RequestCategory:
    """Change places with the neighbour. Raises NotAllowed, NotFound, AlreadyChanged."""
    category = to_keep(tx, actor, code)
    order = every(tx)
    at = next(place for place, one in enumerate(order) if one.code == code)
    to = at + (-1 if up else 1)
    if category.version != version:
        raise AlreadyChanged
    if not 0 <= to < len(order):
        return category
    neighbour = order[to]
    _step(tx, category, version, {"position": neighbour.position})
    _step(tx, neighbour, neighbour.version, {"position": category.position})
    audit.record(tx, actor, now, "category.move", SUBJECT, code=code, up=up)
    return get(tx, code)


_ORDER = (request_categories.c.position, request_categories.c.code)


def _step(tx: Connection, category: RequestCategory, version: int, values: dict[str, Any]) -> None:
    table = request_categories
    seen = (table.c.code == category.code, table.c.version == version)
    changed = update(table).where(*seen).values(version=version + 1, **values)
    if tx.execute(changed).rowcount != 1:
        raise AlreadyChanged


def _checked(field: str, value: str | int) -> str | int:
    if field == "target_days":
        if not isinstance(value, int) or not 1 <= value <= DAYS_LIMIT:
            raise NotPossible("days")
        return value
    text = " ".join(str(value).split())
    if not text:
        raise NotPossible("no_name")
    if len(text) > (ICON_LIMIT if field == "icon" else NAME_LIMIT):
        raise NotPossible("too_long")
    return text


def _demand_new(tx: Connection, field: str, name: str, but: str | None = None) -> None:
    known = {fold(getattr(one, field)) for one in every(tx) if one.code != but}
    if fold(name) in known:
        raise NotPossible("known")


def _demand(actor: Actor) -> None:
    if not may(actor, Action.KEEP_CATEGORIES):
        raise NotAllowed(Action.KEEP_CATEGORIES)


def _category(row: RowMapping) -> RequestCategory:
    return RequestCategory(**{name: row[name] for name in RequestCategory.__annotations__})
