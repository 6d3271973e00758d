"""(c) A broadcast to ten thousand by a virtual clock: as fast as the pace allows, never faster."""

import json
import sys
import time
from asyncio import create_subprocess_exec, subprocess
from pathlib import Path

from storage.rules.access import Role
from tests.benchmarks import people, processes
from tests.benchmarks.report import Check, Section

HER_BRANCH = "САР"
TIMES = 1.05


async def measure(folder: Path, *, recipients: int) -> Section:
    """Send one broadcast to ``recipients`` in a process of its own."""
    path = folder / "paced.db"
    await people.made(path, [(recipients, Role.MEMBER, HER_BRANCH)])
    began = time.perf_counter()
    process = await create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.benchmarks.bots.pacing",
        people.url_of(path),
        str(people.FIRST),
        str(recipients),
        cwd=processes.ROOT,
        stdout=subprocess.PIPE,
    )
    written, _ = await process.communicate()
    assert process.returncode == 0
    found = json.loads(written)
    assert found["delivered"] >= recipients, found
    real = time.perf_counter() - began
    ratio = found["seconds"] / found["least"]
    violations = found["violations"]
    return Section(
        f"(c) A broadcast to {recipients} by a virtual clock",
        ("delivered", "virtual seconds", "at the pace's limit", "429 answers", "real seconds"),
        [
            (
                str(found["delivered"]),
                f"{found['seconds']:.1f}",
                f"{found['least']:.1f}",
                str(violations),
                f"{real:.0f}",
            )
        ],
        [
            Check(f"{ratio:.3f} of the pace's own limit, at most {TIMES}", ratio <= TIMES, True),
            Check(f"{violations} violations of Telegram's limits", violations == 0, True),
        ],
        [
            "The product's courier and pace; the database's work takes no virtual time.",
            "The local Telegram enforces 30/s in all and 1/s a chat by the same clock.",
        ],
    )
