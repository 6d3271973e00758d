"""(g) Search over 50,000 agenda items: what is found of what is known to be there, and how fast.

``python -m tests.benchmarks.search`` measures it alone.
"""

import asyncio
import sys
import tempfile
import time
import uuid
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

import asyncpg
from sqlalchemy import Connection, text

from storage import schema, search
from storage.database import Database
from tests.benchmarks import machine
from tests.benchmarks.report import Check, Section, quantile
from tests.conftest import POSTGRES, _sql, postgres_drop
from tests.storage.search_world import Query, Spoken, fill, queries

RECALL, SECONDS = 0.95, 0.050
TEN = 10  # hits that are looked at
ROUNDS = 5  # of all queries; the median of each counts


@dataclass(frozen=True)
class Sought:
    """What one query found on one engine."""

    query: Query
    recall: float  # the share of the answers, or of ten where there are more, among ten hits
    seconds: tuple[float, ...]


async def measure(folder: Path, items: int = 50_000) -> Section:
    """Fill a database of each engine and ask all queries."""
    section = Section(
        f"(g) Search over {items:,} agenda items",
        ("engine", "queries", "n", "recall@10", "p50", "p95"),
    )
    await _engine(section, "SQLite", f"sqlite+aiosqlite:///{folder}/search.db", items)
    name = f"buro_bench_{uuid.uuid4().hex[:12]}"
    try:
        await _sql(f'CREATE DATABASE "{name}"')
    except (OSError, asyncpg.PostgresError) as error:
        section.remarks.append(f"PostgreSQL does not answer: {error}")
        return section
    try:
        await _engine(section, "PostgreSQL", f"{POSTGRES}/{name}", items)
    finally:
        await postgres_drop(name)
    section.remarks.append(
        f"Milliseconds: p50 and p95 of the queries, of each the median of {ROUNDS} rounds. Through "
        "`Database.read`, as a handler asks."
    )
    return section


async def _engine(section: Section, engine: str, url: str, items: int) -> None:
    database = Database(url)
    try:
        await schema.migrate(database)
        spoken = await database.write(fill, items)
        await database.write(_settle)
        found = await sought(database, spoken)
        again = await _indexing(database, spoken)
    finally:
        await database.close()
    kinds = defaultdict(list)
    for each in found:
        kinds[each.query.kind].append(each)
    for kind, of_kind in [*kinds.items(), ("all", found)]:
        section.rows.append(_row(engine, kind, of_kind))
    recall = mean(each.recall for each in found)
    slow = quantile([median(each.seconds) for each in found], 0.95)
    section.checks += [
        Check(f"{engine}: recall@10 {recall:.3f}, at least {RECALL}", recall >= RECALL, exact=True),
        Check(f"{engine}: p95 {slow * 1000:.0f} ms, at most 50 ms", slow <= SECONDS),
    ]
    section.remarks.append(
        f"{engine}: a meeting of ten items is indexed anew in {again * 1000:.1f} ms (median)"
    )


def _row(engine: str, kind: str, found: list[Sought]) -> tuple[str, ...]:
    seconds = [median(each.seconds) * 1000 for each in found]
    recall = f"{mean(each.recall for each in found):.3f}"
    took = (f"{quantile(seconds, share):.1f}" for share in (0.5, 0.95))
    return engine, kind, str(len(found)), recall, *took


async def sought(database: Database, spoken: Spoken, rounds: int = ROUNDS) -> list[Sought]:
    """Ask all queries that have an answer, each ``rounds`` times."""
    asked = [(query, answers) for query in queries() if (answers := spoken.answers(query))]
    times: dict[Query, list[float]] = defaultdict(list)
    recalls = {}
    for _ in range(rounds):
        for query, answers in asked:
            began = time.perf_counter()
            hits = await database.read(search.find, spoken.member, query.text, "kk", TEN)
            times[query].append(time.perf_counter() - began)
            found = {(hit.meeting_id, hit.item_number) for hit in hits} & answers
            recalls[query] = len(found) / min(TEN, len(answers))
    return [Sought(query, recalls[query], tuple(times[query])) for query, _ in asked]


async def _indexing(database: Database, spoken: Spoken) -> float:
    meeting_ids = sorted({meeting_id for meeting_id, _ in spoken.of_items})[:50]
    times = []
    for meeting_id in meeting_ids:
        began = time.perf_counter()
        await database.write(search.index_meeting, meeting_id)
        times.append(time.perf_counter() - began)
    return quantile(times, 0.5)


def _settle(tx: Connection) -> None:
    """What the engines do by themselves in the course of a day."""
    tx.execute(text("ANALYZE"))


async def main() -> int:
    """Print the section; 1 when too little is found."""
    with tempfile.TemporaryDirectory(prefix="buro-bench-") as folder:
        section = await measure(Path(folder))
    sys.stdout.write("\n".join([*machine.lines(), *section.lines()]) + "\n")
    return int(any(check.exact and not check.met for check in section.checks))


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
