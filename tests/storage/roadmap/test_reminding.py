"""Reminders as people wish them; those above who hear of what is overdue; Mondays and mornings."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from storage import people, reminder_ladders, reminder_settings, reminders, roadmap
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.reminder_settings import Settings
from storage.roadmap import Kind, State, escalating, extending, morning, replanning, weekly
from storage.rules.access import Role
from storage.tables import control_items, outbox
from storage.tables import reminders as rows
from tests.conftest import NOW, ZONE
from tests.storage import roadmap_world as world

DEADLINE = date(2027, 3, 18)  # a Thursday
REGIONAL = 1010


def at(month: int, day: int, hour: int = 9, year: int = 2027) -> datetime:
    return datetime(year, month, day, hour, tzinfo=ZONE)


@pytest.fixture
async def item_id(database: Database) -> int:
    def build(tx: Connection) -> int:
        world.settle(tx, NOW)
        person_id = people.meet(tx, REGIONAL, "Айгүл Сейтова", NOW)
        people.join(tx, person_id, Role.REGIONAL_SECRETARY, None, date(2025, 1, 1))
        return world.item(tx, "4.12", DEADLINE, NOW)

    return await database.write(build)


def as_(who: int, fn: Callable[..., Any], *args: Any) -> Callable[[Connection], Any]:
    return lambda tx: fn(tx, world.actor(tx, who, NOW), *args)


def planned(tx: Connection) -> list[str]:
    query = select(rows.c.rung).where(rows.c.state == "planned").order_by(rows.c.due_at)
    return list(tx.execute(query).scalars())


def queued(tx: Connection, kind: str) -> list[tuple[int, datetime]]:
    query = select(outbox).where(outbox.c.kind == kind).order_by(outbox.c.id)
    return [(row.person_id, row.not_before) for row in tx.execute(query)]


async def test_a_snooze_touches_its_own_occurrence_only(database: Database, item_id: int) -> None:
    ladder = ["-30", "-14", "-7", "-3", "-1", "0", "+7"]
    assert await database.read(planned) == ladder
    await database.write(reminders.tick, at(2, 16), ZONE)
    later = at(2, 16, 10)
    day = await database.write(as_(world.DAUREN, replanning.snooze, item_id, 1, later, ZONE))
    assert day == date(2027, 2, 17)
    assert await database.read(planned) == ["~2027-02-17", *ladder[1:]]
    # Twice is once; said once it is over, and the ladder goes on.
    await database.write(as_(world.DAUREN, replanning.snooze, item_id, 1, later, ZONE))
    assert await database.write(reminders.tick, at(2, 17), ZONE) == 1
    assert await database.write(reminders.tick, at(2, 18), ZONE) == 0
    assert await database.read(planned) == ladder[1:]


async def test_over_days_off_it_rests_until_the_working_morning(
    database: Database, item_id: int
) -> None:
    friday = at(2, 19, 15)
    given = (item_id, 1, friday, ZONE)
    day = await database.write(as_(world.DAUREN, replanning.snooze, *given))
    assert day == date(2027, 2, 22)  # a Monday
    assert await database.read(reminders.next_due) == at(2, 16).astimezone(UTC)


async def test_a_snooze_goes_with_the_deadline_it_was_of(database: Database, item_id: int) -> None:
    await database.write(as_(world.DAUREN, replanning.snooze, item_id, 7, NOW, ZONE))
    moved = (item_id, 1, DEADLINE + timedelta(days=30), "", NOW, ZONE)
    await database.write(as_(world.SECRETARY, roadmap.move_deadline, *moved))
    assert not [rung for rung in await database.read(planned) if rung.startswith("~")]


async def test_who_does_not_carry_it_puts_nothing_off(database: Database, item_id: int) -> None:
    for who in (world.ASEL, world.SECRETARY):
        with pytest.raises(NotFound):
            await database.write(as_(who, replanning.snooze, item_id, 1, NOW, ZONE))
    with pytest.raises(NotPossible, match="no_such_day"):
        await database.write(as_(world.DAUREN, replanning.snooze, item_id, 400, NOW, ZONE))


async def test_the_hour_and_the_early_ones_are_ones_own(database: Database, item_id: int) -> None:
    wish = as_(world.DAUREN, reminder_settings.choose, Settings(14, False, True, 0))
    assert (await database.write(wish)).version == 1
    with pytest.raises(AlreadyChanged):
        await database.write(wish)
    with pytest.raises(NotPossible, match="no_such_hour"):
        wrong = Settings(3, early=True, digests=True, version=1)
        await database.write(as_(world.DAUREN, reminder_settings.choose, wrong))
    for moment in (at(2, 16), at(3, 4), at(3, 11)):
        await database.write(reminders.tick, moment, ZONE)
    said = await database.read(queued, "roadmap_reminder")
    # Thirty and fourteen days before were not wished; seven days before comes at the hour.
    assert [moment for _, moment in said] == [at(3, 11, 14)]
    assert await database.read(planned) == ["-3", "-1", "0", "+7"]


@pytest.mark.parametrize(
    ("days", "kept"),
    [((10, 5), (10, 5, 0)), ((0,), (0,)), ((3, 3, 60, 1), (60, 3, 1, 0))],
)
async def test_another_ladder_of_a_kind_holds_at_once(
    database: Database, item_id: int, days: tuple[int, ...], kept: tuple[int, ...]
) -> None:
    put = as_(REGIONAL, replanning.set_ladder, Kind.ROADMAP, 0, days, NOW, ZONE)
    assert await database.write(put) == kept
    names = [str(-n) for n in kept]
    assert await database.read(planned) == [*names, "+7"]
    with pytest.raises(AlreadyChanged):
        await database.write(put)
    # A new item follows it; one of another kind does not.
    assert (await database.read(reminder_ladders.of, Kind.INSTRUCTION)).own is None


@pytest.mark.parametrize(
    ("days", "why"),
    [((), "no_rungs"), ((366,), "too_far"), ((-1,), "too_far"), (tuple(range(11)), "too_many")],
)
async def test_a_ladder_that_cannot_be(
    database: Database, item_id: int, days: tuple[int, ...], why: str
) -> None:
    given = (Kind.ROADMAP, 0, days, NOW, ZONE)
    with pytest.raises(NotPossible, match=why):
        await database.write(as_(REGIONAL, replanning.set_ladder, *given))


async def test_a_branch_sets_no_ladder(database: Database, item_id: int) -> None:
    given = (Kind.ROADMAP, 0, (5,), NOW, ZONE)
    with pytest.raises(NotAllowed):
        await database.write(as_(world.SECRETARY, replanning.set_ladder, *given))


async def test_each_rung_above_is_told_once(database: Database, item_id: int) -> None:
    secretary, regional = [
        (await database.read(world.actor, who, NOW)).person_id
        for who in (world.SECRETARY, REGIONAL)
    ]

    async def hears(day: datetime) -> list[int]:
        before = len(await database.read(queued, escalating.KIND))
        await database.write(escalating.tick, day, ZONE)
        return [one for one, _ in (await database.read(queued, escalating.KIND))[before:]]

    overdue = DEADLINE + timedelta(days=7)
    assert await hears(at(3, 24)) == []
    assert await hears(datetime.combine(overdue, at(1, 1).timetz())) == [secretary]
    assert await hears(at(3, 26)) == []
    assert await hears(at(4, 1)) == [regional]
    assert await hears(at(4, 2)) == []
    # Another deadline has rungs of its own.
    moved = (item_id, 1, date(2027, 4, 5), "", at(4, 2), ZONE)
    await database.write(as_(world.SECRETARY, roadmap.move_deadline, *moved))
    assert await hears(at(4, 12)) == [secretary]
    # Nothing is said of what is done by then.
    seen = as_(world.SECRETARY, escalating.overdue_still, [item_id], date(2027, 4, 12))
    assert len(await database.read(seen)) == 1
    done = (item_id, 2, State.DONE, None, at(4, 12, 10), ZONE)
    await database.write(as_(world.DAUREN, roadmap.report, *done))
    assert await database.read(seen) == []
    foreign = as_(world.OTHER_SECRETARY, escalating.overdue_still, [item_id], date(2027, 4, 12))
    assert await database.read(foreign) == []


async def test_mondays_digest_comes_once_a_week(database: Database, item_id: int) -> None:
    def more(tx: Connection) -> None:
        world.item(tx, "4.13", date(2027, 3, 9), NOW)
        world.item(tx, "4.14", date(2027, 3, 25), NOW, executor=world.ASEL)

    await database.write(more)
    dauren = (await database.read(world.actor, world.DAUREN, NOW)).person_id
    # Thursday: it is not Monday, and nothing was missed.
    assert await database.write(weekly.tick, at(3, 11), ZONE) == 0
    assert await database.write(weekly.tick, at(3, 15), ZONE) == 2
    assert await database.write(weekly.tick, at(3, 16), ZONE) == 0
    week = await database.read(weekly.of, dauren, date(2027, 3, 15))
    assert [item.number for item in week.overdue] == ["4.13"]
    assert [item.number for item in week.this] == ["4.12"]
    assert week.next == ()
    # A Monday that the program missed is made up for on the day it works again.
    wish = as_(world.ASEL, reminder_settings.choose, Settings(9, True, False, 0))
    await database.write(wish)
    assert await database.write(weekly.tick, at(3, 24), ZONE) == 1


async def test_a_secretarys_morning(database: Database, item_id: int) -> None:
    today = date(2027, 3, 15)

    def more(tx: Connection) -> None:
        world.item(tx, "late", date(2027, 3, 1), NOW)
        world.item(tx, "other", date(2027, 3, 1), NOW, branch_id=world.ORDABASY)
        done = world.item(tx, "done", date(2027, 3, 1), NOW)
        actor = world.actor(tx, world.DAUREN, NOW)
        roadmap.report(tx, actor, done, 1, State.DONE, None, NOW, ZONE)
        extending.ask(tx, actor, item_id, 1, date(2027, 4, 1), "Кешікті", NOW, NOW.date())

    await database.write(more)
    numbers = await database.read(as_(world.SECRETARY, morning.of, NOW, today))
    assert (numbers.due, numbers.overdue, numbers.to_check, numbers.asked) == (1, 1, 1, 1)
    assert numbers.zero == {}
    whole = await database.read(as_(REGIONAL, morning.of, NOW, today))
    assert whole.overdue == 2
    assert "unreachable" in whole.zero
    with pytest.raises(NotAllowed):
        await database.read(as_(world.DAUREN, morning.of, NOW, today))
    # Saturdays and holidays are quiet; on a working day every secretary gets a card.
    assert await database.write(morning.tick, at(3, 13), ZONE) == 0
    assert await database.write(morning.tick, at(3, 15), ZONE) == 0
    assert await database.write(morning.tick, at(3, 16), ZONE) == 3


async def test_nothing_to_look_at_is_nothing_said(database: Database, item_id: int) -> None:
    clear = update(control_items).values(deadline=date(2030, 1, 1))
    await database.write(lambda tx: tx.execute(clear))
    assert not await database.read(as_(world.SECRETARY, morning.of, NOW, date(2027, 3, 15)))
