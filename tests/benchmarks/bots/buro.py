"""Buro as ``python -m bot run`` runs it, on a database that is ready.

With ``unpaced`` nothing limits how fast messages are delivered: the echo bots have no such limit.
"""

import asyncio
import contextlib
import signal
import sys

from bot import app, logs, tuning
from bot.delivery.pace import UNLIMITED, Pace
from bot.settings import load
from storage.clock import SystemClock


async def main(pace: Pace) -> None:
    task = asyncio.create_task(_work(pace))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _work(pace: Pace) -> None:
    settings = load()
    logs.configure(settings.log_level, settings.log_format)
    async with app.opened(settings, SystemClock(), pace=pace) as opened:
        tuning.settle_in()
        await opened.run()


if __name__ == "__main__":
    asyncio.run(main(Pace(UNLIMITED) if "unpaced" in sys.argv[1:] else Pace()))
