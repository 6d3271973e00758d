"""Stories of a new item: three steps put it under control, the rest is written on its card."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from handlers.roadmap.item_callbacks import (
    AddItem,
    AttachTo,
    DirectionLike,
    EditField,
    EditItem,
    ItemDocuments,
    ItemMeeting,
    ItemParts,
    MakeKind,
    NewItemBranch,
    NewItemDay,
    NewItemExecutor,
    PartOf,
    PlaceItem,
)
from storage import people
from storage.tables import control_items
from tests.handlers.conftest import Stage
from tests.handlers.roadmap.test_roadmap import given
from tests.handlers.talking import meets, sends, taps
from tests.storage import roadmap_world
from tests.world import ORDABASY, SARYAGASH

DEPUTY, SECRETARY, REGIONAL, HEAD = 1003, 1002, 1001, 1007

WORDS: dict[str, dict[str, Any]] = {
    "kk": {
        "branch": "Филиал тармақтары",
        "new": "➕ Жаңа тармақ",
        "what": "Не істелуі керек?",
        "kind": "Ұсыным",
        "title": "Көше шамдарын жөндеу",
        "who": "Кім орындайды?",
        "until": "Мерзімі қашан?",
        "bad": ("31.02.2026", "01.01.2020", "кейінірек", "I тоқсан"),
        "day_off": "демалыс күні",
        "sunday": "27.12.2026",
        "keep": "27 желтоқсан болсын",
        "card": "📌 Ұсыным № 1 Көше шамдарын жөндеу",
        "handed": "Көше шамдарын жөндеу",
        "unreached": "Орындаушысына еске салу жетпейді",
    },
    "ru": {
        "branch": "Пункты филиала",
        "new": "➕ Новый пункт",
        "what": "Что нужно сделать?",
        "kind": "Рекомендация",
        "title": "Починить уличные фонари",
        "who": "Кто исполняет?",
        "until": "До какого срока?",
        "bad": ("31.02.2026", "01.01.2020", "когда-нибудь", "I квартал"),
        "day_off": "выходной день",
        "sunday": "27.12.2026",
        "keep": "Оставить 27 декабря",
        "card": "📌 Рекомендация № 1 Починить уличные фонари",
        "handed": "Починить уличные фонари",
        "unreached": "До исполнителя напоминания не дойдут",
    },
}


async def rows(stage: Stage) -> list[Any]:
    query = select(control_items).order_by(control_items.c.id)
    return await stage.database.read(lambda tx: list(tx.execute(query).all()))


async def unreachable(stage: Stage, who: int) -> None:
    await stage.database.write(people.set_reachable, who, "blocked")


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_recommendation_is_put_under_control(stage: Stage, language: str) -> None:
    say = WORDS[language]
    secretary, deputy = await meets(stage, SECRETARY, language), await meets(stage, DEPUTY)
    await sends(secretary, "/roadmap", say["branch"])
    await taps(secretary, say["new"], say["what"])
    await secretary.tap(say["kind"])
    await secretary.send_sticker()
    await secretary.wait_for("⚠️")
    await sends(secretary, say["title"], say["who"])
    await taps(secretary, "Оразов Дархан", say["until"])
    for mistake in say["bad"]:
        await sends(secretary, mistake, "⚠️")
    await sends(secretary, say["sunday"], say["day_off"])
    card = await taps(secretary, say["keep"], say["card"])
    assert say["unreached"] not in secretary.toast
    assert card is not None
    await deputy.wait_for(say["handed"])
    [item] = await rows(stage)
    assert (item.kind, item.deadline, item.executor_id, item.branch_id) == (
        "recommendation",
        date(2026, 12, 27),
        DEPUTY - 1000,
        SARYAGASH,
    )


async def test_whom_the_bot_does_not_reach_is_said_when_chosen(stage: Stage) -> None:
    await unreachable(stage, DEPUTY)
    secretary = await meets(stage, SECRETARY)
    for choice, name in (("🔕 Оразов Дархан", "Оразов Дархан"), ("✍️ Жазылғандай", "Ким О.")):
        await sends(secretary, "/roadmap", "тармақтары")
        await taps(secretary, "➕ Жаңа тармақ", "Не істелуі керек?")
        shown = await sends(secretary, "Мектепті жөндеу", "Кім орындайды?")
        assert "🔕 — бот хабары жетпейді" in shown["text"]
        if choice.startswith("✍️"):
            await sends(secretary, "?" * 501, "⚠️")
            shown = await sends(secretary, "Ким О.", "Ботта жоқ адамға еске салу бармайды")
        await taps(secretary, choice, "Мерзімі қашан?")
        await taps(secretary, "IV", f"Орындаушы: {name}")
        assert "Орындаушысына еске салу жетпейді" in secretary.toast
    assert [one.term for one in await rows(stage)] == ["quarter", "quarter"]
    # The same is said where another executor is chosen later.
    item_id = await given(stage, "9.1", HEAD)
    await secretary.tap_data((await secretary.last())["message_id"], f"rmmore:{item_id}")
    await taps(secretary, "👤 Басқа орындаушы", "🔕 — бот хабары жетпейді")


async def test_steps_go_back_and_the_territory_is_ones_own_choice(stage: Stage) -> None:
    regional = await meets(stage, REGIONAL)
    await sends(regional, "/roadmap", "тармақтары")
    await taps(regional, "➕ Жаңа тармақ", "Аумағы: Түркістан облыстық филиалы")
    await taps(regional, "📍 Басқа аумақ", "Тармақ қай аумаққа қатысты?")
    shown = await taps(regional, "Ордабасы", "Аумағы: Ордабасы аудандық филиалы")
    await sends(regional, "Су құбырын тарту", "Кім орындайды?")
    await taps(regional, "‹ Артқа", "Не істелуі керек?")
    await sends(regional, "Су құбырын жүргізу", "«Су құбырын жүргізу»")
    await taps(regional, "Кимов Руслан", "Мерзімі қашан?")
    await taps(regional, "‹ Артқа", "Кім орындайды?")
    await taps(regional, "Кимов Руслан", "Мерзімі қашан?")
    await taps(regional, "›", "Мерзімі қашан?")
    await taps(regional, "14", "№ 1 Су құбырын жүргізу")
    [item] = await rows(stage)
    assert (item.branch_id, item.title_kk, item.deadline.year) == (
        ORDABASY,
        "Су құбырын жүргізу",
        2026,
    )
    for stale in (NewItemDay(day="2027-01-05", term="date"), NewItemDay(day="?", term="x")):
        await regional.tap_data(shown["message_id"], stale.pack())
    assert len(await rows(stage)) == 1


async def test_a_secretary_writes_the_rest_on_the_card(stage: Stage) -> None:
    item_id, other = await given(stage, "4.12"), await given(stage, "4")
    meeting = await stage.database.write(
        lambda tx: roadmap_world.bureau_meeting(tx, stage.clock.now())
    )
    assert meeting
    secretary, deputy = await meets(stage, SECRETARY), await meets(stage, DEPUTY)
    message = (await sends(secretary, "/menu", "Мәзір"))["message_id"]
    await secretary.tap_data(message, f"rmmore:{item_id}")
    await taps(secretary, "✏️ Тармақты өңдеу", "Нені жазасыз?")
    await taps(secretary, "Нысаны", "Қайта жазыңыз: Нысаны")
    await secretary.send_sticker()
    await secretary.wait_for("⚠️")
    await sends(secretary, "Жылға ауылы", "Нысаны: Жылға ауылы")
    await taps(secretary, "Нысаны", "Қазір: Жылға ауылы")
    await sends(secretary, "-", "▫️ — әлі жазылмаған")
    await taps(secretary, "Нөмірі", "Қайта жазыңыз: Нөмірі")
    await sends(secretary, "4", "Бұл нөмір басқа тармақта бар")
    await taps(secretary, "‹ Артқа", "Нені жазасыз?")
    await taps(secretary, "Бағыты", "Қайта жазыңыз: Бағыты")
    await taps(secretary, "Спорт инфрақұрылымы", "Бағыты: Спорт инфрақұрылымы")
    await taps(secretary, "Қай отырыстан", "Қай отырыстан шыққан?")
    await taps(secretary, "Бюро отырысы", "Қай отырыстан: Бюро отырысы")
    await taps(secretary, "🧩 Басқа тармақтың құрамына", "Сол тармақтың нөмірін")
    await sends(secretary, "4.12", "Ондай тармақ табылмады")
    await sends(secretary, "№ 4", "Тармақты белгілеңіз")
    await taps(secretary, "№ 4 ·", "Нені жазасыз?")
    await taps(secretary, "📎 Құжат тіркеу", "құжаттарын жіберіңіз")
    await sends(secretary, "міне", "Файл жіберіңіз")
    await secretary.send_document("қаулы.pdf")
    await secretary.wait_for("📎 Құжаттар: 1")
    await secretary.send_photo(count=2)
    await stage.app.schedule.tick()
    await secretary.wait_for("📎 Құжаттар: 2")
    await taps(secretary, "‹ Артқа", "Нені жазасыз?")
    card = await taps(secretary, "‹ Артқа", "Құрамына кіретін тармағы: № 4")
    assert "Негізі: Бюро отырысы" in card["text"]
    # The executor reads it all, and what stands above.
    await deputy.tap_data((await deputy.wait_for("🏠"))["message_id"], f"rmopen:{item_id}:0")
    await deputy.wait_for("№ 4.12")
    await taps(deputy, "📎 Құжаттар: 3", "📎 Құжаттар: 3")
    await taps(deputy, "‹ Артқа", "№ 4.12")
    await taps(deputy, "🧩 Тармақтың бөліктері", "Құрамына кіретін тармағы: № 4")
    await taps(deputy, "⬆️ № 4", "Бөліктері: 1, орындалғаны: 0")
    # What lies above cannot come beneath.
    circle = PartOf(id=other, version=1, parent=item_id)
    await secretary.tap_data(message, circle.pack())
    assert "тұйықтап" in secretary.toast


async def test_what_was_put_aside_is_gone_on_with_and_stale_buttons_change_nothing(
    stage: Stage,
) -> None:
    item_id = await given(stage, "4.12")
    secretary, deputy = await meets(stage, SECRETARY), await meets(stage, DEPUTY)
    message = (await sends(secretary, "/menu", "Мәзір"))["message_id"]
    await secretary.tap_data(message, AddItem().pack())
    await secretary.wait_for("Не істелуі керек?")
    await sends(secretary, "Көпір салу", "Кім орындайды?")
    menu = await sends(secretary, "/menu", "Мәзір")
    await taps(secretary, "✏️ Аяқтау: жаңа тармақ", "«Көпір салу»")
    assert menu
    await secretary.tap_data(message, EditField(id=item_id, version=9, field="object").pack())
    await secretary.tap_data(message, EditField(id=item_id, version=1, field="virus").pack())
    for forged in (
        DirectionLike(id=item_id, version=1, like=10**6),
        ItemMeeting(id=item_id, version=1, meeting=10**6),
        NewItemBranch(branch=ORDABASY),
        NewItemExecutor(person=5),
        AddItem(kind="instruction"),
    ):
        await secretary.tap_data(message, forged.pack())
    own = (await deputy.wait_for("🏠"))["message_id"]
    for managed in (EditItem(id=item_id), AttachTo(id=item_id), AddItem()):
        await deputy.tap_data(own, managed.pack())
        assert deputy.alert
    other = await given(stage, "5", HEAD, branch=ORDABASY)
    for foreign in (ItemParts(id=other), ItemDocuments(id=other)):
        await deputy.tap_data(own, foreign.pack())
        assert deputy.alert
    assert [(one.version, one.object) for one in await rows(stage)] == [(1, None)] * 2


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_an_item_is_found_from_the_list(stage: Stage, language: str) -> None:
    say = {
        "kk": (
            "🔎 Тармақ іздеу",
            "Қай тармақты іздейсіз?",
            "кешені",
            "Табылған тармақтар: 1",
            "спорт кешендері",
            "Осы сөздері бар тармақтар",
        ),
        "ru": (
            "🔎 Найти пункт",
            "Какой пункт вы ищете?",
            "комплексы",
            "Найдено пунктов: 1",
            "спортивный комплекс",
            "Пункты с этими словами",
        ),
    }[language]
    await given(stage, "4.12")
    await given(stage, "5", HEAD, branch=ORDABASY)
    deputy = await meets(stage, DEPUTY, language)
    await sends(deputy, "/roadmap", "🎯")
    await taps(deputy, say[0], say[1])
    for nothing in ("💧", "стадион", "№ 5"):
        await sends(deputy, nothing, "⚠️")
    await sends(deputy, say[2], say[3])
    await sends(deputy, "4.12", say[3])
    await taps(deputy, "№ 4.12", "№ 4.12")
    await sends(deputy, "/roadmap", "🎯")
    await taps(deputy, say[0], say[1])
    await deputy.send_sticker()
    await deputy.wait_for("⚠️")
    # From the general search, too, where a text is looked for in everything.
    await sends(deputy, "/menu", "🏠")
    shown = await sends(deputy, say[4], say[5])
    assert [label for label in deputy.labels(shown) if "№ 4.12" in label]
    await sends(deputy, f"/search {say[4]}", say[5])


PLACING = {
    "kk": {
        "edit": "✏️ Тармақты өңдеу",
        "fields": "Нені жазасыз?",
        "funding": "Қаржыландыру",
        "written": "«Қаржыландыру»",
        "place": "📍 Аумағы",
        "which": "Тармақ қай аумаққа қатысты?",
        "there": "Ордабасы",
        "kind": "🗂 Түрі",
        "what": "Бұл қандай тармақ?",
        "recommendation": "Ұсыным",
        "card": "📌 Ұсыным № 4.12",
        "territory": "Аумағы: Ордабасы аудандық филиалы",
        "nobody": "басқасын тағайындаңыз",
        "history": "Тармақ тарихы",
        "moved": "«Сарыағаш аудандық филиалы → Ордабасы аудандық филиалы»",
        "made": "«Жол картасының тармағы → Ұсыным»",
    },
    "ru": {
        "edit": "✏️ Править пункт",
        "fields": "Что записать?",
        "funding": "Финансирование",
        "written": "«Финансирование»",
        "place": "📍 Территория",
        "which": "К какой территории относится пункт?",
        "there": "Ордабасинский",
        "kind": "🗂 Вид",
        "what": "Какой это вид пункта?",
        "recommendation": "Рекомендация",
        "card": "📌 Рекомендация № 4.12",
        "territory": "Территория: Ордабасинский районный филиал",
        "nobody": "назначьте другого",
        "history": "История пункта",
        "moved": "«Сарыагашский районный филиал → Ордабасинский районный филиал»",
        "made": "«Пункт дорожной карты → Рекомендация»",
    },
}


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_an_item_changes_its_territory_and_its_kind(stage: Stage, language: str) -> None:
    say = PLACING[language]
    item_id = await given(stage, "4.12")
    regional = await meets(stage, REGIONAL, language)
    message = (await sends(regional, "/menu", "🏠"))["message_id"]
    await regional.tap_data(message, f"rmmore:{item_id}")
    await taps(regional, say["edit"], say["fields"])
    await taps(regional, say["kind"], say["what"])
    await taps(regional, say["recommendation"], say["card"])
    await taps(regional, say["funding"], say["card"])
    await sends(regional, "12 млн", say["fields"])
    await taps(regional, say["place"], say["which"])
    await taps(regional, say["there"], say["card"])
    assert say["nobody"] in regional.toast
    await taps(regional, "‹", say["territory"])
    history = await taps(regional, say["history"], say["moved"])
    assert say["made"] in history["text"]
    assert say["written"] in history["text"]
    [item] = await rows(stage)
    assert (item.branch_id, item.kind, item.executor_id) == (ORDABASY, "recommendation", None)
    # A button of before, and one that nobody was shown.
    for forged in (
        PlaceItem(id=item_id, version=1, branch=SARYAGASH),
        MakeKind(id=item_id, version=3, kind="instruction"),
    ):
        await regional.tap_data(message, forged.pack())
    assert [(one.branch_id, one.kind) for one in await rows(stage)] == [
        (ORDABASY, "recommendation")
    ]
