"""The page's tools: the clock, faults, send limits, new people; and the log for tests."""

from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bot.simulator.faults import Fault
from bot.simulator.hub import Hub
from bot.simulator.local_http import ControlError, guarded, whole
from bot.simulator.views import person_row
from bot.simulator.wire import read_fields
from bot.simulator.world import Json, Person


class Tools:
    """The half of the control API that changes conditions instead of chats."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the tools."""
        return [
            web.post("/local/clock", guarded(self.clock)),
            web.post("/local/faults", guarded(self.faults)),
            web.delete("/local/faults", guarded(self.clear_faults)),
            web.post("/local/profile", guarded(self.profile)),
            web.post("/local/people", guarded(self.people)),
            web.get("/local/calls", guarded(self.calls)),
            web.get("/local/query", guarded(self.query)),
            web.get("/local/inline", guarded(self.inline)),
        ]

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
            return timedelta(seconds=whole(fields["advance_seconds"], "advance_seconds"))
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
        person = Person(whole(fields.get("id"), "id"), str(fields["first_name"]), **given)
        try:
            self._hub.world.add_person(person)
        except ValueError as error:
            raise ControlError(str(error)) from error
        self._hub.events.tell(None, {"type": "state"})
        return {"ok": True, "person": person_row(person)}

    async def calls(self, request: web.Request) -> list[Json]:
        """Return the log of Bot API calls after number ``since``."""
        since = whole(request.query.get("since", 0), "since")
        return [call for call in self._hub.calls if call["n"] > since]

    async def query(self, request: web.Request) -> Json:
        """Return whether a tap has been answered, and with what."""
        query = self._hub.queries.get(request.query.get("id", ""))
        if query is None:
            raise ControlError("there is no such tap")
        return {"answered": query.answered, "text": query.text, "alert": query.alert}

    async def inline(self, request: web.Request) -> Json:
        """Return whether an inline query has been answered, and with which results."""
        query = self._hub.inline_queries.get(request.query.get("id", ""))
        if query is None:
            raise ControlError("there is no such inline query")
        shown = ("id", "title", "description")
        return {
            "answered": query.answered,
            "results": [{name: one[name] for name in shown} for one in query.results],
            "button": query.button,
            **query.options,
        }
