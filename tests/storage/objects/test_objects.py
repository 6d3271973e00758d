"""Objects under control: who takes and sees them, visits, recommendations, what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest

from storage import objects
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.objects import ControlledObject, NewObject, NewVisit, sources
from tests.conftest import NOW, ZONE
from tests.storage.objects.given import PROPOSAL_RU, TODAY, a_proposal, an_object
from tests.storage.requests.world import World, build

SOON = TODAY + timedelta(days=14)


@pytest.fixture
async def world(database: Database) -> World:
    return await database.write(build)


async def taken(database: Database, world: World, **details: Any) -> ControlledObject:
    given = {"curator_id": world.aigul.person_id, **details}
    return await database.write(an_object, world.dana, world.sar, **given)


def visit(day: date = TODAY, **more: Any) -> NewVisit:
    return NewVisit(day, "Жарық желісі тартылған жоқ", **more)


async def test_taken_by_a_proposal_that_was_accepted(database: Database, world: World) -> None:
    one = await taken(database, world, cost=2_300_000_000, plan_on=TODAY - timedelta(days=1))
    assert (one.proposal_ru, one.cost, one.state) == (PROPOSAL_RU, 2_300_000_000, "controlled")
    assert one.is_overdue(TODAY)
    assert one.meeting_at is not None
    offered = await database.read(sources.offered, world.dana)
    assert one.proposal_id in [proposal.id for proposal in offered]
    sent = await database.write(a_proposal, world.sar, "sent")
    foreign = await database.write(a_proposal, world.bay)
    for nobody in (sent, foreign, 2**62):
        with pytest.raises(NotFound):
            await database.write(objects.take, world.dana, NewObject(nobody, "а", "а"), NOW, TODAY)
    with pytest.raises(NotAllowed):
        await database.write(
            objects.take, world.aigul, NewObject(int(one.proposal_id or 0), "а", "а"), NOW, TODAY
        )


async def test_the_curator_and_the_secretaries_see_it(database: Database, world: World) -> None:
    one = await taken(database, world, direction_kk="Бұқаралық спорт")
    for seeing in (world.aigul, world.dana, world.ermek):
        assert [o.id for o in await database.read(objects.listed, seeing, TODAY)] == [one.id]
    for blind in (world.nurlan, world.marat, world.gone):
        assert await database.read(objects.listed, blind, TODAY) == []
        with pytest.raises(NotFound):
            await database.read(objects.get, blind, one.id)
        with pytest.raises(NotFound):
            await database.write(objects.add_visit, blind, one.id, visit(), NOW, ZONE)
    for branch_id, ids in ((world.sar, [one.id]), (world.bay, [])):
        found = await database.read(objects.narrowed, world.ermek, TODAY, branch_id=branch_id)
        assert [o.id for o in found] == ids


async def test_visits_move_the_percent_and_keep_their_photos(
    database: Database, world: World
) -> None:
    one = await taken(database, world)

    async def add(new: NewVisit) -> None:
        await database.write(objects.add_visit, world.aigul, one.id, new, NOW, ZONE)

    await add(visit(percent=55, photos=("p3",), latitude=43.29, longitude=68.27))
    # Noted afterwards, of a day before: it says nothing of how far it is ready now.
    month_ago = TODAY - timedelta(days=30)
    await add(visit(month_ago, percent=35, photos=("p1", "p2"), people="Депутаттар"))
    now = await database.read(objects.get, world.aigul, one.id)
    assert (now.percent, now.visited_on) == (55, TODAY)
    line = await database.read(objects.photos, world.aigul, one.id)
    assert [(photo.file_id, photo.percent) for photo in line] == [
        ("p1", 35),
        ("p2", 35),
        ("p3", 55),
    ]
    newest, oldest = await database.read(objects.visits, world.aigul, one.id)
    assert (newest.photos, oldest.photos, oldest.people) == (1, 2, "Депутаттар")
    assert len(await database.read(objects.photos, world.aigul, one.id, oldest.id)) == 2
    entries = await database.read(objects.history, world.aigul, one.id)
    assert [entry.kind for entry in entries] == ["visit", "visit", "taken"]


async def test_a_recommendation_is_open_until_it_is_followed(
    database: Database, world: World
) -> None:
    one = await taken(database, world)
    new = visit(recommendation="Кестені ұсыну", due_on=SOON)
    noted = await database.write(objects.add_visit, world.aigul, one.id, new, NOW, ZONE)
    assert (await database.read(objects.get, world.dana, one.id)).open_recommendations == 1
    done = await database.write(
        objects.follow_up, world.dana, noted.id, noted.version, "Кесте ұсынылды", NOW, TODAY
    )
    assert (done.follow_up, done.followed_on, done.is_open) == ("Кесте ұсынылды", TODAY, False)
    with pytest.raises(NotPossible, match="followed"):
        await database.write(objects.follow_up, world.dana, noted.id, 2, "Тағы", NOW, TODAY)
    assert (await database.read(objects.get, world.dana, one.id)).open_recommendations == 0


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"visited_on": TODAY + timedelta(days=1)}, "future"),
        ({"findings": "  "}, "empty"),
        ({"findings": "о" * 2001}, "too_long"),
        ({"percent": 101}, "percent"),
        ({"recommendation": "Кестені ұсыну"}, "due"),
        ({"recommendation": "Кесте", "due_on": TODAY - timedelta(days=1)}, "due"),
        ({"photos": tuple("abcdefghijk")}, "photos"),
    ],
)
async def test_what_can_be_no_visit(
    database: Database, world: World, more: dict[str, Any], reason: str
) -> None:
    one = await taken(database, world)
    new = NewVisit(**{"visited_on": TODAY, "findings": "Жарық жоқ", **more})
    with pytest.raises(NotPossible, match=reason):
        await database.write(objects.add_visit, world.aigul, one.id, new, NOW, ZONE)
    assert await database.read(objects.visits, world.aigul, one.id) == []


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("name_kk", " ", "empty"),
        ("name_ru", None, "empty"),
        ("place", "о" * 301, "too_long"),
        ("cost", -1, "cost"),
        ("cost", 1.5, "cost"),
        ("percent", 140, "percent"),
        ("fact_on", TODAY + timedelta(days=1), "future"),
        ("plan_on", date(1812, 9, 7), "year"),
        ("state", "removed", "field"),
    ],
)
async def test_what_does_not_fit_is_refused(
    database: Database, world: World, name: str, value: Any, reason: str
) -> None:
    one = await taken(database, world)
    with pytest.raises(NotPossible, match=reason):
        await database.write(objects.change, world.dana, one.id, 1, name, value, NOW, ZONE)


async def test_the_second_of_two_is_told_who_was_first(database: Database, world: World) -> None:
    one = await taken(database, world)
    await database.write(objects.change, world.ermek, one.id, 1, "percent", 40, NOW, ZONE)
    with pytest.raises(AlreadyChanged) as refused:
        await database.write(objects.change, world.dana, one.id, 1, "percent", 45, NOW, ZONE)
    assert refused.value.by == "Ермек Жанов"
    with pytest.raises(NotFound):
        await database.write(
            objects.change, world.dana, one.id, 2, "curator_id", world.marat.person_id, NOW, ZONE
        )


async def test_off_control_nothing_more_is_noted(database: Database, world: World) -> None:
    one = await taken(database, world)
    noted = await database.write(
        objects.add_visit,
        world.aigul,
        one.id,
        visit(recommendation="Кесте", due_on=SOON),
        NOW,
        ZONE,
    )
    with pytest.raises(NotAllowed):
        await database.write(objects.remove, world.aigul, one.id, 1, "Бюро шешімі", NOW)
    with pytest.raises(NotPossible, match="empty"):
        await database.write(objects.remove, world.dana, one.id, 1, " ", NOW)
    gone = await database.write(
        objects.remove, world.dana, one.id, 1, "Бюро, 24.11.2026, 3-тармақ", NOW
    )
    assert gone.is_removed
    for late in (
        (objects.add_visit, world.aigul, one.id, visit(), NOW, ZONE),
        (objects.follow_up, world.dana, noted.id, 1, "Орындалды", NOW, TODAY),
        (objects.change, world.dana, one.id, 2, "percent", 50, NOW, ZONE),
        (objects.remove, world.dana, one.id, 2, "Тағы", NOW),
    ):
        with pytest.raises(NotPossible, match="removed"):
            await database.write(*late)
    assert not await database.read(lambda tx: objects.narrowed(tx, world.dana, TODAY))
    (entry, *_) = await database.read(objects.history, world.dana, one.id)
    assert (entry.kind, entry.text) == ("removed", "Бюро, 24.11.2026, 3-тармақ")
