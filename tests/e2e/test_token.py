"""The token is told to nobody: not in the output, however loud, and not in the process list."""

import asyncio
import contextlib
import signal

import aiohttp

from bot.simulator import LocalTelegram
from bot.simulator.client import Person
from tests.e2e.conftest import Launch
from tests.e2e.program import SECRET, settings
from tests.e2e.tongue import MEMBER

FAULTS = (
    ("getUpdates", "reset_before"),
    ("getUpdates", "502html"),
    ("getUpdates", "truncated"),
    ("sendMessage", "reset_before"),
    ("sendMessage", "500"),
    ("answerCallbackQuery", "truncated"),
)


async def test_through_every_kind_of_trouble_at_the_loudest(
    launch: Launch, telegram: LocalTelegram, loaded: str, session: aiohttp.ClientSession
) -> None:
    loud = {**settings(telegram.url, loaded), "LOG_LEVEL": "DEBUG", "PYTHONASYNCIODEBUG": "1"}
    program = launch("run", **loud)
    await asyncio.to_thread(program.wait_for, "Buro is running")
    assert SECRET not in program.command_line()
    for method, kind in FAULTS:
        fault = {"method": method, "kind": kind}
        async with session.post(f"{telegram.url}/local/faults", json=fault) as answer:
            assert answer.status == 200

    member = Person(session, telegram.url, MEMBER)
    await presses_start_until_it_answers(member)
    await member.tap("🗓 Келесі отырыс")
    await member.wait_for("Күн тәртібінде: 6 мәселе", timeout=60)
    assert not telegram.hub.faults.view(), "every fault struck"

    url = telegram.url
    await telegram.stop()  # nobody listens any more
    await asyncio.to_thread(program.wait_for, r"ClientConnector\w*|TelegramNetworkError")
    assert await asyncio.to_thread(program.stop, signal.SIGTERM, 10) == 0
    assert SECRET not in program.output, url


async def presses_start_until_it_answers(member: Person) -> None:
    """A screen may get lost on a bad line: at night nothing else is on the way to be lost."""
    for _ in FAULTS:
        await member.start()
        with contextlib.suppress(AssertionError):
            await member.wait_for("Мәзір", timeout=15)
            return
    await member.wait_for("Мәзір", timeout=15)
