"""Stories of materials: sent in by the secretary and the speaker, opened by whom they belong to."""

from pathlib import Path

from sqlalchemy import Connection, select, update

from bot.simulator.client import Person
from handlers.meetings.callbacks import OpenItem, OpenMeeting
from handlers.meetings.materials.callbacks import (
    Materials,
    OpenMaterial,
    RemoveMaterial,
    SendMaterials,
)
from storage.tables import agenda_items, materials
from storage.tables import meetings as table
from tests.handlers.conftest import Stage
from tests.handlers.meetings.agenda_stage import (
    AIGUL,
    DARKHAN,
    ERIK,
    MOLDIR,
    OLEG,
    SAULE,
    ids,
    opens,
    says,
)
from tests.handlers.talking import meets, taps
from tests.storage.meetings.agenda_world import Ids, first_item

__all__ = ["ids"]

MEGABYTE = 1024 * 1024
GROUP = -500


def kept(tx: Connection) -> list[tuple[str, str, int | None, bool]]:
    """Kind, name, size of each material and whether it is on disk, in the order they came."""
    columns = (materials.c.kind, materials.c.name, materials.c.size, materials.c.path)
    rows = tx.execute(select(*columns).order_by(materials.c.id))
    return [(kind, name, size, path is not None) for kind, name, size, path in rows]


async def sends_to(person: Person, meeting_id: int, item_id: int, expected: str) -> None:
    await opens(person, SendMaterials(meeting=meeting_id, item=item_id).pack(), expected)


async def test_every_kind_of_file_is_kept_and_sent_back(stage: Stage, ids: Ids) -> None:
    aigul, erik = await meets(stage, AIGUL), await meets(stage, ERIK)
    item = await stage.database.read(first_item, ids.bureau)
    await opens(aigul, Materials(meeting=ids.bureau, item=item).pack(), "әзірге жоқ")
    await taps(aigul, "➕ Файл қосу", "Қазір 0 файл бар, ең көбі 20")
    await aigul.send_document("Есеп.pdf", b"x" * 2048)
    await aigul.wait_for("✅ Сақталды: Есеп.pdf")
    await aigul.send_photo(caption="Құрылыс алаңы")
    await aigul.wait_for("✅ Сақталды: Құрылыс алаңы")
    await aigul.send_voice()
    await aigul.wait_for("✅ Сақталды: voice.ogg")
    await aigul.send_video()
    await aigul.wait_for("Қазір 4 файл бар")
    await aigul._do("audio")
    await aigul.wait_for("Қазір 5 файл бар")
    listed = await taps(aigul, "✅ Осымен бітті", "📎 Материалдар: 5")
    assert aigul.labels(listed)[0] == "📄 Есеп.pdf · 2 КБ"
    known = await stage.database.read(kept)
    assert [one[0] for one in known] == ["document", "photo", "voice", "video", "audio"]
    assert all(on_disk for *_, on_disk in known)

    read = await opens(erik, OpenItem(id=ids.bureau, number=1).pack(), "1-мәселе")
    assert "📎 Материалдар: 5" in erik.labels(read)
    await taps(erik, "📎 Материалдар: 5", "Файлды басыңыз, ол Сізге жіберіледі.")
    for label, kind in (
        ("Есеп.pdf", "document"),
        ("Құрылыс алаңы", "photo"),
        ("🎤", "voice"),
        ("🎬", "video"),
        ("🎵", "audio"),
    ):
        await taps(erik, label, "📎")
        assert kind in [message["kind"] for message in await erik.messages()], label
        await taps(erik, "‹ Артқа", "📎 Материалдар: 5")


async def test_a_file_that_is_too_big_for_the_disk_stays_at_telegram(
    stage: Stage, ids: Ids
) -> None:
    moldir = await meets(stage, MOLDIR, "ru")
    await sends_to(moldir, ids.later, 0, "Сейчас файлов: 0")
    await moldir.send_document("План.zip", fake_size=5 * MEGABYTE + 1)
    await moldir.wait_for("✅ Сохранено: План.zip")
    await moldir.send_document("Кино.mp4", fake_size=25 * MEGABYTE)
    await moldir.wait_for("✅ Сохранено: Кино.mp4")
    listed = await taps(moldir, "✅ Это всё", "📎 Материалы: 2")
    assert moldir.labels(listed)[:2] == ["📄 План.zip · 5,0 МБ", "📄 Кино.mp4 · 25,0 МБ"]
    assert [one[3] for one in await stage.database.read(kept)] == [False, False]
    await taps(moldir, "Кино.mp4", "📎 Кино.mp4")


