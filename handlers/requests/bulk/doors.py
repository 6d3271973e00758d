"""The ways from the list of requests to marking several, and to those one had before."""

from handlers.requests.bulk.callbacks import HandedOn, Selecting
from handlers.turn import Turn
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Row
from storage.rules.access import Action, may

HANDED_ON = N_("🤝 Handed on")


def rows(turn: Turn, which: str) -> tuple[Row, ...]:
    """The row under the list behind a filter."""
    t = turn.t
    row = []
    if may(turn.actor, Action.REASSIGN_REQUESTS):
        row.append(Button(t.plain("☑️ Select several"), Selecting(which=which, anew=True)))
    if may(turn.actor, Action.LOG_REQUESTS):
        row.append(Button(t.plain(HANDED_ON), HandedOn()))
    return (tuple(row),) if row else ()
