"""A voter's request becomes an inquiry, is sent, answered, repeated, answered again, and closed."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from handlers.requests.callbacks import OpenRequest
from storage import roadmap
from storage.requests import reminding
from storage.roadmap import NewRoadmapItem
from storage.tables import request_history
from tests import world
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.handlers.inquiries.scene import (
    DARKHAN,
    HOUSING,
    MOLDIR,
    RUSLAN,
    Ids,
    drafts,
    kept,
    rows,
    sends,
    settle,
)
from tests.handlers.meetings.agenda_stage import opens, says
from tests.handlers.talking import data_of, meets, taps


@pytest.fixture
async def ids(stage: Stage) -> Ids:
    return await stage.database.write(settle)


async def test_from_a_request_to_the_end_with_a_repetition(stage: Stage, ids: Ids) -> None:
    darkhan = await meets(stage, DARKHAN)
    await opens(darkhan, OpenRequest(id=ids.request).pack(), "САР-2026-0001")
    await taps(darkhan, "📄 Сауал жасау", "(1/3) 📄 Сауал кімге жолданады?")  # 1
    check = await taps(darkhan, "Сарыағаш аудандық тұрғын үй бөлімі", "Бәрі дұрыс па?")  # 2
    assert "Тақырыбы: Жарықтандыру · Жылға ауылы" in check["text"]
    assert "Негізі: Сайлаушы өтініштері: САР-2026-0001" in check["text"]
    assert "•••: Жылға ауылында көше шамы жанбайды" in check["text"]
    assert "Асанова" not in check["text"]
    assert "701" not in check["text"]
    card = await taps(darkhan, "✅ Сауал жасау", "✏️ Дайындалуда")  # 3
    assert "📄 № САУ-САР-2026-0001" in card["text"]
    assert darkhan.toast == "Сауал жасалды: № САУ-САР-2026-0001"

    await taps(darkhan, "📤 Жіберілді…", "(1/2)")
    await says(darkhan, "01-17/<5>", "(2/2)")
    card = await taps(darkhan, "Бүгін: 24 қараша", "✅ Жіберілгені белгіленді")
    assert "Жіберілді: № 01-17/<5>, 24 қараша" in card["text"]
    assert "Жауап мерзімі: 24 желтоқсан, бейсенбі · 30 күн қалды" in card["text"]
    why = await taps(darkhan, "Неге осы мерзім?", "неге осы мерзім")
    assert "Мерзім (аудандық деңгей): 1 күнтізбелік ай" in why["text"]
    await taps(darkhan, "‹ Артқа", "Жауап мерзімі")

    await answers(stage, "Шам жоспарда жоқ", "77")
    await taps(darkhan, "⚠️ Қанағаттандырмайды", "жауап қанағаттандырмады")
    again = await taps(darkhan, "🔁 Қайталама сауал", "Бәрі дұрыс па?")
    assert "Негізі: № 01-17/<5> сауал, жауап № 77, 24 қараша" in again["text"]
    second = await taps(darkhan, "✅ Сауал жасау", "№ САУ-САР-2026-0002")
    assert "Алғашқы сауал: № САУ-САР-2026-0001" in second["text"]
    await taps(darkhan, "📤 Жіберілді…", "(1/2)")
    await taps(darkhan, "Өткізіп жіберу", "(2/2)")
    await says(darkhan, "24.11.2026", "Жіберілді: № САУ-САР-2026-0002, 24 қараша")
    await answers(stage, "Шам орнатылды", None)
    await taps(darkhan, "✅ Қанағаттандырады", "жауап қанағаттандырды")
    await taps(darkhan, "Сауалды жабу", "✅ Жабылды · жауап қанағаттандырды")

    found = [(one["number"], one["state"], one["satisfied"]) for one in await kept(stage)]
    assert found == [
        ("САУ-САР-2026-0001", "closed", False),
        ("САУ-САР-2026-0002", "closed", True),
    ]
    # The chain is seen from the request, too.
    card = await opens(darkhan, OpenRequest(id=ids.request).pack(), "📄 Сауал №")
    assert "📄 Сауал № САУ-САР-2026-0002 · ✅ Жабылды" in card["text"]
    history = await taps(darkhan, "Тарихы", "№ САР-2026-0001: тарихы")
    assert "сауалға жауап келді: № САУ-САР-2026-0002" in history["text"]
    await opens(darkhan, OpenRequest(id=ids.request).pack(), "САР-2026-0001")
    await taps(darkhan, "Сауалдары: 2", "бойынша сауалдар: 2")


async def answers(stage: Stage, text: str, number: str | None) -> None:
    """Darkhan keeps an answer of today."""
    darkhan = stage.person(DARKHAN)
    await taps(darkhan, "📥 Жауап енгізу", "(1/3)")
    await says(darkhan, text, "(2/3)")
    if number is None:
        await taps(darkhan, "Өткізіп жіберу", "(3/3)")
    else:
        await says(darkhan, number, "(3/3)")
    await taps(darkhan, "Бүгін: 24 қараша", "✅ Жауап сақталды")


async def test_in_russian_on_ones_own_with_a_file_as_the_answer(stage: Stage, ids: Ids) -> None:
    ruslan = await meets(stage, RUSLAN)
    await says(ruslan, "/inquiry", "Кому адресован запрос?")
    none = await says(ruslan, "акимат", "Такого органа в справочнике нет")
    assert "Искали: акимат" in none["text"]
    await says(ruslan, "ДОРОГ", "(1/3)")
    await taps(ruslan, "отдел дорог", "(2/3) О чём запрос?")
    await says(ruslan, "Ремонт <b>моста</b>", "Напишите текст запроса")
    await says(ruslan, "Прошу сообщить срок ремонта моста.\nИ смету.", "(3/3)")
    await taps(ruslan, "✏️ Основание", "На чём основан запрос?")
    await says(ruslan, "Встреча с избирателями", "Основание: Встреча с избирателями")
    card = await taps(ruslan, "✅ Составить запрос", "№ САУ-ОРД-2026-0001")
    assert "Тема: Ремонт <b>моста</b>" in card["text"]
    await taps(ruslan, "📤 Отправлен…", "(1/2)")
    await says(ruslan, "5", "(2/2)")
    await taps(ruslan, "‹ Назад", "(1/2)")
    await says(ruslan, "6", "(2/2)")
    await says(ruslan, "25.11.2026", "Этот день ещё не наступил")
    await says(ruslan, "20.11", "Отправлен: № 6, 20 ноября")
    await taps(ruslan, "📥 Внести ответ", "(1/3)")
    await ruslan.send_sticker()
    await ruslan.wait_for("Пришлите ответ файлом")
    await ruslan.send_photo(count=3)
    await ruslan.wait_for("(2/3)")
    await says(ruslan, "№ 12-3", "Файлы ответа: 3")
    await says(ruslan, "19.11.2026", "Ответ не может быть раньше самого запроса")
    await taps(ruslan, "Сегодня", "Дан ответ")
    await taps(ruslan, "📥 Ответ", "Ответ: № № 12-3, 24 ноября")
    shown = [one["kind"] for one in await ruslan.messages() if one["sender"]["is_bot"]]
    assert shown.count("photo") == 3


async def test_the_letter_is_a_document_in_the_chosen_language(stage: Stage, ids: Ids) -> None:
    darkhan = await drafts(stage, ids)
    await taps(darkhan, "Хат: қазақ", "Бәрі дұрыс па?")
    await taps(darkhan, "✅ Сауал жасау", "№ САУ-САР-2026-0001")
    await taps(darkhan, "📄 Хат файлы", "сауалдың хаты")
    files = [one["file"]["name"] for one in await darkhan.messages() if one.get("file")]
    assert files == ["САУ-САР-2026-0001-ru.docx"]


async def test_reminders_come_until_the_answer(stage: Stage, ids: Ids) -> None:
    darkhan = await sends(stage, ids)
    await stage.database.write(reminding.void, ids.request)  # the request reminds by itself, too
    await stage.move(NOW.replace(month=12, day=17) - stage.clock.now())
    reminder = await darkhan.wait_for("Еске салу: сауалға жауап")
    assert reminder["text"].splitlines() == [
        "⏰ Еске салу: сауалға жауап",
        "📄 № САУ-САР-2026-0001",
        "Жарықтандыру · Жылға ауылы",
        "Кімге: Сарыағаш аудандық тұрғын үй бөлімі",
        "Жауап мерзімі: 24 желтоқсан, бейсенбі · 7 күн қалды",
        "Жауап келді ме?",
    ]
    await stage.move(NOW.replace(month=12, day=29) - stage.clock.now())
    await darkhan.wait_for("Жауап кешігіп жатыр")
    listed = await says(darkhan, "/inquiries", "Депутаттық сауалдар")
    assert any("5 күн кешікті" in label for label in darkhan.labels(listed))
    await taps(darkhan, "📥 Жауап енгізу", "(1/3)")
    await says(darkhan, "Орнатылды", "(2/3)")
    await taps(darkhan, "Өткізіп жіберу", "(3/3)")
    await taps(darkhan, "Бүгін: 29 желтоқсан", "✅ Жауап сақталды")
    seen = len(await darkhan.messages())
    await stage.move(timedelta(days=10))
    assert len(await darkhan.messages()) == seen


async def test_the_secretary_keeps_the_answer_and_the_author_learns_of_it(
    stage: Stage, ids: Ids
) -> None:
    moldir = await meets(stage, MOLDIR)
    darkhan = await sends(stage, ids)
    listed = await says(moldir, "/inquiries", "Депутаттық сауалдар")
    assert "• Филиал сауалдары (1)" in moldir.labels(listed)
    card = await taps(moldir, "САУ-САР-2026-0001", "Сауал авторы: Оразов Дархан")
    assert "🔁 Қайталама сауал" not in moldir.labels(card)
    await taps(moldir, "📥 Жауап енгізу", "(1/3)")
    await moldir.send_document("жауап.pdf", caption="Шам орнатылды")
    await moldir.wait_for("(2/3)")
    await taps(moldir, "Өткізіп жіберу", "(3/3)")
    await taps(moldir, "Бүгін", "✅ Жауап сақталды")
    told = await darkhan.wait_for("Жандосова Мөлдір сауалыңыздың күйін өзгертті")
    assert "Шам орнатылды" not in told["text"]
    await taps(darkhan, "Сауалды ашу", "✅ Жауап берілді")
    await taps(moldir, "Сауалды жабу", "✅ Жабылды")


async def test_the_request_remembers_its_inquiry(stage: Stage, ids: Ids) -> None:
    darkhan = await meets(stage, DARKHAN)
    await says(darkhan, "/inquiry", "(1/3)")
    await taps(darkhan, "тұрғын үй бөлімі", "Сауал не туралы?")
    await says(darkhan, "Жарық", "Сауалдың мәтінін жазыңыз.")
    await says(darkhan, "Шам неге жанбайды?", "(3/3)")
    await taps(darkhan, "📝 Өтініштер: 0", "Сауал қай өтініштерден жасалады?")
    await taps(darkhan, "☐ САР-2026-0001", "📝")
    check = await taps(darkhan, "Дайын: 1", "(3/3)")
    assert "Шам неге жанбайды?" in check["text"]
    assert "Жылға ауылында көше шамы жанбайды" in check["text"]
    await taps(darkhan, "✅ Сауал жасау", "Өтініштер: САР-2026-0001")
    kinds = select(request_history.c.kind).where(request_history.c.request_id == ids.request)
    assert [row["kind"] for row in await rows(stage, kinds)] == ["registered", "inquiry_made"]


async def test_a_digest_speaks_of_an_answer_and_of_a_roadmap_item(stage: Stage, ids: Ids) -> None:
    item = NewRoadmapItem(
        number="4.12",
        branch_id=world.SARYAGASH,
        direction_kk="Спорт",
        direction_ru="Спорт",
        title_kk="Спорт кешенін салу",
        title_ru="Построить спортивный комплекс",
        executor_id=DARKHAN - 1000,
        deadline=date(2026, 12, 24),
    )
    await stage.database.write(roadmap.add, item, NOW, ZONE)
    darkhan = await sends(stage, ids)
    await stage.database.write(reminding.void, ids.request)  # the request reminds by itself, too
    # Both have a rung on the 17th: a week before, and five working days before.
    await stage.move(NOW.replace(month=12, day=17) - stage.clock.now())
    digest = await darkhan.wait_for("Еске салу: 2")
    assert "№ 4.12 Спорт кешенін салу · 7 күн қалды" in digest["text"]
    assert "📄 САУ-САР-2026-0001 Жарықтандыру · Жылға ауылы · 7 күн қалды" in digest["text"]
    assert {"Барлық тармақтарым", "Барлық сауалдарым"} <= set(darkhan.labels(digest))
    await taps(darkhan, "📄 САУ-САР-2026-0001", "⏳ Жолданды, жауап күтілуде")


@pytest.mark.parametrize(
    ("language", "kept_text", "subject", "check"),
    [
        ("kk", "📄 Сіздің мәтініңіз: Мектептің", "Сауал не туралы?", "Бәрі дұрыс па?"),
        ("ru", "📄 Ваш текст: Мектептің", "О чём запрос?", "Всё верно?"),
    ],
)
async def test_words_behind_the_command_are_the_text(
    stage: Stage, ids: Ids, language: str, kept_text: str, subject: str, check: str
) -> None:
    darkhan = await meets(stage, DARKHAN, language)
    await says(darkhan, "/inquiry Мектептің шатыры қашан жөнделеді?", kept_text)
    await taps(darkhan, HOUSING["name_ru" if language == "ru" else "name_kk"], subject)
    shown = await says(darkhan, "Мектеп шатыры", check)
    assert "Мектептің шатыры қашан жөнделеді?" in shown["text"]


async def test_an_addressee_that_no_list_has_is_called_as_it_was_typed(
    stage: Stage, ids: Ids
) -> None:
    darkhan, moldir = await meets(stage, DARKHAN), await meets(stage, MOLDIR)
    await says(darkhan, "/inquiry Канал қашан тазаланады?", "📄 Сіздің мәтініңіз")
    await says(darkhan, "Су шаруашылығы бөлімі", "Анықтамалықта мұндай орган жоқ")
    await taps(darkhan, "➕ Тізімде жоқ: Су шаруашылығы бөлімі", "Сауал не туралы?")
    await says(darkhan, "Канал", "Кімге: Су шаруашылығы бөлімі")
    await taps(darkhan, "✅ Сауал жасау", "Су шаруашылығы бөлімі")
    await moldir.wait_for("🆕 Анықтамалықта жоқ орган: Су шаруашылығы бөлімі")
    opened = await taps(moldir, "🏛 Органды қарау", "🆕 Депутат оған хат жолдады")
    stale = data_of(opened, "✅ Анықтамалыққа қосу")
    await moldir.tap("✅ Анықтамалыққа қосу")
    await moldir.tap_data(opened["message_id"], stale)
    assert moldir.alert
    await says(moldir, "/setup", "баптаулары")
    listed = await taps(moldir, "🏛 Органдар анықтамалығы", "Органдар анықтамалығы")
    assert any("🏛 Су шаруашылығы" in label for label in moldir.labels(listed))
