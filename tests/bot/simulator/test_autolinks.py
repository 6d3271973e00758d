"""What Telegram makes clickable by itself."""

import pytest

from bot.simulator.autolinks import add
from bot.simulator.text import Entity, Formatted
from tests.costs import grows_evenly


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start now", [("bot_command", "/start")]),
        ("а/start", []),
        ("/help@buro_demo_bot", [("bot_command", "/help@buro_demo_bot")]),
        ("24/7 және 1/2", []),
        ("көр: https://gov.kz/a?b=1.", [("url", "https://gov.kz/a?b=1")]),
        ("gov.kz", [("url", "gov.kz")]),
        ("a@b.kz", [("email", "a@b.kz")]),
        ("сәлем @camila!", [("mention", "@camila")]),
        ("#бюро #1", [("hashtag", "#бюро")]),
        ("тел. +7 701 000 00 01", [("phone_number", "+7 701 000 00 01")]),
        ("25.11.2026, 18:30", []),
    ],
)
def test_found(text: str, found: list[tuple[str, str]]) -> None:
    entities = add(Formatted(text)).entities
    assert [(e.kind, text[e.start : e.end]) for e in entities] == found


def test_nothing_is_found_inside_code() -> None:
    code = Entity("code", 0, 6)
    assert add(Formatted("/start", [code])).entities == [code]


@pytest.mark.parametrize("piece", ["1 ", "a.", "@a", "/a", "#", "-a", "a@", "+7("])
def test_no_text_takes_long(piece: str) -> None:
    assert grows_evenly(lambda size: add(Formatted(piece * (size // len(piece)))), 4096)
