"""Stories of the working calendar. It is Tuesday, 24 November 2026, 10:00 in Turkistan."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot.simulator.client import Person
from handlers.notices import Recipient
from handlers.registry import RENDERERS
from handlers.ui.i18n import translator
from handlers.ui.screen import Screen
from handlers.working_days.callbacks import ConfirmYear, ForgetDay, OpenDay, OpenYear
from storage import calendar_keeping, facts, people, roadmap, working_days
from storage.people import actor_of
from storage.rules.access import Role
from storage.tables import audit, conversations, outbox
from storage.tables import reminders as reminder_rows
from storage.working_days import Override
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.handlers.talking import sends, taps
from tests.world import SARYAGASH

OWNER, SECRETARY, DEPUTY, RUSSIAN = 1001, 1002, 1003, 1004
FRIDAY, SATURDAY = date(2026, 11, 27), date(2026, 11, 28)
TODAY = date(2026, 11, 24)

Json = dict[str, Any]


async def opens(stage: Stage, telegram_id: int = OWNER) -> Person:
    """Somebody starts the bot and asks for the calendar."""
    person = stage.person(telegram_id)
    await person.start()
    await person.wait_answer()
    await person.send("/calendar")
    return person


async def becomes_regional_secretary(stage: Stage) -> None:
    """The deputy who reads Russian is given the regional secretary's role."""
    await stage.database.write(
        people.join, RUSSIAN - 1000, Role.REGIONAL_SECRETARY, None, date(2026, 1, 1)
    )


async def moved(stage: Stage) -> list[Override]:
    return list(await stage.database.read(working_days.overrides, 2026))


async def moves(stage: Stage, day: date, is_working: bool, who: int = RUSSIAN) -> None:
    """Somebody else moves a day in the same moment."""

    def move(tx: Connection) -> None:
        actor = actor_of(tx, who, TODAY)
        assert actor is not None
        before = working_days.override(tx, day)
        version = before.version if before else 0
        calendar_keeping.set_day(tx, actor, day, is_working, None, NOW, ZONE, version=version)

    await stage.database.write(move)


async def test_the_owner_reads_the_year_and_turns_its_pages(stage: Stage) -> None:
    owner = await opens(stage)
    now = await owner.wait_for("2026 жылғы жұмыс күнтізбесі")
    assert "16 желтоқсан, сәрсенбі: Тәуелсіздік күні" in now["text"], "where today stands"
    assert "Бұл күнтізбені әлі ешкім растаған жоқ" in now["text"]
    assert "‹ 2025" not in owner.labels(now)
    before = await taps(owner, "‹", "1–2 қаңтар: Жаңа жыл")
    assert "7 қаңтар, сәрсенбі: Православиелік Рождество" in before["text"]
    assert all(len(message["text"].splitlines()) <= 12 for message in (now, before))
    await taps(owner, "›", "16 желтоқсан")
    await taps(owner, "2027 ›", "2027 жылғы жұмыс күнтізбесі")
    await taps(owner, "2028 ›", "2028 жылғы жұмыс күнтізбесі")
    assert "2029 ›" not in owner.labels(await owner.last())


async def test_kurban_ait_is_shown_as_uncertain_until_the_year_is_confirmed(stage: Stage) -> None:
    await stage.database.write(facts.forget, working_days.confirmation(2027))
    owner = await opens(stage)
    await owner.wait_for("2026 жылғы")
    shown = await taps(owner, "2027 ›", "2027 жылғы")
    assert "Күні әлі нақтыланбаған: Құрбан айт – 16 мамыр" in shown["text"]
    await taps(owner, "›", "16 мамыр, жексенбі: Құрбан айт (күні әлі нақтыланады)")
    done = await taps(owner, "2027 жылғы күнтізбе дұрыс", "Расталған күні: 24 қараша")
    assert owner.toast == "Рақмет, күнтізбе расталды."
    assert "Күні әлі нақтыланбаған" not in done["text"]
    assert await stage.database.read(working_days.confirmed, 2027) is not None


