"""What a new draft may begin from: the region's own broadcasts do not crowd a district's out."""

import pytest
from sqlalchemy import Connection, update

from storage import broadcasts
from storage.broadcasts import Content, saved_lists, templates
from storage.database import Database
from storage.errors import NotPossible
from storage.tables import broadcasts as table
from tests.conftest import NOW
from tests.storage import broadcast_world as world


def draft(tx: Connection, by: int, branch_id: int | None, said: str) -> int:
    who = world.actor(tx, by)
    shown = broadcasts.draft(tx, who, branch_id, Content(said), NOW, world.TODAY)
    return shown.broadcast.id


async def test_what_others_sent_takes_no_place_in_the_list(database: Database) -> None:
    def story(tx: Connection) -> None:
        place = world.settle_in(tx)
        draft(tx, world.SECRETARY, place.saryagash, "Аудан")
        both = {"branches": [place.saryagash, place.ordabasy]}
        for _ in range(3):
            wide = draft(tx, world.REGIONAL, None, "Екі аудан")
            tx.execute(update(table).where(table.c.id == wide).values(audience=both))
        tx.execute(update(table).values(state="finished"))
        found = templates.former(tx, world.actor(tx, world.SECRETARY), 2)
        assert [one.text for one in found] == ["Аудан"]

    await database.write(story)


async def test_each_branch_has_its_own_number(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(templates, "MOST", 1)
    monkeypatch.setattr(saved_lists, "MOST", 1)

    def story(tx: Connection) -> None:
        place = world.settle_in(tx)
        region = world.actor(tx, world.REGIONAL)
        here = draft(tx, world.REGIONAL, place.saryagash, "Мәтін")
        there = draft(tx, world.REGIONAL, place.ordabasy, "Мәтін")
        for number, name in ((here, "Бір"), (there, "Екі")):
            templates.save(tx, region, number, NOW)
            saved_lists.save(tx, region, number, name, NOW)
        with pytest.raises(NotPossible, match="too_many"):
            templates.save(tx, region, here, NOW)
        with pytest.raises(NotPossible, match="too_many"):
            saved_lists.save(tx, region, here, "Үш", NOW)

    await database.write(story)
