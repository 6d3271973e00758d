"""What a chart is made of: its lines, its names, its legend."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from handlers.papers import charts

PERIODS = ("12.2025", "03.2026", "06.2026")
PLAN: tuple[str, Sequence[float | None]] = ("План", (109.0, None, 109.0))
FACT: tuple[str, Sequence[float | None]] = ("Факт", (104.6, 26.2, 52.3))
TREND: tuple[str, Sequence[float | None]] = ("Тренд", (None, None, None))


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The axes of what is drawn; the picture itself is made, too."""
    kept: list[Any] = []
    png: Callable[..., bytes] = charts._png

    def keep(figure: Any, axes: Any, title: str) -> bytes:
        kept.append(axes)
        return png(figure, axes, title)

    monkeypatch.setattr(charts, "_png", keep)
    return kept


def lengths(axes: Any, colour: str) -> list[int]:
    return [len(line.get_xdata()) for line in axes.lines if line.get_color() == colour]


def test_a_course_goes_on_over_the_years_unless_it_begins_anew(drawn: list[Any]) -> None:
    charts.course("Кредит", PERIODS, PLAN, FACT, TREND)
    charts.course("Кредит", PERIODS, PLAN, FACT, TREND, runs=(2025, 2026, 2026))
    whole, anew = drawn
    assert lengths(whole, charts.BLUE) == [3]
    assert lengths(anew, charts.BLUE) == [1, 2]
    assert [text.get_text() for text in anew.get_legend().get_texts()] == ["План", "Факт"]


def test_the_name_of_a_bar_takes_two_lines(drawn: list[Any]) -> None:
    names = ("Поддержка предпринимательства", "Тұрғын үй-коммуналдық шаруашылық және су " * 3)
    charts.stacked("Бағыттар", names, [("Орындалды", (1, 2))])
    told = [label.get_text() for label in drawn[0].get_yticklabels()]
    assert told[0] == "Поддержка\nпредпринимательства"
    assert told[1].count("\n") == 1
    assert told[1].endswith("…")
