"""Stories of figures that are awaited: reminded of beside an item, and reported from there."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from handlers.indicators.callbacks import SnoozeFact
from storage import reminder_ladders, reminders, roadmap
from storage.reminder_ladders import INDICATOR
from storage.roadmap import NewRoadmapItem
from storage.tables import reminders as rows
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.handlers.indicators.test_indicators import HEAD, Q2, given, kept
from tests.handlers.talking import meets, sends, taps
from tests.world import SARYAGASH

REGIONAL = 1001
MONDAY = NOW.replace(day=30, hour=5)
WORDS: dict[str, dict[str, Any]] = {
    "kk": {
        "both": "⏰ Еске салу: 2 іс\nкөрсеткіш: 1, бақылаудағы тармақ: 1",
        "line": "📈 Спортпен айналысатындар үлесі · 140 күн кешікті",
        "every": ["Барлық көрсеткіштерім", "Барлық тармақтарым"],
        "which": "Қай кезеңнің нақты мәнін енгізесіз?",
        "q2": "2026 ж. қаңтар–маусым",
        "value": "Нақты мәні қандай?",
        "kept": "2026 ж. қаңтар–маусым: 41,8 %",
        "alone": "Еске салу: көрсеткіштің мәнін енгізу керек",
        "later": "Кейінірек еске салу",
        "when": "Қашан тағы ескертейін?",
        "tomorrow": "Ертең таңертең",
        "again": "⏰ Тағы ескертемін: 30 қараша, дүйсенбі",
        "week": "🗓 Алдағы аптаңыз\nМәні күтілетін көрсеткіштер: 1",
        "q3": "Келесі есеп: 2026 ж. қаңтар–қыркүйек, мерзімі: 10 қазан · 51 күн кешікті",
    },
    "ru": {
        "both": "⏰ Напоминание: дел — 2\nпоказатели: 1, на контроле: 1",
        "line": "📈 Доля занимающихся спортом · просрочено на 140 дн.",
        "every": ["Все мои показатели", "Все мои пункты"],
        "which": "За какой период вносите факт?",
        "q2": "январь–июнь 2026 г.",
        "value": "Какой факт?",
        "kept": "январь–июнь 2026 г.: 41,8 %",
        "alone": "Напоминание: внесите факт показателя",
        "later": "Напомнить позже",
        "when": "Когда напомнить ещё раз?",
        "tomorrow": "Завтра утром",
        "again": "⏰ Напомню ещё раз: 30 ноября, понедельник",
        "week": "🗓 Ваша неделя\nПоказателей ждут факта: 1",
        "q3": "Следующий отчёт: январь–сентябрь 2026 г., срок: 10 октября · просрочено на 51 дн.",
    },
}


async def next_reminder(stage: Stage) -> None:
    due = await stage.database.read(reminders.next_due)
    assert due is not None
    await stage.move(due - stage.clock.now())


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_figure_and_an_item_come_as_one(stage: Stage, language: str) -> None:
    one, say = await given(stage), WORDS[language]
    item = NewRoadmapItem(
        number="4.12",
        branch_id=SARYAGASH,
        direction_kk="Спорт",
        direction_ru="Спорт",
        title_kk="Спорт кешенін салу",
        title_ru="Построить спортивный комплекс",
        executor_id=HEAD - 1000,
        deadline=date(2026, 11, 30),  # three days before it a week more has passed, twenty in all
    )
    item_id = await stage.database.write(roadmap.add, item, NOW, ZONE)
    head = await meets(stage, HEAD, language)
    await next_reminder(stage)
    digest = await head.wait_for(say["both"])
    assert say["line"] in digest["text"]
    assert set(say["every"]) <= set(head.labels(digest))
    # Two taps and the figure; then the next period is wanted, that is late already.
    await taps(head, say["line"][2:20], say["which"])
    await taps(head, say["q2"], say["value"])
    await sends(head, "41,8", say["kept"])
    assert (await kept(stage, one.id)).at(Q2) is not None
    await stage.database.write(reminders.void, roadmap.SUBJECT, item_id)
    await next_reminder(stage)
    alone = await head.wait_for(say["alone"])
    assert say["q3"] in alone["text"]


async def test_the_region_sets_the_ladder_of_figures(stage: Stage) -> None:
    one = await given(stage)
    await stage.database.write(reminders.void, "indicator", one.id)
    regional = await meets(stage, REGIONAL)
    await sends(regional, "/reminders", "⚙️ Менің еске салуларым")
    await taps(regional, "Ескерту күндері", "Көрсеткіштердің мәні: 30, 14, 7, 3, 1, 0")
    await taps(regional, "Көрсеткіштердің мәні", "Мерзіміне неше күн қалғанда ескертейін?")
    await sends(regional, "5", "Көрсеткіштердің мәні: 5, 0")
    assert (await stage.database.read(reminder_ladders.of, INDICATOR)).days == (5, 0)
    query = select(rows.c.rung).where(rows.c.state == "planned")
    planned = await stage.database.read(lambda tx: tx.execute(query).scalars().all())
    assert planned == ["+140"]  # its day is long over


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_the_reminder_of_a_figure_is_put_off_and_the_week_names_it(
    stage: Stage, language: str
) -> None:
    one, say = await given(stage), WORDS[language]
    head = await meets(stage, HEAD, language)
    await next_reminder(stage)
    await head.wait_for(say["alone"])
    await taps(head, say["later"], say["when"])
    await taps(head, say["tomorrow"], say["again"])
    query = select(rows.c.rung).where(rows.c.state == "planned", rows.c.subject_id == one.id)
    planned = await stage.database.read(lambda tx: set(tx.execute(query).scalars()))
    assert "~2026-11-30" in planned
    assert len(planned) == 2  # and the next week's
    # It was a Friday: on Monday it comes again, beside the week that it is in.
    await stage.move(MONDAY - stage.clock.now())
    await head.wait_for(say["alone"])
    week = await head.wait_for(say["week"])
    assert say["every"][0] in head.labels(week)
    assert say["every"][1] not in head.labels(week)
    # Nobody else's reminder is put off.
    regional = await meets(stage, REGIONAL)
    message = (await sends(regional, "/menu", "🏠"))["message_id"]
    await regional.tap_data(message, SnoozeFact(id=one.id, days=7).pack())
    assert regional.alert
