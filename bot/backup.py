"""Backups: one on demand, and one each night of which the last days and weeks are kept."""

import asyncio
import time
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from itertools import groupby
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog

from bot import postgres_tools
from bot.postgres_tools import ToolFailed
from bot.settings import Settings
from storage import sqlite_file
from storage.clock import Clock
from storage.single import sqlite_path
from storage.sqlite_file import PART, Unsound

log = structlog.get_logger(__name__)

FOLDER = "backups"  # in DATA_DIR
AT = time_of_day(3, 30)
DAYS, WEEKS = 7, 4  # how many are kept
STALE_SECONDS = 86_400  # a part older than this is of a program that was killed


class CannotBackUp(Exception):
    """There is no backup; the message is one line that says why."""


async def make(settings: Settings, target: Path) -> None:
    """Write the database as it is at this moment into ``target``; the bot may run meanwhile.

    Under that name stands a whole file at last, or what was there before. Raises CannotBackUp.
    """
    source = sqlite_path(settings.database_url)
    try:
        if source is None:
            with sqlite_file.part_of(target) as part:
                await postgres_tools.dump(settings.database_url, part)
        else:
            await asyncio.to_thread(_copy, source, target)
    except FileNotFoundError:
        raise CannotBackUp(f"There is no database at {source} yet.") from None
    except Unsound as error:
        raise CannotBackUp(f"The database is damaged: {error}. Restore the last backup.") from error
    except ToolFailed as error:
        raise CannotBackUp(str(error)) from error
    except OSError as error:
        raise CannotBackUp(f"{target} cannot be written: {error.strerror}.") from error


def _copy(source: Path, target: Path) -> None:
    if target.exists() and source.exists() and target.samefile(source):
        raise CannotBackUp("That is the database itself: name another file.")
    sqlite_file.copy(source, target)


class Nightly:
    """The backup of each night in DATA_DIR/backups, made up for when the night was missed."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._zone = settings.zone
        self._folder = settings.data_dir / FOLDER
        is_sqlite = sqlite_path(settings.database_url) is not None
        self._suffix = ".db" if is_sqlite else ".dump"

    async def look(self) -> bool:
        """Make the backup if there is none since the last night; whether one was made.

        A failure is logged and tried again the next time.
        """
        day = self._last_night()
        target = self._file(day)
        if target.exists():
            return False
        began = time.monotonic()
        try:
            await make(self._settings, target)
        except CannotBackUp as error:
            log.error("no backup of this night", reason=str(error))
            return False
        log.info("backup made", file=target.name, seconds=round(time.monotonic() - began, 1))
        await asyncio.to_thread(self._tidy)
        return True

    def _last_night(self) -> date:
        return last_night(self._clock.now(), self._zone)

    def _file(self, day: date) -> Path:
        return self._folder / f"buro-{day.isoformat()}{self._suffix}"

    def _tidy(self) -> None:
        """Remove what is too old, and what a killed program left half written."""
        found = {day: path for path in self._folder.iterdir() if (day := self._day(path))}
        for day in found.keys() - kept(found):
            found[day].unlink(missing_ok=True)
        for part in self._folder.glob(f".*{PART}*"):
            if time.time() - part.stat().st_mtime > STALE_SECONDS:
                part.unlink(missing_ok=True)

    def _day(self, path: Path) -> date | None:
        name = path.name
        if not (name.startswith("buro-") and name.endswith(self._suffix)):
            return None
        try:
            return date.fromisoformat(name[len("buro-") : -len(self._suffix)])
        except ValueError:  # a file of somebody's own
            return None


def last_night(now: datetime, zone: ZoneInfo) -> date:
    """The day of the last half past three before ``now`` (aware)."""
    local = now.astimezone(zone)
    return local.date() if local.time() >= AT else local.date() - timedelta(days=1)


def kept(days: Iterable[date]) -> set[date]:
    """Of backups made on ``days`` those to keep: the last seven, and before them four weeks.

    Of a week it is the first: that one stays the first, whatever is removed after it.
    """
    newest = sorted(days, reverse=True)
    daily, older = newest[:DAYS], newest[DAYS:]
    weeks = [min(week) for _, week in groupby(older, lambda day: day.isocalendar()[:2])]
    return {*daily, *weeks[:WEEKS]}
