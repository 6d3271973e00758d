from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, func, select, text

from storage import inbox, schema, search
from storage.database import Database
from storage.errors import WrongSchema
from storage.rules.access import Role
from storage.tables import agenda_items, meetings, metadata, proposals
from tests.conftest import NOW
from tests.storage.meetings.world import actor

# What each engine keeps beside the documents of search, see ``storage.search_engines``.
OF_ONE_ENGINE = ("search_fts", "ix_search_docs_words")


async def test_migrations_build_exactly_the_tables_of_the_code(database: Database) -> None:
    opts = {"include_name": lambda name, *_: not str(name).startswith(OF_ONE_ENGINE)}
    differences = await database.read(
        lambda tx: compare_metadata(MigrationContext.configure(tx, opts=opts), metadata)
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


async def test_a_table_made_anew_takes_nothing_with_it(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/old.db")
    await database.rebuild(schema.upgrade, "0003")
    await database.write(_a_meeting_with_a_proposal)
    await schema.migrate(database)
    assert await database.read(_counted) == (1, 1, 1)
    await database.close()


def _a_meeting_with_a_proposal(tx: Connection) -> None:
    for table, columns, values in (
        ("branches", "id, code, kind, name_kk, name_ru, position", "1, 'А', 'region', 'А', 'А', 1"),
        (
            "meetings",
            "id, branch_id, body, kind, state, title_kk, title_ru",
            "1, 1, 'bureau', 'regular', 'held', 'Бюро отырысы', 'Заседание Бюро'",
        ),
        (
            "agenda_items",
            "id, meeting_id, number, kind, title_kk, title_ru",
            "1, 1, 1, 'report', 'Есеп', 'Отчёт'",
        ),
        ("proposals", "item_id, position, text_kk, text_ru", "1, 1, 'Ұсыныс', 'Предложение'"),
    ):
        tx.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values})"))  # noqa: S608


def _counted(tx: Connection) -> tuple[int, ...]:
    tables = (meetings, agenda_items, proposals)
    return tuple(tx.execute(select(func.count()).select_from(t)).scalar_one() for t in tables)


async def test_a_rebuild_that_leaves_rows_astray_is_undone(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/old.db")
    await schema.migrate(database)
    astray = text(
        "INSERT INTO proposals (item_id, position, text_kk) VALUES (77, 1, 'Ешкімге тиесілі емес')"
    )
    with pytest.raises(ValueError, match="proposals"):
        await database.rebuild(lambda tx: tx.execute(astray))
    assert await database.read(_counted) == (0, 0, 0)
    await database.close()


async def test_what_was_searched_before_words_were_known_is_found(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/old.db")
    await database.rebuild(schema.upgrade, "0005")
    await database.write(_a_meeting_with_a_proposal)
    line = text(
        "INSERT INTO search_lines (meeting_id, item_id, kind, language, text, folded)"
        " VALUES (1, 1, 'proposal', 'kk', 'Ипподром салу', 'ипподром салу')"
    )
    await database.write(lambda tx: tx.execute(line))
    await schema.migrate(database)
    secretary = actor(Role.REGIONAL_SECRETARY)
    for query in ("ипподромға", "иподром", "bggjlhjv"):
        hits = await database.read(search.find, secretary, query, "kk")
        assert [hit.text for hit in hits] == ["Ипподром салу"]
    await database.close()
