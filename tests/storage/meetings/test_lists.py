"""What a list of meetings can be narrowed to, on both engines."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from storage import meetings
from storage.database import Database
from storage.errors import NotAllowed
from storage.meetings import NewMeeting, lists
from storage.meetings.lists import Only
from storage.rules.access import Role
from tests.conftest import NOW
from tests.storage.meetings.world import World, actor, fill


def faction_too(tx: Connection) -> World:
    world = fill(tx)
    for branch in (world.saryagash, world.kentau):
        ahead = NewMeeting(
            branch,
            "Фракция",
            "Фракция",
            NOW + timedelta(days=1),
            body="faction",
            state="announced",
        )
        meetings.add(tx, ahead)
    return world


async def test_bodies_and_branches_are_counted_within_ones_reach(database: Database) -> None:
    world = await database.write(faction_too)
    gulnar = actor(Role.MEMBER, world.saryagash)
    found = await database.read(lists.homes, gulnar, NOW, past=False)
    assert [(one.body, one.branch_id, one.meetings) for one in found] == [
        ("bureau", world.region, 2),
        ("faction", world.saryagash, 1),
    ]
    found = await database.read(lists.homes, gulnar, NOW, past=True)
    assert [(one.body, one.branch_id, one.meetings) for one in found] == [
        ("bureau", world.region, 2)
    ]


async def test_a_draft_is_counted_for_its_secretary_and_not_in_a_group(database: Database) -> None:
    world = await database.write(fill)
    secretary = actor(Role.BRANCH_SECRETARY, world.saryagash)
    own = await database.read(lists.homes, secretary, NOW, past=False)
    assert world.saryagash in {one.branch_id for one in own}
    group = await database.read(lists.homes, secretary, NOW, past=False, drafts=False)
    assert world.saryagash not in {one.branch_id for one in group}
    with pytest.raises(NotAllowed):
        await database.read(lists.homes, actor(None), NOW, past=False)


@pytest.mark.parametrize(
    ("body", "at", "expected"),
    [("faction", None, 2), ("bureau", "kentau", 1), (None, "kentau", 2), ("conference", None, 0)],
)
async def test_a_narrowed_list_holds_only_what_was_chosen(
    database: Database, body: str | None, at: str | None, expected: int
) -> None:
    world = await database.write(faction_too)
    only = Only(body, getattr(world, at) if at else None)
    page = await database.read(meetings.upcoming, actor(Role.OWNER), NOW, only=only)
    assert page.total == expected
    assert {line.body for line in page.lines} <= {body or line.body for line in page.lines}
