"""The control API under ``/local/``: what the page and the tests use."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.simulator import acts, views
from bot.simulator.errors import ApiError
from bot.simulator.faults import Fault
from bot.simulator.hub import Hub
from bot.simulator.profile import localized
from bot.simulator.wire import read_fields
from bot.simulator.world import Chat, Json, Person

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
HEARTBEAT = 15.0


class ControlError(Exception):
    """A control request that makes no sense; the text goes to the page."""


class Control:
    """The control API over one hub."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def routes(self) -> list[web.RouteDef]:
        """Return the routes under ``/local/``."""
        return [
            web.get("/local/state", _guarded(self.state)),
            web.get("/local/chats", _guarded(self.chats)),
            web.get("/local/messages", _guarded(self.messages)),
            web.post("/local/read", _guarded(self.read)),
            web.get("/local/events", self.events),
            web.post("/local/act", _guarded(self.act)),
            web.post("/local/clock", _guarded(self.clock)),
            web.post("/local/faults", _guarded(self.faults)),
            web.delete("/local/faults", _guarded(self.clear_faults)),
            web.post("/local/profile", _guarded(self.profile)),
            web.post("/local/people", _guarded(self.people)),
            web.get("/local/calls", _guarded(self.calls)),
            web.get("/local/query", _guarded(self.query)),
            web.get("/local/file/{file_id}", self.file),
        ]

    def _person(self, given: Any) -> Person:
        person = self._hub.world.people.get(_whole(given, "person"))
        if person is None:
            raise ControlError("there is no such person")
        return person

    def _chat(self, person: Person, given: Any) -> Chat:
        chat_id = self._hub.bot["id"] if given is None else _whole(given, "chat")
        chat = self._hub.world.chats.get(person.id if chat_id == self._hub.bot["id"] else chat_id)
        if chat is None or person.id not in chat.members:
            raise ControlError("this person is not in such a chat")
        return chat

    async def state(self, request: web.Request) -> Json:
        """Return the bot, the people, the clock, the profile and the faults."""
        hub, next_event = self._hub, None
        language = request.query.get("language")
        if hub.options.next_event:
            next_event = await hub.options.next_event()
        people = [_person_row(person) for person in hub.world.people.values()]
        return {
            "bot": {
                "id": hub.bot["id"],
                "username": hub.bot["username"],
                "first_name": localized(hub.profile.names, language) or hub.bot["first_name"],
                "description": localized(hub.profile.descriptions, language),
                "short_description": localized(hub.profile.short_descriptions, language),
            },
            "people": people,
            "now": hub.clock.now().isoformat(),
            "timezone": hub.options.timezone,
            "movable": hasattr(hub.clock, "move"),
            "next_event": next_event.isoformat() if next_event else None,
            "profile": {"limits": hub.limits.enabled},
            "faults": hub.faults.view(),
        }

    async def chats(self, request: web.Request) -> list[Json]:
        """Return one person's chats, the freshest first."""
        person = self._person(request.query.get("person"))
        found = [c for c in self._hub.world.chats.values() if person.id in c.members]
        rows = [views.chat_row(self._hub, c, person.id) for c in found if c.migrated_to is None]
        return sorted(rows, key=lambda row: (row["last"] or {}).get("date") or "", reverse=True)

    async def messages(self, request: web.Request) -> Json:
        """Return the newest messages of a chat and everything around its input field."""
        hub = self._hub
        person = self._person(request.query.get("person"))
        chat = self._chat(person, request.query.get("chat"))
        limit = _whole(request.query.get("limit", 200), "limit")
        found = hub.world.last_messages(chat, max(1, limit))
        return {
            "messages": [views.message(hub, chat, stored, person.id) for stored in found],
            "reply_keyboard": chat.keyboards.get(person.id),
            "commands": hub.profile.commands_for(chat, person.id, person.language_code),
            "menu_button": hub.profile.menu_button(chat.id) if chat.private else None,
        }

    async def read(self, request: web.Request) -> Json:
        """Mark a chat read."""
        fields, _ = await read_fields(request)
        person = self._person(fields.get("person"))
        self._chat(person, fields.get("chat")).unread.pop(person.id, None)
        return {"ok": True}

    async def act(self, request: web.Request) -> Json:
        """Do what a person does."""
        fields, uploads = await read_fields(request)
        if isinstance(fields.get("options"), str):
            fields["options"] = _list(fields["options"])
        if isinstance(fields.get("message_ids"), str):
            fields["message_ids"] = _list(fields["message_ids"])
        return acts.perform(self._hub, fields, [upload for _, upload in uploads])

    async def clock(self, request: web.Request) -> Json:
        """Move the clock: by so many seconds, or to the next event."""
        fields, _ = await read_fields(request)
        clock = self._hub.clock
        if not hasattr(clock, "move"):
            raise ControlError("this clock cannot be moved")
        try:
            clock.move(await self._step(fields))
        except (ValueError, OverflowError) as error:
            raise ControlError(str(error)) from error
        now = clock.now().isoformat()
        self._hub.events.tell(None, {"type": "clock", "now": now})
        return {"now": now}

    async def _step(self, fields: Json) -> timedelta:
        if "advance_seconds" in fields:
            return timedelta(seconds=_whole(fields["advance_seconds"], "advance_seconds"))
        ask = self._hub.options.next_event
        if fields.get("to") != "next_event" or ask is None:
            raise ControlError("say advance_seconds, or to: next_event where there are events")
        moment: datetime | None = await ask()
        if moment is None:
            raise ControlError("nothing is planned")
        return max(moment - self._hub.clock.now(), timedelta())

    async def faults(self, request: web.Request) -> Json:
        """Order a fault."""
        fields, _ = await read_fields(request)
        try:
            self._hub.faults.order(
                Fault(
                    kind=str(fields.get("kind")),
                    method=str(fields.get("method", "*")),
                    times=int(fields.get("times", 1)),
                    retry_after=int(fields.get("retry_after", 3)),
                    seconds=float(fields.get("seconds", 30)),
                    chat=int(fields["chat"]) if fields.get("chat") is not None else None,
                )
            )
        except (TypeError, ValueError) as error:
            raise ControlError(str(error)) from error
        self._hub.events.tell(None, {"type": "state"})
        return {"ok": True, "faults": self._hub.faults.view()}

    async def clear_faults(self, _: web.Request) -> Json:
        """Take all ordered faults back."""
        self._hub.faults.clear()
        self._hub.events.tell(None, {"type": "state"})
        return {"ok": True, "faults": []}

    async def profile(self, request: web.Request) -> Json:
        """Switch the send limits on or off."""
        fields, _ = await read_fields(request)
        self._hub.limits.enabled = str(fields.get("limits")).lower() in ("true", "1")
        self._hub.events.tell(None, {"type": "state"})
        return {"ok": True, "profile": {"limits": self._hub.limits.enabled}}

    async def people(self, request: web.Request) -> Json:
        """Add a person."""
        fields, _ = await read_fields(request)
        names = ("last_name", "username", "language_code", "phone", "note")
        given: dict[str, Any] = {name: fields.get(name) or None for name in names}
        if not fields.get("first_name"):
            raise ControlError("first_name is missing")
        person = Person(_whole(fields.get("id"), "id"), str(fields["first_name"]), **given)
        try:
            self._hub.world.add_person(person)
        except ValueError as error:
            raise ControlError(str(error)) from error
        self._hub.events.tell(None, {"type": "state"})
        return {"ok": True, "person": _person_row(person)}

    async def calls(self, request: web.Request) -> list[Json]:
        """Return the log of Bot API calls after number ``since``."""
        since = _whole(request.query.get("since", 0), "since")
        return [call for call in self._hub.calls if call["n"] > since]

    async def query(self, request: web.Request) -> Json:
        """Return whether a tap has been answered, and with what."""
        query = self._hub.queries.get(request.query.get("id", ""))
        if query is None:
            raise ControlError("there is no such tap")
        return {"answered": query.answered, "text": query.text, "alert": query.alert}

    async def file(self, request: web.Request) -> web.Response:
        """Give out a file; only pictures and sounds open in the page itself."""
        stored = self._hub.files.get(request.match_info["file_id"])
        if stored is None:
            return _json({"ok": False, "error": "there is no such file"}, 404)
        shown = stored.mime.startswith(("image/", "audio/", "video/")) and "svg" not in stored.mime
        inline = shown and stored.kind != "document"
        place, name = "inline" if inline else "attachment", quote(stored.name, safe="")
        headers = {
            "Content-Disposition": f"{place}; filename*=UTF-8''{name}",
            "X-Content-Type-Options": "nosniff",
            "Content-Type": stored.mime if shown else "application/octet-stream",
        }
        return web.Response(body=stored.data, headers=headers)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Stream what happens, until the page or the server goes."""
        given = request.query.get("person")
        listener = self._hub.events.listen(int(given) if given and given.isdigit() else None)
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-cache"}
        response = web.StreamResponse(headers=headers)
        try:
            await response.prepare(request)
            await response.write(b": hello\n\n")
            while await _write_next(response, listener.queue):
                pass
        except ConnectionError:
            pass  # the page went away
        finally:
            self._hub.events.leave(listener)
        return response


async def _write_next(response: web.StreamResponse, queue: "asyncio.Queue[Json | None]") -> bool:
    try:
        async with asyncio.timeout(HEARTBEAT):
            event = await queue.get()
    except TimeoutError:
        await response.write(b": still here\n\n")
        return True
    if event is None:
        return False
    await response.write(b"data: " + json.dumps(event, ensure_ascii=False).encode() + b"\n\n")
    return True


def _guarded(handler: Callable[[web.Request], Awaitable[Any]]) -> Handler:
    """Turn results into JSON and refusals into 400 with a reason."""

    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return _json(await handler(request))
        except (ControlError, acts.ActError) as error:
            return _json({"ok": False, "error": str(error)}, 400)
        except ApiError as error:
            return _json({"ok": False, "error": error.description}, 400)
        except web.HTTPRequestEntityTooLarge:
            return _json({"ok": False, "error": "the files are too big"}, 413)

    return answer


def _json(body: Any, status: int = 200) -> web.Response:
    text = json.dumps(body, ensure_ascii=False)
    return web.Response(status=status, text=text, content_type="application/json")


def _person_row(person: Person) -> Json:
    names = ("id", "first_name", "last_name", "username", "language_code", "started", "blocked")
    row = {name: getattr(person, name) for name in names}
    return {**row, "phone": person.phone, "note": person.note or {}}


def _whole(given: Any, name: str) -> int:
    try:
        return int(given)
    except (TypeError, ValueError) as error:
        raise ControlError(f"{name} must be a whole number") from error


def _list(raw: str) -> list[Any]:
    try:
        value = json.loads(raw)
    except ValueError:
        return [part.strip() for part in raw.split(",") if part.strip()]
    return value if isinstance(value, list) else [value]
