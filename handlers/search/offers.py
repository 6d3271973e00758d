"""What is offered for a text that is neither a question nor found: a deputy may log it."""

from handlers.requests import aside
from handlers.requests.callbacks import LogThis
from handlers.requests.content import Content
from handlers.turn import Turn
from handlers.ui import texts
from handlers.ui.screen import Button, Row
from storage.rules.access import Action, may


def rows(turn: Turn, text: str) -> tuple[Row, ...]:
    """The button that makes a voter's request of ``text``, for those who log requests."""
    if not may(turn.actor, Action.LOG_REQUESTS) or not texts.has_words(text):
        return ()
    key = aside.key_of_typed(turn)
    aside.remember(turn, key, Content(text))
    return ((Button(turn.t.plain("📝 Log it as a request"), LogThis(key=key)),),)
