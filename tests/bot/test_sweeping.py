"""Files on disk that nothing points to."""

import os
import time
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert

from bot.sweeping import Sweeper
from storage.database import Database
from storage.tables import materials
from tests.conftest import NOW
from tests.storage.meetings.agenda_world import add_meetings
from tests.world import people_it

DAYS_AGO = time.time() - 2 * 86_400


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("wanted.pdf", "left.pdf", "fresh.pdf"):
        file = tmp_path / "files" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"%PDF")
        if name != "fresh.pdf":
            os.utime(file, (DAYS_AGO, DAYS_AGO))
    return tmp_path


def fill(tx: Connection) -> None:
    """A meeting with one file on disk, and one at Telegram only."""
    people_it(tx)
    of = {"meeting_id": add_meetings(tx).later, "kind": "document", "added_by": 1, "added_at": NOW}
    file = {"file_id": "a", "file_unique_id": "a", "name": "a.pdf", "path": "files/wanted.pdf"}
    at_telegram = {**file, "file_unique_id": "b", "path": None}
    tx.execute(insert(materials), [{**of, **file}, {**of, **at_telegram}])


async def test_only_what_is_old_and_wanted_by_nobody_goes(database: Database, folder: Path) -> None:
    await database.write(fill)
    sweeper = Sweeper(database, folder)
    assert await sweeper.look() == 1
    assert sorted(file.name for file in (folder / "files").iterdir()) == ["fresh.pdf", "wanted.pdf"]
    assert await sweeper.look() == 0


async def test_where_no_file_was_ever_kept_there_is_nothing_to_do(
    database: Database, tmp_path: Path
) -> None:
    assert await Sweeper(database, tmp_path / "nowhere").look() == 0
