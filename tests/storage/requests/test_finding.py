"""Requests are found by number, phone, IIN, name and words, by those only who see them."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from storage import requests
from storage.database import Database
from storage.requests import Contact, RequestDraft, finding, worded
from storage.requests.finding import By, Findings
from storage.rules import phones
from storage.rules.access import Actor, Membership, Role
from storage.rules.categories import Category
from storage.tables import audit, voter_requests
from tests.conftest import NOW, ZONE
from tests.storage.requests.world import World, build

LAMP = RequestDraft("Жылға ауылында көше шамы жанбайды", Category.LIGHTING, place="Жылға ауылы")
WATER = RequestDraft("Ауыз су екі аптадан бері жоқ", Category.WATER, place="село Дербисек")
PHONE, IIN = "+77011234567", "900101300017"
VOTER = Contact(PHONE, "Асанова Гүлнар", "2026-11", NOW, iin=IIN)


@pytest.fixture
async def world(database: Database) -> World:
    world = await database.write(build)
    for actor, draft in (
        (world.aigul, replace(LAMP, contact=VOTER)),
        (world.aigul, WATER),
        (world.nurlan, replace(LAMP, text="Көшеде жарық жоқ")),
        (world.marat, LAMP),
    ):
        await database.write(requests.register, actor, draft, NOW, ZONE)
    return world


async def _find(database: Database, actor: Actor, typed: str) -> Findings:
    return await database.write(finding.find, actor, typed, NOW)


async def _numbers(database: Database, actor: Actor, typed: str) -> list[str]:
    return [one.number for one in (await _find(database, actor, typed)).requests]


@pytest.mark.parametrize(
    "typed", ["САР-2026-0001", "сар-1", "CAP 2026 1", "САР 0001", "№ САР-2026-1"]
)
async def test_by_number_of_a_branch(database: Database, world: World, typed: str) -> None:
    for actor in (world.aigul, world.dana, world.ermek):
        assert await _numbers(database, actor, typed) == ["САР-2026-0001"]
    for actor in (world.nurlan, world.marat):
        assert await _numbers(database, actor, typed) == []


async def test_by_a_part_of_the_number(database: Database, world: World) -> None:
    assert await _numbers(database, world.ermek, "1") == ["БАЙ-2026-0001", "САР-2026-0001"]
    assert await _numbers(database, world.dana, "0001") == ["САР-2026-0001"]
    assert await _numbers(database, world.dana, "2026-2") == ["САР-2026-0002"]
    assert await _numbers(database, world.dana, "2025-2") == []
    for unknown in ("999999", "9999999", "АБВ-2026-0001"):
        assert await _numbers(database, world.ermek, unknown) == []


@pytest.mark.parametrize(
    "typed", ["+77011234567", "8 701 123 45 67", "8(701)123-45-67", "7011234567", "7 701 1234567"]
)
async def test_by_phone_in_any_form(database: Database, world: World, typed: str) -> None:
    found = await _find(database, world.dana, typed)
    assert (found.by, [one.id for one in found.requests]) == (By.PHONE, [1])
    assert (await _find(database, world.marat, typed)).requests == []
    trail = select(audit.c.person_id, audit.c.details).where(audit.c.action == "find_requests")
    rows = await database.read(lambda tx: tx.execute(trail).all())
    assert [(row.person_id, row.details["by"], row.details["found"]) for row in rows] == [
        (world.dana.person_id, "phone", 1),
        (world.marat.person_id, "phone", 0),
    ]
    assert len({row.details["hash"] for row in rows}) == 1
    assert "701" not in str(rows)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("+998 90 123 45 67", phones.Fault.FOREIGN),
        ("+49 30 1234567890", phones.Fault.FOREIGN),
        ("8 701 123 45 67 89", phones.Fault.LONG),
        ("900101300018", phones.Fault.LONG),
    ],
)
async def test_what_is_no_phone_is_told(
    database: Database, world: World, typed: str, fault: phones.Fault
) -> None:
    assert (await _find(database, world.ermek, typed)).fault is fault


async def test_by_iin(database: Database, world: World) -> None:
    found = await _find(database, world.dana, IIN)
    assert (found.by, [one.id for one in found.requests]) == (By.IIN, [1])


@pytest.mark.parametrize("typed", ["Асанова", "гулнар", "Гүлнар Асановаға", "Асан", "Асановой"])
async def test_by_name_and_it_is_recorded(database: Database, world: World, typed: str) -> None:
    found = await _find(database, world.dana, typed)
    assert (found.by, [one.id for one in found.requests]) == (By.NAME, [1])
    assert (await _find(database, world.nurlan, typed)).requests == []
    trail = select(audit.c.details).where(audit.c.action == "find_requests")
    (details,) = await database.read(lambda tx: tx.execute(trail).scalars().all())
    assert details["by"] == "name"
    assert "асан" not in str(details).casefold()


async def test_by_words_in_other_forms_and_letters(database: Database, world: World) -> None:
    for typed in ("көшенің шамы", "коше шам", "жылға шамдар"):
        assert await _numbers(database, world.dana, typed) == ["САР-2026-0001"], typed
    assert await _numbers(database, world.dana, "Дербисек") == ["САР-2026-0002"]
    assert await _numbers(database, world.ermek, "шамы жылға") == [
        "БАЙ-2026-0001",
        "САР-2026-0001",
    ]
    assert await _numbers(database, world.dana, "шамы ипподром") == []
    assert await _numbers(database, world.dana, "🕳️ !!!") == []
    trail = select(audit).where(audit.c.action == "find_requests")
    assert await database.read(lambda tx: tx.execute(trail).all()) == [], "words are no person"


async def test_the_word_as_it_is_written_comes_first_and_the_closed_last(
    database: Database, world: World
) -> None:
    close = update(voter_requests).where(voter_requests.c.id == 3)
    await database.write(lambda tx: tx.execute(close.values(closed_at=NOW, state="closed")))
    assert await _numbers(database, world.dana, "көше") == ["САР-2026-0001", "САР-2026-0003"]
    assert await _numbers(database, world.dana, "көшеде") == ["САР-2026-0003", "САР-2026-0001"]


async def test_of_a_frequent_word_the_newest_are_looked_at_and_ones_own(
    database: Database, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worded, "NEAR", 1)
    assert set(await _numbers(database, world.ermek, "жылға шамы")) == {
        "БАЙ-2026-0001",
        "САР-2026-0001",
    }
    assert await _numbers(database, world.dana, "көше") == ["САР-2026-0001", "САР-2026-0003"]
    monkeypatch.setattr(worded, "FAR", 1)
    assert await _numbers(database, world.dana, "көше") == [], "the newest is of another branch"
    assert await _numbers(database, world.aigul, "көше") == ["САР-2026-0001"]
    secretary = Membership(Role.BRANCH_SECRETARY, world.marat.memberships[0].branch_id)
    also = replace(world.aigul, memberships=(*world.aigul.memberships, secretary))
    assert await _numbers(database, also, "көше") == ["БАЙ-2026-0001", "САР-2026-0001"]
    assert await _numbers(database, also, "жылға су") == []


async def test_a_merged_one_is_found_as_the_one_it_goes_on_with(
    database: Database, world: World
) -> None:
    merged = update(voter_requests).where(voter_requests.c.id == 3).values(merged_into=1)
    await database.write(lambda tx: tx.execute(merged))
    assert await _numbers(database, world.dana, "жарық жоқ") == []
