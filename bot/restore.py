"""Putting a backup in the place of the database: checked first, and it sends nothing by itself."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, inspect, text

from bot import backup, postgres_tools, unlocking
from bot.postgres_tools import ToolFailed
from bot.settings import Settings
from storage import facts, people, restoring, schema, sqlite_file
from storage.database import Database
from storage.errors import WrongSchema
from storage.privacy import proof
from storage.single import SingleProcess, sqlite_path
from storage.sqlite_file import Unsound

UNCHANGED = "Nothing was changed."
STAMP = "%Y%m%d-%H%M%S"
# The one row of the table that says which schema a dump holds, and what proves its keys.
REVISION_FOLLOWS = "COPY public.alembic_version (version_num) FROM stdin;"
FACTS_FOLLOW = "COPY public.facts (name, value) FROM stdin;"
END = "\\."


class CannotRestore(Exception):
    """The backup was not restored; the message is one line that says why."""


@dataclass(frozen=True)
class Restored:
    """What was done."""

    kept: Path | None  # the database that was replaced; None when there was none


async def restore(settings: Settings, file: Path, now: datetime) -> Restored:
    """Put the backup ``file`` in the place of the database; ``now`` is aware.

    What waited in it is held until an owner says what becomes of it. Raises CannotRestore, and
    AlreadyRunning while the bot works with the database.
    """
    path = sqlite_path(settings.database_url)
    try:
        if path is None:
            return await _restore_postgres(settings, file, now)
        return await _restore_sqlite(settings, file, path, now)
    except FileNotFoundError as error:
        raise CannotRestore(f"There is no file {file}. {UNCHANGED}") from error
    except Unsound as error:
        raise CannotRestore(f"{file} is no sound backup: {error}. {UNCHANGED}") from error
    except WrongSchema:
        raise CannotRestore(
            f"{file} is of a newer program than this: install that one first. {UNCHANGED}"
        ) from None
    except (ToolFailed, backup.CannotBackUp) as error:
        raise CannotRestore(f"{error} {UNCHANGED}") from error
    except unlocking.Locked as error:
        raise CannotRestore(f"{file} does not open: {error} {UNCHANGED}") from None


async def _restore_sqlite(settings: Settings, file: Path, path: Path, now: datetime) -> Restored:
    with SingleProcess(path), sqlite_file.part_of(path) as part:
        await asyncio.to_thread(sqlite_file.copy_into, file, part)
        await asyncio.to_thread(sqlite_file.check, part)
        url = URL.create("sqlite+aiosqlite", database=str(part))
        database = Database(url.render_as_string(hide_password=False))
        try:
            _demand_ours(await database.read(schema.current))
            await _bring_up(database, settings, now)
        finally:
            await database.close()
        kept = path.with_name(f"{path.name}.before-restore-{now:{STAMP}}")
        there_was = await asyncio.to_thread(sqlite_file.put_aside, path, kept)
    return Restored(kept if there_was else None)


async def _restore_postgres(settings: Settings, file: Path, now: datetime) -> Restored:
    url = settings.database_url
    only = ("--data-only", "--table=alembic_version", "--table=facts")
    held = await postgres_tools.script(url, file, *only)
    _demand_ours(next((row[0] for row in _rows(held, REVISION_FOLLOWS)), None))
    # Before anything is changed: here nothing is put aside to come back.
    sealed_with = dict(_rows(held, FACTS_FOLLOW)).get(proof.NAME)
    if sealed_with is not None:
        unlocking.use(settings.key_file, sealed_with)
    kept = settings.data_dir / backup.FOLDER / f"before-restore-{now:{STAMP}}.dump"
    database = Database(url)
    try:
        if await database.read(_others):
            raise CannotRestore(f"Other programs use the database: stop them first. {UNCHANGED}")
        tables = await database.read(_tables)
        if tables:
            await backup.make(settings, kept)
        drop = f"DROP TABLE {', '.join(tables)} CASCADE;\n" if tables else ""
        # The mark goes in with the rows: there is no moment in which they could be sent.
        await postgres_tools.execute(
            url, drop + await postgres_tools.script(url, file) + _mark(now)
        )
        await _bring_up(database, settings, now)
    finally:
        await database.close()
    return Restored(kept if tables else None)


def _demand_ours(revision: str | None) -> None:
    if revision is None:
        raise Unsound("it holds no data of Buro")
    if not schema.knows(revision):
        raise WrongSchema(revision)


async def _bring_up(database: Database, settings: Settings, now: datetime) -> None:
    await unlocking.unlock(settings, database)
    await schema.migrate(database)
    await unlocking.prove(settings, database)
    today = now.astimezone(settings.zone).date()
    # Whoever is an administrator by the settings now must be there to be asked.
    await database.write(people.ensure_owners, settings.owner_ids, now, today)
    await database.write(restoring.mark, now, today)


def _rows(script: str, opening: str) -> list[list[str]]:
    """The rows of a table in a dump's script, as text."""
    lines = script.splitlines()
    if opening not in lines:
        return []
    following = lines[lines.index(opening) + 1 :]
    return [line.split("\t") for line in following[: following.index(END)]]


def _others(tx: Connection) -> int:
    query = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    return int(tx.execute(text(query)).scalar_one())


def _tables(tx: Connection) -> list[str]:
    quote = tx.dialect.identifier_preparer.quote
    return [f"public.{quote(name)}" for name in inspect(tx).get_table_names(schema="public")]


def _mark(now: datetime) -> str:
    return (
        f"\nINSERT INTO public.facts (name, value) VALUES ('{facts.RESTORED_AT}',"
        f" '{now.isoformat()}') ON CONFLICT (name) DO UPDATE SET value = excluded.value;\n"
    )
