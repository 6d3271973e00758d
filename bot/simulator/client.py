"""A person as tests and scripted demos see one: writes, taps by the visible label, reads."""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

import aiohttp

from bot.simulator import shown
from bot.simulator.files import sample_picture

Json = dict[str, Any]
POLL, PATIENCE = 0.02, 10.0


class Person:
    """One person's phone, over the control API.

    Every action remembers what the chat looked like before it, so that ``wait_for`` takes only
    what the bot wrote or changed afterwards. An action Telegram's app would not allow raises
    AssertionError with the reason.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        base_url: str,
        id: int,  # noqa: A002
        chat: int | None = None,
    ) -> None:
        self._session = session
        self._base = base_url.rstrip("/")
        self._before: dict[int, str] = {}
        self._toast = ""
        self._inline_id = ""
        self.id = id
        self.chat = chat
        self.alert = False

    def in_chat(self, chat: int) -> "Person":
        """Return the same person in a group."""
        return Person(self._session, self._base, self.id, chat)

    # -- acting ---------------------------------------------------------------------------

    async def start(self, payload: str | None = None) -> list[int]:
        """Press Start, with the payload of a deep link if there is one."""
        return await self._do("start", payload=payload)

    async def send(self, text: str, reply_to: int | None = None) -> list[int]:
        """Write a text."""
        return await self._do("send", text=text, reply_to=reply_to)

    async def send_photo(
        self, data: bytes | None = None, caption: str | None = None, count: int = 1
    ) -> list[int]:
        """Send ``count`` photos, an album when several; without ``data`` a sample picture."""
        pictures = [data or sample_picture(shade=number) for number in range(count)]
        uploads = [(f"photo{n}.png", picture, "image/png") for n, picture in enumerate(pictures)]
        return await self._do("photo", uploads, caption=caption)

    async def send_document(
        self,
        name: str,
        data: bytes | None = None,
        fake_size: int | None = None,
        caption: str | None = None,
        mime: str = "application/octet-stream",
    ) -> list[int]:
        """Send a document; ``fake_size`` claims more bytes than there are."""
        uploads = [(name, b"local telegram document" if data is None else data, mime)]
        return await self._do(
            "document", uploads, caption=caption, fake_size=fake_size, fake_name=name
        )

    async def send_contact(
        self, phone: str | None = None, first_name: str | None = None, *, own: bool = True
    ) -> list[int]:
        """Share a contact; one's own carries one's user id, somebody else's does not."""
        user_id = self.id if own else None
        return await self._do("contact", phone=phone, first_name=first_name, user_id=user_id)

    async def send_location(self, lat: float = 42.315, lon: float = 69.59) -> list[int]:
        """Share a point on the map."""
        return await self._do("location", lat=lat, lon=lon)

    async def send_voice(self, duration: int = 3, data: bytes | None = None) -> list[int]:
        """Send a voice message."""
        uploads = [("voice.ogg", data, "audio/ogg")] if data else []
        return await self._do("voice", uploads, duration=duration)

    async def send_video(self, caption: str | None = None) -> list[int]:
        """Send a video."""
        return await self._do("video", caption=caption)

    async def send_video_note(self) -> list[int]:
        """Send a round video."""
        return await self._do("video_note")

    async def send_sticker(self, emoji: str = "👍") -> list[int]:
        """Send a sticker."""
        return await self._do("sticker", emoji=emoji)

    async def send_poll(
        self, question: str = "?", options: tuple[str, ...] = ("1", "2")
    ) -> list[int]:
        """Send a poll."""
        return await self._do("poll", question=question, options=list(options))

    async def forward(self, text: str, from_name: str, *, hidden: bool = True) -> list[int]:
        """Forward a text of somebody else."""
        return await self._do("forward_text", text=text, from_name=from_name, hidden=hidden)

    async def edit(self, message_id: int, text: str) -> list[int]:
        """Change one's own message."""
        return await self._do("edit", message_id=message_id, text=text)

    async def delete(self, *message_ids: int) -> list[int]:
        """Delete messages."""
        return await self._do("delete", message_ids=list(message_ids))

    async def block(self) -> None:
        """Block the bot."""
        await self._do("block")

    async def unblock(self) -> None:
        """Unblock the bot."""
        await self._do("unblock")

    async def add_bot(self) -> None:
        """Let the bot into the group, or make it an administrator of the channel."""
        await self._act("add_bot")

    async def remove_bot(self) -> None:
        """Throw the bot out of the group."""
        await self._act("remove_bot")

    async def rule_bot(self, status: str, *without: str) -> None:
        """Make the bot an ``administrator`` (but for some rights), a ``member``, ``restricted``."""
        await self._act("rule_bot", status=status, without=list(without))

    async def upgrade_group(self) -> int:
        """Make a supergroup of the basic group; return its new id."""
        return int((await self._act("upgrade_group"))["chat"])

    async def react(self, message_id: int, emoji: str | None) -> None:
        """Put a reaction under a message; None takes it away."""
        await self._do("react", message_id=message_id, emoji=emoji)

    async def tap(self, label: str, message: Json | None = None) -> Json:
        """Tap the inline button that reads or contains ``label``, and wait for the answer.

        Without ``message`` the newest one that has such a button is taken; as a person would, it
        waits until there is one. Returns that message; raises AssertionError when no such button
        comes or the bot does not answer in 10 s.
        """
        target, row, col = await self._button(label, message)
        where = {"message_id": target["message_id"], "row": row, "col": col}
        answer = await self._act("tap", **where)
        if "query_id" in answer:
            await self._answered(answer["query_id"], label)
        return target

    async def _button(self, label: str, message: Json | None) -> tuple[Json, int, int]:
        end = time.monotonic() + PATIENCE
        while True:
            candidates = [message] if message else list(reversed(await self.messages()))
            found = shown.find_button(candidates, label)
            if found is not None:
                return found
            if message or time.monotonic() > end:
                seen = [name for item in candidates for name in self.labels(item)]
                raise AssertionError(f"no inline button {label!r}; visible: {seen}")
            await asyncio.sleep(POLL)

    async def tap_data(self, message_id: int, data: str, *, wait: bool = True) -> str:
        """Send callback data no button has to have, as a forged client can; return the query id."""
        query_id = str((await self._act("tap", message_id=message_id, data=data))["query_id"])
        if wait:
            await self._answered(query_id, data)
        return query_id

    async def inline(self, query: str) -> Json:
        """Type ``@bot query`` and return what is offered: ``results``, ``button`` and the rest.

        Raises AssertionError when the bot does not answer in 10 s.
        """
        self._inline_id = str((await self._act("inline", query=query))["inline_id"])
        end = time.monotonic() + PATIENCE
        while not (offered := await self._get("inline", id=self._inline_id))["answered"]:
            if time.monotonic() > end:
                raise AssertionError(f"the bot did not answer the inline query {query!r}")
            await asyncio.sleep(POLL)
        return offered

    async def choose(self, title: str) -> list[int]:
        """Post the offered result that reads or contains ``title``."""
        offered = (await self._get("inline", id=self._inline_id))["results"]
        index = shown.match([one["title"] for one in offered], title)
        if index is None:
            raise AssertionError(f"no result {title!r}; offered: {offered}")
        return await self._do("choose", inline_id=self._inline_id, result_id=offered[index]["id"])

    async def press(self, label: str) -> list[int]:
        """Press the button of the reply keyboard that reads or contains ``label``."""
        view = await self._view()
        buttons = [b for row in (view["reply_keyboard"] or {}).get("keyboard", []) for b in row]
        texts = [button["text"] for button in buttons]
        index = shown.match(texts, label)
        if index is None:
            raise AssertionError(f"no keyboard button {label!r}; visible: {texts}")
        if buttons[index].get("request_contact"):
            return await self.send_contact()
        if buttons[index].get("request_location"):
            return await self.send_location()
        return await self.send(texts[index])

    # -- reading --------------------------------------------------------------------------

    async def messages(self) -> list[Json]:
        """Return the messages of the chat, oldest first."""
        found: list[Json] = (await self._view())["messages"]
        return found

    async def last(self) -> Json:
        """Return the newest message from the bot; AssertionError when there is none."""
        for message in reversed(await self.messages()):
            if message["sender"]["is_bot"]:
                return message
        raise AssertionError("the bot has written nothing")

    async def wait_for(self, containing: str, timeout: float = PATIENCE) -> Json:  # noqa: ASYNC109
        """Return the newest bot message, new or edited since the last action, with the text.

        Raises AssertionError with the newest messages when none comes within ``timeout`` seconds.
        """

        def fits(message: Json) -> bool:
            return containing in shown.words(message) and self._is_fresh(message)

        return await self._until(fits, timeout, f"no message with {containing!r}")

    async def wait_answer(self, timeout: float = PATIENCE) -> Json:  # noqa: ASYNC109
        """Return the newest bot message, new or edited since the last action, whatever it says."""
        return await self._until(self._is_fresh, timeout, "no answer")

    async def gone(self, message_id: int, timeout: float = PATIENCE) -> None:  # noqa: ASYNC109
        """Wait until a message is deleted."""
        end = time.monotonic() + timeout
        while any(m["message_id"] == message_id for m in await self.messages()):
            if time.monotonic() > end:
                raise AssertionError(f"message {message_id} is still there")
            await asyncio.sleep(POLL)

    @property
    def toast(self) -> str:
        """The text of the last answered tap."""
        return self._toast

    def labels(self, message: Json) -> list[str]:
        """Return the texts of the message's inline buttons, in reading order."""
        return [b["text"] for row in message.get("inline_keyboard") or [] for b in row]

    async def keyboard(self) -> list[str]:
        """Return the texts of the reply keyboard, in reading order."""
        view = (await self._view())["reply_keyboard"] or {}
        return [button["text"] for row in view.get("keyboard", []) for button in row]

    # -- underneath -----------------------------------------------------------------------

    def _is_fresh(self, message: Json) -> bool:
        mine = self._before.get(message["message_id"])
        return message["sender"]["is_bot"] and mine != shown.fingerprint(message)

    async def _until(self, fits: Callable[[Json], bool], patience: float, problem: str) -> Json:
        end = time.monotonic() + patience
        while True:
            found = await self.messages()
            for message in reversed(found):
                if fits(message):
                    return message
            if time.monotonic() > end:
                raise AssertionError(f"{problem}; the last messages:\n{shown.transcript(found)}")
            await asyncio.sleep(POLL)

    async def _answered(self, query_id: str, label: str) -> None:
        end = time.monotonic() + PATIENCE
        while True:
            status = await self._get("query", id=query_id)
            if status["answered"]:
                self._toast, self.alert = status["text"], status["alert"]
                return
            if time.monotonic() > end:
                raise AssertionError(f"the bot did not answer the tap on {label!r}")
            await asyncio.sleep(POLL)

    async def _do(
        self, action: str, uploads: list[tuple[str, bytes, str]] | None = None, **fields: Any
    ) -> list[int]:
        ids: list[int] = (await self._act(action, uploads, **fields))["message_ids"]
        return ids

    async def _act(
        self, action: str, uploads: list[tuple[str, bytes, str]] | None = None, **fields: Any
    ) -> Json:
        self._before = {m["message_id"]: shown.fingerprint(m) for m in await self.messages()}
        given = {"person": self.id, "chat": self.chat, "action": action, **fields}
        given = {name: value for name, value in given.items() if value is not None}
        if uploads:
            form = aiohttp.FormData()
            for name, value in given.items():
                form.add_field(name, value if isinstance(value, str) else json.dumps(value))
            for filename, data, mime in uploads:
                form.add_field("file", data, filename=filename, content_type=mime)
            request = self._session.post(f"{self._base}/local/act", data=form)
        else:
            request = self._session.post(f"{self._base}/local/act", json=given)
        async with request as answer:
            body: Json = await answer.json()
        if not body["ok"]:
            raise AssertionError(f"{action}: {body['error']}")
        return body

    async def _view(self) -> Json:
        chat = {} if self.chat is None else {"chat": str(self.chat)}
        return await self._get("messages", person=str(self.id), **chat)

    async def _get(self, path: str, **query: str) -> Json:
        async with self._session.get(f"{self._base}/local/{path}", params=query) as answer:
            body: Json = await answer.json()
        if answer.status != 200:
            raise AssertionError(f"{path}: {body.get('error')}")
        return body
