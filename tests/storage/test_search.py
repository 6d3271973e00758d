"""Search over meetings and decisions, with folded Kazakh."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, delete, insert, select, update

from storage import meetings, search
from storage.database import Database
from storage.errors import NotAllowed
from storage.meetings import NewMeeting
from storage.rules.access import Actor, Membership, Role
from storage.tables import agenda_items, clauses, instructions, proposals
from storage.tables import meetings as table
from tests.conftest import NOW
from tests.storage.meetings.world import World, actor, fill


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
    assert await texts(database, world, "қорытынды құжат")
    assert await texts(database, world, "ауежай") == []

    def change(tx: Connection) -> None:
        tx.execute(update(table).where(table.c.id == world.held).values(decision_kk="Әуежай салу"))
        search.index_meeting(tx, world.held)

    await database.write(change)

    assert await texts(database, world, "ауежай") == ["Әуежай салу"]
    assert await texts(database, world, "қорытынды құжат") == []


async def test_a_meeting_without_texts_has_only_its_title(database: Database) -> None:
    world = await database.write(fill)
    bare = NewMeeting(world.region, "Тосын жиын", "Внезапное совещание", NOW)
    await database.write(meetings.add, bare)

    assert await texts(database, world, "тосын") == ["Тосын жиын"]


@pytest.mark.parametrize(
    "query",
    [
        "bggjlhjv",  # ипподром with the keys of a Latin layout
        "ипподорм",
        "иподромға",
        "ippodrom",
        "09hskscsy Jhfpjd",  # құрылысын Оразов
    ],
)
async def test_a_slip_and_another_layout(database: Database, query: str) -> None:
    world = await database.write(fill)

    found = await texts(database, world, query)

    assert found[0] == "Ипподром құрылысын партиялық бақылауға алу — Бақыт Оразов"


async def test_the_word_itself_is_no_slip_of_another(database: Database) -> None:
    world = await database.write(fill)

    # «Жол» and «жолдар» are there, «зол» is too short to be meant as one of them.
    assert await texts(database, world, "жол")
    assert not await texts(database, world, "зол")


async def test_words_of_one_item_are_found_together(database: Database) -> None:
    world = await database.write(fill)

    # The speaker stands beside the title, the hippodrome in a proposal.
    hits = await database.read(
        search.find, actor(Role.MEMBER, world.saryagash), "Сапаров ипподром", "kk"
    )

    assert {hit.item_number for hit in hits} == {1, 2}


async def test_the_word_itself_comes_before_its_forms(database: Database) -> None:
    world = await database.write(fill)
    for days, title in ((2, "Келесі жоспар"), (1, "Келес ауданы"), (3, "Келесі жыл")):
        meeting = NewMeeting(world.region, title, title, NOW - timedelta(days=days), state="held")
        await database.write(meetings.add, meeting)

    found = await texts(database, world, "келес")

    assert found == ["Келес ауданы", "Келесі жоспар", "Келесі жыл"]


async def told(database: Database, world: World, query: str, *who: Membership) -> list[str]:
    person = Actor(person_id=1, telegram_id=1, name="Гүлнар", language="kk", memberships=who)
    return [hit.text for hit in await database.read(search.find, person, query, "kk")]


@pytest.mark.parametrize("visibility", ["bureau", "invited"])
async def test_an_item_for_some_is_found_by_them_only(database: Database, visibility: str) -> None:
    world = await database.write(fill)

    def hide(tx: Connection) -> None:
        tx.execute(update(agenda_items).values(visibility=visibility))

    await database.write(hide)

    member = Membership(Role.MEMBER, world.saryagash)
    assert not await told(database, world, "ипподром", member)
    assert not await told(database, world, "bggjlhjv", member)
    of_the_bureau = Membership(Role.BUREAU_MEMBER, world.saryagash)
    assert len(await told(database, world, "ипподром", of_the_bureau)) == 3
    secretary = Membership(Role.BRANCH_SECRETARY, world.saryagash)
    assert not await told(database, world, "ипподром", secretary)
    assert await told(database, world, "ипподром", Membership(Role.REGIONAL_SECRETARY))


async def test_what_is_not_decided_yet_is_not_found(database: Database) -> None:
    world = await database.write(fill)

    def prepare(tx: Connection) -> None:
        item_id = tx.execute(
            select(agenda_items.c.id).where(agenda_items.c.meeting_id == world.held)
        ).scalar_one()
        tx.execute(
            insert(proposals).values(item_id=item_id, position=9, text_kk="Әуежай", state="sent")
        )
        tx.execute(insert(clauses).values(meeting_id=world.held, number=1, text_kk="Стадион салу"))
        tx.execute(
            insert(instructions).values(
                meeting_id=world.held,
                number=1,
                text_kk="Мұражай ашу",
                executor="Дәурен Қасымов",
                state="drafted",
                created_at=NOW,
            )
        )
        search.index_meeting(tx, world.held)

    def approve(tx: Connection) -> None:
        tx.execute(update(table).where(table.c.id == world.held).values(document_at=NOW))
        tx.execute(update(instructions).values(state="under_control"))
        tx.execute(update(proposals).values(state="accepted"))
        search.index_meeting(tx, world.held)

    await database.write(prepare)
    for query in ("әуежай", "стадион", "мұражай"):
        assert not await texts(database, world, query)
    await database.write(approve)
    assert await texts(database, world, "әуежай") == ["Әуежай"]
    assert await texts(database, world, "стадион") == ["Стадион салу"]
    assert await texts(database, world, "Қасымовке") == ["Мұражай ашу — Дәурен Қасымов"]


async def test_what_was_told_because_of_a_hidden_item_is_hidden(database: Database) -> None:
    world = await database.write(fill)

    def tell(tx: Connection) -> None:
        on_held = agenda_items.c.meeting_id == world.held
        item_id = tx.execute(select(agenda_items.c.id).where(on_held)).scalar_one()
        tx.execute(update(agenda_items).where(on_held).values(visibility="bureau"))
        tx.execute(update(table).where(table.c.id == world.held).values(document_at=NOW))
        clause = insert(clauses).values(
            meeting_id=world.held, number=1, item_id=item_id, text_kk="Стадион салу"
        )
        clause_id = tx.execute(clause.returning(clauses.c.id)).scalar_one()
        given = insert(instructions).values(
            meeting_id=world.held,
            number=1,
            clause_id=clause_id,
            text_kk="Мұражай ашу",
            state="under_control",
            created_at=NOW,
        )
        tx.execute(given)
        search.index_meeting(tx, world.held)

    await database.write(tell)

    for query in ("стадион", "мұражай"):
        assert not await texts(database, world, query)
        of_the_bureau = Membership(Role.BUREAU_MEMBER, world.saryagash)
        assert len(await told(database, world, query, of_the_bureau)) == 1


async def test_a_meeting_that_is_deleted_is_not_found(database: Database) -> None:
    world = await database.write(fill)
    assert await texts(database, world, "қаралды")

    await database.write(lambda tx: tx.execute(delete(table).where(table.c.id == world.held)))

    assert not await texts(database, world, "қаралды")
