"""``python -m bot.simulator``: a local Telegram by itself, for trying any bot against it."""

import argparse
import asyncio
import sys

from bot.simulator.server import LocalTelegram
from storage.clock import MovableClock

PEOPLE = ((1001, "Айгүл", "kk"), (1002, "Болат", "ru"), (1003, "Camila", "en"))
TOKEN = "1000000001:LOCAL-telegram-token"  # noqa: S105  nobody's: it opens nothing but this toy


def build(token: str, username: str) -> LocalTelegram:
    """Return a Telegram with three people and a group."""
    telegram = LocalTelegram(clock=MovableClock(), token=token, username=username, name=username)
    for number, name, language in PEOPLE:
        telegram.add_person(number, name, language_code=language, phone=f"+7701000{number}")
    telegram.add_group(-500, "Group", [number for number, _, _ in PEOPLE], bot_is_member=False)
    return telegram


async def _serve(arguments: argparse.Namespace) -> None:
    telegram = build(arguments.token, arguments.username)
    await telegram.start(arguments.host, arguments.port)
    sys.stdout.write(f"{telegram.url}  (Bot API: {telegram.url}/bot<token>/<method>)\n")
    sys.stdout.flush()
    try:
        await asyncio.Event().wait()
    finally:
        await telegram.stop()


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m bot.simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--username", default="local_bot")
    try:
        asyncio.run(_serve(parser.parse_args()))
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
