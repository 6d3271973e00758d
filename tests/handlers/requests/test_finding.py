"""Looking for a request in the conversation, in both languages."""

import pytest
from sqlalchemy import select

from handlers.requests.finding.callbacks import FindRequest
from storage.tables import audit
from tests.handlers.conftest import Stage
from tests.handlers.requests.test_requests import tap
from tests.handlers.talking import meets, sends, taps

SECRETARY, DEPUTY, OTHER_DEPUTY, MEMBER = 1002, 1003, 1004, 1005
LAMP = "Жылға ауылында көше шамы жанбайды"
WORDS = {
    "kk": {
        "list": "Сайлаушылар өтініштері", "find": "🔎 Іздеу", "which": "Қай өтінішті іздейсіз?",
        "number": "Нөмірі бойынша табылды", "foreign": "Қазақстанның телефон нөмірі жоқ",
        "phone": "іздегеніңіз жазылып қалды", "name": "Аты-жөні бойынша", "words": "Сөздері",
        "none": "ештеңе табылмады", "card": "Жауапты:", "again": "🔎 Қайта іздеу",
    },
    "ru": {
        "list": "Обращения избирателей", "find": "🔎 Найти", "which": "Какое обращение Вы ищете?",
        "number": "Найдено по номеру", "foreign": "казахстанского номера телефона",
        "phone": "поиск записан в журнал", "name": "Найдено по имени", "words": "по словам",
        "none": "ничего не найдено", "card": "Ответственный:", "again": "🔎 Искать ещё",
    },
}  # fmt: skip


async def _registered(stage: Stage) -> None:
    deputy = await meets(stage, DEPUTY)
    await sends(deputy, f"/request {LAMP}", "САР-2026-0001 тіркелді")
    await tap(deputy, "✏️ Байланыс")
    await deputy.wait_for("Жауап кімге беріледі?")
    await deputy.send("Гүлнар Асанова, 8 701 123 45 67")
    await tap(deputy, "Өтініш беруші келіседі")
    await deputy.wait_for("+7 701 *** ** 67")


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_by_number_phone_name_and_words(stage: Stage, language: str) -> None:
    w = WORDS[language]
    await _registered(stage)
    secretary = await meets(stage, SECRETARY, language)
    await sends(secretary, "/requests", w["list"])
    await taps(secretary, w["find"], w["which"])
    await sends(secretary, "+998 90 123 45 67", w["foreign"])
    for typed, expected in (
        ("1", w["number"]),
        ("8 (701) 123-45-67", w["phone"]),
        ("гулнар", w["name"]),
        ("көшенің шамы", w["words"]),
    ):
        seen = await sends(secretary, typed, expected)
        assert any("САР-2026-0001" in label for label in secretary.labels(seen))
        assert "Асанова" not in str(seen)
        assert "123" not in str(seen)
    await sends(secretary, "ипподром", w["none"])
    await sends(secretary, "/requests 0001", w["number"])
    await taps(secretary, "САР-2026-0001", w["card"])
    trail = select(audit.c.details).where(audit.c.action == "find_requests")
    found = await stage.database.read(lambda tx: tx.execute(trail).scalars().all())
    assert [details["by"] for details in found] == ["phone", "name"]
    assert "701" not in str([details["by"] for details in found])


async def test_nobody_finds_what_is_not_theirs(stage: Stage) -> None:
    await _registered(stage)
    stranger = await meets(stage, OTHER_DEPUTY)
    for typed in ("САР-2026-0001", "1", "87011234567", "Гүлнар", "көше шамы"):
        seen = await sends(stranger, f"/requests {typed}", "ничего не найдено")
        assert not any("САР" in label for label in stranger.labels(seen))
    member = await meets(stage, MEMBER)
    await sends(member, "/requests 1", "қолжетімсіз")
    message = (await member.last())["message_id"]
    await member.tap_data(message, FindRequest().pack())
    assert member.alert


async def test_a_search_ends_with_another_thing(stage: Stage) -> None:
    """What is typed after the list was opened again is no search any more."""
    await _registered(stage)
    deputy = await meets(stage, DEPUTY)
    await sends(deputy, "/requests", "Сайлаушылар өтініштері")
    await taps(deputy, "🔎 Іздеу", "Қай өтінішті іздейсіз?")
    await sends(deputy, "...", "⚠️")
    await deputy.send_sticker()
    await deputy.wait_for("Мұнда мәтін керек")
    await taps(deputy, "‹ Артқа", "Сайлаушылар өтініштері")
    await sends(deputy, "мектеп асханасы", "Ештеңе табылмады: мектеп асханасы")
