"""/health and /metrics: what a monitor reads, and what it must never read."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Connection, select, text

from bot.metrics import Metrics
from bot.settings import SettingsError
from bot.watching import Watching
from storage import heartbeat, inbox, outbox
from storage.clock import FrozenClock
from storage.database import Database
from storage.tables import people
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.logged import logged

CANARY, PHONE = "Канарейкина", "+77015550142"
ANY_PORT = ("127.0.0.1", 0)


@dataclass
class Watched:
    """A server that watches a database without a bot."""

    database: Database
    clock: FrozenClock
    metrics: Metrics
    hears: bool = True

    @asynccontextmanager
    async def served(self, address: tuple[str, int] = ANY_PORT) -> AsyncIterator[Watching]:
        watching = Watching(
            address, self.database, self.clock, ZONE, self.metrics, lambda: self.hears
        )
        await watching.start()
        try:
            yield watching
        finally:
            await watching.stop()

    async def health(self) -> tuple[int, dict[str, str]]:
        async with self.served() as watching:
            status, body = await got(f"{watching.url}/health")
        return status, json.loads(body)

    async def numbers(self) -> dict[tuple[str, ...], float]:
        async with self.served() as watching:
            status, body = await got(f"{watching.url}/metrics")
        assert status == 200
        return parsed(body)


async def got(url: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text()


def parsed(body: str) -> dict[tuple[str, ...], float]:
    """Sample name and label values → value."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(body)
        for sample in family.samples
    }


@pytest.fixture
async def watched(small_world: Database) -> Watched:
    await small_world.write(heartbeat.beat, heartbeat.TICK, NOW)
    return Watched(small_world, FrozenClock(NOW), Metrics())


async def test_all_is_well(watched: Watched) -> None:
    watched.clock.set(NOW + timedelta(minutes=5))
    assert await watched.health() == (200, {"database": "ok", "updates": "ok", "tick": "ok"})


async def test_it_says_which_part_is_ill(watched: Watched) -> None:
    watched.hears = False
    status, parts = await watched.health()
    assert (status, parts["database"], parts["tick"]) == (503, "ok", "ok")
    assert parts["updates"] == "Telegram is not heard"
    watched.hears = True
    watched.clock.set(NOW + timedelta(minutes=5, seconds=1))
    status, parts = await watched.health()
    assert (status, parts["updates"]) == (503, "ok")
    assert parts["tick"] == "did not come for five minutes"


async def test_without_the_database_it_still_answers(watched: Watched) -> None:
    await watched.database.write(lambda tx: tx.execute(text("DROP TABLE facts")))
    status, parts = await watched.health()
    assert (status, parts["database"]) == (503, "does not answer")
    async with watched.served() as watching:
        status, _ = await got(f"{watching.url}/metrics")
    assert status == 503


async def test_a_port_that_is_taken_is_named(watched: Watched) -> None:
    async with watched.served() as watching:
        port = int(watching.url.rsplit(":", 1)[1])
        with pytest.raises(SettingsError, match=f"METRICS_PORT: 127.0.0.1:{port} "):
            async with watched.served(("127.0.0.1", port)):
                pass


async def test_the_numbers_are_those_that_were_reported(watched: Watched) -> None:
    def waits(tx: Connection) -> None:
        inbox.keep(tx, [(1005, {"update_id": 1})], NOW - timedelta(seconds=40))
        outbox.put(tx, "due", "commands", 5, {}, NOW - timedelta(seconds=90))
        outbox.put(tx, "later", "commands", 5, {}, NOW, not_before=NOW + timedelta(days=1))

    await watched.database.write(waits)
    metrics = watched.metrics
    metrics.received(3)
    metrics.handled(0.2)
    metrics.failed()
    metrics.quarantined()
    for state in ("sent", "sent", "failed"):
        metrics.sent("broadcast_copy", state)
    metrics.flood(7)
    metrics.tick(1.5)
    metrics.requested("sendMessage", 0.3)
    found = await watched.numbers()
    assert found["buro_updates_received_total",] == 3
    assert found["buro_updates_failed_total",] == 1
    assert found["buro_updates_quarantined_total",] == 1
    assert found["buro_messages_total", "broadcast_copy", "sent"] == 2
    assert found["buro_messages_total", "broadcast_copy", "failed"] == 1
    assert (found["buro_floods_total",], found["buro_flood_seconds_total",]) == (1, 7)
    assert found["buro_tick_lag_seconds",] == 1.5
    assert found["buro_update_seconds_bucket", "0.1"] == 0
    assert found["buro_update_seconds_bucket", "0.25"] == 1
    assert found["buro_request_seconds_count", "sendMessage"] == 1
    assert (found["buro_inbox_waiting",], found["buro_inbox_age_seconds",]) == (1, 40)
    assert (found["buro_outbox_waiting",], found["buro_outbox_due",]) == (2, 1)
    assert found["buro_outbox_age_seconds",] == 90
    assert found["buro_should_be_zero", "quarantined"] == 0


# -- with the bot at work -----------------------------------------------------------------


@pytest.fixture
def log() -> Iterator[StringIO]:
    with logged("DEBUG", "json") as written:
        yield written


async def test_nothing_personal_is_counted_or_logged(log: StringIO, stage: Stage) -> None:
    deputy, member = stage.person(1003), stage.person(1005)
    await deputy.start()
    await member.start()
    await member.send(f"{CANARY} {PHONE}")
    await member.wait_answer()
    await deputy.send(f"/request {CANARY} {PHONE}: жарық жоқ")
    await deputy.wait_answer()
    # A fault in the middle of handling: its traceback must not tell what was written.
    await stage.database.write(lambda tx: tx.execute(text("DROP TABLE conversations")))
    await member.send(f"{CANARY} {PHONE}")
    for _ in range(200):
        if "an update failed" in log.getvalue():
            break
        await asyncio.sleep(0.05)
    metrics = stage.app.metrics
    watched = Watched(stage.database, FrozenClock(NOW), metrics)
    async with watched.served() as watching:
        _, body = await got(f"{watching.url}/metrics")
    said = log.getvalue()
    assert '"update_id"' in said, "a line can be traced to its update"
    names = select(people.c.name)
    known = await stage.database.read(lambda tx: list(tx.execute(names).scalars()))
    for secret in (CANARY, PHONE, PHONE[1:], "1003", "1005", *known):
        whole = re.compile(rf"(?<!\d){re.escape(secret)}(?!\d)")  # not a part of some duration
        assert not whole.search(said), f"{secret} in the log"
        assert not whole.search(body), f"{secret} in the metrics"
    found = parsed(body)
    assert found["buro_update_seconds_count",] >= 4
    assert found["buro_request_seconds_count", "sendMessage"] >= 4
    assert metrics.fetch_age < 60


async def test_telegrams_refusals_are_counted(stage: Stage) -> None:
    metrics = stage.app.metrics
    assert "buro_floods_total 0.0" in await _text(stage)
    order = {"kind": "429", "method": "sendMessage", "retry_after": 1}
    async with stage.session.post(f"{stage.telegram.url}/local/faults", json=order) as answer:
        assert answer.status == 200
    member = stage.person(1005)
    await member.start()
    for _ in range(100):
        if "buro_floods_total 1.0" in await _text(stage):
            break
        await asyncio.sleep(0.05)
    assert "buro_flood_seconds_total 1.0" in await _text(stage)
    assert metrics.fetch_age < 60


async def _text(stage: Stage) -> str:
    async with Watched(stage.database, FrozenClock(NOW), stage.app.metrics).served() as watching:
        return (await got(f"{watching.url}/metrics"))[1]
