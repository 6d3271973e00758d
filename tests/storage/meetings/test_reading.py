"""Meetings: who sees which, which one is next, which was the last."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, delete, event, update

from storage import meetings
from storage.database import Database
from storage.errors import NotAllowed, NotFound
from storage.rules.access import Role
from storage.tables import meetings as table
from tests.conftest import NOW
from tests.storage.meetings.world import IN_THREE_DAYS, actor, add_ahead, fill


async def test_a_member_of_a_district_asks_what_is_ahead(database: Database) -> None:
    world = await database.write(fill)
    member = actor(Role.MEMBER, world.saryagash)

    page = await database.read(meetings.upcoming, member, NOW)

    assert [line.id for line in page.lines] == [world.ahead, world.later]
    assert (page.total, page.page) == (2, 0)
    assert page.lines[0].items == 2
    assert page.lines[0].starts_at == IN_THREE_DAYS
    assert page.lines[0].branch_ru == "Областной филиал"


async def test_own_branch_comes_beside_the_region(database: Database) -> None:
    world = await database.write(fill)

    page = await database.read(meetings.upcoming, actor(Role.DEPUTY, world.kentau), NOW)

    assert [line.id for line in page.lines] == [world.kentau_ahead, world.ahead, world.later]


async def test_whoever_belongs_to_the_whole_region_sees_every_branch(database: Database) -> None:
    world = await database.write(fill)

    page = await database.read(meetings.upcoming, actor(Role.BUREAU_MEMBER), NOW)

    assert world.kentau_ahead in [line.id for line in page.lines]
    assert world.draft not in [line.id for line in page.lines]


@pytest.mark.parametrize(
    ("role", "branch", "sees"),
    [
        (Role.BRANCH_SECRETARY, "saryagash", True),
        (Role.REGIONAL_SECRETARY, None, True),
        (Role.BRANCH_SECRETARY, "kentau", False),
        (Role.MEMBER, "saryagash", False),
    ],
)
async def test_a_draft_is_for_the_secretaries_of_its_branch(
    database: Database, role: Role, branch: str | None, sees: bool
) -> None:
    world = await database.write(fill)
    who = actor(role, getattr(world, branch) if branch else None)

    page = await database.read(meetings.upcoming, who, NOW)
    assert (world.draft in [line.id for line in page.lines]) is sees
    if sees:
        draft = await database.read(meetings.get, who, world.draft)
        assert draft.state == "draft"
    else:
        with pytest.raises(NotFound):
            await database.read(meetings.get, who, world.draft)


async def test_in_a_group_nobody_sees_a_draft(database: Database) -> None:
    world = await database.write(fill)
    secretary = actor(Role.BRANCH_SECRETARY, world.saryagash)

    page = await database.read(meetings.upcoming, secretary, NOW, drafts=False)
    assert world.draft not in [line.id for line in page.lines]
    with pytest.raises(NotFound):
        await database.read(meetings.get, secretary, world.draft, drafts=False)


async def test_another_branch_meeting_is_not_found(database: Database) -> None:
    world = await database.write(fill)

    with pytest.raises(NotFound):
        await database.read(meetings.get, actor(Role.MEMBER, world.saryagash), world.kentau_ahead)


@pytest.mark.parametrize("forged", [0, -1, 999_999, 2**63, 10**30])
async def test_a_forged_id_is_not_found(database: Database, forged: int) -> None:
    world = await database.write(fill)

    with pytest.raises(NotFound):
        await database.read(meetings.get, actor(Role.MEMBER, world.region), forged)


async def test_a_guest_is_refused(database: Database) -> None:
    world = await database.write(fill)
    guest = actor(None)

    with pytest.raises(NotAllowed):
        await database.read(meetings.get, guest, world.ahead)
    with pytest.raises(NotAllowed):
        await database.read(meetings.next_meeting, guest, NOW)
    with pytest.raises(NotAllowed):
        await database.read(meetings.past, guest, NOW)


async def test_the_next_one_with_its_agenda(database: Database) -> None:
    world = await database.write(fill)

    found = await database.read(meetings.next_meeting, actor(Role.MEMBER, world.saryagash), NOW)

    assert found is not None
    assert found.id == world.ahead
    assert [item.number for item in found.items] == [1, 2]
    sport = found.item(2)
    assert sport.speaker_position_ru == "руководитель областного управления спорта"
    with pytest.raises(NotFound):
        found.item(7)


async def test_what_was_proposed_stands_on_its_item_once_the_meeting_has_begun(
    database: Database,
) -> None:
    world = await database.write(fill)
    member = actor(Role.MEMBER, world.saryagash)
    before = await database.read(meetings.get, member, world.ahead)
    await database.write(begin, world.ahead)
    found = await database.read(meetings.get, member, world.ahead)

    assert before.item(2).proposals == ()
    assert [p.author_kk for p in found.item(2).proposals] == ["Бақыт Оразов", None]


async def test_a_meeting_that_has_begun_is_still_the_next_one(database: Database) -> None:
    world = await database.write(fill)
    member = actor(Role.MEMBER, world.saryagash)

    an_hour_in = await database.read(
        meetings.next_meeting, member, IN_THREE_DAYS + timedelta(hours=1)
    )
    in_the_evening = await database.read(
        meetings.next_meeting, member, IN_THREE_DAYS + timedelta(hours=9)
    )

    assert an_hour_in is not None
    assert in_the_evening is not None
    assert (an_hour_in.id, in_the_evening.id) == (world.ahead, world.later)


async def test_no_next_one_of_a_body_that_has_none(database: Database) -> None:
    world = await database.write(fill)

    found = await database.read(
        meetings.next_meeting, actor(Role.MEMBER, world.region), NOW, "faction"
    )

    assert found is None


async def test_the_last_one_held_is_the_latest_with_a_day(database: Database) -> None:
    world = await database.write(fill)
    member = actor(Role.MEMBER, world.saryagash)

    last = await database.read(meetings.last_held, member)
    behind = await database.read(meetings.past, member, NOW)

    assert last is not None
    assert last.id == world.held
    assert [line.id for line in behind.lines] == [world.held, world.undated]
    assert behind.lines[1].period_ru == "2025 год, дата не указана"


async def test_an_undated_meeting_keeps_its_source(database: Database) -> None:
    world = await database.write(fill)

    found = await database.read(meetings.get, actor(Role.MEMBER, world.kentau), world.undated)

    assert found.starts_at is None
    assert found.source_kk == "Баспасөз қызметінің хабары бойынша"


async def test_a_deleted_meeting_takes_its_agenda_along(database: Database) -> None:
    world = await database.write(fill)
    await database.write(lambda tx: tx.execute(delete(table).where(table.c.id == world.ahead)))

    with pytest.raises(NotFound):
        await database.read(meetings.get, actor(Role.MEMBER, world.region), world.ahead)


async def test_pages_and_a_page_that_is_gone(database: Database) -> None:
    world = await database.write(fill)

    def ten(tx) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        for day in range(40, 50):
            add_ahead(tx, world.region, days=day)

    await database.write(ten)
    member = actor(Role.MEMBER, world.saryagash)
    second = await database.read(meetings.upcoming, member, NOW, 1)
    gone = await database.read(meetings.upcoming, member, NOW, 10**30)

    assert (len(second.lines), second.total, second.page) == (4, 12, 1)
    assert (len(gone.lines), gone.total, gone.page) == (8, 12, 0)


async def test_a_card_takes_three_statements_and_a_list_one(database: Database) -> None:
    """Six while the meeting goes on: the card has the proposals, the quorum and the vote then."""
    world = await database.write(fill)
    member = actor(Role.MEMBER, world.region)

    def counted(tx, fn, *args):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN202
        seen: list[str] = []

        def note(_connection, _cursor, statement, *_rest) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002
            seen.append(statement)

        event.listen(tx, "before_cursor_execute", note)
        fn(tx, *args)
        return len(seen)

    assert await database.read(counted, meetings.get, member, world.ahead) == 3
    assert await database.read(counted, meetings.past, member, NOW) == 1
    await database.write(begin, world.ahead)
    assert await database.read(counted, meetings.get, member, world.ahead) == 6


def begin(tx: Connection, meeting_id: int) -> None:
    tx.execute(update(table).where(table.c.id == meeting_id).values(state="in_progress"))
