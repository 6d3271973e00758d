"""An outcome is reported with a proof, accepted or returned by somebody else, or by the voter."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, insert, select, update

from storage import people, requests
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.requests import RequestDraft, RequestFile, VoterRequest, closing, following, rating
from storage.rules.access import Actor, Role
from storage.rules.request_states import RequestState
from storage.tables import memberships, outbox, reminders, voter_requests
from tests.conftest import NOW, ZONE
from tests.storage.requests.world import TODAY, World, a_voter, build, settle

LAMP = RequestDraft("Жылға ауылында көше шамы жанбайды", "lighting", place="Жылға ауылы")
LATER = NOW + timedelta(days=2)


@pytest.fixture
async def world(database: Database) -> World:
    return await database.write(build)


@pytest.fixture
async def lamp(database: Database, world: World) -> VoterRequest:
    return await database.write(requests.register, world.aigul, LAMP, NOW, ZONE)


async def _accept(database: Database, actor: Actor, of: VoterRequest) -> VoterRequest:
    return await database.write(closing.accept, actor, of.id, of.version, LATER, TODAY)


async def _told(database: Database, kind: str) -> list[int]:
    query = select(outbox.c.person_id).where(outbox.c.kind == kind).order_by(outbox.c.id)
    return list(await database.read(lambda tx: tx.execute(query).scalars().all()))


async def test_reported_then_returned_then_accepted(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    reported = await database.write(settle, world.aigul, lamp)
    assert (reported.reported_at, reported.closed_at) == (NOW, None)
    assert reported.awaits_acceptance
    assert await _told(database, closing.REPORTED) == [world.dana.person_id]

    word = "Көшенің екінші жартысы қараңғы"
    back = await database.write(
        closing.give_back, world.dana, lamp.id, reported.version, word, LATER
    )
    assert (back.state, back.reported_at) == (RequestState.IN_PROGRESS, None)
    assert back.deputy_id == world.aigul.person_id
    assert await _told(database, closing.RETURNED) == [world.aigul.person_id]
    planned = select(reminders.c.rung).where(reminders.c.state == "planned")
    assert await database.read(lambda tx: tx.execute(planned).scalars().all())

    again = await database.write(settle, world.aigul, back, RequestState.RESOLVED, LATER)
    closed = await _accept(database, world.dana, again)
    assert (closed.state, closed.reported_at, closed.closed_at) == ("closed", LATER, LATER)
    lines = await database.read(requests.history, world.aigul, lamp.id)
    assert [(line.by, line.to_state, line.text) for line in lines[1:]] == [
        ("Айгүл Омарова", "redirected", "Дәлелі бар"),
        ("Дана Ахметова", "in_progress", word),
        ("Айгүл Омарова", "resolved", "Дәлелі бар"),
        ("Дана Ахметова", "closed", None),
    ]


async def test_an_outcome_needs_a_proof(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    of = (world.aigul, lamp.id, lamp.version, RequestState.REDIRECTED)
    with pytest.raises(NotPossible, match="no_proof"):
        await database.write(closing.report, *of, "", (), NOW, TODAY)
    photo = RequestFile("photo", "AgAC1")
    done = await database.write(closing.report, *of, "", (photo,), NOW, TODAY)
    assert done.attachments == 1
    for wrong in (RequestState.ANSWERED, RequestState.CLOSED, RequestState.REGISTERED):
        with pytest.raises(NotPossible):
            await database.write(
                closing.report, world.aigul, lamp.id, done.version, wrong, "?", (), NOW, TODAY
            )


async def test_nobody_accepts_the_own_report(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    reported = await database.write(settle, world.aigul, lamp)
    with pytest.raises(NotPossible, match="who"):
        await _accept(database, world.aigul, reported)
    with pytest.raises(NotFound):
        await _accept(database, world.marat, reported)
    with pytest.raises(NotAllowed):
        await database.write(closing.give_back, world.aigul, lamp.id, reported.version, "?", LATER)
    with pytest.raises(NotPossible, match="state"):
        other = await database.write(requests.register, world.aigul, LAMP, NOW, ZONE)
        await _accept(database, world.dana, other)


async def test_a_secretary_accepts_the_own_report_only_when_nobody_else_could(
    database: Database, world: World
) -> None:
    mine = await database.write(requests.register, world.dana, LAMP, NOW, ZONE)
    reported = await database.write(settle, world.dana, mine)
    assert await _told(database, closing.REPORTED) == [world.ermek.person_id]
    with pytest.raises(NotPossible, match="own"):
        await _accept(database, world.dana, reported)

    def ends(tx: Connection) -> None:
        tx.execute(
            update(memberships)
            .where(memberships.c.person_id == world.ermek.person_id)
            .values(ends_on=TODAY - timedelta(days=1))
        )

    await database.write(ends)
    assert (await _accept(database, world.dana, reported)).state is RequestState.CLOSED


async def test_of_two_who_accept_at_once_one_does(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    reported = await database.write(settle, world.aigul, lamp)
    results = await asyncio.gather(
        _accept(database, world.dana, reported),
        _accept(database, world.ermek, reported),
        return_exceptions=True,
    )
    (lost,) = [one for one in results if isinstance(one, AlreadyChanged)]
    assert lost.by in ("Дана Ахметова", "Ермек Жанов")
    assert len(await database.read(requests.history, world.aigul, lamp.id)) == 3


@pytest.mark.parametrize(
    ("mark", "closes"), [(1, False), (2, False), (3, True), (5, True), (None, True)]
)
async def test_the_voters_answer_closes(
    database: Database, world: World, lamp: VoterRequest, mark: int | None, *, closes: bool
) -> None:
    code = await database.write(following.code_of, world.aigul, lamp.id, NOW)
    await database.write(settle, world.aigul, lamp)
    voter = await a_voter(database)
    if mark is None:
        found = await database.write(rating.say, voter, code, LATER, solved=True)
    else:
        found = await database.write(rating.rate, voter, code, mark, LATER)
    assert found is not None
    assert (found.state is RequestState.CLOSED) is closes
    assert found.outcome_at == NOW
    now = await database.read(requests.get, world.aigul, lamp.id)
    assert now.closed_at == (LATER if closes else None)
    assert len(await _told(database, closing.BY_VOTER)) == closes
    # Nobody learns from the history who the voter is.
    lines = await database.read(requests.history, world.aigul, lamp.id)
    assert "Тұрғын" not in str(lines)


async def test_the_link_in_a_deputys_hands_closes_nothing(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    code = await database.write(following.code_of, world.aigul, lamp.id, NOW)
    await database.write(settle, world.aigul, lamp)
    for actor in (world.aigul, world.nurlan, world.dana):
        await database.write(rating.rate, actor, code, 5, LATER)
    await database.write(rating.say, world.aigul, code, LATER, solved=True)
    assert (await database.read(requests.get, world.aigul, lamp.id)).awaits_acceptance


async def test_what_was_returned_meanwhile_is_not_closed_by_the_voter(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    await database.write(settle, world.aigul, lamp)
    voter = await a_voter(database)
    await database.write(closing.give_back, world.dana, lamp.id, 2, "қайта", LATER)
    assert not await database.write(closing.by_voter, voter, lamp.id, LATER)


async def test_reopened_it_is_its_deputys_and_nothing_is_said_of_it_yet(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    code = await database.write(following.code_of, world.aigul, lamp.id, NOW)
    await database.write(settle, world.aigul, lamp)
    voter = await a_voter(database)
    await database.write(rating.rate, voter, code, 4, LATER)
    await database.write(rating.say, voter, code, LATER, solved=True)
    closed = await database.read(requests.get, world.dana, lamp.id)
    again = await database.write(
        requests.change_state, world.dana, lamp.id, closed.version, RequestState.IN_PROGRESS, LATER
    )
    assert (again.deputy_id, again.closed_at) == (world.aigul.person_id, None)
    names = ("rating", "rated_at", "asked_at", "really_solved", "reported_at", "reported_by")
    row = await database.read(
        lambda tx: tx.execute(select(*(voter_requests.c[name] for name in names))).one()
    )
    assert set(row) == {None}


async def test_the_question_comes_again_after_another_outcome(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    code = await database.write(following.code_of, world.aigul, lamp.id, NOW)
    voter = await a_voter(database)
    await database.write(following.follow, voter, code, NOW, "kk")
    reported = await database.write(settle, world.aigul, lamp)
    assert await database.write(rating.ask, NOW + timedelta(weeks=4), ZONE) == 1
    back = await database.write(
        closing.give_back, world.dana, lamp.id, reported.version, "қайта", LATER
    )
    await database.write(settle, world.aigul, back, RequestState.RESOLVED, LATER)
    assert await database.write(rating.ask, NOW + timedelta(weeks=4), ZONE) == 0, "not yet"
    assert await database.write(rating.ask, NOW + timedelta(weeks=5), ZONE) == 1
    assert len(await _told(database, rating.ASKED)) == 2


async def test_another_secretary_of_the_branch_is_asked_before_the_region(
    database: Database, world: World
) -> None:
    def second(tx: Connection) -> int:
        person_id = people.meet(tx, 21, "Әлия Серік", NOW)
        row = {"role": Role.BRANCH_SECRETARY, "branch_id": world.sar}
        tx.execute(
            insert(memberships).values(person_id=person_id, starts_on=date(2026, 1, 1), **row)
        )
        return person_id

    other = await database.write(second)
    mine = await database.write(requests.register, world.dana, replace(LAMP), NOW, ZONE)
    await database.write(settle, world.dana, mine)
    assert await _told(database, closing.REPORTED) == [other]
