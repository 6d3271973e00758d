"""Who reported on what, in Russian: «заслушан отчёт … о …», «с докладом выступил …»."""

import re

from storage.rules.releases import words_ru
from storage.rules.releases.people import Named, People
from storage.rules.releases.reports import Report, bounds, headed, labelled, post, trimmed
from storage.rules.releases.sentences import Sentence

_VERB = (
    r"(?:отчитал\w+|доложил\w*|проинформировал\w*|рассказал\w*(?=\s(?:о|об)\s)|"
    r"(?:выступил|сделал|представил|заслуша|внимание)\w*)"
)
_NOUN = r"(отч[её]т|содоклад|доклад|информаци|сообщени)\w*"
_BY_ITSELF = re.compile(r"отчитал|доложил|проинформировал|рассказал")
_BEHIND = re.compile(rf"\A\W{{0,3}}{_VERB}(?P<rest>.*)", re.DOTALL)
_HEARD = re.compile(
    rf"(?<!\w)(?:заслуша\w+|слушали|рассмотре\w+)\W(?:[\w«»,-]+\s){{0,4}}?{_NOUN}\s?\Z"
)
_SPOKE = re.compile(
    rf"(?<!\w)(?:с[о]?\s)?(?:[\w-]+\s){{0,2}}?{_NOUN}(?P<topic>.*?)(?:выступил\w*|представил\w*|сделал\w*)\s?\Z",
    re.DOTALL,
)
_BEFORE = re.compile(r"(?<!\w)(?:отчитал\w+|доложил\w*|проинформировал\w*|рассказал\w*)\s?\Z")
_TOPIC = re.compile(r"(?<!\w)(?:о|об|обо|по вопросу|по итогам)\s[^.;]+", re.IGNORECASE)
_TOPIC_STOP = re.compile(
    r",\s(?:а|сообщив|отметив|где|подчеркнув)(?!\w)|\sи\s(?=(?:отчёт|отчет|информаци|доклад))"
)
_ITEM = re.compile(
    r"(?<!\w)(?:по|при обсуждении)\s(?:(\d{1,2})(?:-\w{1,3})?|("
    + "|".join(words_ru.ORDINAL_STEMS)
    + r")\w{2,4})\sвопрос\w*|(?<!\w)(?:("
    + "|".join(words_ru.ORDINAL_STEMS)
    + r")\w{2,4})\sвопрос\w*"
)
_HEADING = re.compile(
    r"\W{0,3}(?:по\s|при обсуждении\s)?(\d{1,2}|"
    + "|".join(words_ru.ORDINAL_STEMS)
    + r")[\w-]{0,4}\sвопрос\w*(?:\sповестк\w*(?:\sдня)?)?(\s[–—:-]\s|:\s)?"
)
_NAME_GAP = re.compile(r"\s*(?:,|и|а также)\s*\Z")


def heading(sentence: Sentence) -> tuple[int, str | None] | None:
    """The number of the item that the sentence begins with, and its topic when it says it."""
    return headed(sentence, _HEADING, words_ru.ORDINAL_STEMS)


def reports(sentence: Sentence, text: tuple[Sentence, ...], people: People) -> list[Report]:
    """The reports that a Russian ``sentence`` of ``text`` tells of."""
    if line := labelled(sentence, text, people, words_ru.SPEAKER_LABELS):
        return [_of_list(sentence, *line)]
    named = people.named(sentence)
    found: list[Report] = []
    number = _number(sentence)
    carried: re.Match[str] | None = None
    for index, who in enumerate(named):
        left, first, last, right = bounds(sentence, named, index)
        before, behind = sentence.lower[left:first], sentence.lower[last:right]
        kind, told = _kind(before, behind)
        if kind is None and carried is not None and _NAME_GAP.match(before):
            kind, told = carried, behind
        if kind is None:
            carried = None
            continue
        carried = kind
        inverted = _ahead(sentence.text[left:first])
        at = sentence.lower.find(told, left) if told else -1
        topic = inverted or _topic(sentence.text[at : at + len(told)] if at >= 0 else "")
        topic = topic or _topic(_after_number(sentence.text[left:first]))
        beside = any(words in sentence.lower for words in words_ru.CO_REPORTS)
        account = kind.group().startswith(("отч",)) or "отч" in kind.group()
        found.append(
            Report(
                who.person,
                post(who),
                "report" if account else "information",
                topic,
                number if not found else None,
                sentence,
                False,
                beside,
            )
        )
    if len(found) < 2:
        return found
    return [
        Report(r.person, r.position, r.kind, r.topic, r.number, sentence, True, r.beside)
        for r in found
    ]


def _kind(before: str, behind: str) -> tuple[re.Match[str] | None, str]:
    """The words that make somebody a speaker, and the part of the sentence that has the topic."""
    if heard := _HEARD.search(before[-120:]):
        return heard, behind
    if spoke := _SPOKE.search(before[-500:]):
        return spoke, spoke["topic"] if _TOPIC.search(spoke["topic"]) else behind
    if told := _BEFORE.search(before[-40:]):
        return told, behind
    if after := _BEHIND.match(behind):
        noun = re.search(_NOUN, behind[:80])
        if _BY_ITSELF.match(behind.strip(" ,–—-")) or (
            noun and re.match(r"(?:выступил|сделал|представил)", behind.strip(" ,–—-"))
        ):
            return after if not noun else re.search(_NOUN, behind[:80]), after["rest"]
    return None, ""


def _topic(told: str) -> str | None:
    topic = _TOPIC.search(told)
    if topic is None:
        return None
    stop = _TOPIC_STOP.search(topic.group())
    return trimmed(topic.group()[: stop.start()] if stop else topic.group())


def _ahead(before: str) -> str | None:
    """«Об исполнении … отчитался …»: the topic stands before the verb."""
    told = _BEFORE.search(before.lower())
    return _topic(before[: told.start()]) if told else None


def _after_number(before: str) -> str:
    item = _ITEM.search(before.lower())
    return before[item.end() :] if item else ""


def _number(sentence: Sentence) -> int | None:
    item = _ITEM.search(sentence.lower)
    if item is None:
        return None
    return int(item[1]) if item[1] else words_ru.ORDINAL_STEMS[item[2] or item[3]]


def _of_list(sentence: Sentence, number: int, who: Named) -> Report:
    labels = "|".join(words_ru.SPEAKER_LABELS)
    topic = re.split(rf"\(?\s*(?:{labels})", sentence.text, flags=re.IGNORECASE)[0]
    topic = re.sub(r"\A\s*\d{1,2}[.)]\s*", "", topic)
    kind = "report" if "отч" in topic.lower() else "information"
    return Report(who.person, post(who), kind, trimmed(topic), number, sentence, True, False)