async def test_the_owner_moves_a_day_and_the_reminders_move_along(stage: Stage) -> None:
    deadline = FRIDAY + timedelta(days=7)  # a week before it is said on the Friday
    item = roadmap.NewRoadmapItem(
        "4.12", SARYAGASH, "Спорт", "Спорт", "Спорт кешені", "Комплекс", DEPUTY - 1000, deadline
    )
    await stage.database.write(roadmap.add, item, NOW, ZONE)
    owner = await opens(stage)
    await owner.wait_for("2026 жылғы")
    await taps(owner, "Күнді ауыстыру", "(1/4)")
    await taps(owner, "27", "(2/4)")
    assert "27 қараша, жұма" in (await owner.last())["text"]
    await taps(owner, "Демалыс күні", "(3/4)")
    check = await sends(owner, "Үкімет қаулысы бойынша", "(4/4)")
    assert "Қазір: жұмыс күні" in check["text"]
    assert "Енді: демалыс күні" in check["text"]
    assert "Ескертпе: Үкімет қаулысы бойынша" in check["text"]
    assert "Күні өзгеретін еске салулар: 1" in check["text"]
    year = await taps(owner, "Сақтау", "27 қараша, жұма: демалыс күні · Үкімет қаулысы бойынша")
    assert "2 / 2" in owner.labels(year)
    assert owner.toast == "Күн сақталды. Күні өзгерген еске салулар: 1"
    due = select(reminder_rows.c.due_at).where(reminder_rows.c.rung == "-7")
    moved_to = await stage.database.read(lambda tx: tx.execute(due).scalar_one())
    assert moved_to == datetime(2026, 11, 26, 9, tzinfo=ZONE)

    card = await taps(owner, "27 қараша · Демалыс күні", "Ауыстырылған күн: 27 қараша, жұма")
    assert "Енгізген: Сейтова Айгүл" in card["text"]
    assert "Өшірілсе, ресми күнтізбедегідей болады: жұмыс күні" in card["text"]
    await taps(owner, "Өшіру", "2026 жылғы жұмыс күнтізбесі")
    assert await moved(stage) == []
    assert await stage.database.read(lambda tx: tx.execute(due).scalar_one()) == datetime(
        2026, 11, 27, 9, tzinfo=ZONE
    )


async def test_the_regional_secretary_makes_a_saturday_work_in_russian(stage: Stage) -> None:
    await becomes_regional_secretary(stage)
    secretary = await opens(stage, RUSSIAN)
    await secretary.wait_for("Рабочий календарь на 2026 год")
    await taps(secretary, "Перенести день", "Какой день переносится?")
    await sends(secretary, "28.11", "28 ноября, суббота")
    await taps(secretary, "Рабочий день", "(3/4)")
    await taps(secretary, "Пропустить", "Теперь: рабочий день")
    await taps(secretary, "Сохранить", "28 ноября, суббота: рабочий день")
    (one,) = await moved(stage)
    assert (one.day, one.is_working, one.note, one.by) == (SATURDAY, True, None, "Кимов Руслан")


async def test_the_menu_leads_to_the_calendar(stage: Stage) -> None:
    owner = stage.person(OWNER)
    await owner.start()
    await owner.tap("Тағы")
    await taps(owner, "Жұмыс күнтізбесі", "2026 жылғы жұмыс күнтізбесі")


@pytest.mark.parametrize("who", [SECRETARY, DEPUTY])
async def test_others_are_refused(stage: Stage, who: int) -> None:
    person = await opens(stage, who)
    await person.wait_for("Бұл бөлім Сізге қолжетімсіз")
    sent = (await person.last())["message_id"]
    for forged in (
        OpenYear(year=2027),
        ConfirmYear(year=2027, seal="0" * 8),
        OpenDay(day="2026-11-27"),
        ForgetDay(day="2026-11-27", version=1),
    ):
        await person.tap_data(sent, forged.pack())
        assert "қолжетімсіз" in person.toast
    refused = select(audit.c.action).where(audit.c.outcome == "refused")
    tried = await stage.database.read(lambda tx: list(tx.execute(refused).scalars()))
    assert tried == ["keep_calendar"] * 5


async def test_what_is_not_understood_is_asked_again_and_nothing_is_lost(stage: Stage) -> None:
    owner = await opens(stage)
    await owner.wait_for("2026 жылғы")
    await taps(owner, "Күнді ауыстыру", "(1/4)")
    await sends(owner, "қашан болса да", "Күнін түсінбедім")
    await sends(owner, "23.11.2026", "Бұл күн өтіп кетті")
    await owner.send_sticker()
    await owner.wait_for("Мұнда мәтін керек")
    await sends(owner, "жұма", "(2/4)")
    await sends(owner, "демалыс", "батырманы")
    await taps(owner, "Жұмыс күні", "Бұл күн онсыз да солай")
    await taps(owner, "Демалыс күні", "(3/4)")
    await sends(owner, "а" * 121, "Ескертпеде 121 таңба бар, ең көбі 120")
    await sends(owner, "\u200b", "оқитын мәтін жоқ")
    await sends(owner, "Ескертпе <b>мәтіні</b>", "(4/4)")
    assert "Ескертпе <b>мәтіні</b>" in (await owner.last())["text"]
    await sends(owner, "иә", "батырманы")
    await taps(owner, "Артқа", "(3/4)")
    await taps(owner, "Артқа", "(2/4)")
    await taps(owner, "Артқа", "(1/4)")
    await taps(owner, "27", "(2/4)")
    await taps(owner, "Демалыс күні", "(4/4)")
    await owner.send("/menu")
    await taps(owner, "Аяқтау: күнтізбе", "(4/4)")
    assert await moved(stage) == []
    await taps(owner, "Болдырмау", "Мәзір")
    assert await moved(stage) == []


