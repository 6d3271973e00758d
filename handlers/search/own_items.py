"""Items under control among what a general search finds: those one sees, in private alone."""

from markupsafe import Markup

from handlers.roadmap import words
from handlers.roadmap.callbacks import OpenItem
from handlers.roadmap.item_callbacks import FindItems
from handlers.turn import Turn
from handlers.ui.screen import Button, Row, column
from storage.roadmap import finding
from storage.roadmap.finding import Found
from storage.rules.access import Action, may

SHOWN = 3


async def find(turn: Turn, text: str) -> Found | None:
    """What the person sees of ``text``; None where there is nothing of it to be shown."""
    if turn.in_group or not may(turn.actor, Action.CARRY_ITEMS):
        return None
    found = await turn.read(finding.find, turn.actor, text, SHOWN, near=True)
    return found if found.items else None


def heading(turn: Turn, found: Found | None) -> Markup | None:
    """The line above their buttons."""
    return turn.t("🎯 Items under control with these words:") if found else None


def rows(turn: Turn, found: Found | None) -> tuple[Row, ...]:
    """The most urgent ones, and the way to the search of items when there are more."""
    if found is None:
        return ()
    buttons = [
        Button(words.label(turn.t, one, turn.today), OpenItem(id=one.id)) for one in found.items
    ]
    if found.more:
        buttons.append(Button(turn.t.plain("🔎 Find another item"), FindItems()))
    return column(buttons)
