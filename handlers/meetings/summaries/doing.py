"""One change of a summary or a finding, and the word on why it did not go through."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

from handlers.meetings.papers.trying import Tried, tried_with
from handlers.meetings.summaries.words import REFUSALS
from handlers.turn import Turn
from storage.rules.access import Actor

P = ParamSpec("P")
T = TypeVar("T")


async def done(
    turn: Turn,
    fn: Callable[Concatenate[Connection, Actor, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Tried[T]:
    """Write ``fn(tx, actor, …)``. NotFound and NotAllowed go on their way."""
    return await tried_with(turn, REFUSALS, fn, *args, **kwargs)
