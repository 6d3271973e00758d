"""One change of an item: done, or the item as it stands now with a word on why not."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from handlers import failures
from handlers.meetings.agenda import listing, screens, wizard, words
from handlers.turn import Turn
from handlers.ui.screen import Screen
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.meetings import agenda, papers


async def agenda_of(
    turn: Turn, meeting_id: int, page: int = 0, word: Markup | None = None
) -> Screen:
    """The agenda as it stands now."""
    return listing.listed(turn, await turn.read(listing.whole, turn, meeting_id), page, word=word)


async def item(turn: Turn, item_id: int, word: Markup | None = None) -> Screen:
    """The item as it stands now, for whoever prepares its meeting. Raises NotFound, NotAllowed."""
    found = await turn.read(papers.to_change, turn.actor, item_id)
    return screens.item(turn, found, word=word)


async def gone(turn: Turn, error: NotFound) -> None:
    """Let an item of a foreign meeting pass for a deleted one; the try is recorded.

    Raises ``error`` when it is about something else.
    """
    if error.subject not in (agenda.SUBJECT, "meeting"):
        raise error
    await failures.missing(turn, error)


async def again(turn: Turn, item_id: int, error: AlreadyChanged | NotPossible) -> Screen:
    """The item as it stands now, and why the tap did not do what it said."""
    t = turn.t
    why = (
        words.impossible(t, error) if isinstance(error, NotPossible) else words.changed(turn, error)
    )
    return replace(await item(turn, item_id), toast=why, alert=True)


async def tapped(
    turn: Turn,
    item_id: int,
    fn: Callable[..., Any],
    *args: Any,
    word: str | None = None,
    **kw: Any,
) -> Screen:
    """Make the change ``fn`` of a button, and show the item after it.

    ``word`` is said over it when ``fn`` returned that more was done than was asked for.
    """
    try:
        more = await turn.write(fn, turn.actor, *args, **kw)
    except (AlreadyChanged, NotPossible) as error:
        return await again(turn, item_id, error)
    except NotFound as error:
        await gone(turn, error)
        return wizard.deleted(turn)
    return replace(await item(turn, item_id), toast=word if more else None)


async def typed(turn: Turn, text: str, fn: Callable[..., Any], *args: Any, **kw: Any) -> Screen:
    """Make the change ``fn`` of a typed ``text``; refused, the text is shown again."""
    data = turn.conversation.data
    try:
        await turn.write_then(lambda _: turn.conversation.clear(), fn, turn.actor, *args, **kw)
    except AlreadyChanged as change:
        word = Markup("{}").format(words.changed(turn, change))
        return await wizard.show(turn, word, text)
    except NotPossible as error:
        word = Markup("{}").format(words.impossible(turn.t, error))
        return await wizard.show(turn, word, text)
    except NotFound as error:
        if error.subject != agenda.SUBJECT:
            raise
        return wizard.deleted(turn, text)
    return await item(turn, int(data["item"]))
