"""A voter asks for the own data: the secretary gives the file, or erases after a second tap."""

import asyncio
import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import Connection, select

from storage import conversations
from storage.inquiries import bodies
from storage.privacy import words
from storage.privacy.cells import Unreadable
from storage.tables import data_tasks, inquiry_words, metadata, request_words, voter_requests
from tests import world
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.handlers.inquiries.scene import HOUSING, actor
from tests.handlers.meetings.test_exchange import has_it_sent
from tests.handlers.talking import data_of, meets, sends, taps
from tests.opened import all_opened, opened

SECRETARY, DEPUTY, MEMBER = 1002, 1003, 1005
NAME, PHONE = "Көгершінова Айтолқын", "8 701 999 88 77"
SAID = f"Шам жанбайды, {NAME}, {PHONE}"

TRACES = ("Көгершінова", "Айтолқын", "7019998877", "999 88 77")

WORDS: dict[str, dict[str, str]] = {
    "kk": {
        "requests": "өтініштері", "more": "⋯ Тағы",
        "data": "🔒 Өтініш берушінің деректері", "erase": "🗑 Деректерді өшіру",
        "give": "📤 Деректерді беру", "due": "15 күн қалды", "look": "🗑 Өшіру…",
        "warned": "кері қайтару мүмкін емес", "yes": "🗑 Иә, біржола өшіру",
        "done": "✅ Деректер өшірілді", "left": "Қайта іздегенде табылғаны: 0",
        "tasks": "📋 Деректер бойынша тапсырмалар", "ask": "➕ Деректерді беру",
        "erase_one": "➕ Деректерді өшіру",
        "whose": "Кімнің деректері?", "no": "Қазақстан телефоны да, ЖСН де емес",
        "masked": "+7 701 *** ** 77", "file": "📤 Файлды алу", "hand": "тек сол адамның өзіне",
        "own": "Өз өтініштері: 1", "nothing": "Қазір орындайтын ештеңе жоқ",
        "history": "өтініш берушінің деректері өшірілді", "nobody": "✖️ Мұны ешкім сұрамаған",
        "dropped": "мұны ешкім сұрамаған", "reminded": "⏰ Дербес деректер бойынша тапсырма",
    },
    "ru": {
        "requests": "Обращения", "more": "⋯ Ещё",
        "data": "🔒 Данные заявителя", "erase": "🗑 Удалить данные",
        "give": "📤 Выдать данные", "due": "15", "look": "🗑 Удалить…",
        "warned": "Это нельзя отменить", "yes": "🗑 Да, удалить навсегда",
        "done": "✅ Данные удалены", "left": "Найдено при повторном поиске: 0",
        "tasks": "📋 Задачи по данным", "ask": "➕ Выдать данные",
        "erase_one": "➕ Удалить данные",
        "whose": "Чьи данные?", "no": "Это не телефон Казахстана и не ИИН",
        "masked": "+7 701 *** ** 77", "file": "📤 Получить файл", "hand": "только самому человеку",
        "own": "Собственные обращения: 1", "nothing": "Сейчас делать нечего",
        "history": "данные заявителя удалены", "nobody": "✖️ Об этом никто не просил",
        "dropped": "об этом никто не просил", "reminded": "⏰ Задача по персональным данным",
    },
}  # fmt: skip


async def registered(stage: Stage) -> None:
    """The deputy has logged a request with the voter's contact."""
    darkhan = await meets(stage, DEPUTY)
    await sends(darkhan, f"/request {SAID}", "тіркелді")
    await taps(darkhan, "✏️ Байланыс", "Жауап кімге беріледі?")
    await sends(darkhan, f"{NAME}, {PHONE}", "Өтініш беруші")
    await taps(darkhan, "Өтініш беруші келіседі", "+7 701 *** ** 77")


def _kept(tx: Connection) -> str:
    rows = tx.execute(select(voter_requests)).mappings()
    return str(all_opened(voter_requests, rows))


