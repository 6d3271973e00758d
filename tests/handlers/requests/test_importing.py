"""Stories of a list of requests that comes as a workbook."""

from io import BytesIO

from openpyxl import load_workbook
from sqlalchemy import func, select

from bot.simulator.client import Person
from storage.tables import voter_requests
from tests.handlers.conftest import Stage
from tests.handlers.meetings.test_exchange import has_it_sent
from tests.handlers.papers import workbook_making as making
from tests.handlers.requests.test_books import comes
from tests.handlers.requests.test_requests import DEPUTY, OTHER_DEPUTY, kept, registered, rows, tap

HEAD = ["Тізімдегі нөмірі *", "Мәтіні *", "Санаты *", "Орны", "Түрі"]
LAMP: list[str | None] = ["A-1", "=Көше шамы жанбайды", "Жарықтандыру", "Жылға ауылы", "Шағым"]
ROAD: list[str | None] = ["A-2", "Жол бұзылған", "roads", None, None]


async def test_a_form_is_filled_in_and_registered_once(stage: Stage) -> None:
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.send("/requests")
    await tap(deputy, "📊 Excel")
    await tap(deputy, "📄 Толтыратын үлгі")
    await comes(deputy, "document", 1)
    name, content = await has_it_sent(stage, deputy)
    assert name == "Өтініштер үлгісі.xlsx"
    form = load_workbook(BytesIO(content))
    sheet = form["Өтініштер"]
    places = {cell.value: cell.column for cell in sheet[1]}
    for number, line in enumerate((LAMP, ROAD), start=2):
        for heading, value in zip(HEAD, line, strict=True):
            cell = sheet.cell(number, places.get(heading) or places[heading.rstrip(" *")])
            cell.value = value
            if value:
                cell.data_type = "s"
    filled = BytesIO()
    form.save(filled)
    await tap(deputy, "‹ Артқа")
    await tap(deputy, "📥 Толтырылған үлгіні жіберу")
    await deputy.wait_for("файл етіп жіберіңіз")
    await deputy.send_document("Тізім.xlsx", filled.getvalue())
    await deputy.wait_for("Жаңа өтініштер саны: 2")
    assert await kept(stage) == [], "nothing before it is confirmed"
    await tap(deputy, "✅ Тіркеу")
    await deputy.wait_for("Тіркелген өтініштер саны: 2")
    found = await kept(stage)
    assert [(one["number"], one["external_id"], one["category"]) for one in found] == [
        ("САР-2026-0001", "A-1", "lighting"),
        ("САР-2026-0002", "A-2", "roads"),
    ]
    assert (found[0]["text"], found[0]["kind"]) == ("=Көше шамы жанбайды", "complaint")
    assert all(one["code_hash"] for one in found), "their voters may follow them, too"

    await deputy.send("/requests")
    await tap(deputy, "📊 Excel")
    await tap(deputy, "📥 Толтырылған үлгіні жіберу")
    await deputy.wait_for("файл етіп жіберіңіз")
    await deputy.send_document("Тізім.xlsx", filled.getvalue())
    await deputy.wait_for("Бұрын тіркелген, өзгермейді: 2")
    assert len(await kept(stage)) == 2


