"""Buro as ``python -m bot run`` runs it, on a database that is ready.

With ``unpaced`` nothing limits how fast messages are delivered: the echo bots have no such limit.
"""

import asyncio
import contextlib
import signal
import sys

from bot import app, logs
from bot.delivery import pace
from bot.settings import load
from storage.clock import SystemClock


def lift_the_pace() -> None:
    """Let the courier send as fast as it can."""
    pace.OVERALL_PER_SECOND = pace.BULK_PER_SECOND = 1_000_000
    pace.CHAT_INTERVAL = 0.0


async def main() -> None:
    task = asyncio.create_task(_work())
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _work() -> None:
    settings = load()
    logs.configure(settings.log_level, settings.log_format)
    async with app.opened(settings, SystemClock()) as opened:
        await opened.run()


if __name__ == "__main__":
    if "unpaced" in sys.argv[1:]:
        lift_the_pace()
    asyncio.run(main())
