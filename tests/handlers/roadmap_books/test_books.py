"""Stories of roadmaps in workbooks: columns confirmed, lines looked at, brought, sent, brought."""

from functools import partial
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import Connection, select

from handlers.roadmap_books import form, reading
from handlers.roadmap_books.callbacks import BringAll, ColumnOf, SetBranch, SetColumn
from storage import people
from storage.roadmap_books import bringing, checking, exporting
from storage.tables import control_items
from tests.conftest import NOW, ZONE
from tests.costs import grows_evenly
from tests.handlers.conftest import Stage
from tests.handlers.meetings.test_exchange import has_it_sent
from tests.handlers.papers.workbook_making import book
from tests.handlers.requests.test_books import comes
from tests.handlers.roadmap_books import made
from tests.handlers.talking import data_of, meets, sends, taps
from tests.world import SARYAGASH

TODAY = NOW.astimezone(ZONE).date()
SECRETARY, DEPUTY = 1002, 1003
WORDS = {
    "kk": {
        "menu": "Жол картасы Excel-де",
        "bring": "📥 Жол картасын жүктеу",
        "send": "Жол картасын файл етіп жіберіңіз",
        "columns": "Бағандар дұрыс танылды ма?",
        "column": "Іс-шара атауы → Тармақ атауы",
        "look": "Жолдарды қарау ›",
        "counted": "Жаңа: 3, өзгереді: 0, өзгеріссіз: 0",
        "line": "➕ № 1.1 Ипподром салу · 31 желтоқсан · Спорт басқармасы",
        "all": "✅ Бәрін жүктеу (жол саны: 3)",
        "done": "✅ Жүктелді: жаңа 3, өзгергені 0",
        "out": "📤 Жол картасын алу",
        "file": "✅ Файлдағы тармақтар: 3",
        "same": "Жаңа: 0, өзгереді: 0, өзгеріссіз: 3",
        "one": "Жаңа: 0, өзгереді: 1, өзгеріссіз: 2",
        "change": "✏️ № 1.2 Орындау мерзімі: 2027 ж. 31 желтоқсан → 30 маусым",
        "only": "✅ Бәрін жүктеу (жол саны: 1)",
        "changed": "✅ Жүктелді: жаңа 0, өзгергені 1",
    },
    "ru": {
        "menu": "Дорожная карта в Excel",
        "bring": "📥 Загрузить дорожную карту",
        "send": "Пришлите дорожную карту файлом",
        "columns": "Столбцы распознаны верно?",
        "column": "Іс-шара атауы → Название пункта",
        "look": "Посмотреть строки ›",
        "counted": "Новых: 3, изменится: 0, без изменений: 0",
        "line": "➕ № 1.1 Ипподром салу · 31 декабря · Спорт басқармасы",
        "all": "✅ Загрузить всё (строк: 3)",
        "done": "✅ Загружено: новых 3, изменено 0",
        "out": "📤 Получить дорожную карту",
        "file": "✅ Пунктов в файле: 3",
        "same": "Новых: 0, изменится: 0, без изменений: 3",
        "one": "Новых: 0, изменится: 1, без изменений: 2",
        "change": "✏️ № 1.2 Срок исполнения: 31 декабря 2027 г. → 30 июня",
        "only": "✅ Загрузить всё (строк: 1)",
        "changed": "✅ Загружено: новых 0, изменено 1",
    },
}


async def kept(stage: Stage) -> list[tuple[Any, ...]]:
    columns = select(control_items.c.number, control_items.c.deadline)
    query = columns.order_by(control_items.c.id)
    return [tuple(row) for row in await stage.database.read(lambda tx: tx.execute(query).all())]


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_roadmap_is_brought_sent_and_brought_again(stage: Stage, language: str) -> None:
    say = WORDS[language]
    secretary = await meets(stage, SECRETARY, language)
    await sends(secretary, "/books", say["menu"])
    await taps(secretary, say["bring"], say["send"])
    await secretary.send_document("жол.xlsx", data=made.kazakh())
    shown = await secretary.wait_for(say["columns"])
    assert any(say["column"] in label for label in secretary.labels(shown))
    shown = await taps(secretary, say["look"], say["counted"])
    assert say["line"] in shown["text"]
    assert await kept(stage) == []
    old = data_of(shown, say["all"])
    await taps(secretary, say["all"], say["done"])
    assert [number for number, _ in await kept(stage)] == ["1.1", "1.2", "2.1"]
    await secretary.tap_data(shown["message_id"], old)
    assert len(await kept(stage)) == 3, "brought once"

    await sends(secretary, "/books", say["menu"])
    await taps(secretary, say["out"], say["file"])
    await comes(secretary, "document", 2)
    _, content = await has_it_sent(stage, secretary)
    for change, seen in ((None, say["same"]), ("30.06.2026", say["one"])):
        workbook = load_workbook(BytesIO(content))
        if change:
            sheet = workbook.worksheets[0]
            [cell] = [c for row in sheet.iter_rows() for c in row if c.value == "2025–2027 жж."]
            cell.value = change
        changed = BytesIO()
        workbook.save(changed)
        await sends(secretary, "/books", say["menu"])
        await taps(secretary, say["bring"], say["send"])
        await secretary.send_document("жол.xlsx", data=changed.getvalue())
        await secretary.wait_for(say["columns"])
        shown = await taps(secretary, say["look"], seen)
    assert say["change"] in shown["text"]
    await taps(secretary, say["only"], say["changed"])
    assert (await kept(stage))[1][1].isoformat() == "2026-06-30"


