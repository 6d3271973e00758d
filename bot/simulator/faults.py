"""Faults on order: what the next calls should suffer."""

from dataclasses import asdict, dataclass
from typing import Any

KINDS = (
    "429", "403", "400", "500", "502html", "reset_before", "reset_after", "stall", "truncated",
)  # fmt: skip


@dataclass
class Fault:
    """One ordered fault; ``method`` ``*`` is any, ``chat`` None is any."""

    kind: str
    method: str = "*"
    times: int = 1
    retry_after: int = 3
    seconds: float = 30.0
    chat: int | None = None

    def fits(self, method: str, chat: str | None) -> bool:
        """Say whether this fault strikes a call of ``method`` to ``chat``."""
        if self.method != "*" and self.method.lower() != method.lower():
            return False
        return self.chat is None or str(self.chat) == chat


class Faults:
    """All faults that still wait for their call."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def order(self, fault: Fault) -> None:
        """Add a fault; ValueError for an unknown kind."""
        if fault.kind not in KINDS:
            raise ValueError(f"unknown fault {fault.kind!r}; known: {', '.join(KINDS)}")
        self._ordered.append(fault)

    def take(self, method: str, chat: str | None) -> Fault | None:
        """Return the fault this call suffers, and use it up by one."""
        for fault in self._ordered:
            if fault.fits(method, chat):
                fault.times -= 1
                if fault.times <= 0:
                    self._ordered.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        """Forget all of them."""
        self._ordered.clear()

    def view(self) -> list[dict[str, Any]]:
        """Return the waiting faults for the page."""
        return [asdict(fault) for fault in self._ordered]
