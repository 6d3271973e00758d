"""The figures of a sentence: number, unit, period, and what the number is of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from storage.rules.releases import words_kk, words_ru
from storage.rules.releases.findings import Figure, Period
from storage.rules.releases.periods import Stretch, periods
from storage.rules.releases.sentences import Sentence
from storage.rules.releases.units import Unit, unit

_SPACE = "[ \u00a0\u202f]"
_NUMBER = rf"(?:\d{{1,3}}(?:{_SPACE}\d{{3}}){{1,4}}(?!\d)|\d{{1,12}})(?:[.,]\d{{1,3}}(?!\d))?"
_FIGURE = re.compile(rf"(?<![\w№.,:/-])(?<!№\s)({_NUMBER})(?:\s?[-–—]\s?({_NUMBER}))?(?![\d:/])")
_BREAKS = re.compile(r"[;:]|,(?!\d)|\s[–—]\s|\((?=\s?)|\)")
_BREAKS_AFTER = re.compile(r"[;:,.()]|\s[–—]\s|\d")
_FEWEST = 2  # words that say of what a number is
_FURTHER = re.compile(r"[\d,;]")
LONGEST_LABEL = 200  # letters
_BOUNDS = (
    (re.compile(r"(?:не менее|кемінде)\s\Z"), "at_least"),
    (re.compile(r"(?:более(?: чем)?|свыше|больше)\s\Z"), "more"),
    (re.compile(r"(?:около|почти|порядка|примерно|шамамен)\s\Z"), "about"),
    (re.compile(r"(?<![нл])(?<![нл][аоы])(?<!ся)(?<!ть)\sдо\s\Z"), "up_to"),
)
_UP_TO_KK = re.compile(r"\s?(?:дейін|дейінгі)(?!\w)(?!\s(?:арт|өс|жет|төмен|азай|қысқар))")


@dataclass(frozen=True, slots=True)
class _Number:
    start: int
    end: int
    value: str
    unit: Unit
    unit_end: int


def figures(sentence: Sentence, item: int | None, before: Figure | None) -> tuple[Figure, ...]:
    """The figures of ``sentence``; ``before`` is the last one of the sentence before it."""
    told = periods(sentence.text, sentence.lower)
    found: list[Figure] = []
    numbers = list(_numbers(sentence, told))
    for index, number in enumerate(numbers):
        previous = numbers[index - 1] if index else None
        last = found[-1] if found else before
        period = _period(sentence, number, told, found, before)
        label = _label(sentence, number, previous, told, last)
        found.append(
            Figure(
                label,
                number.value,
                number.unit.text,
                _bound(sentence, number),
                period,
                item,
                sentence.source,
            )
        )
    return tuple(found)


def _numbers(sentence: Sentence, told: tuple[Stretch, ...]) -> Iterator[_Number]:
    starts = {word.start: index for index, word in enumerate(sentence.words)}
    for match in _FIGURE.finditer(sentence.text):
        if any(part.start < match.end() and match.start() < part.end for part in told):
            continue
        at = _word_at(sentence, starts, match.end())
        said = unit(sentence, at)
        if said is None:
            continue
        value = match[1] + (f"-{match[2]}" if match[2] else "")
        yield _Number(match.start(), match.end(), value, said, sentence.words[said.last - 1].end)


def _word_at(sentence: Sentence, starts: dict[int, int], end: int) -> int:
    while end < len(sentence.text) and sentence.text[end].isspace():
        end += 1
    return starts.get(end, len(sentence.words))


def _bound(sentence: Sentence, number: _Number) -> str | None:
    if number.unit.bound:
        return number.unit.bound
    before = sentence.lower[max(0, number.start - 12) : number.start]
    for pattern, bound in _BOUNDS:
        # «вырос до 99 %» is where it came to, not where it ends.
        if pattern.search(before) and (bound, number.unit.text) != ("up_to", "%"):
            return bound
    return "up_to" if _UP_TO_KK.match(sentence.lower, number.unit_end) else None


def _period(
    sentence: Sentence,
    number: _Number,
    told: tuple[Stretch, ...],
    found: list[Figure],
    before: Figure | None,
) -> Period | None:
    """The period said last before the number; else the next one; else that of what it goes on."""
    earlier = [part for part in told if part.end <= number.start]
    if earlier:
        return earlier[-1].period
    if told and not _FURTHER.search(sentence.text, number.unit_end, told[0].start):
        return told[0].period
    if found:
        return found[-1].period
    goes_on = sentence.lower.startswith(words_kk.INHERITS if sentence.kazakh else words_ru.INHERITS)
    return before.period if goes_on and before else None


def _label(
    sentence: Sentence,
    number: _Number,
    previous: _Number | None,
    told: tuple[Stretch, ...],
    last: Figure | None,
) -> str:
    """What the number is of: the words before it, or those behind it when there are none."""
    begin = previous.unit_end if previous else 0
    whole = sentence.lower[begin : number.start]
    same = (words_kk if sentence.kazakh else words_ru).SAME_FIGURE
    if last is not None and any(words in whole for words in same):
        return last.label
    broken = [m.end() for m in _BREAKS.finditer(whole)]
    goes_on = previous is not None and not broken
    ahead = _cleaned(sentence, begin + (broken[-1] if broken else 0), number.start, told)
    if goes_on and not ahead and last is not None:
        return last.label  # «4 120 адамға немесе 12,5 пайызға»: the same thing
    counts = number.unit.text[-1] not in "%еe"
    if len(ahead) >= _FEWEST and not (goes_on and counts):
        return _joined(ahead)
    after = _BREAKS_AFTER.search(sentence.text, number.unit_end)
    behind = _cleaned(
        sentence, number.unit_end, after.start() if after else len(sentence.text), told
    )
    thing = number.unit.text.removeprefix("мың ").removeprefix("тыс ").split() if counts else []
    return _joined([*ahead, *thing, *behind]) or number.unit.text


def _joined(words: list[str]) -> str:
    return " ".join(words)[:LONGEST_LABEL].strip()


def _cleaned(sentence: Sentence, start: int, stop: int, told: tuple[Stretch, ...]) -> list[str]:
    """The words of ``text[start:stop]`` without periods and the words that only lead on."""
    text = sentence.text[start:stop]
    for part in reversed(told):
        if start <= part.start and part.end <= stop:
            text = text[: part.start - start] + " " + text[part.end - start :]
    leads = (words_kk if sentence.kazakh else words_ru).LEADS
    words = [word for word in re.findall(r"[^\s,.;:()–—]+", text) if not word.isdigit()]
    while words and words[0].lower() in leads:
        words.pop(0)
    while words and words[-1].lower() in leads:
        words.pop()
    return words
