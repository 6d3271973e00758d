"""(j) A tick over many open items of which a thousand are due: it costs what is due."""

import time
import uuid
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import asyncpg
from sqlalchemy import ColumnElement, Connection, Table, insert, select, text

from storage import reminders, schema
from storage.database import Database
from storage.roadmap import SUBJECT
from storage.tables import control_items
from storage.tables import reminders as rows
from tests import world
from tests.benchmarks.report import Check, Section
from tests.conftest import NOW, POSTGRES, ZONE, _sql, postgres_drop

RATIO = 1.3
DUE = 1000
AT_ONCE = 50_000
PEOPLE = (2, 3, 4, 6, 7)  # of the small world
FAR = date(2028, 6, 1)


async def measure(folder: Path, items: int = 100_000, times: int = 10, rounds: int = 9) -> Section:
    """Ticks over ``items`` open items and over ``times`` as many, on each engine."""
    section = Section(
        f"(j) A tick with {DUE:,} due among {items:,} and {items * times:,} open items",
        ("engine", "open items", "rounds", "median"),
    )
    await _engine(section, "SQLite", f"sqlite+aiosqlite:///{folder}/ticks.db", items, times, rounds)
    name = f"buro_bench_{uuid.uuid4().hex[:12]}"
    try:
        await _sql(f'CREATE DATABASE "{name}"')
    except (OSError, asyncpg.PostgresError) as error:
        section.remarks.append(f"PostgreSQL does not answer: {error}")
        return section
    try:
        await _engine(section, "PostgreSQL", f"{POSTGRES}/{name}", items, times, rounds)
    finally:
        await postgres_drop(name)
    section.remarks.append("Milliseconds of one `reminders.tick`, its commit included.")
    return section


async def _engine(
    section: Section, engine: str, url: str, items: int, times: int, rounds: int
) -> None:
    database = Database(url)
    took: list[float] = []
    try:
        await schema.migrate(database)
        await database.write(world.people_it)
        filled = 0
        for whole in (items, items * times):
            while filled < whole:
                some = min(AT_ONCE, whole - filled)
                await database.write(_copy if filled else _fill, filled, some)
                filled += some
            await database.write(_analyze)
            seconds = [await _round(database, len(took) * rounds + n) for n in range(rounds)]
            took.append(median(seconds))
            section.rows.append((engine, f"{whole:,}", str(rounds), f"{took[-1] * 1000:.1f}"))
    finally:
        await database.close()
    ratio = took[1] / took[0]
    section.checks.append(
        Check(f"{engine}: {ratio:.2f} of the smaller one's, at most {RATIO}", ratio <= RATIO)
    )


async def _round(database: Database, n: int) -> float:
    """Let a thousand come due, and tick."""
    now = NOW + timedelta(days=n)
    await database.write(_come_due, n)
    began = time.perf_counter()
    await database.write(reminders.tick, now, ZONE)
    return time.perf_counter() - began


def _copy(tx: Connection, start: int, number: int) -> None:
    """As many more, made of the first ones by the database itself: that is quicker."""
    item, planned = control_items.c, rows.c
    shifted = {"id": item.id + start, "number": item.number + f".{start}"}
    _more(tx, control_items, shifted, item.id <= number)
    shifted = {"subject_id": planned.subject_id + start}
    _more(tx, rows, shifted, (planned.subject_id <= number) & (planned.rung == "0"))


def _more(
    tx: Connection, table: Table, changed: dict[str, Any], which: ColumnElement[bool]
) -> None:
    names = [one.name for one in table.c if one.name != "id" or "id" in changed]
    copied = select(*(changed.get(name, table.c[name]) for name in names)).where(which)
    tx.execute(insert(table).from_select(names, copied))


def _fill(tx: Connection, start: int, number: int) -> None:
    item = {"branch_id": world.SARYAGASH, "title_kk": "Т", "deadline": FAR, "state": "planned"}
    ids = range(start + 1, start + number + 1)
    tx.execute(
        insert(control_items),
        [{"id": n, "number": str(n), "executor_id": PEOPLE[n % 5], **item} for n in ids],
    )
    rung = {"subject": SUBJECT, "rung": "0", "deadline": FAR, "state": "planned"}
    tx.execute(
        insert(rows),
        [
            {
                "subject_id": n,
                "person_id": PEOPLE[n % 5],
                "due_at": NOW + timedelta(days=500, seconds=n),
                **rung,
            }
            for n in ids
        ],
    )


def _come_due(tx: Connection, n: int) -> None:
    due = {"subject": SUBJECT, "rung": f"-{n + 1}", "deadline": FAR, "state": "planned"}
    moment = NOW + timedelta(days=n) - timedelta(minutes=1)
    tx.execute(
        insert(rows),
        [
            {"subject_id": one + 1, "person_id": PEOPLE[one % 5], "due_at": moment, **due}
            for one in range(DUE)
        ],
    )


def _analyze(tx: Connection) -> None:
    tx.execute(text("ANALYZE"))
