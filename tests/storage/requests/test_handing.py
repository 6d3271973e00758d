import asyncio
from datetime import date

import pytest
from sqlalchemy import insert, select

from storage import people, requests
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.requests import RequestDraft, VoterRequest, handing
from storage.rules.access import Actor, Role
from storage.rules.categories import Category
from storage.tables import audit, memberships, outbox, reminders
from tests.conftest import NOW, ZONE
from tests.storage.requests.world import TODAY, World, build, settle

LAMP = RequestDraft("Жылға ауылында көше шамы жанбайды", Category.LIGHTING, place="Жылға ауылы")
REASON = "Бұл менің округім емес, +77011234567"


@pytest.fixture
async def world(database: Database) -> World:
    return await database.write(build)


@pytest.fixture
async def request_(database: Database, world: World) -> VoterRequest:
    return await database.write(requests.register, world.aigul, LAMP, NOW, ZONE)


async def _hand(database: Database, actor: Actor, of: VoterRequest, to: Actor) -> str:
    return await database.write(
        handing.hand_over, actor, of.id, of.version, to.person_id, NOW, TODAY
    )


async def _handed(database: Database, world: World, of: VoterRequest) -> VoterRequest:
    await _hand(database, world.aigul, of, world.nurlan)
    return await database.read(requests.get, world.nurlan, of.id)


async def test_the_new_deputy_takes_it(
    database: Database, world: World, request_: VoterRequest
) -> None:
    theirs = await _handed(database, world, request_)
    assert theirs.handed_from == world.aigul.person_id
    with pytest.raises(NotFound):
        await database.read(requests.get, world.aigul, request_.id)
    await database.write(handing.take, world.nurlan, theirs.id, theirs.version, NOW)
    taken = await database.read(requests.get, world.nurlan, theirs.id)
    assert (taken.deputy_id, taken.handed_from) == (world.nurlan.person_id, None)
    with pytest.raises(NotPossible):
        await database.write(
            handing.give_back, world.nurlan, taken.id, taken.version, REASON, NOW, TODAY
        )
    told = await database.read(
        lambda tx: tx.execute(select(outbox.c.kind, outbox.c.person_id)).all()
    )
    assert ("request_handed", world.nurlan.person_id) in [tuple(row) for row in told]
    assert ("request_taken", world.aigul.person_id) in [tuple(row) for row in told]


async def test_it_is_given_back_with_a_reason_that_only_its_history_knows(
    database: Database, world: World, request_: VoterRequest
) -> None:
    theirs = await _handed(database, world, request_)
    await database.write(
        handing.give_back, world.nurlan, theirs.id, theirs.version, REASON, NOW, TODAY
    )
    mine = await database.read(requests.get, world.aigul, request_.id)
    assert (mine.deputy_id, mine.handed_from) == (world.aigul.person_id, None)
    lines = await database.read(requests.history, world.aigul, request_.id)
    assert [(line.kind, line.text) for line in lines[1:]] == [
        ("handed", "Нұрлан Бекенов"),
        ("given_back", REASON),
    ]
    kept = await database.read(
        lambda tx: [*tx.execute(select(audit)).all(), *tx.execute(select(outbox)).all()]
    )
    assert "77011234567" not in str(kept)


async def test_of_two_at_once_the_second_learns_who_was_first(
    database: Database, world: World, request_: VoterRequest
) -> None:
    await _hand(database, world.dana, request_, world.nurlan)
    with pytest.raises(AlreadyChanged) as caught:
        await _hand(database, world.ermek, request_, world.both)
    assert caught.value.by == "Дана Ахметова"


async def test_really_at_once_one_wins(
    database: Database, world: World, request_: VoterRequest
) -> None:
    results = await asyncio.gather(
        _hand(database, world.dana, request_, world.nurlan),
        _hand(database, world.ermek, request_, world.both),
        return_exceptions=True,
    )
    assert sum(isinstance(one, AlreadyChanged) for one in results) == 1


async def test_up_to_a_deputy_of_the_region(
    database: Database, world: World, request_: VoterRequest
) -> None:
    def region(tx):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        person_id = people.meet(tx, 20, "Әсел Тілеуова", NOW)
        row = {"person_id": person_id, "role": Role.DEPUTY, "starts_on": date(2026, 1, 1)}
        tx.execute(insert(memberships).values(row))
        return people.actor_of(tx, 20, TODAY)

    asel = await database.write(region)
    assert await _hand(database, world.aigul, request_, asel) == "Әсел Тілеуова"
    theirs = await database.read(requests.get, asel, request_.id)
    await database.write(
        handing.give_back, asel, theirs.id, theirs.version, "Деңгейі аудандық", NOW, TODAY
    )
    assert (await database.read(requests.get, world.aigul, request_.id)).handed_from is None


@pytest.mark.parametrize("who", ["marat", "gone", "dana", "aigul"])
async def test_who_cannot_get_it(
    database: Database, world: World, request_: VoterRequest, who: str
) -> None:
    with pytest.raises(NotPossible):
        await _hand(database, world.dana, request_, getattr(world, who))


async def test_who_cannot_hand_it_over_or_answer(
    database: Database, world: World, request_: VoterRequest
) -> None:
    for stranger, error in ((world.nurlan, NotFound), (world.gone, NotAllowed)):
        with pytest.raises(error):
            await _hand(database, stranger, request_, world.both)
    theirs = await _handed(database, world, request_)
    with pytest.raises(NotAllowed):
        await database.write(handing.take, world.dana, theirs.id, theirs.version, NOW)
    with pytest.raises(NotFound):
        await database.write(handing.take, world.aigul, theirs.id, theirs.version, NOW)


async def test_one_with_an_outcome_stays(
    database: Database, world: World, request_: VoterRequest
) -> None:
    settled = await database.write(settle, world.aigul, request_)
    with pytest.raises(NotPossible):
        await _hand(database, world.aigul, settled, world.nurlan)


async def test_the_one_who_has_it_now_is_reminded(
    database: Database, world: World, request_: VoterRequest
) -> None:
    theirs = await _handed(database, world, request_)
    assert await _reminded(database) == {world.nurlan.person_id}
    await database.write(
        handing.give_back, world.nurlan, theirs.id, theirs.version, REASON, NOW, TODAY
    )
    assert await _reminded(database) == {world.aigul.person_id}


async def _reminded(database: Database) -> set[int]:
    rows = await database.read(
        lambda tx: (
            tx.execute(select(reminders.c.person_id).where(reminders.c.state == "planned"))
            .scalars()
            .all()
        )
    )
    return set(rows)
