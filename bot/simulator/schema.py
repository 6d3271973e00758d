"""The schema of every method: aiogram's own classes, made strict.

The real server ignores a parameter it does not know. Here it is refused, at every depth:
``Bad Request: unknown parameter "x"``. That is stricter than Telegram on purpose: a misspelt
parameter should fail on the developer's table, not be lost in silence.
"""

import json
from functools import cache
from typing import Any, get_args

import aiogram.methods
from aiogram.methods import TelegramMethod
from aiogram.types import BufferedInputFile, InputFile
from pydantic import BaseModel, ConfigDict, ValidationError, create_model

from bot.simulator.errors import ApiError, bad_request
from bot.simulator.wire import Call

BY_HAND = {"reply_markup"}  # read by markup.py, whose words differ
NOT_HERE = {
    "business_connection_id",
    "direct_messages_topic_id",
    "ephemeral_message_parameters",
    "rich_message",
    "suggested_post_parameters",
}
MISSING = {
    "chat_id": "chat_id is empty",
    "from_chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "voice": "there is no voice in the request",
    "video": "there is no video in the request",
    "audio": "there is no audio in the request",
    "animation": "there is no animation in the request",
    "video_note": "there is no video note in the request",
    "sticker": "there is no sticker in the request",
    "file_id": "wrong file_id or the file is temporarily unavailable",
    "inline_query_id": "query is too old and response timeout expired or query ID is invalid",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
    "media": "there are no messages to send",
    "user_id": "invalid user_id specified",
    "action": "wrong parameter action in request",
}


@cache
def method_class(name: str) -> type[TelegramMethod[Any]] | None:
    """Return aiogram's class of the method called ``name`` (any case), None when unknown."""
    return _classes().get(name.lower())


@cache
def _classes() -> dict[str, type[TelegramMethod[Any]]]:
    found: dict[str, type[TelegramMethod[Any]]] = {}
    for item in vars(aiogram.methods).values():
        name = getattr(item, "__api_method__", None)
        if isinstance(name, str):
            found[name.lower()] = item
    return found


@cache
def _strict(cls: type[TelegramMethod[Any]]) -> type[BaseModel]:
    """Return the class's fields as a model that forbids all others."""
    fields: dict[str, Any] = {
        name: (info.annotation, ... if info.is_required() else None)
        for name, info in cls.model_fields.items()
        if name not in BY_HAND
    }
    config = ConfigDict(extra="forbid", arbitrary_types_allowed=True, protected_namespaces=())
    return create_model(f"Strict{cls.__name__}", __config__=config, **fields)


def validate(call: Call, cls: type[TelegramMethod[Any]]) -> dict[str, Any]:
    """Return the typed parameters of ``call``; raises ApiError for whatever does not fit."""
    raw = {k: v for k, v in call.raw.items() if k not in BY_HAND and k not in call.files}
    for name in call.files:
        if name in cls.model_fields:
            raw[name] = f"attach://{name}"
    if "reply_markup" in call.raw and "reply_markup" not in cls.model_fields:
        raise bad_request('unknown parameter "reply_markup"')
    values: dict[str, Any] = {}
    for name, text in raw.items():
        info = cls.model_fields.get(name)
        if info is not None and text == "":
            continue  # an empty value counts as absent
        values[name] = text if info is None else _decoded(name, text, info.annotation)
    try:
        model = _strict(cls).model_validate(values)
    except ValidationError as error:
        raise _refusal(error) from error
    _no_extras(model, "")
    _no_gaps(model)
    dumped: dict[str, Any] = model.model_dump(mode="python", exclude_unset=True, exclude_none=True)
    return {name: _plain(value) for name, value in dumped.items()}


def _decoded(name: str, text: str, annotation: Any) -> Any:
    if _only_file(annotation):
        return BufferedInputFile(b"", filename=name)
    if not _is_nested(annotation):
        return text
    try:
        value = json.loads(text)
    except ValueError as error:
        raise _bad_json(name) from error
    if isinstance(value, list):
        return [_without_thumbnails(item) for item in value]
    return _without_thumbnails(value)


def _bad_json(name: str) -> ApiError:
    if name.endswith("entities"):
        return bad_request("can't parse entities: can't parse message entities JSON object")
    return bad_request(f"can't parse {name.replace('_', ' ')} JSON object")


def _without_thumbnails(item: Any) -> Any:
    if isinstance(item, dict):
        return {k: v for k, v in item.items() if k not in ("thumbnail", "cover")}
    return item


def _parts(annotation: Any) -> list[Any]:
    parts = [annotation]
    for part in get_args(annotation):
        parts.extend(_parts(part))
    return parts


def _is_nested(annotation: Any) -> bool:
    for part in _parts(annotation):
        if getattr(part, "__origin__", None) in (list, dict) or part in (list, dict):
            return True
        if isinstance(part, type) and issubclass(part, BaseModel):
            return True
    return False


def _only_file(annotation: Any) -> bool:
    parts = {part for part in _parts(annotation) if isinstance(part, type)}
    return InputFile in parts and str not in parts


def _refusal(error: ValidationError) -> ApiError:
    first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
    name = str(first["loc"][0])
    if first["type"] == "extra_forbidden":
        return bad_request(f'unknown parameter "{name}"')
    if first["type"] == "missing" and len(first["loc"]) == 1:
        return bad_request(MISSING.get(name, f'parameter "{name}" is required'))
    return bad_request(f"wrong parameter {name} in request")


def _no_gaps(model: BaseModel) -> None:
    """Refuse what exists in Telegram and not here, rather than pretend that it worked."""
    if "message_thread_id" in model.model_fields_set:
        raise bad_request("message thread not found")  # no chat here has topics
    for name in sorted(NOT_HERE & model.model_fields_set):
        raise bad_request(f'parameter "{name}" does not work in the local Telegram')


def _no_extras(value: Any, path: str) -> None:
    """Refuse fields aiogram's nested types let through."""
    if isinstance(value, list | tuple):
        for item in value:
            _no_extras(item, path)
    if not isinstance(value, BaseModel):
        return
    for name in value.model_extra or {}:
        raise bad_request(f'unknown parameter "{path}{name}"')
    for name in value.model_fields_set:
        _no_extras(getattr(value, name), f"{path}{name}.")


def forbid_extras(value: BaseModel, path: str) -> None:
    """Refuse unknown fields anywhere inside ``value``, named with ``path`` in front."""
    _no_extras(value, f"{path}.")


def _plain(value: Any) -> Any:
    """Return enums and nested values as bare JSON values."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return getattr(value, "value", value)
