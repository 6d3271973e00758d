"""What holds for every text: nothing found says so, nothing is slow, no name is in the rules."""

import json
from pathlib import Path

import pytest

import storage.rules.releases as package
from storage.rules.releases import LONGEST, read
from tests.costs import grows_evenly

HERE = Path(__file__).parent
KK = "Бюро отырысы өтті. "
RU = "Состоялось заседание Бюро. "
LATIN = "Byuro otyrysy otti. Kun tartibinde alty masele qaraldy, 41,5 payyzga zhetti."
RECIPE = "Возьмите 200 граммов муки и 3 яйца. Повар Иван Петров советует: необходимо взбить белки."
KK_SPORT = "Кеше «Қайсар» командасы Ербол Тасқынов соққан 2 голмен жеңіске жетті. Жеңу керек еді!"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("41,5 % — 12.05.2026", "empty"),
        (LATIN, "script"),
        (RECIPE, "subject"),
        (KK_SPORT, "subject"),
        ("а" * (LONGEST + 1), "too_long"),
    ],
)
def test_a_text_of_something_else_gives_a_reason_and_no_findings(text: str, reason: str) -> None:
    reading = read(text)
    assert reading.reason == reason
    assert not (reading.items or reading.people or reading.figures or reading.proposals)


def _filled(piece: str) -> str:
    return (piece * (LONGEST // len(piece) + 1))[:LONGEST]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(_filled((HERE / f"{name}.txt").read_text(encoding="utf-8") + "\n"), id=name)
        for name in ("council_kk", "bureau_ru", "minutes_ru", "commission_kk")
    ]
    + [
        pytest.param((begin + _filled(piece))[:LONGEST], id=piece[:12])
        for begin, piece in (
            (KK, "1"),
            (KK, "123 456 789, "),
            (KK, "А"),
            (KK, "Аа "),
            (KK, "А. "),
            (KK, "«"),
            (KK, ", "),
            (KK, "төрағасы "),
            (RU, "председатель "),
            (RU, "с отчётом о "),
            (RU, "необходимо сделать "),
            (KK, "Ааа, "),
            (KK, "\n"),
            (KK, "а\n"),
            (KK, "А\n"),
            (KK, "Абв.\n"),
            (KK, "2024 жылы "),
            (RU, "по первому вопросу "),
            (KK, ". "),
            (KK, "құру, "),
        )
    ],
)
def test_no_text_takes_longer_than_its_length_says(text: str) -> None:
    assert grows_evenly(lambda size: read(text[:size]), LONGEST)


def test_the_rules_name_nobody_and_no_place_of_the_texts() -> None:
    names: set[str] = set()
    for path in HERE.glob("*.json"):
        for one in json.loads(path.read_text(encoding="utf-8"))["people"]:
            names |= {one["given"], one["surname"], one["patronymic"]}
    names |= {"Қарасу", "Көкжиде", "Жаңатілеу", "Берёзовка", "Озёрн", "Тасөткел"}
    folder = Path(package.__file__ or "").parent
    code = "\n".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    assert len(names) > 20
    assert not [name for name in names if name and name in code]
