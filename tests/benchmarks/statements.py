"""(f) How many SQL statements one update costs, for each main screen."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar
from unittest.mock import patch

import aiohttp
from pydantic import SecretStr
from sqlalchemy import Connection, Engine, event

from bot import app, logs
from bot.intake.workshop import Handled
from bot.settings import Settings
from bot.simulator import LocalTelegram
from bot.simulator.client import Person
from storage.clock import SystemClock
from storage.database import Database
from storage.inbox import Waiting
from tests.benchmarks import people
from tests.benchmarks.report import Check, Section
from tests.benchmarks.telegram_process import TOKEN

P = ParamSpec("P")
T = TypeVar("T")

MOST = 6
SECRETARY, DEPUTY, EXECUTOR = 1002, 1003, 1007

FIRST_BUTTON = "the first button of the screen before"

# Screen, who, what is written or tapped.
SCREENS = (
    ("/menu", DEPUTY, "/menu"),
    ("/next", DEPUTY, "/next"),
    ("/meetings", DEPUTY, "/meetings"),
    ("a meeting's card", DEPUTY, FIRST_BUTTON),
    ("/summary", DEPUTY, "/summary"),
    ("/requests", DEPUTY, "/requests"),
    ("a request's card", DEPUTY, FIRST_BUTTON),
    ("/roadmap", EXECUTOR, "/roadmap"),
    ("a roadmap item's card", EXECUTOR, FIRST_BUTTON),
    ("/broadcasts", SECRETARY, "/broadcasts"),
    ("a broadcast's preview", SECRETARY, FIRST_BUTTON),
)
# What changes something writes its effect, history, audit and message besides: told, not limited.
CHANGES = (
    ("/broadcast with a text: drafted", SECRETARY, "/broadcast Ертең жиналыс"),
    ("/request with a text: registered", DEPUTY, "/request Жылға ауылында көше шамы жанбайды"),
)

# The update that is being handled, where the statement was asked for; None: no update's business.
_handling: ContextVar[list[str] | None] = ContextVar("_handling", default=None)
_here = threading.local()


class Counted(Database):
    """A database that writes down the statements asked for on behalf of an update."""

    async def read(
        self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return await super().read(_noting(fn), *args, **kwargs)

    async def write(
        self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        return await super().write(_noting(fn), *args, **kwargs)


def _noting(fn: Callable[Concatenate[Connection, P], T]) -> Callable[Concatenate[Connection, P], T]:
    found = _handling.get()
    if found is None:
        return fn

    def noting(tx: Connection, /, *args: P.args, **kwargs: P.kwargs) -> T:
        _here.found = found
        try:
            return fn(tx, *args, **kwargs)
        finally:
            _here.found = None

    return noting


def _executed(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    found: list[str] | None = getattr(_here, "found", None)
    if found is not None:
        found.append(statement)


async def measure(folder: Path) -> Section:
    """Walk through the main screens and count."""
    logs.configure("WARNING", "text")
    path = folder / "statements.db"
    await people.made(path, [])
    counted: dict[str, list[str]] = {}
    event.listen(Engine, "before_cursor_execute", _executed)
    try:
        async with _stage(path) as (telegram, session, updates):
            for screen, who, what in (*CHANGES, *SCREENS):
                person = Person(session, telegram.url, who)
                updates.clear()
                await _act(person, what)
                counted[screen] = await _settled(updates)
    finally:
        event.remove(Engine, "before_cursor_execute", _executed)
    return _section(counted)


@asynccontextmanager
async def _stage(
    path: Path,
) -> AsyncIterator[tuple[LocalTelegram, aiohttp.ClientSession, list[list[str]]]]:
    telegram = LocalTelegram(clock=SystemClock(), token=TOKEN)
    for person in (SECRETARY, DEPUTY, EXECUTOR):
        telegram.add_person(id=person, first_name="Name")
        telegram.hub.world.people[person].started = True
    await telegram.start()
    settings = Settings.model_construct(
        bot_token=SecretStr(TOKEN),
        bot_api_url=telegram.url,
        database_url=people.url_of(path),
        data_dir=path.parent,
    )
    updates: list[list[str]] = []
    with patch.object(app, "Database", Counted):
        async with (
            app.opened(settings, SystemClock()) as opened,
            aiohttp.ClientSession() as session,
        ):
            _listen(opened, updates)
            running = asyncio.create_task(opened.run())
            try:
                yield telegram, session, updates
            finally:
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)
                await telegram.stop()


def _listen(opened: app.App, updates: list[list[str]]) -> None:
    """Add a list to ``updates`` for each update that is handled, whole when it is settled."""
    handle = opened.workshop._handle

    async def counting(waiting: Waiting, handled: Handled) -> None:
        found: list[str] = []
        token = _handling.set(found)
        try:
            await handle(waiting, handled)
        finally:
            _handling.reset(token)
        updates.append(found)

    opened.workshop._handle = counting


async def _act(person: Person, what: str) -> None:
    if what == FIRST_BUTTON:
        last = await person.last()
        await person.tap(person.labels(last)[0], last)
    else:
        await person.send(what)


async def _settled(updates: list[list[str]]) -> list[str]:
    for _ in range(1000):
        if updates:
            return updates[0]
        await asyncio.sleep(0.01)
    raise AssertionError("the update was not handled")


def _section(counted: dict[str, list[str]]) -> Section:
    section = Section(
        "(f) SQL statements for one update",
        ("screen", "reads", "writes", "of them on the inbox", "all"),
    )
    for screen in (name for name, _, _ in (*SCREENS, *CHANGES)):
        statements = counted[screen]
        reads = sum(statement.lstrip().startswith("SELECT") for statement in statements)
        inbox = sum("inbox" in statement for statement in statements)
        numbers = (reads, len(statements) - reads, inbox, len(statements))
        section.rows.append((screen, *(str(number) for number in numbers)))
    worst = max((screen for screen, _, _ in SCREENS), key=lambda screen: len(counted[screen]))
    most = len(counted[worst])
    section.checks.append(
        Check(
            f"the screen with the most: {most} ({worst}), at most {MOST}", most <= MOST, exact=True
        )
    )
    section.remarks.append(
        "Everything asked for between taking the update up and showing the screen, who it is and "
        "where they stand included; not BEGIN and COMMIT, nor what the inbox does for a batch. "
        "The limit is for screens; the two that change something are told for comparison."
    )
    return section
