from collections.abc import Callable
from typing import Any

import pytest

from storage import requests
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.requests import RequestDraft, categories
from storage.requests.categories import NAME_LIMIT
from storage.rules.categories import Category
from tests.conftest import NOW, ZONE
from tests.storage.requests.world import World, build

TEXT = "Жылға ауылында көше шамы жанбайды"


@pytest.fixture
async def world(database: Database) -> World:
    return await database.write(build)


async def test_every_proposed_category_is_kept_and_fits_a_button(
    database: Database, world: World
) -> None:
    kept = await database.read(categories.every)
    assert {one.code for one in kept} == set(Category)
    assert len(kept) == 20
    assert all(len(n) <= NAME_LIMIT for one in kept for n in (one.name_kk, one.name_ru))
    assert all(one.icon and one.target_days == 15 for one in kept)


async def test_the_deadline_is_the_categorys_own(database: Database, world: World) -> None:
    await database.write(categories.change, world.ermek, "lighting", 1, "target_days", 3, NOW)
    lamp = await database.write(
        requests.register, world.aigul, RequestDraft(TEXT, "lighting"), NOW, ZONE
    )
    road = await database.write(
        requests.register, world.aigul, RequestDraft(TEXT, "roads"), NOW, ZONE
    )
    assert (lamp.due_on.isoformat(), road.due_on.isoformat()) == ("2026-11-27", "2026-12-15")


async def test_a_closed_category_stays_where_it_is_and_takes_nothing_new(
    database: Database, world: World
) -> None:
    deputy = world.aigul
    draft = RequestDraft(TEXT, "lighting")
    lamp = await database.write(requests.register, deputy, draft, NOW, ZONE)
    await database.write(categories.set_active, world.ermek, "lighting", 1, NOW, active=False)
    assert "lighting" not in [one.code for one in await database.read(categories.offered)]
    shown = await database.read(requests.get, deputy, lamp.id)
    assert (shown.category_kk, shown.category_ru) == ("Жарықтандыру", "Освещение")
    later = await database.write(requests.register, deputy, draft, NOW, ZONE)
    assert later.category == "other"
    with pytest.raises(NotPossible, match="category"):
        await database.write(
            requests.complete, deputy, later.id, later.version, NOW, category="lighting"
        )


async def test_the_second_of_two_is_told_and_others_may_not(
    database: Database, world: World
) -> None:
    changed = await database.write(
        categories.change, world.ermek, "roads", 1, "name_kk", "Жолдар", NOW
    )
    assert (changed.name_kk, changed.version) == ("Жолдар", 2)
    with pytest.raises(AlreadyChanged):
        await database.write(categories.change, world.ermek, "roads", 1, "name_kk", "Көпірлер", NOW)
    with pytest.raises(NotAllowed):
        await database.write(categories.change, world.aigul, "roads", 2, "icon", "🚧", NOW)
    with pytest.raises(NotFound):
        await database.write(categories.change, world.ermek, "nowhere", 1, "icon", "🚧", NOW)


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("name_kk", "", "no_name"),
        ("name_ru", "о" * 19, "too_long"),
        ("name_ru", "освещение", "known"),
        ("icon", "слишком длинно", "too_long"),
        ("target_days", 0, "days"),
        ("target_days", 251, "days"),
        ("code", "x", "field"),
    ],
)
async def test_what_does_not_fit_is_refused(
    database: Database, world: World, field: str, value: Any, reason: str
) -> None:
    with pytest.raises(NotPossible, match=reason):
        await database.write(categories.change, world.ermek, "roads", 1, field, value, NOW)


async def test_a_new_one_comes_last_and_moves_up(database: Database, world: World) -> None:
    added = await database.write(categories.add, world.ermek, "🐄", "Мал", "Скот", NOW)
    assert [one.code for one in await database.read(categories.every)][-1] == added.code
    await database.write(categories.move, world.ermek, added.code, 1, NOW, up=True)
    assert [one.code for one in await database.read(categories.every)][-2:] == [
        added.code,
        "other",
    ]
    first = (await database.read(categories.every))[0]
    stays = await database.write(
        categories.move, world.ermek, first.code, first.version, NOW, up=True
    )
    assert stays == first


async def test_the_last_open_one_cannot_be_closed(database: Database, world: World) -> None:
    close: Callable[..., Any] = categories.set_active
    kept = await database.read(categories.every)
    for one in kept[:-1]:
        await database.write(close, world.ermek, one.code, one.version, NOW, active=False)
    last = kept[-1]
    with pytest.raises(NotPossible, match="last"):
        await database.write(close, world.ermek, last.code, last.version, NOW, active=False)
