"""The directory of bodies, and the fixed words of letters."""

import pytest

from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.inquiries import bodies, prefilling, proposing, settings
from tests.conftest import NOW
from tests.storage.inquiries.world import HOUSING, Ids, build


@pytest.fixture
async def ids(database: Database) -> Ids:
    return await database.write(build)


async def test_a_secretary_keeps_the_bodies_of_the_own_branch(database: Database, ids: Ids) -> None:
    dana = ids.world.dana
    page = await database.read(bodies.directory, dana, 0)
    assert [one.id for one in page.bodies] == [ids.housing]
    body = await database.write(
        bodies.rename, dana, ids.housing, 1, "name_ru", "Отдел <жилья>", NOW
    )
    assert (body.name_ru, body.version) == ("Отдел <жилья>", 2)
    with pytest.raises(AlreadyChanged):
        await database.write(bodies.rename, dana, ids.housing, 1, "name_kk", "Бөлім", NOW)
    for wrong in (None, "", "ж" * 201):
        with pytest.raises(NotPossible):
            await database.write(bodies.rename, dana, ids.housing, 2, "name_kk", wrong, NOW)
    with pytest.raises(NotPossible):
        await database.write(bodies.rename, dana, ids.housing, 2, "version", "9", NOW)
    await database.write(bodies.rename, dana, ids.housing, 2, "head_kk", None, NOW)
    with pytest.raises(NotFound):
        await database.write(bodies.set_active, dana, ids.baydibek, 1, NOW, active=False)
    with pytest.raises(NotAllowed):
        await database.write(bodies.add, dana, ids.world.bay, HOUSING, NOW)
    with pytest.raises(NotAllowed):
        await database.read(bodies.directory, ids.world.aigul, 0)


async def test_the_same_name_is_not_added_twice(database: Database, ids: Ids) -> None:
    again = {**HOUSING, "name_kk": "сарыагаш аудандык турғын үй бөлімі"}
    with pytest.raises(NotPossible):
        await database.write(bodies.add, ids.world.dana, ids.world.sar, again, NOW)


async def test_addressees_are_open_near_and_found_by_words(database: Database, ids: Ids) -> None:
    near = await database.read(bodies.addressees, ids.world.sar, "kk", 0)
    assert [one.id for one in near.bodies] == [ids.housing]
    found = await database.read(bodies.addressees, ids.world.sar, "ru", 0, "ТУРГЫН уй")
    assert found.total == 1
    assert (await database.read(bodies.addressees, ids.world.sar, "kk", 0, "акім")).total == 0
    await database.write(bodies.set_active, ids.world.dana, ids.housing, 1, NOW, active=False)
    assert (await database.read(bodies.addressees, ids.world.sar, "kk", 5)).total == 0


async def test_a_body_that_the_directory_lacks_is_proposed_once(
    database: Database, ids: Ids
) -> None:
    aigul, dana, sar = ids.world.aigul, ids.world.dana, ids.world.sar
    name = "Су шаруашылығы бөлімі"
    new = await database.write(proposing.propose, aigul, sar, name, NOW, NOW.date())
    assert new.proposed_by == aigul.person_id
    again = await database.write(proposing.propose, aigul, sar, name.upper(), NOW, NOW.date())
    assert again.id == new.id
    known = str(HOUSING["name_ru"])
    housing = await database.write(proposing.propose, aigul, sar, known, NOW, NOW.date())
    assert (housing.id, housing.proposed_by) == (ids.housing, None)
    # Offered to deputies after what is in the directory, and to the secretary before it.
    offered = await database.read(bodies.addressees, sar, "kk", 0)
    assert [one.id for one in offered.bodies] == [ids.housing, new.id]
    kept = await database.read(bodies.directory, dana, 0)
    assert [one.id for one in kept.bodies] == [new.id, ids.housing]
    taken = await database.write(proposing.accept, dana, new.id, new.version, NOW)
    assert taken.proposed_by is None
    with pytest.raises(AlreadyChanged):
        await database.write(proposing.accept, dana, new.id, new.version, NOW)
    own = await database.write(proposing.propose, dana, sar, "Ветеринария", NOW, NOW.date())
    assert own.proposed_by is None, "a secretary keeps the directory"
    with pytest.raises(NotAllowed):
        await database.write(proposing.propose, aigul, ids.world.bay, name, NOW, NOW.date())
    with pytest.raises(NotPossible):
        await database.write(proposing.propose, aigul, sar, "ж" * 201, NOW, NOW.date())


async def test_the_words_of_a_letter_are_set_by_the_region(database: Database, ids: Ids) -> None:
    usual = await database.read(settings.words, "ru")
    assert usual["letter_title"].text == "ДЕПУТАТСКИЙ ЗАПРОС"
    given = ("letter_title", "ru", 0, "ЗАПРОС ДЕПУТАТА", NOW)
    with pytest.raises(NotAllowed):
        await database.write(settings.set_words, ids.world.dana, *given)
    await database.write(settings.set_words, ids.world.ermek, *given)
    with pytest.raises(AlreadyChanged):
        await database.write(settings.set_words, ids.world.ermek, *given)
    now = await database.read(settings.words, "ru")
    assert now["letter_title"] == settings.Setting("ЗАПРОС ДЕПУТАТА", 1)
    assert (await database.read(settings.words, "kk"))["letter_title"].version == 0
    for name, language, text in (("x", "ru", "?"), ("letter_title", "en", "?"),
                                 ("letter_title", "ru", "")):  # fmt: skip
        with pytest.raises(NotPossible):
            await database.write(settings.set_words, ids.world.ermek, name, language, 1, text, NOW)


async def test_a_request_is_quoted_without_the_voter(database: Database, ids: Ids) -> None:
    (source,) = await database.read(prefilling.sources, ids.world.aigul, [ids.request])
    assert source.text == "••• •••, •••: Жылға ауылында шам жанбайды"
    assert [one.id for one in await database.read(prefilling.offered, ids.world.aigul)] == [
        ids.request
    ]
    assert not await database.read(prefilling.offered, ids.world.nurlan)
    with pytest.raises(NotFound):
        await database.read(prefilling.sources, ids.world.nurlan, [ids.request])
