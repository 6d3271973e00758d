"""Figures as people write and read them."""

import pytest

from handlers.ui import amounts


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("41,8", 41.8),
        ("41.8 %", 41.8),
        ("885 485", 885485.0),
        ("885\u00a0485 адам", 885485.0),
        ("+3", 3.0),
        ("−12,5", -12.5),
        ("-0", 0.0),
        ("2300000000", 2_300_000_000.0),
        ("12 34", None),
        ("1.234.567", None),
        ("41,8 млн", None),
        ("", None),
        ("%", None),
        ("1e5", None),
        ("٤١", 41.0),
        ("9" * 16, None),
    ],
)
def test_what_is_read_of_a_figure(text: str, value: float | None) -> None:
    assert amounts.read(text, "адам") == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (41.8, "41,8"),
        (885485.0, "885\u00a0485"),
        (0.1 + 0.2, "0,3"),
        (-3.0, "-3"),
        (42.12345, "42,123"),
    ],
)
def test_how_a_figure_is_shown(value: float, text: str) -> None:
    assert amounts.shown(value) == text
    assert amounts.read(text) == pytest.approx(value, abs=0.001)
