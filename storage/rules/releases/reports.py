"""What the two languages share in reading who reported."""

import re
from dataclasses import dataclass

from storage.rules.releases.people import Named, People
from storage.rules.releases.sentences import Sentence

LONGEST_TOPIC = 500  # letters
LISTED = re.compile(r"\s*(\d{1,2})[.)]\s")


@dataclass(frozen=True, slots=True)
class Report:
    """Somebody's talk. ``listed``: together with others; ``beside``: a co-report."""

    person: int
    position: str | None
    kind: str
    topic: str | None
    number: int | None
    sentence: Sentence
    listed: bool
    beside: bool


def bounds(sentence: Sentence, named: tuple[Named, ...], index: int) -> tuple[int, int, int, int]:
    """Letters: where the name before ends, the posts begin, the name ends, the next posts begin."""
    words = sentence.words
    left = words[named[index - 1].mention.last - 1].end if index else 0
    first = words[named[index].first].start
    last = words[named[index].mention.last - 1].end
    following = index + 1 < len(named)
    right = words[named[index + 1].first].start if following else len(sentence.text)
    return left, first, last, right


def post(named: Named) -> str | None:
    """The posts beside a name, as one line."""
    return ", ".join(named.posts) or None


def trimmed(topic: str) -> str | None:
    """``topic`` without the signs at its ends, cut when it is endless; None when it is empty."""
    return topic.strip(" \t\n,.;:–—-")[:LONGEST_TOPIC].rstrip() or None


def headed(
    sentence: Sentence, heading: re.Pattern[str], ordinals: dict[str, int]
) -> tuple[int, str | None] | None:
    """«Бірінші мәселе – …», «По первому вопросу: …»: the number, and what follows the sign."""
    found = heading.match(sentence.lower)
    if found is None:
        return None
    number = int(found[1]) if found[1].isdigit() else ordinals[found[1]]
    return number, trimmed(sentence.text[found.end() :]) if found[2] else None


def labelled(
    sentence: Sentence, text: tuple[Sentence, ...], people: People, labels: tuple[str, ...]
) -> tuple[int, Named] | None:
    """An item of a numbered list with its speaker: «1. … Докладчик: …», here or a line below."""
    listed = LISTED.match(sentence.text)
    if not listed:
        return None
    following = text[sentence.number + 1 : sentence.number + 2]
    for line in (sentence, *following):
        at = min((line.lower.find(label) for label in labels if label in line.lower), default=-1)
        if at < 0 or (line is not sentence and LISTED.match(line.text)):
            continue
        for named in people.named(line):
            if line.words[named.mention.first].start > at:
                return int(listed[1]), named
    return None
