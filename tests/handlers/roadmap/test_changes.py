"""Stories of what changes under an item: another executor, two deadlines in a day, removal."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from handlers.roadmap.callbacks import StartReport
from storage import people, reminders
from storage.roadmap import State
from storage.tables import control_items, memberships
from storage.tables import reminders as rows
from tests.conftest import NOW
from tests.handlers.conftest import Stage
from tests.handlers.roadmap.test_control import DEADLINE, DEPUTY, SECRETARY, given
from tests.handlers.talking import meets, sends, taps

HEAD, REGIONAL = 1007, 1001
WORDS: dict[str, dict[str, Any]] = {
    "kk": {
        "branch": "Филиал тармақтары: 1",
        "card": "🎯 № 4.12",
        "more": "⋯ Тағы",
        "other": "👤 Басқа орындаушы",
        "who": "Енді кім орындайды?",
        "unreached": "🔕 — бот хабары жетпейді",
        "head": "Орындаушы: Ли Виктория",
        "handed": "Сізге жол картасының тармағы берілді",
        "reminder": "⏰ Еске салу: жол картасының тармағы",
        "move": "📅 Жаңа мерзім қою",
        "day": "Жаңа мерзімі қай күн?",
        "past": "23.11.2026",
        "first": "28 желтоқсан, дүйсенбі",
        "second": "25 желтоқсан, жұма",
        "moved": "Жол картасындағы тармағыңыздың мерзімі өзгерді",
        "times": "1 рет ұзартылды",
        "gone": "Бақылаудан алынды",
        "changed": "өзгер",
        "overdue": "⚠️ Бақылауда, мерзімі өтті, күнтізбелік күн: {n} немесе көбірек",
    },
    "ru": {
        "branch": "Пункты филиала: 1",
        "card": "🎯 № 4.12",
        "more": "⋯ Ещё",
        "other": "👤 Другой исполнитель",
        "who": "Кто теперь исполнитель?",
        "unreached": "🔕",
        "head": "Исполнитель: Ли Виктория",
        "handed": "Вам передан пункт дорожной карты",
        "reminder": "⏰ Напоминание: пункт дорожной карты",
        "move": "📅 Назначить новый срок",
        "day": "Какой день будет новым сроком?",
        "past": "23.11.2026",
        "first": "28 декабря, понедельник",
        "second": "25 декабря, пятница",
        "moved": "Срок Вашего пункта дорожной карты изменён",
        "times": "продлений: 1",
        "gone": "Снято с контроля",
        "changed": "изменили",
        "overdue": "⚠️ На контроле просрочено, календарных дней: {n} и более",
    },
}
BOTH = pytest.mark.parametrize("language", ["kk", "ru"])


async def planned(stage: Stage) -> set[tuple[int, date]]:
    """Whom it is planned to remind, and of which deadline."""
    query = select(rows.c.person_id, rows.c.deadline).where(rows.c.state == "planned")
    found = await stage.database.read(lambda tx: tx.execute(query).all())
    return {(row.person_id, row.deadline) for row in found}


async def next_reminder(stage: Stage) -> None:
    due = await stage.database.read(reminders.next_due)
    assert due is not None
    await stage.move(due - stage.clock.now())


async def on_the_card(person: Any, say: dict[str, Any]) -> None:
    await sends(person, "/roadmap", say["branch"])
    await taps(person, "№ 4.12", say["card"])
    await taps(person, say["more"], say["card"])


@BOTH
@pytest.mark.parametrize("why", ["never started", "left"])
async def test_an_executor_who_is_not_there_is_replaced(
    stage: Stage, language: str, why: str
) -> None:
    say = WORDS[language]
    await given(stage)

    def leave(tx: Connection) -> None:
        if why == "left":
            own = memberships.c.person_id == DEPUTY - 1000
            gone = NOW.date() - timedelta(days=1)
            tx.execute(update(memberships).where(own).values(ends_on=gone))
        people.set_reachable(tx, DEPUTY, "blocked")

    await stage.database.write(leave)
    head, secretary = await meets(stage, HEAD, language), await meets(stage, SECRETARY, language)
    await on_the_card(secretary, say)
    candidates = await taps(secretary, say["other"], say["who"])
    shown = [label for label in secretary.labels(candidates) if "Оразов Дархан" in label]
    if why == "left":
        assert shown == []
    else:
        assert say["unreached"] in candidates["text"]
        assert all("🔕" in label for label in shown)
    await taps(secretary, "Ли Виктория", say["head"])
    handed = await head.wait_for(say["handed"])
    assert "№ 4.12" in handed["text"]
    assert await planned(stage) == {(HEAD - 1000, DEADLINE)}
    await next_reminder(stage)
    await head.wait_for(say["reminder"])


@BOTH
async def test_moved_twice_a_day_only_the_last_deadline_is_reminded_of(
    stage: Stage, language: str
) -> None:
    say = WORDS[language]
    await given(stage)
    deputy, secretary = (
        await meets(stage, DEPUTY, language),
        await meets(stage, SECRETARY, language),
    )
    for typed, said in (("28.12.2026", say["first"]), ("25.12.2026", say["second"])):
        await on_the_card(secretary, say)
        await taps(secretary, say["move"], say["day"])
        await sends(secretary, say["past"], "⚠️")  # yesterday is no deadline
        shown = await sends(secretary, typed, said)
        assert say["times"] in shown["text"]  # what was moved nearer is no extension
        told = await deputy.wait_for(said)
        assert say["moved"] in told["text"]
    assert await planned(stage) == {(DEPUTY - 1000, date(2026, 12, 25))}
    await next_reminder(stage)
    reminder = await deputy.wait_for(say["reminder"])
    assert say["second"] in reminder["text"]


@BOTH
async def test_a_report_on_a_removed_item_is_told(stage: Stage, language: str) -> None:
    say = WORDS[language]
    item_id = await given(stage)
    deputy = await meets(stage, DEPUTY, language)
    await next_reminder(stage)
    message = (await deputy.wait_for(say["reminder"]))["message_id"]

    def remove(tx: Connection) -> None:
        own = control_items.c.id == item_id
        tx.execute(update(control_items).where(own).values(state=State.REMOVED, version=2))

    await stage.database.write(remove)
    report = StartReport(id=item_id, version=1, state=State.DONE)
    await deputy.tap_data(message, report.pack())
    await deputy.wait_for(say["gone"])
    assert say["changed"] in deputy.toast
    query = select(control_items.c.state, control_items.c.version)
    assert (await stage.database.read(lambda tx: tx.execute(query).one())) == ("removed", 2)


@BOTH
async def test_what_is_long_overdue_goes_up_a_rung_at_a_time(stage: Stage, language: str) -> None:
    say = WORDS[language]
    await given(stage)
    secretary = await meets(stage, SECRETARY, language)
    regional = await meets(stage, REGIONAL, language)
    for days, hears, not_yet in ((7, secretary, regional), (14, regional, None)):
        day = DEADLINE + timedelta(days=days)
        while day.weekday() > 4 or (day.month, day.day) in ((1, 1), (1, 2), (1, 7)):
            day += timedelta(days=1)
        moment = stage.clock.now().replace(year=day.year, month=day.month, day=day.day, hour=5)
        await stage.move(moment - stage.clock.now())
        told = await hears.wait_for(say["overdue"].format(n=days))
        assert "Оразов Дархан" in told["text"]
        if not_yet is not None:
            seen = [m["text"] for m in await not_yet.messages()]
            assert not [text for text in seen if "№ 4.12" in text]
