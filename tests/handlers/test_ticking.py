"""Standstills in words."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection

from handlers.notices import Recipient
from handlers.registry import RENDERERS
from handlers.ticking.notices import duration, silent
from handlers.ui.i18n import translator
from handlers.ui.screen import Screen
from storage import heartbeat
from storage.ticking import DOWN
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage

OWNER = 1001


@pytest.mark.parametrize(
    ("language", "late", "expected"),
    [
        ("kk", 4, ("Басталуы: 21 қараша, сенбі, 08:30", "3 күн 1 сағ", "еске салулар: 4")),
        ("ru", 4, ("С какого времени: 21 ноября, суббота, 08:30", "3 дн. 1 ч", "опозданием: 4")),
        ("ru", 0, ("До какого времени: 24 ноября, вторник, 10:00", "Опоздавших напоминаний нет")),
    ],
)
async def test_a_standstill_is_told_in_local_time(
    stage: Stage, language: str, late: int, expected: tuple[str, ...]
) -> None:
    params = {
        "since": (NOW - timedelta(days=3, minutes=90)).isoformat(),
        "until": NOW.isoformat(),
        "late": late,
    }
    to = Recipient(1, translator(language), NOW, ZONE, "buro")
    screen = await stage.database.read(RENDERERS[DOWN], to, params)
    assert isinstance(screen, Screen)
    for words in expected:
        assert words in str(screen.text)


@pytest.mark.parametrize(
    ("span", "kk", "ru"),
    [
        (timedelta(minutes=7, seconds=59), "7 мин", "7 мин"),
        (timedelta(hours=8, minutes=5), "8 сағ 5 мин", "8 ч 5 мин"),
        (timedelta(days=2, hours=23, minutes=59), "2 күн 23 сағ", "2 дн. 23 ч"),
    ],
)
def test_durations(span: timedelta, kk: str, ru: str) -> None:
    assert (duration(translator("kk"), span), duration(translator("ru"), span)) == (kk, ru)


def test_the_alarm_says_for_how_long() -> None:
    assert "Последние 6 мин." in silent(translator("ru"), 6)


async def test_the_owner_reads_of_a_standstill(stage: Stage) -> None:
    owner = stage.person(OWNER)
    await owner.start()
    await owner.wait_answer()
    await stage.move(timedelta())

    def died(tx: Connection) -> datetime:
        since = stage.clock.now() - timedelta(hours=2)
        heartbeat.beat(tx, heartbeat.TICK, since)
        return since

    await stage.database.write(died)
    stage.app.schedule._starting = True  # as a process that has just begun
    await stage.move(timedelta())
    told = await owner.wait_for("Buro тоқтап қалған еді")
    assert "Барлығы: 2 сағ 0 мин" in told["text"]
