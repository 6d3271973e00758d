"""Stories of reminders: put off, at another hour, told to those above, on a Monday morning."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from handlers.roadmap.callbacks import SetLadder, SetReminders, Snooze
from storage import reminder_ladders, reminders, roadmap
from storage.reminder_settings import Settings
from storage.roadmap import Kind, NewRoadmapItem
from storage.tables import reminders as rows
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.handlers.talking import meets, sends, taps
from tests.world import SARYAGASH

DEADLINE = date(2026, 12, 24)  # a Thursday, 30 days from now
DEPUTY, SECRETARY, REGIONAL, OTHER = 1003, 1002, 1001, 1004

KK = {
    "reminder": "Еске салу: жол картасының тармағы",
    "later": "Кейінірек еске салу",
    "when": "Қашан тағы ескертейін?",
    "tomorrow": "Ертең таңертең",
    "kept": "⏰ Тағы ескертемін: 11 желтоқсан, жұма",
    "settings": "⚙️ Менің еске салуларым",
    "hour": "Келетін уақыты: 14:00",
    "early": "Екі аптадан ерте келмесін",
    "no_early": "Екі апта бұрын және одан ертерек: келмейді",
    "always": "мерзімі өткендер туралы еске салу әрқашан келеді",
    "week": "🗓 Алдағы аптаңыз",
    "this": "Жеті күнде мерзімі келеді: 1",
    "overdue": "⚠️ Бақылауда, мерзімі өтті, күнтізбелік күн: 7 немесе көбірек",
    "morning": "☀️ Таңғы карта",
    "late": "Мерзімі өткені: 1",
    "ladder": "Ескерту күндері",
    "ladders": "Мерзіміне дейін ескертетін күндер",
    "roadmap": "Жол картасының тармақтары",
    "ask": "Мерзіміне неше күн қалғанда ескертейін?",
    "numbers": "үтірмен бөліп жазыңыз",
    "far": "ең көбі 365 күн бұрын",
    "set": "Жол картасының тармақтары: 20, 5, 0",
}
RU = {
    "reminder": "Напоминание: пункт дорожной карты",
    "later": "Напомнить позже",
    "when": "Когда напомнить ещё раз?",
    "tomorrow": "Завтра утром",
    "kept": "⏰ Напомню ещё раз: 11 декабря, пятница",
    "settings": "⚙️ Мои напоминания",
    "hour": "Время дня: 14:00",
    "early": "Не раньше чем за две недели",
    "no_early": "За две недели и раньше: не приходят",
    "always": "о просроченном приходят всегда",
    "week": "🗓 Ваша неделя",
    "this": "Срок в ближайшие семь дней: 1",
    "overdue": "⚠️ На контроле просрочено, календарных дней: 7 и более",
    "morning": "☀️ Ваше утро",
    "late": "Просрочено: 1",
    "ladder": "Дни напоминаний",
    "ladders": "Дни напоминаний до срока",
    "roadmap": "Пункты дорожной карты",
    "ask": "За сколько дней до срока напоминать?",
    "numbers": "числа дней через запятую",
    "far": "не раньше чем за 365 дней",
    "set": "Пункты дорожной карты: 20, 5, 0",
}
BOTH = pytest.mark.parametrize(("language", "said"), [("kk", KK), ("ru", RU)])


async def given(stage: Stage, number: str = "4.12", deadline: date = DEADLINE) -> int:
    item = NewRoadmapItem(
        number=number,
        branch_id=SARYAGASH,
        direction_kk="Спорт",
        direction_ru="Спорт",
        title_kk="Спорт кешенін салу",
        title_ru="Построить спортивный комплекс",
        executor_id=DEPUTY - 1000,
        deadline=deadline,
    )
    return await stage.database.write(roadmap.add, item, NOW, ZONE)


async def next_reminder(stage: Stage) -> None:
    due = await stage.database.read(reminders.next_due)
    assert due is not None
    await stage.move(due - stage.clock.now())


async def planned(stage: Stage) -> set[str]:
    query = select(rows.c.rung).where(rows.c.state == "planned")
    return set(await stage.database.read(lambda tx: tx.execute(query).scalars().all()))


@BOTH
async def test_a_reminder_is_put_off_until_tomorrow(
    stage: Stage, language: str, said: dict[str, str]
) -> None:
    await given(stage)
    deputy = await meets(stage, DEPUTY, language)
    await next_reminder(stage)
    await deputy.wait_for(said["reminder"])
    await taps(deputy, said["later"], said["when"])
    await taps(deputy, said["tomorrow"], said["kept"])
    assert "~2026-12-11" in await planned(stage)
    seen = len(await deputy.messages())
    await next_reminder(stage)
    again = await deputy.wait_for(said["reminder"])
    assert len(await deputy.messages()) > seen
    assert "13" in again["text"]  # days left
    assert await planned(stage) == {"-7", "-3", "-1", "0", "+7"}


@BOTH
async def test_ones_own_hour_and_what_cannot_be_switched_off(
    stage: Stage, language: str, said: dict[str, str]
) -> None:
    await given(stage)
    deputy = await meets(stage, DEPUTY, language)
    screen = await sends(deputy, "/reminders", said["settings"])
    assert said["always"] in screen["text"]
    assert not [label for label in deputy.labels(screen) if said["ladder"] in label]
    await taps(deputy, "14:00", said["hour"])
    await taps(deputy, said["early"], said["no_early"])
    # Fourteen days before nothing comes; seven days before it comes at two.
    await next_reminder(stage)
    await next_reminder(stage)
    seen = len(await deputy.messages())
    assert not [m for m in await deputy.messages() if said["reminder"] in m["text"]]
    await stage.move(timedelta(hours=5, minutes=1))
    await deputy.wait_for(said["reminder"])
    assert len(await deputy.messages()) == seen + 1


@BOTH
async def test_on_monday_the_week_and_above_what_is_overdue(
    stage: Stage, language: str, said: dict[str, str]
) -> None:
    await given(stage, deadline=date(2026, 12, 4))
    deputy = await meets(stage, DEPUTY, language)
    secretary = await meets(stage, SECRETARY, language)
    monday = NOW.replace(day=30, hour=5)
    await stage.move(monday - stage.clock.now())
    week = await deputy.wait_for(said["week"])
    assert said["this"] in week["text"]
    # A week after the deadline the branch's secretary hears of it, and reads it each morning.
    await stage.move(NOW.replace(month=12, day=11, hour=5) - stage.clock.now())
    overdue = await secretary.wait_for(said["overdue"])
    assert "Оразов Дархан" in overdue["text"]
    morning = await secretary.wait_for(said["morning"])
    assert said["late"] in morning["text"]


@BOTH
async def test_the_region_sets_a_ladder(stage: Stage, language: str, said: dict[str, str]) -> None:
    await given(stage)
    regional = await meets(stage, REGIONAL, language)
    await sends(regional, "/reminders", said["settings"])
    await taps(regional, said["ladder"], said["ladders"])
    await taps(regional, said["roadmap"], said["ask"])
    await sends(regional, "екі апта", said["numbers"])
    await sends(regional, "400", said["far"])
    await sends(regional, "5, 20", said["set"])
    assert await planned(stage) == {"-20", "-5", "0", "+7"}


async def test_forged_wishes_and_foreign_items_move_nothing(stage: Stage) -> None:
    item_id = await given(stage)
    other, secretary = await meets(stage, OTHER), await meets(stage, SECRETARY)
    message = (await sends(other, "/menu", "🏠"))["message_id"]
    await other.tap_data(message, Snooze(id=item_id, days=1).pack())
    assert other.alert
    wrong: Any = SetReminders(version=0, hour=3, early=False, digests=False)
    await other.tap_data(message, wrong.pack())
    assert other.alert
    message = (await sends(secretary, "/menu", "🏠"))["message_id"]
    await secretary.tap_data(message, SetLadder(kind=Kind.ROADMAP).pack())
    assert secretary.alert
    regional = await meets(stage, REGIONAL)
    message = (await sends(regional, "/menu", "🏠"))["message_id"]
    await regional.tap_data(message, SetLadder(kind="virus").pack())
    assert regional.alert
    assert "~2026-11-25" not in await planned(stage)
    assert (await stage.database.read(reminder_ladders.of, Kind.ROADMAP)).own is None
    assert Settings().hour == 9
