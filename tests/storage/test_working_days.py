"""The calendar that is kept: who may, what moves with a day, and the yearly word."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select

from storage import calendar_keeping, people, reminders, working_days
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotPossible
from storage.rules.access import Actor, Role
from storage.tables import audit, outbox
from storage.tables import reminders as table
from tests.conftest import NOW, ZONE
from tests.storage import roadmap_world as world

OWNER, REGIONAL = 1101, 1102
TUESDAY, FRIDAY, SATURDAY = date(2026, 11, 24), date(2026, 11, 27), date(2026, 11, 28)


def at(month: int, day: int, hour: int = 9, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=ZONE)


@pytest.fixture
async def keeper(database: Database) -> Actor:
    """The region with its people, and the owner who keeps the calendar."""

    def settle(tx: Connection) -> Actor:
        world.settle(tx, NOW)
        for telegram_id, name, role in (
            (OWNER, "Айгүл Сейтова", Role.OWNER),
            (REGIONAL, "Серік Әлиев", Role.REGIONAL_SECRETARY),
        ):
            person_id = people.meet(tx, telegram_id, name, NOW)
            people.join(tx, person_id, role, None, date(2025, 1, 1))
        people.join(
            tx, world.actor(tx, OWNER, NOW).person_id, Role.REGIONAL_SECRETARY, None, TUESDAY
        )
        return world.actor(tx, OWNER, NOW)

    return await database.write(settle)


async def actor(database: Database, telegram_id: int) -> Actor:
    return await database.read(world.actor, telegram_id, NOW)


async def sets(database: Database, who: Actor, day: date, is_working: bool, **more: Any) -> int:
    return await database.write(
        calendar_keeping.set_day, who, day, is_working, more.pop("note", None), NOW, ZONE, **more
    )


def due(tx: Connection) -> dict[str, datetime]:
    rows = tx.execute(select(table.c.rung, table.c.due_at).where(table.c.state == "planned"))
    return {row.rung: row.due_at for row in rows}


def words(tx: Connection) -> list[Any]:
    rows = select(outbox).where(outbox.c.kind == calendar_keeping.NAG).order_by(outbox.c.id)
    return list(tx.execute(rows).mappings())


async def test_a_moved_day_is_kept_with_who_said_so(database: Database, keeper: Actor) -> None:
    await sets(database, keeper, SATURDAY, True, note="Үкімет қаулысы")
    (one,) = await database.read(working_days.overrides, 2026)
    assert (one.day, one.is_working, one.note, one.version) == (SATURDAY, True, "Үкімет қаулысы", 1)
    assert (one.by, one.at) == ("Айгүл Сейтова", NOW)
    assert await database.read(working_days.overrides, 2027) == ()
    assert (await database.read(working_days.load)).is_working(SATURDAY)
    query = select(audit).where(audit.c.action == "calendar.set")
    row = (await database.read(lambda tx: tx.execute(query).mappings().all()))[0]
    assert row["person_id"] == keeper.person_id
    assert row["details"] == {"day": "2026-11-28", "is_working": True, "reminders": 0}


async def test_a_day_taken_back_is_as_published(database: Database, keeper: Actor) -> None:
    await sets(database, keeper, FRIDAY, False)
    await database.write(calendar_keeping.forget_day, keeper, FRIDAY, 1, NOW, ZONE)
    assert await database.read(working_days.overrides, 2026) == ()
    assert (await database.read(working_days.load)).is_working(FRIDAY)
    with pytest.raises(AlreadyChanged):
        await database.write(calendar_keeping.forget_day, keeper, FRIDAY, 1, NOW, ZONE)


@pytest.mark.parametrize("who", [world.SECRETARY, world.DAUREN, world.BUREAU, world.MEMBER])
async def test_nobody_else_keeps_it(database: Database, keeper: Actor, who: int) -> None:
    other = await actor(database, who)
    with pytest.raises(NotAllowed):
        await database.read(calendar_keeping.year, other, 2026)
    with pytest.raises(NotAllowed):
        await database.read(calendar_keeping.outlook, other, FRIDAY, False, ZONE)
    with pytest.raises(NotAllowed):
        await sets(database, other, FRIDAY, False)
    with pytest.raises(NotAllowed):
        await database.write(calendar_keeping.forget_day, other, FRIDAY, 1, NOW, ZONE)
    with pytest.raises(NotAllowed):
        await database.write(calendar_keeping.confirm_year, other, 2027, "", NOW)


@pytest.mark.parametrize(
    "day", [TUESDAY - timedelta(days=1), date(2029, 1, 1)], ids=["yesterday", "in three years"]
)
async def test_only_days_ahead_are_moved(database: Database, keeper: Actor, day: date) -> None:
    with pytest.raises(NotPossible):
        await sets(database, keeper, day, False)
    with pytest.raises(NotPossible):
        await database.write(calendar_keeping.forget_day, keeper, day, 1, NOW, ZONE)


async def test_a_note_has_an_end(database: Database, keeper: Actor) -> None:
    await sets(database, keeper, FRIDAY, False, note="а" * 120)
    with pytest.raises(ValueError, match="120"):
        await sets(database, keeper, FRIDAY, False, note="а" * 121, version=1)


async def test_the_second_of_two_learns_of_the_first(database: Database, keeper: Actor) -> None:
    other = await actor(database, REGIONAL)
    await sets(database, other, FRIDAY, False)
    with pytest.raises(AlreadyChanged) as change:
        await sets(database, keeper, FRIDAY, True)
    assert (change.value.by, change.value.at) == ("Серік Әлиев", NOW)
    await sets(database, keeper, FRIDAY, True, version=1)
    with pytest.raises(AlreadyChanged):
        await database.write(calendar_keeping.forget_day, other, FRIDAY, 1, NOW, ZONE)
    with pytest.raises(AlreadyChanged):
        await sets(database, other, FRIDAY, False, version=1)


async def test_two_in_the_same_moment(database: Database, database_url: str, keeper: Actor) -> None:
    other, elsewhere = await actor(database, REGIONAL), Database(database_url)
    both = await asyncio.gather(
        sets(database, keeper, FRIDAY, True),
        sets(elsewhere, other, FRIDAY, False),
        return_exceptions=True,
    )
    await elsewhere.close()
    assert sorted(type(one).__name__ for one in both) == ["AlreadyChanged", "int"]
    assert len(await database.read(working_days.overrides, 2026)) == 1


async def test_planned_reminders_move_with_the_day(database: Database, keeper: Actor) -> None:
    # Thursday 24 December: a week before it is Thursday the 17th, three days Monday the 21st.
    await database.write(world.item, "4.1", date(2026, 12, 24), NOW)
    before = await database.read(due)
    thursday = date(2026, 12, 17)
    looked = await database.read(calendar_keeping.outlook, keeper, thursday, False, ZONE)
    assert (looked.override, looked.moved) == (None, 1)
    assert await sets(database, keeper, thursday, False) == 1
    # The 16th is Independence Day: the warning comes on Tuesday.
    assert await database.read(due) == {**before, "-7": at(12, 15)}
    back = await database.read(calendar_keeping.outlook, keeper, thursday, None, ZONE)
    assert back.moved == 1
    assert await database.write(calendar_keeping.forget_day, keeper, thursday, 1, NOW, ZONE) == 1
    assert await database.read(due) == before


async def test_a_warning_that_moves_into_the_past_is_said_at_once(
    database: Database, keeper: Actor
) -> None:
    await database.write(world.item, "4.1", TUESDAY + timedelta(days=1), NOW)
    assert await database.read(due) == {"0": at(11, 25), "+7": at(12, 2)}
    await sets(database, keeper, TUESDAY + timedelta(days=1), False)
    # "0" belongs to this very morning now, which is an hour ago.
    assert (await database.read(due))["0"] == at(11, 24)
    assert await database.write(reminders.tick, NOW, ZONE) == 1
    assert await database.write(reminders.tick, NOW + timedelta(days=1), ZONE) == 0


async def test_what_was_said_is_not_said_again(database: Database, keeper: Actor) -> None:
    await database.write(world.item, "4.1", FRIDAY, NOW - timedelta(days=10))
    assert await database.write(reminders.tick, NOW, ZONE) == 1  # "-3", of this morning
    assert await sets(database, keeper, FRIDAY, False) == 1
    found = await database.read(due)
    assert found == {"-1": at(11, 26), "0": at(11, 26), "+7": at(12, 4)}
    assert await database.write(reminders.tick, at(11, 26), ZONE) == 1
    rows = select(table.c.rung, table.c.state).where(table.c.state != "planned")
    states = await database.read(lambda tx: {r.rung: r.state for r in tx.execute(rows)})
    # Both fell on one morning: the deadline itself was said, and a record stays of the other.
    assert (states["-1"], states["0"]) == ("expired", "queued")


async def test_a_year_is_confirmed_as_it_was_seen(database: Database, keeper: Actor) -> None:
    seen = await database.read(calendar_keeping.year, keeper, 2027)
    assert seen.confirmed_at is None
    assert seen.uncertain == [(date(2027, 5, 16), "Eid al-Adha (estimated)")]
    await sets(database, keeper, date(2027, 5, 17), False, note="Құрбан айт")
    with pytest.raises(AlreadyChanged):
        await database.write(calendar_keeping.confirm_year, keeper, 2027, seen.seal, NOW)
    now = await database.read(calendar_keeping.year, keeper, 2027)
    await database.write(calendar_keeping.confirm_year, keeper, 2027, now.seal, NOW)
    assert await database.read(working_days.confirmed, 2027) == NOW
    assert await database.read(working_days.confirmed, 2026) is None


async def test_a_day_that_was_put_in_is_certain(database: Database, keeper: Actor) -> None:
    await sets(database, keeper, date(2027, 5, 16), False)
    assert (await database.read(calendar_keeping.year, keeper, 2027)).uncertain == []


async def test_the_word_comes_weekly_from_november_on(database: Database, keeper: Actor) -> None:
    days = []
    moment = at(10, 20)
    while moment.year == 2026:
        before = len(await database.read(words))
        await database.write(calendar_keeping.nag, moment, ZONE)
        if len(await database.read(words)) > before:
            days.append(f"{moment:%d.%m}")
        moment += timedelta(days=1)
    # The 1st is a Sunday; each Monday after it is worked.
    assert days == [f"{at(11, 2) + timedelta(weeks=week):%d.%m}" for week in range(9)]
    rows = await database.read(words)
    owner, regional = keeper.person_id, (await actor(database, REGIONAL)).person_id
    # The owner is regional secretary too, and is asked once all the same.
    assert [row["person_id"] for row in rows[:2]] == sorted({owner, regional})
    assert {row["params"]["year"] for row in rows} == {2027}


async def test_the_word_waits_for_a_working_day_and_the_morning(
    database: Database, keeper: Actor
) -> None:
    await sets(database, keeper, date(2026, 11, 30), False)
    assert await database.write(calendar_keeping.nag, at(11, 28), ZONE) == 0  # a Saturday
    assert await database.write(calendar_keeping.nag, at(11, 30), ZONE) == 0  # a moved Monday
    assert await database.write(calendar_keeping.nag, at(12, 1, 22), ZONE) == 2  # late on Tuesday
    assert {row["not_before"] for row in await database.read(words)} == {at(12, 2, 8)}


async def test_a_confirmed_year_is_not_asked_for(database: Database, keeper: Actor) -> None:
    year = await database.read(calendar_keeping.year, keeper, 2027)
    await database.write(calendar_keeping.confirm_year, keeper, 2027, year.seal, NOW)
    assert await database.write(calendar_keeping.nag, NOW, ZONE) == 0
