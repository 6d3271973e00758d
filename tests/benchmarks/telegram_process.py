"""The local Telegram in a process of its own, so that it does not share the bot's interpreter.

Beside the Bot API it opens a second port on which the measurement puts updates in by the thousand
and reads what came out. Prints both addresses as one line of JSON, then serves until it is killed.
"""

import asyncio
import json
import sys
import time
from typing import Any

from aiohttp import web

from bot.simulator import LocalTelegram, acts
from storage.clock import SystemClock
from tests.benchmarks.tally import Tally

TOKEN = "1000000001:LocalTelegramOfTheBenchmarks"


class Door:
    """The second port: ``/people``, ``/inject``, ``/progress``, ``/probe``, ``/last``."""

    def __init__(self, telegram: LocalTelegram, tally: Tally) -> None:
        self._telegram = telegram
        self._tally = tally

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/people", self.people),
            web.post("/inject", self.inject),
            web.get("/progress", self.progress),
            web.post("/probe", self.probe),
            web.get("/last", self.last),
        ]

    async def people(self, request: web.Request) -> web.Response:
        """Add people who have pressed Start already."""
        for person in (await request.json())["ids"]:
            self._telegram.add_person(id=person, first_name="Name", last_name="Surname")
            self._telegram.hub.world.people[person].started = True
            self._telegram.hub.world.people[person].known = True
        return web.json_response({})

    async def inject(self, request: web.Request) -> web.Response:
        """Let each of ``ids`` write ``times`` messages; ``{n}`` in the text is a running number."""
        asked = await request.json()
        count = 0
        for _ in range(asked["times"]):
            for person in asked["ids"]:
                count += 1
                self._write(person, asked["text"].replace("{n}", str(count)))
        self._tally.watch(set(asked["ids"]))
        return web.json_response({"injected": count})

    async def progress(self, request: web.Request) -> web.Response:
        """Wait until ``answers`` came, ``seconds`` at most; then tell how it stands."""
        query = request.query
        await self._tally.answered(int(query["answers"]), float(query["seconds"]))
        return web.json_response({**self._tally.view(), "cpu": time.process_time()})

    async def probe(self, request: web.Request) -> web.Response:
        """Let one of ``ids`` after the other write, ``per_second``; tell how long answers took."""
        asked = await request.json()
        self._tally.watch(set(asked["ids"]))
        began: list[tuple[int, float]] = []
        first = time.perf_counter()
        for number, person in enumerate(asked["ids"]):
            await asyncio.sleep(max(0.0, first + number / asked["per_second"] - _now()))
            began.append((person, _now()))
            self._write(person, asked["text"])
        await self._tally.answered(len(began), asked["patience"])
        came = self._tally.answered_at
        return web.json_response(
            {
                "ms": [1000 * (came[p] - at) for p, at in began if p in came],
                "lost": sum(p not in came for p, _ in began),
            }
        )

    async def last(self, request: web.Request) -> web.Response:
        """The newest message in a person's chat, as the bot sent it."""
        chat = self._telegram.hub.world.chats[int(request.query["id"])]
        stored = chat.messages[max(chat.messages)]
        return web.json_response({"text": stored.body.get("text", "")})

    def _write(self, person: int, text: str) -> None:
        acts.perform(self._telegram.hub, {"person": person, "action": "send", "text": text}, [])


def _now() -> float:
    return time.perf_counter()


async def serve(*, limits: bool) -> None:
    """Serve until killed; with ``limits`` whoever sends too fast is told so."""
    telegram = LocalTelegram(clock=SystemClock(), token=TOKEN, username="bench_bot", name="Bench")
    tally = Tally()
    telegram.hub.calls = tally
    telegram.hub.limits.enabled = limits
    await telegram.start()
    app = web.Application(client_max_size=1 << 26)
    app.add_routes(Door(telegram, tally).routes())
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    door: Any = runner.addresses[0]
    addresses = {"api": telegram.url, "door": f"http://127.0.0.1:{door[1]}", "token": TOKEN}
    sys.stdout.write(json.dumps(addresses) + "\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(limits="limits" in sys.argv[1:]))
