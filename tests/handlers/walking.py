"""Every button and command there is, read from the routers, and what somebody may forge of it."""

import inspect
from collections.abc import Iterator
from enum import Enum
from typing import Any, get_args

from aiogram import Dispatcher, Router
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData, CallbackQueryFilter
from pydantic.fields import FieldInfo

from bot.client import make_dispatcher

HIGHEST = 2**63 - 1
OWN = {"draft", "key"}  # numbers of what the person's own chat holds, not of rows


def buttons() -> list[type[CallbackData]]:
    """What any button carries, each kind once."""
    found = (
        filter_.callback for handler in _handlers("callback_query") for filter_ in _of(handler)
    )
    kinds = [one.callback_data for one in found if isinstance(one, CallbackQueryFilter)]
    return list(dict.fromkeys(kinds))


def commands() -> list[str]:
    """Every command, without its slash."""
    found = (filter_.callback for handler in _handlers("message") for filter_ in _of(handler))
    words = [word for one in found if isinstance(one, Command) for word in one.commands]
    return list(dict.fromkeys(str(word) for word in words))


def ids(kind: type[CallbackData]) -> list[str]:
    """The fields of a button that name rows by their number."""
    return [name for name, field in kind.model_fields.items() if _names_a_row(name, field)]


def forged(kind: type[CallbackData], value: object, **others: object) -> str:
    """The data of a button with ``value`` in place of each id; the rest is as it may be.

    ``others`` are values of single fields.
    """
    named = dict.fromkeys(ids(kind), value) | others
    parts = [
        str(named[name]) if name in named else _likely(name, field)
        for name, field in kind.model_fields.items()
    ]
    return ":".join([kind.__prefix__, *parts])


def _names_a_row(name: str, field: FieldInfo) -> bool:
    if name in OWN or int not in (field.annotation, *get_args(field.annotation)):
        return False
    limits = {getattr(one, "le", None) for one in field.metadata}
    return HIGHEST in limits or name == "id" or name.endswith("_id")


def _likely(name: str, field: FieldInfo) -> str:
    kind = field.annotation
    if inspect.isclass(kind) and issubclass(kind, Enum):
        return str(next(iter(kind)).value)
    if kind is bool:
        return "1"  # the tap after the question whether one is sure
    if kind is int:
        return "1"
    return "kk" if name == "language" else ""


def _handlers(kind: str) -> Iterator[HandlerObject]:
    dispatcher: Dispatcher = make_dispatcher()
    routers: list[Router] = list(dispatcher.chain_tail)
    for router in routers:
        yield from router.observers[kind].handlers


def _of(handler: HandlerObject) -> list[Any]:
    return list(handler.filters or ())
