"""What the text says of the meeting itself: body, kind, chair, count of items, decision."""

import re

from storage.rules.releases import words_kk, words_ru
from storage.rules.releases.agenda import counted
from storage.rules.releases.findings import Meeting, Person
from storage.rules.releases.people import People
from storage.rules.releases.sentences import Sentence

_KK_MEETING = re.compile(
    r"(?<!\w)(?:" + "|".join(words_kk.MEETING_HEADS) + r")(?:н|ның|нің|нда|нде)?(?!\w)"
)
_RU_MEETING = re.compile(r"(?<!\w)(?:" + "|".join(words_ru.MEETINGS) + r")\w{0,4}")
_KK_CHAIRED = re.compile(
    "|".join(words_kk.CHAIRED)
    + r"|(?:жиынды|отырысты|мәжілісті|жиналысты)(?=.{0,150}(?:жүргіз|\sашып|\sашты))"
)
_RU_CHAIRED = re.compile("|".join(words_ru.CHAIRED))
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}\.\d{1,2}\.(?:19|20)\d\d|(?:(?:19|20)\d\d\sжыл\w*\s)?\d{1,2}\s(?:қаңтар|ақпан|наурыз|сәуір|"
    r"мамыр|маусым|шілде|тамыз|қыркүйек|қазан|қараша|желтоқсан|января|февраля|марта|апреля|мая|июня|"
    r"июля|августа|сентября|октября|ноября|декабря)(?:\s(?:19|20)\d\d)?)"
)
HEAD = 6  # sentences in which a text says what it is about
_KK_LEAD = re.compile(
    r"\A.*?(?:бүгін|кеше|күні|қаласында|облысында|залында)\s", re.IGNORECASE | re.DOTALL
)


def meeting(text: tuple[Sentence, ...], people: People) -> Meeting:
    """The facts of the meeting that ``text`` tells of."""
    opening = next((s for s in text if _is_opening(s)), None)
    if opening is None:
        opening = next((s for s in text if _meeting(s)), None)
    head = text[: max(HEAD, opening.number + 1 if opening else 0)]
    dated = next((found for s in head if (found := _DATE.search(s.lower))), None)
    in_head = " ".join(s.text for s in head)
    return Meeting(
        title=_title(opening) if opening else None,
        body=_body(opening) if opening else None,
        kind=_kind(opening) if opening else None,
        count=next((n for s in text if (n := counted(s)) is not None), None),
        chair=_chair(text, people),
        date=_as_said(in_head, dated.group()) if dated else None,
        source=opening.source if opening else None,
        decision=next((s.source for s in reversed(text) if _decides(s)), None),
    )


def _meeting(sentence: Sentence) -> re.Match[str] | None:
    return (_KK_MEETING if sentence.kazakh else _RU_MEETING).search(sentence.lower)


def is_told_of(text: tuple[Sentence, ...]) -> bool:
    """Whether the text is of a meeting at all: a body that sat, or an agenda."""
    return any(
        (_meeting(s) and _body(s) is not None)
        or (words_kk.AGENDA if s.kazakh else words_ru.AGENDA) in s.lower
        for s in text
    )


def _is_opening(sentence: Sentence) -> bool:
    held = words_kk.HELD if sentence.kazakh else words_ru.HELD
    return (
        bool(_meeting(sentence))
        and _body(sentence) is not None
        and any(re.search(rf"(?<!\w){verb}", sentence.lower) for verb in held)
    )


def _near(sentence: Sentence) -> str:
    """What names the meeting: before the word for it in Kazakh, around it in Russian."""
    found = _meeting(sentence)
    if found is None:
        return ""
    if sentence.kazakh:
        return sentence.lower[max(0, found.start() - 120) : found.end()]
    return sentence.lower[max(0, found.start() - 60) : found.end() + 120]


def _body(sentence: Sentence) -> str | None:
    """The smallest body named: «Саяси кеңесі Бюросының» is the Bureau's."""
    near = _near(sentence)
    bodies = words_kk.BODIES if sentence.kazakh else words_ru.BODIES
    return next((body for word, body in bodies.items() if re.search(rf"(?<!\w){word}", near)), None)


def _kind(sentence: Sentence) -> str | None:
    near = _near(sentence)
    kinds = words_kk.KINDS if sentence.kazakh else words_ru.KINDS
    return next((kind for word, kind in kinds.items() if word in near), None)


def _title(sentence: Sentence) -> str | None:
    """The meeting as it is called: «… Бюросының кезекті жиыны», «очередное заседание Бюро …»."""
    found = _meeting(sentence)
    if found is None:
        return None
    if sentence.kazakh:
        before = _KK_LEAD.sub("", sentence.text[: found.start()])
        return f"{before}{re.sub('(?:н|ның|нің|нда|нде)$', '', found.group())}".strip(" ,–—")
    first = found.start()
    while words := re.search(r"[\w-]+(?:ое|ее|ого|ая|ой)\s\Z", sentence.text[:first]):
        first = words.start()
    stop = re.search(
        r"[,.;:\n]|\s(?:под|прошл|состоял|на котор|в котор|с участ)", sentence.text[found.end() :]
    )
    end = found.end() + stop.start() if stop else len(sentence.text)
    return sentence.text[first:end].strip()


def _chair(text: tuple[Sentence, ...], people: People) -> Person | None:
    for sentence in text:
        chaired = (_KK_CHAIRED if sentence.kazakh else _RU_CHAIRED).search(sentence.lower)
        if chaired is None:
            continue
        at = chaired.start()
        places = [
            (sentence.words[who.mention.first].start, who.person) for who in people.named(sentence)
        ]
        before = [person for start, person in places if start < at]
        behind = [person for start, person in places if start > at]
        near = (before[-1:] or behind[:1]) if sentence.kazakh else (behind[:1] or before[-1:])
        if near:
            return people.all[near[0]]
    return None


def _decides(sentence: Sentence) -> bool:
    decided = words_kk.DECIDED if sentence.kazakh else words_ru.DECIDED
    return any(words in sentence.lower for words in decided)


def _as_said(text: str, lower: str) -> str:
    at = text.lower().find(lower)
    return text[at : at + len(lower)] if at >= 0 else lower
