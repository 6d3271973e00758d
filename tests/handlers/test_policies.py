"""Every handler says who may, and none is registered in a way that aiogram runs in a thread."""

import inspect
from collections.abc import Iterator

import pytest
from aiogram import Router
from aiogram.dispatcher.event.handler import HandlerObject

from bot.client import make_dispatcher
from bot.intake.raw import ALLOWED_UPDATES
from handlers.ui.policy import FLAG, Policy
from storage.rules.access import MATRIX, Action, Role

# What a handler may ask for beside the event.
INJECTED = {"turn", "callback_data", "command"}


def handlers(router: Router) -> Iterator[tuple[str, HandlerObject]]:
    for name, observer in router.observers.items():
        if name != "update":
            yield from ((name, handler) for handler in observer.handlers)
    for child in router.sub_routers:
        yield from handlers(child)


EVERY = list(handlers(make_dispatcher()))


def test_there_are_handlers_to_look_at() -> None:
    assert len(EVERY) > 50


@pytest.mark.parametrize(("kind", "handler"), EVERY, ids=lambda x: getattr(x, "callback", x))
def test_each_handler_is_declared_as_it_must_be(kind: str, handler: HandlerObject) -> None:
    where = f"{handler.callback.__module__}.{handler.callback.__name__}"
    assert kind in ALLOWED_UPDATES, f"{where}: Telegram does not send {kind} to us"
    assert isinstance(handler.flags.get(FLAG), Policy), f"{where}: says not who may"
    assert inspect.iscoroutinefunction(handler.callback), f"{where}: is not async"
    assert set(list(inspect.signature(handler.callback).parameters)[1:]) <= INJECTED, where
    for filter_ in handler.filters or []:
        assert filter_.awaitable, f"{where}: a filter that aiogram runs in a thread"


def test_the_matrix_knows_every_action_and_no_role_is_forgotten() -> None:
    assert set(MATRIX) == set(Action)
    assert set().union(*MATRIX.values()) == set(Role)


def test_no_two_kinds_of_buttons_are_called_alike() -> None:
    """A button would go to whichever router comes first."""
    named: dict[str, set[str]] = {}
    for _, handler in EVERY:
        for filter_ in handler.filters or []:
            kind = getattr(filter_.callback, "callback_data", None)
            if kind is not None:
                named.setdefault(kind.__prefix__, set()).add(f"{kind.__module__}.{kind.__name__}")
    assert len(named) > 100
    assert {prefix: kinds for prefix, kinds in named.items() if len(kinds) > 1} == {}
