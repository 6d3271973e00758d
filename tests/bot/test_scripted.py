"""The conversations of the demo come off whenever it is started."""

from datetime import UTC, datetime

import pytest

from bot import demo, scripted
from bot.delivery.pace import UNLIMITED, Pace
from bot.scripted import ConversationBroke, play
from bot.simulator import LocalTelegram
from storage.clock import MovableClock
from tests.world import StartingAt

MOMENTS = {
    "before the reminders of a working morning": "2026-11-24 08:30",
    "Saturday, late": "2026-11-28 23:50",
    "Sunday": "2026-11-29 12:00",
    "the last minutes of the year": "2026-12-31 23:58",
    "Nauryz": "2027-03-22 10:00",
}


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
async def test_they_come_off_whenever(moment: str, capsys: pytest.CaptureFixture[str]) -> None:
    local = datetime.fromisoformat(moment).replace(tzinfo=demo.ZONE)
    begins = StartingAt(local.astimezone(UTC))
    async with demo.stage(begins=begins, pace=Pace(UNLIMITED)) as (telegram, _app, clock):
        await play(telegram.url, clock)
    said = capsys.readouterr().out
    for line in ("Дәурен: Келесі бюро қашан?", "Ержан: → [✅ Тіркеу]", "Марат: → [", "Танысты: 1"):
        assert line in said


async def test_without_a_bot_they_break_and_say_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scripted, "PATIENCE", 0.1)
    clock = MovableClock()
    telegram = LocalTelegram(clock=clock, token=demo.TOKEN, username="buro_test_bot", name="Buro")
    telegram.add_person(id=1005, first_name="Дәурен", language_code="kk")
    await telegram.start()
    with pytest.raises(ConversationBroke, match=r"Starts\(who=1005, expect='Мәзір'\)"):
        await play(telegram.url, clock)
    await telegram.stop()
