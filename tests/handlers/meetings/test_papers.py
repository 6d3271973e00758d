"""Stories of what comes after a meeting: the final document, instructions, minutes as files."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from sqlalchemy import insert, update

from bot.simulator.client import Person
from handlers.meetings.papers import document_docx, minutes_docx, office
from storage import people
from storage.meetings import clauses, document, instructions, minutes, proposals, sitting
from storage.meetings.instructions import Executor
from storage.meetings.minutes import Minutes
from storage.tables import agenda_items, ballots, invitees, votes
from storage.tables import meetings as meetings_table
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.handlers.talking import sends, taps
from tests.storage.meetings import sitting_world as w
from tests.storage.meetings.sitting_world import Going

Json = dict[str, Any]
LONG = "Өте ұзын мәтін. " * 125  # 2,000 characters


async def meets(stage: Stage, telegram_id: int, language: str = "kk") -> Person:
    person = stage.person(telegram_id)
    await stage.database.write(people.set_language, telegram_id - 1000, language)
    await person.start()
    await person.wait_answer()
    return person


async def over(stage: Stage, days: int = 0) -> Going:
    """A meeting that has ended, with a decision, a proposal, a vote and an instruction."""
    going = await stage.database.write(w.convene)
    aigul = await w.actor(stage.database, w.AIGUL)
    erik = await w.actor(stage.database, w.ERIK)
    write = stage.database.write
    proposal = await write(
        proposals.send, erik, going.sport, "proposal", "Стадион <салынсын>", NOW, w.TODAY
    )
    executor = Executor(person_id=w.VIKTORIA - 1000)
    await write(instructions.of_proposal, aigul, proposal, 1, executor, NOW)
    await write(sitting.decide, aigul, going.sport, 1, "Есеп мақұлдансын", NOW)
    await write(w.held, going, days)
    return going


async def manages(person: Person, entry: str, expected: str, language: str = "kk") -> Json:
    held, manage = (
        ("Өткен отырыстар", "Отырысты басқару")
        if language == "kk"
        else ("Прошедшие заседания", "Управлять заседанием")
    )
    await sends(person, "/meetings", "🗓")
    await person.tap(held)
    await person.wait_for("🗓")
    await person.tap("24")
    await person.wait_answer()
    await person.tap(manage)
    await person.wait_answer()
    return await taps(person, entry, expected)


async def test_the_final_document_is_made_looked_at_and_approved(stage: Stage) -> None:
    await over(stage)
    aigul, viktoria = await meets(stage, w.AIGUL), await meets(stage, w.VIKTORIA, "ru")

    await manages(aigul, "Қорытынды құжат", "⏳ Әзірленуде")
    await taps(aigul, "Шешімдерді қосу: 1", "Тармақтар: 2")
    await taps(aigul, "Тармақ жазу", "Жаңа тармақ")
    await sends(aigul, LONG, "Тармақтар: 3")
    await taps(aigul, "2. Есеп", "📄 2-тармақ, барлығы 3")
    await taps(aigul, "↑ Жоғары", "📄 1-тармақ, барлығы 3")
    await taps(aigul, "Мәтінін түзету", "Тармақтың мәтіні")
    await sends(aigul, "Есеп пен жоспар мақұлдансын", "Есеп пен жоспар мақұлдансын")
    await taps(aigul, "‹ Артқа", "Тармақтар: 3")
    first = await taps(aigul, "Толық қарап, бекіту", "Қорытынды құжат, бекітілетін түрі")
    assert "1. Есеп пен жоспар мақұлдансын\n2. Стадион <салынсын>" in first["text"]
    assert "⚠️ Орындаушысы не алдағы мерзімі жоқ: 1" in first["text"]
    assert "✅ Бекіту" not in aigul.labels(first)

    card = await taps(aigul, "мерзімі жоқ", "📌 № 1 тапсырма")
    await aigul.tap("Мерзімі", card)  # the card of the morning has such a button, too
    await aigul.wait_for("Қай күнге дейін")
    await sends(aigul, "24.12", "30 күн қалды")
    await taps(aigul, "‹ Артқа", "📄 2-тармақ")
    await taps(aigul, "‹ Артқа", "Тармақтар: 3")
    whole = await taps(aigul, "Толық қарап, бекіту", "Бақылауға алынатын тапсырма: 1")
    await taps(aigul, "✅ Бекіту", "✅ Бекітілді: 24 қараша")
    assert aigul.toast == "Бекітілді. Бақылауға алынды: 1"
    again = next(
        b["callback_data"] for row in whole["inline_keyboard"] for b in row if "Бекіту" in b["text"]
    )
    await aigul.tap_data(whole["message_id"], again)
    assert aigul.toast == "Қорытынды құжат бекітілген: ештеңе өзгермейді."

    told = await viktoria.wait_for("📌 Вам дано поручение")
    assert "Срок исполнения: 24 декабря, четверг · осталось 30 дн." in told["text"]
    await taps(viktoria, "Открыть поручение", "📌 Поручение № 1 · ⏳ На контроле")
    await taps(viktoria, "‹ Назад", "📌 Мои поручения: 1")
    await sends(viktoria, "/instructions", "📌 Мои поручения: 1")


async def test_a_document_that_changed_is_not_approved_unseen(stage: Stage) -> None:
    going = await over(stage)
    aigul = await meets(stage, w.AIGUL, "ru")
    actor = await w.actor(stage.database, w.AIGUL)
    one = (await stage.database.read(clauses.listed, actor, going.meeting))[0]
    await stage.database.write(
        instructions.set_deadline, actor, 1, 1, date(2026, 12, 24), NOW, w.TODAY
    )
    await manages(aigul, "Итоговый документ", "⏳ Готовится", "ru")
    await taps(aigul, "Посмотреть целиком и утвердить", "После утверждения пункты не меняются.")
    await stage.database.write(clauses.reword, actor, one.id, 1, "Другие слова", NOW)
    await taps(aigul, "✅ Утвердить", "Другие слова")
    assert aigul.toast.startswith("Документ изменился")
    await taps(aigul, "✅ Утвердить", "✅ Утверждён: 24 ноября")


async def test_a_clause_is_deleted_with_what_hangs_on_it(stage: Stage) -> None:
    await over(stage)
    aigul = await meets(stage, w.AIGUL)
    await manages(aigul, "Қорытынды құжат", "Тармақтар: 1")
    await taps(aigul, "1. Стадион", "📄 1-тармақ")
    asked = await taps(aigul, "Тармақты жою", "⚠️ 1-тармақты жоясыз ба?")
    assert "Онымен бірге тапсырмалары да жойылады: 1" in asked["text"]
    await taps(aigul, "Иә, жою", "Тармақтар: 0")


async def test_minutes_are_handed_over_and_signed(stage: Stage) -> None:
    await over(stage)
    aigul = await meets(stage, w.AIGUL)
    shown = await manages(aigul, "Хаттама", "⏳ Әлі қол қойылған жоқ")
    assert "Қатысты: 13, оның ішінде мүше: 10, кворумға қажет: 7" in shown["text"]
    assert "⚠️ Шешімі жоқ мәселе: 2" in shown["text"]
    await taps(aigul, "Қазақша файл", "📄 Хаттама")
    await taps(aigul, "Орысша файл", "📄 Хаттама")
    await taps(aigul, "Бір мәселе бойынша үзінді", "Қай мәселе бойынша?")
    await taps(aigul, "1. Спорт", "1. Спорт нысандары туралы")
    await taps(aigul, "Қазақша файл", "Қай мәселе бойынша?")
    sent = [m["file"]["name"] for m in await aigul.messages() if m.get("file")]
    assert sent == ["Хаттама 2026-11-24.docx", "Протокол 2026-11-24.docx", "Үзінді 2026-11-24.docx"]

    await taps(aigul, "‹ Артқа", "📄 Хаттама")
    await taps(aigul, "Нөмірін енгізіп", "Хаттама қандай нөмірмен тіркелді?")
    await sends(aigul, "№", "⚠️")
    await sends(aigul, "№ 12", "Хаттамаға № 12 нөмірімен қол қойылды ма?")
    asked = await sends(aigul, "14", "Хаттамаға № 14 нөмірімен қол қойылды ма?")
    await taps(aigul, "✅ Қол қойылды: № 14", "✅ Қол қойылды: № 14, 24 қараша")
    sign = asked["inline_keyboard"][0][0]["callback_data"]
    await aigul.tap_data(asked["message_id"], sign)
    assert aigul.toast == "Нөмірді қайта енгізіңіз."


async def test_the_secretary_is_asked_on_the_first_working_morning(stage: Stage) -> None:
    await over(stage)
    aigul = await meets(stage, w.AIGUL)
    await stage.move(timedelta(days=1))
    asked = await aigul.wait_for("⏰ Отырыс құжаттары дайын емес")
    assert "⚠️ Хаттамаға қол қойылмаған." in asked["text"]
    assert "⚠️ Қорытындысы жарияланбаған." in asked["text"]
    await taps(aigul, "Хаттама", "⏳ Әлі қол қойылған жоқ")


# The files themselves


async def voted(stage: Stage, going: Going) -> Minutes:
    """What the minutes say after a vote of ten members: eight for, one against, one abstained."""

    def vote(tx: Any) -> None:
        opened = {"meeting_id": going.meeting, "item_id": going.sport, "opened_by": 1}
        ballot = tx.execute(
            insert(ballots)
            .values(present=10, needed=7, opened_at=NOW, outcome="adopted", **opened)
            .returning(ballots.c.id)
        ).scalar_one()
        members = tx.execute(
            invitees.select().where(invitees.c.capacity == "member").limit(10)
        ).mappings()
        choices = ["for"] * 8 + ["against", "abstained"]
        for choice, member in zip(choices, members.all(), strict=True):
            row = {"ballot_id": ballot, "invitee_id": member["id"], "choice": choice, "at": NOW}
            tx.execute(insert(votes).values(row))

    await stage.database.write(vote)
    aigul = await w.actor(stage.database, w.AIGUL)
    return await stage.database.read(minutes.read, aigul, going.meeting, ZONE, w.TODAY)


def read(content: bytes) -> list[str]:
    """The lines of a document as an office opens it."""
    return [p.text for p in Document(BytesIO(content)).paragraphs if p.text.strip()]


def in_order(lines: list[str], *wanted: str) -> None:
    at = -1
    for words in wanted:
        at = next((n for n, line in enumerate(lines) if n > at and words in line), len(lines))
        assert at < len(lines), f"{words!r} is missing or stands elsewhere in {lines}"


async def test_the_minutes_of_fifteen_people_in_kazakh(stage: Stage) -> None:
    kept = await voted(stage, await over(stage))
    lines = read(minutes_docx.minutes("kk", kept, ZONE, NOW))
    in_order(
        lines,
        "«AMANAT» ПАРТИЯСЫ",
        "ТҮРКІСТАН ОБЛЫСТЫҚ ФИЛИАЛЫ",
        "САЯСИ КЕҢЕС БЮРОСЫ",
        "ХАТТАМА",
        "2026 жылғы 24 қараша\t№ ______",
        "Өткізілген жері: Түркістан қаласы, мәжіліс залы",
        "Бюроның қараша отырысы",
        "Төрағалық етуші: Сәрсен Мақсат",
        "Отырыс хатшысы: Сейтова Айгүл",
        "Қатысқандар: 13",
        "мүшелер: 10 – Абаева Гүлжан, облыстық мәслихат депутаты; Бекмұратов Ерік; "
        "Бөрібаев Сәкен; Ғабитов Нұрлан; Дүйсенова Ләззат;",
        "шақырылғандар: 3 – Ли Виктория; Оразов Дархан; Төлегенова Сәуле.",
        "Қатыспаған мүшелер: 2 – Оспанов Бауыржан; Тәжібаев Ғани.",
        "Сайланған мүше: 12, кворумға қажет: 7, қатысты: 10. Кворум бар.",
        "КҮН ТӘРТІБІ:",
        "1. Спорт нысандары туралы",
        "3. Ауыз су туралы",
        "1. ТЫҢДАЛДЫ: Сапаров Ержан, спорт басқармасының басшысы – Спорт нысандары туралы",
        "СӨЗ СӨЙЛЕДІ:",
        "Бекмұратов Ерік – Ұсыныс: Стадион <салынсын>",
        "ШЕШТІ: Есеп мақұлдансын",
        "Дауыс беру: жақтады – 8, қарсы – 1, қалыс қалды – 1. Шешім қабылданды.",
        "2. ТЫҢДАЛДЫ: Ауыл жолдары туралы",
        "ШЕШТІ: ______",
        "Төрағалық етуші\t________________  Сәрсен Мақсат",
        "Отырыс хатшысы\t________________  Сейтова Айгүл",
    )


async def test_the_minutes_in_russian_and_an_extract_of_one_item(stage: Stage) -> None:
    going = await over(stage)
    kept = await voted(stage, going)
    in_order(
        read(minutes_docx.minutes("ru", kept, ZONE, NOW)),
        "ПАРТИЯ «AMANAT»",
        "БЮРО ПОЛИТИЧЕСКОГО СОВЕТА",
        "ПРОТОКОЛ",
        "24 ноября 2026 года",
        "Присутствовали: 13",
        "Кворум есть.",
        "ПОВЕСТКА ДНЯ:",
        "1. СЛУШАЛИ: Сапаров Ержан, руководитель управления спорта – О спортивных объектах",
        "ВЫСТУПИЛИ:",
        "РЕШИЛИ: Есеп мақұлдансын",
        "Голосование: за – 8, против – 1, воздержались – 1. Решение принято.",
        "Председательствующий",
    )
    extract = read(minutes_docx.extract("ru", kept, going.sport, ZONE, NOW))
    in_order(extract, "ВЫПИСКА ИЗ ПРОТОКОЛА", "1. СЛУШАЛИ:", "РЕШИЛИ:", "Выписка верна:")
    assert not any("О питьевой воде" in line for line in extract)


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_the_final_document_as_a_file(stage: Stage, language: str) -> None:
    going = await over(stage)
    aigul = await w.actor(stage.database, w.AIGUL)
    doc = await stage.database.read(document.whole, aigul, going.meeting)
    lines = read(document_docx.document(language, doc, ZONE, NOW))
    head = {"kk": "ҚОРЫТЫНДЫ ҚҰЖАТ", "ru": "ИТОГОВЫЙ ДОКУМЕНТ"}[language]
    in_order(lines, head, "1. Стадион <салынсын>", "Ли Виктория")


async def test_whatever_people_write_no_document_breaks(stage: Stage) -> None:
    going = await over(stage)
    nasty = 'Сөз\x00\x0b\ufffe\x1b[31m 🏟👨‍👩‍👧 <w:p> & "тырнақша"\nекінші жол\t' + "ұзын " * 800
    await stage.database.write(
        lambda tx: (
            tx.execute(
                update(agenda_items).values(
                    heard_kk=nasty, title_kk=nasty[:1000], decision_kk=nasty
                )
            ).rowcount
        )
    )
    await stage.database.write(
        lambda tx: tx.execute(update(meetings_table).values(place_kk=nasty[:200])).rowcount
    )
    kept = await voted(stage, going)
    lines = read(minutes_docx.minutes("kk", kept, ZONE, NOW))
    in_order(lines, '🏟👨‍👩‍👧 <w:p> & "тырнақша"', "екінші жол")
    assert office.cleaned("\x00а\x0b\ufffe") == "а"


async def test_the_instruction_is_gone_while_its_deadline_is_chosen(stage: Stage) -> None:
    await over(stage)
    aigul = await meets(stage, w.AIGUL)
    await manages(aigul, "Тапсырмалар", "📌 Отырыс тапсырмалары: 1")
    card = await taps(aigul, "мерзімі жоқ", "📌 № 1 тапсырма")
    await aigul.tap("Мерзімі", card)  # the card of the morning has such a button, too
    await aigul.wait_for("Қай күнге дейін")
    actor = await w.actor(stage.database, w.AIGUL)
    await stage.database.write(instructions.remove, actor, 1, 1, NOW)
    await sends(aigul, "24.12", "⚠️")
    # The step is closed: the next word is an ordinary one again.
    await sends(aigul, "/next", "🗓")


async def test_an_executor_who_is_not_registered_is_written_by_name(stage: Stage) -> None:
    await over(stage)
    aigul = await meets(stage, w.AIGUL, "ru")
    await manages(aigul, "Поручения", "📌 Поручений заседания: 1", "ru")
    await taps(aigul, "срока нет", "📌 Поручение № 1")
    await taps(aigul, "Исполнитель", "Кто исполняет?")
    found = await sends(aigul, "Асқаров Асқар, әкім", "Найдено по «Асқаров Асқар, әкім»: 0")
    assert aigul.labels(found)[0] == "Как написано: Асқаров Асқар, әкім"
    await taps(aigul, "Как написано", "Исполнитель: Асқаров Асқар, әкім")
    await taps(aigul, "Срок", "До какого дня исполнить?")
    await taps(aigul, "›", "До какого дня исполнить?")
    await taps(aigul, "24", "Срок исполнения: 24 декабря, четверг")
    asked = await taps(aigul, "Удалить поручение", "⚠️ Удалить поручение № 1?")
    assert "Пункт останется." in asked["text"]
    await taps(aigul, "Да, удалить", "📌 Поручений заседания: 0")


async def test_readers_open_the_approved_document_from_the_card(stage: Stage) -> None:
    going = await over(stage)
    saule = await meets(stage, w.SAULE)
    actor = await w.actor(stage.database, w.AIGUL)
    await stage.database.write(
        instructions.set_deadline, actor, 1, 1, date(2026, 12, 24), NOW, w.TODAY
    )
    for number in range(4):
        await stage.database.write(clauses.add, actor, going.meeting, None, LONG[number:], NOW)
    seal = (await stage.database.read(document.whole, actor, going.meeting)).seal
    await stage.database.write(document.approve, actor, going.meeting, seal, NOW, w.TODAY)
    await sends(saule, "/summary", "Бюроның қараша отырысы")
    await taps(saule, "‹ Артқа", "Бюроның қараша отырысы")
    first = await taps(saule, "Қорытынды құжат", "✅ Бекітілді: 24 қараша")
    assert "1. Стадион <салынсын>" in first["text"]
    await taps(saule, "›", "\n3. ")
    await taps(saule, "Тапсырмалар: 1", "📌 Отырыс тапсырмалары: 1")
    shown = await taps(saule, "30 күн қалды", "📌 № 1 тапсырма · ⏳ Бақылауда")
    assert not {"Мерзімі", "Тапсырманы жою"} & set(saule.labels(shown))
