"""What stopped the program, in one line that says what to do."""

import sqlite3

from sqlalchemy.exc import SQLAlchemyError

from bot import logs
from bot.backup import CannotBackUp
from bot.restore import CannotRestore
from bot.settings import SettingsError
from bot.unlocking import Locked
from storage.errors import WrongSchema
from storage.single import AlreadyRunning

# Their texts are lines for people already.
IN_WORDS = (SettingsError, AlreadyRunning, CannotBackUp, CannotRestore, Locked)


def told(error: BaseException) -> str | None:
    """Return the line for what can be mended from outside, without any token; None for a bug."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    if isinstance(error, IN_WORDS):
        return str(error)
    if isinstance(error, WrongSchema):
        return f"Database: {error}."
    if isinstance(error, (SQLAlchemyError, sqlite3.Error, OSError)):
        return _database(error)
    return _telegram(error)


def _telegram(error: BaseException) -> str | None:
    # Imported late: it takes seconds, and whoever sees this error has imported it already.
    from aiogram.exceptions import AiogramError, TelegramUnauthorizedError

    if isinstance(error, TelegramUnauthorizedError):
        return "BOT_TOKEN is not accepted by Telegram: take the right one from @BotFather."
    if isinstance(error, AiogramError):
        return f"Telegram does not answer ({type(error).__name__}): check network and BOT_API_URL."
    return None


def _database(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    text = " ".join(logs.struck(str(cause) or type(cause).__name__).split())
    if "locked" in text:
        return "Database: it is locked by another program; stop that one first."
    return f"Database: {text}. Check DATABASE_URL."
