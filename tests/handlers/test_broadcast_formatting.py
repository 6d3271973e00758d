import re
from typing import Any

import pytest
from aiogram.types import MessageEntity, User
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator import html
from handlers.broadcasts.formatting import after_command, telegram_html


def entity(kind: str, offset: int, length: int, **more: Any) -> MessageEntity:
    return MessageEntity(type=kind, offset=offset, length=length, **more)


def test_bold_italic_and_links_are_kept() -> None:
    text = "Ертең жиналыс, сілтеме"
    marks = [
        entity("bold", 0, 5),
        entity("italic", 6, 7),
        entity("text_link", 15, 7, url="https://example.kz/?a=1&b=2"),
    ]
    assert telegram_html(text, marks) == (
        '<b>Ертең</b> <i>жиналыс</i>, <a href="https://example.kz/?a=1&amp;b=2">сілтеме</a>'
    )


def test_nested_and_crossing_marks_come_out_nested() -> None:
    assert telegram_html("abcd", [entity("bold", 0, 4), entity("italic", 1, 2)]) == (
        "<b>a<i>bc</i>d</b>"
    )
    assert telegram_html("abcd", [entity("bold", 0, 3), entity("italic", 1, 3)]) == (
        "<b>a<i>bc</i></b><i>d</i>"
    )


def test_offsets_count_utf16_units() -> None:
    assert telegram_html("🎉🎉 той", [entity("bold", 5, 3)]) == "🎉🎉 <b>той</b>"


@pytest.mark.parametrize("url", ['https://a.kz/"><b>', "https://a.kz/'<i>", "HTTPS://a.kz/<>"])
def test_a_link_opens_no_tags_of_its_own(url: str) -> None:
    made = telegram_html("a", [entity("text_link", 0, 1, url=url)])
    assert re.fullmatch(r'<a href="[^"<>]*">a</a>', made)


@pytest.mark.parametrize("url", ["tg://user?id=5", "javascript:alert(1)", "", "ftp://a"])
def test_other_links_become_their_words(url: str) -> None:
    assert telegram_html("a", [entity("text_link", 0, 1, url=url)]) == "a"


def test_a_mention_by_number_becomes_the_name() -> None:
    who = User(id=5, is_bot=False, first_name="А")
    mention = MessageEntity(type="text_mention", offset=0, length=4, user=who)
    assert telegram_html("Анна", [mention]) == "Анна"


def test_after_a_command_the_marks_move_along() -> None:
    text, moved = after_command(
        "/broadcast  Ертең жиналыс", [entity("bot_command", 0, 10), entity("bold", 12, 5)]
    )
    assert telegram_html(text, moved) == "<b>Ертең</b> жиналыс"
    assert after_command("/broadcast") == ("", [])
    text, moved = after_command("/broadcast бәрі", [entity("bold", 0, 15)])
    assert telegram_html(text, moved) == "<b>бәрі</b>"


KINDS = ("bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "blockquote")
MARKS = st.builds(entity, st.sampled_from(KINDS), st.integers(0, 60), st.integers(1, 60))


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=50), st.lists(MARKS))
def test_whatever_is_typed_telegram_reads_the_same_words(
    typed: str, marks: list[MessageEntity]
) -> None:
    whole = [m for m in marks if _whole(typed, m)]
    assert html.parse(telegram_html(typed, whole)).text == typed


def _whole(text: str, mark: MessageEntity) -> bool:
    """Telegram's own marks never cut a character in two, nor reach beyond the text."""
    units, at = set(), 0
    for character in text:
        units.add(at)
        at += len(character.encode("utf-16-le")) // 2
    return mark.offset in units and mark.offset + mark.length in units | {at}
