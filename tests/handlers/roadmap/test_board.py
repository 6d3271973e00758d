"""Stories of looking: the board with its bars, the picture, a list narrowed step by step."""

from datetime import date

import pytest

from handlers.roadmap.board import picture
from handlers.roadmap.callbacks import ChooseFacet, NarrowedItems
from storage import roadmap
from storage.roadmap import NewRoadmapItem, State
from storage.roadmap.narrowing import Facet, Line
from storage.roadmap.pressing import Due, Risk
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.handlers.requests.test_books import comes
from tests.handlers.talking import meets, sends, taps
from tests.world import ORDABASY, SARYAGASH

DEPUTY, OTHER, SECRETARY, BUREAU = 1003, 1004, 1002, 1006
AHEAD, PAST = date(2026, 12, 24), date(2026, 11, 20)

KK = {
    "items": "Филиал тармақтары: 4",
    "board": "📊 Бағыттар бойынша",
    "head": "📊 Жол картасы бағыттар бойынша",
    "sport": "Спорт ▓▓▓░░░░░░░ ✅1 ⏳1 ⏰1",
    "narrow": "⚙️ Сүзгі",
    "territory": "Аумағы",
    "place": "Сарыағаш аудандық филиалы · 3",
    "state": "Жай-күйі",
    "done": "Орындалды · 1",
    "by": "Сүзгі: Сарыағаш аудандық филиалы · Орындалды",
    "clear": "Сүзгіні тазарту",
    "deadline": "Мерзімі",
    "overdue": "Мерзімі өткен · 1",
    "risk": "Қауіп деңгейі",
    "high": "Қаупі жоғары · 1",
    "both": "Сүзгі: Мерзімі өткен · Қаупі жоғары",
    "picture": "🖼 Сурет түрінде",
}
RU = {
    "items": "Пункты филиала: 4",
    "board": "📊 По направлениям",
    "head": "📊 Дорожная карта по направлениям",
    "sport": "Спорт ▓▓▓░░░░░░░ ✅1 ⏳1 ⏰1",
    "narrow": "⚙️ Фильтр",
    "territory": "Территория",
    "place": "Сарыагашский районный филиал · 3",
    "state": "Статус",
    "done": "Исполнено · 1",
    "by": "Фильтр: Сарыагашский районный филиал · Исполнено",
    "clear": "Сбросить",
    "deadline": "Срок",
    "overdue": "Просрочено · 1",
    "risk": "Степень риска",
    "high": "Высокий риск · 1",
    "both": "Фильтр: Просрочено · Высокий риск",
    "picture": "🖼 Картинкой",
}


async def plan(stage: Stage) -> None:
    for number, direction, branch, deadline, state in (
        ("1.1", "Спорт", SARYAGASH, AHEAD, State.PLANNED),
        ("1.2", "Спорт", SARYAGASH, PAST, State.PLANNED),
        ("1.3", "Спорт", SARYAGASH, PAST, State.DONE),
        ("2.1", "Су", ORDABASY, AHEAD, State.AT_RISK),
    ):
        item = NewRoadmapItem(
            number=number,
            branch_id=branch,
            direction_kk=direction,
            direction_ru=direction,
            title_kk="Спорт кешенін салу",
            title_ru="Построить комплекс",
            executor_id=(DEPUTY if branch == SARYAGASH else OTHER) - 1000,
            deadline=deadline,
            state=state,
        )
        await stage.database.write(roadmap.add, item, NOW, ZONE)


@pytest.mark.parametrize(("language", "said"), [("kk", KK), ("ru", RU)])
async def test_the_board_leads_to_what_it_counts(
    stage: Stage, language: str, said: dict[str, str]
) -> None:
    await plan(stage)
    bureau = await meets(stage, BUREAU, language)
    await sends(bureau, "/roadmap", said["items"])
    board = await taps(bureau, said["board"], said["head"])
    assert said["sport"] in board["text"].splitlines()
    listed = await taps(bureau, "Спорт · 3", ": 3")
    assert len([label for label in bureau.labels(listed) if "№ 1." in label]) == 3
    await taps(bureau, "‹", said["items"])
    await taps(bureau, said["narrow"], ": 4")
    await taps(bureau, said["territory"], said["territory"])
    await taps(bureau, said["place"], ": 3")
    await taps(bureau, said["state"], said["state"])
    narrowed = await taps(bureau, said["done"], said["by"])
    assert next(n for n in bureau.labels(narrowed) if "№" in n).startswith("№ 1.3")
    await taps(bureau, said["clear"], ": 4")
    await taps(bureau, said["deadline"], said["deadline"])
    await taps(bureau, said["overdue"], ": 1")
    await taps(bureau, said["risk"], said["risk"])
    narrowed = await taps(bureau, said["high"], said["both"])
    assert next(n for n in bureau.labels(narrowed) if "№" in n).startswith("№ 1.2")


async def test_the_board_is_a_picture(stage: Stage) -> None:
    await plan(stage)
    bureau = await meets(stage, BUREAU)
    await sends(bureau, "/roadmap", KK["items"])
    await taps(bureau, KK["board"], KK["head"])
    await bureau.tap(KK["picture"])
    await comes(bureau, "photo", 1)


def test_a_picture_of_many_directions_is_drawn() -> None:
    lines = [Line(n, f"Бағыт {n} $", f"Направление {n}", n, 1, 0, 2) for n in range(1, 20)]
    assert picture("kk", lines).startswith(b"\x89PNG")


async def test_nothing_of_another_district_is_shown(stage: Stage) -> None:
    await plan(stage)
    secretary = await meets(stage, SECRETARY)
    message = (await sends(secretary, "/menu", "🏠"))["message_id"]
    await secretary.tap_data(message, NarrowedItems(branch=ORDABASY).pack())
    await secretary.wait_for("Филиал тармақтары: 0")
    deputy = await meets(stage, DEPUTY)
    message = (await sends(deputy, "/menu", "🏠"))["message_id"]
    await deputy.tap_data(message, NarrowedItems().pack())
    assert deputy.alert


def test_the_longest_choice_fits_a_button() -> None:
    chosen = dict.fromkeys(("direction", "branch", "person"), 9_999_999)
    most = {**chosen, "state": State.IN_PROGRESS, "due": Due.OVERDUE, "risk": Risk.HIGH}
    assert ChooseFacet(facet=Facet.DIRECTION, **most, page=9).pack()  # at most 64 bytes
