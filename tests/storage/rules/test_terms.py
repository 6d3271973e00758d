"""The words of a query."""

import pytest

from storage.rules.terms import MOST_TERMS, places, terms


@pytest.mark.parametrize("nothing", ["", "  ", "🏇🏇", "?!…", "%_\\", "\u200b"])
def test_no_word_at_all(nothing: str) -> None:
    assert terms(nothing) == ()


def test_empty_words_count_only_alone() -> None:
    assert terms("что решили по ипподрому") == ("что", "решили", "ипподрому")
    assert terms("по") == ("по",)


def test_a_long_query_is_cut() -> None:
    assert len(terms(" ".join(f"слово{n}" for n in range(600)))) == MOST_TERMS


def test_places_are_those_of_the_text_as_it_is_written() -> None:
    text = "Ипподром ҚҰРЫЛЫСЫН тоқтату, М-39"
    assert [text[a:b] for a, b in places(text, {"курылысын", "39"})] == ["ҚҰРЫЛЫСЫН", "39"]
