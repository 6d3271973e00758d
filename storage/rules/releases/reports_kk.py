"""Who reported on what, in Kazakh: «… туралы … төрағасы … есеп берді», «…ның есебі тыңдалды»."""

import re

from storage.rules.releases import words_kk
from storage.rules.releases.people import Named, People
from storage.rules.releases.reports import Report, bounds, headed, labelled, post, trimmed
from storage.rules.releases.sentences import Sentence

_NOUN = "|".join((*words_kk.ACCOUNTS, *words_kk.TALKS))
_VERB = "|".join((*words_kk.HEARD, *words_kk.GAVE))
_TALK = re.compile(rf"(?<!\w)({_NOUN})\w{{0,8}}(?:\s[\w-]+){{0,3}}?\s(?:{_VERB})")
_TOLD = re.compile(r"(?<!\w)(?:" + "|".join(words_kk.TOLD) + ")")
_PASSING = re.compile(
    r"(?<!\w)(?:" + "|".join(words_kk.TOLD_IN_PASSING) + r")\s(?:" + "|".join(words_kk.PASSED) + ")"
)
_TOPIC_END = re.compile(r"(?<!\w)(?:" + "|".join(words_kk.TOPIC_ENDS) + r")(?!\w)")
_ITEM = re.compile(
    r"(?<!\w)(?:(\d{1,2})-?(?:ші|шы|інші|ыншы)?|(" + "|".join(words_kk.ORDINALS) + r"))[\s-]"
    r"мәселе\w*(?:\s(?:бойынша|ретінде))?"
)
_HEADING = re.compile(
    r"\W{0,3}(?:(?:күн тәртібі\w*\s)?(?:\w+\s)?)?(\d{1,2}|"
    + "|".join(words_kk.ORDINALS)
    + r")[\s-]мәселе"
    r"\w*(?:\s(?:бойынша|ретінде))?(\s[–—:-]\s|:\s)?"
)
_ALREADY = re.compile(r"мәселелер\sбойынша\s")
_LEAD = re.compile(
    r"\A\W*(?:келесі мәселе бойынша|соңында|соңынан|содан кейін|бірінші болып|"
    r"есеп берсе|есеп беріп|тыңдалса|жасаса)"
    r"(?!\w)\W*",
    re.IGNORECASE,
)
_NAME_GAP = re.compile(r"\s*(?:,|мен|пен|бен|және)\s*\Z")
_FEWEST = 15  # letters of a topic


def heading(sentence: Sentence) -> tuple[int, str | None] | None:
    """The number of the item that the sentence begins with, and its topic when it says it."""
    return headed(sentence, _HEADING, words_kk.ORDINALS)


def reports(sentence: Sentence, text: tuple[Sentence, ...], people: People) -> list[Report]:
    """The reports that a Kazakh ``sentence`` of ``text`` tells of."""
    if line := labelled(sentence, text, people, words_kk.SPEAKER_LABELS):
        return [_of_list(sentence, *line)]
    if sentence.text.startswith(("–", "—", "- ")):
        return []  # somebody's own words
    named = people.named(sentence)
    kinds = _kinds(sentence, people)
    listed = sum(kind is not None for kind in kinds) > 1
    found: list[Report] = []
    begin = 0
    number = None
    for index, (who, kind) in enumerate(zip(named, kinds, strict=True)):
        if kind is None:
            continue
        left, first, _, _ = bounds(sentence, named, index)
        before = sentence.text[max(begin, left) if found else 0 : first]
        ordinal = _ITEM.search(before.lower())
        if ordinal:
            number = int(ordinal[1]) if ordinal[1] else words_kk.ORDINALS[ordinal[2]]
        _, _, last, right = bounds(sentence, named, index)
        topic = _topic(before[ordinal.end() :] if ordinal else before)
        topic = topic or _topic_behind(sentence.text[last:right])
        if kind == "passing" and topic is None:
            continue
        told = "information" if kind == "passing" else kind
        beside = any(words in (topic or "").lower() for words in words_kk.CO_REPORTS)
        found.append(Report(who.person, post(who), told, topic, number, sentence, listed, beside))
        begin, number = left, None
    return found


def _kinds(sentence: Sentence, people: People) -> list[str | None]:
    """For each name of the sentence: report, information, passing, or None when not a speaker."""
    named = people.named(sentence)
    kinds: list[str | None] = [None] * len(named)
    for index in reversed(range(len(named))):
        _, _, last, right = bounds(sentence, named, index)
        behind = sentence.lower[last:right]
        if talk := _TALK.search(behind):
            kinds[index] = "report" if talk[1] in words_kk.ACCOUNTS else "information"
        elif _TOLD.search(behind):
            kinds[index] = "information"
        elif _PASSING.search(behind):
            kinds[index] = "passing"
        elif index + 1 < len(named) and _NAME_GAP.match(behind):
            kinds[index] = kinds[index + 1]  # «А-ның, Б-ның есептері тыңдалды»
    return kinds


def _topic(before: str) -> str | None:
    ends = list(_TOPIC_END.finditer(before))
    if not ends:
        return None
    told = before[: ends[-1].end()]
    if already := _ALREADY.search(told):
        told = told[already.end() :]
    told = _LEAD.sub("", told)
    return trimmed(told) if len(told) >= _FEWEST else None


def _topic_behind(behind: str) -> str | None:
    """«… басшысы А … барысы туралы баяндады»: the topic stands between the name and the talk."""
    talk = _TALK.search(behind.lower()) or _TOLD.search(behind.lower())
    topic = _topic(behind[: talk.start()]) if talk else None
    return topic if topic and not topic.endswith("бойынша") else None


def _of_list(sentence: Sentence, number: int, who: Named) -> Report:
    labels = "|".join(words_kk.SPEAKER_LABELS)
    topic = re.split(rf"\(?\s*(?:{labels})", sentence.text, flags=re.IGNORECASE)[0]
    topic = re.sub(r"\A\s*\d{1,2}[.)]\s*", "", topic)
    kind = "report" if any(word in topic.lower() for word in words_kk.ACCOUNTS) else "information"
    return Report(who.person, post(who), kind, trimmed(topic), number, sentence, True, False)
