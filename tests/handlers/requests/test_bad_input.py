"""What is typed wrong, comes too late, or was taken away meanwhile: no dead end, nothing lost."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from storage import people
from storage.requests import categories
from storage.tables import audit, memberships, request_categories, voter_requests
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.handlers.requests.test_handing import colleague
from tests.handlers.requests.test_requests import (
    DEPUTY,
    LAMP,
    OTHER_DEPUTY,
    SECRETARY,
    kept,
    registered,
    rows,
    tap,
)
from tests.handlers.talking import data_of, meets, sends, taps

REGION = 1001
TODAY = NOW.astimezone(ZONE).date()
FOREIGN, SHORT, LETTERS, IIN = 0, 1, 2, 3

SAID: dict[str, dict[str, Any]] = {
    "kk": {
        "registered": "тіркелді", "card": "Өтініш карточкасын ашу",
        "contact": "✏️ Байланыс", "whom": "Жауап кімге беріледі?",
        "wrong": ("Қазақстанның телефон нөмірі жоқ", "Телефон нөмірі қысқа",
                  "нөмірінің ішінде әріп бар", "ЖСН қате"),
        "agrees": "Өтініш беруші келіседі", "masked": "+7 701 *** ** 67",
        "about": "кім туралы: Асан Асанов", "shown": "Кім туралы: Асан Асанов",
        "open": "Байланысты ашу", "history": "Тарихы", "line": "басқа адам туралы: •••",
        "lamp": "✓ Жарықтандыру", "other": "Басқа мәселе", "check": "(3/3)",
        "category": "Санаты: Жарықтандыру", "fix": "✏️ Санаты", "what": "Өтініш не туралы?",
        "register": "✅ Тіркеу", "closed_to": "қолжетімсіз", "more": "⋯ Тағы",
        "hand": "🤝 Басқа депутатқа беру", "whom_to": "өтініш кімге беріледі?",
        "yes": "🤝 Иә, беру", "handed": "Жаңа депутаты: ", "list": "өтініштері",
        "take": "✅ Қабылдаймын", "not_yours": "Сізге арналмаған", "taken": "қабылда",
        "offer": "жаңа өтініші ме?", "log": "Иә, тіркеу", "files": "📎 Файлдар: 1",
    },
    "ru": {
        "registered": "зарегистрировано", "card": "Открыть карточку",
        "contact": "✏️ Контакт", "whom": "Кому ответить?",
        "wrong": ("нет казахстанского номера", "Номер телефона короткий",
                  "Внутри номера телефона есть буква", "В ИИН ошибка"),
        "agrees": "Заявитель согласен", "masked": "+7 701 *** ** 67",
        "about": "о ком: Асан Асанов", "shown": "О ком: Асан Асанов",
        "open": "Открыть контакт", "history": "История", "line": "о другом человеке: •••",
        "lamp": "✓ Освещение", "other": "Другое", "check": "(3/3)",
        "category": "Категория: Освещение", "fix": "✏️ Категория", "what": "О чём обращение?",
        "register": "✅ Зарегистрировать", "closed_to": "недоступно", "more": "⋯ Ещё",
        "hand": "🤝 Передать депутату", "whom_to": "🤝 Кому передать",
        "yes": "🤝 Да, передать", "handed": "🤝 Передано: ", "list": "Обращения",
        "take": "✅ Принимаю", "not_yours": "не для Вас", "taken": "приня",
        "offer": "новое обращение", "log": "Да, зарегистрировать", "files": "📎 Файлы: 1",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_wrong_phone_or_iin_is_named_and_asked_for_again(
    stage: Stage, language: str
) -> None:
    """Of another country, of 8 digits, with letters; an IIN that does not fit, or is all zeros."""
    say = SAID[language]
    deputy = await meets(stage, DEPUTY, language)
    await sends(deputy, f"/request {LAMP}", say["registered"])
    await taps(deputy, say["contact"], say["whom"])
    for typed, why in (
        ("Гүлнар, +998 90 123 45 67", FOREIGN),
        ("+49 151 23456789", FOREIGN),
        ("Гүлнар, 87011234", SHORT),
        ("8 701 12A 45 67", LETTERS),
        ("Гүлнар, 900101300008", IIN),
        ("Гүлнар, 000000000000", IIN),
    ):
        await sends(deputy, typed, say["wrong"][why])
        assert say["whom"] in (await deputy.last())["text"], "the step is open still"
    assert [row["phone_hash"] for row in await kept(stage)] == [None]
    await sends(deputy, "Асанова Гүлнар, 8 701 123 45 67", say["masked"])
    await taps(deputy, say["agrees"], say["masked"])
    (row,) = await kept(stage)
    assert (row["contact_phone"], row["contact_iin"]) == ("+77011234567", None)


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_request_about_a_third_person(stage: Stage, language: str) -> None:
    """Who asks has agreed; whose matter it is, is hidden in the history."""
    say = SAID[language]
    deputy = await meets(stage, DEPUTY, language)
    await sends(deputy, f"/request {LAMP}", say["registered"])
    await taps(deputy, say["contact"], say["whom"])
    consent = await sends(deputy, f"Асанова Гүлнар, {say['about']}, 8 701 123 45 67", say["masked"])
    assert say["shown"] in consent["text"]
    await taps(deputy, say["agrees"], say["masked"])
    history = await taps(deputy, say["history"], say["line"])
    assert "Асан Асанов" not in history["text"]
    (row,) = await kept(stage)
    assert row["contact_name"] == "Асанова Гүлнар"
    await deputy.send("/request САР-2026-0001")
    await deputy.wait_for("№ САР-2026-0001")
    await taps(deputy, say["open"], say["shown"])
    opened = await rows(stage, select(audit.c.id).where(audit.c.action == "open_contact"))
    assert len(opened) == 1, "who looked is recorded"


def _close_lamp(tx: Connection) -> None:
    lamp = request_categories.c.code == "lighting"
    tx.execute(update(request_categories).where(lamp).values(active=False))


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_category_is_removed_while_it_is_used(stage: Stage, language: str) -> None:
    say = SAID[language]
    deputy = await meets(stage, DEPUTY, language)
    await sends(deputy, f"/request {LAMP}", say["registered"])
    await taps(deputy, say["card"], say["category"])
    await deputy.send("/request")
    await deputy.wait_for("(1/3)")
    step = await sends(deputy, "Көше шамы жанбайды", "(2/3)")
    old = data_of(step, say["lamp"])
    await stage.database.write(_close_lamp)

    # The button of before offers the others; the words are not lost.
    await deputy.tap_data(step["message_id"], old)
    await taps(deputy, say["other"], say["check"])
    await taps(deputy, say["register"], "САР-2026-0002")
    first, second = await kept(stage)
    assert (first["category"], second["category"]) == ("lighting", "other")

    # What has it keeps it, and goes on; nobody chooses it anew.
    await deputy.send("/request САР-2026-0001")
    await deputy.wait_for(say["category"])
    chosen = await taps(deputy, say["fix"], say["what"])
    offered = await stage.database.read(categories.offered)
    assert "lighting" not in {one.code for one in offered}
    assert not any(say["lamp"][2:] in label for label in deputy.labels(chosen))


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_two_deputies_take_the_same_request(stage: Stage, language: str) -> None:
    """It was handed to one and then to another: only the last one can take it."""
    say = SAID[language]
    await colleague(stage)
    number = await registered(stage)
    await stage.database.write(people.set_language, OTHER_DEPUTY - 1000, language)
    ruslan = stage.person(OTHER_DEPUTY)
    await ruslan.start()
    secretary = await meets(stage, SECRETARY, language)

    async def hands_to(name: str) -> None:
        await sends(secretary, "/requests", say["list"])
        await tap(secretary, number)
        await tap(secretary, say["more"])
        await tap(secretary, say["hand"])
        await secretary.wait_for(say["whom_to"])
        await tap(secretary, name)
        await tap(secretary, say["yes"])
        await secretary.wait_for(say["handed"] + name)

    await hands_to("Кимов Руслан")
    notice = await ruslan.wait_for(number)
    await hands_to("Оразов Дархан")
    await ruslan.tap_data(notice["message_id"], data_of(notice, say["take"]))
    assert say["not_yours"] in ruslan.toast
    darkhan = stage.person(DEPUTY)
    await tap(darkhan, SAID["kk"]["take"])
    await darkhan.wait_for("· Тіркелді")
    (row,) = await kept(stage)
    assert (row["deputy_id"], row["handed_from"]) == (DEPUTY - 1000, None)


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_mandate_ends_in_the_middle_of_a_draft(stage: Stage, language: str) -> None:
    say = SAID[language]
    deputy = await meets(stage, DEPUTY, language)
    await deputy.send("/request")
    await deputy.wait_for("(1/3)")
    await sends(deputy, LAMP, "(2/3)")
    await taps(deputy, say["lamp"], say["check"])
    ended = update(memberships).where(memberships.c.person_id == DEPUTY - 1000)
    await stage.database.write(lambda tx: tx.execute(ended.values(ends_on=date(2026, 11, 23))))
    await deputy.tap(say["register"])
    assert deputy.alert
    assert say["closed_to"] in deputy.toast
    assert await rows(stage, select(voter_requests.c.id)) == []
    # What is typed into the draft after it is refused as well, and the draft is left.
    await sends(deputy, "Тағы бір шам", say["closed_to"])


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_voice_of_three_minutes_is_a_request(stage: Stage, language: str) -> None:
    say = SAID[language]
    deputy = await meets(stage, DEPUTY, language)
    await deputy.send_voice(duration=180)
    await deputy.wait_for(say["offer"])
    await deputy.tap(say["log"])
    await deputy.wait_for(say["files"])
    await taps(deputy, say["other"], say["check"])
    await taps(deputy, say["register"], "САР-2026-0001")
    assert [row["text"] for row in await kept(stage)] == [""]
