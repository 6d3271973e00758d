"""The bot as it runs for real: killed, away for a while, stopped, on either engine."""

import asyncio
import signal
import time
import uuid
from collections.abc import AsyncIterator

import aiohttp
import asyncpg
import pytest

from bot.simulator import LocalTelegram
from bot.simulator.client import Person
from tests import conftest as databases
from tests.e2e.conftest import Launch
from tests.e2e.program import POLL, SLOW_START, Program, settings
from tests.e2e.tongue import DEPUTY, MEMBER, RUSSIAN_DEPUTY

RUNNING = "Buro is running"
LAMP = "Жылға ауылында көше шамы жанбайды, Абай көшесі 12"


async def running(launch: Launch, telegram: LocalTelegram, database_url: str) -> Program:
    program = launch("run", **settings(telegram.url, database_url))
    await asyncio.to_thread(program.wait_for, RUNNING)
    return program


async def stopped(program: Program, number: signal.Signals) -> int:
    return await asyncio.to_thread(program.stop, number, 10)


async def begun(telegram: LocalTelegram, session: aiohttp.ClientSession, who: int) -> Person:
    person = Person(session, telegram.url, who)
    await person.start()
    await person.wait_answer()
    return person


async def test_killed_in_the_middle_of_a_request_it_goes_on(
    launch: Launch, telegram: LocalTelegram, loaded: str, session: aiohttp.ClientSession
) -> None:
    program = await running(launch, telegram, loaded)
    member = await begun(telegram, session, MEMBER)
    await member.send("Келесі бюро қашан?")
    await member.wait_for("Күн тәртібінде: 6 мәселе")
    deputy = await begun(telegram, session, DEPUTY)
    await deputy.tap("📝 Өтініш тіркеу")
    await deputy.wait_for("(1/3)")
    await deputy.send(LAMP)
    step = await deputy.wait_for("(2/3)")

    await stopped(program, signal.SIGKILL)
    # Nobody is there; Telegram keeps what is written meanwhile.
    russian = Person(session, telegram.url, RUSSIAN_DEPUTY)
    await russian.start()
    await russian.send("Когда следующее бюро?")
    program = await running(launch, telegram, loaded)

    await russian.wait_for("Вопросов в повестке дня: 6")
    await deputy.tap("✓ Жарықтандыру", step)
    check = await deputy.wait_for("(3/3)")
    assert LAMP in check["text"]
    await deputy.tap("✅ Тіркеу", check)
    await deputy.wait_for("15 жұмыс күні қалды")

    await order(telegram, method="sendMessage", kind="stall", seconds=60)
    await member.send("/menu")
    await asyncio.to_thread(struck, telegram)  # and yet it stops in ten seconds
    assert await stopped(program, signal.SIGTERM) == 0
    program.assert_clean()


async def test_stopped_while_telegram_does_not_answer(
    launch: Launch, telegram: LocalTelegram, loaded: str
) -> None:
    await order(telegram, method="getMe", kind="stall", seconds=60)
    program = launch("run", **settings(telegram.url, loaded))
    await asyncio.to_thread(struck, telegram)

    assert await stopped(program, signal.SIGINT) == 0
    program.assert_clean()


async def test_a_token_taken_back_ends_it_with_one_line(
    launch: Launch, telegram: LocalTelegram, loaded: str, session: aiohttp.ClientSession
) -> None:
    program = await running(launch, telegram, loaded)
    telegram._api._token = "1000000001:AnotherTokenThatTheBotDoesNotKnow"
    await Person(session, telegram.url, MEMBER).start()  # lets the open long poll return

    assert await asyncio.to_thread(program.ended) == 1

    program.assert_clean()
    assert program.output.splitlines()[-1] == (
        "BOT_TOKEN is not accepted by Telegram: take the right one from @BotFather."
    )


@pytest.fixture
async def empty_postgres() -> AsyncIterator[str]:
    """The address of an empty PostgreSQL database."""
    name = f"buro_e2e_{uuid.uuid4().hex[:12]}"
    try:
        await databases._sql(f'CREATE DATABASE "{name}"')
    except (OSError, asyncpg.PostgresError) as error:
        if databases.POSTGRES_REQUIRED:
            raise
        pytest.skip(f"PostgreSQL does not answer: {error}")
    yield f"{databases.POSTGRES}/{name}"
    await databases._sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


async def test_on_postgresql_from_empty_to_answering(
    launch: Launch, telegram: LocalTelegram, empty_postgres: str, session: aiohttp.ClientSession
) -> None:
    given = settings(telegram.url, empty_postgres)
    for command, code, said in (
        ("run", 1, "Database: the database is empty: run `python -m bot migrate`."),
        ("load-demo", 0, "The demo data is loaded."),
        ("load-demo", 1, "The database is not empty: demo data goes into an empty one only."),
    ):
        program = launch(command, **given)
        assert await asyncio.to_thread(program.ended) == code, program.output
        assert program.output.splitlines() == [said]

    program = await running(launch, telegram, empty_postgres)
    member = await begun(telegram, session, MEMBER)
    await member.send("/next")
    await member.wait_for("Күн тәртібінде: 6 мәселе")
    assert await stopped(program, signal.SIGTERM) == 0
    program.assert_clean()


def struck(telegram: LocalTelegram) -> None:
    """Wait until the ordered fault has met its call."""
    end = time.monotonic() + SLOW_START
    while telegram.hub.faults.view():
        assert time.monotonic() < end
        time.sleep(POLL)


async def order(telegram: LocalTelegram, **fault: object) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{telegram.url}/local/faults", json=fault) as answer,
    ):
        assert answer.status == 200
