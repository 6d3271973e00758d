"""The words of a query."""

import pytest

from storage.rules.terms import MOST_TERMS, places, stem, terms


@pytest.mark.parametrize("form", ["ипподром", "ипподрому", "ИППОДРОМЫ", "Ипподромның", "ипподрома"])
def test_the_forms_of_a_word_meet(form: str) -> None:
    (term,) = terms(form)
    assert term.matches("ипподром")
    assert term.matches("ипподромы")


@pytest.mark.parametrize(
    ("typed", "written"),
    [("құрылысының", "курылысын"), ("курылыс", "курылысы"), ("воды", "вода"), ("су", "суы")],
)
def test_kazakh_endings_and_short_words(typed: str, written: str) -> None:
    (term,) = terms(typed)
    assert term.matches(written)


def test_a_number_is_found_whole() -> None:
    assert stem("39") == "39"
    (term,) = terms("5")
    assert term.matches("5")
    assert not term.matches("57")


@pytest.mark.parametrize("nothing", ["", "  ", "🏇🏇", "?!…", "%_\\", "\u200b"])
def test_no_word_at_all(nothing: str) -> None:
    assert terms(nothing) == ()


def test_empty_words_count_only_alone() -> None:
    assert [term.word for term in terms("что решили по ипподрому")] == [
        "что",
        "решили",
        "ипподрому",
    ]
    assert [term.word for term in terms("по")] == ["по"]


def test_a_long_query_is_cut() -> None:
    assert len(terms(" ".join(f"слово{n}" for n in range(600)))) == MOST_TERMS


def test_places_are_those_of_the_text_as_it_is_written() -> None:
    text = "Ипподром ҚҰРЫЛЫСЫН тоқтату"
    assert [text[a:b] for a, b in places(text, terms("курылыс"))] == ["ҚҰРЫЛЫСЫН"]
