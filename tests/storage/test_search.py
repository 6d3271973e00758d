"""Search over meetings and decisions, with folded Kazakh."""

import pytest
from sqlalchemy import update

from storage import meetings, search
from storage.database import Database
from storage.errors import NotAllowed
from storage.meetings import NewMeeting
from storage.rules.access import Role
from storage.tables import meetings as table
from tests.conftest import NOW
from tests.storage.meetings_world import World, actor, fill


async def texts(
    database: Database, world: World, query: str, *, language: str = "kk", limit: int = 8
) -> list[str]:
    hits = await database.read(
        search.find, actor(Role.MEMBER, world.saryagash), query, language, limit
    )
    return [hit.text for hit in hits]


@pytest.mark.parametrize("query", ["ипподром", "ипподрому", "ИППОДРОМЫ", "Ипподромға", "оразов"])
async def test_the_hippodrome_in_any_form(database: Database, query: str) -> None:
    world = await database.write(fill)

    found = await texts(database, world, query)

    # Three meetings heard of it, the latest of them speaks first.
    assert found[0] == "Ипподром құрылысын партиялық бақылауға алу — Бақыт Оразов"
    assert len(found) == 3


async def test_a_russian_keyboard_finds_kazakh(database: Database) -> None:
    world = await database.write(fill)

    found = await texts(database, world, "курылыс", language="ru")

    assert "Ипподром құрылысын партиялық бақылауға алу — Бақыт Оразов" in found


@pytest.mark.parametrize(
    ("language", "first"),
    [("kk", "Ипподром құрылысын партиялық"), ("ru", "Взять строительство ипподрома")],
)
async def test_a_text_of_both_languages_is_shown_in_mine(
    database: Database, language: str, first: str
) -> None:
    world = await database.write(fill)

    found = await texts(database, world, "ипподром", language=language)

    assert all(text.startswith(first) for text in found)


async def test_all_words_must_be_there_in_any_order(database: Database) -> None:
    world = await database.write(fill)

    assert await texts(database, world, "контроль ипподром", language="ru")
    assert not await texts(database, world, "контроль ипподром аэропорт", language="ru")


async def test_two_letters_and_numbers(database: Database) -> None:
    world = await database.write(fill)

    assert "Ауыз су тапшылығы" in (await texts(database, world, "су"))[0]
    assert "41,8" in (await texts(database, world, "41,8"))[0]
    assert not await texts(database, world, "4")


async def test_the_place_of_the_match_and_of_the_item(database: Database) -> None:
    world = await database.write(fill)

    hits = await database.read(search.find, actor(Role.MEMBER, world.region), "екі мәселе", "kk")

    (hit,) = hits
    assert (hit.meeting_id, hit.kind, hit.item_number) == (world.held, "summary", None)
    assert [hit.text[a:b] for a, b in hit.spans] == ["Екі", "мәселе"]
    proposal = (
        await database.read(search.find, actor(Role.MEMBER, world.region), "ипподром", "kk")
    )[0]
    assert proposal.item_number == 2


async def test_whole_words_first_then_what_tells_most(database: Database) -> None:
    world = await database.write(fill)

    hits = await database.read(search.find, actor(Role.MEMBER, world.region), "бюро", "ru")
    assert hits[0].kind == "title"
    hits = await database.read(search.find, actor(Role.MEMBER, world.region), "предложения", "ru")
    assert hits[0].kind == "decision"


async def test_other_branches_and_drafts_are_not_found(database: Database) -> None:
    world = await database.write(fill)

    assert not await texts(database, world, "Кентау")
    secretary = actor(Role.BRANCH_SECRETARY, world.saryagash)
    assert not await database.read(search.find, secretary, "Сарыағаш", "kk")


@pytest.mark.parametrize("query", ["", "🏇", "?!", "%", "_", "\\", "%%%__", "\u200b\u200b", "\x00"])
async def test_a_query_without_words_finds_nothing(database: Database, query: str) -> None:
    world = await database.write(fill)

    assert await texts(database, world, query) == []


@pytest.mark.parametrize(
    "query", ["ш" * 4096, "سباق الخيل", "מירוץ", "slow'; DROP TABLE x", "су " * 999]
)
async def test_odd_queries_are_answered(database: Database, query: str) -> None:
    world = await database.write(fill)

    await texts(database, world, query)


async def test_a_wildcard_is_no_wildcard(database: Database) -> None:
    world = await database.write(fill)

    assert not await texts(database, world, "иппод%м")


async def test_at_most_as_many_as_asked(database: Database) -> None:
    world = await database.write(fill)

    assert len(await texts(database, world, "туралы", limit=2)) == 2


async def test_a_guest_is_refused(database: Database) -> None:
    await database.write(fill)

    with pytest.raises(NotAllowed):
        await database.read(search.find, actor(None), "ипподром", "kk")


async def test_a_changed_text_is_found_after_indexing(database: Database) -> None:
    world = await database.write(fill)

    def change(tx) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        tx.execute(update(table).where(table.c.id == world.held).values(decision_kk="Әуежай салу"))
        search.index_meeting(tx, world.held)

    await database.write(change)

    assert await texts(database, world, "аэуежай") == []
    assert await texts(database, world, "ауежай") == ["Әуежай салу"]


async def test_a_meeting_without_texts_has_only_its_title(database: Database) -> None:
    world = await database.write(fill)
    bare = NewMeeting(world.region, "Тосын жиын", "Внезапное совещание", NOW)
    await database.write(meetings.add, bare)

    assert await texts(database, world, "тосын") == ["Тосын жиын"]
