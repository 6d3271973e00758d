"""What a summary tells beside its text: the key figures, and who must do what."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, zip_longest

from sqlalchemy import Connection, select

from storage.meetings import tasks
from storage.meetings.instructions import DRAFTED
from storage.meetings.records import Meeting
from storage.meetings.tasks import Instruction
from storage.tables import figures

TELLING = ("%", "теңге", "тенге")  # in a unit


@dataclass(frozen=True)
class Figure:
    """A figure that was reported on an item; ``value`` as it was said."""

    item_id: int
    label_kk: str | None
    label_ru: str | None
    value: str
    unit: str | None
    period: str | None


@dataclass(frozen=True)
class Told:
    """All figures, the key one of each item before the second ones; the instructions given."""

    figures: tuple[Figure, ...] = ()
    instructions: tuple[Instruction, ...] = ()


def told(tx: Connection, meeting: Meeting) -> Told:
    """The figures and instructions of a meeting whose items are those its reader may see."""
    seen = [item.id for item in meeting.items]
    found = of_items(tx, seen)
    in_turn = zip_longest(*(_of(found, item) for item in seen))
    given = [
        one
        for one in tasks.every(tx, meeting.id)
        if one.state != DRAFTED and (one.item_id is None or one.item_id in seen)
    ]
    ordered = tuple(one for one in chain.from_iterable(in_turn) if one is not None)
    return Told(ordered, tuple(given))


def _of(found: tuple[Figure, ...], item_id: int) -> list[Figure]:
    """The figures of an item; those that tell most come first, else in their order."""
    return sorted((one for one in found if one.item_id == item_id), key=_weight, reverse=True)


def _weight(one: Figure) -> int:
    """A share or a sum says more than a count, and a number of a time more than one of none."""
    unit = (one.unit or "").casefold()
    return 2 * any(telling in unit for telling in TELLING) + bool(one.period)


def of_items(tx: Connection, item_ids: Iterable[int]) -> tuple[Figure, ...]:
    """The figures of items, in the order they were reported."""
    query = select(*_COLUMNS).where(figures.c.item_id.in_(list(item_ids)))
    rows = tx.execute(query.order_by(figures.c.item_id, figures.c.position, figures.c.id))
    return tuple(Figure(*row) for row in rows)


_COLUMNS = tuple(figures.c[name] for name in Figure.__annotations__)
