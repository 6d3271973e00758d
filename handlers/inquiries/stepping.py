"""What is noted about an inquiry in steps: each is about one inquiry, as it was seen then."""

from typing import Any

from handlers.turn import Turn
from storage.inquiries import Inquiry

CAPABILITY = "inquiry_steps"


def begin(turn: Turn, step: str, inquiry: Inquiry, version: int, **data: Any) -> None:
    """Go to the first step; what else was being entered is put aside."""
    leave(turn)
    turn.conversation.pause()
    turn.conversation.to(f"{CAPABILITY}:{step}", inquiry=inquiry.id, version=version, **data)


def go(turn: Turn, step: str, **data: Any) -> None:
    """Go to another step about the same inquiry."""
    turn.conversation.to(f"{CAPABILITY}:{step}", **data)


def leave(turn: Turn) -> None:
    """Whoever goes elsewhere among the inquiries does not note anything any more."""
    if (turn.conversation.state or "").startswith(f"{CAPABILITY}:"):
        turn.conversation.clear()


def about(turn: Turn) -> int:
    """The inquiry that the open step is about; 0 when none is open."""
    if not (turn.conversation.state or "").startswith(f"{CAPABILITY}:"):
        return 0
    return int(turn.conversation.data.get("inquiry") or 0)


def version(turn: Turn) -> int:
    """The version that was seen when the steps began."""
    return int(turn.conversation.data["version"])


def step_of(turn: Turn) -> str:
    """The name of the open step."""
    return str(turn.conversation.state).removeprefix(f"{CAPABILITY}:")
