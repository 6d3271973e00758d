"""Kazakh proposals: what stands before «ұсыныс білдірді», «тапсырды», «керек», «қажеттігін»."""

import re
from collections.abc import Iterator
from itertools import pairwise

from storage.rules.releases import words_kk
from storage.rules.releases.clauses import INSTRUCTION, PROPOSAL, QUESTION, Clause
from storage.rules.releases.people import People
from storage.rules.releases.sentences import Sentence


def _any(words: tuple[str, ...]) -> str:
    return "|".join(words)


_TRIGGERS: tuple[tuple[re.Pattern[str], str, bool], ...] = (
    # the words, the kind, and whether the words themselves belong to what is asked for
    (
        re.compile(
            rf"(?:жөнінде|туралы|жайлы|бойынша)?\s?(?:бірқатар\s)?(?:{_any(words_kk.PROPOSED)})\w*"
        ),
        PROPOSAL,
        False,
    ),
    (re.compile(rf"(?<!\w)(?:{_any(words_kk.PROPOSED_VERBS)})(?!\w)"), PROPOSAL, False),
    (re.compile(rf"(?<!\w)(?:{_any(words_kk.INSTRUCTED_VERBS)})(?!\w)"), INSTRUCTION, False),
    (re.compile(rf"(?:жөнінде|туралы)?\s?(?:{_any(words_kk.INSTRUCTED)})\w*"), INSTRUCTION, False),
    (
        re.compile(
            rf"(?<!\w)(?:{_any(words_kk.NEED)})(?=\s*(?:[.,;!»–—]|\Z)|\s(?:{_any(words_kk.AFTER_NEED)}|және))"
        ),
        PROPOSAL,
        True,
    ),
    (re.compile(rf"(?<!\w)(?:{_any(words_kk.NEED_TOLD)})\w*"), PROPOSAL, False),
    (re.compile(rf"(?<!\w)(?:{_any(words_kk.RAISED)})\w*"), PROPOSAL, False),
    (re.compile(rf"(?<!\w)(?:{_any(words_kk.ASKED)})\w*"), QUESTION, False),
)
# A need is of an action: «қамту керек», «жасалуы қажет», «еткен жөн».
_ACTION = re.compile(
    r"[\w-]+(?:у|ю)(?:ы|і|ын|ін|дың|дің|ды|ді|ға|ге|ымыз|іміз)?\Z|[\w-]+(?:ған|ген|қан|кен)\Z"
)
_LIST = re.compile(r"(?<=[бвгғдзйкқлмнңпрстшыіүұеа])[ую],\s")
_OBLIQUE = re.compile(r"(?<=у|ю)(?:ды|ді|дың|дің)(?:\sмаңызды)?\Z")
MOST_BEFORE_POST = 4  # words
_SHORT_NOUNS = frozenset({"су", "ту", "бу", "ауру"})
_LEAD = re.compile(
    r"\A(?:[\s,;:–—-]|[\w-]{3,20}[ыі]п,\s|(?:сондай-ақ|сонымен\sқатар|сонымен\sбірге|ал|және|бұдан\sбөлек)(?!\w)"
    r"|[\w\s-]{0,40}мәселе(?:лер)?\sбойынша(?!\w))+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:\s(?:жөнінде|туралы|жайлы|бойынша)|[\s,;:–—-])+\Z")


def clauses(sentence: Sentence, people: People) -> Iterator[Clause]:
    """What a Kazakh ``sentence`` asks for, clause by clause."""
    begin = 0
    for start, end, kind, with_words in _found(sentence):
        if start < begin:
            continue
        ahead = sentence.text[begin:start].rstrip()
        if not _asks(ahead, sentence.lower[start:end], kind):
            continue
        first = _subject_end(sentence, people, begin, start)
        if begin and _points_back(sentence.text[first:start]):
            first = _subject_end(sentence, people, 0, start)
        text = _cleaned(sentence.text[first : end if with_words else start])
        text = _finished(text, sentence.lower[start:end])
        yield Clause(kind, tuple(_split(text, kind)), end)
        begin = end


def _found(sentence: Sentence) -> list[tuple[int, int, str, bool]]:
    return sorted(
        (found.start(), found.end(), kind, with_words)
        for pattern, kind, with_words in _TRIGGERS
        for found in pattern.finditer(sentence.lower)
    )


def _asks(ahead: str, trigger: str, kind: str) -> bool:
    """Whether what stands ``ahead`` of the words is an action, or the subject of a question."""
    if kind != PROPOSAL or trigger.startswith("мәселе"):
        return True
    last = _TAIL.sub("", ahead).split()
    near = last[-3:] if "ұсын" not in trigger else last[-1:]
    return any(_ACTION.match(word.lower().strip(",«»")) for word in near)


def _subject_end(sentence: Sentence, people: People, begin: int, end: int) -> int:
    """Where what is asked for begins: behind those who ask, when they are named here."""
    first = begin
    for who in people.named(sentence):
        stop = sentence.words[who.mention.last - 1].end
        if not who.mention.cased and begin <= stop <= end:
            first = stop
    if first > begin:
        return first
    if begin == 0 and (post := unnamed(sentence, end)):
        return post
    for body in words_kk.COLLECTIVES:
        at = sentence.lower.find(body, begin, end)
        if at >= 0:
            return at + len(body)
    return begin


def unnamed(sentence: Sentence, end: int) -> int:
    """Where a post that opens the sentence without a name ends: «Филиал төрағасы …»; 0 without."""
    for word, following in pairwise(sentence.words[: MOST_BEFORE_POST + 1]):
        if word.end <= end and word.lower in words_kk.POSTS.values() and not following.is_capital:
            return word.end
    return 0


def _points_back(text: str) -> bool:
    return any(word.strip(",").lower() in words_kk.POINTS_BACK for word in text.split()[:4])


def _cleaned(text: str) -> str:
    return _TAIL.sub("", _LEAD.sub("", text))


def _finished(text: str, trigger: str) -> str:
    """«атқарылуы керектігіне» → «атқарылуы керек»; «ұстауды» → «ұстау»."""
    text = _OBLIQUE.sub("", text)
    told = next((word for word in words_kk.NEED if trigger.startswith(word)), None)
    return f"{text} {told}" if told and text.endswith(("уы", "уі", "юі")) else text


def _split(text: str, kind: str) -> list[str]:
    """«құрылысын жеделдету, балаларды қамту, …» are several things to do."""
    if kind == QUESTION:
        return [text]
    parts = []
    begin = 0
    for comma in _LIST.finditer(text):
        word = text[: comma.start() + 1].split()[-1]
        if len(word) > 3 and word.lower() not in _SHORT_NOUNS:
            parts.append(text[begin : comma.start() + 1])
            begin = comma.end()
    return [part.strip() for part in (*parts, text[begin:])]
