"""Meetings that repeat: the next one is a draft, made once, on a working day."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from storage.database import Database
from storage.errors import NotAllowed, NotPossible
from storage.meetings import life, series
from storage.tables import meetings as table
from tests import world
from tests.conftest import NOW, ZONE
from tests.storage.meetings.life_world import (
    ASSEMBLY,
    BUREAU,
    FRIDAY,
    OWNER,
    SECRETARY,
    actor,
    called,
    column,
    drafted,
    seen,
    told,
)


@pytest.fixture
async def peopled(database: Database) -> Database:
    await database.write(world.people_it)
    return database


async def repeating(database: Database, every: str = "week") -> int:
    meeting_id = await called(database)
    who = await actor(database, SECRETARY)
    await database.write(series.repeat, who, meeting_id, 1, every, NOW)
    return meeting_id


async def test_when_one_was_held_the_next_is_a_draft(peopled: Database) -> None:
    meeting_id = await repeating(peopled)
    who = await actor(peopled, SECRETARY)
    await peopled.write(life.begin, who, meeting_id, 2, FRIDAY)
    await peopled.write(life.end, who, meeting_id, 3, FRIDAY + timedelta(hours=1), ZONE)

    following, made = await peopled.write(series.next_one, who, meeting_id, FRIDAY, ZONE)

    assert not made  # it was there already
    draft = await seen(peopled, following)
    assert (draft.state, draft.starts_at) == ("draft", FRIDAY + timedelta(days=7))
    assert (draft.title_kk, draft.items) == ("Жалпы жиналыс", ())
    assert len(await peopled.read(told, "meeting_announced")) == 4  # those of the first one


async def test_by_a_tap_once(peopled: Database) -> None:
    meeting_id = await repeating(peopled, "month")
    who = await actor(peopled, SECRETARY)

    first = await peopled.write(series.next_one, who, meeting_id, NOW, ZONE)
    second = await peopled.write(series.next_one, who, meeting_id, NOW, ZONE)

    assert (first[1], second) == (True, (first[0], False))
    # 27 December 2026 is a Sunday.
    assert (await seen(peopled, first[0])).starts_at == FRIDAY + timedelta(days=31)


async def test_two_secretaries_at_once_make_one_draft(peopled: Database) -> None:
    meeting_id = await repeating(peopled)
    both = [await actor(peopled, one) for one in (SECRETARY, OWNER)]

    made = await asyncio.gather(
        *(peopled.write(series.next_one, who, meeting_id, NOW, ZONE) for who in both)
    )

    assert sorted(is_new for _, is_new in made) == [False, True]
    drafts = select(func.count()).where(table.c.state == "draft")
    assert await peopled.read(lambda tx: tx.execute(drafts).scalar_one()) == 1


async def test_what_does_not_repeat_has_no_next_one(peopled: Database) -> None:
    meeting_id = await repeating(peopled)
    who = await actor(peopled, SECRETARY)
    await peopled.write(series.stop, who, meeting_id, 2, NOW)

    with pytest.raises(NotPossible, match="no_series"):
        await peopled.write(series.next_one, who, meeting_id, NOW, ZONE)
    assert await peopled.read(column, meeting_id, "series_id") is None


async def test_what_cannot_repeat(peopled: Database) -> None:
    meeting_id = await drafted(peopled, replace(ASSEMBLY, draft="x"))
    who = await actor(peopled, SECRETARY)
    with pytest.raises(NotPossible, match="no_such_rhythm"):
        await peopled.write(series.repeat, who, meeting_id, 1, "hour", NOW)
    bureau = await called(peopled, BUREAU, OWNER)
    with pytest.raises(NotAllowed):
        await peopled.write(series.repeat, who, bureau, 1, "week", NOW)
