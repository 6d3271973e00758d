"""The draft of a meeting that is being announced, as it lies in the conversation."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from handlers.turn import Conversation, Turn
from handlers.ui.i18n import N_, translator
from handlers.ui.texts import is_blank
from storage.branches import Branch
from storage.meetings.agenda import ITEMS_LIMIT
from storage.meetings.announcements import AGENDA_LIMIT, ITEM_LIMIT, Announcement

CAPABILITY = "announce"
STEPS = ("body", "day", "time", "place", "agenda")
CHECK = "check"

TITLES = {
    "bureau": N_("Meeting of the Bureau of the Political Council ({branch})"),
    "political_council": N_("Meeting of the Political Council ({branch})"),
    "primary": N_("Assembly of the primary party organisation ({branch})"),
    "assembly": N_("General assembly of the party members ({branch})"),
    "faction": N_("Meeting of the party faction ({branch})"),
    "conference": N_("Party conference ({branch})"),
}

TimeOfDay = time  # the type, where a field is called time

# «1. Есеп», «2) Отчёт», «— Выборы»: the numbers are ours.
_LEADING = re.compile(r"^(?:\d{1,2}[.)](?!\d)|[-–—•*])\s*")


@dataclass(frozen=True)
class Draft:
    """What is known so far; a step that was answered with nothing has its key in ``answered``."""

    token: str
    answered: frozenset[str]
    branch_id: int | None = None
    body: str | None = None
    day: date | None = None
    time: TimeOfDay | None = None
    place: str | None = None
    agenda: tuple[str, ...] = ()

    @classmethod
    def of(cls, conversation: Conversation) -> "Draft":
        """The draft as it was kept."""
        data = conversation.data
        day, at = data.get("day"), data.get("time")
        return cls(
            token=str(data.get("token", "")),
            answered=frozenset(step for step in STEPS if step in data),
            branch_id=data.get("branch_id"),
            body=data.get("body"),
            day=date.fromisoformat(day) if day else None,
            time=time.fromisoformat(at) if at else None,
            place=data.get("place"),
            agenda=tuple(data.get("agenda") or ()),
        )

    @property
    def next_step(self) -> str:
        """The first step without an answer, else the check."""
        return next((step for step in STEPS if step not in self.answered), CHECK)

    def starts_at(self, zone: ZoneInfo) -> datetime:
        """The moment it begins. Raises ValueError when the day or the time is not known."""
        if self.day is None or self.time is None:
            raise ValueError("no day or no time yet")
        return datetime.combine(self.day, self.time, zone)

    def seal(self, people: int) -> str:
        """A mark of this very content, told to this number of people."""
        content: list[Any] = [self.token, self.branch_id, self.body, str(self.day), str(self.time)]
        content += [self.place, self.agenda, people]
        whole = json.dumps(content, ensure_ascii=False)
        return hashlib.sha256(whole.encode()).hexdigest()[:12]

    def ready(self, branch: Branch, zone: ZoneInfo) -> Announcement:
        """The draft as storage takes it, with its title in both languages."""
        body = str(self.body)
        return Announcement(
            draft=self.token,
            branch_id=branch.id,
            body=body,
            title_kk=translator("kk").plain(TITLES[body], branch=branch.name_kk),
            title_ru=translator("ru").plain(TITLES[body], branch=branch.name_ru),
            starts_at=self.starts_at(zone),
            place=self.place,
            agenda=self.agenda,
        )


def is_open(conversation: Conversation) -> bool:
    """Whether the person stands in this wizard."""
    return (conversation.state or "").startswith(f"{CAPABILITY}:")


def wake(turn: Turn) -> bool:
    """Take the draft up again if it was put aside; False when there is none."""
    return is_open(turn.conversation) or turn.conversation.resume(CAPABILITY)


class AgendaMistake(Exception):
    """What is wrong with a typed agenda; ``number`` is that of items, or of the item."""

    def __init__(self, kind: str, number: int) -> None:
        super().__init__(kind)
        self.kind = kind  # empty, many, item, long
        self.number = number


def agenda_of(text: str) -> list[str]:
    """The items of an agenda, one a line, without the numbers typed before them.

    Raises AgendaMistake.
    """
    lines = (" ".join(line.split()) for line in text.splitlines())
    items = [item for line in lines if not is_blank(item := _LEADING.sub("", line))]
    if not items:
        raise AgendaMistake("empty", 0)
    if len(items) > ITEMS_LIMIT:
        raise AgendaMistake("many", len(items))
    for number, item in enumerate(items, start=1):
        if len(item) > ITEM_LIMIT:
            raise AgendaMistake("item", number)
    length = sum(map(len, items))
    if length > AGENDA_LIMIT:
        raise AgendaMistake("long", length)
    return items
