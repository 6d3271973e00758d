"""What a secretary writes anew of an item: its texts, its direction, the meeting it comes from."""

from datetime import datetime

from sqlalchemy import Connection, select

from storage import audit
from storage.errors import NotFound, NotPossible
from storage.roadmap.checking import deciding
from storage.roadmap.indexing import index
from storage.roadmap.reach import seen_by
from storage.roadmap.reading import get
from storage.roadmap.records import SUBJECT, Item, Kind
from storage.roadmap.steps import managed, remember, step
from storage.rules.access import Actor
from storage.tables import control_items

TITLE_LIMIT, SHORT_LIMIT, NUMBER_LIMIT = 2000, 500, 30  # characters
IN_BOTH = ("title", "direction", "completion")  # kept in each language by itself
FIELDS = ("number", *IN_BOTH, "object", "body", "indicator", "funding", "programme")
REQUIRED = ("number", "title")
OF_THE_DOCUMENT = ("number", "title")  # an instruction is what was adopted, word for word
EDITED = "edited"  # in the history: something was written anew; the text says which field


def write(
    tx: Connection,
    actor: Actor,
    item_id: int,
    version: int,
    field: str,
    text: str | None,
    language: str,
    now: datetime,
) -> Item:
    """Write one of FIELDS anew, in ``language`` where it is kept in both; None takes it away.

    Secretaries only. Raises NotFound, NotAllowed, AlreadyChanged, and NotPossible (removed,
    no_such_field, of_the_document, empty, too_long, number_taken).
    """
    if field not in FIELDS:
        raise NotPossible("no_such_field")
    item = managed(tx, actor, item_id)
    if item.kind is Kind.INSTRUCTION and field in OF_THE_DOCUMENT:
        raise NotPossible("of_the_document")
    said = " ".join(text.split()) if text else None
    if said is None and field in REQUIRED:
        raise NotPossible("empty")
    require_short(field, said or "")
    if field == "number":
        _require_free(tx, item, said or "")
    column = f"{field}_{language}" if field in IN_BOTH else field
    return _edited(tx, actor, item, version, now, field, **{column: said})


def direct(
    tx: Connection, actor: Actor, item_id: int, version: int, like: int, now: datetime
) -> Item:
    """Put the item into the direction of another one that ``actor`` sees. Raises as ``write``."""
    item = managed(tx, actor, item_id)
    columns = (control_items.c.direction_kk, control_items.c.direction_ru)
    row = tx.execute(select(*columns).where(control_items.c.id == like, seen_by(actor))).first()
    if row is None:
        raise NotFound(SUBJECT)
    names = {"direction_kk": row.direction_kk, "direction_ru": row.direction_ru}
    return _edited(tx, actor, item, version, now, "direction", **names)


def come_from(
    tx: Connection, actor: Actor, item_id: int, version: int, meeting_id: int | None, now: datetime
) -> Item:
    """Say of which meeting the item is; None: of none. Raises as ``write``."""
    item = managed(tx, actor, item_id)
    if item.kind is Kind.INSTRUCTION:
        raise NotPossible("of_the_document")
    if meeting_id is not None and all(one.id != meeting_id for one in deciding(tx, item)):
        raise NotFound("meeting")
    return _edited(tx, actor, item, version, now, "meeting", meeting_id=meeting_id)


def require_short(field: str, text: str) -> None:
    """Raise NotPossible(too_long) for more than a field holds."""
    limits = {"title": TITLE_LIMIT, "number": NUMBER_LIMIT}
    if len(text) > limits.get(field, SHORT_LIMIT):
        raise NotPossible("too_long")


def _edited(
    tx: Connection,
    actor: Actor,
    item: Item,
    version: int,
    now: datetime,
    field: str,
    **values: str | int | None,
) -> Item:
    step(tx, item, version, **values)
    remember(tx, item.id, actor, now, EDITED, text=field)
    index(tx, [item.id])
    audit.record(tx, actor, now, "roadmap.edit", SUBJECT, item.id, field=field)
    return get(tx, actor, item.id)


def _require_free(tx: Connection, item: Item, number: str) -> None:
    series = select(control_items.c.series).where(control_items.c.id == item.id).scalar_subquery()
    query = select(control_items.c.id).where(
        control_items.c.series == series,
        control_items.c.number == number,
        control_items.c.id != item.id,
    )
    if tx.execute(query).first() is not None:
        raise NotPossible("number_taken")
