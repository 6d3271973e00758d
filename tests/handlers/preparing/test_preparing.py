"""Stories of preparing a question: the screen, the reference, the report; in kk and ru."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from handlers.papers import docx
from handlers.preparing.callbacks import Question, QuestionFile
from storage import people
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.handlers.meetings.test_exchange import has_it_sent
from tests.handlers.requests.test_books import comes
from tests.handlers.talking import meets, sends, taps
from tests.storage.preparing.given import REASON, everything
from tests.world import SARYAGASH

TODAY = NOW.astimezone(ZONE).date()
SECRETARY, HEAD, DEPUTY = 1002, 1007, 1003
WORDS = {
    "kk": {
        "which": "Мәселені дайындау",
        "sport": "Бұқаралық спорт",
        "short": (
            "Индикаторлар: 1",
            "Спортпен айналысатындар үлесі: жоспардан қалды",
            "Жол картасының тармақтары: 2",
            "Мерзімі өткені: 1",
            f"Себебі: {REASON}",
            "Ипподром құрылысы: салынып жатыр, 55 %",
            "Орындалмаған тапсырмалар: 1",
        ),
        "paper": "📄 Анықтама (DOCX)",
        "head": "АНЫҚТАМА",
        "figure": "2026 ж. қаңтар–қыркүйек: 41,6 %, жоспары: 41,7 %; орындалуы: 99,8 %",
        "task": "Спорт секцияларын қамту туралы есеп беру",
        "book": "📊 Есеп (XLSX)",
        "quarter": "2026 жылғы IV тоқсан",
        "report": "📄 Есеп (DOCX)",
        "title": "ЖОЛ КАРТАСЫНЫҢ ОРЫНДАЛУ БАРЫСЫ ТУРАЛЫ ЕСЕП",
    },
    "ru": {
        "which": "Подготовка вопроса",
        "sport": "Массовый спорт",
        "short": (
            "Индикаторы: 1",
            "Доля занимающихся спортом: отстаёт",
            "Пункты дорожной карты: 2",
            "Просрочено: 1",
            f"Причина: {REASON}",
            "Строительство ипподрома: строится, 55 %",
            "Неисполненные поручения: 1",
        ),
        "paper": "📄 Справка (DOCX)",
        "head": "СПРАВКА",
        "figure": "январь–сентябрь 2026 г.: 41,6 %, план: 41,7 %; исполнение: 99,8 %",
        "task": "Отчитаться об охвате спортивными секциями",
        "book": "📊 Отчёт (XLSX)",
        "quarter": "IV квартал 2026 года",
        "report": "📄 Отчёт (DOCX)",
        "title": "ОТЧЁТ О ХОДЕ ИСПОЛНЕНИЯ ДОРОЖНОЙ КАРТЫ",
    },
}


async def given(stage: Stage) -> None:
    secretary = await stage.database.read(people.actor_of, SECRETARY, TODAY)
    head = await stage.database.read(people.actor_of, HEAD, TODAY)
    assert secretary is not None
    assert head is not None
    await stage.database.write(everything, secretary, head, SARYAGASH)


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_the_secretary_prepares_a_question(stage: Stage, language: str) -> None:
    await given(stage)
    say = WORDS[language]
    secretary = await meets(stage, SECRETARY, language)
    asked = await sends(secretary, "/prepare", str(say["which"]))
    await secretary.tap(str(say["sport"]), asked)  # a reminder may name it, too
    screen = await secretary.wait_for(f"📋 {say['sport']}")
    for line in say["short"]:
        assert line in screen["text"]
    await taps(secretary, str(say["paper"]), f"📋 {say['sport']}")
    await comes(secretary, "document", 1)
    name, content = await has_it_sent(stage, secretary)
    assert name.endswith(f"{say['sport']} 2026-11-24.docx")
    text = docx.text(content)
    for part in (say["head"], say["figure"], REASON, say["task"]):
        assert str(part) in text
    await secretary.tap(str(say["book"]))
    await comes(secretary, "document", 2)
    _, content = await has_it_sent(stage, secretary)
    book = load_workbook(BytesIO(content))
    assert book.sheetnames[0] == say["quarter"]
    values = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {"1.1", REASON, 41.6, 55} <= set(values)
    await secretary.tap(str(say["report"]))
    await comes(secretary, "document", 3)
    _, content = await has_it_sent(stage, secretary)
    assert str(say["title"]) in docx.text(content)


async def test_what_is_out_of_reach_is_prepared_by_nobody(stage: Stage) -> None:
    await given(stage)
    secretary, deputy = await meets(stage, SECRETARY), await meets(stage, DEPUTY)
    message = (await secretary.wait_for("🏠"))["message_id"]
    for data in (
        Question(branch=3),
        Question(direction="deadbeef"),
        QuestionFile(form="book", branch=1),
    ):
        await secretary.tap_data(message, data.pack())
        assert secretary.toast
    message = (await deputy.wait_for("🏠"))["message_id"]
    await deputy.tap_data(message, QuestionFile(form="question").pack())
    await secretary.tap_data(message, "pqfile:virus::0")
    for person in (secretary, deputy):
        assert "document" not in [one["kind"] for one in await person.messages()]
