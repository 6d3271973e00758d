"""Who reports an indicator is reminded of the fact that is wanted next, and of no other."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, delete, select

from storage import indicators, reminders
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.indicators import Indicator, NewIndicator, reminding
from storage.reminder_ladders import INDICATOR
from storage.roadmap import weekly
from storage.rules.reporting_periods import Period
from storage.tables import outbox
from storage.tables import reminders as rows
from tests.conftest import NOW, ZONE
from tests.storage.requests.world import TODAY, World, build

Q3, Q4 = Period(2026, 9), Period(2026, 12)
JANUARY = date(2027, 1, 10)  # ten days after the fourth quarter: a Sunday


@pytest.fixture
async def world(database: Database) -> World:
    return await database.write(build)


def given(tx: Connection, world: World) -> Indicator:
    """The third quarter is reported; the fourth one is wanted by the tenth of January."""
    words = ("Спорт", "Спорт", "Спортпен айналысатындар үлесі", "Доля занимающихся спортом")
    new = NewIndicator(world.sar, *words, reporter_id=world.aigul.person_id)
    one = indicators.add(tx, world.dana, new, NOW, ZONE)
    return indicators.report(tx, world.aigul, one.id, one.version, Q3, 41.6, NOW, ZONE)


def planned(tx: Connection) -> set[tuple[int, date, str]]:
    query = select(rows.c.person_id, rows.c.deadline, rows.c.rung).where(
        rows.c.subject == indicators.SUBJECT, rows.c.state == "planned"
    )
    return {(row.person_id, row.deadline, row.rung) for row in tx.execute(query)}


def of(person_id: int, deadline: date, *rungs: str) -> set[tuple[int, date, str]]:
    return {(person_id, deadline, rung) for rung in rungs}


LATER = datetime(2026, 12, 28, 4, 0, tzinfo=UTC)  # a Monday
LADDER = ("-30", "-14", "-7", "-3", "-1", "0", "+7")


async def test_the_next_period_takes_the_place_of_the_one_that_is_reported(
    database: Database, world: World
) -> None:
    one = await database.write(given, world)
    aigul = world.aigul.person_id
    assert await database.read(planned) == of(aigul, JANUARY, *LADDER)
    assert reminding.wanted_on(one, TODAY) == JANUARY
    # Overdue it is reminded of each week, until it is there.
    late = datetime(2027, 1, 12, 4, 0, tzinfo=UTC)
    await database.write(reminders.tick, late, ZONE)
    assert await database.read(planned) == of(aigul, JANUARY, "+7")
    kinds = await database.read(lambda tx: tx.execute(select(outbox.c.kind)).scalars().all())
    assert kinds == ["indicator_reminder"]
    await database.write(indicators.report, world.aigul, one.id, 2, Q4, 41.7, late, ZONE)
    assert {row[:2] for row in await database.read(planned)} == {(aigul, date(2027, 4, 10))}


async def test_a_new_reporter_or_day_takes_the_old_ones_back(
    database: Database, world: World
) -> None:
    one = await database.write(given, world)
    marat = world.marat.person_id

    async def change(one: Indicator, field: str, value: Any) -> Indicator:
        given = (one.id, one.version, field, value, NOW, ZONE)
        return await database.write(indicators.change, world.dana, *given)

    one = await change(one, "due_days", 20)
    assert {row[1] for row in await database.read(planned)} == {date(2027, 1, 20)}
    one = await change(one, "reporter_id", None)
    assert await database.read(planned) == set()
    assert await database.read(reminding.awaited, marat, [one.id]) == []
    await change(one, "reporter_id", world.aigul.person_id)
    assert len(await database.read(planned)) == len(LADDER)


async def test_what_came_to_be_wanted_by_itself_is_planned_once_a_day(
    database: Database, world: World
) -> None:
    await database.write(given, world)
    before = await database.read(planned)
    assert await database.write(reminding.tick, NOW, ZONE) == 0
    await database.write(lambda tx: tx.execute(delete(rows)))
    assert await database.write(reminding.tick, NOW, ZONE) == 1
    assert await database.read(planned) == before


async def test_a_ladder_of_its_own(database: Database, world: World) -> None:
    await database.write(given, world)
    put = (INDICATOR, 0, (5, 1), NOW, ZONE)
    with pytest.raises(NotAllowed):
        await database.write(reminding.set_ladder, world.dana, *put)
    assert await database.write(reminding.set_ladder, world.ermek, *put) == (5, 1, 0)
    wanted = of(world.aigul.person_id, JANUARY, "-5", "-1", "0", "+7")
    assert await database.read(planned) == wanted
    with pytest.raises(AlreadyChanged):
        await database.write(reminding.set_ladder, world.ermek, *put)


async def test_a_snooze_touches_its_own_occurrence_only(database: Database, world: World) -> None:
    one = await database.write(given, world)
    aigul = world.aigul.person_id
    before = await database.read(planned)
    # Thirty days before, on a Friday, put off by a day: it comes on Monday, the ladder stays.
    friday = datetime(2026, 12, 11, 4, 0, tzinfo=UTC)
    await database.write(reminders.tick, friday, ZONE)
    put = (world.aigul, one.id, 1, friday, ZONE)
    assert await database.write(reminding.snooze, *put) == date(2026, 12, 14)
    off = of(aigul, JANUARY, "~2026-12-14")
    assert await database.read(planned) == before - of(aigul, JANUARY, "-30") | off
    # Another ladder leaves what was put off; the next period has no need of it.
    ladder = (INDICATOR, 0, (5,), friday, ZONE)
    await database.write(reminding.set_ladder, world.ermek, *ladder)
    assert await database.read(planned) == of(aigul, JANUARY, "-5", "0", "+7") | off
    reported = datetime(2027, 1, 5, 4, 0, tzinfo=UTC)
    await database.write(indicators.report, world.aigul, one.id, 2, Q4, 41.7, reported, ZONE)
    assert {row[1] for row in await database.read(planned)} == {date(2027, 4, 10)}


async def test_who_does_not_report_it_puts_nothing_off(database: Database, world: World) -> None:
    one = await database.write(given, world)
    before = await database.read(planned)
    with pytest.raises(NotFound):
        await database.write(reminding.snooze, world.dana, one.id, 1, NOW, ZONE)
    with pytest.raises(NotPossible, match="no_such_day"):
        await database.write(reminding.snooze, world.aigul, one.id, 2, NOW, ZONE)
    assert await database.read(planned) == before


async def test_mondays_digest_has_the_figures_that_are_due(
    database: Database, world: World
) -> None:
    one = await database.write(given, world)
    aigul = world.aigul.person_id
    for day, told in ((datetime(2026, 12, 21, 4, tzinfo=UTC), 0), (LATER, 1)):
        assert await database.write(weekly.tick, day, ZONE) == told
    for today, due in ((date(2026, 12, 21), []), (date(2026, 12, 28), [one.id])):
        week = await database.read(weekly.of, aigul, today)
        assert [fact.id for fact in week.facts] == due
        assert bool(week) is bool(due)
    # Overdue ones stay in it; another's are not in it.
    assert (await database.read(weekly.of, aigul, date(2027, 3, 1))).facts
    assert not await database.read(weekly.of, world.marat.person_id, date(2027, 3, 1))
