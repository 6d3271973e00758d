"""Roadmaps as branches really make them, each built in another way."""

from datetime import datetime
from typing import Any

from openpyxl import Workbook

from tests.handlers.papers.workbook_making import book, from_1904

KAZAKH: list[list[Any]] = [
    ["«Халықпен бірге!» бағдарламасын іске асыру жөніндегі Жол картасы"],
    [None],
    ["Р/с №", "Іс-шара атауы", "Аяқталу нысаны", "Орындау мерзімі", "Жауаптылар", "Аумағы"],
    [1, 2, 3, 4, 5, 6],
    ["1. Бұқаралық спорт"],
    ["1.1", "Ипподром салу", "Акт", "IV тоқсан", "Спорт басқармасы", "Сарыағаш ауданы"],
    ["1.2", "Секциялар ашу", "Ақпарат", "2025–2027 жж.", "Спорт басқармасы", None],
    ["2. Білім беру"],
    ["2.1", "Мектеп жөндеу", "Акт", "желі бойынша", "Білім басқармасы", "САР"],
]
RUSSIAN_HEAD = ["№ п/п", "Раздел", "Мероприятие", "Срок исполнения", "Ответственные", "План"]


def kazakh() -> bytes:
    """One sheet with a title, numbers of columns, and directions over the whole table."""

    def change(made: Workbook) -> None:
        sheet = made.worksheets[0]
        for area in ("A1:F1", "A5:F5", "A8:F8"):
            sheet.merge_cells(area)

    return book({"Жол картасы": KAZAKH}, change)


def russian() -> bytes:
    """Two sheets that both count from one, headings of two lines, a direction over two lines."""
    sport: list[list[Any]] = [
        [*RUSSIAN_HEAD, None],
        [None, None, None, None, None, "2026", "2027"],
        [1, "Массовый спорт", "Построить ипподром", datetime(2026, 12, 31), "Управление", 5, 6],  # noqa: DTZ001
        [2, None, "Открыть секции", "ежегодно", "Управление", 5, 6],
    ]
    schools: list[list[Any]] = [
        RUSSIAN_HEAD,
        [1, "Образование", "Ремонт школы", "до 25.06.2026 г.", "Отдел", 1],
    ]

    def change(made: Workbook) -> None:
        from_1904(made)
        made.worksheets[0].merge_cells("B3:B4")
        made.worksheets[0].merge_cells("F1:G1")

    return book({"Спорт": sport, "Школы": schools}, change)


def mixed() -> bytes:
    """Both languages side by side, ids of its own, headings again, hidden and foreign sheets."""
    head = ["ID", "№", "Тармақ (қазақша)", "Пункт (на русском)", "Срок", "Орындаушы", "Ескертпе"]
    head += ["Бірлесіп орындаушылар", "Кураторы", "Индикатор атауы"]
    beside = ["Оразов Дархан\nАвтожол басқармасы", "Жандосова Мөлдір", "Жол сапасы"]
    rows: list[list[Any]] = [
        head,
        ["X-1", "5.1", "Жол салу", "Построить дорогу", "3 кв. 2026", "Ли Виктория", "x", *beside],
        head,
        ["X-2", datetime(2026, 2, 5), "Су құбыры", "Водопровод", "31.12.2026", "Ешкім", None],  # noqa: DTZ001
    ]

    def change(made: Workbook) -> None:
        made.create_sheet("Қоймадағы").append(["тек мәтін"])
        hidden = made.create_sheet("Құпия")
        for row in rows:
            hidden.append(list(row))
        hidden.sheet_state = "hidden"

    return book({"Қоса": rows}, change)


def lines(n: int) -> bytes:
    """A roadmap of ``n`` lines."""
    head = ["№", "Бағыты", "Іс-шара атауы", "Мерзімі", "Жауапты", "Орындаушы", "Аумағы", "Нысаны"]
    rows: list[list[Any]] = [
        [
            f"{i}",
            "Спорт",
            f"{i}-шара: нысан салу",
            "IV тоқсан",
            "Басқарма",
            "Ли Виктория",
            "САР",
            "a",
        ]
        for i in range(1, n + 1)
    ]
    return book({"Жол картасы": [head, *rows]})