async def test_when_telegram_has_lost_a_file_the_kept_one_is_sent(stage: Stage, ids: Ids) -> None:
    moldir = await meets(stage, MOLDIR)
    await sends_to(moldir, ids.later, 0, "файл бар")
    await moldir.send_document("Есеп.pdf", b"what was kept")
    await moldir.wait_for("✅ Сақталды")
    lost = update(materials).values(file_id="AgACAgIAAxkBAAIlost")
    await stage.database.write(lambda tx: tx.execute(lost) and None)
    await taps(moldir, "✅ Осымен бітті", "📎 Материалдар: 1")
    await taps(moldir, "Есеп.pdf", "📎 Есеп.pdf")
    sent = [m for m in await moldir.messages() if m["kind"] == "document"]
    assert len(sent) == 2  # hers, and the one that the bot sent anew
    assert sent[-1]["file"]["name"] == "Есеп.pdf"


async def test_an_album_is_taken_with_one_answer(stage: Stage, ids: Ids) -> None:
    moldir = await meets(stage, MOLDIR)
    await sends_to(moldir, ids.later, 0, "файл бар")
    before = len(await moldir.messages())
    await moldir.send_photo(count=4)
    await moldir.wait_for("✅ Сақталды")
    await moldir.send("болды ма?")
    await moldir.wait_for("Бұл жерде файл керек")
    assert len(await stage.database.read(kept)) == 4
    assert len(await moldir.messages()) == before + 4 + 1 + 2
    await taps(moldir, "✅ Осымен бітті", "📎 Материалдар: 4")


async def test_anything_but_a_file_and_the_same_file_again(stage: Stage, ids: Ids) -> None:
    moldir = await meets(stage, MOLDIR, "ru")
    await sends_to(moldir, ids.later, 0, "Сейчас файлов: 0")
    await moldir.send_sticker()
    await moldir.wait_for("Здесь нужен файл")
    await moldir.send_location()
    await moldir.wait_for("Здесь нужен файл")
    await moldir.send_video_note()
    await moldir.wait_for("Здесь нужен файл")
    await says(moldir, "/menu", "Меню")
    await taps(moldir, "Закончить: материалы", "Сейчас файлов: 0")
    await moldir.send_document("а" * 300 + ".pdf")
    await moldir.wait_for("✅ Сохранено: " + "а" * 60)
    assert [len(one[1]) for one in await stage.database.read(kept)] == [120]


async def test_bureau_papers_are_for_the_bureau_only(stage: Stage, ids: Ids) -> None:
    aigul, saule, erik = [await meets(stage, one) for one in (AIGUL, SAULE, ERIK)]
    item = await stage.database.read(first_item, ids.bureau)
    hidden = update(agenda_items).where(agenda_items.c.id == item).values(visibility="bureau")
    await stage.database.write(lambda tx: tx.execute(hidden) and None)
    await sends_to(aigul, ids.bureau, item, "файл бар")
    await aigul.send_document("Құпия.pdf")
    await aigul.wait_for("✅ Сақталды")
    await sends_to(aigul, ids.bureau, 0, "файл бар")
    await aigul.send_document("Баршаға.pdf")
    await aigul.wait_for("✅ Сақталды")

    shown = await opens(saule, OpenMeeting(id=ids.bureau).pack(), "Күн тәртібі әлі дайын емес")
    assert "Есеп" not in shown["text"]
    seen = await opens(saule, Materials(meeting=ids.bureau).pack(), "📎 Материалдар: 1")
    assert "Баршаға.pdf" in saule.labels(seen)[0]
    for forged in (
        OpenMaterial(id=1),
        Materials(meeting=ids.bureau, item=item),
        OpenItem(id=ids.bureau, number=1),
        SendMaterials(meeting=ids.bureau, item=item),
        SendMaterials(meeting=ids.bureau),
        RemoveMaterial(id=2, sure=True),
    ):
        await saule.tap_data(seen["message_id"], forged.pack())
        assert saule.alert, forged
    assert not any(m["kind"] == "document" for m in await saule.messages())
    assert len(await stage.database.read(kept)) == 2
    for word in ("Құпия", "Есеп"):
        await saule.send(word)
        found = await saule.wait_answer()
        assert "Құпия.pdf" not in str(found)
        assert "1. Есеп" not in found["text"]

    await opens(erik, Materials(meeting=ids.bureau).pack(), "📎 Материалдар: 2")
    await taps(erik, "Құпия.pdf", "📎 Құпия.pdf")


