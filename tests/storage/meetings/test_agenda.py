"""The agenda: items are added, changed, moved, deleted; by whom, and two at once."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select, update

from storage import search
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.meetings import agenda, papers, speakers
from storage.meetings.speakers import Speaker
from storage.tables import agenda_items, audit, memberships, people
from storage.tables import meetings as table
from tests.conftest import NOW
from tests.storage.meetings.agenda_world import (
    AIGUL,
    DARKHAN,
    DAY,
    ERIK,
    MOLDIR,
    SAULE,
    Ids,
    agenda_of,
    fill,
    first_item,
    who,
)


def add(tx: Connection, by: int, meeting_id: int, *titles: str) -> list[int]:
    return agenda.add(tx, who(tx, by), meeting_id, titles, "kk", NOW)


def version(tx: Connection, item_id: int) -> int:
    query = select(agenda_items.c.version).where(agenda_items.c.id == item_id)
    return int(tx.execute(query).scalar_one())


async def test_items_come_at_the_end_and_are_found(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        add(tx, MOLDIR, ids.later, "Жылу маусымы", "Жолдар")
        add(tx, MOLDIR, ids.later, "Көктемгі егіс")
        assert [row[:2] for row in agenda_of(tx, ids.later)] == [
            (1, "Жылу маусымы"),
            (2, "Жолдар"),
            (3, "Көктемгі егіс"),
        ]
        hits = search.find(tx, who(tx, SAULE), "егіс", "kk")
        assert [(hit.meeting_id, hit.item_number) for hit in hits] == [(ids.later, 3)]

    await database.write(story)


async def test_an_agenda_and_a_title_have_limits(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        with pytest.raises(NotPossible, match="too_long"):
            add(tx, MOLDIR, ids.later, "а" * 251)
        add(tx, MOLDIR, ids.later, *("а" * 250,) * 60)
        with pytest.raises(NotPossible, match="too_many"):
            add(tx, MOLDIR, ids.later, "тағы бір")
        assert len(agenda_of(tx, ids.later)) == 60

    await database.write(story)


@pytest.mark.parametrize("by", [MOLDIR, DARKHAN, SAULE, ERIK])
async def test_the_bureau_is_prepared_for_the_whole_region_only(
    database: Database, by: int
) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        item = first_item(tx, ids.bureau)
        for attempt in (
            lambda: add(tx, by, ids.bureau, "Жаңа"),
            lambda: agenda.change(tx, who(tx, by), item, 1, NOW, kind="election"),
            lambda: agenda.move(tx, who(tx, by), item, 1, NOW, up=True),
            lambda: agenda.remove(tx, who(tx, by), item, 1, NOW),
            lambda: speakers.name_speaker(tx, who(tx, by), item, 1, None, NOW, DAY),
        ):
            with pytest.raises(NotAllowed):
                attempt()
        assert agenda_of(tx, ids.bureau) == [(1, "Есеп", "planned")]

    await database.write(story)


async def test_a_foreign_draft_looks_like_none(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        with pytest.raises(NotFound):
            add(tx, SAULE, ids.draft, "Жаңа")
        for nowhere in (first_item(tx, ids.draft) + 10**6, 2**63 - 1):
            with pytest.raises(NotFound):
                agenda.remove(tx, who(tx, MOLDIR), nowhere, 1, NOW)

    await database.write(story)


async def test_a_change_is_seen_and_a_title_must_remain(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        moldir, item = who(tx, MOLDIR), first_item(tx, ids.draft)
        agenda.change(tx, moldir, item, 1, NOW, kind="election", minutes=15, title_ru=None)
        found = papers.of_item(tx, moldir, item).item
        assert (found.kind, found.minutes, found.title_kk, found.title_ru, found.version) == (
            *("election", 15, "Бірінші", None),
            2,
        )
        for wrong, values in (
            ("no_title", {"title_kk": None}),
            ("wrong_value", {"kind": "dance"}),
            ("wrong_value", {"visibility": "nobody"}),
            ("wrong_value", {"minutes": 0}),
            ("wrong_value", {"minutes": 481}),
            ("too_long", {"draft_decision_kk": "а" * 2001}),
        ):
            with pytest.raises(NotPossible, match=wrong):
                agenda.change(tx, moldir, item, 2, NOW, **values)

    await database.write(story)


async def test_of_two_secretaries_the_second_is_told_who_was_first(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        item = first_item(tx, ids.draft)
        agenda.change(tx, who(tx, AIGUL), item, 1, NOW, minutes=10)
        with pytest.raises(AlreadyChanged) as told:
            agenda.change(tx, who(tx, MOLDIR), item, 1, NOW, minutes=20)
        assert (told.value.by, told.value.at) == ("Сейтова Айгүл", NOW)
        with pytest.raises(AlreadyChanged):
            agenda.remove(tx, who(tx, MOLDIR), item, 1, NOW)
        assert papers.of_item(tx, who(tx, MOLDIR), item).item.minutes == 10

    await database.write(story)


async def test_two_who_add_at_the_same_moment_get_numbers_of_their_own(database: Database) -> None:
    ids: Ids = await database.write(fill)
    await asyncio.gather(
        *(database.write(add, by, ids.later, f"{by} {n}") for by in (AIGUL, MOLDIR) for n in "12")
    )
    found = await database.read(agenda_of, ids.later)
    assert [number for number, _, _ in found] == [1, 2, 3, 4]


async def test_items_change_places(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        moldir = who(tx, MOLDIR)
        one, _, three = add(tx, MOLDIR, ids.later, "бір", "екі", "үш")
        agenda.move(tx, moldir, three, 1, NOW, up=True)
        agenda.move(tx, moldir, one, version(tx, one), NOW, up=True)  # the first stays
        assert [title for _, title, _ in agenda_of(tx, ids.later)] == ["бір", "үш", "екі"]
        agenda.move(tx, moldir, one, version(tx, one), NOW, up=False)
        assert [row[:2] for row in agenda_of(tx, ids.later)] == [(1, "үш"), (2, "бір"), (3, "екі")]

    await database.write(story)


async def test_deleting_closes_the_gap(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        items = add(tx, MOLDIR, ids.later, *"абвгд")
        assert agenda.remove(tx, who(tx, MOLDIR), items[1], 1, NOW) == ids.later
        assert [row[:2] for row in agenda_of(tx, ids.later)] == [
            (1, "а"),
            (2, "в"),
            (3, "г"),
            (4, "д"),
        ]
        assert search.find(tx, who(tx, SAULE), "б", "kk") == []

    await database.write(story)


@pytest.mark.parametrize("state", ["held", "signed", "archived", "cancelled"])
async def test_what_is_over_is_not_changed(database: Database, state: str) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        item = first_item(tx, ids.draft)
        tx.execute(update(table).where(table.c.id == ids.draft).values(state=state))
        for attempt in (
            lambda: add(tx, MOLDIR, ids.draft, "кеш"),
            lambda: agenda.change(tx, who(tx, MOLDIR), item, 1, NOW, minutes=5),
            lambda: agenda.remove(tx, who(tx, MOLDIR), item, 1, NOW),
        ):
            with pytest.raises(NotPossible, match="wrong_state"):
                attempt()

    await database.write(story)


async def test_while_it_goes_on_nothing_is_deleted(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        item = first_item(tx, ids.draft)
        tx.execute(update(table).where(table.c.id == ids.draft).values(state="in_progress"))
        add(tx, MOLDIR, ids.draft, "орнынан қосылды")
        with pytest.raises(NotPossible):
            agenda.remove(tx, who(tx, MOLDIR), item, 1, NOW)

    await database.write(story)


def named(tx: Connection, item: int, found: Speaker) -> dict[str, Any]:
    speakers.name_speaker(tx, who(tx, MOLDIR), item, version(tx, item), found, NOW, DAY)
    one = papers.of_item(tx, who(tx, MOLDIR), item).item
    return {"id": one.speaker_id, "name": one.speaker_kk, "post": one.speaker_position_kk}


async def test_a_speaker_is_found_by_the_beginning_of_a_name(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        post = update(memberships).where(memberships.c.person_id == 5)
        tx.execute(post.values(position_kk="мектеп директоры"))
        moldir, item = who(tx, MOLDIR), first_item(tx, ids.draft)
        found = speakers.candidates(tx, moldir, ids.draft, "саул толе", DAY)
        assert [one.name for one in found] == ["Төлегенова Сәуле"]
        assert named(tx, item, Speaker("жалған ат", 5)) == {
            "id": 5,
            "name": "Төлегенова Сәуле",
            "post": "мектеп директоры",
        }
        everybody = [one.name for one in speakers.candidates(tx, moldir, ids.draft, "", DAY)]
        assert "Кимов Руслан" not in everybody  # of another branch
        assert "Қонақ" not in " ".join(everybody)
        region = speakers.candidates(tx, who(tx, AIGUL), ids.bureau, "кимов", DAY)
        assert [one.name for one in region] == ["Кимов Руслан"]

    await database.write(story)


async def test_a_speaker_by_name_and_position_only(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        item = first_item(tx, ids.draft)
        known = named(tx, item, Speaker("Асан Үсен", post_kk="бас дәрігер"))
        assert known == {"id": None, "name": "Асан Үсен", "post": "бас дәрігер"}
        with pytest.raises(NotPossible, match="too_long"):
            named(tx, item, Speaker("а" * 101))
        for forged in (4, 10**9):  # of another branch; nobody
            with pytest.raises(NotFound):
                named(tx, item, Speaker("жалған", forged))
        assert papers.of_item(tx, who(tx, MOLDIR), item).item.speaker_kk == "Асан Үсен"

    await database.write(story)


async def test_a_speaker_who_leaves_the_party_keeps_the_name_on_the_agenda(
    database: Database,
) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        item = first_item(tx, ids.draft)
        named(tx, item, Speaker("", 5))
        left = update(memberships).where(memberships.c.person_id == 5)
        tx.execute(left.values(ends_on=DAY - timedelta(days=1)))
        moldir = who(tx, MOLDIR)
        assert papers.of_item(tx, moldir, item).item.speaker_kk == "Төлегенова Сәуле"
        assert speakers.candidates(tx, moldir, ids.draft, "сауле", DAY) == []
        with pytest.raises(NotFound):
            named(tx, item, Speaker("", 5))

    await database.write(story)


async def test_co_speakers_come_and_go(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        moldir, item = who(tx, MOLDIR), first_item(tx, ids.draft)

        def join(one: Speaker) -> None:
            speakers.add_co_speaker(tx, moldir, item, version(tx, item), one, NOW, DAY)

        join(Speaker("", 3))
        join(Speaker("Асан Үсен", post_kk="бас дәрігер"))
        join(Speaker("", 3))  # already
        beside = papers.of_item(tx, moldir, item).co_speakers
        assert [(one.name, one.post) for one in beside] == [
            ("Оразов Дархан", None),
            ("Асан Үсен", "бас дәрігер"),
        ]
        speakers.remove_co_speaker(tx, moldir, item, version(tx, item), beside[0].id, NOW)
        assert [o.name for o in papers.of_item(tx, moldir, item).co_speakers] == ["Асан Үсен"]
        with pytest.raises(NotFound):
            speakers.remove_co_speaker(tx, moldir, item, version(tx, item), beside[0].id, NOW)
        for n in range(9):
            join(Speaker(f"Қосымша {n}"))
        with pytest.raises(NotPossible, match="too_many"):
            join(Speaker("Он бірінші"))

    await database.write(story)


async def test_the_trail_names_no_person_and_no_text(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        item = first_item(tx, ids.draft)
        named(tx, item, Speaker("Асан Үсен"))
        agenda.change(tx, who(tx, MOLDIR), item, 2, NOW, draft_decision_kk="Құпия сөз")
        trail = [str(dict(row)) for row in tx.execute(select(audit)).mappings()]
        assert len(trail) == 2
        assert not any("Асан" in row or "Құпия" in row for row in trail)
        names = set(tx.execute(select(people.c.name)).scalars())
        assert not any(name in row for row in trail for name in names)

    await database.write(story)
