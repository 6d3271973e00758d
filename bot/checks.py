"""``python -m bot check``: each line is ok, or says what to do."""

import sqlite3
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import typer
from aiogram.exceptions import AiogramError, TelegramUnauthorizedError
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot import logs, unlocking
from bot.client import make_bot
from bot.settings import Settings, SettingsError, load
from handlers.ui import catalogues
from storage import schema
from storage.database import Database
from storage.errors import WrongSchema

# Almaty has been at UTC+5 since 1 March 2024; zone data from before does not know it.
KNOWN_ZONE, KNOWN_OFFSET = "Asia/Almaty", timedelta(hours=5)
AFTER_THE_CHANGE = datetime(2024, 7, 1, tzinfo=UTC)

Check = Callable[[Settings], Awaitable[str | None]]


async def run() -> bool:
    """Print a line for each check; return whether all is well."""
    try:
        settings = load()
    except SettingsError as error:
        _say("settings", str(error))
        return False
    logs.configure("ERROR", "text")
    _say("settings", None)
    checks: dict[str, Check] = {
        "database": _database,
        "data keys": _data_keys,
        "owners": _owners,
        "zone data": _zone_data,
        "catalogues": _catalogues,
        "telegram": _telegram,
    }
    faults = [_say(name, await check(settings)) for name, check in checks.items()]
    return not any(faults)


def _say(name: str, fault: str | None) -> bool:
    typer.echo(f"{name}: {fault or 'ok'}")
    return fault is not None


async def _database(settings: Settings) -> str | None:
    try:
        database = Database(settings.database_url)
        try:
            await database.read(_at_the_schema, settings.database_url.startswith("sqlite"))
        finally:
            await database.close()
    except WrongSchema as error:
        return str(error)
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        return f"does not open ({type(error).__name__}): check DATABASE_URL and the server"
    return None


async def _data_keys(settings: Settings) -> str | None:
    database = Database(settings.database_url)
    try:
        await unlocking.look(settings, database)
    except unlocking.Locked as error:
        return str(error)
    except (SQLAlchemyError, sqlite3.Error, OSError):
        return None  # of the database that was said above
    finally:
        await database.close()
    return None


def _at_the_schema(tx: Connection, on_sqlite: bool) -> None:
    if on_sqlite and schema.current(tx) is None:
        raise WrongSchema(
            "empty yet: `python -m bot run` brings it up by itself (or run `python -m bot migrate`)"
        )
    schema.check(tx)


async def _owners(settings: Settings) -> str | None:
    if settings.owner_ids:
        return None
    return "nobody would be administrator: set OWNER_IDS=<your Telegram id>, for example 123456789"


async def _zone_data(_settings: Settings) -> str | None:
    if AFTER_THE_CHANGE.astimezone(ZoneInfo(KNOWN_ZONE)).utcoffset() != KNOWN_OFFSET:
        return "too old for Kazakhstan: install the newest tzdata"
    return None


async def _catalogues(_settings: Settings) -> str | None:
    found = catalogues.faults()
    return f"{len(found)} faults, see `python -m handlers.ui.catalogues`" if found else None


async def _telegram(settings: Settings) -> str | None:
    bot = make_bot(settings)
    try:
        await bot.get_me()
    except TelegramUnauthorizedError:
        return "does not know this BOT_TOKEN: take the right one from @BotFather"
    except AiogramError as error:
        return f"does not answer ({type(error).__name__}): check network and BOT_API_URL"
    finally:
        await bot.session.close()
    return None
