"""A text as sentences and words that know where they stand in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from storage.rules.releases import words_kk, words_ru
from storage.rules.releases.findings import Source

SHORTEST, LONGEST = 3, 2_000  # letters of a sentence
ABBREVIATIONS = words_kk.ABBREVIATIONS | words_ru.ABBREVIATIONS
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*|\d+|[^\w\s]")
# A stop, what may close behind it, and what the next sentence begins with.
_STOP = re.compile(r"[.!?…]+[»”\")]?(?=\s)")
_TOKEN_BEFORE = re.compile(r"[\w.]{1,20}\Z")
_SAYS = re.compile(r"\w")
_KAZAKH = re.compile(r"[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
_LETTER = re.compile(r"[^\W\d_]")
_LINE = re.compile(r"[^\n]+")
_GOES_ON = re.compile(r"\s*(?:[a-zа-яёәғқңөұүһі(]|\d+(?![\d.)]))")


@dataclass(frozen=True, slots=True)
class Word:
    """A word, a number or a sign, with its place in the sentence."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """The word in small letters."""
        return self.text.lower()

    @property
    def is_capital(self) -> bool:
        """Whether it is a word that begins with a capital, and is no abbreviation."""
        return self.text[:1].isupper() and (len(self.text) == 1 or not self.text.isupper())


@dataclass(frozen=True)
class Sentence:
    """A sentence of the text; ``number`` counts from 0."""

    number: int
    start: int
    text: str
    kazakh: bool

    @property
    def source(self) -> Source:
        """The sentence as a finding shows it."""
        return Source(self.start, self.start + len(self.text), self.text)

    @cached_property
    def lower(self) -> str:
        """The sentence in small letters, letter for letter."""
        lower = self.text.lower()
        if len(lower) == len(self.text):
            return lower
        return "".join(letter.lower()[:1] for letter in self.text)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Its words and signs in their order."""
        return tuple(Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(self.text))


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of ``text``. A line that breaks off in the middle goes on in the next one."""
    kazakh = is_kazakh(text)
    found: list[Sentence] = []
    for begin, end in _spans(text):
        part = text[begin:end]
        # A sentence without a Kazakh letter may still be Kazakh when the text is.
        here = not _is_russian(part) if kazakh else is_kazakh(part)
        found.append(Sentence(len(found), begin, part, here))
    return tuple(found)


def is_kazakh(text: str) -> bool:
    """Whether a Cyrillic text is Kazakh: every tenth letter or so is one that Russian lacks."""
    return len(_KAZAKH.findall(text)) * 25 > len(_LETTER.findall(text))


def _is_russian(part: str) -> bool:
    return len(part) > 60 and not is_kazakh(part)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for begin, end in _paragraphs(text):
        at = begin
        for stop in _STOP.finditer(text, begin, end):
            if _ends(text, stop, end):
                yield from _trimmed(text, at, stop.end())
                at = stop.end()
        yield from _trimmed(text, at, end)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Lines, those joined that an editor has broken."""
    begin = end = None
    for line in _LINE.finditer(text):
        whole = text[line.start() : line.end()].strip()
        if begin is not None and end is not None:
            before = text[begin:end].rstrip()
            if before[-1:] not in ".!?:;…" and _GOES_ON.match(whole):
                end = line.end()
                continue
            yield begin, end
        begin, end = (line.start(), line.end()) if whole else (None, None)
    if begin is not None and end is not None:
        yield begin, end


def _ends(text: str, stop: re.Match[str], end: int) -> bool:
    after = text[stop.end() : min(end, stop.end() + 10)].lstrip()
    if not after or after[0].islower():
        return not after
    if stop.group() != ".":
        return True
    before = _TOKEN_BEFORE.search(text, max(0, stop.start() - 20), stop.start())
    token = before.group().rpartition(".")[2] if before else ""
    if token.isdigit():  # «1. О ходе…» at the beginning of a line is no sentence
        line = text.rfind("\n", 0, stop.start()) + 1
        return bool(text[line : stop.start()].strip() != token)
    if len(token) == 1 and token.isupper():
        return False
    if token.lower() not in ABBREVIATIONS:
        return True
    # «в 2024 г. Бюро…» ends, «г. Арал» does not.
    ahead = text[max(0, stop.start() - len(token) - 6) : stop.start() - len(token)].rstrip()
    return ahead[-1:].isdigit() and after[0].isupper()


def _trimmed(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    for at in range(begin, end, LONGEST):  # whoever needs more letters wrote no sentence
        part = text[at : min(end, at + LONGEST)]
        stripped = part.strip()
        if len(stripped) >= SHORTEST and _SAYS.search(stripped):
            start = at + len(part) - len(part.lstrip())
            yield start, start + len(stripped)
