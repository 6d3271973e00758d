"""What a search for a person has looked through already, and where it found something."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Table, or_


@dataclass(frozen=True)
class Seen:
    """By table: the rows that speak of the person, and the last row that was looked at.

    Nothing seen yet means that everything has to be looked at.
    """

    found: Mapping[str, frozenset[int]] = field(default_factory=dict)
    until: Mapping[str, int] = field(default_factory=dict)

    def to_read(self, table: Table) -> ColumnElement[bool]:
        """The condition of what was found in ``table``, and of what has come since."""
        found = sorted(self.found.get(table.name, ()))
        return or_(table.c.id.in_(found), table.c.id > self.until.get(table.name, 0))

    def further(self, table: str, found: frozenset[int], until: int) -> "Seen":
        """With one more page of ``table``."""
        every = self.found.get(table, frozenset()) | found
        return Seen({**self.found, table: every}, {**self.until, table: until})
