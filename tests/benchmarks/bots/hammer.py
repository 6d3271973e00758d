"""No bot at all: sends as fast as it can, to see how much the local Telegram takes.

Usage: hammer MESSAGES CHATS
"""

import asyncio
import os
import sys

import aiohttp

from tests.benchmarks.people import FIRST

AT_ONCE = 32


async def main(messages: int, chats: int) -> None:
    url = f"{os.environ['BOT_API_URL']}/bot{os.environ['BOT_TOKEN']}"
    numbers = iter(range(messages))
    async with aiohttp.ClientSession() as session:
        # Counting begins with the first poll, as for a bot.
        await session.post(f"{url}/getUpdates", data={"timeout": "0"})

        async def send() -> None:
            for number in numbers:
                fields = {"chat_id": str(FIRST + number % chats), "text": f"hello {number}"}
                async with session.post(f"{url}/sendMessage", data=fields) as answer:
                    await answer.read()

        await asyncio.gather(*(send() for _ in range(AT_ONCE)))
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
