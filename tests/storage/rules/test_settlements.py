from dataclasses import dataclass

import pytest

from storage.rules.settlements import find, rest


@dataclass(frozen=True)
class Village:
    name_kk: str
    name_ru: str


AQ = Village("Ақжазық ауылы", "село Акжазык")
TOWN = Village("Сарыағаш қаласы", "город Сарыагаш")
NEW = Village("Жаңа ауыл", "аул Жана")
GROVE = Village("Тоғай ауылы", "село Тогай")
GROVE_TOWN = Village("Тоғай кенті", "посёлок Тогай")
KNOWN = (AQ, TOWN, NEW, GROVE, GROVE_TOWN)


@pytest.mark.parametrize(
    ("place", "village"),
    [
        ("Ақжазық ауылы, Мектеп көшесі", AQ),
        ("акжазыкта", AQ),
        ("с. Акжазык", AQ),
        ("в селе Акжазык, ул. Садовая 3", AQ),
        ("Мектеп көшесі 5; АҚЖАЗЫҚ", AQ),
        ("Сарыағаштан", TOWN),
        ("жана ауыл", NEW),
        ("Тоғай кенті", GROVE_TOWN),
        ("посёлок Тогай", GROVE_TOWN),
        ("Тоғай", None),  # a village and a town are called so
        ("Жаңа көше", None),
        ("Ақжазық көшесі", None),
        ("ауыл", None),
        ("!!!", None),
        ("", None),
    ],
)
def test_which_settlement_a_place_names(place: str, village: Village | None) -> None:
    assert find(place, KNOWN) == village


@pytest.mark.parametrize(
    ("place", "left"),
    [
        ("Ақжазық ауылы,  Мектеп   көшесі, 5", "Мектеп көшесі, 5"),
        ("ул. Школьная, село Акжазык", "ул. Школьная"),
        ("акжазық", ""),
        ("Жылға ауылы", "Жылға ауылы"),
    ],
)
def test_what_is_left_beside_it(place: str, left: str) -> None:
    assert rest(place, AQ.name_kk, AQ.name_ru) == left
