"""Steps that the choices of an audience share: read the draft, change it, show what comes next."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from markupsafe import Markup

from handlers.broadcasts import showing
from handlers.broadcasts.addressing import screens
from handlers.turn import Turn
from handlers.ui.screen import Screen, toast
from storage import audiences, broadcasts
from storage.broadcasts import addressing
from storage.broadcasts.reading import Broadcast, get
from storage.errors import AlreadyChanged, NotPossible
from storage.selections import Selection

T = TypeVar("T")
Next = Callable[[Turn, int], Awaitable[Screen]]


async def address(
    turn: Turn, draft: Broadcast, version: int, wanted: Selection, then: Next
) -> Screen:
    """Let the draft that was shown as ``version`` go to ``wanted``, and show what comes next."""
    given = (draft.id, version, wanted, turn.now, turn.today)
    try:
        await turn.write(addressing.address, turn.actor, *given)
    except AlreadyChanged:
        return await showing.stands_otherwise(turn, draft.id)
    except NotPossible:
        word = turn.t.plain("At most {n} can be left out.", n=addressing.MOST_LEFT_OUT)
        return toast(word, alert=True)
    return await then(turn, draft.id)


async def whom(turn: Turn, number: int, word: Markup | None = None) -> Screen:
    """Whom the draft goes to now, and what can be chosen; ``word`` is what was done."""
    draft = await draft_of(turn, number)
    shown = await turn.read(broadcasts.preview, turn.actor, number, turn.today)
    choice = await turn.read(audiences.choice, turn.actor)
    named = await turn.read(addressing.named, turn.actor, draft.whom)
    return screens.whom(turn, shown, choice, named, word)


async def draft_of(turn: Turn, number: int) -> Broadcast:
    """The draft to change. Raises AlreadyChanged when it is none any more."""
    found = await turn.read(get, turn.actor, number)
    if found.state != "draft":
        raise AlreadyChanged
    return found


def switched(chosen: tuple[T, ...], one: T) -> tuple[T, ...]:
    """``chosen`` with ``one``, or without it where it was there."""
    return tuple(o for o in chosen if o != one) if one in chosen else (*chosen, one)
