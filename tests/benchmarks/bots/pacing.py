"""Sends one broadcast by a virtual clock; tells what it took, as one line of JSON.

The courier and its pace are the product's; the local Telegram enforces Telegram's limits by the
same clock. Usage: pacing DATABASE_URL FIRST_ID RECIPIENTS
"""

import asyncio
import json
import sys
from datetime import datetime, timedelta

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.enums import ParseMode
from sqlalchemy import Connection, func, select

from bot import logs
from bot.delivery.courier import Courier
from bot.delivery.pace import Limits
from bot.delivery.sender import Sender
from bot.delivery.wire import Manner, Wire
from bot.simulator import LocalTelegram
from bot.simulator.api import BotApi
from storage import broadcasts
from storage.clock import SystemClock
from storage.people import actor_of
from storage.tables import broadcasts as table
from storage.tables import deliveries
from tests.benchmarks.in_process import InProcess
from tests.benchmarks.people import ZONE
from tests.benchmarks.telegram_process import TOKEN
from tests.benchmarks.virtual import VirtualLoop, WaitedFor

AUTHOR = 1002  # the demo's secretary of one branch
LOOK_EVERY = 0.05  # virtual seconds


class LoopClock:
    """The loop's time as moments."""

    def __init__(self, loop: VirtualLoop) -> None:
        self._loop = loop
        self._begun = SystemClock().now()

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


def _delivered(tx: Connection) -> int:
    newest = select(func.max(table.c.id)).scalar_subquery()  # the demo has one of its own
    query = select(func.count()).where(
        deliveries.c.state == "sent", deliveries.c.broadcast_id == newest
    )
    return tx.execute(query).scalar_one()


async def main(loop: VirtualLoop, url: str, first: int, recipients: int) -> None:
    clock = LoopClock(loop)
    telegram = LocalTelegram(clock=clock, token=TOKEN)
    for person in (*range(1001, 1008), *range(first, first + recipients)):
        telegram.add_person(id=person, first_name="Name")
        telegram.hub.world.people[person].started = True
    telegram.hub.limits.enabled = True
    session = InProcess(BotApi(telegram.hub, TOKEN))
    bot = Bot(TOKEN, session=session, default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    database = WaitedFor(url, loop)
    manner = Manner(ZONE, "bench_bot", "kk", holder="bench")
    courier = Courier(Sender(bot), Wire(database, clock, manner))
    await database.write(_confirmed, clock.now())
    began = loop.time()
    running = asyncio.create_task(courier.run())
    while not await database.read(_finished):
        if running.done():
            running.result()
        await asyncio.sleep(LOOK_EVERY)
    seconds = loop.time() - began
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    delivered = await database.read(_delivered)
    await database.close()
    found = {
        "seconds": seconds,
        "least": delivered / Limits().bulk,
        "delivered": delivered,
        "violations": session.refused.get(429, 0),
        "refused": session.refused,
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    logs.configure("WARNING", "text")
    virtual = VirtualLoop()
    asyncio.set_event_loop(virtual)
    virtual.run_until_complete(main(virtual, sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
