"""Secretaries keep the settlements of their branch; whoever registers a request picks one."""

from typing import Any

import pytest
from sqlalchemy import select

from handlers.requests.settlements.callbacks import (
    AddSettlements,
    DraftSettlement,
    OpenSettlement,
    RequestSettlement,
    Settlements,
)
from storage import conversations, people
from storage.requests import settlements
from storage.rules.access import Actor
from storage.tables import audit, voter_requests
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.handlers.requests.test_requests import kept, registered, rows, tap
from tests.handlers.talking import meets, sends, taps
from tests.world import ORDABASY, SARYAGASH

AIGUL, MOLDIR, DARKHAN, RUSLAN = 1001, 1002, 1003, 1004
TEXT = "Көше шамы жанбайды"

WORDS = {
    "kk": {
        "door": "🏘 Елді мекендер",
        "none": "Әзірге бос",
        "add": "➕ Елді мекен қосу",
        "how": "нүктелі үтірмен",
        "line": "2-жол",
        "added": "Қосылған елді мекендер: 2",
        "akzhazyk": "Ақжазық ауылы",
        "rename": "✏️ Орысша атауы",
        "asked": "орысша қалай аталады",
        "known": "Мұндай атаулы елді мекен бар",
        "close": "Елді мекенді жабу",
        "closed": "Жабық: енді ұсынылмайды",
        "open": "Елді мекенді қайта ашу",
    },
    "ru": {
        "door": "🏘 Населённые пункты",
        "none": "Пока пусто",
        "add": "➕ Добавить населённые пункты",
        "how": "через точку с запятой",
        "line": "Строка 2",
        "added": "Добавлено населённых пунктов: 2",
        "akzhazyk": "село Акжазык",
        "rename": "✏️ Название по-русски",
        "asked": "называется по-русски",
        "known": "с таким названием уже есть",
        "close": "Закрыть населённый пункт",
        "closed": "Закрыт: больше не предлагается",
        "open": "Открыть населённый пункт снова",
    },
}


async def _actor(stage: Stage, telegram_id: int) -> Actor:
    day = NOW.astimezone(ZONE).date()
    found = await stage.database.read(people.actor_of, telegram_id, day)
    assert found
    return found


async def _kept(stage: Stage, *names: tuple[str, str], branch: int = SARYAGASH) -> list[Any]:
    owner = await _actor(stage, AIGUL)
    await stage.database.write(settlements.add, owner, branch, names, NOW)
    return await stage.database.read(settlements.of_branch, branch)


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_secretary_keeps_the_settlements_of_the_branch(stage: Stage, language: str) -> None:
    said, moldir = WORDS[language], await meets(stage, MOLDIR, language)
    await moldir.send("/setup")
    await taps(moldir, said["door"], said["none"])
    await taps(moldir, said["add"], said["how"])
    await sends(moldir, "Ақжазық ауылы; село Акжазык\nЖылға", said["line"])
    await sends(moldir, "Ақжазық ауылы; село Акжазык\n\nЖылға ауылы; село Жылга", said["added"])
    await taps(moldir, said["akzhazyk"], "Ақжазық ауылы")
    await taps(moldir, said["rename"], said["asked"])
    await sends(moldir, "село жылга", said["known"])
    await sends(moldir, "аул Акжазык", "аул Акжазык")
    await taps(moldir, said["close"], said["closed"])
    await taps(moldir, said["open"], "аул Акжазык")
    (aq, _) = await stage.database.read(settlements.of_branch, SARYAGASH)
    assert (aq.name_ru, aq.active, aq.version) == ("аул Акжазык", True, 4)


async def test_the_region_keeps_those_of_every_branch(stage: Stage) -> None:
    aigul = await meets(stage, AIGUL)
    await aigul.send("/setup")
    await taps(aigul, "🏘 Елді мекендер", "Қай филиалдікі?")
    await taps(aigul, "Ордабасы аудандық филиалы", "Әзірге бос")
    await taps(aigul, "➕ Елді мекен қосу", "нүктелі үтірмен")
    await aigul.send_sticker()
    await aigul.wait_for("1-жол")
    await sends(aigul, "Бәйтерек ауылы; " + "б" * 41, "Тым ұзын")
    await sends(aigul, "Бәйтерек ауылы; село Байтерек", "Қосылған елді мекендер: 1")
    assert len(await stage.database.read(settlements.of_branch, ORDABASY)) == 1


