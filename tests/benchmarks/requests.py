"""(h) Lists, cards and search over 10,000 and over 100,000 voters' requests, side by side.

``python -m tests.benchmarks.requests`` measures it alone.
"""

import asyncio
import random
import sys
import tempfile
import time
import uuid
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import asyncpg
from sqlalchemy import Connection, text

from storage import inquiries, requests, schema
from storage.database import Database
from storage.privacy import keys
from storage.requests import finding, linked, lists
from storage.requests.filters import FILTERS
from storage.rules.access import Actor
from tests.benchmarks import machine
from tests.benchmarks.report import Check, Section, quantile
from tests.conftest import NOW, POSTGRES, RING, _sql, postgres_drop
from tests.storage.requests.many import TODAY, Many, fill, keep_words
from tests.storage.requests.test_lists import narrowings

SECONDS, RATIO = 0.050, 1.3
ROUNDS = 5  # of everything; the median of each counts
PAGE = 9  # lines that a page reads: one more than it shows
DEEP = 400  # rows before a page far down
CARDS = 60
WORDS = ("көше шамы", "су", "жолда шұңқыр", "мусор", "қоқыс шығарылмайды", "света", "ипподром")

Ask = Callable[[], Awaitable[Any]]


@dataclass(frozen=True)
class World:
    """A database with so many requests, and who looks at them."""

    database: Database
    many: Many
    size: int

    def questions(self, kind: str) -> Iterator[Ask]:
        """Everything that is asked of one kind, in the same order for every world."""
        return {"list": self._lists, "card": self._cards, "search": self._searches}[kind]()

    def _lists(self) -> Iterator[Ask]:
        for actor in (self.many.deputy, self.many.secretary, self.many.region):
            for _, filters in narrowings(self.many):
                for which in FILTERS:
                    yield partial(self.database.read, _page, actor, which, 0, filters)
            yield partial(self.database.read, _page, actor, "closed", DEEP, lists.EVERY)

    def _cards(self) -> Iterator[Ask]:
        chance = random.Random(1)  # noqa: S311
        for _ in range(CARDS):
            one = chance.randrange(self.size) + 1
            yield partial(self.database.read, _card, self.many.region, one)

    def _searches(self) -> Iterator[Ask]:
        many = self.many
        typed = (many.number, "147", many.phone, many.name, many.name.split()[0], *WORDS)
        for actor in (many.deputy, many.secretary, many.region):
            for query in typed:
                yield partial(self.database.write, finding.find, actor, query, NOW)


def _page(tx: Connection, actor: Actor, which: str, offset: int, filters: Any) -> None:
    """As the list asks."""
    lists.counts(tx, actor, TODAY, filters)
    lists.listing(tx, actor, which, TODAY, offset, PAGE, filters)


def _card(tx: Connection, actor: Actor, request_id: int) -> None:
    """As the card asks."""
    request = requests.get(tx, actor, request_id)
    requests.last_said(tx, actor, request_id)
    inquiries.of_request(tx, actor, request_id)
    linked.ties(tx, request)


async def measure(folder: Path, sizes: tuple[int, int] = (10_000, 100_000)) -> Section:
    """Fill a small and a big database of each engine, and ask both in turns."""
    keys.use(RING)
    section = Section(
        f"(h) {sizes[0]:,} and {sizes[1]:,} voters' requests",
        ("engine", "what", "n", *(f"p50, p95 of {size:,}" for size in sizes), "ratio"),
    )
    await _engine(section, "SQLite", sizes, lambda size: _sqlite(folder, size))
    try:
        await _engine(section, "PostgreSQL", sizes, lambda _: _postgres())
    except (OSError, asyncpg.PostgresError) as error:
        section.remarks.append(f"PostgreSQL does not answer: {error}")
    section.remarks.append(
        f"Milliseconds; of each question the median of {ROUNDS} rounds, in which the two databases "
        "take turns. The ratio is that of all questions together. A list is its page with the "
        "three counts, for a deputy, a branch's and the region's secretary, by every filter."
    )
    return section


async def _engine(
    section: Section, engine: str, sizes: tuple[int, int], address: Callable[[int], Any]
) -> None:
    async with AsyncExitStack() as stack:
        worlds = [await _world(stack, address, size) for size in sizes]
        for kind in ("list", "card", "search"):
            small, big = await _times(worlds, kind)
            ratio = sum(big) / sum(small)
            told = (
                f"{quantile(t, 0.5) * 1e3:.1f}, {quantile(t, 0.95) * 1e3:.1f}" for t in (small, big)
            )
            section.rows.append((engine, kind, str(len(big)), *told, f"{ratio:.2f}"))
            slow = quantile(big, 0.95)
            what = f"{engine}, {kind}"
            section.checks += [
                Check(f"{what}: p95 {slow * 1e3:.0f} ms, at most 50 ms", slow <= SECONDS),
                Check(f"{what}: {ratio:.2f} times the small one, at most {RATIO}", ratio <= RATIO),
            ]


async def _times(worlds: list[World], kind: str) -> list[list[float]]:
    """For each world the median seconds of each question."""
    asked = [list(world.questions(kind)) for world in worlds]
    times: dict[tuple[int, int], list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        for n, pair in enumerate(zip(*asked, strict=True)):
            for world, ask in enumerate(pair):
                began = time.perf_counter()
                await ask()
                times[world, n].append(time.perf_counter() - began)
    return [[median(times[w, n]) for n in range(len(asked[w]))] for w in range(len(worlds))]


async def _world(stack: AsyncExitStack, address: Callable[[int], Any], size: int) -> World:
    url = await stack.enter_async_context(address(size))
    database = Database(url)
    stack.push_async_callback(database.close)
    await schema.migrate(database)
    many, found = await database.write(fill, size)
    if database.is_sqlite:
        await database.write(keep_words, found)
        await database.write(lambda tx: tx.execute(text("ANALYZE")))
    else:
        await _copied(url, found)
    return World(database, many, size)


async def _copied(url: str, found: list[tuple[int, int]]) -> None:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        columns = ("word", "request_id")
        await connection.copy_records_to_table("request_words", records=found, columns=columns)
        await connection.execute("VACUUM ANALYZE")  # as the server does by itself in time
    finally:
        await connection.close()


@asynccontextmanager
async def _sqlite(folder: Path, size: int) -> Any:
    yield f"sqlite+aiosqlite:///{folder}/requests_{size}.db"


@asynccontextmanager
async def _postgres() -> Any:
    name = f"buro_bench_{uuid.uuid4().hex[:12]}"
    await _sql(f'CREATE DATABASE "{name}"')
    try:
        yield f"{POSTGRES}/{name}"
    finally:
        await postgres_drop(name)


async def main() -> int:
    """Print the section."""
    with tempfile.TemporaryDirectory(prefix="buro-bench-") as folder:
        section = await measure(Path(folder))
    sys.stdout.write("\n".join([*machine.lines(), *section.lines()]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
