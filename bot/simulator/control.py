"""The control API under ``/local/``: what the page and the tests use."""

import asyncio
import json
from typing import Any
from urllib.parse import quote

from aiohttp import web

from bot.simulator import acts, views
from bot.simulator.hub import Hub
from bot.simulator.local_http import ControlError, as_json, as_list, guarded, whole
from bot.simulator.profile import localized
from bot.simulator.wire import read_fields
from bot.simulator.world import Chat, Json, Person

HEARTBEAT = 15.0


class Control:
    """The control API over one hub."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def routes(self) -> list[web.RouteDef]:
        """Return the routes under ``/local/``."""
        return [
            web.get("/local/state", guarded(self.state)),
            web.get("/local/chats", guarded(self.chats)),
            web.get("/local/messages", guarded(self.messages)),
            web.post("/local/read", guarded(self.read)),
            web.get("/local/events", self.events),
            web.post("/local/act", guarded(self.act)),
            web.get("/local/file/{file_id}", self.file),
        ]

    def _person(self, given: Any) -> Person:
        person = self._hub.world.people.get(whole(given, "person"))
        if person is None:
            raise ControlError("there is no such person")
        return person

    def _chat(self, person: Person, given: Any) -> Chat:
        chat_id = self._hub.bot["id"] if given is None else whole(given, "chat")
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
        people = [views.person_row(person) for person in hub.world.people.values()]
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
        limit = whole(request.query.get("limit", 200), "limit")
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
            fields["options"] = as_list(fields["options"])
        if isinstance(fields.get("message_ids"), str):
            fields["message_ids"] = as_list(fields["message_ids"])
        return acts.perform(self._hub, fields, [upload for _, upload in uploads])

    async def file(self, request: web.Request) -> web.Response:
        """Give out a file; only pictures and sounds open in the page itself."""
        stored = self._hub.files.get(request.match_info["file_id"])
        if stored is None:
            return as_json({"ok": False, "error": "there is no such file"}, 404)
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
        listener = self._hub.events.listen(int(given) if given and given.isdecimal() else None)
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
