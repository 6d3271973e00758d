"""A found line, shortened around the match and safe to show."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.search.snippets import LENGTH, snippet
from storage.rules.terms import places, terms
from storage.search import Hit


def hit(text: str, query: str) -> Hit:
    spans = places(text, terms(query))
    return Hit(1, None, "item", "ru", text, spans, "held", "К", "Р", None, None, None)


def test_what_people_wrote_stays_text() -> None:
    assert snippet(hit("<b>Ипподром</b> & Ко", "ипподром")) == (
        "&lt;b&gt;<b>Ипподром</b>&lt;/b&gt; &amp; Ко"
    )


def test_a_line_that_begins_with_what_to_do_keeps_its_beginning() -> None:
    text = "Взять под партийный контроль строящийся в городе ипподром. " + "Далее. " * 30
    assert snippet(hit(text, "ипподром")).startswith("Взять под партийный контроль")


def test_a_far_match_is_shown_with_what_stands_around_it() -> None:
    text = "слово " * 60 + "ипподром " + "слово " * 60
    found = snippet(hit(text, "ипподром"))
    assert found.startswith("…слово")
    assert found.endswith("слово…")
    assert "<b>ипподром</b>" in found


@given(st.text(max_size=600), st.text(max_size=20))
def test_any_text_is_shortened_whole(text: str, query: str) -> None:
    found = snippet(hit(text, query)).striptags()
    assert len(found) <= LENGTH + 2