async def test_mistakes_are_told_by_cell_and_nothing_is_brought(stage: Stage) -> None:
    secretary = await meets(stage, SECRETARY)
    await sends(secretary, "/books", "Жол картасы Excel-де")
    await taps(secretary, "📥 Жол картасын жүктеу", "файл етіп жіберіңіз")
    await sends(secretary, "міне", "Мұнда файл керек")
    await secretary.send_document("жол.xlsx", data=book({"A": [["тек", "мәтін"]]}))
    await secretary.wait_for("баған атаулары табылмады")
    head = ["№", "Іс-шара атауы", "Мерзімі", "Жауапты"]
    rows = [head, ["1", "Жол", "кейінірек", "Б"], ["1", "Су", "2026 жыл", "Б"]]
    rows.append(["1", "Газ", "2026 жыл", "Б"])
    await secretary.send_document("жол.xlsx", data=book({"Жол": rows}))
    await secretary.wait_for("Бағандар дұрыс танылды ма?")
    shown = await taps(secretary, "Жолдарды қарау ›", "⚠️ Қателер: 2")
    assert "Жол, 2-жол, «Орындау мерзімі»: Бұл күн емес: кейінірек" in shown["text"]
    assert "Жол, 4-жол, «Тармақ идентификаторы»" in shown["text"]
    assert not any("Бәрін жүктеу" in label for label in secretary.labels(shown))
    await secretary.tap_data(shown["message_id"], BringAll(seal="0" * 16).pack())
    assert await kept(stage) == []


async def test_a_column_is_chosen_anew_and_forged_ones_change_nothing(stage: Stage) -> None:
    secretary, deputy = await meets(stage, SECRETARY), await meets(stage, DEPUTY)
    await sends(secretary, "/books", "Жол картасы Excel-де")
    await taps(secretary, "📥 Жол картасын жүктеу", "файл етіп жіберіңіз")
    await secretary.send_document("жол.xlsx", data=made.kazakh())
    shown = await secretary.wait_for("Бағандар дұрыс танылды ма?")
    await taps(secretary, "Жауаптылар → Жауапты орган", "«Жауаптылар» бағанында не бар?")
    shown = await taps(secretary, "Нысаны", "Бағандар дұрыс танылды ма?")
    assert any("Жауаптылар → Нысаны" in label for label in secretary.labels(shown))
    for data in (
        SetColumn(table=9, place=1, field="object"),
        SetColumn(table=0, place=1, field="virus"),
        ColumnOf(table=0, place=99),
        SetBranch(branch=3),
    ):
        await secretary.tap_data(shown["message_id"], data.pack())
    await taps(secretary, "Жолдарды қарау ›", "Жаңа: 3")
    await taps(secretary, "✅ Бәрін жүктеу", "✅ Жүктелді: жаңа 3")
    query = select(control_items.c.object, control_items.c.body, control_items.c.branch_id)
    rows = await stage.database.read(lambda tx: tx.execute(query).all())
    assert {(row.body, row.branch_id) for row in rows} == {(None, SARYAGASH)}
    assert rows[0].object == "Спорт басқармасы"
    message = (await deputy.wait_for("🏠"))["message_id"]
    for broken in ("rball:0", "rbexp", "rbsend", "rbset:0:0:title"):
        await deputy.tap_data(message, broken)
    assert len(await kept(stage)) == 3


async def test_all_three_builds_come_back_as_they_were_sent(stage: Stage) -> None:
    secretary = await stage.database.read(people.actor_of, SECRETARY, TODAY)
    assert secretary is not None
    for build in (made.kazakh, made.russian, made.mixed):
        await stage.database.write(lambda tx: tx.execute(control_items.delete()))
        rows = reading.read(reading.opened(build()), {}, 2026).rows
        seen = await stage.database.read(checking.check, secretary, rows, SARYAGASH, TODAY)
        assert not seen.problems
        given = (rows, SARYAGASH, seen.seal, NOW, ZONE)
        await stage.database.write(bringing.bring, secretary, *given)
        sent = [await stage.database.read(exporting.export, secretary)]
        for language in ("kk", "ru"):
            content = form.workbook(language, sent[0].rows, NOW)
            back = reading.read(reading.opened(content), {}, 2026)
            assert back.problems == ()
            again = await stage.database.read(
                checking.check, secretary, back.rows, SARYAGASH, TODAY
            )
            assert (again.new, again.changed, again.same) == ((), (), len(rows))


async def test_many_lines_cost_what_their_number_says(stage: Stage) -> None:
    secretary = await stage.database.read(people.actor_of, SECRETARY, TODAY)
    assert secretary is not None
    files = {number: made.lines(number) for number in (250, 2000)}

    def looked_at(tx: Connection, number: int) -> None:
        rows = reading.read(reading.opened(files[number]), {}, 2026).rows
        seen = checking.check(tx, secretary, rows, SARYAGASH, TODAY)
        assert (len(seen.new), seen.problems) == (number, ())

    def even(tx: Connection) -> bool:
        return grows_evenly(partial(looked_at, tx), 2000)

    assert await stage.database.read(even)
