"""Who sees which items of an agenda: the condition in SQL and the one on a row say the same."""

import itertools
from dataclasses import replace

import pytest
from sqlalchemy import Connection, insert, select, update

from storage import meetings, people
from storage.database import Database
from storage.meetings.access import items_seen_by, visible
from storage.rules.access import Actor, Membership, Role
from storage.tables import agenda_items, branches, invitees
from storage.tables import meetings as table
from tests import world
from tests.conftest import NOW
from tests.storage.meetings.world import add_ahead

DAY = NOW.date()
SECRETARY, DEPUTY, MEMBER, BUREAU = 1002, 1003, 1005, 1006


def fill(tx: Connection) -> int:
    """A Bureau meeting whose items are for members, for the invited and for the Bureau."""
    world.people_it(tx)
    meeting_id = add_ahead(tx, world.REGION)
    rows = [
        {"meeting_id": meeting_id, "number": n, "kind": "report", "title_kk": v, "visibility": v}
        for n, v in enumerate(("invited", "bureau"), start=3)
    ]
    tx.execute(insert(agenda_items), rows)
    return meeting_id


def call(tx: Connection, meeting_id: int, telegram_id: int, capacity: str) -> None:
    values = {"meeting_id": meeting_id, "person_id": telegram_id - 1000, "name": "Қонақ"}
    tx.execute(insert(invitees).values(**values, capacity=capacity))


def seen(tx: Connection, actor: Actor, meeting_id: int, *, papers: bool = True) -> list[int]:
    """The numbers of the items seen; both ways of asking must agree."""
    by_row = [i.number for i in meetings.get(tx, actor, meeting_id, drafts=papers).items]
    query = (
        select(agenda_items.c.number)
        .join(table, table.c.id == agenda_items.c.meeting_id)
        .join(branches, branches.c.id == table.c.branch_id)
        .where(visible(actor, drafts=False), items_seen_by(actor, papers=papers))
        .where(table.c.id == meeting_id)
        .order_by(agenda_items.c.number)
    )
    assert list(tx.execute(query).scalars()) == by_row
    return by_row


def who(tx: Connection, telegram_id: int) -> Actor:
    actor = people.actor_of(tx, telegram_id, DAY)
    assert actor is not None
    return actor


@pytest.mark.parametrize(
    ("telegram_id", "capacity", "numbers"),
    [
        (MEMBER, None, [1, 2]),
        (MEMBER, "observer", [1, 2, 3]),
        (DEPUTY, "invited", [1, 2, 3]),
        (DEPUTY, "member", [1, 2, 3, 4]),
        (BUREAU, None, [1, 2, 3, 4]),
        (BUREAU, "invited", [1, 2, 3, 4]),
        (SECRETARY, None, [1, 2]),  # of a branch: the region's meetings are not hers
        (1001, None, [1, 2, 3, 4]),
    ],
)
async def test_each_sees_what_belongs_to_them(
    database: Database, telegram_id: int, capacity: str | None, numbers: list[int]
) -> None:
    def story(tx: Connection) -> None:
        meeting_id = fill(tx)
        if capacity:
            call(tx, meeting_id, telegram_id, capacity)
        actor = who(tx, telegram_id)
        assert seen(tx, actor, meeting_id) == numbers
        assert seen(tx, actor, meeting_id, papers=False) == [1, 2]  # as in a group

    await database.write(story)


async def test_whom_another_meeting_calls_sees_no_more_of_this_one(database: Database) -> None:
    def story(tx: Connection) -> None:
        meeting_id = fill(tx)
        other = add_ahead(tx, world.REGION, days=9)
        call(tx, other, MEMBER, "member")
        assert seen(tx, who(tx, MEMBER), meeting_id) == [1, 2]

    await database.write(story)


async def test_every_role_in_every_capacity_the_two_ways_agree(database: Database) -> None:
    def story(tx: Connection) -> None:
        meeting_id = fill(tx)
        base = who(tx, MEMBER)
        tx.execute(
            insert(invitees).values(
                meeting_id=meeting_id, person_id=5, name="Қонақ", capacity="observer"
            )
        )
        for capacity, role, branch, body in itertools.product(
            ("member", "invited", "observer"),
            Role,
            (None, world.REGION, world.SARYAGASH),
            ("bureau", "political_council"),
        ):
            tx.execute(update(invitees).values(capacity=capacity))
            tx.execute(update(table).values(body=body))
            seen(tx, replace(base, memberships=(Membership(role, branch),)), meeting_id)

    await database.write(story)
