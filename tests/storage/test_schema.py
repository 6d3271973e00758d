from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from storage import schema
from storage.database import Database
from storage.errors import WrongSchema
from storage.tables import metadata


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


async def test_an_empty_database_is_refused_with_what_to_do(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/empty.db")
    with pytest.raises(WrongSchema, match="run `python -m bot migrate`"):
        await database.read(schema.check)
    await schema.migrate(database)
    await database.read(schema.check)
    await database.close()