@pytest.mark.parametrize(
    ("who", "language", "place", "button", "card"),
    [
        (DARKHAN, "kk", "Мәселе қай жерде? Тізімнен", "🏘 Ақжазық ауылы", "· Ақжазық ауылы"),
        (RUSLAN, "ru", "Где это? Выберите из списка", "🏘 село Акжазык", "· село Акжазык"),
    ],
)
async def test_one_is_picked_when_a_request_is_registered(
    stage: Stage, who: int, language: str, place: str, button: str, card: str
) -> None:
    branch = SARYAGASH if who == DARKHAN else ORDABASY
    villages = [(f"Ауыл {n}", f"Аул {n}") for n in range(9)]
    aq, *_ = await _kept(stage, ("Ақжазық ауылы", "село Акжазык"), *villages, branch=branch)
    deputy = await meets(stage, who, language)
    await deputy.send("/request")
    await deputy.wait_for("(1/3)")
    await sends(deputy, f"{TEXT}, Абай көшесі 12", "(2/3)")
    await tap(deputy, "✓")
    await deputy.wait_for("(3/3)")
    await taps(deputy, "Орны" if language == "kk" else "Место", place)
    await taps(deputy, "›", place)
    await tap(deputy, "‹")
    await tap(deputy, button)
    check = await deputy.wait_for("(3/3)")
    assert f"{button[2:]}, Абай көшесі 12" in check["text"]
    await tap(deputy, "✅")
    await deputy.wait_for(card)
    (row,) = await kept(stage)
    assert row["settlement_id"] == aq.id


async def test_a_typed_name_is_recognised_and_read_in_the_other_language(stage: Stage) -> None:
    _, zhylga = await _kept(stage, ("Ақжазық ауылы", "село Акжазык"), ("Жылға ауылы", "село Жылга"))
    await registered(stage)
    (row,) = await kept(stage)
    assert row["settlement_id"] == zhylga.id
    moldir = await meets(stage, MOLDIR, "ru")
    await sends(moldir, "/requests", "Обращения")
    await taps(moldir, "САР-2026-0001", "· село Жылга, Абай көшесі 12")
    await taps(moldir, "✏️ Место", "Выберите из списка")
    await taps(moldir, "🏘 село Акжазык", "· село Акжазык")
    await taps(moldir, "✏️ Место", "Выберите из списка")
    await sends(moldir, "жылгада, Тоғай көшесі", "· село Жылга, Тоғай көшесі")


async def test_a_point_on_the_map_is_a_place(stage: Stage) -> None:
    darkhan = await meets(stage, DARKHAN)
    await darkhan.send("/request")
    await darkhan.wait_for("(1/3)")
    await sends(darkhan, TEXT, "(2/3)")
    await tap(darkhan, "✓")
    await darkhan.wait_for("(3/3)")
    await taps(darkhan, "Орны", "Мәселе қай жерде?")
    await darkhan.send_location()
    await darkhan.wait_for("картадағы нүкте")
    await tap(darkhan, "✅")
    await darkhan.wait_for("тіркелді")
    await tap(darkhan, "✏️ Орны")
    await darkhan.wait_for("Мәселе қай жерде?")
    await darkhan.send_location()
    await darkhan.wait_for("Файлдар: 2")


async def test_closed_foreign_and_forged_ones_are_not_taken(stage: Stage) -> None:
    (theirs,) = await _kept(stage, ("Бәйтерек ауылы", "село Байтерек"), branch=ORDABASY)
    (closed,) = await _kept(stage, ("Ақжазық ауылы", "село Акжазык"))
    owner = await _actor(stage, AIGUL)
    await stage.database.write(
        settlements.set_active, owner, closed.id, closed.version, NOW, active=False
    )
    await registered(stage)
    darkhan = stage.person(DARKHAN)
    (row,) = await kept(stage)
    message = (await darkhan.last())["message_id"]
    for village in (theirs.id, closed.id, 2**62):
        wanted = RequestSettlement(id=row["id"], version=row["version"], settlement=village)
        await darkhan.tap_data(message, wanted.pack())
    await darkhan.send("/request")
    await darkhan.wait_for("(1/3)")
    await sends(darkhan, TEXT, "(2/3)")
    _, data = await stage.database.read(conversations.load, DARKHAN, DARKHAN)
    picked = DraftSettlement(draft=data["draft"]["id"], id=theirs.id)
    await darkhan.tap_data((await darkhan.last())["message_id"], picked.pack())
    assert "Сізге арналмаған" in darkhan.toast
    shut = DraftSettlement(draft=data["draft"]["id"], id=closed.id)
    await darkhan.tap_data((await darkhan.last())["message_id"], shut.pack())
    await darkhan.wait_for("Бұл елді мекен жабылған")
    assert await kept(stage) == [row]

    moldir = await meets(stage, MOLDIR)
    message = (await moldir.last())["message_id"]
    for forged in (
        OpenSettlement(id=theirs.id).pack(),
        AddSettlements(branch=ORDABASY).pack(),
        Settlements(branch=ORDABASY).pack(),
        "setopen:-1",
        "setopen:x",
        f"stname:{theirs.id}:1:name_kk",
        f"stact:{theirs.id}:1:0",
    ):
        await moldir.tap_data(message, forged)
    assert (await stage.database.read(settlements.of_branch, ORDABASY)) == [theirs]
    refused = await rows(stage, select(audit.c.id).where(audit.c.outcome != "done"))
    assert len(refused) >= 5
    assert (await rows(stage, select(voter_requests.c.settlement_id)))[0]["settlement_id"] is None
