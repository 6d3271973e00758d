"""A loop whose time passes only when everybody waits for it: hours of waiting take no time."""

import asyncio
import selectors
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

from storage.database import Database

P = ParamSpec("P")
T = TypeVar("T")


class _Selector(selectors.DefaultSelector):
    """Jumps to the next timer instead of waiting for it, unless a thread is still at work."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.at_work = 0

    def select(self, timeout: float | None = None) -> Any:
        if self.at_work:
            # No time passes while the database works; its thread wakes the loop.
            return super().select(None if timeout is None or timeout > 0 else 0)
        ready = super().select(0)
        if not ready and timeout:
            self.now += timeout
        return ready


class VirtualLoop(asyncio.SelectorEventLoop):
    """Its ``time`` is virtual. Network and threads unknown to ``at_work`` are not waited for."""

    def __init__(self) -> None:
        self.virtual = _Selector()
        super().__init__(self.virtual)

    def time(self) -> float:
        """Seconds since the loop was made, virtual."""
        return self.virtual.now


class WaitedFor(Database):
    """A database for whose threads a virtual loop waits."""

    def __init__(self, url: str, loop: VirtualLoop) -> None:
        super().__init__(url)
        self._selector = loop.virtual

    async def read(
        self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        self._selector.at_work += 1
        try:
            return await super().read(fn, *args, **kwargs)
        finally:
            self._selector.at_work -= 1

    async def write(
        self, fn: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        self._selector.at_work += 1
        try:
            return await super().write(fn, *args, **kwargs)
        finally:
            self._selector.at_work -= 1
