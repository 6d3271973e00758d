import pytest

from handlers.broadcasts import cards, lists, screens
from handlers.broadcasts.receiving import copies
from handlers.ui.i18n import translator
from handlers.ui.screen import MAX_TEXT, Screen
from storage.audiences import Audience
from storage.broadcasts import Preview
from storage.broadcasts.reading import Broadcast, Signature
from storage.deliveries import Copy, Progress, Sent
from tests.conftest import NOW, ZONE

OF = Signature("Мақтаарал аудандық филиалы", "Мактааральский районный филиал", None, None, None)
LONGEST = "ж" * 3500


def broadcast(text: str) -> Broadcast:
    return Broadcast(1, 2, 3, text, "draft", 5_000, NOW, NOW, None, 2, OF)


def every(language: str) -> list[Screen]:
    t = translator(language)
    of = broadcast(LONGEST)
    why = {"blocked": 300, "refused": 100}
    seen = Progress(of, 5_000, 4_000, 300, 400, 300, 1_000, why, unread=3_300)
    copy = Copy(of, NOW)
    sent = [Sent(1, of.text, state, NOW, 5_000, 5_000, 5_000) for state in ("draft", "finished")]
    return [
        screens.preview(t, Preview(of, Audience(5_000, 4_999, {"kk": 3_000, "ru": 2_000}))),
        copies.copy(t, copy, ZONE),
        cards.card(t, seen),
        cards.result(t, seen),
        lists.mine(t, sent, 0, 2, ZONE),
    ]


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_longest_text_fits_and_so_do_the_buttons(language: str) -> None:
    for screen in every(language):
        assert screen.text is not None
        assert len(screen.text.striptags()) <= MAX_TEXT
        for row in screen.rows:
            # A row of the list holds a sign, a day, the beginning of the text and two numbers.
            most = 40 if len(row) == 1 else 18
            assert all(len(button.label) <= most for button in row), row


def test_reasons_that_read_the_same_are_one_line() -> None:
    seen = Progress(broadcast("x"), 3, 0, 0, 3, 0, 0, {"refused": 1, "void": 1, "blocked": 1})
    text = cards.result(translator("ru"), seen).text
    assert text is not None
    assert "техническая ошибка: 2" in text
    assert "бот заблокирован: 1" in text


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_preview_holds_the_copy_to_the_letter(language: str) -> None:
    t = translator(language)
    of = broadcast("Ертең <b>10:00</b> &amp; кейін")
    copy = copies.copy(t, Copy(of, None), ZONE).text
    preview = screens.preview(t, Preview(of, Audience(1, 1, {"kk": 1}))).text
    assert copy is not None
    assert preview is not None
    assert f"\n{screens.THIN_LINE}\n{copy}\n{screens.THIN_LINE}\n" in preview