async def test_another_was_faster(stage: Stage) -> None:
    await becomes_regional_secretary(stage)
    owner = await opens(stage)
    await owner.wait_for("2026 жылғы")
    await taps(owner, "Күнді ауыстыру", "(1/4)")
    await sends(owner, "27.11", "(2/4)")
    await taps(owner, "Демалыс күні", "(3/4)")
    check = await taps(owner, "Өткізіп жіберу", "(4/4)")
    await moves(stage, FRIDAY, False)
    await owner.tap("Сақтау", check)
    again = await owner.wait_for("Қазір: демалыс күні")
    assert (await moved(stage))[0].by == "Кимов Руслан"
    await owner.tap("Сақтау", again)
    await owner.wait_for("27 қараша, жұма: демалыс күні")
    assert [(one.by, one.version) for one in await moved(stage)] == [("Сейтова Айгүл", 2)]

    card = await taps(owner, "27 қараша · Демалыс күні", "Ауыстырылған күн")
    await moves(stage, FRIDAY, True)
    await owner.tap("Өшіру", card)
    await owner.wait_for("27 қараша, жұма: жұмыс күні")
    assert "Кимов Руслан" in owner.toast
    assert len(await moved(stage)) == 1


async def test_a_year_that_changed_is_not_confirmed_unseen(stage: Stage) -> None:
    await becomes_regional_secretary(stage)
    owner = await opens(stage)
    shown = await owner.wait_for("2026 жылғы")
    await moves(stage, FRIDAY, False)
    await owner.tap("2026 жылғы күнтізбе дұрыс", shown)
    assert "Осы арада бір күн ауыстырылды" in owner.toast
    assert await stage.database.read(working_days.confirmed, 2026) is None
    await taps(owner, "2026 жылғы күнтізбе дұрыс", "Расталған күні")


async def test_old_and_forged_buttons(stage: Stage) -> None:
    owner = await opens(stage)
    shown = await owner.wait_for("2026 жылғы")
    sent = shown["message_id"]
    await owner.tap_data(sent, OpenDay(day="2026-02-31").pack())
    assert "жоқ" in owner.toast
    await owner.tap_data(sent, OpenYear(year=1900, page=0).pack())
    await owner.wait_for("1–2 қаңтар: Жаңа жыл")
    await owner.tap_data(sent, OpenYear(year=9999, page=99).pack())
    await owner.wait_for("2028 жылғы")
    await owner.tap_data(sent, OpenDay(day="2026-12-01").pack())
    await owner.wait_for("Бұл күн ресми күнтізбедегідей: жұмыс күні")
    for button in ("wdsave:0123456789ab", "wdkind:1", "wdnonote", "wdstep:kind"):
        await owner.tap_data(sent, button)
        assert "Қайта бастау: /calendar" in owner.toast
    assert await moved(stage) == []
    held = select(conversations.c.state)
    assert set(await stage.database.read(lambda tx: tx.execute(held).scalars().all())) <= {None}


async def test_the_yearly_word_comes_on_a_working_morning_and_leads_to_the_year(
    stage: Stage,
) -> None:
    owner = stage.person(OWNER)
    await owner.start()
    await owner.wait_answer()
    await stage.database.write(facts.forget, working_days.confirmation(2027))
    await stage.move(timedelta(days=1))
    word = await owner.wait_for("2027 жылғы жұмыс күнтізбесін растаңыз")
    assert "Құрбан айт – 16 мамыр" in word["text"]
    await owner.tap("2027 күнтізбесін ашу", word)
    await taps(owner, "2027 жылғы күнтізбе дұрыс", "Расталған күні")
    await stage.move(timedelta(days=7))
    kinds = select(outbox.c.kind).where(outbox.c.kind == calendar_keeping.NAG)
    assert len(await stage.database.read(lambda tx: tx.execute(kinds).scalars().all())) == 1


@pytest.mark.parametrize(
    ("language", "expected"), [("kk", "жұмыс күнтізбесін растаңыз"), ("ru", "Подтвердите рабочий")]
)
async def test_the_yearly_word_is_void_once_confirmed(
    stage: Stage, language: str, expected: str
) -> None:
    to = Recipient(OWNER - 1000, translator(language), NOW, ZONE, "buro")
    render = RENDERERS[calendar_keeping.NAG]
    assert await stage.database.read(render, to, {"year": 2027}) is None
    screen = await stage.database.read(render, to, {"year": 2028})
    assert isinstance(screen, Screen)
    assert expected in str(screen.text)
    deputy = Recipient(DEPUTY - 1000, translator(language), NOW, ZONE, "buro")
    assert await stage.database.read(render, deputy, {"year": 2028}) is None
