"""(e) From the start of the process to its first getUpdates, and what it then weighs."""

import shutil
import sys
import time
from asyncio import create_subprocess_exec, subprocess
from pathlib import Path

from tests.benchmarks import people, processes
from tests.benchmarks.report import Section, spread

IMPORT = "import aiogram; print(open('/proc/self/status').read())"


async def measure(folder: Path, *, rounds: int) -> Section:
    """Start Buro and a process that only imports aiogram, in turns."""
    template = folder / "startup.db"
    await people.made(template, [])
    imported: list[tuple[float, float]] = []
    started: list[tuple[float, float]] = []
    for _ in range(rounds):
        database = folder / "run.db"
        shutil.copy(template, database)
        imported.append(await _import())
        started.append(await _start(people.url_of(database)))
    section = Section(
        f"(e) From the start to the first getUpdates, {rounds} rounds",
        ("process", "seconds: median (least–most)", "RSS, MiB"),
    )
    for name, found in (("import aiogram", imported), ("python -m bot run", started)):
        seconds, weight = zip(*found, strict=True)
        section.rows.append((name, spread(seconds, 1), spread(weight)))
    section.remarks.append(
        "The second includes looking at the schema, the ten calls that introduce the bot "
        "to Telegram in its languages, and the first look into inbox and outbox."
    )
    return section


async def _import() -> tuple[float, float]:
    began = time.perf_counter()
    process = await create_subprocess_exec(
        sys.executable, "-c", IMPORT, cwd=processes.ROOT, stdout=subprocess.PIPE
    )
    written, _ = await process.communicate()
    seconds = time.perf_counter() - began
    return seconds, processes.size(written.decode(), "VmRSS")


async def _start(url: str) -> tuple[float, float]:
    asking = [people.FIRST]
    async with processes.telegram(asking) as telegram:
        # Something waits, so that the first long poll is answered at once.
        await telegram.post("inject", ids=asking, times=1, text="/next")
        environment = processes.buro_environment(url)
        began = time.perf_counter()
        async with processes.product(telegram, **environment) as process:
            view = await telegram.get("progress", answers=1, seconds=60)
            weight = processes.memory(process.pid)
    # Both processes read the same clock of the machine.
    return view["first_poll"] - began, weight
