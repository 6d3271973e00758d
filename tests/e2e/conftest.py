"""Fixtures: real processes, and the phones of the people who talk to them."""

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import aiohttp
import pytest

from bot.simulator import LocalTelegram
from bot.simulator.client import Person
from storage.clock import SystemClock
from storage.demo import PEOPLE
from tests.conftest import lay_keys
from tests.e2e.program import TOKEN, Program

ADDRESS = r"http://127\.0\.0\.1:\d+"
Phone = Callable[[int], Person]
Launch = Callable[..., Program]


@pytest.fixture
def launch(tmp_path: Path) -> Iterator[Launch]:
    """Start ``python -m bot …`` in a folder of the test; all are gone when it ends."""
    programs: list[Program] = []
    lay_keys(tmp_path / "place" / "var")

    def start(*arguments: str, **settings: str) -> Program:
        programs.append(Program(tmp_path / "place", *arguments, **settings))
        return programs[-1]

    yield start
    for program in programs:
        program.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo that all stories share which neither move the clock nor count."""
    yield from _demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def own_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo for the stories of one file."""
    yield from _demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def fresh_demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo for one story: nobody has been reminded or has answered there."""
    yield from _demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def phone(demo: str, session: aiohttp.ClientSession) -> Phone:
    """The phone of the person with a Telegram id, in the shared demo."""
    return lambda who: Person(session, demo, who)


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    """A local Telegram that outlives the bot."""
    local = LocalTelegram(clock=SystemClock(), token=TOKEN, username="buro_test_bot", name="Buro")
    for person in PEOPLE:
        local.add_person(
            id=person.telegram_id, first_name=person.name, language_code=person.language
        )
    await local.start()
    yield local
    await local.stop()


@pytest.fixture
def loaded(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an SQLite database of its own with the demo data."""
    template: Path = request.getfixturevalue("loaded_template")
    copy = tmp_path / "buro.db"
    copy.write_bytes(template.read_bytes())
    return f"sqlite+aiosqlite:///{copy}"


@pytest.fixture(scope="session")
def loaded_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("loaded")
    path = folder / "buro.db"
    lay_keys(folder / "var")
    program = Program(
        folder, "load-demo", BOT_TOKEN=TOKEN, DATABASE_URL=f"sqlite+aiosqlite:///{path}"
    )
    try:
        assert program.ended() == 0, program.output
        assert program.output == "The demo data is loaded.\n"
    finally:
        program.close()
    return path


def _demo(folder: Path) -> Iterator[str]:
    program = Program(folder, "demo", "--port", "0", "--no-browser")
    try:
        yield program.wait_for(ADDRESS)[0]
        # That it ends quickly is held elsewhere, of the program alone.
        assert program.stop(seconds=60) == 0
        program.assert_clean()
    finally:
        program.close()
