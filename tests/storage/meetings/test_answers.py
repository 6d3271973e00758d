"""Those who are called answer until the meeting begins; whoever is silent is asked once a day."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, select, update

from storage.database import Database
from storage.errors import NotAllowed, NotFound, NotPossible
from storage.meetings import answers, body_keeping, invitees
from storage.meetings.answers import CANNOT, DEPUTY, WILL
from storage.rules.access import Actor
from storage.tables import meetings as meetings_table
from storage.tables import outbox
from tests import world
from tests.conftest import NOW, ZONE
from tests.storage.meetings import attendance_world as bureau
from tests.storage.meetings.attendance_world import FIRST, SECRETARY, Bureau, actor


@pytest.fixture
async def called(database: Database) -> Bureau:
    await database.write(bureau.fill)
    return await database.write(bureau.convene)


def nudged(tx: Connection) -> list[int]:
    query = select(outbox.c.person_id).where(outbox.c.kind == answers.NUDGE)
    return [person_id + 1000 for person_id in tx.execute(query.order_by(outbox.c.id)).scalars()]


async def test_the_elected_are_members_and_others_are_invited(
    database: Database, called: Bureau
) -> None:
    secretary = await actor(database, SECRETARY)
    page = await database.read(invitees.listed, secretary, called.meeting, None, 0)
    assert page.total == 17
    last = await database.read(invitees.listed, secretary, called.meeting, None, 2)
    assert [one.capacity for one in last.people] == ["invited"]
    assert {one.capacity for one in page.people} == {"member"}


async def test_an_answer_may_be_changed_until_the_start(database: Database, called: Bureau) -> None:
    abaev = await actor(database, FIRST)
    await database.write(answers.answer, abaev, called.meeting, CANNOT, NOW, reason="сапар")
    said = await database.write(answers.answer, abaev, called.meeting, WILL, NOW)
    assert (said.answer, said.reason) == (WILL, None)

    with pytest.raises(NotPossible, match="meeting_begun"):
        await database.write(answers.answer, abaev, called.meeting, CANNOT, NOW + timedelta(days=3))


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("cancelled", "meeting_cancelled"),
        ("held", "meeting_over"),
        ("archived", "meeting_over"),
        ("in_progress", "meeting_begun"),
    ],
)
async def test_there_is_nothing_to_answer(
    database: Database, called: Bureau, state: str, reason: str
) -> None:
    await database.write(bureau.move, called.meeting, state)
    abaev = await actor(database, FIRST)
    with pytest.raises(NotPossible, match=reason):
        await database.write(answers.answer, abaev, called.meeting, WILL, NOW)


async def test_who_is_not_called_has_no_answer(database: Database, called: Bureau) -> None:
    oleg = await actor(database, 1015)
    with pytest.raises(NotFound):
        await database.write(answers.answer, oleg, called.meeting, WILL, NOW)


async def test_a_stand_in_comes_only_where_the_rule_allows(
    database: Database, called: Bureau
) -> None:
    abaev, secretary = await actor(database, FIRST), await actor(database, SECRETARY)

    async def sends(who: Actor) -> answers.Invitation:
        return await database.write(
            answers.answer, who, called.meeting, DEPUTY, NOW, stand_in="Серік Бектасов"
        )

    with pytest.raises(NotPossible, match="no_deputies"):
        await sends(abaev)

    await database.write(
        body_keeping.set_rule, secretary, world.REGION, "bureau", 0, NOW, deputies=True
    )
    said = await sends(abaev)
    assert (said.answer, said.stand_in) == (DEPUTY, "Серік Бектасов")

    guest = await actor(database, bureau.GUEST_SPEAKER)
    with pytest.raises(NotPossible, match="no_deputies"):
        await sends(guest)


async def test_only_the_silent_are_nudged_and_once_a_day(
    database: Database, called: Bureau
) -> None:
    secretary = await actor(database, SECRETARY)
    for telegram_id in called.members[:12]:
        who = await actor(database, telegram_id)
        await database.write(answers.answer, who, called.meeting, WILL, NOW)

    silent = await database.read(answers.to_nudge, secretary, called.meeting, NOW, ZONE)
    assert [one + 1000 for one in silent] == [SECRETARY, 1007, *called.members[12:]]
    with pytest.raises(NotPossible, match="others_silent"):
        await database.write(answers.nudge, secretary, called.meeting, 4, NOW, ZONE)
    assert await database.write(answers.nudge, secretary, called.meeting, 5, NOW, ZONE) == 5
    assert await database.read(nudged) == [SECRETARY, 1007, *called.members[12:]]

    later = NOW + timedelta(hours=3)
    assert await database.read(answers.to_nudge, secretary, called.meeting, later, ZONE) == []
    tomorrow = NOW + timedelta(days=1)
    assert (
        len(await database.read(answers.to_nudge, secretary, called.meeting, tomorrow, ZONE)) == 5
    )


async def test_a_branch_secretary_has_no_say_at_the_bureau(
    database: Database, called: Bureau
) -> None:
    moldir = await actor(database, bureau.BRANCH_SECRETARY)
    with pytest.raises(NotAllowed):
        await database.read(answers.to_nudge, moldir, called.meeting, NOW, ZONE)
    with pytest.raises(NotAllowed):
        await database.read(invitees.counts, moldir, called.meeting)
    with pytest.raises(NotAllowed):
        await database.read(invitees.get, moldir, called.listed[FIRST])


async def test_nobody_is_nudged_to_a_cancelled_meeting(database: Database, called: Bureau) -> None:
    secretary = await actor(database, SECRETARY)
    await database.write(lambda tx: tx.execute(update(meetings_table).values(state="cancelled")))
    with pytest.raises(NotPossible, match="meeting_cancelled"):
        await database.read(answers.to_nudge, secretary, called.meeting, NOW, ZONE)
