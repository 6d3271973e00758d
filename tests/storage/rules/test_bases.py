"""Forms of one word share a base, whatever endings of the two languages they carry."""

import pytest

from storage.rules.bases import bases, cores
from storage.rules.spelling import words_of


@pytest.mark.parametrize(
    "forms",
    [
        "ипподром ипподрому ипподромы ипподромның ипподромға ипподромымыздағы",
        "мектеп мектебі мектептер мектептеріміздегі мектебінің",
        "тармақ тармағы тармақтарды тармағына",
        "су суы суды сумен сулардың",
        "вода воды водой воде",
        "дорога дорог дороги дорогами",
        "участок участка участков",
        "құрылыс құрылысын құрылыстар",
        "школа школы школ школах",
    ],
)
def test_forms_of_one_word_meet(forms: str) -> None:
    first, *others = words_of(forms)
    for other in others:
        assert bases(first) & bases(other), other


@pytest.mark.parametrize(("one", "other"), [("су", "субсидия"), ("жол", "жолдау"), ("39", "390")])
def test_other_words_that_begin_alike_do_not(one: str, other: str) -> None:
    assert not bases(one) & bases(other)


def test_a_short_word_and_a_number_are_not_found_misspelt() -> None:
    assert not cores("су")
    assert not cores("2025")
    assert "ипподромы" in cores("ипподромы")
