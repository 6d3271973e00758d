"""Another day, cancelled, changed: who is told, when, and of what."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotPossible
from storage.meetings import answers, change_notices, editing, meeting_reminders, moving
from storage.tables import invitees, outbox
from storage.tables import meeting_reminders as rungs
from tests import world
from tests.conftest import NOW, ZONE
from tests.storage.meetings.life_world import (
    ASSEMBLY,
    FRIDAY,
    IN_THE_BRANCH,
    MEMBER,
    MINUTE,
    OWNER,
    SECRETARY,
    actor,
    called,
    column,
    drafted,
    seen,
    told,
)

MONDAY = FRIDAY + timedelta(days=3)
CHANGED = "meeting_changed"


@pytest.fixture
async def peopled(database: Database) -> Database:
    await database.write(world.people_it)
    return database


async def edit(database: Database, meeting_id: int, now: datetime, **values: Any) -> None:
    who = await actor(database, SECRETARY)
    version = (await seen(database, meeting_id)).version
    await database.write(editing.edit, who, meeting_id, version, values, now)


async def test_moved_it_is_told_at_once_to_those_who_knew(peopled: Database) -> None:
    meeting_id = await called(peopled)
    # Somebody comes onto the list later and was told nothing yet.
    late = {"meeting_id": meeting_id, "person_id": 7, "name": "Ли Виктория"}
    await peopled.write(
        lambda tx: tx.execute(invitees.insert().values(**late, capacity="invited")) and None
    )
    who = await actor(peopled, SECRETARY)

    moved = await peopled.write(
        moving.reschedule, who, meeting_id, 1, MONDAY, "зал бос емес", 4, NOW, ZONE
    )

    assert (moved.state, moved.starts_at, moved.was_at) == ("rescheduled", MONDAY, FRIDAY)
    assert moved.reason == "зал бос емес"
    assert await peopled.read(told, moving.MOVED) == IN_THE_BRANCH
    with pytest.raises(AlreadyChanged):
        await peopled.write(moving.reschedule, who, meeting_id, 1, MONDAY, None, 4, NOW, ZONE)


async def test_answers_and_reminders_are_for_the_hour_it_has(peopled: Database) -> None:
    meeting_id = await called(peopled)
    who, member = await actor(peopled, SECRETARY), await actor(peopled, MEMBER)
    await peopled.write(answers.answer, member, meeting_id, answers.WILL, NOW)
    await peopled.write(meeting_reminders.replan, meeting_id, NOW, ZONE)

    def planned(tx: Connection) -> set[datetime]:
        rows = tx.execute(select(rungs.c.starts_at).where(rungs.c.state == "planned"))
        return set(rows.scalars())

    assert await peopled.read(planned) == {FRIDAY}
    await peopled.write(moving.reschedule, who, meeting_id, 1, MONDAY, None, 4, NOW, ZONE)
    assert await peopled.read(planned) == {MONDAY}
    given = select(invitees.c.answer).where(invitees.c.person_id == member.person_id)
    assert await peopled.read(lambda tx: tx.execute(given).scalar_one()) is None
    await peopled.write(moving.cancel, who, meeting_id, 2, "боран", 4, NOW, ZONE)
    assert await peopled.read(planned) == set()


@pytest.mark.parametrize(
    ("starts_at", "expected", "reason"),
    [
        (NOW - MINUTE, 4, "in_the_past"),
        (NOW, 4, "in_the_past"),
        (FRIDAY, 4, "same_time"),
        (MONDAY + timedelta(hours=1, minutes=59), 4, "overlaps"),
        (MONDAY - timedelta(hours=1), 4, "overlaps"),
        (FRIDAY + timedelta(days=1), 5, "others_called"),
    ],
)
async def test_where_it_cannot_be_moved(
    peopled: Database, starts_at: datetime, expected: int, reason: str
) -> None:
    await called(peopled, replace(ASSEMBLY, starts_at=MONDAY, draft="other"))
    meeting_id = await called(peopled)
    who = await actor(peopled, SECRETARY)

    with pytest.raises(NotPossible, match=reason):
        await peopled.write(
            moving.reschedule, who, meeting_id, 1, starts_at, None, expected, NOW, ZONE
        )
    assert (await seen(peopled, meeting_id)).starts_at == FRIDAY
    assert await peopled.read(told, moving.MOVED) == []
    two_hours_after = MONDAY + timedelta(hours=2)
    await peopled.write(moving.reschedule, who, meeting_id, 1, two_hours_after, None, 4, NOW, ZONE)


async def test_a_cancelled_meeting_stays_cancelled(peopled: Database) -> None:
    meeting_id = await called(peopled)
    who = await actor(peopled, SECRETARY)

    with pytest.raises(NotPossible, match="no_reason"):
        await peopled.write(moving.cancel, who, meeting_id, 1, "  ", 4, NOW, ZONE)
    with pytest.raises(NotPossible, match="others_called"):
        await peopled.write(moving.cancel, who, meeting_id, 1, "боран", 3, NOW, ZONE)
    cancelled = await peopled.write(moving.cancel, who, meeting_id, 1, "боран", 4, NOW, ZONE)

    assert (cancelled.state, cancelled.reason) == ("cancelled", "боран")
    assert await peopled.read(told, moving.DROPPED) == IN_THE_BRANCH
    with pytest.raises(NotPossible, match="cancelled"):
        await peopled.write(moving.reschedule, who, meeting_id, 2, MONDAY, None, 4, NOW, ZONE)


async def test_a_draft_gets_its_day_in_silence(peopled: Database) -> None:
    meeting_id = await drafted(peopled)
    who = await actor(peopled, SECRETARY)

    meeting = await peopled.write(moving.set_day, who, meeting_id, 1, MONDAY, NOW)

    assert (meeting.state, meeting.starts_at) == ("draft", MONDAY)
    assert await peopled.read(told, moving.MOVED) == []
    with pytest.raises(NotPossible, match="draft"):
        await peopled.write(moving.reschedule, who, meeting_id, 2, FRIDAY, None, 0, NOW, ZONE)
    announced = await called(peopled)
    with pytest.raises(NotPossible, match="announced"):
        await peopled.write(moving.set_day, who, announced, 1, MONDAY + 9 * MINUTE, NOW)


async def test_only_the_region_moves_the_bureau(peopled: Database) -> None:
    bureau = replace(ASSEMBLY, branch_id=world.REGION, body="bureau")
    meeting_id = await called(peopled, bureau, OWNER)
    who = await actor(peopled, SECRETARY)

    with pytest.raises(NotAllowed):
        await peopled.write(moving.reschedule, who, meeting_id, 1, MONDAY, None, 3, NOW, ZONE)
    with pytest.raises(NotAllowed):
        await peopled.write(moving.cancel, who, meeting_id, 1, "боран", 3, NOW, ZONE)


def waiting(tx: Connection) -> list[tuple[int, datetime]]:
    rows = tx.execute(
        select(outbox.c.params, outbox.c.not_before)
        .where(outbox.c.kind == CHANGED, outbox.c.person_id == SECRETARY - 1000)
        .order_by(outbox.c.id)
    )
    return [(row.params["round"], row.not_before) for row in rows]


async def test_quick_changes_are_one_notice(peopled: Database) -> None:
    meeting_id = await called(peopled)
    await edit(peopled, meeting_id, NOW, place="мектеп")
    await edit(peopled, meeting_id, NOW + 2 * MINUTE, link="https://meet.example.kz/1")
    await edit(peopled, meeting_id, NOW + 4 * MINUTE, title_kk="Есеп беру жиналысы")

    assert await peopled.read(waiting) == [(0, NOW + change_notices.FOLD)]
    assert await peopled.read(told, CHANGED) == IN_THE_BRANCH
    differences = await peopled.read(change_notices.differences, meeting_id, 0)
    assert differences == ("title", "place", "link")


async def test_what_comes_after_it_is_the_next_notice_and_nothing_is_said_twice(
    peopled: Database,
) -> None:
    meeting_id = await called(peopled)
    await edit(peopled, meeting_id, NOW, place="мектеп")
    later = NOW + 6 * MINUTE
    await edit(peopled, meeting_id, later, format="hybrid")

    assert await peopled.read(waiting) == [
        (0, NOW + change_notices.FOLD),
        (1, later + change_notices.FOLD),
    ]
    # The first one was held up and is sent only now: it says what was its own to say.
    assert await peopled.read(change_notices.differences, meeting_id, 0) == ("place",)
    assert await peopled.read(change_notices.differences, meeting_id, 1) == ("format",)
    assert await peopled.read(change_notices.differences, meeting_id, 2) == ()


async def test_what_was_taken_back_is_not_told(peopled: Database) -> None:
    meeting_id = await called(peopled)
    await edit(peopled, meeting_id, NOW, place="мектеп")
    await edit(peopled, meeting_id, NOW + MINUTE, place="мәжіліс залы")

    assert await peopled.read(change_notices.differences, meeting_id, 0) == ()


async def test_moving_says_everything_so_the_small_notice_is_silent(peopled: Database) -> None:
    meeting_id = await called(peopled)
    who = await actor(peopled, SECRETARY)
    await edit(peopled, meeting_id, NOW, place="мектеп")
    await peopled.write(moving.reschedule, who, meeting_id, 2, MONDAY, None, 4, NOW + MINUTE, ZONE)

    assert await peopled.read(change_notices.differences, meeting_id, 0) == ()
    await edit(peopled, meeting_id, NOW + 2 * MINUTE, chair="Ли Виктория")
    assert await peopled.read(change_notices.differences, meeting_id, 0) == ("chair",)
    assert len(await peopled.read(waiting)) == 1


async def test_of_a_draft_nobody_is_told(peopled: Database) -> None:
    meeting_id = await drafted(peopled)
    await edit(peopled, meeting_id, NOW, place="мектеп")

    assert await peopled.read(told, CHANGED) == []
    assert await peopled.read(column, meeting_id, "told") is None


async def test_the_same_once_more_is_no_change(peopled: Database) -> None:
    meeting_id = await called(peopled)
    await edit(peopled, meeting_id, NOW, place="мәжіліс залы")

    assert await peopled.read(told, CHANGED) == []


async def test_whom_the_first_notice_reached_late_knows_it_all(peopled: Database) -> None:
    meeting_id = await called(peopled)
    await edit(peopled, meeting_id, NOW + MINUTE, place="мектеп")

    async def reached(moment: datetime) -> bool:
        sent = update(outbox).where(outbox.c.key == f"meeting_announced:{meeting_id}:5")
        await peopled.write(
            lambda tx: tx.execute(sent.values(state="sent", sent_at=moment)) and None
        )
        return await peopled.read(change_notices.knows, meeting_id, 5)

    assert not await reached(NOW)
    assert await reached(NOW + 2 * MINUTE)
    assert not await peopled.read(change_notices.knows, meeting_id, 2)  # is not sent yet
