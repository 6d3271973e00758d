"""One change of a meeting's papers, and the word on why it did not go through."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy import Connection

from handlers.turn import Turn
from handlers.ui.i18n import N_
from handlers.ui.screen import Screen
from storage.errors import AlreadyChanged, NotPossible
from storage.rules.access import Actor

P = ParamSpec("P")
T = TypeVar("T")

REASONS = {
    "not_in_progress": N_("The meeting does not go on now."),
    "wrong_state": N_("In its present state the meeting does not allow this."),
    "not_begun": N_("The final document is made once the meeting has begun."),
    "not_held": N_("The final document is approved after the meeting."),
    "not_of_the_meeting": N_("This item is not considered at the meeting any more."),
    "approved": N_("The final document is approved: nothing in it changes any more."),
    "signed": N_("The minutes are signed: what was decided does not change any more."),
    "archived": N_("The meeting is in the archive: this does not change any more."),
    "accepted": N_("It is in the final document already: edit the clause there."),
    "changed": N_("The document has changed since you saw it. Look at it once more."),
    "empty": N_("There is no clause to approve yet."),
    "unfinished": N_("Some instructions lack an executor or a deadline ahead. Fill them in."),
    "too_many": N_("There are too many of them."),
    "too_long": N_("This is too long."),
    "in_the_past": N_("This day has passed."),
    "is_executor": N_("This person is the executor already."),
    "no_draft": N_("There is no draft decision any more."),
    "number_taken": N_("Other minutes of this body have this number this year."),
}
OTHERWISE = N_("This is not possible any more: it has changed.")


@dataclass(frozen=True)
class Tried(Generic[T]):
    """What came of a change: ``result``, or the ``word`` on why there is none."""

    result: T | None = None
    word: str | None = None
    reason: str | None = None  # of NotPossible

    def on(self, screen: Screen) -> Screen:
        """``screen`` as it stands now, with the word over it."""
        return replace(screen, toast=self.word, alert=True) if self.word else screen


async def tried(
    turn: Turn,
    fn: Callable[Concatenate[Connection, Actor, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Tried[T]:
    """Write ``fn(tx, actor, …)``. NotFound and NotAllowed go on their way."""
    return await tried_with(turn, REASONS, fn, *args, **kwargs)


async def tried_with(
    turn: Turn,
    reasons: Mapping[str, str],
    fn: Callable[Concatenate[Connection, Actor, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Tried[T]:
    """As ``tried``; ``reasons`` has the words (msgids) for what is not possible."""
    return await tried_then(turn, reasons, lambda _: None, fn, *args, **kwargs)


async def tried_then(
    turn: Turn,
    reasons: Mapping[str, str],
    then: Callable[[T], None],
    fn: Callable[Concatenate[Connection, Actor, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> Tried[T]:
    """As ``tried_with``; ``then`` may change the conversation once it is done."""
    try:
        result: T = await turn.write_then(then, fn, turn.actor, *args, **kwargs)
        return Tried(result)
    except AlreadyChanged as change:
        return Tried(word=changed(turn, change))
    except NotPossible as error:
        word = turn.t.plain(reasons.get(error.reason, OTHERWISE))
        return Tried(word=word, reason=error.reason)


def changed(turn: Turn, change: AlreadyChanged) -> str:
    """Who was first, and when."""
    if change.by is None or change.at is None:
        return turn.t.plain("It was changed meanwhile. Here is how it stands now.")
    at = change.at.astimezone(turn.zone)
    return turn.t.plain("{name} changed it at {time}.", name=change.by, time=f"{at:%H:%M}")
