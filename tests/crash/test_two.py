"""Two processes on one PostgreSQL database: either is killed, the other goes on."""

import asyncio
import random
import signal
import time

import pytest

from bot.lease import LASTS, RENEWED_SECONDS
from tests.crash import checks
from tests.crash.chance import seeded, told
from tests.crash.lives import Life
from tests.crash.test_kills import report
from tests.crash.ward import DEPUTIES, MEMBERS, Ward

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.parametrize("ledger", ["postgres"], indirect=True),
]

KILLS = 9
TAKES_OVER_WITHIN = LASTS.total_seconds() + RENEWED_SECONDS
SLACK = 3.0  # seconds for a machine that is busy with other tests


def sender(ward: Ward) -> str | None:
    """Who has the pace: the name of a process, dead or alive."""
    found = ward.rows("SELECT holder FROM leases WHERE name = 'pace'")
    return str(found[0][0]) if found else None


async def taken_over(ward: Ward, survivor: Life) -> float:
    """Wait until ``survivor`` has the pace; return the seconds since now."""
    began = time.monotonic()
    await survivor.until(lambda: sender(ward) == survivor.holder)
    return time.monotonic() - began


async def traffic(ward: Ward, luck: random.Random) -> None:
    for number in range(10_000):
        await asyncio.sleep(luck.uniform(0.05, 0.25))
        if number % 60 == 20:
            await ward.announce()
        if luck.random() < 0.7:
            ward.request(luck.choice(DEPUTIES))
        else:
            ward.ask(luck.choice(MEMBERS))


async def test_one_of_two_is_killed_again_and_again(ward: Ward, second_life: Life) -> None:
    luck = seeded()
    ward.unpaced = False
    lives = [ward.life, second_life]
    for life in lives:
        await ward.bear(life=life)
        await life.until(life.is_running)
    writing = asyncio.create_task(traffic(ward, luck))
    waits = []
    for number in range(KILLS):
        await asyncio.sleep(luck.uniform(0.3, 2.5))
        luck.shuffle(lives)
        if number % 3 == 0:  # for certain the one that sends
            lives.sort(key=lambda life: life.holder != sender(ward))
        victim, survivor = lives
        had_the_pace = sender(ward) == victim.holder
        assert await victim.ended(0) == -signal.SIGKILL, victim.log
        ward.tally.kills += 1
        ward.tally.at_points["the one that sends" if had_the_pace else "the other one"] += 1
        if had_the_pace:
            ward.look_at_the_dead()
            waits.append(await taken_over(ward, survivor))
        await ward.bear(life=victim)
        await victim.until(victim.is_running)
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    for life in lives:
        life.signal(signal.SIGTERM)
        assert await life.ended(15) == 0, life.log
    ward.clock.ahead += 60  # lanes and retries of the dead run out
    await ward.settle()
    copies = checks.settled(ward)
    report(ward, copies)
    told(f"taken over after {', '.join(f'{wait:.1f}' for wait in waits)} s")
    assert waits, "the one that sends was among those killed"
    assert max(waits) <= TAKES_OVER_WITHIN + SLACK
    assert copies.extra <= len(waits)


async def test_both_work_and_one_stops_in_order(ward: Ward, second_life: Life) -> None:
    """An orderly stop gives everything back: the other one sends at once, nothing comes twice."""
    luck = seeded()
    lives = [ward.life, second_life]
    for life in lives:
        await ward.bear(life=life)
        await life.until(life.is_running)
    writing = asyncio.create_task(traffic(ward, luck))
    worked: set[str] = set()
    waits = []
    for _ in range(4):
        end = time.monotonic() + luck.uniform(0.5, 1.5)
        while time.monotonic() < end:
            held = ward.rows("SELECT holder FROM lanes WHERE holder IS NOT NULL")
            worked |= {str(holder).split("-")[0] for (holder,) in held}
            await asyncio.sleep(0.02)
        victim, survivor = sorted(lives, key=lambda life: life.holder != sender(ward))
        victim.signal(signal.SIGTERM)
        assert await victim.ended(15) == 0, victim.log
        waits.append(await taken_over(ward, survivor))
        await ward.bear(life=victim)
        await victim.until(victim.is_running)
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    for life in lives:
        life.signal(signal.SIGTERM)
        assert await life.ended(15) == 0, life.log
    ward.clock.ahead += 60
    await ward.settle()
    copies = checks.settled(ward)
    report(ward, copies)
    assert worked == {"first", "second"}, "the work was shared"
    assert max(waits) <= RENEWED_SECONDS + SLACK
    assert (copies.extra, copies.uncertain) == (0, 0)
