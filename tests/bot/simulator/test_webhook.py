"""Delivery to a webhook: the secret, the order, the retries."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.simulator import Person
from tests.bot.simulator.conftest import Api


class Receiver:
    """A bot's own server; ``refuse`` is how many deliveries it turns away first."""

    def __init__(self) -> None:
        self.url = ""
        self.refuse = 0
        self.texts: list[str] = []
        self.headers: list[str | None] = []
        self._came = asyncio.Event()

    async def take(self, request: web.Request) -> web.Response:
        if self.refuse > 0:
            self.refuse -= 1
            return web.Response(status=500)
        self.headers.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        update: dict[str, Any] = await request.json()
        self.texts.append(update["message"]["text"])
        self._came.set()
        return web.Response()

    async def until(self, count: int) -> None:
        async with asyncio.timeout(5):
            while len(self.texts) < count:
                self._came.clear()
                await self._came.wait()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    taking = Receiver()
    app = web.Application()
    app.router.add_post("/hook", taking.take)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    taking.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield taking
    await runner.cleanup()


async def test_delivery_in_order_with_the_secret(
    api: Api, aigul: Person, receiver: Receiver
) -> None:
    await aigul.send("бұрын")
    receiver.refuse = 2
    body = await api("setWebhook", url=receiver.url, secret_token="s-1")
    assert body["description"] == "Webhook was set"
    again = await api("setWebhook", url=receiver.url, secret_token="s-1")
    assert again["description"] == "Webhook is already set"
    for number in range(5):
        await aigul.send(str(number))
    await receiver.until(6)
    assert receiver.texts == ["бұрын", "0", "1", "2", "3", "4"]
    assert set(receiver.headers) == {"s-1"}
    info = await api.ok("getWebhookInfo")
    assert info["url"] == receiver.url
    assert info["last_error_message"].startswith("Wrong response from the webhook: 500")


async def test_webhook_and_polling_exclude_each_other(
    api: Api, aigul: Person, receiver: Receiver
) -> None:
    polling = asyncio.create_task(api("getUpdates", timeout=10))
    await asyncio.sleep(0.05)
    await api.ok("setWebhook", url=receiver.url)
    assert (await polling)["description"] == "Conflict: terminated by setWebhook request"
    assert await api.refused("getUpdates") == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    assert (await api("deleteWebhook"))["description"] == "Webhook was deleted"
    assert (await api("deleteWebhook"))["description"] == "Webhook is already deleted"
    await aigul.send("қайтадан")
    assert len(await api.updates()) == 1


async def test_what_was_not_delivered_waits_for_polling(
    api: Api, aigul: Person, receiver: Receiver
) -> None:
    receiver.refuse = 1000
    await api.ok("setWebhook", url=receiver.url)
    await aigul.send("жоғалма")
    await asyncio.sleep(0.05)
    await api.ok("deleteWebhook")
    assert [u["message"]["text"] for u in await api.updates()] == ["жоғалма"]
    await api.ok("setWebhook", url=receiver.url, drop_pending_updates=True)
    await api.ok("deleteWebhook")
    assert await api.updates() == []
