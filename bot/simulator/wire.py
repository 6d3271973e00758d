"""HTTP requests in: parameters from the query, a form, multipart or JSON, as plain text."""

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.simulator.errors import bad_request

MAX_BODY = 50 << 20


@dataclass
class Upload:
    """One file of a multipart request."""

    name: str
    mime: str
    data: bytes


@dataclass
class Call:
    """One call of a Bot API method: parameters as sent, files by the name of their part."""

    method: str
    raw: dict[str, str] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """A result with a ``description`` beside it: only the webhook methods have one."""

    result: Any
    description: str


async def read_fields(request: web.Request) -> tuple[dict[str, Any], list[tuple[str, Upload]]]:
    """Return the fields and the files of any kind of request body; bad JSON is a 400."""
    fields: dict[str, Any] = dict(request.query)
    files: list[tuple[str, Upload]] = []
    if not request.body_exists:
        return fields, files
    if request.content_type == "application/json":
        fields.update(_json_object(await request.read()))
        return fields, files
    form = await request.post()
    for name, value in form.items():
        if isinstance(value, web.FileField):
            with value.file as source:
                files.append((name, Upload(value.filename, value.content_type, source.read())))
        elif isinstance(value, bytes | bytearray):
            files.append((name, Upload(name, "application/octet-stream", bytes(value))))
        else:
            fields[name] = value
    return fields, files


async def read_call(request: web.Request, method: str) -> Call:
    """Return the call this request makes."""
    fields, files = await read_fields(request)
    named = method or str(fields.pop("method", ""))
    call = Call(named, {name: as_text(value) for name, value in fields.items()}, dict(files))
    for name in call.files:
        # curl puts the file into the field itself, aiogram beside it: both become attach://
        call.raw.setdefault(name, f"attach://{name}")
    return call


def as_text(value: Any) -> str:
    """Return a JSON value as a form would have sent it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _json_object(data: bytes) -> dict[str, Any]:
    try:
        body = json.loads(data) if data else {}
    except ValueError as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(body, dict):
        raise bad_request("object expected")
    return {name: value for name, value in body.items() if value is not None}
