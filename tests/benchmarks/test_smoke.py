"""The measurements still run: small numbers, and those that start few processes only."""

import pytest

from tests.benchmarks.__main__ import report


async def test_it_counts_statements_and_finds_no_screen_too_dear(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert await report(["f"], quick=True) == 0
    assert "a meeting's card" in capsys.readouterr().out


async def test_a_tick_and_a_workbook_are_measured(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert await report(["j", "k"], quick=True) == 0
    told = capsys.readouterr().out
    assert "4,000 open items" in told
    assert "A roadmap of 200 lines" in told


async def test_faults_cost_a_broadcast_no_more_than_telegram_asks_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert await report(["l"], quick=True) == 0
    assert "0 violations" in capsys.readouterr().out
