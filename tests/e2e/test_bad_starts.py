"""What stands in the way of a start is told in one line, with exit code 1 and no token."""

import asyncio
import socket
import sqlite3
from pathlib import Path

import pytest

from bot.simulator import LocalTelegram
from tests.e2e.conftest import Launch
from tests.e2e.program import SECRET, Program, settings

NOBODY = "http://127.0.0.1:9"  # nothing listens on the port "discard"


def told(program: Program) -> str:
    """The one line a failed start ends with."""
    assert program.ended() == 1, program.output
    assert SECRET not in program.output
    lines = program.output.splitlines()
    assert len(lines) == 1, program.output
    return lines[0]


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'buro.db'}"


def test_no_token(launch: Launch, sqlite_url: str) -> None:
    line = told(launch("run", DATABASE_URL=sqlite_url))
    assert line.startswith("BOT_TOKEN is missing; for example: BOT_TOKEN=")


async def test_a_token_that_telegram_does_not_know(
    launch: Launch, telegram: LocalTelegram, sqlite_url: str
) -> None:
    given = {**settings(telegram.url, sqlite_url), "BOT_TOKEN": f"1000000002:{SECRET}"}
    line = await asyncio.to_thread(told, launch("run", **given))
    assert line == "BOT_TOKEN is not accepted by Telegram: take the right one from @BotFather."


def test_no_network(launch: Launch, sqlite_url: str) -> None:
    line = told(launch("run", **settings(NOBODY, sqlite_url)))
    assert line == (
        "Telegram does not answer (TelegramNetworkError): check network and BOT_API_URL."
    )


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("mysql://root@localhost/buro", "DATABASE_URL is neither sqlite+aiosqlite:///"),
        ("postgresql+asyncpg://me@127.0.0.1:9/buro", "Database: [Errno 111]"),
        ("sqlite+aiosqlite:////", "Database: unable to open database file. Check DATABASE_URL."),
    ],
)
def test_a_wrong_database_url(launch: Launch, address: str, expected: str) -> None:
    assert told(launch("migrate", **settings(NOBODY, address))).startswith(expected)


def test_a_file_that_is_no_database(launch: Launch, tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Құрметті әріптестер! " * 100, encoding="utf-8")
    line = told(launch("run", **settings(NOBODY, f"sqlite+aiosqlite:///{path}")))
    assert line == "Database: file is not a database. Check DATABASE_URL."


def test_a_database_of_a_newer_program(
    launch: Launch, migrated_sqlite: Path, sqlite_url: str
) -> None:
    path = Path(sqlite_url.partition("///")[2])
    path.write_bytes(migrated_sqlite.read_bytes())
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'ffffffffffff'")
    connection.close()
    line = told(launch("run", **settings(NOBODY, sqlite_url)))
    assert line == ("Database: the database is newer than the program: install the newer program.")


def test_a_database_that_another_program_holds(
    launch: Launch, migrated_sqlite: Path, sqlite_url: str
) -> None:
    path = Path(sqlite_url.partition("///")[2])
    path.write_bytes(migrated_sqlite.read_bytes())
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    line = told(launch("run", **settings(NOBODY, sqlite_url)))
    holder.close()
    assert line == "Database: it is locked by another program; stop that one first."


def test_the_demo_on_a_port_in_use(launch: Launch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        line = told(launch("demo", "--no-browser", "--port", str(port)))
    assert line == f"Port {port} is in use: choose another one with --port."


def test_demo_data_into_a_database_in_use(launch: Launch, loaded: str) -> None:
    line = told(launch("load-demo", **settings(NOBODY, loaded)))
    assert line == "The database is not empty: demo data goes into an empty one only."


def test_check_says_of_each_part_what_to_do(launch: Launch, loaded: str) -> None:
    program = launch("check", **settings(NOBODY, loaded))
    assert program.ended() == 1
    assert SECRET not in program.output
    assert program.output.splitlines() == [
        "settings: ok",
        "database: ok",
        "data keys: ok",
        "owners: ok",
        "zone data: ok",
        "catalogues: ok",
        "telegram: does not answer (TelegramNetworkError): check network and BOT_API_URL",
    ]
