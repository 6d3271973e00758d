"""The table of methods: each family adds its own."""

from collections.abc import Callable
from typing import Any, TypeVar

from bot.simulator.hub import Hub
from bot.simulator.wire import Call

Handler = Callable[[Hub, Call], Any]  # the result, or an awaitable of it
_H = TypeVar("_H", bound=Handler)
_METHODS: dict[str, tuple[str, Handler]] = {}


def method(*names: str) -> Callable[[_H], _H]:
    """Register a function as the implementation of the methods called ``names``."""

    def add(handler: _H) -> _H:
        for name in names:
            _METHODS[name.lower()] = (name, handler)
        return handler

    return add


def find(name: str) -> tuple[str, Handler] | None:
    """Return the proper name and the implementation; names are case-insensitive."""
    return _METHODS.get(name.lower())


def names() -> list[str]:
    """Return the proper names of all methods that work here."""
    return sorted(name for name, _ in _METHODS.values())
