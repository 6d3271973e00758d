"""Reading roadmaps of three builds: headings, merged cells, several sheets, what is wrong."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from handlers.papers.failing import UnreadableError, Why
from handlers.roadmap_books import reading
from handlers.roadmap_books.headings import field_of
from handlers.roadmap_books.reading import Read
from storage.roadmap import State, Term
from tests.handlers.papers.workbook_making import LOCKED, book
from tests.handlers.roadmap_books import made

HEAD = ["№", "Іс-шара атауы", "Мерзімі", "Жауапты"]


def read(content: bytes, given: Mapping[str, str] | None = None) -> Read:
    return reading.read(reading.opened(content), given or {}, 2026)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("№ р/с", "number"),
        ("№ п/п", "number"),
        ("Реттік нөмірі", "number"),
        ("Бағыт атауы", "direction"),
        ("Наименование раздела", "direction"),
        ("Іс-шара атауы", "title"),
        ("Наименование мероприятия", "title"),
        ("Пункт (на русском языке)", "title_ru"),
        ("Тармақ (қаз.)", "title_kk"),
        ("Аяқталу нысаны", "completion"),
        ("Форма завершения", "completion"),
        ("Орындау мерзімі", "deadline"),
        ("Срок исполнения", "deadline"),
        ("Жауапты орындаушылар", "body"),
        ("Ответственные исполнители", "body"),
        ("Орындаушы", "executor"),
        ("Соисполнители", "co_executors"),
        ("Жетекшілік ететін депутат", "curators"),
        ("Индикатор атауы", "indicator"),
        ("Өлшем бірлігі", None),
        ("2026 жылға жоспар", None),
        ("Орындалу %", None),
        ("Нысан", "object"),
        ("Аудан", "territory"),
        ("Қаржыландыру көзі", "funding"),
        ("Статус", "state"),
        ("Ескертпе", None),
        ("", None),
    ],
)
def test_what_a_heading_means(heading: str, field: str | None) -> None:
    assert field_of(heading) == field


def test_a_kazakh_roadmap_with_sections() -> None:
    found = read(made.kazakh())
    assert found.problems == ()
    first, second, third = found.rows
    assert (first.number, first.title_kk, first.title_ru) == ("1.1", "Ипподром салу", None)
    assert (first.direction_kk, first.territory) == ("Бұқаралық спорт", "Сарыағаш ауданы")
    assert (first.deadline, first.term) == (date(2026, 12, 31), Term.QUARTER)
    assert (second.deadline, second.deadline_text) == (date(2027, 12, 31), "2025–2027 жж.")
    assert (third.direction_kk, third.deadline_text) == ("Білім беру", "желі бойынша")
    assert (third.body, third.completion_kk, third.row) == ("Білім басқармасы", "Акт", 9)


def test_a_russian_roadmap_of_two_sheets_that_count_anew() -> None:
    opened = reading.opened(made.russian())
    assert [table.sheet.title for table in opened.tables] == ["Спорт", "Школы"]
    assert opened.tables[0].first == 3
    assert opened.tables[0].headings[6] == "2027"
    found = read(made.russian())
    assert found.problems == ()
    assert [one.number for one in found.rows] == ["1.1", "1.2", "2.1"]
    assert [one.direction_ru for one in found.rows] == ["Массовый спорт"] * 2 + ["Образование"]
    days = [(one.deadline.isoformat(), one.term) for one in found.rows]
    assert days == [
        ("2026-12-31", Term.DATE),
        ("2026-12-31", Term.YEARLY),
        ("2026-06-25", Term.DATE),
    ]
    assert found.rows[0].title_ru == "Построить ипподром"


def test_a_mixed_roadmap_with_ids_of_its_own() -> None:
    opened = reading.opened(made.mixed())
    assert (opened.hidden, opened.others) == (("Құпия",), ("Қоймадағы",))
    found = read(made.mixed())
    assert found.problems == ()
    one, other = found.rows
    assert (one.external_id, one.number, one.executor) == ("X-1", "5.1", "Ли Виктория")
    assert (one.title_kk, one.title_ru) == ("Жол салу", "Построить дорогу")
    assert (one.deadline, one.term) == (date(2026, 9, 30), Term.QUARTER)
    assert (one.co_executors, one.curators) == (
        "Оразов Дархан; Автожол басқармасы",
        "Жандосова Мөлдір",
    )
    assert (one.indicator, other.indicator) == ("Жол сапасы", None)
    # A program took the number for a day.
    assert (other.external_id, other.number) == ("X-2", "5.2")


def test_a_column_is_what_the_person_says_it_is() -> None:
    content = made.kazakh()
    without = read(content, {"0:4": ""})
    assert {one.body for one in without.rows} == {None}
    as_object = read(content, {"0:4": "object"})
    assert as_object.rows[0].object == "Спорт басқармасы"
    nothing = read(content, {"0:1": ""})
    assert [(one.field, one.reason) for one in nothing.problems] == [("title", "no_column")]
    assert nothing.rows == ()


@pytest.mark.parametrize(
    ("line", "field", "reason"),
    [
        (["1", "Жол салу", "кейінірек", "Б"], "deadline", "no_day"),
        (["1", "Жол салу", None, "Б"], "deadline", "required"),
        (["1", None, "2026 жыл", "Б"], "title", "required"),
        ([None, "Жол салу", "2026 жыл", "Б"], "number", "required"),
        (["1", "=A1", "2026 жыл", "Б"], "title", "formula"),
        (["1", "Жол салу", "#REF!", "Б"], "deadline", "error"),
        (["1", True, "2026 жыл", "Б"], "title", "no_text"),
    ],
)
def test_what_is_wrong_is_told_by_its_cell(line: list[Any], field: str, reason: str) -> None:
    found = read(book({"Жол": [HEAD, ["0", "Дұрыс жол", "2026 жыл", "Б"], line]}))
    assert [(one.sheet, one.row, one.field, one.reason) for one in found.problems] == [
        ("Жол", 3, field, reason)
    ]
    assert [one.number for one in found.rows] == ["0"]


def test_a_state_is_read_by_its_word_in_any_language() -> None:
    rows = [[*HEAD, "Статус"], ["1", "Жол", "2026", "Б", "Done and reported"]]
    assert read(book({"Жол": rows})).rows[0].state is State.DONE
    rows[1][4] = "қайдам"
    assert [one.reason for one in read(book({"Жол": rows})).problems] == ["no_choice"]


@pytest.mark.parametrize(("content", "why"), [(LOCKED, Why.ENCRYPTED), (b"a;b;c", Why.NO_WORKBOOK)])
def test_what_cannot_be_opened(content: bytes, why: Why) -> None:
    with pytest.raises(UnreadableError) as wrong:
        reading.opened(content)
    assert wrong.value.why is why


def test_a_file_without_a_roadmap_has_no_tables() -> None:
    indicators = ["№", "Индикатор атауы", "Өлшем бірлігі", "Жауапты"]
    assert reading.opened(book({"A": [indicators, [1, "Қамту", "%", "Б"]]})).tables == ()
    assert reading.opened(book({"A": [["тек", "мәтін"], [1, 2]]})).tables == ()
