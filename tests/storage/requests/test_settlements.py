import pytest

from storage import requests
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.requests import RequestDraft, VoterRequest, importing, settlements
from storage.requests.imported_rows import GivenRow
from storage.requests.settlements import AT_ONCE, NAME_LIMIT, Settlement
from storage.rules.access import Actor
from storage.rules.categories import Category
from tests.conftest import NOW, ZONE
from tests.storage.requests.test_importing import PROOF
from tests.storage.requests.world import TODAY, World, build

TEXT = "Көше шамы жанбайды"
VILLAGES = [("Жылға ауылы", "село Жылга"), ("Ақжазық ауылы", "село Акжазык")]


@pytest.fixture
async def world(database: Database) -> World:
    return await database.write(build)


@pytest.fixture
async def villages(database: Database, world: World) -> list[Settlement]:
    await database.write(settlements.add, world.dana, world.sar, VILLAGES, NOW)
    return await database.read(settlements.of_branch, world.sar)


async def _registered(
    database: Database, who: Actor, place: str | None, picked: int | None = None
) -> VoterRequest:
    draft = RequestDraft(TEXT, Category.LIGHTING, place=place, settlement_id=picked)
    made = await database.write(requests.register, who, draft, NOW, ZONE)
    assert made == await database.read(requests.get, who, made.id)
    return made


async def test_a_request_is_about_the_one_its_place_names(
    database: Database, world: World, villages: list[Settlement]
) -> None:
    assert [one.name_kk for one in villages] == ["Ақжазық ауылы", "Жылға ауылы"]
    aq, zhylga = villages
    named = await _registered(database, world.aigul, "жылгада, Абай көшесі 12")
    assert (named.settlement_id, named.settlement_ru) == (zhylga.id, "село Жылга")
    picked = await _registered(database, world.aigul, "Абай көшесі", aq.id)
    assert picked.settlement_id == aq.id
    assert (await _registered(database, world.aigul, None)).settlement_id is None
    assert (await _registered(database, world.aigul, "Дербісек ауылы")).settlement_id is None


async def test_a_corrected_place_is_asked_anew(
    database: Database, world: World, villages: list[Settlement]
) -> None:
    made = await _registered(database, world.aigul, "Жылға")
    moved = await database.write(
        requests.complete, world.aigul, made.id, made.version, NOW, place="с. Акжазык"
    )
    assert moved.settlement_id == villages[0].id
    kept = await database.write(
        requests.complete, world.aigul, moved.id, moved.version, NOW, category=Category.ROADS
    )
    assert kept.settlement_id == villages[0].id
    gone = await database.write(
        requests.complete, world.aigul, kept.id, kept.version, NOW, place="Дербісек"
    )
    assert gone.settlement_id is None


async def test_a_closed_one_stays_where_it_is_and_takes_nothing_new(
    database: Database, world: World, villages: list[Settlement]
) -> None:
    aq = villages[0]
    before = await _registered(database, world.aigul, "Ақжазық")
    closed = await database.write(
        settlements.set_active, world.dana, aq.id, aq.version, NOW, active=False
    )
    assert [one.id for one in await database.read(settlements.of_branch, world.sar)] == [
        villages[1].id
    ]
    kept = await database.read(settlements.kept, world.dana, world.sar)
    assert [one.active for one in kept] == [True, False]
    assert (await database.read(requests.get, world.aigul, before.id)).settlement_id == aq.id
    assert (await _registered(database, world.aigul, "Ақжазық", aq.id)).settlement_id is None
    await database.write(
        settlements.set_active, world.dana, aq.id, closed.version, NOW, active=True
    )
    assert (await _registered(database, world.aigul, None, aq.id)).settlement_id == aq.id


async def test_another_branchs_is_not_taken(
    database: Database, world: World, villages: list[Settlement]
) -> None:
    theirs = await _registered(database, world.marat, "Ақжазық", villages[0].id)
    assert theirs.settlement_id is None
    unknown = await _registered(database, world.aigul, None, 2**62)
    assert unknown.settlement_id is None


async def test_an_imported_request_is_about_the_one_it_names(
    database: Database, world: World, villages: list[Settlement]
) -> None:
    rows = [
        GivenRow(2, TEXT, "lighting", "1", place="село Акжазык"),
        GivenRow(3, TEXT, "lighting", "2"),
    ]
    seal = (await database.read(importing.check, world.aigul, rows, TODAY)).seal
    await database.write(importing.add, world.aigul, rows, seal, PROOF, NOW, ZONE)
    found = await database.read(requests.listing, world.aigul, "open", TODAY, 0, 8)
    whole = [await database.read(requests.get, world.aigul, one.id) for one in found]
    assert {one.settlement_id for one in whole} == {villages[0].id, None}


async def test_what_is_there_already_is_passed_over(
    database: Database, world: World, villages: list[Settlement]
) -> None:
    again = [("жылга ауылы", "x"), ("Дербісек", "Дербисек"), ("Дербисек", "Дербисек")]
    assert await database.write(settlements.add, world.dana, world.sar, again, NOW) == 1
    assert await database.write(settlements.add, world.ermek, world.bay, VILLAGES, NOW) == 2


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        ([("", "село")], "no_name"),
        ([("Жылға", "—")], "no_name"),
        ([("Ж" * (NAME_LIMIT + 1), "Ж")], "too_long"),
        ([("Жаңа", "Новое")] * (AT_ONCE + 1), "too_many"),
    ],
)
async def test_names_that_do_not_fit_add_nothing(
    database: Database, world: World, names: list[tuple[str, str]], reason: str
) -> None:
    with pytest.raises(NotPossible, match=reason):
        await database.write(settlements.add, world.dana, world.sar, [("Ақ", "Ак"), *names], NOW)
    assert await database.read(settlements.of_branch, world.sar) == []


async def test_the_second_of_two_is_told_and_others_may_not(
    database: Database, world: World, villages: list[Settlement]
) -> None:
    aq = villages[0]
    given = (aq.id, aq.version, "name_ru", "аул Акжазык", NOW)
    renamed = await database.write(settlements.rename, world.dana, *given)
    assert (renamed.name_ru, renamed.version) == ("аул Акжазык", 2)
    with pytest.raises(AlreadyChanged):
        await database.write(settlements.rename, world.ermek, *given)
    with pytest.raises(NotAllowed):
        await database.write(settlements.rename, world.aigul, *given)
    with pytest.raises(NotAllowed):
        await database.write(settlements.add, world.dana, world.bay, VILLAGES, NOW)
    with pytest.raises(NotAllowed):
        await database.read(settlements.kept, world.dana, world.bay)
    await database.write(settlements.add, world.ermek, world.bay, VILLAGES, NOW)
    (theirs, _) = await database.read(settlements.of_branch, world.bay)
    for foreign in (theirs.id, -1, 2**62):
        with pytest.raises(NotFound):
            await database.read(settlements.to_keep, world.dana, foreign)
    with pytest.raises(NotPossible, match="known"):
        await database.write(
            settlements.rename, world.dana, aq.id, 2, "name_kk", "ЖЫЛҒА АУЫЛЫ", NOW
        )
    with pytest.raises(NotPossible, match="field"):
        await database.write(settlements.rename, world.dana, aq.id, 2, "active", "x", NOW)
