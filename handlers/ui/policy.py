"""Who may: every handler says so with ``@policy``; the program asks before it calls one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from aiogram.dispatcher.flags import Flag, FlagDecorator

from storage.rules.access import Action, Actor, may

FLAG = "policy"
Handler = TypeVar("Handler", bound=Callable[..., Any])


@dataclass(frozen=True)
class Policy:
    """What a handler requires. ``action`` None lets everybody in, guests too.

    ``groups`` says that the answer holds nothing personal and may be given in a group.
    """

    action: Action | None
    groups: bool = False

    def admits(self, actor: Actor) -> bool:
        """Whether ``actor`` may, somewhere; the object's own branch is checked in storage."""
        return self.action is None or may(actor, self.action)


def policy(action: Action | None, *, groups: bool = False) -> Callable[[Handler], Handler]:
    """Declare who may call the handler under it."""
    return FlagDecorator(Flag(FLAG, Policy(action, groups)))  # type: ignore[return-value]
