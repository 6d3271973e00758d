"""The data keys of this program: read from their file, made at the first start."""

from pathlib import Path

import structlog

from bot.settings import Settings
from storage.database import Database
from storage.privacy import key_file, keys, proof
from storage.privacy.key_file import BadKeyFile, FollowedFile

log = structlog.get_logger(__name__)

MADE = "data keys were made: keep a copy of this file apart from the database and its backups"


class Locked(Exception):
    """The personal data in the database cannot be read; the message is one line that says why."""


async def unlock(settings: Settings, database: Database) -> None:
    """Use the keys of DATA_KEY_FILE; make them for a database that never had any.

    The database may be of any schema, or empty. Raises Locked.
    """
    path = settings.key_file
    kept = await database.read(proof.kept)
    if kept is None and not path.exists():
        _make(path)
    use(path, kept)


async def look(settings: Settings, database: Database) -> None:
    """As ``unlock``, but nothing is made."""
    kept = await database.read(proof.kept)
    if kept is not None or settings.key_file.exists():
        use(settings.key_file, kept)


async def prove(settings: Settings, database: Database) -> None:
    """Bind a new database to the keys in use; Raises Locked when they are not its own."""
    try:
        await database.write(proof.settle)
    except proof.WrongKeys:
        raise Locked(_foreign(settings.key_file)) from None


def use(path: Path, kept: str | None) -> None:
    """Use the keys in the file, if they are those of the proof a database ``kept``. Raises Locked.

    Without a proof any keys are right.
    """
    try:
        keys.use(FollowedFile(path))
        if kept is not None:
            proof.check(kept)
    except proof.WrongKeys:
        raise Locked(_foreign(path)) from None
    except BadKeyFile as error:
        raise Locked(f"DATA_KEY_FILE: {error}.") from None
    except FileNotFoundError:
        raise Locked(
            f"DATA_KEY_FILE: {path} is not there, but personal data is sealed with it:"
            " bring the copy of that file back."
        ) from None
    except OSError as error:
        raise Locked(f"DATA_KEY_FILE: {path} cannot be read: {error.strerror}.") from error


def unwritable(path: Path, error: OSError) -> str:
    """The line for a key file that cannot be written."""
    return f"DATA_KEY_FILE: {path} cannot be written: {error.strerror}."


def _foreign(path: Path) -> str:
    return (
        f"DATA_KEY_FILE: the personal data is sealed with other keys than those in {path}:"
        " bring the file that belongs to it."
    )


def _make(path: Path) -> None:
    try:
        key_file.create(path, keys.Ring.new())
    except FileExistsError:
        return  # another process began at the same moment
    except OSError as error:
        raise Locked(unwritable(path, error)) from error
    log.warning(MADE, file=str(path))
