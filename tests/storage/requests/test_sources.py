from datetime import timedelta

import pytest

from storage import requests
from storage.database import Database
from storage.requests import Contact, RequestDraft, sources
from storage.rules.access import Actor
from storage.rules.categories import Category
from tests.conftest import NOW, ZONE
from tests.storage.requests.world import World, build

PHONE = "+77011234567"


@pytest.fixture
async def world(database: Database) -> World:
    return await database.write(build)


def made_of(text: str) -> tuple[int, ...]:
    found = sources.of_text(text)
    return () if found is None else (found,)


def draft(text: str, phone: str | None = None) -> RequestDraft:
    contact = Contact(phone, None, "2026-11", NOW) if phone else None
    made_from = (*made_of(text), sources.of_file("u1"))
    return RequestDraft(text, Category.WATER, contact=contact, sources=made_from)


async def like(
    database: Database,
    actor: Actor,
    text: str = "",
    *,
    phone: str | None = None,
    category: str | None = None,
) -> list[sources.Like]:
    return await database.read(
        lambda tx: sources.like(
            tx, actor, NOW, sources=made_of(text), phone=phone, category=category
        )
    )


async def test_the_same_words_and_the_same_file_are_known_again(
    database: Database, world: World
) -> None:
    made = await database.write(requests.register, world.aigul, draft("Су жоқ"), NOW, ZONE)
    (again,) = await like(database, world.aigul, "СУ   ЖОҚ!")
    assert (again.number, again.deputy_name, again.open_to_actor) == (
        made.number, world.aigul.name, True,
    )  # fmt: skip
    assert await like(database, world.aigul, "Газ жоқ") == []
    by_file = await database.read(
        lambda tx: sources.like(tx, world.aigul, NOW, sources=[sources.of_file("u1")])
    )
    assert [one.id for one in by_file] == [made.id]


async def test_another_deputy_of_the_branch_learns_that_it_is_there_and_no_more(
    database: Database, world: World
) -> None:
    await database.write(requests.register, world.aigul, draft("Су жоқ"), NOW, ZONE)
    (seen,) = await like(database, world.nurlan, "Су жоқ")
    assert not seen.open_to_actor
    assert await like(database, world.marat, "Су жоқ") == [], "another branch's"


async def test_the_same_phone_about_the_same_subject_is_alike_for_two_weeks(
    database: Database, world: World
) -> None:
    first = draft("Су жоқ", PHONE)
    await database.write(requests.register, world.aigul, first, NOW, ZONE)
    assert await like(database, world.nurlan, phone=PHONE, category="water")
    assert not await like(database, world.nurlan, phone=PHONE, category="roads")
    assert not await like(database, world.nurlan, phone="+77011234568", category="water")
    much_later = NOW + timedelta(days=15)
    assert not await database.read(
        lambda tx: sources.like(tx, world.nurlan, much_later, phone=PHONE, category="water")
    )


async def test_the_likeliest_open_requests_come_first(database: Database, world: World) -> None:
    texts = ("Мектеп шатыры ағып тұр", "Көпір құлады", "Газ жоқ", "Мектепте су жоқ")
    made = [
        await database.write(requests.register, world.aigul, draft(text), NOW, ZONE)
        for text in texts
    ]
    with_phone = await database.write(
        requests.register, world.aigul, draft("Шам жанбайды", PHONE), NOW, ZONE
    )
    await database.write(requests.register, world.nurlan, draft("Мектеп шатыры"), NOW, ZONE)
    found = await database.read(
        lambda tx: sources.likely(tx, world.aigul, "Мектеп шатыры ақты", PHONE)
    )
    assert [one.id for one in found] == [with_phone.id, made[0].id, made[3].id]
    newest = await database.read(lambda tx: sources.likely(tx, world.aigul, "", None))
    assert [one.id for one in newest] == [with_phone.id]