async def test_what_is_wrong_is_said_cell_by_cell_and_nothing_is_registered(stage: Stage) -> None:
    deputy = stage.person(OTHER_DEPUTY)
    await deputy.start()
    await deputy.send("/requests")
    await tap(deputy, "📊 Excel")
    await tap(deputy, "📥 Прислать заполненный бланк")
    await deputy.wait_for("Пришлите заполненный бланк обращений файлом")
    await deputy.send_document("Список.xlsx", b"no workbook at all")
    await deputy.wait_for("XLSX")
    head = ["Номер в Вашем списке", "Текст", "Категория", "Филиал", "Депутат", "Цвет"]
    lines = [
        ["1", "Фонарь", "Полёты", None, None, None],
        ["2", "=1+1", "Освещение", None, None, None],
        ["3", "Фонарь", "Освещение", "САР", None, None],
        ["4", "Фонарь", "Освещение", None, "Никто Такой", None],
        ["5", "Фонарь", "Освещение", None, None, "синий"],
        ["5", "Фонарь", "Освещение", None, None, None],
    ]
    await deputy.send_document("Список.xlsx", making.book({"Обращения": [head, *lines]}))
    seen = await deputy.wait_for("Ошибок в бланке: 5")
    for words in (
        "Строка 2, «Категория»: Такой категории нет: Полёты",
        "Строка 3, «Текст»",
        "Строка 4, «Филиал»",
        "Строка 5, «Депутат»: В филиале нет такого депутата: Никто Такой",
        "Строка 7, «Номер в Вашем списке»: Такой же номер есть в другой строке: 5",
        "Не прочитаны столбцы: Цвет",
    ):
        assert words in seen["text"]
    assert not any("✅" in label for label in deputy.labels(seen))
    count = select(func.count().label("n")).select_from(voter_requests)
    assert (await rows(stage, count))[0]["n"] == 0


async def test_voters_of_a_list_come_with_their_consent_and_the_list_may_come_again(
    stage: Stage,
) -> None:
    deputy = stage.person(OTHER_DEPUTY)
    await deputy.start()
    head = [
        "Номер в Вашем списке", "Текст", "Категория", "Дата регистрации", "Имя заявителя",
        "Телефон", "Согласие дано", "Вид согласия",
    ]  # fmt: skip
    line = [
        "7", "Не горит фонарь", "Освещение", "16.11.2026", "Гульнар Асанова",
        "8 701 123 45 67", "16.11.2026", "на бумаге",
    ]  # fmt: skip
    await _sends(deputy, making.book({"Обращения": [head, [*line[:6], None, None]]}))
    seen = await deputy.wait_for("Ошибок в бланке: 1")
    assert "«Согласие дано»: Имя, телефон, адрес и ИИН хранятся только" in seen["text"]
    await deputy.send_document("Список.xlsx", making.book({"Обращения": [head, line]}))
    seen = await deputy.wait_for("С контактами: 1")
    assert "согласились" in seen["text"]
    assert "123 45" not in seen["text"]
    await tap(deputy, "✅ Зарегистрировать")
    await deputy.wait_for("Зарегистрировано обращений: 1")

    line[2] = "roads"
    await _sends(deputy, making.book({"Обращения": [head, line]}))
    seen = await deputy.wait_for("в файле записано иначе: 1")
    assert "№ ОРД-2026-0001: «Категория»" in seen["text"]
    await tap(deputy, "✅ Зарегистрировать")
    await deputy.wait_for("Изменено: 1")
    assert [one["category"] for one in await kept(stage)] == ["roads"]


async def test_a_workbook_that_was_sent_out_comes_back_and_changes_nothing(stage: Stage) -> None:
    await registered(stage)
    deputy = stage.person(DEPUTY)
    await deputy.send("/requests")
    await tap(deputy, "📊 Excel")
    await tap(deputy, "📤 Байланыс деректерінсіз")
    await comes(deputy, "document", 1)
    _, content = await has_it_sent(stage, deputy)
    await tap(deputy, "‹ Артқа")
    await tap(deputy, "📥 Толтырылған үлгіні жіберу")
    await deputy.wait_for("файл етіп жіберіңіз")
    await deputy.send_document("Өтініштер.xlsx", content)
    seen = await deputy.wait_for("Бұрын тіркелген, өзгермейді: 1")
    assert "Жаңа өтініштер саны: 0" in seen["text"]
    assert not any("✅" in label for label in deputy.labels(seen))


async def _sends(deputy: Person, content: bytes) -> None:
    await deputy.send("/requests")
    await tap(deputy, "📊 Excel")
    await tap(deputy, "📥 Прислать заполненный бланк")
    await deputy.wait_for("Пришлите заполненный бланк обращений файлом")
    await deputy.send_document("Список.xlsx", content)
