"""Reminders of a meeting: three days, a day and two hours before, each once, to whoever comes."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, insert, select, update

from storage.database import Database
from storage.errors import NotAllowed, NotPossible
from storage.meetings import answers, meeting_reminders
from storage.meetings.meeting_reminders import AHEAD_KIND, PAPERS_KIND, SOON_KIND
from storage.rules.meeting_ladder import DAY
from storage.tables import agenda_items, materials, outbox
from storage.tables import meetings as meetings_table
from tests.conftest import NOW, ZONE
from tests.storage.meetings import attendance_world as bureau
from tests.storage.meetings.attendance_world import FIRST, SECRETARY, Bureau, actor

STARTS = NOW + timedelta(days=7)  # a Tuesday at ten


@pytest.fixture
async def called(database: Database) -> Bureau:
    await database.write(bureau.fill)
    return await database.write(lambda tx: bureau.convene(tx, starts_at=STARTS))


async def ticks(database: Database, moment: datetime) -> int:
    return await database.write(meeting_reminders.tick, moment, ZONE)


def said(tx: Connection) -> dict[str, int]:
    found: dict[str, int] = {}
    for kind in tx.execute(select(outbox.c.kind)).scalars():
        found[kind] = found.get(kind, 0) + 1
    return found


def starts(tx: Connection, moment: datetime, state: str = "rescheduled") -> None:
    tx.execute(update(meetings_table).values(starts_at=moment, state=state))


async def test_three_times_to_each_who_has_not_said_no(database: Database, called: Bureau) -> None:
    await database.write(answers.put, called.listed[FIRST], "cannot", NOW)
    await database.write(answers.put, called.listed[FIRST + 1], "will", NOW)
    assert await ticks(database, NOW) == 0
    assert await ticks(database, STARTS - timedelta(days=4, hours=14, minutes=1)) == 0
    for before in (timedelta(days=3), timedelta(days=1), timedelta(hours=2)):
        assert await ticks(database, STARTS - before) == 16
        assert await ticks(database, STARTS - before + timedelta(minutes=1)) == 0
    assert await database.read(said) == {AHEAD_KIND: 32, SOON_KIND: 16}


async def test_after_an_outage_only_the_nearest_is_said(database: Database, called: Bureau) -> None:
    await ticks(database, NOW)
    assert await ticks(database, STARTS - timedelta(hours=1)) == 17
    assert await database.read(said) == {SOON_KIND: 17}


async def test_nothing_is_said_of_a_meeting_that_has_begun(
    database: Database, called: Bureau
) -> None:
    await ticks(database, NOW)
    assert await ticks(database, STARTS + timedelta(minutes=1)) == 0
    assert await database.read(said) == {}


async def test_another_hour_makes_the_old_reminders_void(
    database: Database, called: Bureau
) -> None:
    await ticks(database, NOW)
    later = STARTS + timedelta(days=1)

    def move(tx: Connection) -> None:
        starts(tx, later)
        meeting_reminders.replan(tx, called.meeting, NOW, ZONE)

    await database.write(move)
    assert await ticks(database, STARTS - timedelta(hours=2)) == 17  # a day before the new hour
    assert await ticks(database, later - timedelta(hours=2)) == 17
    assert await database.read(said) == {AHEAD_KIND: 17, SOON_KIND: 17}


async def test_another_hour_of_the_same_day_repeats_no_day(
    database: Database, called: Bureau
) -> None:
    await ticks(database, NOW)
    await ticks(database, STARTS - timedelta(days=3))
    await database.write(starts, STARTS + timedelta(hours=5))
    assert await ticks(database, STARTS - timedelta(days=3) + timedelta(hours=1)) == 0
    await ticks(database, STARTS - timedelta(days=3) + timedelta(hours=6))
    assert (await database.read(said))[AHEAD_KIND] == 17


async def test_a_cancelled_meeting_is_not_reminded_of(database: Database, called: Bureau) -> None:
    await ticks(database, NOW)
    await database.write(starts, STARTS, "cancelled")
    assert await ticks(database, STARTS - timedelta(days=1)) == 0


async def test_the_secretary_chooses(database: Database, called: Bureau) -> None:
    secretary, moldir = await actor(database, SECRETARY), await actor(database, 1002)

    async def sets(minutes: int, *, wanted: bool) -> list[int]:
        return await database.write(
            meeting_reminders.choose, secretary, called.meeting, minutes, NOW, ZONE, wanted=wanted
        )

    assert await sets(60, wanted=True) == [3 * DAY, DAY, 120, 60]
    assert await sets(3 * DAY, wanted=False) == [DAY, 120, 60]
    assert await ticks(database, STARTS - timedelta(days=3)) == 0
    assert await ticks(database, STARTS - timedelta(days=1)) == 17
    with pytest.raises(ValueError, match="no reminder"):
        await sets(7, wanted=True)
    with pytest.raises(NotAllowed):
        await database.read(meeting_reminders.of_meeting, moldir, called.meeting)
    await database.write(bureau.move, called.meeting, "held")
    with pytest.raises(NotPossible, match="meeting_begun"):
        await sets(60, wanted=False)


async def test_a_speaker_without_papers_is_asked_for_them(
    database: Database, called: Bureau
) -> None:
    speaker = bureau.GUEST_SPEAKER - 1000
    await database.write(
        lambda tx: tx.execute(
            update(agenda_items).where(agenda_items.c.id == called.item).values(speaker_id=speaker)
        )
    )
    await ticks(database, NOW)
    await ticks(database, STARTS - timedelta(days=3))
    assert (await database.read(said))[PAPERS_KIND] == 1

    file = {"meeting_id": called.meeting, "item_id": called.item, "kind": "document", "name": "a"}
    file |= {"file_id": "f", "file_unique_id": "u", "added_by": speaker, "added_at": NOW}
    await database.write(lambda tx: tx.execute(insert(materials).values(**file)))
    await ticks(database, STARTS - timedelta(days=1))
    assert (await database.read(said))[PAPERS_KIND] == 1
