"""A person is looked for page by page: no index says in whose text a number stands.

Each page is a short reading of its own, so nobody waits while a branch is read; erasing then reads
only what was found, and what has come since.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Table, select

from storage.data_tasks import person, tasks, traces
from storage.data_tasks.person import Known, Row
from storage.data_tasks.seen import Seen
from storage.data_tasks.tasks import DataTask
from storage.privacy.cells import Unreadable
from storage.privacy.rows import EVERY, Sealed
from storage.rules.access import Actor
from storage.tables import outbox, people

PAGE = 500  # rows of one reading

Speaks = Callable[[Known, Row], bool]


def _says(known: Known, row: Row) -> bool:
    return known.is_in(person.said(row))


# Which rows are looked at, and what makes them speak of the person.
_LOOKED_AT: dict[str, tuple[Callable[[DataTask], Any], Speaks]] = {
    **{name: (within, _says) for name, within in person.WITHIN.items()},
    people.name: (lambda _task: people.c.phone.is_not(None), person.has_phone),
    outbox.name: (lambda _task: traces.is_sealed(), traces.tells),
}
TABLES = tuple(_LOOKED_AT)
_SEALED: dict[str, Sealed] = {one.table.name: one for one in EVERY}


def page(tx: Connection, actor: Actor, task_id: int, name: str, seen: Seen) -> Seen | None:
    """Look through the next PAGE rows of the table ``name`` (one of TABLES); None: there are none.

    Raises NotFound, NotAllowed.
    """
    task = tasks.get(tx, actor, task_id)
    known = person.known_of(tx, task)
    sealed, (within, speaks) = _SEALED[name], _LOOKED_AT[name]
    table: Table = sealed.table
    query = (
        select(table)
        .where(within(task), table.c.id > seen.until.get(name, 0))
        .order_by(table.c.id)
        .limit(PAGE)
    )
    rows = tx.execute(query).mappings().all()
    if not rows:
        return None
    found = set()
    for row in rows:
        try:
            opened = sealed.unseal(row)
        except (Unreadable, ValueError):  # set aside with a key that is lost: it says nothing
            continue
        if speaks(known, opened):
            found.add(int(row["id"]))
    return seen.further(name, frozenset(found), int(rows[-1]["id"]))
