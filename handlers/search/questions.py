"""Questions typed in plain words, Kazakh or Russian: what is asked, by a few general rules."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from handlers.search import question_days
from handlers.search import question_words as words
from handlers.search.question_days import Named, Span
from storage.rules.folding import fold

MOST_WORDS = 15  # a longer text is a story, not a question
_WORD = re.compile(r"(?<!\d)\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?(?!\d)|[^\W_]+")


class Asked(StrEnum):
    """What a question is about."""

    NEXT = "next"  # when, where and with which agenda the next meeting is
    LAST = "last"  # what the last one considered and decided
    LAST_AGENDA = "last_agenda"  # who spoke on the last one
    SUBJECT = "subject"  # what was considered or decided about something
    SPEAKER = "speaker"  # when or of what somebody speaks
    DAY = "day"  # what there is on a day


@dataclass(frozen=True)
class Question:
    """What is asked; ``subject`` in the words that were typed, ``body`` when it is named.

    ``days`` are those that may be meant, the likeliest first; ``tense`` is -1 for what was, 1 for
    what will be, 0 where the words do not say.
    """

    asked: Asked
    subject: str = ""
    body: str | None = None
    days: tuple[Span, ...] = ()
    tense: int = 0


@dataclass(frozen=True)
class _Read:
    """Which kinds of words a text has, and the words that are left: its subject."""

    found: frozenset[str]
    subject: str
    body: str | None
    is_asking: bool
    named: Named | None  # the day

    @property
    def tense(self) -> int:
        return self.has("ahead") - self.has("behind")

    def has(self, *kinds: str) -> bool:
        return any(kind in self.found for kind in kinds)


def understand(text: str, today: date) -> Question | None:
    """What ``text`` asks of meetings; None when it is no such question."""
    typed = _WORD.findall(text)
    if not 0 < len(typed) <= MOST_WORDS:
        return None
    read = _read(text, typed)
    asked = _about_a_subject(read) if read.subject else _about_a_meeting(read)
    if asked is None:
        return None
    about = read.subject if asked in (Asked.SUBJECT, Asked.SPEAKER) else ""
    days = question_days.spans(read.named, today, read.tense) if read.named else ()
    return Question(asked, about, read.body, days, read.tense)


def subject(text: str) -> str:
    """The words of ``text`` that are about something, as they were typed."""
    return _read(text, _WORD.findall(text)).subject


def body_of(text: str) -> str | None:
    """The body that ``text`` names; None when it names none."""
    return _body([fold(word) for word in _WORD.findall(text)])


def _body(folded: list[str]) -> str | None:
    named = (b for start, b in words.BODIES.items() if any(w.startswith(start) for w in folded))
    return next(named, None)


def _read(text: str, typed: list[str]) -> _Read:
    found: set[str] = set()
    left: dict[int, str] = {}
    folded = [fold(word) for word in typed]
    for place, (written, word) in enumerate(zip(typed, folded, strict=True)):
        kinds = {kind for kind, of_kind in words.KINDS.items() if of_kind.have(word)}
        found |= kinds
        if not kinds and word not in words.IDLE:
            left[place] = written
    day = _day(folded, left)
    if day is not None:
        left = {place: written for place, written in left.items() if place not in day.words}
    is_asking = "?" in text or bool(found & {"when", "where"})
    subject = " ".join(left.values())
    return _Read(frozenset(found), subject, _body(folded), is_asking, day)


def _day(folded: list[str], left: dict[int, str]) -> Named | None:
    """The day that is named, but where its words are rather about something."""
    day = question_days.named(folded)
    if day is None or day.sure:
        return day
    about = words.ABOUT.intersection(folded)
    return None if about or not left.keys() <= day.words else day


def _about_a_subject(read: _Read) -> Asked | None:
    speaks = read.has("who") and read.has("speaks")
    if read.has("considered", "decided", "speakers") or speaks:
        return Asked.SUBJECT
    if read.has("speaks") and (read.is_asking or read.has("meeting")):
        return Asked.SPEAKER
    # «Сарыағашта бюро қашан?»: the subject only says of which meeting.
    if read.is_asking and read.has("meeting") and read.has("when", "where", "ahead", "agenda"):
        return Asked.NEXT
    # «Бюродағы су мәселесі не болды?»: what became of it was considered or decided there.
    if read.is_asking and read.has("meeting"):
        return Asked.SUBJECT
    return None


def _about_a_meeting(read: _Read) -> Asked | None:
    if read.has("behind") and read.has("where"):
        return Asked.LAST_AGENDA  # the card says where
    if read.has("speakers") or (read.has("who") and read.has("speaks")):
        return Asked.LAST_AGENDA if read.has("behind") else Asked.NEXT
    if read.has("behind") and read.has("meeting", "considered", "decided", "agenda"):
        return Asked.LAST
    if read.has("ahead", "agenda") and read.has("meeting", "considered", "decided", "agenda"):
        return Asked.NEXT
    if read.has("considered", "decided"):
        return Asked.LAST
    if read.has("when", "where"):
        return Asked.LAST if read.has("behind") else Asked.NEXT
    return Asked.DAY if read.named else None
