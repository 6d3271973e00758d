"""Sends one broadcast by a virtual clock; tells what it took, as one line of JSON.

The courier and its pace are the product's; the local Telegram enforces Telegram's limits by the
same clock. Usage: pacing DATABASE_URL FIRST_ID RECIPIENTS [faults]

With faults some chats meet one of their own (see ``faulty``), and somebody taps all the time.
"""

import asyncio
import json
import sys
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.enums import ParseMode
from sqlalchemy import Connection, func, select

from bot import logs
from bot.delivery.courier import Courier
from bot.delivery.pace import Limits
from bot.delivery.sender import Sender
from bot.delivery.turnstile import Turnstile
from bot.delivery.wire import Manner, Wire
from bot.simulator import LocalTelegram
from bot.simulator.api import BotApi
from storage import broadcasts
from storage.clock import SystemClock
from storage.people import actor_of
from storage.tables import broadcasts as table
from storage.tables import deliveries, people
from tests.benchmarks.bots.faulty import Faulty
from tests.benchmarks.in_process import InProcess
from tests.benchmarks.people import ZONE
from tests.benchmarks.telegram_process import TOKEN
from tests.benchmarks.virtual import VirtualLoop, WaitedFor

AUTHOR = 1002  # the demo's secretary of one branch
LOOK_EVERY = 0.05  # virtual seconds
ANSWER_EVERY = 0.25
ANSWERED = range(9_000_001, 9_000_021)  # who taps, one after the other


class LoopClock:
    """The loop's time as moments."""

    def __init__(self, loop: VirtualLoop) -> None:
        self._loop = loop
        # By day, whenever it is measured: at night nothing but what is urgent goes.
        self._begun = SystemClock().now().astimezone(ZONE).replace(hour=10)

    def now(self) -> datetime:
        return self._begun + timedelta(seconds=self._loop.time())


def _confirmed(tx: Connection, now: datetime) -> None:
    today = now.astimezone(ZONE).date()
    author = actor_of(tx, AUTHOR, today)
    assert author is not None
    branch = author.memberships[0].branch_id
    draft = broadcasts.draft(
        tx, author, branch, broadcasts.Content("Ертең 15:00-де жиналыс"), now, today
    )
    number, version = draft.broadcast.id, draft.broadcast.version
    broadcasts.confirm(tx, author, number, version, draft.audience.total, now, today)


def _finished(tx: Connection) -> bool:
    newest = select(table.c.state).order_by(table.c.id.desc()).limit(1)
    return bool(tx.execute(newest).scalar_one() == "finished")


def _states(tx: Connection, first: int) -> dict[str, int]:
    """How many copies to people from ``first`` on stand in each state."""
    newest = select(func.max(table.c.id)).scalar_subquery()  # the demo has one of its own
    query = (
        select(deliveries.c.state, func.count().label("number"))
        .join(people, people.c.id == deliveries.c.person_id)
        .where(deliveries.c.broadcast_id == newest, people.c.telegram_id >= first)
        .group_by(deliveries.c.state)
    )
    return {row.state: row.number for row in tx.execute(query)}


async def _answering(bot: Bot, loop: VirtualLoop, waits: list[float]) -> None:
    """Screens for people who tap, one after the other; how long each waited for its turn."""
    while True:
        for chat in ANSWERED:
            asked = loop.time()
            await bot.send_message(chat, "Келесі отырыс")
            waits.append(loop.time() - asked)
            await asyncio.sleep(ANSWER_EVERY)


async def main(
    loop: VirtualLoop, url: str, first: int, recipients: int, *, faults: bool = False
) -> None:
    clock = LoopClock(loop)
    telegram = LocalTelegram(clock=clock, token=TOKEN)
    chats = range(first, first + recipients)
    for person in (*range(1001, 1008), *chats, *ANSWERED):
        telegram.add_person(id=person, first_name="Name")
        telegram.hub.world.people[person].started = True
    telegram.hub.limits.enabled = True
    api = BotApi(telegram.hub, TOKEN)
    faulty = Faulty(api, chats, loop.time) if faults else None
    session = faulty or InProcess(api)
    bot = Bot(TOKEN, session=session, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    database = WaitedFor(url, loop)
    manner = Manner(ZONE, "bench_bot", "kk", holder="bench")
    wire = Wire(database, clock, manner)
    session.middleware(Turnstile(wire))
    courier = Courier(Sender(bot), wire)
    await database.write(_confirmed, clock.now())
    began = loop.time()
    running = asyncio.create_task(courier.run())
    waits: list[float] = []
    tapping = asyncio.create_task(_answering(bot, loop, waits)) if faults else None
    while not await database.read(_finished):
        for task in (running, tapping):
            if task is not None and task.done():
                task.result()
        await asyncio.sleep(LOOK_EVERY)
    seconds = loop.time() - began
    for task in (running, tapping):
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
    states = await database.read(_states, first if faults else 0)
    await database.close()
    found: dict[str, Any] = {
        "seconds": seconds,
        "least": states["sent"] / Limits().bulk,
        "delivered": states["sent"],
        "violations": session.refused.get(429, 0),
        "refused": session.refused,
    }
    if faulty is not None:
        copies = Counter(len(telegram.hub.world.chats[who].messages) for who in chats)
        found |= {
            "least": recipients / Limits().bulk,
            "asked": faulty.seconds_asked(),
            "struck": faulty.struck,
            "states": states,
            "copies": copies,
            "waits": sorted(waits),
        }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    logs.configure("WARNING", "text")
    virtual = VirtualLoop()
    asyncio.set_event_loop(virtual)
    at, begin, many, *more = sys.argv[1:]
    virtual.run_until_complete(main(virtual, at, int(begin), int(many), faults=bool(more)))