def _tasks(tx: Connection) -> list[dict[str, Any]]:
    return [dict(row) for row in tx.execute(select(data_tasks)).mappings()]


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_from_a_request_the_voters_data_is_erased_after_a_second_tap(
    stage: Stage, language: str
) -> None:
    said = WORDS[language]
    await registered(stage)
    assert "Айтолқын" in await stage.database.read(_kept)
    moldir = await meets(stage, SECRETARY, language)
    await sends(moldir, "/requests", said["requests"])
    await taps(moldir, "САР-2026-0001", "САР-2026-0001")
    await taps(moldir, said["more"], "САР-2026-0001")
    await taps(moldir, said["data"], "15")
    await taps(moldir, said["erase"], said["own"])
    shown = await taps(moldir, said["look"], said["warned"])
    assert "Айтолқын" in await stage.database.read(_kept), "nothing is erased by looking"
    assert "9998877" not in shown["text"]
    await taps(moldir, said["yes"], said["done"])
    assert said["left"] in (await moldir.last())["text"]

    kept = await stage.database.read(_kept)
    assert "Айтолқын" not in kept
    assert "999 88 77" not in kept
    assert "Шам жанбайды" in kept
    [task] = await stage.database.read(_tasks)
    assert task["done_at"] is not None
    assert "Айтолқын" not in str(task)
    # The same tap again, as from another phone: it is done already.
    await moldir.tap_data(shown["message_id"], data_of(shown, said["yes"]))
    assert len(await stage.database.read(_tasks)) == 1
    darkhan = stage.person(DEPUTY)
    await sends(darkhan, "/requests", "өтініштері")
    await taps(darkhan, "САР-2026-0001", "САР-2026-0001")
    await taps(darkhan, "Тарих", WORDS["kk"]["history"])


def everything(tx: Connection) -> str:
    """All that the database holds, opened, with every letter as it is."""
    found: list[Any] = [conversations.load(tx, DEPUTY, DEPUTY)]
    for table in metadata.sorted_tables:
        for row in tx.execute(select(table)).mappings():
            try:
                found.append(opened(table, row))
            except (Unreadable, ValueError, AttributeError):  # it stands as it is: ids only
                found.append(dict(row))
    said = json.dumps(found, ensure_ascii=False, default=str)
    return said + said.encode().decode("unicode_escape", "ignore")  # JSON within JSON


