"""Voters' requests among what a general search finds: of those who see them, in private alone."""

from markupsafe import Markup

from handlers.requests import lists
from handlers.requests.callbacks import OpenRequest
from handlers.requests.finding.callbacks import FindRequest
from handlers.turn import Turn
from handlers.ui.screen import Button, Row, column
from storage.requests import finding
from storage.requests.finding import Findings
from storage.rules.access import Action, may

SHOWN = 3


async def find(turn: Turn, words: str) -> Findings | None:
    """What the person sees of ``words``; None where there is nothing of it to be shown.

    A search for somebody by name or number is recorded, so this is the one write of a turn.
    """
    if turn.in_group or not may(turn.actor, Action.WORK_ON_REQUESTS):
        return None
    found = await turn.write(finding.find, turn.actor, words, turn.now)
    return found if found.requests else None


def heading(turn: Turn, found: Findings | None) -> Markup | None:
    """The line above their buttons."""
    return turn.t("📝 Voters' requests with these words:") if found else None


def rows(turn: Turn, found: Findings | None) -> tuple[Row, ...]:
    """The likeliest ones, and the way to the search of requests when there are more."""
    if found is None:
        return ()
    buttons = [
        Button(lists.row(turn.t, one, turn.today), OpenRequest(id=one.id))
        for one in found.requests[:SHOWN]
    ]
    if len(found.requests) > SHOWN:
        buttons.append(Button(turn.t.plain("🔎 Search again (requests)"), FindRequest()))
    return column(buttons)
