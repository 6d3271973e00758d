from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from storage import inbox, schema
from storage.database import Database
from storage.errors import WrongSchema
from storage.tables import metadata
from tests.conftest import NOW


async def test_migrations_build_exactly_the_tables_of_the_code(database: Database) -> None:
    differences = await database.read(
        lambda tx: compare_metadata(MigrationContext.configure(tx), metadata)
    )
    assert differences == []


async def test_a_migrated_database_passes_the_check(database: Database) -> None:
    await database.read(schema.check)


async def test_a_database_newer_than_the_program_is_refused(database: Database) -> None:
    await database.write(
        lambda tx: tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    )
    with pytest.raises(WrongSchema, match="newer than the program"):
        await database.read(schema.check)
    with pytest.raises(WrongSchema, match="newer than the program"):
        await schema.migrate(database)


async def test_what_waits_before_lanes_are_known_gets_its_lane(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/old.db")
    await database.write(schema.upgrade, "0001")
    await database.write(
        lambda tx: tx.execute(
            text(
                "INSERT INTO inbox (update_id, lane, body, state, attempts, received_at)"
                " VALUES (7, 1005, '{}', 'new', 0, '2026-11-24 05:00:00')"
            )
        )
    )
    await schema.migrate(database)
    later = NOW + timedelta(minutes=1)
    claimed = await database.write(inbox.claim, "me", NOW, later, set(), 10)
    assert [waiting.update_id for waiting in claimed] == [7]
    await database.close()


async def test_an_empty_database_is_refused_with_what_to_do(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/empty.db")
    with pytest.raises(WrongSchema, match="run `python -m bot migrate`"):
        await database.read(schema.check)
    await schema.migrate(database)
    await database.read(schema.check)
    await database.close()
