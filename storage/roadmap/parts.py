"""What an item is a part of, and what its own parts are."""

from dataclasses import dataclass

from sqlalchemy import Connection

from storage.roadmap.reach import seen_by
from storage.roadmap.reading import as_listed, by_urgency, listed
from storage.roadmap.records import Item, ListedItem
from storage.rules.access import Actor
from storage.tables import control_items

SHOWN = 30  # parts


@dataclass(frozen=True)
class Family:
    """The item above (None: none that one sees), and those beneath, what is open first."""

    parent: ListedItem | None
    children: tuple[ListedItem, ...]

    def __bool__(self) -> bool:
        """Whether there is any."""
        return self.parent is not None or bool(self.children)


def around(tx: Connection, actor: Actor, item: Item) -> Family:
    """The items above and beneath ``item`` that ``actor`` sees."""
    above = control_items.c.id == (item.parent_id or 0)
    near = above | (control_items.c.parent_id == item.id)
    query = listed().where(near, seen_by(actor)).order_by(*by_urgency()).limit(SHOWN + 1)
    found = [as_listed(row) for row in tx.execute(query).mappings()]
    parent = next((one for one in found if one.id == item.parent_id), None)
    return Family(parent, tuple(one for one in found if one.id != item.parent_id))
