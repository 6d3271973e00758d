"""The day that is being moved, as it lies in the conversation."""

import hashlib
from dataclasses import dataclass
from datetime import date

from handlers.turn import Conversation, Turn

CAPABILITY = "working_days"
DAY, KIND, NOTE, CHECK = (f"{CAPABILITY}:{step}" for step in ("day", "kind", "note", "check"))
STEPS = {"day": DAY, "kind": KIND, "note": NOTE}


@dataclass(frozen=True)
class Draft:
    """What is known so far; ``answered`` says whether the note was written or left out."""

    day: date | None
    is_working: bool | None
    note: str | None
    answered: bool

    @classmethod
    def of(cls, conversation: Conversation) -> "Draft":
        """The draft as it was kept."""
        data = conversation.data
        day = data.get("day")
        return cls(
            day=date.fromisoformat(day) if day else None,
            is_working=data.get("is_working"),
            note=data.get("note"),
            answered="note" in data,
        )

    @property
    def next_step(self) -> str:
        """The state of the first step without an answer, else the check."""
        if self.day is None:
            return DAY
        if self.is_working is None:
            return KIND
        return CHECK if self.answered else NOTE

    def seal(self, version: int) -> str:
        """A mark of this very content, upon the day's override of ``version`` (0: none)."""
        whole = f"{self.day}|{self.is_working}|{self.note}|{version}"
        return hashlib.sha256(whole.encode()).hexdigest()[:12]


def is_open(conversation: Conversation) -> bool:
    """Whether the person stands in this wizard."""
    return (conversation.state or "").startswith(f"{CAPABILITY}:")


def wake(turn: Turn) -> bool:
    """Take the draft up again if it was put aside; False when there is none."""
    return is_open(turn.conversation) or turn.conversation.resume(CAPABILITY)
