"""The texts: complete in kk and ru, with the same holes and tags, and buttons that fit."""

import pytest
from babel.messages.extract import extract_from_dir

from handlers.ui import catalogues
from handlers.ui.i18n import LANGUAGES, translator


def test_every_text_is_there_in_both_languages() -> None:
    assert catalogues.faults() == []


def test_the_check_itself_finds_faults() -> None:
    faults = list(catalogues._differences("<b>Name:</b> {name}", "Nom {nam}"))
    assert faults == ["other placeholders", "other tags", "foreign words ['Nom']"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_user_text_cannot_break_out_of_a_text(language: str) -> None:
    said = translator(language)("Name: {name}", name="<b>x</b> & </a>")
    assert "&lt;b&gt;x&lt;/b&gt; &amp; &lt;/a&gt;" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_on_buttons_are_short_enough(language: str) -> None:
    """Plain texts are for buttons and toasts; a toast may have 200 characters."""
    found = extract_from_dir(
        str(catalogues.HANDLERS), [("**.py", "python")], keywords={"plain": None, "N_": None}
    )
    t = translator(language)
    for path, line, msgid, _, _ in found:
        text = t._texts.gettext(str(msgid))
        assert len(text) <= 200, f"{path}:{line}: {text}"
