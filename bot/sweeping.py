"""Files that no row points to any more go off the disk."""

import asyncio
import time
from pathlib import Path

import structlog

from bot.files import FOLDER
from storage import kept_files
from storage.database import Database

log = structlog.get_logger(__name__)

SETTLED_SECONDS = 86_400  # a younger file may belong to a row that is being written


class Sweeper:
    """Looks through the files under the data folder; of one that is gone Telegram has the other."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder

    async def look(self) -> int:
        """Remove every settled file that nothing points to; return how many they were."""
        settled = await asyncio.to_thread(self._settled)
        # Asked after the look at the disk: what came meanwhile is not among the files seen.
        wanted = await self._database.read(kept_files.paths) if settled else frozenset()
        gone = settled - wanted
        await asyncio.to_thread(self._remove, gone)
        if gone:
            log.info("files that nothing points to are removed", count=len(gone))
        return len(gone)

    def _settled(self) -> set[str]:
        before = time.time() - SETTLED_SECONDS
        folder = self._folder / FOLDER
        files = folder.iterdir() if folder.is_dir() else ()
        return {f"{FOLDER}/{file.name}" for file in files if file.stat().st_mtime < before}

    def _remove(self, gone: set[str]) -> None:
        for path in gone:
            (self._folder / path).unlink(missing_ok=True)