def _files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def _found_by_words(tx: Connection) -> set[int]:
    """Which requests the hashes of the name and of the number's digits still lead to."""
    numbers = words.hashes(NAME, words.NAME) | words.hashes(f"{NAME} {PHONE}")
    having = select(request_words.c.request_id).where(request_words.c.word.in_(numbers))
    about = select(inquiry_words.c.inquiry_id).where(inquiry_words.c.word.in_(numbers))
    return {*tx.execute(having).scalars(), *tx.execute(about).scalars()}


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_who_asks_to_be_erased_is_nowhere_any_more(
    stage: Stage, language: str, tmp_path: Path
) -> None:
    said = WORDS[language]
    await registered(stage)
    secretary = await stage.database.read(actor, 1001)
    await stage.database.write(bodies.add, secretary, world.SARYAGASH, HOUSING, NOW)
    darkhan = stage.person(DEPUTY)
    await taps(darkhan, "🔒 Ішкі жазба", "ішкі жазбаңызды жазыңыз")
    await sends(darkhan, f"{NAME} хабарласты: {PHONE}", "· Тіркелді")
    await taps(darkhan, "📄 Сауал жасау", "(1/3)")
    await taps(darkhan, HOUSING["name_kk"], "(3/3)")
    await taps(darkhan, "✏️ Тақырып", "Сауал")
    await sends(darkhan, f"{NAME} үйінің шамы", "(3/3)")
    await taps(darkhan, "✅ Сауал жасау", "САУ-САР-2026-0001")
    await darkhan.send("/request")
    await darkhan.wait_for("(1/3)")
    await sends(darkhan, f"Жол да нашар, {NAME}, {PHONE}", "(2/3)")  # a draft, left open
    before = await stage.database.read(everything)
    assert before.count("Айтолқын") >= 5
    assert "Жол да нашар" in before, "the draft, too"
    assert await stage.database.read(_found_by_words)

    moldir = await meets(stage, SECRETARY, language)
    await sends(moldir, "/privacy", "15")
    await taps(moldir, said["tasks"], said["nothing"])
    await taps(moldir, said["erase_one"], said["whose"])
    card = await sends(moldir, PHONE, said["masked"])
    assert said["own"] in card["text"]
    [task] = await stage.database.read(_tasks)
    assert (task["due_on"] - NOW.astimezone(ZONE).date()).days == 15
    await taps(moldir, said["look"], said["warned"])
    done = await taps(moldir, said["yes"], said["done"])
    assert said["left"] in done["text"]
    assert said["own"] in done["text"], "the proof is in counts"

    after = await stage.database.read(everything)
    assert [one for one in TRACES if one in after] == []
    assert "Шам жанбайды" in after, "the matter itself stays"
    assert not await stage.database.read(_found_by_words)
    assert not [one for one in TRACES if one.encode() in _files(tmp_path)]
    [task] = await stage.database.read(_tasks)
    assert task["done_at"] is not None
    await sends(moldir, "/privacy", "15")
    await taps(moldir, said["tasks"], said["nothing"])


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_by_a_phone_the_person_gets_a_file_with_everything(
    stage: Stage, language: str
) -> None:
    said = WORDS[language]
    await registered(stage)
    moldir = await meets(stage, SECRETARY, language)
    await sends(moldir, "/privacy", "15")
    await taps(moldir, said["tasks"], said["nothing"])
    await taps(moldir, said["ask"], said["whose"])
    await sends(moldir, "Айтолқын", said["no"])
    card = await sends(moldir, PHONE, said["masked"])
    assert said["own"] in card["text"]
    assert "9998877" not in card["text"]
    await taps(moldir, said["file"], said["hand"])
    _, content = await has_it_sent(stage, moldir)
    book = await asyncio.to_thread(load_workbook, BytesIO(content))
    cells = str([[cell.value for cell in row] for sheet in book for row in sheet.iter_rows()])
    assert NAME in cells
    assert "+77019998877" in cells
    assert "Шам жанбайды" in cells
    await sends(moldir, "/privacy", "15")
    await taps(moldir, said["tasks"], said["nothing"])


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_what_nobody_asked_for_is_closed_and_what_is_due_is_reminded_of(
    stage: Stage, language: str
) -> None:
    said = WORDS[language]
    moldir = await meets(stage, SECRETARY, language)
    await sends(moldir, "/privacy", "15")
    await taps(moldir, said["tasks"], said["nothing"])
    await taps(moldir, said["ask"], said["whose"])
    await sends(moldir, PHONE, said["masked"])
    await stage.move(timedelta(days=10, hours=1))
    reminder = await moldir.wait_for(said["reminded"])
    assert "9998877" not in reminder["text"]
    assert "701" not in reminder["text"]
    label = moldir.labels(reminder)[0]
    await taps(moldir, label, said["masked"])
    await taps(moldir, said["nobody"], said["dropped"])


async def test_a_deputy_and_a_member_have_no_way_there(stage: Stage) -> None:
    await registered(stage)
    darkhan = stage.person(DEPUTY)
    shown = await sends(darkhan, "/requests", "өтініштері")
    await taps(darkhan, "САР-2026-0001", "САР-2026-0001")
    more = await taps(darkhan, "⋯ Тағы", "САР-2026-0001")
    assert not any("деректері" in label for label in darkhan.labels(more))
    await darkhan.tap_data(shown["message_id"], "dtb:1:erase")
    assert darkhan.alert
    assert await stage.database.read(_tasks) == []
    sauleh = await meets(stage, MEMBER)
    page = await sends(sauleh, "/privacy", "15 күн")
    assert not any("тапсырма" in label for label in sauleh.labels(page))


async def test_the_region_sets_when_closed_requests_become_anonymous(stage: Stage) -> None:
    aigul = await meets(stage, 1001)
    await sends(aigul, "/privacy", "15 күн")
    await taps(aigul, "✏️ Мәтіндер мен мерзім", "мерзім, ай: 12")
    await taps(aigul, "🧹 Басқа мерзім", "неше айдан кейін")
    for wrong in ("0", "жарты жыл", "999", "-3"):
        await sends(aigul, wrong, "бүтін санмен")
    await sends(aigul, "6", "мерзім, ай: 6")
