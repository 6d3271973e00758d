"""What goes on at a next meeting: items carried over, decisions still under control."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, select, update

from storage import meetings
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotPossible
from storage.meetings import agenda, carrying, life, materials, papers, speakers
from storage.meetings.materials import NewMaterial
from storage.meetings.speakers import Speaker
from storage.tables import agenda_items, instructions
from storage.tables import meetings as table
from tests import world
from tests.conftest import NOW
from tests.storage.meetings.agenda_world import (
    AIGUL,
    DAY,
    MOLDIR,
    SAULE,
    agenda_of,
    fill,
    first_item,
    instruct,
    who,
)

NEXT_BUREAU = {
    "branch_id": world.REGION,
    "body": "bureau",
    "kind": "regular",
    "state": "announced",
    "title_kk": "Келесі бюро",
    "title_ru": "Следующее бюро",
    "starts_at": NOW + timedelta(days=30),
}
PLAN = NewMaterial("document", "F1", "U1", "Жоспар.pdf", 1000, "files/ab.pdf")


def set_state(tx: Connection, meeting_id: int, state: str) -> None:
    tx.execute(update(table).where(table.c.id == meeting_id).values(state=state))


async def test_an_item_goes_to_the_next_meeting_with_its_papers(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        moldir, item = who(tx, MOLDIR), first_item(tx, ids.draft)
        agenda.change(tx, moldir, item, 1, NOW, draft_decision_kk="Бекітілсін", minutes=15)
        speakers.add_co_speaker(tx, moldir, item, 2, Speaker("Асан Үсен"), NOW, DAY)
        materials.add(tx, moldir, ids.draft, item, PLAN, NOW)
        assert [t.id for t in carrying.targets_of(tx, moldir, item, NOW)] == [ids.later]

        new = carrying.carry(tx, moldir, item, 3, ids.later, NOW)

        assert agenda_of(tx, ids.draft)[0] == (1, "Бірінші", "carried")
        there = papers.of_item(tx, moldir, new)
        assert (there.item.title_kk, there.item.draft_decision_kk, there.item.minutes) == (
            *("Бірінші", "Бекітілсін"),
            15,
        )
        assert (there.item.carried_from, there.item.number, there.item.state) == (
            *(item, 1),
            "planned",
        )
        assert [one.name for one in there.co_speakers] == ["Асан Үсен"]
        _, files = papers.every_material(tx, moldir, ids.later, new)
        assert [(one.name, one.path, one.meeting_id) for one in files] == [
            ("Жоспар.pdf", "files/ab.pdf", ids.later)
        ]
        with pytest.raises(NotPossible, match="settled"):
            carrying.carry(tx, moldir, item, 4, ids.later, NOW)

    await database.write(story)


async def test_only_to_a_meeting_of_the_same_body_that_is_ahead(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        moldir, item = who(tx, MOLDIR), first_item(tx, ids.draft)
        with pytest.raises(NotPossible, match="wrong_body"):
            carrying.carry(tx, moldir, item, 1, ids.assembly, NOW)
        with pytest.raises(NotPossible, match="wrong_body"):
            carrying.carry(tx, moldir, item, 1, ids.draft, NOW)
        with pytest.raises(NotAllowed):
            carrying.carry(tx, moldir, item, 1, ids.bureau, NOW)
        set_state(tx, ids.later, "held")
        with pytest.raises(NotPossible, match="wrong_state"):
            carrying.carry(tx, moldir, item, 1, ids.later, NOW)
        assert carrying.targets_of(tx, moldir, item, NOW) == []
        assert agenda_of(tx, ids.draft)[0] == (1, "Бірінші", "planned")

    await database.write(story)


async def test_deleted_there_it_waits_here_again(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        moldir, item = who(tx, MOLDIR), first_item(tx, ids.draft)
        new = carrying.carry(tx, moldir, item, 1, ids.later, NOW)
        agenda.remove(tx, moldir, new, 1, NOW)
        assert agenda_of(tx, ids.draft)[0] == (1, "Бірінші", "planned")

    await database.write(story)


async def test_what_was_carried_to_a_draft_that_is_thrown_away_waits_again(
    database: Database,
) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        moldir, item = who(tx, MOLDIR), first_item(tx, ids.draft)
        set_state(tx, ids.later, "draft")
        carrying.carry(tx, moldir, item, 1, ids.later, NOW)

        life.throw_away(tx, moldir, ids.later, 1, NOW)

        assert agenda_of(tx, ids.draft) == [(1, "Бірінші", "planned"), (2, "Екінші", "planned")]

    await database.write(story)


async def test_what_stood_on_a_cancelled_meeting_goes_on_at_the_next(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        moldir, item = who(tx, MOLDIR), first_item(tx, ids.draft)
        there = carrying.carry(tx, moldir, item, 1, ids.later, NOW)
        set_state(tx, ids.later, "cancelled")
        own = tx.execute(
            select(table.c.branch_id, table.c.body).where(table.c.id == ids.later)
        ).one()
        next_one = {**NEXT_BUREAU, "branch_id": own.branch_id, "body": own.body}
        next_id = tx.execute(insert(table).values(next_one).returning(table.c.id)).scalar_one()
        assert next_id in [one.id for one in carrying.targets_of(tx, moldir, there, NOW)]

        carrying.carry(tx, moldir, there, 1, next_id, NOW)

        assert [line[1:] for line in agenda_of(tx, next_id)] == [("Бірінші", "planned")]

    await database.write(story)


async def test_two_secretaries_carry_it_over_once(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        item = first_item(tx, ids.draft)
        agenda.change(tx, who(tx, AIGUL), item, 1, NOW, minutes=5)
        with pytest.raises(AlreadyChanged):
            carrying.carry(tx, who(tx, MOLDIR), item, 1, ids.later, NOW)
        assert agenda_of(tx, ids.later) == []

    await database.write(story)


async def test_what_is_under_control_is_proposed_until_it_is_removed(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        moldir = who(tx, MOLDIR)
        set_state(tx, ids.draft, "held")
        second = instruct(tx, ids.draft, 2, "Су құбырын жөндеу", "under_control")
        first = instruct(tx, ids.draft, 1, "ұ" * 400, "under_control")
        instruct(tx, ids.draft, 3, "Орындалды", "removed")
        instruct(tx, ids.draft, 4, "Жоба ғана", "drafted")
        instruct(tx, ids.bureau, 1, "Бюроның тапсырмасы", "under_control")

        found = carrying.open_decisions(tx, moldir, ids.later)
        assert [one.id for one in found] == [first, second]  # the earliest deadline first
        assert found[0].executor == "Төлегенова Сәуле"

        assert carrying.take_up(tx, moldir, ids.later, [first, second, 10**9], NOW) == 2
        titles = [title for _, title, _ in agenda_of(tx, ids.later)]
        assert titles == ["ұ" * 249 + "…", "Су құбырын жөндеу"]
        asked = tx.execute(select(agenda_items).where(agenda_items.c.meeting_id == ids.later))
        assert {(row.kind, row.speaker_id) for row in asked} == {("control", 5)}

        assert carrying.open_decisions(tx, moldir, ids.later) == []
        assert carrying.take_up(tx, moldir, ids.later, [first], NOW) == 0  # a second tap
        with pytest.raises(NotAllowed):
            carrying.open_decisions(tx, who(tx, SAULE), ids.later)

    await database.write(story)


async def test_what_was_decided_behind_closed_doors_stays_there(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        aigul, item = who(tx, AIGUL), first_item(tx, ids.bureau)
        agenda.change(tx, aigul, item, 1, NOW, visibility="bureau")
        set_state(tx, ids.bureau, "held")
        given = instruct(tx, ids.bureau, 1, "Кадр мәселесін шешу", "under_control")
        tx.execute(update(instructions).where(instructions.c.id == given).values(item_id=item))
        following = tx.execute(insert(table).values(**NEXT_BUREAU).returning(table.c.id))
        next_id = following.scalar_one()

        carrying.take_up(tx, aigul, next_id, [given], NOW)

        assert [one.kind for one in meetings.get(tx, aigul, next_id).items] == ["control"]
        assert meetings.get(tx, who(tx, SAULE), next_id).items == ()

    await database.write(story)
