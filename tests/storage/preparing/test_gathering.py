"""What stands on a question: of a direction, of a territory, and only within one's reach."""

from typing import Any

import pytest

from storage import preparing
from storage.database import Database
from storage.errors import NotAllowed, NotFound
from storage.preparing import Direction, Gathered
from storage.roadmap import State
from storage.rules.access import Actor
from tests.storage.objects.given import TODAY
from tests.storage.preparing.given import REASON, SCHOOLS, SPORT, everything
from tests.storage.requests.world import World, build


@pytest.fixture
async def world(database: Database) -> World:
    made = await database.write(build)
    await database.write(everything, made.dana, made.aigul, made.sar)
    return made


async def gathered(database: Database, actor: Actor, **narrowed: Any) -> Gathered:
    return await database.read(preparing.gather, actor, TODAY, **narrowed)


async def test_a_direction_gathers_what_belongs_to_it(database: Database, world: World) -> None:
    known = await database.read(preparing.directions, world.dana)
    assert [(one.kk, one.ru) for one in known] == [SPORT, SCHOOLS]
    found = await gathered(database, world.dana, direction=known[0].key)
    assert [seen.standing.missed for seen in found.indicators] == [1]
    assert found.by_state == {State.AT_RISK: 1, State.PLANNED: 1}
    assert [(one.number, one.said) for one in found.overdue(TODAY)] == [("1.1", REASON)]
    assert [one.percent for one in found.objects] == [55]
    # The instruction has no direction: its words speak of sport.
    assert [one.number for one in found.instructions] == ["7"]
    other = await gathered(database, world.dana, direction=known[1].key)
    assert [one.number for one in other.items] == ["2.1"]
    assert (other.indicators, other.objects, other.instructions) == ([], [], [])


async def test_a_territory_and_the_whole(database: Database, world: World) -> None:
    for narrowed in ({}, {"branch_id": world.sar}):
        found = await gathered(database, world.ermek, **narrowed)
        assert [one.number for one in found.items] == ["1.1", "2.1", "1.2"]
        assert len(found.instructions) == len(found.objects) == len(found.indicators) == 1
    empty = await gathered(database, world.ermek, branch_id=world.bay)
    assert (empty.items, empty.instructions, empty.objects, empty.indicators) == ([], [], [], [])


async def test_nobody_prepares_what_is_out_of_reach(database: Database, world: World) -> None:
    with pytest.raises(NotAllowed):
        await gathered(database, world.aigul)
    for narrowed in ({"branch_id": world.bay}, {"direction": "deadbeef"}):
        with pytest.raises(NotFound):
            await gathered(database, world.dana, **narrowed)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Спорттық секциялар", True),
        ("О массовых забегах", True),
        ("Жол жөндеу", False),
        (None, False),
    ],
)
def test_words_of_a_direction_in_an_instruction(text: str | None, found: bool) -> None:
    assert Direction(*SPORT).is_in(text) is found


def test_a_direction_is_known_however_it_is_written() -> None:
    written = Direction("БҰҚАРАЛЫҚ  спорт", "")
    assert written.key == Direction(*SPORT).key
    assert written.is_of("Букаралык спорт", None)
    assert not written.is_of(None, None)
