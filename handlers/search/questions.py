"""Questions typed in plain words, Kazakh or Russian: what is asked, by a few general rules."""

import re
from dataclasses import dataclass
from enum import StrEnum

from handlers.search import question_words as words
from storage.rules.folding import fold

MOST_WORDS = 15  # a longer text is a story, not a question
_WORD = re.compile(r"[^\W_]+")


class Asked(StrEnum):
    """What a question is about."""

    NEXT = "next"  # when, where and with which agenda the next meeting is
    LAST = "last"  # what the last one considered and decided
    LAST_AGENDA = "last_agenda"  # who spoke on the last one
    SUBJECT = "subject"  # what was considered or decided about something


@dataclass(frozen=True)
class Question:
    """What is asked; ``subject`` in the words that were typed, ``body`` when it is named."""

    asked: Asked
    subject: str = ""
    body: str | None = None


@dataclass(frozen=True)
class _Read:
    """Which kinds of words a text has, and the words that are left: its subject."""

    found: frozenset[str]
    subject: str
    body: str | None
    is_asking: bool

    def has(self, *kinds: str) -> bool:
        return any(kind in self.found for kind in kinds)


def understand(text: str) -> Question | None:
    """What ``text`` asks of meetings; None when it is no such question."""
    typed = _WORD.findall(text)
    if not 0 < len(typed) <= MOST_WORDS:
        return None
    read = _read(text, typed)
    asked = _about_a_subject(read) if read.subject else _about_a_meeting(read)
    if asked is None:
        return None
    return Question(asked, read.subject if asked is Asked.SUBJECT else "", read.body)


def subject(text: str) -> str:
    """The words of ``text`` that are about something, as they were typed."""
    return _read(text, _WORD.findall(text)).subject


def _read(text: str, typed: list[str]) -> _Read:
    found: set[str] = set()
    left: list[str] = []
    folded = [fold(word) for word in typed]
    for written, word in zip(typed, folded, strict=True):
        kinds = {kind for kind, of_kind in words.KINDS.items() if of_kind.have(word)}
        found |= kinds
        if not kinds and word not in words.IDLE:
            left.append(written)
    bodies = [b for start, b in words.BODIES.items() if any(w.startswith(start) for w in folded)]
    is_asking = "?" in text or bool(found & {"when", "where"})
    return _Read(frozenset(found), " ".join(left), bodies[0] if bodies else None, is_asking)


def _about_a_subject(read: _Read) -> Asked | None:
    speaks = read.has("who") and read.has("speaks")
    if read.has("considered", "decided", "speakers") or speaks:
        return Asked.SUBJECT
    # «Сарыағашта бюро қашан?»: the subject only says of which meeting.
    if read.is_asking and read.has("meeting") and read.has("when", "where", "ahead", "agenda"):
        return Asked.NEXT
    return None


def _about_a_meeting(read: _Read) -> Asked | None:
    if read.has("speakers") or (read.has("who") and read.has("speaks")):
        return Asked.LAST_AGENDA if read.has("behind") else Asked.NEXT
    if read.has("behind") and read.has("meeting", "considered", "decided", "agenda"):
        return Asked.LAST
    if read.has("ahead", "agenda") and read.has("meeting", "considered", "decided", "agenda"):
        return Asked.NEXT
    if read.has("when", "where") and read.has("meeting"):
        return Asked.NEXT
    if read.has("considered", "decided"):
        return Asked.LAST
    return None
