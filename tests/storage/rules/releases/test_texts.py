"""Whole texts: what a person finds in them, the rules find too, and nothing that is not there."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

import storage.rules.releases as package
from storage.rules.releases import read
from storage.rules.releases.findings import Reading
from tests.storage.rules.releases.scoring import Score, score

HERE = Path(__file__).parent
OWN = ("council_kk", "bureau_ru")
SEED = os.environ.get("BURO_SEED")  # a folder with article.txt and meeting.json


def _text(name: str) -> str:
    return (HERE / f"{name}.txt").read_text(encoding="utf-8")


def _facts(name: str) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
    return facts


def _enough(scores: dict[str, Score]) -> None:
    """The same shares for every text: all items, 10 of 12 people, 11 of 13 figures, 9 of 12."""
    assert scores["items"].found == scores["items"].expected, scores["items"].line()
    for name, share in (("people", 10 / 12), ("figures", 11 / 13), ("proposals", 9 / 12)):
        assert scores[name].found >= share * scores[name].expected, scores[name].line()
    assert not scores["items"].besides
    assert not scores["people"].besides, "a person was invented"


def _as_in(text: str, reading: Reading) -> None:
    """Every finding stands beside a sentence of the text, and every number is in its sentence."""
    sources = [item.source for item in reading.items]
    sources += [person.source for person in reading.people]
    sources += [proposal.source for proposal in reading.proposals]
    sources += [figure.source for figure in reading.figures]
    for source in sources:
        assert text[source.start : source.end] == source.sentence
    for figure in reading.figures:
        for part in figure.value.split("-"):
            assert part in figure.source.sentence


@pytest.mark.parametrize("name", OWN)
def test_a_release_gives_what_its_reader_finds_in_it(name: str) -> None:
    text = _text(name)
    reading = read(text)
    scores = score(reading, _facts(name))
    _enough(scores)
    assert not scores["figures"].besides, "a figure was invented"
    assert not scores["proposals"].besides
    _as_in(text, reading)


@pytest.mark.parametrize("name", OWN)
def test_the_meeting_itself_is_recognised(name: str) -> None:
    facts = _facts(name)
    meeting = read(_text(name)).meeting
    wanted = facts["meeting"]
    chair = next(one for one in facts["people"] if one["id"] == wanted["chair"])
    assert (meeting.body, meeting.count, meeting.date) == (
        wanted["body"],
        wanted["agenda_count"],
        wanted["date"],
    )
    assert meeting.chair is not None
    assert meeting.chair.surname == chair["surname"]
    assert meeting.decision is not None
    assert facts["decision"]["quote"] in meeting.decision.sentence


@pytest.mark.parametrize("name", OWN)
def test_items_say_of_what_was_reported_and_how(name: str) -> None:
    found = {item.number: (item.kind, item.topic) for item in read(_text(name)).items}
    wanted = {one["no"]: (one["kind"], one["topic"]) for one in _facts(name)["agenda"]}
    assert found == wanted


def test_minutes_with_a_numbered_agenda_are_read_by_their_headings() -> None:
    text = _text("minutes_ru")
    reading = read(text)
    _as_in(text, reading)
    assert [(i.number, i.speaker.surname, i.topic) for i in reading.items] == [
        (1, "Ахмедова", "О ходе подготовки школ к новому учебному году"),
        (2, "Петренко", "Об итогах приёма граждан за восемь месяцев"),
    ]
    assert [person.surname for person in reading.people] == [
        "Сагинтаев",
        "Миронова",
        "Ахмедова",
        "Петренко",
        "Тлеубаев",
    ], "«Ахмедову С.Е.» is no other person"
    assert {(f.item, f.value, f.unit) for f in reading.figures} >= {
        (1, "640", "млн тенге"),
        (1, "87,5", "%"),
        (2, "312", "граждан"),
        (2, "44", "%"),
    }
    assert [(p.item, p.kind) for p in reading.proposals] == [
        (1, "proposal"),
        (1, "instruction"),
        (1, "proposal"),
        (2, "proposal"),
    ]


def test_a_sitting_told_without_numbers_is_read_too() -> None:
    text = _text("commission_kk")
    reading = read(text)
    _as_in(text, reading)
    assert (reading.meeting.body, reading.meeting.kind) == ("commission", "regular")
    assert [(i.number, i.speaker.name) for i in reading.items] == [
        (1, "Берік Тұрсынхан"),
        (2, "Олжас Мейрамбеков"),
    ]
    asked = {p.text: (p.kind, p.authors) for p in reading.proposals}
    assert asked["Қозғалыс кестесін қайта қарау керек"] == ("proposal", ("Жанна Әбенова",))
    assert asked["бөлім басшысына екі апта ішінде жаңа кесте ұсыну"] == (
        "instruction",
        ("Қанат Жолдасов",),
    )
    compared = next(f for f in reading.figures if f.value == "12,4")
    assert compared.period is None, "the year it is compared with is not its own"


@pytest.mark.skipif(SEED is None, reason="the article is not a part of the project: BURO_SEED")
def test_the_real_article_is_read_as_well() -> None:
    folder = Path(SEED or "")
    text = (folder / "article.txt").read_text(encoding="utf-8")
    facts = json.loads((folder / "meeting.json").read_text(encoding="utf-8"))
    reading = read(text)
    _enough(score(reading, facts))
    _as_in(text, reading)
    words = facts["decision"]["quote"]
    assert reading.meeting.decision is not None
    assert reading.meeting.decision.sentence == words


@pytest.mark.skipif(SEED is None, reason="the article is not a part of the project: BURO_SEED")
def test_the_rules_know_nothing_of_the_article() -> None:
    facts = json.loads((Path(SEED or "") / "meeting.json").read_text(encoding="utf-8"))
    names = {one[part] for one in facts["people"] for part in ("surname", "patronymic")}
    # «Түркістан облысы» → «Түркістан»; the given names and departments likewise
    names |= {one["kk"].split()[0] for one in facts["territories"]}
    names |= {one["given"] for one in facts["people"]}
    names |= {"шынықтыру", "ипподром", "133,4", "885", "41,5"}

    code = "\n".join(
        path.read_text(encoding="utf-8").lower()
        for path in Path(package.__file__ or "").parent.glob("*.py")
    )
    assert not [name for name in names if name and name.lower() in code]
