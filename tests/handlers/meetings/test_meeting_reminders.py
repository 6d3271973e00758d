"""Stories of reminders: a meeting on Friday at ten, seen from Tuesday at ten."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from handlers.meetings.meeting_reminders.notices import RENDERERS
from handlers.notices import Recipient
from handlers.ui.i18n import translator
from storage.meetings import answers
from storage.tables import agenda_items, meetings, outbox
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.handlers.meetings.attendance_stage import bureau_on
from tests.handlers.talking import meets, taps
from tests.storage.meetings import attendance_world as bureau
from tests.storage.meetings.attendance_world import FIRST, Bureau

FRIDAY = NOW + timedelta(days=3, minutes=5)


async def planned(stage: Stage) -> Bureau:
    """The meeting is called, and a tick has seen it."""
    called = await bureau_on(stage, starts_at=FRIDAY)
    await stage.move(timedelta(0))
    return called


async def test_a_member_is_reminded_and_answers_with_one_tap(stage: Stage) -> None:
    called = await planned(stage)
    abaev, russian = await meets(stage, FIRST, "kk"), await meets(stage, FIRST + 2, "ru")
    await stage.database.write(answers.put, called.listed[FIRST + 2], "will", NOW)
    await stage.move(timedelta(minutes=6))
    first = await abaev.wait_for("⏰ Еске саламыз: отырыс")
    assert "27 қараша, жұма, 10:05 · 3 күн қалды" in first["text"]
    assert "⏳ Сіз әлі жауап берген жоқсыз: қатысасыз ба?" in first["text"]
    other = await russian.wait_for("⏰ Напоминание: заседание")
    assert "✅ Ваш ответ: будете" in other["text"]
    await taps(abaev, "Қатыса алмаймын", "Себебін қысқаша жазыңыз")
    await taps(abaev, "Өткізіп жіберу", "➖ Жауабыңыз: қатыса алмайсыз")

    await stage.move(timedelta(days=1, hours=23, minutes=55))
    await stage.move(timedelta(hours=22, minutes=10))
    soon = await russian.wait_for("⏰ Заседание скоро начнётся")
    assert "сегодня" in soon["text"]
    said = select(outbox.c.kind).where(outbox.c.person_id == FIRST - 1000)
    kinds = await stage.database.read(lambda tx: tx.execute(said).scalars().all())
    assert [kind for kind in kinds if "remind" in kind or "soon" in kind] == ["meeting_reminder"]


async def test_a_meeting_moved_meanwhile_is_not_reminded_of(stage: Stage) -> None:
    called = await planned(stage)
    abaev = await meets(stage, FIRST, "kk")
    await stage.database.write(bureau.move, called.meeting, "cancelled")
    await stage.move(timedelta(minutes=6))
    assert not [m for m in await abaev.messages() if "Еске саламыз" in m["text"]]


@pytest.mark.parametrize(
    ("kind", "later", "told"),
    [
        ("meeting_reminder", timedelta(hours=1), "27 қараша, жұма, 11:05"),
        ("meeting_reminder", timedelta(days=1), None),
        ("meeting_soon", timedelta(hours=1), None),
        ("meeting_soon", timedelta(0), "27 қараша, жұма, 10:05"),
    ],
)
async def test_what_waits_when_the_meeting_is_moved(
    stage: Stage, kind: str, later: timedelta, told: str | None
) -> None:
    called = await planned(stage)
    moved = update(meetings).where(meetings.c.id == called.meeting)
    await stage.database.write(lambda tx: tx.execute(moved.values(starts_at=FRIDAY + later)))
    to = Recipient(FIRST - 1000, translator("kk"), NOW, ZONE, "buro_test_bot")
    params = {"meeting": called.meeting, "starts_at": FRIDAY.isoformat()}
    screen = await stage.database.read(RENDERERS[kind], to, params)
    assert (screen is not None and told in str(screen)) if told else screen is None


async def test_a_speaker_is_asked_for_the_papers_of_the_item(stage: Stage) -> None:
    called = await planned(stage)
    victoria = await meets(stage, bureau.GUEST_SPEAKER, "ru")
    speaks = update(agenda_items).where(agenda_items.c.id == called.item)
    values = {"speaker_id": bureau.GUEST_SPEAKER - 1000}
    await stage.database.write(lambda tx: tx.execute(speaks.values(**values)))
    await stage.move(timedelta(minutes=6))
    await victoria.wait_for("⏰ Материалов по Вашему вопросу ещё нет")
    await taps(victoria, "Вопрос 1", "О питьевой воде")
