"""The directions that there is anything of, and what belongs to one."""

from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

from sqlalchemy import Connection, Table, select

from storage.indicators.reading import visible as visible_indicators
from storage.objects.reading import visible as visible_objects
from storage.roadmap.reach import within_reach
from storage.rules.access import Actor
from storage.rules.alphabet import order
from storage.rules.folding import fold
from storage.rules.spelling import words_of
from storage.tables import control_items, controlled_objects, indicators

STEM = 5  # letters: what comes after them is mostly an ending


@dataclass(frozen=True)
class Direction:
    """A direction of the programme; ``key`` names it in a button."""

    kk: str
    ru: str

    @property
    def key(self) -> str:
        """A short name of it, the same for any way of writing it."""
        return f"{crc32(fold(self.kk or self.ru).encode()):08x}"

    def is_of(self, kk: str | None, ru: str | None) -> bool:
        """Whether what has these directions belongs to it."""
        given = {fold(name) for name in (kk, ru) if name}
        return bool(given & {fold(name) for name in (self.kk, self.ru) if name})

    def is_in(self, *texts: str | None) -> bool:
        """Whether ``texts`` speak of it: a telling word of its name stands there, but for endings.

        Instructions of meetings have no direction of their own.
        """
        said = {word[:STEM] for text in texts if text for word in words_of(text)}
        return bool(said & _stems((self.kk, self.ru)))


def directions(tx: Connection, actor: Actor) -> list[Direction]:
    """The directions of whatever ``actor`` looks after, in the order of the Kazakh alphabet.

    Raises NotAllowed for whoever looks after no branch.
    """
    reach = (
        (control_items, within_reach(actor)),
        (indicators, visible_indicators(actor)),
        (controlled_objects, visible_objects(actor)),
    )
    found: dict[str, Direction] = {}
    for table, condition in reach:
        for kk, ru in tx.execute(_names(table).where(condition)):
            if kk or ru:
                one = Direction(kk or "", ru or "")
                found.setdefault(one.key, one)
    return sorted(found.values(), key=lambda one: order(one.kk or one.ru))


def _names(table: Table):  # type: ignore[no-untyped-def]  # noqa: ANN202 - SQLAlchemy's own type
    return select(table.c.direction_kk, table.c.direction_ru).distinct()


def _stems(names: Iterable[str]) -> set[str]:
    return {word[:STEM] for name in names for word in words_of(name) if len(word) >= STEM}
