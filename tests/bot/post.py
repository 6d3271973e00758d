"""The post of the tests: a courier whose Telegram only pretends, or the local one."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup
from sqlalchemy import Connection

from bot.delivery import dispatcher
from bot.delivery.courier import Courier
from bot.delivery.sender import Sender
from bot.delivery.wire import Manner, Wire
from bot.plain import SendText, Sent
from handlers import registry
from handlers.notices import Recipient
from handlers.ui.screen import Attachment, Button, Screen
from storage import broadcasts, outbox
from storage.clock import MovableClock
from storage.database import Database
from storage.outbox import Priority
from tests import world
from tests.bot.doubles import Json, outbox_rows, until
from tests.bot.timers import ClockTimer
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage

SENT = ("sent", None)
WORD = "request_receipt"  # a kind that may be repeated; these tests render it themselves
DARKHAN, RUSLAN, SAULE, VIKTORIA = 3, 4, 5, 7  # ids of people; the Telegram id is 1000 more


class TooLong(CallbackData, prefix="long"):
    payload: str


def word(_tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    """A renderer with every way to end."""
    if params["text"] == "void":
        return None
    if params["text"] == "fault":
        raise KeyError("Канарейкина")
    pictures = tuple(Attachment("photo", file_id=name) for name in params.get("pictures", ()))
    text = Markup("{} {}").format(to.t.language, params["text"])
    buttons = (Button("hm", TooLong(payload=params["too_long"])),) if "too_long" in params else ()
    return Screen(text, rows=(buttons,), attachments=pictures)


@dataclass
class FakeBot:
    """Notes what is sent; raises what it is told to."""

    sent: list[tuple[int, str]] = field(default_factory=list)
    options: list[Json] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)
    slow: Callable[[], Awaitable[None]] | None = None

    async def __call__(self, method: SendText) -> Any:
        return await self.send_message(**vars(method))

    async def send_message(self, chat_id: int, text: str, **options: Any) -> Any:
        return await self._send(chat_id, str(text), options)

    async def send_photo(self, chat_id: int, file: str) -> Any:
        return await self._send(chat_id, file, {})

    send_audio = send_voice = send_video = send_video_note = send_document = send_photo

    async def set_my_commands(self, commands: list[Any], scope: Any) -> None:
        await self._send(scope.chat_id, "commands", {"commands": commands})

    async def _send(self, chat_id: int, text: str, options: Json) -> Any:
        if self.slow:
            await self.slow()
        if self.faults:
            raise self.faults.pop(0)
        self.sent.append((chat_id, text))
        self.options.append(options)
        return Sent(message_id=100 + len(self.sent))


@dataclass
class Post:
    """A courier with a bot that only pretends."""

    database: Database
    bot: FakeBot = field(default_factory=FakeBot)
    clock: MovableClock = field(default_factory=lambda: MovableClock(world.StartingAt(NOW)))

    async def put(
        self,
        text: str,
        person_id: int = DARKHAN,
        *,
        kind: str = WORD,
        priority: Priority = Priority.NOTICE,
        **params: Any,
    ) -> None:
        await self.database.write(
            outbox.put,
            f"{text}:{person_id}:{kind}",
            kind,
            person_id,
            {"text": text, **params},
            self.clock.now(),
            priority=priority,
        )

    def courier(self, holder: str = "tests") -> Courier:
        manner = Manner(ZONE, "bot", "ru", holder)
        wire = Wire(self.database, self.clock, manner, timer=ClockTimer(self.clock))
        return Courier(Sender(self.bot), wire)  # type: ignore[arg-type]

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Courier]:
        courier = self.courier()
        task = asyncio.create_task(courier.run())
        try:
            yield courier
            assert not task.done(), task.exception()
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def rows(self) -> dict[str, Json]:
        """Text → row."""
        return {row["params"]["text"]: row for row in await self.all_rows()}

    async def all_rows(self) -> list[Json]:
        """What was put in, whatever it says."""
        rows = await outbox_rows(self.database)
        return [row for row in rows if "text" in row["params"]]

    async def states(self) -> dict[str, tuple[str, str | None]]:
        return {text: (row["state"], row["reason"]) for text, row in (await self.rows()).items()}

    async def settled(self) -> dict[str, tuple[str, str | None]]:
        """The states when nothing is on its way or due any more."""

        async def quiet() -> bool:
            now = self.clock.now()
            rows = (await self.rows()).values()
            return not any(
                row["state"] == "sending"
                or (row["state"] == "waiting" and row["not_before"] <= now)
                for row in rows
            )

        await until(quiet, f"the end of the sending, {await self.rows()}")
        return await self.states()


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kinds that these tests send say what the test says."""
    monkeypatch.setitem(registry.RENDERERS, WORD, word)
    monkeypatch.setitem(registry.RENDERERS, broadcasts.COPY, word)


@pytest.fixture
def post(small_world: Database, words: None, monkeypatch: pytest.MonkeyPatch) -> Post:
    """A courier over the small world that looks into the outbox all the time."""
    monkeypatch.setattr(dispatcher, "IDLE_SECONDS", 0.02)
    return Post(small_world)


async def fault(stage: Stage, kind: str, **options: Any) -> None:
    url = f"{stage.telegram.url}/local/faults"
    order = {"method": "sendMessage", "kind": kind, **options}
    async with stage.session.post(url, json=order) as answer:
        assert answer.status == 200, await answer.text()


@asynccontextmanager
async def at_the_post(stage: Stage, *started: int) -> AsyncIterator[Post]:
    for telegram_id in started:
        person = stage.person(telegram_id)
        await person.start()
        await person.wait_answer()
    stage.app.courier._wire.timer = ClockTimer(stage.clock)
    yield Post(stage.database, clock=stage.clock)


async def waits(post: Post, text: str) -> bool:
    row = (await post.rows())[text]
    return bool(row["state"] == "waiting" and row["not_before"] > post.clock.now())


async def failed(post: Post, text: str) -> bool:
    return (await post.states())[text][0] == "failed"
