"""Materials: who adds, who opens, and what belongs to whom."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, insert, update

from storage.database import Database
from storage.errors import NotAllowed, NotFound, NotPossible
from storage.meetings import agenda, materials, papers
from storage.meetings.materials import LIMIT, NewMaterial
from storage.tables import agenda_items, invitees
from storage.tables import meetings as table
from tests.conftest import NOW
from tests.storage.meetings.agenda_world import (
    AIGUL,
    DARKHAN,
    ERIK,
    MOLDIR,
    SAULE,
    Ids,
    fill,
    first_item,
    who,
)

PLAN = NewMaterial("document", "F1", "U1", "Жоспар.pdf", 1000, "files/ab.pdf")
PHOTO = NewMaterial("photo", "F2", "U2", "Сурет.jpg", 2000)


def opened(tx: Connection, by: int, meeting_id: int) -> list[str]:
    _, found = papers.every_material(tx, who(tx, by), meeting_id)
    return [one.name for one in found]


def make(tx: Connection) -> tuple[Ids, int]:
    """The Bureau's meeting with one file for all and one to an item for the Bureau only."""
    ids = fill(tx)
    aigul, item = who(tx, AIGUL), first_item(tx, ids.bureau)
    agenda.change(tx, aigul, item, 1, NOW, visibility="bureau")
    assert materials.add(tx, aigul, ids.bureau, item, PLAN, NOW)
    assert materials.add(tx, aigul, ids.bureau, None, PHOTO, NOW)
    return ids, item


async def test_papers_are_opened_by_those_to_whom_they_belong(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids, item = make(tx)
        assert opened(tx, ERIK, ids.bureau) == ["Сурет.jpg", "Жоспар.pdf"]
        assert opened(tx, SAULE, ids.bureau) == ["Сурет.jpg"]
        (secret,) = papers.every_material(tx, who(tx, AIGUL), ids.bureau, item)[1]
        assert papers.material(tx, who(tx, ERIK), secret.id).file_id == "F1"
        for forged in (secret.id, 10**9):
            with pytest.raises(NotFound):
                papers.material(tx, who(tx, SAULE), forged)
        with pytest.raises(NotFound):
            papers.every_material(tx, who(tx, SAULE), ids.bureau, item)
        called = insert(invitees).values(meeting_id=ids.bureau, person_id=5, name="С")
        tx.execute(called.values(capacity="invited"))
        assert opened(tx, SAULE, ids.bureau) == ["Сурет.jpg"]
        tx.execute(update(agenda_items).values(visibility="invited"))
        assert opened(tx, SAULE, ids.bureau) == ["Сурет.jpg", "Жоспар.pdf"]

    await database.write(story)


async def test_the_same_file_is_kept_once_and_there_is_a_limit(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids, item = make(tx)
        aigul = who(tx, AIGUL)
        assert not materials.add(tx, aigul, ids.bureau, item, PLAN, NOW)
        for n in range(LIMIT - 1):
            new = replace(PLAN, file_unique_id=f"V{n}")
            assert materials.add(tx, aigul, ids.bureau, item, new, NOW)
        with pytest.raises(NotPossible, match="too_many"):
            materials.add(tx, aigul, ids.bureau, item, replace(PLAN, file_unique_id="W"), NOW)

    await database.write(story)


async def test_the_speaker_brings_the_papers_of_the_own_item_only(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids = fill(tx)
        item = first_item(tx, ids.bureau)
        with pytest.raises(NotAllowed):
            materials.add(tx, who(tx, DARKHAN), ids.bureau, item, PLAN, NOW)
        tx.execute(update(agenda_items).where(agenda_items.c.id == item).values(speaker_id=3))
        assert materials.add(tx, who(tx, DARKHAN), ids.bureau, item, PLAN, NOW)
        with pytest.raises(NotAllowed):
            materials.add(tx, who(tx, DARKHAN), ids.bureau, None, PHOTO, NOW)
        with pytest.raises(NotFound):  # an item of another meeting
            materials.add(tx, who(tx, AIGUL), ids.later, item, PHOTO, NOW)

    await database.write(story)


async def test_taking_a_file_away(database: Database) -> None:
    def story(tx: Connection) -> None:
        ids, item = make(tx)
        (one,) = papers.every_material(tx, who(tx, AIGUL), ids.bureau, item)[1]
        with pytest.raises(NotAllowed):
            materials.remove(tx, who(tx, MOLDIR), one.id, NOW)
        materials.remove(tx, who(tx, AIGUL), one.id, NOW)
        assert opened(tx, AIGUL, ids.bureau) == ["Сурет.jpg"]
        with pytest.raises(NotFound):
            materials.remove(tx, who(tx, AIGUL), one.id, NOW)
        tx.execute(update(table).values(state="signed"))
        with pytest.raises(NotPossible, match="wrong_state"):
            materials.add(tx, who(tx, AIGUL), ids.bureau, None, PLAN, NOW)

    await database.write(story)
