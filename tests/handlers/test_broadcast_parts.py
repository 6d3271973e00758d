"""A text too long for one message is cut where a reader would pause, its formatting kept."""

import re
from html import unescape

import pytest
from aiogram.types import MessageEntity
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from handlers.broadcasts.formatting import telegram_html
from handlers.broadcasts.receiving.parts import split
from handlers.ui.screen import length

WORDS = st.text(alphabet="абв әқ😀&<>\n.! ", min_size=0, max_size=300)


def plain(part: Markup) -> str:
    return unescape(re.sub(r"<[^>]*>", "", part))


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("қысқа", ["қысқа"]),
        ("бірінші абзац\n\nекінші абзац", ["бірінші абзац", "екінші абзац"]),
        ("бірінші жол\nекінші жол ұзын", ["бірінші жол", "екінші жол ұзын"]),
        ("Бірі келді. Бірі кетті қазір", ["Бірі келді.", "Бірі кетті қазір"]),
        ("сөзсөз сөзсөз сөзсөз сөз", ["сөзсөз сөзсөз сөзсөз", "сөз"]),
        ("а" * 45, ["а" * 20, "а" * 20, "а" * 5]),
        ("😀" * 15, ["😀" * 10, "😀" * 5]),
    ],
)
def test_it_is_cut_at_the_best_pause(text: str, parts: list[str]) -> None:
    assert [str(part) for part in split(Markup(text), 20)] == parts  # noqa: S704


def test_what_is_bold_goes_on_and_a_link_keeps_its_address() -> None:
    text = Markup('алды <b>қалың <a href="https://a.kz/?x=1&amp;y=2">сілтеме мәтіні</a></b> соңы')
    assert [str(part) for part in split(text, 20)] == [
        'алды <b>қалың <a href="https://a.kz/?x=1&amp;y=2">сілтеме</a></b>',
        '<b><a href="https://a.kz/?x=1&amp;y=2">мәтіні</a></b> соңы',
    ]


@settings(max_examples=150, deadline=None)
@given(text=WORDS, begin=st.integers(0, 200), size=st.integers(1, 200))
def test_nothing_is_lost_and_each_part_stands_alone(text: str, begin: int, size: int) -> None:
    bold = text[begin : begin + size]
    at, long = (len(s.encode("utf-16-le")) // 2 for s in (text[:begin], bold))
    html = Markup(telegram_html(text, [MessageEntity(type="bold", offset=at, length=long)]))  # noqa: S704
    parts = split(html, 40)
    assert squeezed("".join(plain(part) for part in parts)) == squeezed(text)
    for part in parts:
        assert length(part) <= 40
        assert len(re.findall("<b>", part)) == len(re.findall("</b>", part))
