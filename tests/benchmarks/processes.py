"""The processes of a measurement: the local Telegram and one bot beside it."""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

ROOT = Path(__file__).parents[2]
TICKS = os.sysconf("SC_CLK_TCK")
BUNCH = 2_000


@dataclass
class Telegram:
    """The local Telegram that runs, with its two addresses."""

    session: aiohttp.ClientSession
    api: str
    door: str
    token: str
    process: asyncio.subprocess.Process

    async def post(self, path: str, **fields: Any) -> dict[str, Any]:
        """Ask the measurement's door."""
        async with self.session.post(f"{self.door}/{path}", json=fields) as answer:
            answer.raise_for_status()
            found: dict[str, Any] = await answer.json()
            return found

    async def get(self, path: str, **query: Any) -> dict[str, Any]:
        """Ask the measurement's door."""
        asked = {name: str(value) for name, value in query.items()}
        async with self.session.get(f"{self.door}/{path}", params=asked) as answer:
            answer.raise_for_status()
            found: dict[str, Any] = await answer.json()
            return found

    @property
    def environment(self) -> dict[str, str]:
        """What a bot needs to know of it."""
        return {"BOT_API_URL": self.api, "BOT_TOKEN": self.token}


@asynccontextmanager
async def telegram(people: list[int], *, limits: bool = False) -> AsyncIterator[Telegram]:
    """A fresh local Telegram with ``people`` who have pressed Start."""
    words = ["tests.benchmarks.telegram_process", *(["limits"] if limits else [])]
    process = await _python(words, {}, piped=True)
    assert process.stdout is not None
    try:
        found = json.loads(await asyncio.wait_for(process.stdout.readline(), 60))
        patience = aiohttp.ClientTimeout(total=1800)
        async with aiohttp.ClientSession(timeout=patience) as session:
            running = Telegram(session, found["api"], found["door"], found["token"], process)
            await running.post("people", ids=people)
            yield running
    finally:
        await _ended(process)


@asynccontextmanager
async def bot(
    beside: Telegram, module: str, *words: str, **environment: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A bot of ``tests.benchmarks.bots``, with ``words`` on its command line."""
    async with _beside(beside, [f"tests.benchmarks.bots.{module}", *words], environment) as process:
        yield process


@asynccontextmanager
async def product(
    beside: Telegram, **environment: str
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Buro itself, as it is started anywhere."""
    async with _beside(beside, ["bot", "run"], environment) as process:
        yield process


@asynccontextmanager
async def _beside(
    telegram: Telegram, words: list[str], environment: dict[str, str]
) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await _python(words, {**telegram.environment, **environment})
    try:
        yield process
    finally:
        await _ended(process)


def buro_environment(database_url: str) -> dict[str, str]:
    """What Buro needs beside the address of Telegram; no ``.env`` can change it."""
    return {
        "DATABASE_URL": database_url,
        "OWNER_IDS": "1001",
        "DATA_DIR": str(Path(database_url.partition("///")[2]).parent),
        "METRICS_PORT": "",
        "DEFAULT_LANGUAGE": "kk",
        "TIMEZONE": "Asia/Almaty",
        "LOG_LEVEL": "WARNING",
        "LOG_FORMAT": "text",
    }


def cpu_seconds(process: asyncio.subprocess.Process) -> float:
    """What a process has used of the processor so far, all its threads."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory(pid: int | str = "self", name: str = "VmRSS") -> float:
    """Memory of a process in MiB: ``VmRSS`` now, ``VmHWM`` at most so far."""
    return size(Path(f"/proc/{pid}/status").read_text(), name)


def size(status: str, name: str) -> float:
    """The line ``name`` of a process's ``/proc/…/status`` in MiB. Raises LookupError."""
    for line in status.splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise LookupError(name)


async def _python(
    words: list[str], environment: dict[str, str], *, piped: bool = False
) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *words,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE if piped else asyncio.subprocess.DEVNULL,
    )


async def _ended(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), 15)
    except TimeoutError:
        process.kill()
        await process.wait()
