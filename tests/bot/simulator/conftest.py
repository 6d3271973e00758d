"""A local Telegram with a few people, a bot's client and the people's phones."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.simulator import LocalTelegram, Person
from storage.clock import MovableClock

TOKEN = "1000000001:LOCAL-telegram-of-the-tests"
AIGUL, BOLAT, CAMILA, GROUP, SUPERGROUP = 1001, 1002, 1003, -500, -1001234567890


class Api:
    """A bot's plain HTTP client: returns the envelope as it comes."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session = session
        self.base = f"{url}/bot{TOKEN}"
        self.url = url

    async def __call__(self, method: str, **params: Any) -> dict[str, Any]:
        async with self.session.post(f"{self.base}/{method}", json=params) as answer:
            body: dict[str, Any] = await answer.json()
            assert answer.status == (200 if body["ok"] else body["error_code"])
            return body

    async def ok(self, method: str, **params: Any) -> Any:
        body = await self(method, **params)
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, **params: Any) -> str:
        body = await self(method, **params)
        assert not body["ok"], body
        return str(body["description"])

    async def updates(self, **params: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.ok("getUpdates", **params)
        return found


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
async def sim(clock: MovableClock) -> AsyncIterator[LocalTelegram]:
    telegram = LocalTelegram(
        clock=clock, token=TOKEN, username="buro_demo_bot", name="Buro", webhook_retry=0.05
    )
    telegram.add_person(AIGUL, "Айгүл", "Сәрсенова", language_code="kk", phone="+77010000001")
    telegram.add_person(BOLAT, "Болат", language_code="ru")
    telegram.add_person(CAMILA, "Камила", language_code="ru", username="camila")
    telegram.add_group(GROUP, "Бюро", [AIGUL, BOLAT])
    telegram.add_group(SUPERGROUP, "Фракция", [AIGUL, BOLAT], bot_is_admin=True)
    await telegram.start()
    yield telegram
    await telegram.stop()


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
def api(sim: LocalTelegram, session: aiohttp.ClientSession) -> Api:
    return Api(session, sim.url)


@pytest.fixture
async def aigul(sim: LocalTelegram, session: aiohttp.ClientSession, api: Api) -> Person:
    """Aigul has pressed Start and the bot has read that."""
    person = Person(session, sim.url, AIGUL)
    await person.start()
    found = await api.updates()
    await api.updates(offset=found[-1]["update_id"] + 1)
    return person
