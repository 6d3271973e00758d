"""Where a person stands while something of an object is entered."""

from handlers.turn import Turn

CAPABILITY = "objects"


def state(name: str) -> str:
    """The conversation's state of one step."""
    return f"{CAPABILITY}:{name}"


def begin(turn: Turn, name: str, **data: object) -> None:
    """Go to the first step; what else was being entered is put aside."""
    leave(turn)
    turn.conversation.pause()
    turn.conversation.to(state(name), **data)


def leave(turn: Turn) -> None:
    """Forget a step of this capability that is open."""
    if (turn.conversation.state or "").startswith(f"{CAPABILITY}:"):
        turn.conversation.clear()
