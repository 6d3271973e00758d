"""Faults on order and the optional send limits."""

from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from bot.simulator import LocalTelegram, Person
from storage.clock import MovableClock
from tests.bot.simulator.conftest import AIGUL, GROUP, Api


class Toolbox:
    """The page's buttons for trouble."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def fault(self, **fields: Any) -> None:
        async with self._api.session.post(f"{self._api.url}/local/faults", json=fields) as answer:
            assert (await answer.json())["ok"]

    async def calls(self, method: str) -> list[dict[str, Any]]:
        async with self._api.session.get(f"{self._api.url}/local/calls") as answer:
            return [call for call in await answer.json() if call["method"] == method]


@pytest.fixture
def tools(api: Api) -> Toolbox:
    return Toolbox(api)


async def test_refusals_on_order(api: Api, aigul: Person, tools: Toolbox) -> None:
    await tools.fault(kind="429", method="sendMessage", retry_after=7)
    async with api.session.post(
        f"{api.base}/sendMessage", json={"chat_id": AIGUL, "text": "a"}
    ) as answer:
        assert answer.status == 429
        assert answer.headers["Retry-After"] == "7"
        assert (await answer.json())["parameters"] == {"retry_after": 7}
    await api.ok("sendMessage", chat_id=AIGUL, text="a")

    await tools.fault(kind="403", chat=AIGUL)
    await api.ok("getMe")
    words = await api.refused("sendMessage", chat_id=AIGUL, text="a")
    assert words == "Forbidden: bot was blocked by the user"
    await tools.fault(kind="400")
    assert await api.refused("getMe") == "Bad Request: chat not found"
    await tools.fault(kind="500", times=2)
    assert await api.refused("getMe") == await api.refused("getMe") == "Internal Server Error"
    await api.ok("getMe")


async def test_answers_that_are_no_answers(api: Api, aigul: Person, tools: Toolbox) -> None:
    await tools.fault(kind="502html")
    async with api.session.get(f"{api.base}/getMe") as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
    await tools.fault(kind="truncated")
    async with api.session.get(f"{api.base}/getMe") as answer:
        with pytest.raises(ValueError, match="line 1"):
            await answer.json()


async def test_a_reset_before_and_after_acceptance(api: Api, aigul: Person, tools: Toolbox) -> None:
    for kind, accepted in (("reset_before", 0), ("reset_after", 1)):
        await tools.fault(kind=kind, method="sendMessage")
        with pytest.raises(aiohttp.ClientConnectionError):
            await api("sendMessage", chat_id=AIGUL, text=kind)
        texts = [message["text"] for message in await aigul.messages()]
        assert texts.count(kind) == accepted


async def test_a_stall(api: Api, aigul: Person, tools: Toolbox) -> None:
    await tools.fault(kind="stall", seconds=0.2)
    with pytest.raises(TimeoutError):
        async with api.session.get(f"{api.base}/getMe", timeout=aiohttp.ClientTimeout(total=0.05)):
            pass


async def test_faults_can_be_taken_back_and_unknown_ones_are_refused(
    api: Api, tools: Toolbox
) -> None:
    await tools.fault(kind="500", times=9)
    async with api.session.delete(f"{api.url}/local/faults"):
        pass
    await api.ok("getMe")
    async with api.session.post(f"{api.url}/local/faults", json={"kind": "boom"}) as answer:
        assert answer.status == 400
        assert "unknown fault" in (await answer.json())["error"]


async def test_the_log_of_calls(api: Api, aigul: Person, tools: Toolbox) -> None:
    await api("sendMessage", chat_id=AIGUL, text="<", parse_mode="HTML")
    call = (await tools.calls("sendMessage"))[-1]
    assert call["chat_id"] == AIGUL
    assert call["error_code"] == 400
    assert call["description"].startswith("Bad Request: can't parse entities")


async def test_send_limits(
    api: Api, sim: LocalTelegram, clock: MovableClock, aigul: Person
) -> None:
    async with api.session.post(f"{api.url}/local/profile", json={"limits": True}) as answer:
        assert (await answer.json())["profile"] == {"limits": True}
    for number in range(3):
        await api.ok("sendMessage", chat_id=AIGUL, text=str(number))
    waits = [(await api("sendMessage", chat_id=AIGUL, text="x"))["parameters"] for _ in range(3)]
    assert [wait["retry_after"] for wait in waits] == [1, 2, 4], "who does not wait waits longer"
    clock.move(timedelta(seconds=5))
    await api.ok("sendMessage", chat_id=AIGUL, text="x")

    for number in range(20):
        clock.move(timedelta(seconds=1))
        await api.ok("sendMessage", chat_id=GROUP, text=str(number))
    refused = await api("sendMessage", chat_id=GROUP, text="x")
    assert 30 < refused["parameters"]["retry_after"] <= 60
    clock.move(timedelta(seconds=61))
    await api.ok("sendMessage", chat_id=GROUP, text="x")
