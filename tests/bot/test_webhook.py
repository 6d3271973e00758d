"""The webhook: only Telegram gets in, and 200 means that the update is on disk."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from bot.intake.keeper import Keeper
from bot.intake.raw import ALLOWED_UPDATES
from bot.intake.webhook import SECRET_HEADER, Address, Webhook
from bot.settings import SettingsError
from storage import inbox
from storage.clock import FrozenClock
from storage.database import Database
from tests.bot.doubles import Json, inbox_states, message, until
from tests.conftest import NOW
from tests.handlers.conftest import Stage

SECRET = "0123456789abcdef_of-the-tests"
HERE = Address("https://buro.example/hook", SECRET, "127.0.0.1", 0)


class FakeBot:
    """Notes what Telegram is told."""

    def __init__(self) -> None:
        self.told: list[Json] = []

    async def set_webhook(self, url: str, **options: Any) -> None:
        self.told.append({"url": url, **options})


class Gate:
    """A webhook that listens, and whoever knocks."""

    def __init__(self, webhook: Webhook, session: aiohttp.ClientSession) -> None:
        self._webhook = webhook
        self._session = session

    async def post(self, body: bytes | Json, *secrets: str, path: str = "hook") -> int:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = [(SECRET_HEADER, secret) for secret in secrets]
        url = f"http://127.0.0.1:{self._webhook.port}/{path}"
        async with self._session.post(url, data=io.BytesIO(data), headers=headers) as answer:
            return answer.status


@asynccontextmanager
async def listening(
    database: Database, kept: Callable[[int], None] = lambda _n: None
) -> AsyncIterator[Gate]:
    keeper = Keeper(database, FrozenClock(NOW), kept)
    webhook = Webhook(FakeBot(), keeper, HERE)  # type: ignore[arg-type]
    await webhook.start()
    async with aiohttp.ClientSession() as session:
        yield Gate(webhook, session)
    await webhook.stop()


@pytest.fixture
async def gate(small_world: Database) -> AsyncIterator[Gate]:
    async with listening(small_world) as opened:
        yield opened


async def test_an_update_is_on_disk_when_telegram_hears_200(
    gate: Gate, small_world: Database
) -> None:
    assert await gate.post(message(7), SECRET) == 200
    assert await inbox_states(small_world) == {7: "new"}


async def test_it_says_200_only_after_the_commit(small_world: Database) -> None:
    may_commit, asked = asyncio.Event(), asyncio.Event()
    real = small_world.write

    async def slow(fn: Any, *args: Any, **kwargs: Any) -> Any:
        asked.set()
        await may_commit.wait()
        return await real(fn, *args, **kwargs)

    async with listening(small_world) as gate:
        small_world.write = slow  # type: ignore[method-assign]
        knocking = asyncio.create_task(gate.post(message(7), SECRET))
        await asked.wait()
        await asyncio.sleep(0.1)
        assert not knocking.done()
        may_commit.set()
        assert await knocking == 200


async def test_what_could_not_be_kept_is_not_acknowledged(
    small_world: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any) -> None:
        raise OSError("disk is full")

    async with listening(small_world) as gate:
        with monkeypatch.context() as patch:
            patch.setattr(inbox, "keep", full)
            assert await gate.post(message(7), SECRET) == 500, "Telegram tries again"
        assert await gate.post(message(7), SECRET) == 200


async def test_the_same_update_twice_is_kept_once(small_world: Database) -> None:
    kept: list[int] = []
    async with listening(small_world, kept.append) as gate:
        statuses = await asyncio.gather(*(gate.post(message(7), SECRET) for _ in range(5)))
    assert statuses == [200] * 5
    assert await inbox_states(small_world) == {7: "new"}


@pytest.mark.parametrize(
    "secrets",
    [
        (),
        ("",),
        (SECRET[:-1],),
        (SECRET + "x",),
        (SECRET.upper(),),
        (f" {SECRET} x",),
        ("қҰпия-сөз-қҰпия-сөз",),
        (SECRET, SECRET),
        (SECRET, "other"),
        ("other", SECRET),
    ],
)
async def test_whoever_does_not_show_the_secret_changes_nothing(
    gate: Gate, small_world: Database, secrets: tuple[str, ...]
) -> None:
    assert await gate.post(message(7), *secrets) == 401
    assert await gate.post(b"x" * 2_000_000, *secrets) in (401, 413)
    assert await inbox_states(small_world) == {}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hm",
        b"\xff\xfe\x00",
        b"null",
        b"7",
        b"[" * 100_000,
        b'[{"update_id": 7}]',
        b"{}",
        b'{"update_id": null}',
        b'{"update_id": "7"}',
        b'{"update_id": 7.5}',
        b'{"update_id": true}',
        b'{"update_id": -1}',
        b'{"update_id": 9223372036854775808}',
        b'{"update_id": ' + b"9" * 5000 + b"}",
        b'{"update_id": 1e400}',
        b'{"update_id": NaN}',
    ],
    ids=range(17),
)
async def test_what_is_no_update_is_refused(gate: Gate, small_world: Database, body: bytes) -> None:
    assert await gate.post(body, SECRET) == 400
    assert await inbox_states(small_world) == {}
    assert await gate.post(message(8), SECRET) == 200, "and nobody else is held up"


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 2**63 - 1},
        {"update_id": 0, "message": {"chat": {"id": 10**30}, "text": "hm"}},
        {"update_id": 1, "message": {"text": "\ud800 \x00"}},
    ],
    ids=["the last number", "a chat beyond all bounds", "half a letter"],
)
async def test_odd_updates_are_kept_all_the_same(
    gate: Gate, small_world: Database, update: Json
) -> None:
    assert await gate.post(update, SECRET) == 200
    assert list(await inbox_states(small_world)) == [update["update_id"]]


async def test_two_megabytes_are_too_much(gate: Gate, small_world: Database) -> None:
    assert await gate.post(message(7, text="x" * 2_000_000), SECRET) == 413
    assert await gate.post(message(7, text="x" * 100_000), SECRET) == 200


async def test_any_path_will_do_and_other_methods_do_not(gate: Gate) -> None:
    assert await gate.post(message(7), SECRET, path="") == 200
    assert await gate.post(message(8), SECRET, path="a/b") == 200
    url = f"http://127.0.0.1:{gate._webhook.port}/hook"
    async with gate._session.get(url, headers={SECRET_HEADER: SECRET}) as answer:
        assert answer.status == 405


async def test_telegram_is_told_where_and_with_which_secret(small_world: Database) -> None:
    bot = FakeBot()
    webhook = Webhook(bot, Keeper(small_world, FrozenClock(NOW), lambda _n: None), HERE)  # type: ignore[arg-type]
    await webhook.start()
    assert bot.told == [
        {
            "url": HERE.url,
            "secret_token": SECRET,
            "allowed_updates": ALLOWED_UPDATES,
            "drop_pending_updates": False,
        }
    ]
    taken = replace(HERE, port=webhook.port)
    other = Webhook(bot, webhook._keeper, taken)  # type: ignore[arg-type]
    with pytest.raises(SettingsError, match="WEBHOOK_PORT"):
        await other.start()
    assert len(bot.told) == 1, "whoever cannot listen says nothing"
    await webhook.stop()


async def test_the_local_telegram_delivers_to_it(stage: Stage) -> None:
    """The bot changes over from fetching, and nothing that was written is lost or done twice."""
    dauren = stage.person(1003)
    await dauren.start()
    await dauren.wait_for("Мәзір")
    await stage.app.intake.stop()
    await dauren.send("/settings")
    woken: list[int] = []

    def kept(number: int) -> None:
        woken.append(number)
        stage.app.workshop.wake()

    keeper = Keeper(stage.database, stage.clock, kept)
    webhook = Webhook(stage.app.bot, keeper, HERE)
    real = stage.app.bot.set_webhook

    async def here(_url: str, **options: Any) -> bool:
        return await real(f"http://127.0.0.1:{webhook.port}/hook", **options)

    stage.app.bot.set_webhook = here  # type: ignore[method-assign,assignment]
    await webhook.start()
    await dauren.wait_for("Баптаулар")
    await dauren.send("/menu")
    await dauren.wait_for("Мәзір")
    await until(lambda: holds(woken == [1, 1]), "both updates, once each")
    await webhook.stop()


async def holds(what: bool) -> bool:
    return what
