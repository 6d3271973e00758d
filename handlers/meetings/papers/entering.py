"""Texts that a secretary writes: each with its question, its present wording, and where it goes."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from aiogram.filters.callback_data import CallbackData
from markupsafe import Markup, escape

from handlers.meetings.papers.callbacks import SaveWritten
from handlers.meetings.papers.trying import tried
from handlers.meetings.texts import clipped
from handlers.turn import Turn
from handlers.ui import texts, wizard
from handlers.ui.screen import Button, Screen, lines
from storage.errors import NotAllowed, NotFound

CAPABILITY = "papers"
SHOWN = 1500  # characters of a present wording


@dataclass(frozen=True)
class Present:
    """What stands there now: its version, and the screen that one came from."""

    text: str
    version: int
    back: CallbackData
    about: Markup | None = None  # what it is written on


@dataclass(frozen=True)
class Text:
    """A text that can be written: ``save`` is fn(tx, actor, id, version, text, now)."""

    question: str  # a msgid
    limit: int  # characters
    look: Callable[[Turn, int], Awaitable[Present]]
    save: Callable[..., Any]
    after: Callable[[Turn, int], Awaitable[Screen]]


# Name of the step → its text; the capabilities put theirs here.
TEXTS: dict[str, Text] = {}


def open_step(turn: Turn, step: str, **data: Any) -> None:
    """Go to a step of this capability; what else was being entered is put aside."""
    if (turn.conversation.state or "").startswith(f"{CAPABILITY}:"):
        turn.conversation.clear()
    else:
        turn.conversation.pause()
    turn.conversation.to(f"{CAPABILITY}:{step}", **data)


def leave(turn: Turn) -> None:
    """Whoever goes elsewhere among the papers does not write any more."""
    if (turn.conversation.state or "").startswith(f"{CAPABILITY}:"):
        turn.conversation.clear()


@contextmanager
def closing(turn: Turn) -> Iterator[None]:
    """Leave the step when what it is about is gone, or is nobody's business any more."""
    try:
        yield
    except (NotAllowed, NotFound):
        leave(turn)
        raise


async def begin(turn: Turn, name: str, about: int) -> Screen:
    """Ask for the text ``name`` of the thing with the id ``about``."""
    present = await TEXTS[name].look(turn, about)
    open_step(turn, name, about=about, version=present.version)
    return _step(turn, name, present)


async def again(turn: Turn) -> Screen:
    """The step that is open, as things stand now."""
    return await show(turn)


async def show(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The step, with what was wrong with the last input."""
    name = str(turn.conversation.state).removeprefix(f"{CAPABILITY}:")
    with closing(turn):
        present = await TEXTS[name].look(turn, int(turn.conversation.data["about"]))
    return _step(turn, name, present, mistake)


async def take(turn: Turn, typed: str | None) -> Screen:
    """Keep what was written, where nobody changed the text meanwhile."""
    state, data = str(turn.conversation.state), dict(turn.conversation.data)
    name = state.removeprefix(f"{CAPABILITY}:")
    text = texts.typed(typed, TEXTS[name].limit)
    if isinstance(text, texts.Mistake):
        return await show(turn, texts.told(turn.t, text, TEXTS[name].limit))
    about = int(data["about"])
    turn.conversation.clear()
    done = await tried(turn, TEXTS[name].save, about, int(data["version"]), text, turn.now)
    if done.word is None:
        return await TEXTS[name].after(turn, about)
    if done.reason is not None:
        return done.on(await TEXTS[name].after(turn, about))
    # Somebody was first: their wording is shown, and one's own is kept for one tap.
    present = await TEXTS[name].look(turn, about)
    turn.conversation.to(state, about=about, version=present.version, written=text)
    return _step(turn, name, present, escape(done.word))


def _step(turn: Turn, name: str, present: Present, mistake: Markup | None = None) -> Screen:
    t = turn.t
    written = turn.conversation.data.get("written")
    keep = (Button(t.plain("Save my wording"), SaveWritten()),)
    return wizard.step(
        t,
        1,
        1,
        lines(
            Markup("<b>{}</b>").format(t(TEXTS[name].question)),
            present.about,
            t("Now it reads: {text}", text=clipped(present.text, SHOWN)) if present.text else None,
            t("Yours: {text}", text=clipped(str(written), SHOWN)) if written else None,
        ),
        hint=t("Write it in one message, at most {n} characters.", n=TEXTS[name].limit),
        mistake=mistake,
        rows=(keep,) if written else (),
        back=present.back,
    )