async def test_the_speaker_sends_the_papers_of_the_own_item(stage: Stage, ids: Ids) -> None:
    darkhan, oleg = await meets(stage, DARKHAN), await meets(stage, OLEG)
    item = await stage.database.read(first_item, ids.bureau)
    named = update(agenda_items).where(agenda_items.c.id == item).values(speaker_id=3)
    await stage.database.write(lambda tx: tx.execute(named) and None)
    await opens(darkhan, OpenItem(id=ids.bureau, number=1).pack(), "1-мәселе")
    await taps(darkhan, "📎 Материалдар: 0", "әзірге жоқ")
    await taps(darkhan, "➕ Файл қосу", "Файлдарды бір-бірлеп")
    await darkhan.send_document("Баяндама.docx")
    await darkhan.wait_for("✅ Сақталды: Баяндама.docx")
    seen = await opens(oleg, OpenItem(id=ids.bureau, number=1).pack(), "Вопрос 1 из 1")
    assert "📎 Материалы: 1" in oleg.labels(seen)
    opened = await taps(oleg, "📎 Материалы: 1", "📎 Материалы: 1")
    assert "➕ Добавить файлы" not in oleg.labels(opened)
    file = await taps(oleg, "Баяндама.docx", "📎 Баяндама.docx")
    assert not any("🗑" in label for label in oleg.labels(file))


async def test_a_file_is_taken_away_after_a_question(stage: Stage, ids: Ids) -> None:
    moldir = await meets(stage, MOLDIR, "ru")
    await sends_to(moldir, ids.later, 0, "файлов: 0")
    await moldir.send_document("Лишнее.pdf")
    await moldir.wait_for("✅ Сохранено")
    await taps(moldir, "✅ Это всё", "📎 Материалы: 1")
    await taps(moldir, "Лишнее.pdf", "📎 Лишнее.pdf")
    await taps(moldir, "🗑 Убрать файл", "Убрать этот файл?")
    await taps(moldir, "Да, убрать", "Материалов пока нет")
    assert await stage.database.read(kept) == []


async def test_from_an_item_and_its_papers_the_secretary_goes_on_preparing_it(
    stage: Stage, ids: Ids
) -> None:
    moldir, oleg = await meets(stage, MOLDIR), await meets(stage, OLEG)
    shown = await opens(oleg, OpenItem(id=ids.bureau, number=1).pack(), "Вопрос 1")
    assert "✏️ Изменить вопрос" not in oleg.labels(shown)
    item = await stage.database.read(first_item, ids.draft)
    await sends_to(moldir, ids.draft, item, "файл бар")
    await taps(moldir, "✅ Осымен бітті", "📎 Материалдар")
    await taps(moldir, "‹ Артқа", "1-мәселе, барлығы")
    await taps(moldir, "✏️ Мәселені өзгерту", "1-мәселе · есеп")


async def test_papers_of_a_signed_meeting_stay_as_they_are(
    stage: Stage, ids: Ids, tmp_path: Path
) -> None:
    moldir = await meets(stage, MOLDIR)
    await sends_to(moldir, ids.later, 0, "файл бар")
    signed = update(table).where(table.c.id == ids.later).values(state="signed")
    await stage.database.write(lambda tx: tx.execute(signed) and None)
    await moldir.send_document("Кеш.pdf")
    await moldir.wait_for("материалдары енді өзгермейді")
    assert await stage.database.read(kept) == []


async def test_in_a_group_there_are_no_papers(stage: Stage, ids: Ids) -> None:
    aigul = await meets(stage, AIGUL)
    item = await stage.database.read(first_item, ids.bureau)
    await sends_to(aigul, ids.bureau, item, "файл бар")
    await aigul.send_document("Есеп.pdf")
    await aigul.wait_for("✅ Сақталды")
    stage.telegram.add_group(GROUP, "Бюро", members=[AIGUL])
    there = stage.person(AIGUL).in_chat(GROUP)
    await there.send("/next@buro_test_bot")
    card = await there.wait_for("Есеп")
    assert not any("Материал" in label or "тақырып" in label for label in there.labels(card))
    await there.tap("1")
    opened = await there.wait_for("1-мәселе")
    assert not any("Материал" in label for label in there.labels(opened))
    await there.tap_data(opened["message_id"], Materials(meeting=ids.bureau, item=item).pack())
    assert there.alert
    assert there.toast.startswith("Бұл жеке"), "everybody's message stays as it is"
