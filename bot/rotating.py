"""``rotate-keys``: a new data key, and everything sealed with it; the bot may run meanwhile."""

import asyncio
import secrets
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bot import unlocking
from bot.settings import Settings
from storage.database import Database
from storage.privacy import key_file, keys, rotation
from storage.privacy.keys import Ring
from storage.privacy.rows import EVERY

# By then every program on this machine has seen the file's new key, and what it sealed with the one
# before is committed.
TAKEN_UP_SECONDS = 3 * key_file.LOOK_SECONDS


@dataclass(frozen=True)
class Rotated:
    """What was done: cells sealed anew, and those that no key opens."""

    resealed: int
    unreadable: int


async def rotate(settings: Settings) -> Rotated:
    """Add a key and seal everything with it; a rotation that was broken off is gone on with.

    Older keys stay on the ring: they open the backups made until now. Raises Locked.
    """
    database = Database(settings.database_url)
    try:
        await unlocking.unlock(settings, database)
        key_id = await database.write(rotation.begin, keys.new_id())
        _add(settings, key_id)
        await asyncio.sleep(TAKEN_UP_SECONDS)
        tally: Counter[str] = Counter()
        for table in EVERY:
            after = await database.write(rotation.reseal, table, key_id, None, tally)
            while after is not None:
                after = await database.write(rotation.reseal, table, key_id, after, tally)
        await database.write(rotation.end)
    finally:
        await database.close()
    return Rotated(tally["resealed"], tally["unreadable"])


async def drop_unused(settings: Settings) -> int:
    """Take keys off the ring that nothing in the database is sealed with; return how many.

    The newest stays. Raises Locked.
    """
    database = Database(settings.database_url)
    try:
        await unlocking.unlock(settings, database)
        await asyncio.sleep(TAKEN_UP_SECONDS)
        used = await database.read(rotation.used)
    finally:
        await database.close()
    ring = key_file.read(settings.key_file)
    kept = {id_: key for id_, key in ring.keys.items() if id_ in used or id_ == ring.newest}
    if len(kept) < len(ring.keys):
        _replace(settings.key_file, Ring(kept, ring.root))
    return len(ring.keys) - len(kept)


def _add(settings: Settings, key_id: str) -> None:
    """Put the key on the ring, unless a rotation that was broken off has done so."""
    ring = key_file.read(settings.key_file)
    if key_id not in ring.keys:
        new = {**ring.keys, key_id: secrets.token_bytes(keys.BYTES)}
        _replace(settings.key_file, Ring(new, ring.root))
    unlocking.use(settings.key_file, None)


def _replace(path: Path, ring: Ring) -> None:
    try:
        key_file.replace(path, ring)
    except OSError as error:
        raise unlocking.Locked(unlocking.unwritable(path, error)) from error
