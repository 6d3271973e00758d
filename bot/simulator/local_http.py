"""What the requests under ``/local/`` have in common: reading, refusing, answering."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.simulator.acts import ActError
from bot.simulator.errors import ApiError

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class ControlError(Exception):
    """A control request that makes no sense; the text goes to the page."""


def guarded(handler: Callable[[web.Request], Awaitable[Any]]) -> Handler:
    """Turn results into JSON and refusals into 400 with a reason."""

    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return as_json(await handler(request))
        except (ControlError, ActError) as error:
            return as_json({"ok": False, "error": str(error)}, 400)
        except ApiError as error:
            return as_json({"ok": False, "error": error.description}, 400)
        except web.HTTPRequestEntityTooLarge:
            return as_json({"ok": False, "error": "the files are too big"}, 413)

    return answer


def as_json(body: Any, status: int = 200) -> web.Response:
    """Return the answer with ``body`` as JSON."""
    text = json.dumps(body, ensure_ascii=False)
    return web.Response(status=status, text=text, content_type="application/json")


def whole(given: Any, name: str) -> int:
    """Return a field as a whole number; ControlError names the field when it is not one."""
    try:
        return int(given)
    except (TypeError, ValueError) as error:
        raise ControlError(f"{name} must be a whole number") from error


def as_list(raw: str) -> list[Any]:
    """Return a list a form sent as text: JSON, or values between commas."""
    try:
        value = json.loads(raw)
    except ValueError:
        return [part.strip() for part in raw.split(",") if part.strip()]
    return value if isinstance(value, list) else [value]
