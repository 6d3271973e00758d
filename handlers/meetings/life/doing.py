"""One step of a meeting by a tap or a text, and where the person stands when it is refused."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.meetings.life import words
from handlers.turn import Turn
from storage.errors import AlreadyChanged, NotPossible
from storage.rules.access import Actor

P = ParamSpec("P")
T = TypeVar("T")

CAPABILITY = "meeting_life"


class Refused(Exception):
    """It was not done; ``why`` is in words. Nothing of what was entered is lost."""

    def __init__(self, why: Markup) -> None:
        super().__init__(str(why))
        self.why = why

    @property
    def word(self) -> str:
        """For a toast."""
        return self.why.unescape()[:200]


async def do(
    turn: Turn,
    fn: Callable[Concatenate[Connection, Actor, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Do ``fn`` and leave the wizard with it. Raises Refused, and the person stays in it."""
    before = turn.conversation.state, dict(turn.conversation.data)
    if is_open(turn):
        turn.conversation.clear()
    try:
        return await turn.write(fn, turn.actor, *args, **kwargs)
    except AlreadyChanged as error:
        raise Refused(words.was_first(turn, error)) from None
    except NotPossible as error:
        turn.conversation.state, turn.conversation.data = before
        raise Refused(words.refused(turn, error.reason)) from None


def is_open(turn: Turn) -> bool:
    """Whether the person stands in this wizard."""
    return (turn.conversation.state or "").startswith(f"{CAPABILITY}:")


def wake(turn: Turn) -> bool:
    """Take up what was being entered if it was put aside; False when there is nothing."""
    return is_open(turn) or turn.conversation.resume(CAPABILITY)


def begin(turn: Turn, step: str, meeting_id: int, version: int, **data: str) -> None:
    """Open the wizard at ``step`` for a meeting; what else was being entered is put aside."""
    if is_open(turn):
        turn.conversation.clear()
    else:
        turn.conversation.pause()
    turn.conversation.forget(CAPABILITY)
    turn.conversation.to(f"{CAPABILITY}:{step}", meeting=meeting_id, version=version, **data)
