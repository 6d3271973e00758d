"""A year of the demo's items against a brute-force walk: what is said, to whom, and when.

By itself it takes some of the items and three months; ``REMINDERS_YEAR=1`` asks for the demo's
items fifty times over and the whole year, on both engines.
"""

import os
import random
from collections import Counter
from datetime import date, datetime, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import Connection, select

from storage import outbox as queue
from storage import reminders, ticking
from storage.database import Database
from storage.roadmap import escalating, morning, weekly
from storage.tables import outbox
from tests.storage.year.happening import Year
from tests.storage.year.living import OUTAGES, live, secretaries
from tests.storage.year.reference import Said, Walk

WHOLE = bool(os.environ.get("REMINDERS_YEAR"))
COPIES, HOURS = (50, 366 * 24) if WHOLE else (4, 92 * 24)
SAID = ("roadmap_reminder", "reminder_digest")
Told = tuple[int, int, datetime]  # person, item, due


def ticking_by(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - a story, no secret


def kept(tx: Connection, *kinds: str) -> list[Any]:
    return list(tx.execute(select(outbox).where(outbox.c.kind.in_(kinds))))


def heard(tx: Connection, year: Year) -> Counter[Said]:
    """What the bot queued of the items, each apart."""
    said: Counter[Said] = Counter()
    for row in kept(tx, *SAID):
        for one in row.params.get("items", [row.params]):
            if one["subject"] == "roadmap_item" and one["item_id"] in year.items:
                due_at = datetime.fromisoformat(one["due_at"])
                said[row.created_at, row.person_id, one["item_id"], due_at] += 1
    return said


def above(tx: Connection, year: Year) -> Counter[tuple[int, int, int]]:
    """What was told a rung higher: item, days, person."""
    return Counter(
        (item, row.params["days"], row.person_id)
        for row in kept(tx, escalating.KIND)
        for item in row.params["items"]
        if item in year.items
    )


def daily(tx: Connection, kind: str) -> set[tuple[int, date]]:
    """Person and day of what comes by itself; the day stands in its key."""
    return {
        (row.person_id, date.fromisoformat(row.key.rsplit(":", 1)[1])) for row in kept(tx, kind)
    }


async def test_a_year(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue, "purge", lambda _tx, _now: 0)  # it is read at the end
    year = await database.write(live, COPIES, HOURS, ticking_by(1))
    walk = Walk(year)
    said = await database.read(heard, year)
    assert said == walk.said  # none missed, none more
    assert len(said) > (4000 if WHOLE else 200)
    assert max(said.values()) == 1
    who = await database.read(secretaries)
    expected = walk.escalated(who)
    told = await database.read(above, year)
    assert set(told) == expected
    assert told == walk.told_above
    assert await database.read(daily, weekly.KIND) == walk.weeks()
    assert await database.read(daily, morning.KIND) == walk.mornings(who)
    # A person hears once a tick, at the wished hour, by day and on a working day.
    rows = await database.read(kept, *SAID)
    assert max(Counter((row.created_at, row.person_id) for row in rows).values()) == 1
    for row in rows:
        assert row.not_before == walk.opens(row.person_id, row.created_at)
    # Late is what came after a standstill, or what the calendar moved into the past.
    gathered = [tick for tick in year.ticks if walk.gathers(tick)]
    stood = [after for before, after in pairwise(year.ticks) if after - before > timedelta(days=1)]
    gaps = {min(t for t in gathered if t >= after) for after in stood}
    moved = {min(t for t in gathered if t > since) for since, _ in year.calendars}
    late = {tick for tick, _, _, due_at in said if reminders.is_late(due_at, tick)}
    assert late <= gaps | moved
    assert gaps & late
    over = [start for start, length in OUTAGES if start + length < HOURS]
    assert len({row.key.split(":")[1] for row in await database.read(kept, ticking.DOWN)}) == len(
        over
    )


async def test_when_it_ticks_changes_nothing(database: Database) -> None:
    """Two lives through the same month, each with a tick at another minute of every hour."""
    lives: list[set[Told]] = []
    for seed in (1, 2):
        try:
            await database.write(partial(_rehearsed, lives, ticking_by(seed)))
        except _Over:
            continue
    assert lives[0] == lives[1]
    assert len(lives[0]) > 30


class _Over(Exception):
    """A life is over, and nothing of it is kept."""


def _rehearsed(lives: list[set[Told]], ticks: random.Random, tx: Connection) -> None:
    year = live(tx, 2, 31 * 24, ticks, steady=True)
    # The second life has other ids: a sequence of PostgreSQL is not rolled back.
    item_ids, said = list(year.items), heard(tx, year)
    people = sorted({person for _, person, _, _ in said})
    lives.append({(people.index(p), item_ids.index(i), due) for _, p, i, due in said})
    raise _Over
