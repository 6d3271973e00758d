"""Russian proposals: what stands behind «предложил», «поручил», «необходимо», «следует»."""

import re
from collections.abc import Iterator

from storage.rules.releases import words_ru
from storage.rules.releases.clauses import INSTRUCTION, PROPOSAL, QUESTION, Clause
from storage.rules.releases.people import People
from storage.rules.releases.positions import is_post
from storage.rules.releases.sentences import Sentence


def _any(words: tuple[str, ...]) -> str:
    return "|".join(words)


MOST_OF_POST = 5  # words
_INFINITIVE = r"[а-яё]{2,}(?:ть|ти|чь)(?:ся)?"
_TRIGGERS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"(?<!\w)(?:{_any(words_ru.PROPOSED)})\w{{0,3}}"), PROPOSAL),
    (re.compile(rf"(?<!\w)(?:{_any(words_ru.INSTRUCTED)})\w{{0,2}}"), INSTRUCTION),
    (
        re.compile(
            rf"(?<!\w)(?:{_any(words_ru.NEED)})\s(?=(?:[\w-]{{1,30}}\s){{0,3}}{_INFINITIVE}(?!\w))"
            r"(?!(?:также\s)?(?:отметить|подчеркнуть|сказать|напомнить|добавить))"
        ),
        PROPOSAL,
    ),
    (re.compile(rf"(?<!\w)(?:{_any(words_ru.NEED_TOLD)})\s"), PROPOSAL),
    (re.compile(rf"(?<!\w)(?:{_any(words_ru.RAISED)})\w{{0,3}}"), PROPOSAL),
    (re.compile(rf"(?<!\w)(?:{_any(words_ru.ASKED)})\w{{0,3}}"), QUESTION),
)
_OWED = re.compile(
    rf"(?<!\w)(?:{_any(words_ru.NEED_OWED)})\s(?:[\w-]{{1,30}}\s){{0,2}}{_INFINITIVE}(?!\w)"
)
_STOP = re.compile(
    r",\s(?:а|и|но)?\s?(?:[\w-]{1,30}\s){0,3}?(?:отметил|подчеркнул|добавил|сообщил|сказал)|;"
)
_LIST = re.compile(rf"(?:,\s(?:а\sтакже\s|и\s)?|\s(?:а\sтакже|и)\s)(?={_INFINITIVE}(?!\w))")
_LEAD = re.compile(r"\A(?:[\s,;:–—-]|(?:также|что|ещё|еще|по)\s)+", re.IGNORECASE)
_CLAUSE = re.compile(r",\sчто\s|:\s|;\s|\s[–—]\s|,\sа\s(?:также\s)?")


def clauses(sentence: Sentence, people: People) -> Iterator[Clause]:
    """What a Russian ``sentence`` asks for, clause by clause."""
    found = sorted(
        (m.start(), m.end(), kind)
        for pattern, kind in _TRIGGERS
        for m in pattern.finditer(sentence.lower)
    )
    taken = [one for index, one in enumerate(found) if not index or one[0] >= found[index - 1][1]]
    for index, (start, end, kind) in enumerate(taken):
        stop = taken[index + 1][0] if index + 1 < len(taken) else len(sentence.text)
        stop = min([stop, *(m.start() for m in _STOP.finditer(sentence.lower, end, stop))][:2])
        behind = _said_behind(sentence, people, end)
        text = _cleaned(sentence.text[behind or end : stop])
        if text:
            yield Clause(kind, tuple(_split(text)), start, (end, behind) if behind else None)
    if not taken and (owed := _OWED.search(sentence.lower)):
        yield _owed(sentence, owed)


def _owed(sentence: Sentence, owed: re.Match[str]) -> Clause:
    """«…, что парк должен работать зимой»: who is to do it stands before."""
    cuts = [m.end() for m in _CLAUSE.finditer(sentence.lower, 0, owed.start())]
    first = cuts[-1] if cuts else 0
    stop = _STOP.search(sentence.lower, owed.end())
    text = _cleaned(sentence.text[first : stop.start() if stop else len(sentence.text)])
    return Clause(PROPOSAL, (text,), first)


def _said_behind(sentence: Sentence, people: People, end: int) -> int | None:
    """The end of the name right behind the verb: «предложил депутат …»."""
    behind = None
    at = end
    for who in people.named(sentence):
        first = sentence.words[who.first].start
        if (
            not who.mention.cased
            and first >= end
            and sentence.text[at:first].strip() in ("", "и", ",")
        ):
            at = behind = sentence.words[who.mention.last - 1].end
    return behind


def unnamed(sentence: Sentence, end: int) -> int:
    """Where a post ends that is all that stands before the verb; 0 when there is none."""
    before = sentence.text[:end].rstrip()
    words = before.split()
    return len(before) if 0 < len(words) <= MOST_OF_POST and is_post(words[0]) else 0


def _cleaned(text: str) -> str:
    text = _LEAD.sub("", text).strip(" ,;:–—-«»")
    return text[:-1].rstrip() if text.endswith((".", "!")) else text


def _split(text: str) -> list[str]:
    """«достроить школу и открыть спортзал» are two things to do."""
    if not re.match(_INFINITIVE, text.lower()):
        return [text]
    return [part.strip(" ,") for part in _LIST.split(text)]
