"""The list of requests narrowed by several filters at once, in both languages."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert, select, update

from handlers.requests.callbacks import RequestList
from handlers.requests.narrowing.callbacks import Choose, Narrow
from storage import people
from storage.rules.access import Role
from storage.tables import memberships, request_pauses, settlements, voter_requests
from tests.conftest import NOW
from tests.handlers.conftest import Stage
from tests.handlers.meetings.test_exchange import has_it_sent
from tests.handlers.requests.test_books import comes
from tests.handlers.talking import meets, sends, taps
from tests.world import ORDABASY, SARYAGASH

REGION, SECRETARY, DEPUTY, OTHER_DEPUTY = 1001, 1002, 1003, 1004
LAMP, WATER = "Жылға ауылында көше шамы жанбайды", "Ауыз су екі аптадан бері жоқ"


async def _two_requests(stage: Stage) -> None:
    """A lamp that waits for the deputy, and water that waits for the body."""
    deputy = await meets(stage, DEPUTY)
    await sends(deputy, f"/request {LAMP}", "САР-2026-0001 тіркелді")
    await sends(deputy, f"/request {WATER}", "САР-2026-0002 тіркелді")
    sent = update(voter_requests).where(voter_requests.c.id == 2).values(state="sent_to_body")
    await stage.database.write(lambda tx: tx.execute(sent))


WORDS = {
    "kk": {
        "list": "Сайлаушылар өтініштері", "filter": "⚙️ Сүзгі", "title": "Өтініштер сүзгісі",
        "body": "органда", "one": "Табылды: ашық – 1", "show": "Өтініштерді көрсету",
        "said": "Сүзгі: органда", "category": "Санаты: барлығы", "about": "Не туралы өтініштер",
        "roads": "Жарықтандыру", "none": "Бұл сүзгімен ештеңе табылмады", "both": "⚙️ Сүзгі (2)",
        "clear": "🧹 Сүзгіні тазалау", "two": "Табылды: ашық – 2", "books": "📊 Excel",
        "masked": "Телефондар жасырылады", "without": "📤 Байланыс деректерінсіз",
        "week": "Осы апта", "days": "Күндер", "which": "Қай күннен", "wrong": "бүгіннен кейін",
        "mine": "Өзімдікі", "place": "Орны: барлығы", "where": "Қай жердің", "lamp": "органда",
    },
    "ru": {
        "list": "Обращения избирателей", "filter": "⚙️ Фильтр", "title": "Фильтр обращений",
        "body": "в органе", "one": "Найдено: открытых – 1", "show": "Показать обращения",
        "said": "Фильтр: в органе", "category": "Категория: все", "about": "Обращения о чём",
        "roads": "Освещение", "none": "С таким фильтром ничего нет", "both": "⚙️ Фильтр (2)",
        "clear": "🧹 Сбросить фильтр", "two": "Найдено: открытых – 2", "books": "📊 Excel",
        "masked": "Телефоны скрыты", "without": "📤 Без контактов",
        "week": "Неделя", "days": "Дни", "which": "С какого дня", "wrong": "позже сегодняшнего",
        "mine": "Мои", "place": "Место: все", "where": "Обращения откуда", "lamp": "в органе",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_filters_combine_and_apply_to_the_workbook(stage: Stage, language: str) -> None:
    w = WORDS[language]
    await _two_requests(stage)
    secretary = await meets(stage, SECRETARY, language)
    seen = await sends(secretary, "/requests", w["list"])
    assert any(f" · {w['body']} · Ауыз су" in label for label in secretary.labels(seen))
    await taps(secretary, w["filter"], w["title"])
    await taps(secretary, w["body"], w["one"])
    seen = await taps(secretary, w["show"], w["said"])
    numbers = [label for label in secretary.labels(seen) if "САР-2026" in label]
    assert len(numbers) == 1
    assert "САР-2026-0002" in numbers[0]

    await taps(secretary, w["books"], w["masked"])
    await taps(secretary, w["without"], "✅")
    await comes(secretary, "document", 1)
    _, content = await has_it_sent(stage, secretary)
    sheet = load_workbook(BytesIO(content)).active
    assert sheet is not None
    held = str([cell.value for row in sheet.iter_rows() for cell in row])
    assert "САР-2026-0002" in held
    assert "САР-2026-0001" not in held

    await sends(secretary, "/requests", w["said"])
    await taps(secretary, w["filter"], w["title"])
    await taps(secretary, w["category"], w["about"])
    await taps(secretary, w["roads"], w["title"])
    seen = await taps(secretary, w["show"], w["none"])
    assert w["both"] in secretary.labels(seen)
    await taps(secretary, w["both"], w["title"])
    await taps(secretary, w["clear"], w["two"])


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_week_typed_days_and_a_place(stage: Stage, language: str) -> None:
    w = WORDS[language]
    await _two_requests(stage)
    old = update(voter_requests).where(voter_requests.c.id == 1)
    await stage.database.write(
        lambda tx: tx.execute(old.values(registered_at=NOW - timedelta(days=40)))
    )
    village = {"branch_id": SARYAGASH, "name_kk": "Жылға ауылы", "name_ru": "село Жылга"}
    await stage.database.write(
        lambda tx: (
            tx.execute(insert(settlements).values(id=7, **village)),
            tx.execute(old.values(settlement_id=7)),
        )
    )
    secretary = await meets(stage, SECRETARY, language)
    await sends(secretary, "/requests", w["list"])
    await taps(secretary, w["filter"], w["title"])
    await taps(secretary, w["week"], w["one"])
    await taps(secretary, w["days"], w["which"])
    await sends(secretary, "32.10 - 40.10", "⚠️")
    await sends(secretary, "20.10.2026 – 01.10.2026", w["wrong"])
    await sends(secretary, "10.10.2026 – 20.10.2026", w["one"])
    seen = await taps(secretary, w["show"], w["list"])
    assert [x[:15] for x in secretary.labels(seen) if "САР" in x] == ["САР-2026-0001 ·"]

    await taps(secretary, "⚙️", w["title"])
    await taps(secretary, w["clear"], w["two"])
    await taps(secretary, w["place"], w["where"])
    await sends(secretary, "жылга", "Жылг" if language == "ru" else "Жылға")
    seen = await taps(secretary, w["show"], w["list"])
    assert [x for x in secretary.labels(seen) if "САР-2026-0002" in x] == []
    assert [x for x in secretary.labels(seen) if "САР-2026-0001" in x]


async def test_a_paused_request_waits_for_the_voter_and_is_not_late(stage: Stage) -> None:
    await _two_requests(stage)
    started = {"started_at": NOW, "started_by": 3}
    pause = {"request_id": 1, "from_day": NOW.date(), "reason": "?", **started}
    await stage.database.write(lambda tx: tx.execute(insert(request_pauses).values(**pause)))
    await stage.move(timedelta(days=40))
    deputy = await meets(stage, DEPUTY)
    seen = await sends(deputy, "/requests", "Сайлаушылар өтініштері")
    labels = deputy.labels(seen)
    assert any("САР-2026-0001" in x and "өтініш берушіде" in x and "⚠️" not in x for x in labels)
    assert any("⚠️ САР-2026-0002" in x for x in labels)
    assert "Кешіккен (1)" in labels


async def test_forged_and_stale_filters_open_nothing(stage: Stage) -> None:
    await _two_requests(stage)
    stranger = await meets(stage, OTHER_DEPUTY)
    seen = await sends(stranger, "/requests", "Здесь пока ничего нет")
    message = seen["message_id"]
    await taps(stranger, "⚙️ Фильтр", "Фильтр обращений")
    for part, value in (
        ("branch", str(SARYAGASH)), ("branch", "9" * 30), ("branch", "-1"), ("place", "7"),
        ("category", "gone"), ("waits", "me"), ("period", "aeon"), ("nonsense", "1"),
    ):  # fmt: skip
        await stranger.tap_data(message, Narrow(which="open", part=part, value=value).pack())
        seen = await stranger.last()
        assert "Найдено: открытых – 0" in seen["text"]
        assert not [x for x in stranger.labels(seen) if x.startswith("• ")], part
    await stranger.tap_data(message, Choose(which="open", part="secret").pack())
    for page in (5, 2**31 - 1):
        await stranger.tap_data(message, RequestList(which="open", page=page).pack())
        assert "Здесь пока ничего нет" in (await stranger.last())["text"]


async def test_a_branch_that_was_left_is_no_filter_any_more(stage: Stage) -> None:
    await _two_requests(stage)
    me = await stage.database.read(people.actor_of, OTHER_DEPUTY, NOW.date())
    assert me is not None
    role = {"role": Role.BRANCH_SECRETARY, "branch_id": SARYAGASH, "starts_on": NOW.date()}
    await stage.database.write(
        lambda tx: tx.execute(insert(memberships).values(person_id=me.person_id, **role))
    )
    guest = await meets(stage, OTHER_DEPUTY)
    await sends(guest, "/requests", "Обращения избирателей")
    await taps(guest, "⚙️ Фильтр", "Фильтр обращений")
    await taps(guest, "Филиал: все", "какого филиала")
    await taps(guest, "Сарыагаш", "Найдено: открытых – 2")
    await stage.database.write(
        lambda tx: tx.execute(
            update(memberships)
            .where(memberships.c.person_id == me.person_id, memberships.c.branch_id != ORDABASY)
            .values(ends_on=NOW.date() - timedelta(days=1))
        )
    )
    await sends(guest, "/requests", "Здесь пока ничего нет")


async def test_what_is_chosen_is_not_lost_with_a_draft(stage: Stage) -> None:
    await _two_requests(stage)
    deputy = await meets(stage, DEPUTY)
    await sends(deputy, "/requests", "Сайлаушылар өтініштері")
    await taps(deputy, "⚙️ Сүзгі", "Өтініштер сүзгісі")
    await taps(deputy, "Өзімдікі", "Сүзгі: Өзімдікі")
    await sends(deputy, "/request", "(1/3)")
    await sends(deputy, "/cancel", "")
    await sends(deputy, "/requests", "Сүзгі: Өзімдікі")
    rows = await stage.database.read(lambda tx: tx.execute(select(voter_requests.c.id)).all())
    assert len(rows) == 2
