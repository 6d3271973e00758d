"""Announcing a meeting: once a draft, to everybody who is called, by whoever may."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, func, select, update

from storage import meetings, people
from storage.database import Database
from storage.errors import NotAllowed, NotFound, NotPossible
from storage.meetings import announcements, calling
from storage.meetings.announcements import Announcement
from storage.meetings.calling import Called
from storage.rules.access import Actor
from storage.tables import audit, memberships, outbox, search_lines
from storage.tables import meetings as table
from storage.tables import people as people_table
from tests import world
from tests.conftest import NOW, ZONE
from tests.storage.meetings import attendance_world

TODAY = date(2026, 11, 24)
OWNER, SECRETARY, DEPUTY, MEMBER, BUREAU_MEMBER, EXECUTOR, OLEG = (
    *(1001, 1002, 1003, 1005),
    *(1006, 1007, 1015),
)
IN_THE_BRANCH = (SECRETARY, DEPUTY, MEMBER, OLEG)
CALLED_TO_BUREAU = (OWNER, SECRETARY, BUREAU_MEMBER)

ASSEMBLY = Announcement(
    draft="1f.6745",
    branch_id=world.SARYAGASH,
    body="assembly",
    title_kk="Партия мүшелерінің жалпы жиналысы (Сарыағаш аудандық филиалы)",
    title_ru="Общее собрание членов партии (Сарыагашский районный филиал)",
    starts_at=datetime(2026, 11, 27, 10, 0, tzinfo=UTC),
    place="мәжіліс залы",
    agenda=("Жылдық есеп", "Сайлау туралы"),
)
BUREAU = replace(ASSEMBLY, branch_id=world.REGION, body="bureau")


@pytest.fixture
async def peopled(database: Database) -> Database:
    await database.write(world.people_it)
    return database


async def actor(database: Database, telegram_id: int) -> Actor:
    found = await database.read(people.actor_of, telegram_id, TODAY)
    assert found is not None
    return found


async def announce(
    database: Database, telegram_id: int, what: Announcement, expected: int
) -> announcements.Announced:
    who = await actor(database, telegram_id)
    return await database.write(announcements.announce, who, what, expected, NOW, ZONE)


def notices(tx: Connection) -> list[tuple[str, int, int]]:
    rows = tx.execute(
        select(outbox.c.kind, outbox.c.person_id, outbox.c.priority).order_by(outbox.c.person_id)
    )
    return [(row.kind, row.person_id + 1000, row.priority) for row in rows]


def count(tx: Connection) -> int:
    return int(tx.execute(select(func.count()).select_from(table)).scalar_one())


async def test_everybody_in_the_branch_learns_of_it(peopled: Database) -> None:
    result = await announce(peopled, SECRETARY, ASSEMBLY, expected=4)

    assert (result.recipients, result.again) == (4, False)
    told = await peopled.read(notices)
    assert told == [("meeting_announced", who, 1) for who in IN_THE_BRANCH]
    member = await actor(peopled, MEMBER)
    meeting = await peopled.read(meetings.get, member, result.meeting_id)
    assert (meeting.state, meeting.body) == ("announced", "assembly")
    assert meeting.starts_at == ASSEMBLY.starts_at
    assert meeting.place_kk == meeting.place_ru == "мәжіліс залы"
    assert [item.title_ru for item in meeting.items] == ["Жылдық есеп", "Сайлау туралы"]


async def test_it_is_found_by_search(peopled: Database) -> None:
    result = await announce(peopled, SECRETARY, ASSEMBLY, expected=4)

    lines = await peopled.read(
        lambda tx: (
            tx.execute(
                select(search_lines.c.folded).where(search_lines.c.meeting_id == result.meeting_id)
            )
            .scalars()
            .all()
        )
    )
    assert any("сайлау" in line for line in lines)


async def test_the_bureau_is_called_for_the_region(peopled: Database) -> None:
    result = await announce(peopled, OWNER, BUREAU, expected=3)

    assert result.recipients == 3
    assert [who for _, who, _ in await peopled.read(notices)] == list(CALLED_TO_BUREAU)


async def test_the_trail_holds_no_words(peopled: Database) -> None:
    result = await announce(peopled, SECRETARY, ASSEMBLY, expected=4)

    row = await peopled.read(lambda tx: tx.execute(select(audit)).mappings().one())
    assert (row["action"], row["subject_id"]) == ("announce_meeting", result.meeting_id)
    assert row["person_id"] == SECRETARY - 1000
    assert row["details"] == {"body": "assembly", "branch": world.SARYAGASH, "recipients": 4}


async def test_a_second_word_changes_nothing(peopled: Database) -> None:
    first = await announce(peopled, SECRETARY, ASSEMBLY, expected=4)
    second = await announce(peopled, SECRETARY, ASSEMBLY, expected=4)

    assert second == replace(first, again=True)
    assert await peopled.read(count) == 1
    assert len(await peopled.read(notices)) == 4


async def test_two_words_at_once_make_one_meeting(peopled: Database) -> None:
    results = await asyncio.gather(
        *(announce(peopled, SECRETARY, ASSEMBLY, expected=4) for _ in range(5))
    )

    assert len({result.meeting_id for result in results}) == 1
    assert [result.again for result in results].count(False) == 1
    assert await peopled.read(count) == 1
    assert len(await peopled.read(notices)) == 4


async def test_tokens_of_two_people_are_two_drafts(peopled: Database) -> None:
    await announce(peopled, SECRETARY, ASSEMBLY, expected=4)
    result = await announce(peopled, OWNER, BUREAU, expected=3)

    assert result.again is False
    assert await peopled.read(count) == 2


async def test_what_became_of_a_draft_is_its_authors_to_know(peopled: Database) -> None:
    result = await announce(peopled, SECRETARY, ASSEMBLY, expected=4)
    secretary, owner = await actor(peopled, SECRETARY), await actor(peopled, OWNER)

    found = await peopled.read(announcements.announced, secretary, ASSEMBLY.draft)
    assert found == replace(result, again=True)
    assert await peopled.read(announcements.announced, owner, ASSEMBLY.draft) is None
    assert await peopled.read(announcements.announced, secretary, "other") is None


async def test_confirmed_for_another_number_of_people(peopled: Database) -> None:
    with pytest.raises(NotPossible, match="others_called"):
        await announce(peopled, SECRETARY, ASSEMBLY, expected=3)

    assert await peopled.read(count) == 0
    assert await peopled.read(notices) == []
    await announce(peopled, SECRETARY, ASSEMBLY, expected=4)  # the draft is not lost by it


@pytest.mark.parametrize(
    ("who", "what"),
    [
        (MEMBER, ASSEMBLY),
        (DEPUTY, ASSEMBLY),
        (BUREAU_MEMBER, BUREAU),
        (SECRETARY, BUREAU),
        (SECRETARY, replace(ASSEMBLY, branch_id=world.ORDABASY)),
        (SECRETARY, replace(ASSEMBLY, body="bureau")),
    ],
)
async def test_not_for_these(peopled: Database, who: int, what: Announcement) -> None:
    with pytest.raises(NotAllowed):
        await announce(peopled, who, what, expected=4)
    assert await peopled.read(count) == 0


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"starts_at": NOW}, "in_the_past"),
        ({"starts_at": NOW - timedelta(days=1)}, "in_the_past"),
        ({"place": "з" * 201}, "too_long"),
        ({"agenda": ("м",) * 61}, "too_long"),
        ({"agenda": ("м" * 251,)}, "too_long"),
        ({"agenda": ("м" * 250,) * 11}, "too_long"),
        ({"body": "congress"}, "wrong_body"),
    ],
)
async def test_not_like_this(peopled: Database, changed: dict[str, object], reason: str) -> None:
    with pytest.raises(NotPossible, match=reason):
        await announce(peopled, SECRETARY, replace(ASSEMBLY, **changed), expected=4)  # type: ignore[arg-type]


async def test_a_forged_branch_is_not_found(peopled: Database) -> None:
    with pytest.raises(NotFound):
        await announce(peopled, OWNER, replace(ASSEMBLY, branch_id=999), expected=4)


async def test_what_may_be_chosen(peopled: Database) -> None:
    async def chosen(telegram_id: int) -> list[tuple[int, str]]:
        who = await actor(peopled, telegram_id)
        found = await peopled.read(calling.choices, who)
        return [(choice.branch.id, choice.body) for choice in found]

    assert await chosen(OWNER) == [
        (world.REGION, body) for body in ("bureau", "political_council", "faction", "conference")
    ]
    assert await chosen(SECRETARY) == [
        (world.SARYAGASH, body)
        for body in ("political_council", "primary", "assembly", "faction", "conference")
    ]
    with pytest.raises(NotAllowed):
        await chosen(MEMBER)


async def test_how_many_can_be_reached(peopled: Database) -> None:
    secretary = await actor(peopled, SECRETARY)
    await peopled.write(
        lambda tx: (
            tx.execute(
                update(people_table)
                .where(people_table.c.telegram_id == OLEG)
                .values(reachable=False, unreachable_reason="blocked")
            )
            and None
        )
    )

    called = await peopled.read(calling.called, secretary, world.SARYAGASH, "primary", TODAY)
    assert called == Called(total=4, reachable=3)
    with pytest.raises(NotAllowed):
        await peopled.read(calling.called, secretary, world.ORDABASY, "primary", TODAY)


async def test_whoever_left_the_party_is_not_called(database: Database) -> None:
    """Elected to the Bureau, and no member of the party since yesterday."""
    await database.write(attendance_world.fill)
    left = attendance_world.FIRST - 1000
    ended = update(memberships).where(memberships.c.person_id == left)
    await database.write(lambda tx: tx.execute(ended.values(ends_on=TODAY - timedelta(days=1))))

    called = await database.read(calling.who, world.REGION, "bureau", TODAY)

    assert left not in called
    assert left + 1 in called
