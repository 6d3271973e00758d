"""A storm of faults at Telegram: nothing is lost, and the limits are kept all the while."""

import asyncio
import random
import signal
from typing import Any

import aiohttp
import pytest

from tests.crash import checks
from tests.crash.chance import seeded, told
from tests.crash.ward import DEPUTIES, MEMBERS, Ward

pytestmark = pytest.mark.asyncio(loop_scope="module")

WAVES = 12
BLOCKED = MEMBERS[:3]  # have blocked the bot, as the storm has it
# Of what comes to pass with a message sent; with these nobody knows whether it arrived.
AMBIGUOUS = ("502html", "500", "reset_before", "reset_after", "truncated")


async def order(session: aiohttp.ClientSession, ward: Ward, **fault: Any) -> None:
    async with session.post(f"{ward.telegram.url}/local/faults", json=fault) as answer:
        assert (await answer.json())["ok"]


async def wave(session: aiohttp.ClientSession, ward: Ward, luck: random.Random) -> int:
    """Order some faults; return how many refusals for speed are among them."""
    floods = luck.randint(1, 4)
    for times, kind in ((floods, "429"), (1, "stall"), (1, luck.choice(AMBIGUOUS))):
        await order(
            session, ward, kind=kind, method="sendMessage", times=times, retry_after=1, seconds=0.7
        )
    # An answer that got lost: the same updates are delivered again.
    await order(session, ward, kind=luck.choice(("reset_after", "truncated")), method="getUpdates")
    return floods


async def test_a_storm(ward: Ward) -> None:
    luck = seeded()
    ward.unpaced = False
    ward.telegram.hub.limits.enabled = True
    floods = asked = 0
    async with aiohttp.ClientSession() as session:
        for who in BLOCKED:
            await order(session, ward, kind="403", method="sendMessage", chat=who, times=100)
        await ward.announce()
        await ward.bear()
        await ward.running()
        for number in range(WAVES):
            floods += await wave(session, ward, luck)
            for who in luck.sample(DEPUTIES, 3):
                ward.request(who)
            # Screens answer at once, beside the outbox: now a few, now a rush.
            rush = luck.choices(MEMBERS[3:], k=30 if number % 4 == 1 else 4)
            for who in rush:
                ward.ask(who)
            asked += len(rush)
            await asyncio.sleep(luck.uniform(0.8, 1.6))
        ward.life.signal(signal.SIGTERM)
        assert await ward.life.ended(15) == 0, ward.life.log
        left = [f for f in ward.telegram.hub.faults.view() if f["kind"] == "429"]
        floods -= sum(fault["times"] for fault in left)
        async with session.delete(f"{ward.telegram.url}/local/faults"):
            pass
        for who in BLOCKED:
            await order(session, ward, kind="403", method="sendMessage", chat=who, times=100)
        await ward.settle()
        async with session.get(f"{ward.telegram.url}/local/calls") as answer:
            calls = await answer.json()
    copies = checks.settled(ward, answers_lost=True)
    refused = [call for call in calls if call["error_code"] == 429]
    told(
        f"{ward.tally.updates} updates, {floods} floods on order, {len(refused)} refusals, {copies}"
    )
    shown = sum(ward.announced[0] not in p.text for p in ward.posts if p.chat_id in MEMBERS)
    assert shown > asked * 0.6, "a screen may be lost to a fault, most are shown"
    assert len(refused) == floods > 0, "each refusal was ordered: no limit was broken"
    failed = ward.rows(
        "SELECT DISTINCT p.telegram_id, o.reason FROM outbox o JOIN people p ON p.id = o.person_id"
        " WHERE o.state = 'failed'"
    )
    assert set(failed) <= {(who, "blocked") for who in BLOCKED}
    assert copies.extra <= WAVES
