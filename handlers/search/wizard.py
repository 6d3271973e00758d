"""The one step of search: which words."""

from markupsafe import Markup

from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.screen import Button, Screen, lines
from handlers.ui.wizard import CancelWizard, Renderer

WORDS = "search:words"


def ask(turn: Turn, *, mistake: Markup | None = None) -> Screen:
    """Ask for the words, saying what was wrong with the last input."""
    t = turn.t
    return Screen(
        lines(
            t("<b>What shall I search for?</b>"),
            Markup("⚠️ {}").format(mistake) if mistake else None,
            t("<i>One or two words: hippodrome, sports complex, Sairam.</i>"),
        ),
        rows=((Button(t.plain("Cancel"), CancelWizard()), nav.home(t)),),
    )


def over(turn: Turn) -> None:
    """Leave the step. There is no draft to forget, and what others keep in the data stays."""
    if turn.conversation.state == WORDS:
        turn.conversation.state, turn.conversation.changed = None, True


async def _again(turn: Turn) -> Screen:
    return ask(turn)


RESUME: dict[str, Renderer] = {WORDS: _again}
