"""What reminds of a request's deadline, and who hears of one that is long overdue."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from storage import reminders, requests
from storage.database import Database
from storage.errors import NotAllowed, NotPossible
from storage.requests import (
    RequestDraft,
    VoterRequest,
    escalating,
    escalation_days,
    late_bodies,
    reminding,
)
from storage.rules.access import Role
from storage.rules.request_states import RequestState
from storage.tables import memberships, outbox, voter_requests
from storage.tables import reminders as reminder_table
from tests.conftest import NOW, ZONE
from tests.storage.requests.world import World, build, settle

LAMP = RequestDraft("Жылға ауылында көше шамы жанбайды", "lighting", place="Жылға ауылы")


@pytest.fixture
async def world(database: Database) -> World:
    return await database.write(build)


async def registered(database: Database, world: World) -> VoterRequest:
    return await database.write(requests.register, world.aigul, LAMP, NOW, ZONE)


async def planned(database: Database) -> list[tuple[str, date, int]]:
    query = (
        select(reminder_table)
        .where(reminder_table.c.state == "planned")
        .order_by(reminder_table.c.due_at)
    )
    found = await database.read(lambda tx: tx.execute(query).mappings().all())
    return [(r["rung"], r["due_at"].astimezone(ZONE).date(), r["person_id"]) for r in found]


async def told(database: Database) -> list[tuple[int, Any]]:
    query = select(outbox).where(outbox.c.kind == escalating.KIND).order_by(outbox.c.id)
    found = await database.read(lambda tx: tx.execute(query).mappings().all())
    return [(r["person_id"], r["params"]["days"]) for r in found]


def morning(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 9, 5, tzinfo=ZONE)


async def test_the_ladder_stands_from_registration_to_the_answer(
    database: Database, world: World
) -> None:
    lamp = await registered(database, world)
    who = world.aigul.person_id
    assert await planned(database) == [
        ("-5", date(2026, 12, 8), who),
        ("-1", date(2026, 12, 14), who),
        ("0", date(2026, 12, 15), who),
        ("+3", date(2026, 12, 21), who),
    ]
    change = requests.change_state
    busy = await database.write(
        change, world.aigul, lamp.id, lamp.version, RequestState.IN_PROGRESS, NOW
    )
    done = await database.write(settle, world.aigul, busy, RequestState.RESOLVED)
    assert await planned(database) == []
    await database.write(change, world.aigul, lamp.id, done.version, RequestState.IN_PROGRESS, NOW)
    assert [rung for rung, *_ in await planned(database)] == ["-5", "-1", "0", "+3"]


async def test_a_moved_deadline_and_another_deputy_move_the_ladder(
    database: Database, world: World
) -> None:
    lamp = await registered(database, world)
    moved = {"due_on": date(2026, 12, 22), "deputy_id": world.nurlan.person_id}
    await database.write(
        lambda tx: tx.execute(
            update(voter_requests).where(voter_requests.c.id == lamp.id).values(**moved)
        )
    )
    await database.write(reminding.plan, lamp.id, NOW, ZONE)
    rungs = await planned(database)
    assert {who for *_, who in rungs} == {world.nurlan.person_id}
    assert ("0", date(2026, 12, 22)) in [rung[:2] for rung in rungs]


async def test_overdue_is_said_each_third_working_day_and_once(
    database: Database, world: World
) -> None:
    await registered(database, world)
    moment = morning(12, 21)
    assert await database.write(reminders.tick, moment, ZONE) == 1
    assert await database.write(reminders.tick, moment, ZONE) == 0
    assert await planned(database) == [("+6", date(2026, 12, 24), world.aigul.person_id)]


async def test_each_rung_of_escalation_is_told_once(database: Database, world: World) -> None:
    await registered(database, world)
    leader = world.nurlan.person_id
    row = {"person_id": leader, "role": Role.FACTION_LEADER, "branch_id": world.sar}
    await database.write(
        lambda tx: tx.execute(insert(memberships).values(starts_on=date(2026, 1, 1), **row))
    )
    expected = [
        (morning(12, 17), []),
        (morning(12, 21), [(leader, 3)]),
        (morning(12, 22), []),
        (morning(12, 24), [(world.dana.person_id, 6)]),
        (morning(1, 14, 2027), [(world.ermek.person_id, 12)]),
        (morning(2, 26, 2027), []),
    ]
    seen: list[tuple[int, Any]] = []
    for moment, new in expected:
        for _ in range(2):  # two ticks, as after a restart
            await database.write(escalating.tick, moment, ZONE)
        seen += new
        assert await told(database) == seen, moment


async def test_other_days_are_set_and_nothing_is_told_twice(
    database: Database, world: World
) -> None:
    await registered(database, world)
    who = world.dana.person_id  # nobody leads the faction
    await database.write(escalating.tick, morning(12, 21), ZONE)
    assert await told(database) == [(who, 3)]
    await database.write(escalation_days.put, world.ermek, 0, (2, 4, 9), NOW)
    await database.write(escalating.tick, morning(12, 22), ZONE)
    assert await told(database) == [(who, 3)]  # she has heard of it in the leader's place
    await database.write(escalation_days.put, world.ermek, 1, (5, 10, 20), NOW)
    await database.write(escalating.tick, morning(1, 14, 2027), ZONE)
    assert await told(database) == [(who, 3)]
    await database.write(escalating.tick, morning(1, 22, 2027), ZONE)
    assert await told(database) == [(who, 3), (world.ermek.person_id, 20)]


async def test_whoever_holds_two_rungs_hears_of_it_once(database: Database, world: World) -> None:
    await registered(database, world)
    who = world.dana.person_id  # secretary, and leader of the faction
    row = {"person_id": who, "role": Role.FACTION_LEADER, "branch_id": world.sar}
    await database.write(
        lambda tx: tx.execute(insert(memberships).values(starts_on=date(2026, 1, 1), **row))
    )
    # After a standstill both rungs are due at once.
    for moment in (morning(12, 29), morning(12, 30)):
        await database.write(escalating.tick, moment, ZONE)
        assert await told(database) == [(who, 3)]


@pytest.mark.parametrize(
    "days", [(), (3, 6), (3, 3, 6), (6, 3, 12), (0, 1, 2), (-1, 1, 2), (1, 2, 251), (1, 2, 3, 4)]
)
async def test_days_that_are_refused(
    database: Database, world: World, days: tuple[int, ...]
) -> None:
    with pytest.raises(NotPossible):
        await database.write(escalation_days.put, world.ermek, 0, days, NOW)
    with pytest.raises(NotAllowed):
        await database.write(escalation_days.put, world.dana, 0, (3, 6, 12), NOW)
    assert (await database.read(escalation_days.get)).days == (3, 6, 12)


async def test_an_answered_one_goes_no_higher(database: Database, world: World) -> None:
    lamp = await registered(database, world)
    await database.write(settle, world.aigul, lamp)
    await database.write(escalating.tick, morning(1, 14, 2027), ZONE)
    assert await told(database) == []


async def test_a_request_without_a_deputy_is_told_once_to_the_secretary(
    database: Database, world: World
) -> None:
    lamp = await registered(database, world)
    await database.write(
        lambda tx: tx.execute(
            update(memberships)
            .where(memberships.c.person_id == world.aigul.person_id)
            .values(ends_on=date(2026, 11, 24))
        )
    )
    for day in (25, 26):
        await database.write(escalating.tick, morning(11, day), ZONE)
    assert await told(database) == [(world.dana.person_id, 0)]
    tomorrow = (NOW + timedelta(days=1)).date()
    awaited = (reminding.awaited, world.aigul.person_id, [lamp.id], tomorrow)
    assert await database.read(awaited[0], *awaited[1:]) == []
    seen = await database.read(reminding.unanswered, world.dana.person_id, [lamp.id], tomorrow)
    assert [one.id for one in seen] == [lamp.id]


async def test_the_late_answer_of_a_body_is_told_once_a_rung(
    database: Database, world: World
) -> None:
    lamp, who = await registered(database, world), world.aigul.person_id
    await database.write(
        lambda tx: tx.execute(
            update(voter_requests).values(state="sent_to_body", legal_due_on=date(2026, 12, 10))
        )
    )

    async def tells(moment: datetime) -> int:
        return await database.write(late_bodies.tick, moment, ZONE)

    assert await tells(morning(12, 10)) == 0
    assert [await tells(morning(12, 11)), await tells(morning(12, 14))] == [1, 0]
    # After a standstill the highest rung is said, and no lower one.
    assert [await tells(morning(12, 28)), await tells(morning(12, 29))] == [1, 0]
    about = (who, [lamp.id], date(2026, 12, 29))
    assert [one.id for one in await database.read(late_bodies.late_still, *about)] == [lamp.id]
    await database.write(
        lambda tx: tx.execute(update(voter_requests).values(legal_due_on=date(2027, 1, 20)))
    )
    assert await database.read(late_bodies.late_still, *about) == []
    assert [await tells(morning(1, 20, 2027)), await tells(morning(1, 21, 2027))] == [0, 1]
