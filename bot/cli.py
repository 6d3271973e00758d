"""The command line: run, demo, load-demo, migrate, check, backup, restore, rotate-keys."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import faults, logs, unlocking
from bot.settings import Settings, SettingsError, load
from storage import schema
from storage.clock import SystemClock
from storage.database import Database
from storage.errors import NotPossible
from storage.single import single

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
def run(
    intake: Annotated[bool, typer.Option("--intake", help="Take updates in.")] = False,
    work: Annotated[bool, typer.Option("--work", help="Handle them, and tick.")] = False,
    deliver: Annotated[bool, typer.Option("--deliver", help="Send the outbox.")] = False,
) -> None:
    """Run the bot with the settings of the environment and .env.

    Without an option one process runs all three parts. On PostgreSQL several processes may share
    them, each with some or all.
    """
    settings = _settings()
    chosen = (intake, work, deliver) if intake or work or deliver else (True, True, True)
    if settings.database_url.startswith("sqlite") and not all(chosen):
        _stop(
            "DATABASE_URL: SQLite serves one process, so it runs all parts: leave the options out."
        )

    async def serve() -> None:
        with single(settings.database_url):
            if settings.database_url.startswith("sqlite"):
                await _migrate(settings)
            # Importing aiogram takes seconds: a fault of settings or database is told before that.
            from bot import app, tuning

            async with app.opened(settings, SystemClock(), app.Parts(*chosen)) as opened:
                tuning.settle_in()
                typer.echo("Buro is running. Stop it with Ctrl-C.", err=True)
                await opened.run()

    _finish(_until_stopped(serve()))


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
    from bot.scripted import ConversationBroke

    logs.configure("WARNING", "text")
    work = room.play() if script else room.serve(port, browser=not no_browser)
    try:
        _finish(_until_stopped(work))
    except room.PortInUse:
        _stop(f"Port {port} is in use: choose another one with --port.")
    except ConversationBroke as error:
        _stop(f"The conversation broke: {error}")


@cli.command("load-demo")
def load_demo() -> None:
    """Fill an empty database with the demo data."""
    from bot import demo_papers
    from storage import demo as data

    settings = _settings()

    async def work() -> None:
        await _migrate(settings)
        database = Database(settings.database_url)
        try:
            await database.write(data.load, SystemClock().now(), settings.zone)
            demo_papers.write(settings.data_dir)
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
def backup(
    file: Annotated[Path, typer.Argument(help="Where to write it; an older one is replaced.")],
) -> None:
    """Write the whole database of this moment into FILE; the bot may run meanwhile."""
    from bot import backup as room

    settings = _settings()
    _finish(room.make(settings, file))
    typer.echo(f"The backup is in {file}. It opens with {settings.key_file}, which is not in it.")


@cli.command()
def restore(file: Annotated[Path, typer.Argument(help="A backup of this program.")]) -> None:
    """Put the backup FILE in the place of the database; the bot must not run."""
    from bot import restore as room

    done = _finish(room.restore(_settings(), file, SystemClock().now()))
    typer.echo(f"The database is restored from {file}.")
    if done.kept is not None:
        typer.echo(f"The one that was there is kept: {done.kept}")
    typer.echo("Nothing that waited in it is sent until an administrator says so in the chat.")


@cli.command("rotate-keys")
def rotate_keys(
    drop_unused: Annotated[
        bool, typer.Option("--drop-unused", help="Drop older keys that nothing is sealed with.")
    ] = False,
) -> None:
    """Add a data key and seal all personal data with it; the bot may run meanwhile.

    What was broken off is gone on with by the same command.
    """
    from bot import rotating

    settings = _settings()
    if drop_unused:
        dropped = _finish(rotating.drop_unused(settings))
        typer.echo(f"Keys dropped from {settings.key_file}: {dropped}. Copy the file again.")
        return
    done = _finish(rotating.rotate(settings))
    typer.echo(f"Sealed with the new key in {settings.key_file}: {done.resealed} cells.")
    if done.unreadable:
        typer.echo(f"No key opens {done.unreadable} cells: they stay as they are.")
    typer.echo("Copy the file again, apart from the database. The older keys open older backups;")
    typer.echo("when the last of those is gone: rotate-keys --drop-unused.")


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
        await unlocking.unlock(settings, database)
        await schema.migrate(database)
        await unlocking.prove(settings, database)
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
    except Exception as error:
        line = faults.told(error)
        if line is None:
            raise
        _stop(line)


def _stop(line: str) -> None:
    logging.shutdown()
    typer.echo(line, err=True)
    raise SystemExit(1)
