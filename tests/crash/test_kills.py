"""The real program, killed at named moments and at any: nothing is lost, nothing happens twice."""

import asyncio
import os
import random
import signal
from typing import Any

import pytest

from tests.crash import checks
from tests.crash.chance import seeded, told
from tests.crash.points import POINTS
from tests.crash.ward import DEPUTIES, MEMBERS, Ward

pytestmark = pytest.mark.asyncio(loop_scope="module")

ACCEPTED = "accepted by Telegram, not answered"
NAMES = (*POINTS, ACCEPTED)
ONCE_A_LIFE = ("owners entered, not committed", "lanes freed, not committed")
ON_POSTGRES = (
    "inbox committed",
    "lane claimed, not committed",
    "effect written, not committed",
    "effect committed",
    "taken for sending, not committed",
    "answered, before mark-sent",
    "mark-sent committed",
    ACCEPTED,
)
KILLS = int(os.environ.get("CRASH_KILLS", "30"))  # of the random run; CI asks for more
STEP = 60.0  # seconds by which the clock moves between two lives: leases and retries run out


async def killed_once(
    ward: Ward, name: str, nth: int, luck: random.Random, within: float | None = None
) -> None:
    """One life with people at work, that ends at the point, or after a moment anyhow."""
    for _ in range(luck.randint(1, 4)):
        ward.request(luck.choice(DEPUTIES))
    await ward.bear("" if name == ACCEPTED else name, nth)
    if name == ACCEPTED:
        ward.kill_at_post = nth
    traffic = asyncio.create_task(_traffic(ward, luck))
    try:
        await ward.killed(within or luck.uniform(0.2, 0.8), name)
    finally:
        traffic.cancel()
        await asyncio.gather(traffic, return_exceptions=True)
    ward.clock.ahead += STEP


async def _traffic(ward: Ward, luck: random.Random) -> None:
    for _ in range(8):
        await asyncio.sleep(luck.uniform(0.02, 0.1))
        if luck.random() < 0.7:
            ward.request(luck.choice(DEPUTIES))
        else:
            ward.ask(luck.choice(MEMBERS))


def report(ward: Ward, copies: checks.Copies) -> None:
    tally = ward.tally
    told(
        f"{tally.kills} kills, {tally.updates} updates, {copies.rows} messages: "
        f"{copies.sent} sent, {copies.uncertain} uncertain ({copies.uncertain_there} there), "
        f"{copies.extra} extra copies; {dict(tally.at_points)}"
    )


def on_engines() -> list[Any]:
    """Each moment on SQLite, those on which a transaction or a lane hangs on PostgreSQL too."""
    engines = [("sqlite", name) for name in NAMES] + [("postgres", name) for name in ON_POSTGRES]
    return [pytest.param(engine, name, id=f"{name}-{engine}") for engine, name in engines]


@pytest.mark.parametrize(("ledger", "name"), on_engines(), indirect=["ledger"])
async def test_killed_at_a_named_moment(ward: Ward, name: str) -> None:
    luck = seeded(name)
    await ward.announce()
    if name.startswith("left over"):
        await killed_once(ward, "before sending", 2, luck, within=3.0)
    for nth in (1, 1, 1) if name in ONCE_A_LIFE else (1, 2, 3):
        await killed_once(ward, name, nth, luck, within=3.0)
    await ward.settle()
    copies = checks.settled(ward)
    report(ward, copies)
    assert ward.tally.at_points[name], "the moment came"


@pytest.mark.parametrize("half", ["first half", "second half"])
async def test_killed_at_any_moment(ward: Ward, half: str) -> None:
    """At Telegram's pace, as in earnest; in two halves, for two workers."""
    ward.unpaced = False
    luck = seeded()
    for number in range(KILLS // 2):
        if number % 12 == 5:
            await ward.announce()
        name = luck.choice(NAMES)
        await killed_once(ward, name, luck.randint(1, 6), luck)
        if number % 45 == 44:
            await ward.settle()
    await ward.settle()
    copies = checks.settled(ward)
    report(ward, copies)
    assert copies.extra <= ward.tally.kills


async def test_stopped_by_sigterm_nothing_comes_twice(ward: Ward) -> None:
    luck = seeded()
    for number in range(12):
        if number % 6 == 2:
            await ward.announce()
        ward.request(luck.choice(DEPUTIES))
        await ward.bear()
        traffic = asyncio.create_task(_traffic(ward, luck))
        await ward.running()
        await asyncio.sleep(luck.uniform(0.0, 1.0))
        ward.life.signal(signal.SIGTERM)
        assert await ward.life.ended(10) == 0, ward.life.log
        traffic.cancel()
        await asyncio.gather(traffic, return_exceptions=True)
        assert not ward.rows("SELECT id FROM outbox WHERE state = 'sending'")
        ward.clock.ahead += STEP
    await ward.settle()
    copies = checks.settled(ward)
    report(ward, copies)
    assert (copies.extra, copies.uncertain) == (0, 0)
