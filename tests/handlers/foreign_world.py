"""Rows of somebody else's: one in every table, all under one number.

Whatever text a row may hold is the canary, so that an answer that shows any of it betrays itself.
A table that comes later gets its row by itself.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Boolean, Column, Connection, Date, Float, Table, Text, insert, text
from sqlalchemy.types import JSON

from storage.privacy.rows import EVERY
from storage.rules.access import Role
from storage.tables import UtcDateTime, metadata
from tests import world
from tests.conftest import NOW

NUMBER, CANARY = 777, "Көкқанат"  # of the foreign branch
SIDE = 888  # of another deputy in the walker's own branch
OWN, OWN_WORD = 555, "Жайсаңдық"  # of the walker
# Texts that are words of the program: what they say decides how far a handler goes.
WORDS: dict[tuple[str, str], Any] = {
    ("people", "language"): "kk",
    ("memberships", "role"): Role.DEPUTY.value,
    ("invites", "role"): Role.MEMBER.value,
    ("voter_requests", "state"): "in_progress",
    ("voter_requests", "kind"): "application",
    ("voter_requests", "channel"): "reception",
    ("voter_requests", "category"): "lighting",
    ("inquiries", "state"): "draft",
    ("inquiries", "language"): "kk",
    ("inquiries", "level"): "district",
    ("control_items", "state"): "planned",
    ("control_items", "kind"): "roadmap",
    ("control_items", "term"): "date",
    ("control_people", "part"): "co_executor",
    ("control_history", "from_state"): "planned",
    ("control_history", "to_state"): "at_risk",
    ("control_extensions", "state"): "asked",
    ("broadcasts", "state"): "draft",
    ("access_requests", "state"): "waiting",
    ("bodies", "level"): "district",
    ("meetings", "state"): "announced",
    ("meetings", "body"): "bureau",
    ("meetings", "kind"): "regular",
    ("proposals", "state"): "sent",
    ("proposals", "kind"): "proposal",
    ("topics", "state"): "waiting",
    ("instructions", "state"): "drafted",
    ("findings", "state"): "found",
    ("branches", "kind"): "district",
    ("invitees", "capacity"): "member",
    ("agenda_items", "state"): "planned",
    ("agenda_items", "visibility"): "members",
    ("request_extensions", "state"): "asked",
    ("request_extensions", "clock"): "own",
    ("indicators", "kind"): "level",
    ("indicators", "better"): "more",
    ("indicators", "frequency"): "quarter",
    ("indicator_values", "year"): 2026,
    ("indicator_values", "month"): 9,
    ("indicator_history", "year"): 2026,
    ("indicator_history", "month"): 9,
    ("controlled_objects", "state"): "controlled",
    ("deliveries", "group_id"): None,  # to a person
    ("branch_groups", "kind"): "supergroup",
    ("branch_groups", "language"): "kk",
    ("reminders", "state"): "planned",
    ("meeting_reminders", "state"): "planned",
}
# What the program itself keeps there is nobody's in particular.
MACHINERY = {"inbox", "outbox", "lanes", "leases", "audit", "facts", "conversations"}
MACHINERY |= {"calendar_overrides", "refused_tries"}
ENDED = {"ended_at", "closed_at", "used_at", "revoked_at", "decided_at", "done_at", "to_day"}
ENDED |= {
    "deleted_at",
    "ends_on",
    "withdrawn_at",
    "anonymised_at",
    "signed_at",
    "refused_at",
    "finished_at",
}


# What a colleague of the same branch has for herself.
PERSONAL = {"people", "memberships", "invites", "access_requests", "broadcasts", "deliveries"}
PERSONAL |= {"voter_requests", "request_history", "request_attachments", "request_consents"}
PERSONAL |= {"request_extensions", "request_pauses", "data_tasks", "control_items"}
PERSONAL |= {"bodies", "control_history", "inquiries", "inquiry_history", "inquiry_answers"}


@dataclass(frozen=True)
class Place:
    """Under which number rows stand, what they say, and whose they are."""

    number: int
    word: str
    branch_id: int | None = None  # None: of a branch of that number
    person_id: int | None = None
    tables: frozenset[str] | None = None  # None: all


FOREIGN = Place(NUMBER, CANARY)
BESIDE = Place(SIDE, CANARY, world.SARYAGASH, tables=frozenset(PERSONAL))
MINE = Place(OWN, OWN_WORD, world.SARYAGASH, 3)


def settle(tx: Connection, place: Place) -> None:
    """Insert a row of ``place`` into every table."""
    if tx.dialect.name == "sqlite":
        tx.execute(text("PRAGMA defer_foreign_keys = ON"))
    given = {"branches": place.branch_id, "people": place.person_id}
    for table in metadata.sorted_tables:
        wanted = place.tables is None or table.name in place.tables
        if wanted and table.name not in MACHINERY and given.get(table.name) is None:
            row = {column.name: _value(place, table, column) for column in table.columns}
            known = {name: value for name, value in row.items() if value is not None}
            tx.execute(insert(table), _sealed(table, known))


def _value(place: Place, table: Table, column: Column[Any]) -> Any:
    if column.name == "telegram_id":
        return place.number + 1000
    if (table.name, column.name) in WORDS:
        return WORDS[table.name, column.name]
    if column.name in ENDED:
        return None
    if column.foreign_keys:
        return _pointing(place, table, column)
    if column.name == "id":
        return place.number
    return _of_type(place, column)


def _pointing(place: Place, table: Table, column: Column[Any]) -> int | str | None:
    [key] = column.foreign_keys
    target = key.column.table
    if target is table or (column.nullable and not _there(place, target)):
        return None
    if target.name == "branches":
        return place.branch_id or place.number
    if target.name == "people":
        return place.person_id or place.number
    return f"{place.word} {place.number}" if isinstance(key.column.type, Text) else place.number


def _there(place: Place, table: Table) -> bool:
    return place.tables is None or table.name in place.tables or table.name == "branches"


def _of_type(place: Place, column: Column[Any]) -> Any:
    match column.type:
        case Boolean():
            return True
        case UtcDateTime():
            return NOW - timedelta(days=1)
        case Date():
            return date(2026, 12, 23) if column.name == "deadline" else date(2026, 11, 23)
        case JSON():
            return None if column.nullable else {}
        case Text():
            return f"{place.word} {place.number}"
        case Float():
            return 42.3
        case _:
            return 1 if column.name == "version" else place.number


def _sealed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    for one in EVERY:
        if one.table is table:
            return one.seal(row)
    return row
