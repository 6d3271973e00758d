"""From what the rules read in a text to findings: one a thing, each with its sentence.

``content["on"]`` says on which item of the agenda a finding stands: «i55» is the item with that
id, «t3» the third item of the text, None none. Of an item of the text it says which item of the
agenda it is; None: a new one.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import partial
from typing import Any

from storage.meetings import findings
from storage.meetings.records import AgendaItem, Meeting
from storage.rules.folding import fold
from storage.rules.releases.findings import CoReport, Figure, Item, Person, Proposal, Reading

Row = dict[str, Any]

ALIKE = 0.6  # of two titles that are the same in other words
SENTENCE = 2000  # characters
# How a bound stands before a number, in whatever language.
BOUNDS = {"more": ">", "about": "≈", "up_to": "≤", "at_least": "≥"}


def rows(reading: Reading, meeting: Meeting) -> list[Row]:
    """The findings of ``reading`` that say something new of ``meeting``, in their order."""
    known = same_items(reading.items, meeting)
    found = [
        *_facts(reading, meeting),
        *(_item(item, known.get(item.number)) for item in reading.items),
        *(_beside(one) for one in reading.co_reports),
        *(_person(one) for one in _others(reading)),
        *(_figure(one) for one in reading.figures),
        *(_proposal(one, "proposal") for one in reading.proposals if one.kind == "proposal"),
        *(_proposal(one, "instruction") for one in reading.proposals if one.kind == "instruction"),
    ]
    for row in found:
        row["content"]["language"] = reading.language
    return found


def same_items(items: Sequence[Item], meeting: Meeting) -> dict[int, AgendaItem]:
    """The number of each item of a text → the item of the agenda that it is, none of them twice.

    By its speaker, else by its place: only where nobody else is known to speak there, or the title
    is much the same.
    """
    found: dict[int, AgendaItem] = {}
    for fits in (_is_spoken_of, _is_in_its_place):
        for item in (one for one in items if one.number not in found):
            free = [one for one in meeting.items if one not in found.values()]
            like = sorted((one for one in free if fits(item, one)), key=partial(_distance, item))
            if like:
                found[item.number] = like[0]
    return found


def _is_spoken_of(item: Item, one: AgendaItem) -> bool:
    return any(is_same_person(item.speaker.name, name) for name in _speakers(one))


def _is_in_its_place(item: Item, one: AgendaItem) -> bool:
    return one.number == item.number and (not _speakers(one) or _likeness(item, one) >= ALIKE)


def _distance(item: Item, one: AgendaItem) -> tuple[bool, float]:
    """One of the same number comes first, then the one with the likest title."""
    return one.number != item.number, -_likeness(item, one)


def is_same_person(one: str, other: str) -> bool:
    """Whether given name and surname of ``one`` both stand in ``other``, in whatever order."""
    ends = ends_of(one)
    return len(ends) == 2 and set(ends) <= set(fold(other).split())


def ends_of(name: str) -> list[str]:
    """Given name and surname, folded; an initial is no name."""
    words = [word for word in fold(name).split() if len(word) > 1]
    return [words[0], words[-1]] if len(words) > 1 else []


def _speakers(item: AgendaItem) -> list[str]:
    return [name for name in (item.speaker_kk, item.speaker_ru) if name]


def _likeness(item: Item, one: AgendaItem) -> float:
    """How alike the two titles are, from 0 to 1."""
    titles = [fold(title) for title in (one.title_kk, one.title_ru) if title]
    ratios = [SequenceMatcher(None, fold(item.topic or ""), title).ratio() for title in titles]
    return max(ratios, default=0.0)


def _facts(reading: Reading, meeting: Meeting) -> Iterator[Row]:
    """What the text says of the meeting itself and the meeting does not."""
    facts, language = reading.meeting, reading.language
    source = facts.source.sentence if facts.source else ""
    if facts.title and not _is_known(facts.title, meeting.title_kk, meeting.title_ru):
        yield _fact("title", _begun(facts.title), source)
    if facts.kind and facts.kind != meeting.kind:
        yield _fact("kind", facts.kind, source)
    if facts.date and meeting.starts_at is None:
        yield _fact("date", facts.date, source)
    known_chair = meeting.chair_ru if language == "ru" else meeting.chair_kk
    if facts.chair and not is_same_person(facts.chair.name, known_chair or ""):
        yield _fact("chair", facts.chair.name, facts.chair.source.sentence)
    if facts.decision:
        sentence = facts.decision.sentence
        yield _fact("decision", _cut(_flat(sentence), findings.DECISION_LIMIT), sentence)


def _fact(name: str, value: str, sentence: str) -> Row:
    limit = findings.DECISION_LIMIT if name == "decision" else findings.FIELDS["fact"]["value"]
    return _row(findings.FACT, sentence, name=name, value=_cut(value, limit))


def _item(item: Item, known: AgendaItem | None) -> Row:
    limits = findings.FIELDS[findings.ITEM]
    name = item.speaker.name
    return _row(
        findings.ITEM,
        item.source.sentence,
        number=item.number,
        kind=item.kind,
        title=_cut(_begun(_flat(item.topic or item.source.sentence)), limits["title"]),
        speaker=_cut(name, limits["speaker"]),
        called=name,
        position=_cut(item.position, limits["position"]),
        on=f"i{known.id}" if known else None,
    )


def _beside(one: CoReport) -> Row:
    return _named(one.speaker, one.position, one.source.sentence)


def _person(one: Person) -> Row:
    return _named(one, one.positions[0] if one.positions else None, one.source.sentence)


def _named(person: Person, position: str | None, sentence: str) -> Row:
    limits = findings.FIELDS[findings.PERSON]
    name, post = _cut(person.name, limits["name"]), _cut(position, limits["position"])
    return _row(findings.PERSON, sentence, name=name, called=person.name, position=post, on=None)


def _others(reading: Reading) -> Iterator[Person]:
    """Who is named and stands in no other finding with the position."""
    speakers = [*(item.speaker for item in reading.items)]
    speakers += [one.speaker for one in reading.co_reports]
    said = {person.name for person in speakers}
    for person in reading.people:
        if person.name not in said and person.positions:
            yield person


def _figure(one: Figure) -> Row:
    limits = findings.FIELDS[findings.FIGURE]
    sign = BOUNDS.get(one.bound or "")
    return _row(
        findings.FIGURE,
        one.source.sentence,
        label=_cut(_begun(_flat(one.label)), limits["label"]),
        value=_cut(f"{sign} {one.value}" if sign else one.value, limits["value"]),
        unit=_cut(one.unit, limits["unit"]),
        period=_cut(one.period.text if one.period else None, limits["period"]),
        on=_of_text(one.item),
    )


def _proposal(one: Proposal, kind: str) -> Row:
    limits = findings.FIELDS[kind]
    return _row(
        kind,
        one.source.sentence,
        text=_cut(_begun(_flat(one.text)), limits["text"]),
        author=_cut(_begun(", ".join(one.authors)), limits["author"]) or None,
        on=_of_text(one.item),
    )


def _row(kind: str, sentence: str, /, **content: Any) -> Row:
    return {"kind": kind, "sentence": _cut(_flat(sentence), SENTENCE), "content": content}


def _of_text(number: int | None) -> str | None:
    return None if number is None else f"t{number}"


def _is_known(text: str, *titles: str | None) -> bool:
    return any(fold(text) == fold(title) for title in titles if title)


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def _flat(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str | None, limit: int) -> str:
    text = text or ""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
