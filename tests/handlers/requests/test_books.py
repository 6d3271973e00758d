"""Stories of the list as a workbook and of the monthly report, in both languages."""

import asyncio
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from bot.simulator.client import Person
from storage import people
from storage.tables import audit
from tests.handlers.conftest import Stage
from tests.handlers.meetings.test_exchange import has_it_sent
from tests.handlers.requests.test_requests import DEPUTY, OTHER_DEPUTY, registered, rows, tap

RISKY = '=HYPERLINK("http://x.test";"Жарық") көше шамы жанбайды'


async def comes(person: Person, kind: str, count: int) -> None:
    """Wait until the chat has so many messages of a kind: files follow the screen."""
    for _ in range(200):
        if [message["kind"] for message in await person.messages()].count(kind) == count:
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"not {count} of {kind}")


async def test_the_list_is_sent_masked_and_with_contacts_only_by_a_recorded_choice(
    stage: Stage,
) -> None:
    number = await registered(stage, RISKY)
    deputy = stage.person(DEPUTY)
    await tap(deputy, "✏️ Байланыс")
    await deputy.wait_for("Жауап кімге беріледі?")
    await deputy.send("Гүлнар Асанова, 8 701 123 45 67")
    await tap(deputy, "Өтініш беруші келіседі")
    await deputy.wait_for("+7 701 *** ** 67")
    await deputy.send("/requests")
    await tap(deputy, "📊 Excel")
    await deputy.wait_for("Телефондар жасырылады")
    await tap(deputy, "📤 Байланыс деректерінсіз")
    await comes(deputy, "document", 1)
    name, content = await has_it_sent(stage, deputy)
    assert name == "Өтініштер 2026-11-24.xlsx"
    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "d"}, "nothing is a formula"
    values = [cell.value for cell in cells]
    assert number in values
    assert RISKY in values
    assert "+7 701 *** ** 67" in values
    assert "Гүлнар" not in str(values)

    await tap(deputy, "‹ Артқа")
    await tap(deputy, "🔒 Байланыс деректерімен")
    await comes(deputy, "document", 2)
    _, content = await has_it_sent(stage, deputy)
    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    given = {cell.value: cell for row in sheet.iter_rows() for cell in row}
    assert given["Гүлнар Асанова"].data_type == "s"
    assert given["+7 701 123 45 67"].data_type == "s"
    trail = await rows(stage, select(audit.c.details).where(audit.c.action == "export_requests"))
    assert [row["details"]["contacts"] for row in trail] == [None, 1]


async def test_the_report_is_a_screen_a_workbook_and_charts(stage: Stage) -> None:
    await registered(stage)
    deputy = stage.person(DEPUTY)
    await deputy.send("/requests")
    await tap(deputy, "📈 Есеп")
    seen = await deputy.wait_for("Өтініштер есебі: 2026 ж. қараша")
    assert "Түскені: 1 (өткен айда: 0)" in seen["text"]
    assert "Жиі түскені: Жарықтандыру – 1" in seen["text"]
    assert "Қалай түсті: Қабылдау – 1" in seen["text"]
    assert not any("›" in label for label in deputy.labels(seen)), "the next month has not begun"
    await tap(deputy, "📈 Диаграммалар")
    await comes(deputy, "photo", 3)
    await tap(deputy, "📄 Excel кестесі")
    await comes(deputy, "document", 1)
    name, content = await has_it_sent(stage, deputy)
    assert name == "Өтініштер есебі 2026-11.xlsx"
    book = load_workbook(BytesIO(content))
    assert book.sheetnames == [
        "Жиынтық",
        "Санаты бойынша",
        "Орны бойынша",
        "Түскен жолы бойынша",
        "Нәтижесі бойынша",
        "Мерзімі өткендері",
    ]
    assert [cell.value for cell in book["Жиынтық"][2]] == ["Түскені", 1, 0]
    await tap(deputy, "‹ 10.2026")
    await deputy.wait_for("2026 ж. қазан")


async def test_the_report_in_russian(stage: Stage) -> None:
    deputy = stage.person(OTHER_DEPUTY)
    await deputy.start()
    await deputy.send("/report")
    seen = await deputy.wait_for("Отчёт по обращениям: ноябрь 2026 г.")
    assert "Поступило: 0 (месяцем ранее: 0)" in seen["text"]
    assert "В срок: – (месяцем ранее: –)" in seen["text"]
    await tap(deputy, "📄 Таблица Excel")
    await comes(deputy, "document", 1)
    name, _ = await has_it_sent(stage, deputy)
    assert name == "Отчёт по обращениям 2026-11.xlsx"


@pytest.mark.parametrize(
    ("language", "door", "heading", "late"),
    [
        ("kk", "⚠️ Мерзімі өткендер: 1", "⚠️ Бүгінге мерзімі өткені: 1", "күн кешікті"),
        ("ru", "⚠️ Просроченные: 1", "⚠️ Просрочено на сегодня: 1", "просрочено на"),
    ],
)
async def test_the_report_leads_to_what_is_overdue(
    stage: Stage, language: str, door: str, heading: str, late: str
) -> None:
    number = await registered(stage)
    deputy = stage.person(DEPUTY)
    await stage.database.write(people.set_language, DEPUTY - 1000, language)
    await stage.move(timedelta(days=40))
    await deputy.send("/report")
    await tap(deputy, door)
    shown = await deputy.wait_for(heading)
    assert any(label.startswith(number) and late in label for label in deputy.labels(shown))
    await deputy.tap(number, shown)
    await deputy.wait_for(f"📝 № {number}")
