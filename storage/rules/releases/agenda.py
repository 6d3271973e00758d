"""The items of the agenda: who reported on what, in the order of the text."""

from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise

from storage.rules.releases import reports_kk, reports_ru, words_kk, words_ru
from storage.rules.releases.findings import CoReport, Item
from storage.rules.releases.people import People
from storage.rules.releases.reports import Report
from storage.rules.releases.sentences import Sentence

LAST = 10**9  # above every number of an item


@dataclass(frozen=True, slots=True)
class Agenda:
    """The items by their numbers, who spoke besides, and where each item begins in the text."""

    items: tuple[Item, ...]
    co_reports: tuple[CoReport, ...]
    begins: tuple[tuple[int, int], ...]  # place and number, in the order of the text

    def item_at(self, place: int) -> int | None:
        """The number of the item that was last begun at ``place`` of the text."""
        at = bisect_right(self.begins, (place, LAST))
        return self.begins[at - 1][1] if at else None


def agenda(text: tuple[Sentence, ...], people: People, count: int | None) -> Agenda:
    """The agenda of the meeting; ``count`` is how many items the text says there were."""
    told: list[Report] = []
    for sentence in text:
        read = reports_kk.reports if sentence.kazakh else reports_ru.reports
        told += read(sentence, text, people)
    merged = _merged(told)
    main, other = _parted(merged, count)
    numbers = _numbers(main)
    headings = _headings(text)
    items = [
        Item(
            number,
            report.kind,
            report.topic or headings.get(number, (0, None))[1],
            people.all[report.person],
            report.position or ", ".join(people.all[report.person].positions) or None,
            report.sentence.source,
        )
        for number, report in zip(numbers, main, strict=True)
    ]
    besides = [
        CoReport(report.topic, people.all[report.person], report.position, report.sentence.source)
        for report in other
    ]
    items.sort(key=lambda item: item.number)
    # Minutes list the items first and take them up one by one under headings.
    begins = [(headings.get(i.number, (i.source.start,))[0], i.number) for i in items]
    return Agenda(tuple(items), tuple(besides), tuple(sorted(begins)))


def _headings(text: tuple[Sentence, ...]) -> dict[int, tuple[int, str | None]]:
    """Number of an item → where a sentence first begins with it, and the topic it gives."""
    found: dict[int, tuple[int, str | None]] = {}
    for sentence in text:
        read = reports_kk.heading if sentence.kazakh else reports_ru.heading
        if heading := read(sentence):
            found.setdefault(heading[0], (sentence.start, heading[1]))
    return found


def _merged(told: list[Report]) -> list[Report]:
    """One report a speaker and number: a release lists the speakers first and then tells more."""
    merged: list[Report] = []
    for report in told:
        for index, old in enumerate(merged):
            if old.person == report.person and (
                old.number is None or report.number is None or old.number == report.number
            ):
                merged[index] = _both(old, report)
                break
        else:
            merged.append(report)
    return merged


def _both(old: Report, new: Report) -> Report:
    """What both say; where the item begins is where it is told, not where it is listed."""
    begins = new if old.listed else old
    return replace(
        begins,
        number=old.number or new.number,
        topic=begins.topic or old.topic or new.topic,
        position=max((old.position or "", new.position or ""), key=len) or None,
        listed=old.listed or new.listed,
        beside=old.beside and new.beside,
    )


def _parted(merged: list[Report], count: int | None) -> tuple[list[Report], list[Report]]:
    """Speakers of the agenda, and those besides: marked so, or too many and never listed."""
    main = [report for report in merged if not report.beside]
    other = [report for report in merged if report.beside]
    if count is None:
        return main, other
    while len(main) < count and other:
        main.append(other.pop(0))
    spare = [report for report in main if not report.listed and report.number is None]
    while len(main) > count and spare and any(report.listed for report in main):
        other.append(spare.pop())
        main.remove(other[-1])
    return main, other


def _numbers(main: list[Report]) -> list[int]:
    given = {report.number for report in main}
    free = iter(number for number in range(1, len(main) + len(given) + 1) if number not in given)
    return [report.number or next(free) for report in main]


def counted(sentence: Sentence) -> int | None:
    """How many items the agenda has, when ``sentence`` says it: «алты мәселе», «4 вопроса»."""
    words = [word.lower for word in sentence.words]
    item = words_kk.ITEM if sentence.kazakh else words_ru.ITEM
    numbers = words_kk.NUMBERS if sentence.kazakh else words_ru.NUMBERS
    for number, word in pairwise(words):
        if word.startswith(item):
            if number in numbers:
                return numbers[number]
            if number.isdigit() and 0 < int(number) < 100:
                return int(number)
    return None
