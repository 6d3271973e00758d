"""How the sending waits: the loop's own time, or one that a test moves."""

import asyncio
from typing import Protocol


class Timer(Protocol):
    """Monotonic seconds, and a sleep that lets them pass."""

    def now(self) -> float:
        """Return the seconds since some fixed moment."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Let ``seconds`` pass."""
        ...


class LoopTimer:
    """The running event loop's time."""

    def now(self) -> float:
        """Return the loop's seconds."""
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        """Let real seconds pass."""
        await asyncio.sleep(seconds)
