"""The command line: run, demo, load-demo, migrate, check."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Coroutine
from typing import Annotated, Any

import typer
from aiogram.exceptions import AiogramError, TelegramUnauthorizedError
from sqlalchemy.exc import SQLAlchemyError

from bot import logs
from bot.settings import Settings, SettingsError, load
from storage import schema
from storage.clock import SystemClock
from storage.database import Database
from storage.errors import NotPossible, WrongSchema

cli = typer.Typer(
    help="Buro: the Telegram bot of a party's regional branch.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # they would print local variables, the token among them
    add_completion=False,
)


def main() -> None:
    """Run the command that was given; a known fault is one line and exit code 1."""
    try:
        cli()
    except SettingsError as error:
        _stop(str(error))


@cli.command()
def run() -> None:
    """Run the bot with the settings of the environment and .env."""
    from bot import app

    settings = _settings()

    async def work() -> None:
        if Database(settings.database_url).is_sqlite:
            await _migrate(settings)
        async with app.opened(settings, SystemClock()) as opened:
            typer.echo("Buro is running. Stop it with Ctrl-C.", err=True)
            await _until_stopped(opened.run())

    _finish(work())


@cli.command()
def demo(
    port: Annotated[int, typer.Option(help="Port of the page; 0 takes any free one.")] = 8088,
    no_browser: Annotated[bool, typer.Option(help="Do not open the page.")] = False,
    script: Annotated[
        bool, typer.Option(help="Play a short conversation of each user here, and end.")
    ] = False,
) -> None:
    """Local Telegram, the bot and demo data: no token and no internet needed."""
    from bot import demo as room

    logs.configure("WARNING", "text")
    if script:
        _finish(room.play())
    else:
        _finish(_until_stopped(room.serve(port, browser=not no_browser)))


@cli.command("load-demo")
def load_demo() -> None:
    """Fill an empty database with the demo data."""
    from storage import demo as data

    settings = _settings()

    async def work() -> None:
        await _migrate(settings)
        database = Database(settings.database_url)
        try:
            await database.write(data.load, SystemClock().now(), settings.zone)
        except NotPossible:
            _stop("The database is not empty: demo data goes into an empty one only.")
        finally:
            await database.close()
        typer.echo("The demo data is loaded.")

    _finish(work())


@cli.command()
def migrate() -> None:
    """Bring the database to the schema of this version."""
    settings = _settings()

    async def work() -> None:
        await _migrate(settings)
        typer.echo(f"The database is at schema {schema.newest()}.")

    _finish(work())


@cli.command()
def check() -> None:
    """Look at settings, database, zone data, catalogues and Telegram; say what to do."""
    from bot import checks

    all_well = _finish(checks.run())
    raise typer.Exit(0 if all_well else 1)


def _settings() -> Settings:
    settings = load()
    logs.configure(settings.log_level, settings.log_format)
    return settings


async def _migrate(settings: Settings) -> None:
    database = Database(settings.database_url)
    try:
        await schema.migrate(database)
    finally:
        await database.close()


async def _until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Do ``work`` until SIGINT or SIGTERM comes; then let it drain."""
    task = asyncio.create_task(work)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task


def _finish(work: Coroutine[Any, Any, Any]) -> Any:
    """Run ``work``; what can be mended from outside is told in one line."""
    try:
        return asyncio.run(work)
    except WrongSchema as error:
        _stop(f"Database: {error}.")
    except TelegramUnauthorizedError:
        _stop("BOT_TOKEN is not accepted by Telegram: take the right one from @BotFather.")
    except AiogramError as error:
        _stop(f"Telegram does not answer ({type(error).__name__}): check network and BOT_API_URL.")
    except SQLAlchemyError as error:
        _stop(_database_fault(error))
    except OSError as error:
        _stop(logs.struck(str(error)))


def _database_fault(error: SQLAlchemyError) -> str:
    cause = getattr(error, "orig", None)
    text = str(cause) if cause else type(error).__name__
    if "locked" in text:
        return "Database: it is locked by another program; stop that one first."
    return f"Database: {logs.struck(text)}. Check DATABASE_URL."


def _stop(line: str) -> None:
    logging.shutdown()
    typer.echo(line, err=True)
    raise SystemExit(1)
