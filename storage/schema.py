"""Bringing a database to the code's schema, and telling whether it is there."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.database import Database
from storage.errors import WrongSchema

MIGRATIONS = Path(__file__).parent / "migrations"


@cache
def newest() -> str:
    """The revision that the code needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None, "there is at least one migration"  # noqa: S101
    return head


def current(tx: Connection) -> str | None:
    """The revision of the database; None when it is empty or no Buro database."""
    return MigrationContext.configure(tx).get_current_revision()


def check(tx: Connection) -> None:
    """Raise WrongSchema, with what to do, unless the database is at the code's revision."""
    revision = current(tx)
    if revision == newest():
        return
    if revision is None:
        raise WrongSchema("the database is empty: run `python -m bot migrate`")
    if knows(revision):
        raise WrongSchema("the database is older than the program: run `python -m bot migrate`")
    raise WrongSchema("the database is newer than the program: install the newer program")


def knows(revision: str) -> bool:
    """Whether ``revision`` is one that this program can bring to its own."""
    return revision in {s.revision for s in ScriptDirectory.from_config(_config()).walk_revisions()}


async def migrate(database: Database) -> None:
    """Bring the database to the code's revision. Raises WrongSchema for a newer one."""
    await database.rebuild(upgrade, "head")


def upgrade(tx: Connection, to: str) -> None:
    """Run the migrations up to the revision ``to``. Raises WrongSchema for a newer database."""
    revision = current(tx)
    if revision is not None and not knows(revision):
        raise WrongSchema("the database is newer than the program: install the newer program")
    config = _config()
    config.attributes["connection"] = tx
    command.upgrade(config, to)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config
