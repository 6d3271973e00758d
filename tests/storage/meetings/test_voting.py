"""The roll, the quorum and the open vote of a Bureau of fifteen: eight make a quorum."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import Connection, delete, event, insert, select, update

from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.meetings import (
    answers,
    ballot_notices,
    ballots,
    body_keeping,
    inviting,
    life,
    presence,
    quorums,
    voting,
)
from storage.rules.access import Actor
from storage.rules.quorum import Share
from storage.tables import agenda_items, memberships, outbox, votes
from storage.tables import ballots as ballots_table
from storage.tables import meetings as meetings_table
from storage.tables import presence as presence_table
from tests import world
from tests.conftest import NOW, ZONE
from tests.storage.meetings import attendance_world as bureau
from tests.storage.meetings.attendance_world import FIRST, SECRETARY, TODAY, Bureau, actor


@pytest.fixture
async def sitting(database: Database) -> Bureau:
    await database.write(bureau.fill)
    return await database.write(lambda tx: bureau.convene(tx, state="in_progress", starts_at=NOW))


async def comes(database: Database, sitting: Bureau, *who: int, minutes: int = 0) -> quorums.Quorum:
    secretary, moment = await actor(database, SECRETARY), NOW + timedelta(minutes=minutes)
    for telegram_id in who:
        invitee = sitting.listed[telegram_id]
        marked = await database.write(presence.mark, secretary, invitee, moment, TODAY, there=True)
    return marked.quorum


async def leaves(database: Database, sitting: Bureau, who: int, minutes: int) -> presence.Marked:
    secretary, moment = await actor(database, SECRETARY), NOW + timedelta(minutes=minutes)
    return await database.write(
        presence.mark, secretary, sitting.listed[who], moment, TODAY, there=False
    )


async def opens(database: Database, sitting: Bureau) -> ballots.Ballot:
    secretary = await actor(database, SECRETARY)
    return await database.write(voting.open_, secretary, sitting.item, None, NOW, TODAY)


async def votes_as(database: Database, ballot: ballots.Ballot, who: int, choice: str) -> None:
    member = await actor(database, who)
    await database.write(voting.cast, member, ballot.id, choice, NOW, TODAY)


async def closes(database: Database, ballot: ballots.Ballot) -> ballots.Ballot:
    secretary = await actor(database, SECRETARY)
    return await database.write(voting.close, secretary, ballot.id, ballot.version, NOW, TODAY)


def asked(tx: Connection) -> list[int]:
    query = select(outbox.c.person_id).where(outbox.c.kind == ballot_notices.KIND)
    return sorted(person_id + 1000 for person_id in tx.execute(query).scalars())


def take_item(tx: Connection, sitting: Bureau) -> None:
    tx.execute(
        update(meetings_table)
        .where(meetings_table.c.id == sitting.meeting)
        .values(item_id=sitting.item)
    )


async def test_eight_of_fifteen_are_a_quorum_and_guests_are_not_counted(
    database: Database, sitting: Bureau
) -> None:
    found = await comes(database, sitting, *sitting.members[:7], SECRETARY, 1007)
    assert (found.elected, found.present, found.needed, found.holds) == (15, 7, 8, False)
    found = await comes(database, sitting, sitting.members[7])
    assert (found.present, found.holds) == (8, True)


async def test_taking_a_member_off_the_list_makes_no_quorum(
    database: Database, sitting: Bureau
) -> None:
    secretary = await actor(database, SECRETARY)
    await database.write(inviting.remove, secretary, sitting.listed[FIRST + 14], 1, NOW)
    found = await comes(database, sitting, FIRST)
    assert found.elected == 15


async def test_a_stand_in_counts_only_where_the_rule_says_so(
    database: Database, sitting: Bureau
) -> None:
    secretary = await actor(database, SECRETARY)
    await database.write(answers.put, sitting.listed[FIRST], "deputy", NOW, stand_in="Бектасов")
    assert (await comes(database, sitting, FIRST)).present == 0
    await database.write(
        body_keeping.set_rule, secretary, world.REGION, "bureau", 0, NOW, deputies=True
    )
    assert (await database.read(quorums.quorum, sitting.meeting, TODAY)).present == 1


async def test_the_rule_of_the_body_is_kept(database: Database, sitting: Bureau) -> None:
    secretary = await actor(database, SECRETARY)
    rule = await database.write(
        body_keeping.set_rule,
        secretary,
        world.REGION,
        "bureau",
        0,
        NOW,
        share=Share(2, 3, strict=False),
        elected=18,
    )
    assert (rule.version, rule.elected) == (1, 18)
    found = await database.read(quorums.quorum, sitting.meeting, TODAY)
    assert (found.elected, found.needed) == (18, 12)
    with pytest.raises(AlreadyChanged):
        await database.write(
            body_keeping.set_rule, secretary, world.REGION, "bureau", 0, NOW, elected=3
        )
    moldir = await actor(database, bureau.BRANCH_SECRETARY)
    with pytest.raises(NotAllowed):
        await database.write(
            body_keeping.set_rule, moldir, world.REGION, "bureau", 1, NOW, elected=3
        )


async def test_who_left_the_party_counts_no_more(database: Database, sitting: Bureau) -> None:
    await comes(database, sitting, *sitting.members[:8])
    await database.write(
        lambda tx: tx.execute(delete(memberships).where(memberships.c.person_id == FIRST - 1000))
    )
    found = await database.read(quorums.quorum, sitting.meeting, TODAY)
    assert (found.elected, found.present) == (14, 7)

    await comes(database, sitting, sitting.members[8])
    ballot = await opens(database, sitting)
    with pytest.raises(NotPossible, match="not_entitled"):
        await votes_as(database, ballot, FIRST, "for")


async def test_two_call_the_roll_at_once(database: Database, sitting: Bureau) -> None:
    await asyncio.gather(*(comes(database, sitting, FIRST) for _ in range(4)))
    rows = await database.read(lambda tx: tx.execute(select(presence_table)).all())
    assert len(rows) == 1


async def test_a_slip_leaves_no_trace_but_a_departure_does(
    database: Database, sitting: Bureau
) -> None:
    await database.write(take_item, sitting)
    await comes(database, sitting, FIRST)
    await leaves(database, sitting, FIRST, minutes=1)
    assert await database.read(lambda tx: tx.execute(select(presence_table)).all()) == []

    await comes(database, sitting, FIRST)
    await leaves(database, sitting, FIRST, minutes=30)
    await comes(database, sitting, FIRST, minutes=50)
    rows = await database.read(
        lambda tx: tx.execute(select(presence_table).order_by(presence_table.c.id)).all()
    )
    assert [(row.came_on, row.left_on) for row in rows] == [
        (sitting.item, sitting.item),
        (sitting.item, None),
    ]


async def test_the_roll_waits_for_the_day(database: Database) -> None:
    await database.write(bureau.fill)
    called = await database.write(bureau.convene)
    with pytest.raises(NotPossible, match="too_early"):
        await comes(database, called, FIRST)
    assert (await comes(database, called, FIRST, minutes=71 * 60)).present == 1


async def test_all_who_said_that_they_come_are_there_with_one_tap(
    database: Database, sitting: Bureau
) -> None:
    secretary = await actor(database, SECRETARY)
    for telegram_id in sitting.members[:9]:
        await database.write(answers.put, sitting.listed[telegram_id], "will", NOW)
    await comes(database, sitting, FIRST)
    many, found = await database.write(presence.mark_coming, secretary, sitting.meeting, NOW, TODAY)
    assert (many, found.present) == (8, 9)
    await database.write(take_item, sitting)
    await leaves(database, sitting, FIRST + 3, minutes=40)
    assert await database.read(presence.coming, secretary, sitting.meeting) == 0


async def test_no_vote_without_a_quorum(database: Database, sitting: Bureau) -> None:
    await comes(database, sitting, *sitting.members[:7])
    with pytest.raises(NotPossible, match="no_quorum"):
        await opens(database, sitting)


async def test_a_vote_from_opening_to_its_result(database: Database, sitting: Bureau) -> None:
    there = sitting.members[:9]
    await comes(database, sitting, *there, SECRETARY)
    ballot = await opens(database, sitting)
    assert await database.read(asked) == there
    with pytest.raises(NotPossible, match="ballot_open"):
        await opens(database, sitting)

    for who in there[:4]:
        await votes_as(database, ballot, who, "for")
    await votes_as(database, ballot, there[4], "against")
    await votes_as(database, ballot, there[4], "for")  # thought better of it
    await votes_as(database, ballot, there[5], "abstained")
    closed = await closes(database, ballot)
    counts = (closed.in_favour, closed.against, closed.abstained, closed.present)
    assert (closed.outcome, counts) == ("adopted", (5, 0, 1, 9))

    with pytest.raises(NotPossible, match="ballot_closed"):
        await votes_as(database, ballot, there[6], "against")
    with pytest.raises(AlreadyChanged):
        await closes(database, ballot)
    names = await database.read(ballots.voters, await actor(database, FIRST), ballot.id, TODAY)
    assert sorted(str(one.choice) for one in names) == ["abstained"] + ["for"] * 5


async def test_the_quorum_is_lost_in_the_middle(database: Database, sitting: Bureau) -> None:
    there = sitting.members[:8]
    await comes(database, sitting, *there)
    ballot = await opens(database, sitting)
    for who in there:
        await votes_as(database, ballot, who, "for")
    marked = await leaves(database, sitting, there[0], minutes=20)
    assert (marked.held_before, marked.quorum.holds) == (True, False)

    closed = await closes(database, ballot)
    assert (closed.outcome, closed.in_favour, closed.present) == ("no_quorum", 7, 7)
    with pytest.raises(NotPossible, match="no_quorum"):
        await opens(database, sitting)


async def test_whoever_comes_late_gets_the_vote_and_whoever_left_has_none(
    database: Database, sitting: Bureau
) -> None:
    there = sitting.members[:9]
    await comes(database, sitting, *there)
    ballot = await opens(database, sitting)
    await comes(database, sitting, FIRST + 12, 1007)
    assert await database.read(asked) == [*there, FIRST + 12]

    await leaves(database, sitting, there[0], minutes=15)
    with pytest.raises(NotPossible, match="not_present"):
        await votes_as(database, ballot, there[0], "for")
    with pytest.raises(NotPossible, match="not_entitled"):
        await votes_as(database, ballot, 1007, "for")
    with pytest.raises(NotFound):
        await votes_as(database, ballot, 1015, "for")


async def test_two_taps_at_once_are_one_vote(database: Database, sitting: Bureau) -> None:
    await comes(database, sitting, *sitting.members[:8])
    ballot = await opens(database, sitting)
    await asyncio.gather(
        *(votes_as(database, ballot, FIRST, choice) for choice in ("for", "against") * 3)
    )
    rows = await database.read(lambda tx: tx.execute(select(votes)).all())
    assert len(rows) == 1


async def test_the_secretary_writes_down_a_hand_that_was_raised(
    database: Database, sitting: Bureau
) -> None:
    secretary = await actor(database, SECRETARY)
    await comes(database, sitting, *sitting.members[:8])
    ballot = await opens(database, sitting)

    async def writes(who: Actor, member: int) -> ballots.Ballot:
        invitee = sitting.listed[member]
        return await database.write(voting.cast_for, who, ballot.id, invitee, "for", NOW, TODAY)

    assert (await writes(secretary, FIRST)).in_favour == 1
    with pytest.raises(NotPossible, match="voted_already"):
        await writes(secretary, FIRST)
    with pytest.raises(NotAllowed):
        await writes(await actor(database, FIRST), FIRST + 1)


async def test_a_forged_vote_on_nothing(database: Database, sitting: Bureau) -> None:
    abaev = await actor(database, FIRST)
    for ballot_id in (0, 7, 2**63):
        with pytest.raises(NotFound):
            await database.write(voting.cast, abaev, ballot_id, "for", NOW, TODAY)


async def test_no_meeting_ends_with_a_vote_open(database: Database, sitting: Bureau) -> None:
    secretary = await actor(database, SECRETARY)
    await database.write(take_item, sitting)
    opened = update(agenda_items).where(agenda_items.c.id == sitting.item).values(state="open")
    await database.write(lambda tx: tx.execute(opened))
    await comes(database, sitting, *sitting.members[:8])
    ballot = await opens(database, sitting)

    with pytest.raises(NotPossible, match="ballot_open"):
        await database.write(life.end, secretary, sitting.meeting, 1, NOW, ZONE)
    await votes_as(database, ballot, FIRST, "for")
    await closes(database, ballot)
    held = await database.write(life.end, secretary, sitting.meeting, 1, NOW, ZONE)

    assert (held.state, held.item_id, held.items[0].state) == ("held", None, "done")
    with pytest.raises(NotPossible, match="ballot_closed"):
        await votes_as(database, ballot, FIRST + 1, "for")


async def test_forty_votes_are_read_as_quickly_as_two(database: Database, sitting: Bureau) -> None:
    await comes(database, sitting, *sitting.members[:8])
    ballot = await opens(database, sitting)
    await votes_as(database, ballot, FIRST, "for")
    await closes(database, ballot)
    await votes_as(database, await opens(database, sitting), FIRST, "against")
    secretary = await actor(database, SECRETARY)

    def listed(tx: Connection) -> tuple[list[ballots.Ballot], int]:
        statements: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            statements.append(statement)

        event.listen(tx, "before_cursor_execute", note)
        try:
            return ballots.of_meeting(tx, secretary, sitting.meeting, TODAY), len(statements)
        finally:
            event.remove(tx, "before_cursor_execute", note)

    found, few = await database.read(listed)
    assert [(one.in_favour, one.against, one.outcome) for one in found] == [
        (0, 1, None),
        (1, 0, "rejected"),
    ]
    row = {"meeting_id": sitting.meeting, "item_id": sitting.item, "outcome": "rejected"}
    row |= {"opened_at": NOW, "opened_by": 1, "closed_at": NOW, "present": 8, "needed": 8}
    await database.write(lambda tx: tx.execute(insert(ballots_table), [row] * 38))
    found, many = await database.read(listed)
    assert (len(found), many) == (40, few)
    assert few <= 7
