"""One spelling for what people write in several ways, and the keys of another layout."""

import pytest

from storage.rules.layouts import readings
from storage.rules.spelling import LONGEST, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("М-39", "м39"),
        ("AMANAT", "Аманат"),
        ("mektep", "мектеп"),
        ("бiлiм", "білім"),  # with Latin letters among the others
        ("cу", "су"),
        ("ҚҰРЫЛЫС", "курылыс"),
        ("41,8%", "41.8 %"),
    ],
)
def test_one_word_however_it_is_written(one: str, other: str) -> None:
    assert words_of(one) == words_of(other)


def test_an_endless_word_is_cut() -> None:
    assert words_of("ш" * 4096) == ["ш" * LONGEST]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bggjlhjv", "ипподром"),
        (";bkmt", "жилье"),
        ("09hskscs", "құрылысы"),
        (",3k3v", "білім"),
        ("0урылыс", "құрылыс"),
        ("VTRNTG cfke", "мектеп салу"),
    ],
)
def test_what_the_keys_give_in_another_layout(typed: str, meant: str) -> None:
    found = [words_of(reading) for reading in readings(typed)]
    assert words_of(meant) in found


def test_a_query_in_the_right_layout_is_read_once() -> None:
    assert readings("ипподром") == ("ипподром",)
