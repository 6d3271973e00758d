"""Where a program may be killed: names for moments, and the wrapping that kills at the n-th pass.

The program itself knows nothing of it: the child wraps its own functions before it runs.
"""

import importlib
import inspect
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn


@dataclass(frozen=True)
class Point:
    """A moment: just ``before`` a function, or just after it; ``where`` is module:attribute."""

    where: str
    before: bool = False


# Of storage functions "after" means: all is written, nothing is committed.
POINTS: dict[str, Point] = {
    "owners entered, not committed": Point("storage.people:ensure_owners"),
    "lanes freed, not committed": Point("storage.inbox:release_all"),
    "inbox written, not committed": Point("storage.inbox:keep"),
    "inbox committed": Point("bot.intake.keeper:Keeper.keep"),
    "lane claimed, not committed": Point("storage.inbox:claim"),
    "mid-handler, before the write": Point("handlers.turn:Turn.write_then", before=True),
    "effect written, not committed": Point("storage.requests:register"),
    "update settled, not committed": Point("storage.inbox:settle"),
    "effect committed": Point("handlers.turn:Turn.write_then"),
    "before a screen is shown": Point("bot.intake.presenter:Presenter.show", before=True),
    "updates marked, not committed": Point("storage.inbox:write_up"),
    "taken for sending, not committed": Point("storage.outbox:take"),
    "before sending": Point("bot.delivery.sender:Sender.send", before=True),
    "answered, before mark-sent": Point("bot.delivery.sender:Sender.send"),
    "marked sent, not committed": Point("storage.settlement:settle"),
    "mid-broadcast, a copy marked": Point("storage.deliveries:settle"),
    "mark-sent committed": Point("bot.delivery.carrier:Carrier._settle"),
    "left over, before it is sorted out": Point(
        "bot.delivery.carrier:Carrier.uncertain", before=True
    ),
    "left over, sorted out": Point("bot.delivery.carrier:Carrier.uncertain"),
    "ticked, not committed": Point("storage.ticking:tick"),
}

MIGRATION: dict[str, Point] = {
    "a statement": Point("sqlalchemy.engine.base:Connection.execute"),
    "migrated, not committed": Point("storage.schema:upgrade"),
    "migration committed": Point("storage.schema:migrate"),
}

BACKUP: dict[str, Point] = {
    "nothing written": Point("storage.sqlite_file:copy_into", before=True),
    "written, not checked": Point("storage.sqlite_file:copy_into"),
    "checked, not renamed": Point("storage.sqlite_file:check"),
    "renamed": Point("storage.sqlite_file:sync_folder", before=True),
}


def arm(name: str, nth: int) -> None:
    """Have this process killed at the ``nth`` pass of the point."""
    point = {**POINTS, **MIGRATION, **BACKUP}[name]
    module, _, path = point.where.partition(":")
    holder: Any = importlib.import_module(module)
    *classes, attribute = path.split(".")
    for each in classes:
        holder = getattr(holder, each)
    setattr(holder, attribute, _killing(getattr(holder, attribute), point.before, nth))


def die() -> NoReturn:
    """Be gone, as by a power cut: no handler runs, nothing is flushed."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("dead")


def _killing(function: Callable[..., Any], before: bool, nth: int) -> Callable[..., Any]:
    passes = 0

    def passed() -> None:
        nonlocal passes
        passes += 1
        if passes == nth:
            die()

    async def awaited(*args: Any, **kwargs: Any) -> Any:
        if before:
            passed()
        result = await function(*args, **kwargs)
        if not before:
            passed()
        return result

    def called(*args: Any, **kwargs: Any) -> Any:
        if before:
            passed()
        result = function(*args, **kwargs)
        if not before:
            passed()
        return result

    return awaited if inspect.iscoroutinefunction(function) else called
