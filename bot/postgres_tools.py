"""PostgreSQL's own programs: pg_dump, pg_restore, psql. No password stands on their lines."""

import asyncio
import os
import shutil
from pathlib import Path

from sqlalchemy import make_url

HOW_TO_GET = "install PostgreSQL's client programs (Debian: apt install postgresql-client)"


class ToolFailed(Exception):
    """A program is missing or failed; the message is one line that says what to do."""


async def dump(url: str, target: Path) -> None:
    """Write a dump of one moment of the database ``url`` into the file ``target``."""
    await _run(url, "pg_dump", "--format=custom", f"--file={target}")


async def script(url: str, file: Path, *only: str) -> str:
    """What restoring ``file`` would run, as SQL; with ``only``, further options of pg_restore."""
    return await _run(url, "pg_restore", "--no-owner", "--file=-", *only, str(file))


async def execute(url: str, sql: str) -> None:
    """Run ``sql`` as one transaction: all of it is kept, or nothing."""
    options = ("--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1")
    await _run(url, "psql", *options, "--file=-", given=sql)


async def _run(url: str, program: str, *options: str, given: str | None = None) -> str:
    path = shutil.which(program)
    if path is None:
        raise ToolFailed(f"{program} is not here: {HOW_TO_GET}.")
    process = await asyncio.create_subprocess_exec(
        path,
        *options,
        env=os.environ | _environment(url),
        stdin=asyncio.subprocess.PIPE if given is not None else asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        out, err = await process.communicate(None if given is None else given.encode())
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        # The first line names the fault; those after it may quote rows.
        first = (err.decode(errors="replace").splitlines() or ["no word on why"])[0]
        raise ToolFailed(f"{program}: {first}")
    return out.decode()


def _environment(url: str) -> dict[str, str]:
    parsed = make_url(url)
    values = {
        "PGHOST": parsed.host,
        "PGPORT": str(parsed.port) if parsed.port else None,
        "PGUSER": parsed.username,
        "PGPASSWORD": parsed.password,
        "PGDATABASE": parsed.database,
    }
    return {name: value for name, value in values.items() if value}
