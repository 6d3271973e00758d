"""A press release or minutes, read by rules: what the text says, and nothing else."""

import re

from storage.rules.releases.agenda import agenda
from storage.rules.releases.figures import figures
from storage.rules.releases.findings import Figure, Proposal, Reading
from storage.rules.releases.meeting import is_told_of, meeting
from storage.rules.releases.people import People
from storage.rules.releases.proposals import proposals
from storage.rules.releases.sentences import Sentence, is_kazakh, sentences

_LETTER = re.compile(r"[^\W\d_]")
_CYRILLIC = re.compile("[Ѐ-ӿ]")
LONGEST = 100_000  # letters


def read(text: str) -> Reading:
    """All that ``text`` says of a meeting, each finding with its sentence.

    A text that is empty, too long, not in Cyrillic or of something else is returned without
    findings and with the reason.
    """
    if reason := _unreadable(text):
        return Reading(reason=reason)
    parts = sentences(text)
    if not is_told_of(parts):
        return Reading(reason="subject")
    people = People(parts)
    facts = meeting(parts, people)
    order = agenda(parts, people, facts.count)
    if facts.source is None and not order.items:
        return Reading(reason="subject")
    numbers: list[Figure] = []
    asked: list[Proposal] = []
    for part in parts:
        item = order.item_at(part.start)
        numbers += figures(part, item, _before(numbers, part.number, parts))
        # What is said before the first item opens the meeting: no proposal on an item yet.
        if item is not None or not order.items:
            asked += proposals(part, people, item)
    return Reading(
        "kk" if is_kazakh(text) else "ru",
        facts,
        order.items,
        order.co_reports,
        people.all,
        tuple(numbers),
        tuple(asked),
    )


def _unreadable(text: str) -> str | None:
    if len(text) > LONGEST:
        return "too_long"
    letters = len(_LETTER.findall(text))
    if not letters:
        return "empty"
    return "script" if len(_CYRILLIC.findall(text)) * 2 < letters else None


def _before(numbers: list[Figure], at: int, parts: tuple[Sentence, ...]) -> Figure | None:
    """The last figure of the sentence right before this one."""
    if not numbers or not at or numbers[-1].source.start != parts[at - 1].start:
        return None
    return numbers[-1]
