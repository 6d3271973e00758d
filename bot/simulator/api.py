"""The Bot API over HTTP: token, method, faults, the answer's envelope, the log of calls."""

import asyncio
import hmac
import inspect
import json
from typing import Any

from aiohttp import web

from bot.simulator import errors, markup, schema
from bot.simulator.errors import ApiError
from bot.simulator.faults import Fault
from bot.simulator.hub import Hub
from bot.simulator.methods import registry
from bot.simulator.wire import Call, Told, read_call
from bot.simulator.world import Json, whole

HTML_502 = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n"
    "</body>\r\n</html>\r\n"
)
MAX_CALLS = 20_000


class BotApi:
    """The server's side of ``/bot<token>/<method>`` and ``/file/bot<token>/<path>``."""

    def __init__(self, hub: Hub, token: str) -> None:
        self._hub = hub
        self._token = token
        self._stopping = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the Bot API."""
        return [
            web.route("*", r"/bot{token:[^/]+}/test/{method}", self.call),
            web.route("*", r"/bot{token:[^/]+}/{method:[^/]*}", self.call),
            web.get(r"/file/bot{token:[^/]+}/{path:.+}", self.download),
        ]

    def start(self) -> None:
        """Take calls (again)."""
        self._stopping.clear()

    def stop(self) -> None:
        """Let go everybody who waits."""
        self._stopping.set()
        self._hub.updates.interrupt(None)

    def _check_token(self, request: web.Request) -> None:
        given = request.match_info["token"]
        if ":" not in given or not given.partition(":")[0].isdigit():
            raise errors.not_found()
        if not hmac.compare_digest(given.encode(), self._token.encode()):
            raise errors.unauthorized()

    async def call(self, request: web.Request) -> web.StreamResponse:
        """Answer one call of a method."""
        try:
            self._check_token(request)
            call = await read_call(request, request.match_info["method"])
        except ApiError as error:
            return _answer(error.envelope())
        except web.HTTPRequestEntityTooLarge:
            return _answer(ApiError(413, "Request Entity Too Large").envelope())
        fault = self._hub.faults.take(call.method, call.raw.get("chat_id"))
        early = await self._suffer_before(request, fault)
        if early is not None:
            self._log(call, json.loads(early.text or "{}") if _is_json(early) else {"ok": False})
            return early
        body = await self.answer(call)
        self._log(call, body)
        return await self._suffer_after(request, fault, body)

    async def answer(self, call: Call) -> Json:
        """Carry the call out and return the envelope."""
        try:
            result = await self._result(call)
        except ApiError as error:
            return error.envelope()
        if isinstance(result, Told):
            return {"ok": True, "result": result.result, "description": result.description}
        return {"ok": True, "result": result}

    async def _result(self, call: Call) -> Any:
        found = registry.find(call.method)
        cls = schema.method_class(call.method)
        if cls is None or found is None:
            raise errors.not_found("method not found")
        call.params = schema.validate(call, cls)
        result = found[1](self._hub, call)
        return await result if inspect.isawaitable(result) else result

    async def _suffer_before(
        self, request: web.Request, fault: Fault | None
    ) -> web.Response | None:
        if fault is None:
            return None
        refusals = {
            "429": errors.too_many(fault.retry_after),
            "403": errors.blocked(),
            "400": errors.chat_not_found(),
            "500": ApiError(500, "Internal Server Error"),
        }
        if fault.kind in refusals:
            return _answer(refusals[fault.kind].envelope())
        if fault.kind == "502html":
            return web.Response(status=502, text=HTML_502, content_type="text/html")
        if fault.kind == "reset_before":
            return _cut(request)
        if fault.kind == "stall":
            await self._wait(fault.seconds)
        return None

    async def _suffer_after(
        self, request: web.Request, fault: Fault | None, body: Json
    ) -> web.Response:
        if fault is not None and fault.kind == "reset_after":
            return _cut(request)
        if fault is not None and fault.kind == "truncated":
            text = json.dumps(body, ensure_ascii=False)
            return web.Response(text=text[: len(text) // 2], content_type="application/json")
        return _answer(body)

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return

    def _log(self, call: Call, body: Json) -> None:
        """Keep the call for tests: never the token, never the content."""
        found = registry.find(call.method)
        calls = self._hub.calls
        number = calls[-1]["n"] + 1 if calls else 1
        calls.append(
            {
                "n": number,
                "at": self._hub.clock.now().isoformat(),
                "method": found[0] if found else call.method,
                "chat_id": _number(call.raw.get("chat_id")),
                "params": sorted(call.raw),
                "ok": bool(body.get("ok")),
                "error_code": body.get("error_code"),
                "description": body.get("description"),
                "lint": markup.lint(call.raw.get("reply_markup")),
            }
        )
        if len(calls) > MAX_CALLS:
            del calls[: MAX_CALLS // 2]

    async def download(self, request: web.Request) -> web.Response:
        """Give out the bytes of a file."""
        try:
            self._check_token(request)
            stored = self._hub.files.at(request.match_info["path"])
            if stored is None:
                raise errors.not_found()
        except ApiError as error:
            return _answer(error.envelope())
        return web.Response(body=stored.data, content_type="application/octet-stream")


def _answer(body: Json) -> web.Response:
    status = 200 if body["ok"] else int(body["error_code"])
    headers = {}
    if status == 429:
        headers["Retry-After"] = str(body["parameters"]["retry_after"])
    return web.Response(
        status=status,
        text=json.dumps(body, ensure_ascii=False),
        content_type="application/json",
        headers=headers,
    )


def _number(chat_id: str | None) -> int | str | None:
    number = whole(chat_id)
    return chat_id if number is None else number


def _is_json(response: web.Response) -> bool:
    return response.content_type == "application/json"


def _cut(request: web.Request) -> web.Response:
    """Drop the connection without a word."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(text="{}")
