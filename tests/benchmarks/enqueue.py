"""(d) Confirming a broadcast to a hundred thousand: how long, how much memory."""

import json
import sys
from asyncio import create_subprocess_exec, subprocess
from pathlib import Path

from storage.rules.access import Role
from tests.benchmarks import people, processes
from tests.benchmarks.report import Check, Section

TIMES = 1.2


async def measure_flat(folder: Path, *, few: int, many: int) -> Section:
    """(i) The memory that queueing to ``many`` takes, against that for ``few``."""
    found = {number: await _approved(folder / f"{number}.db", number) for number in (few, many)}
    ratio = found[many]["peak"] / found[few]["peak"]
    return Section(
        f"(i) A broadcast to {many} is queued by one statement",
        ("recipients", "seconds", "peak RSS, MiB"),
        [
            (str(number), f"{one['seconds']:.2f}", f"{one['peak']:.0f}")
            for number, one in found.items()
        ],
        [Check(f"peak memory: {ratio:.2f} of that for {few}, at most {TIMES}", ratio <= TIMES)],
        ["One transaction of storage.broadcasts.approving.approve with synchronous=FULL."],
    )


async def measure(folder: Path, *, recipients: int) -> Section:
    """Confirm one broadcast to ``recipients`` in a process of its own."""
    found = await _approved(folder / "enqueue.db", recipients)
    ratio = found["peak"] / found["idle"]
    return Section(
        f"(d) A broadcast to {recipients} is confirmed",
        ("seconds", "idle RSS, MiB", "peak RSS, MiB"),
        [(f"{found['seconds']:.2f}", f"{found['idle']:.0f}", f"{found['peak']:.0f}")],
        [Check(f"peak memory: {ratio:.2f} of the idle bot's, at most {TIMES}", ratio <= TIMES)],
        [
            "One transaction of storage.broadcasts.approving.approve with synchronous=FULL.",
            "The process has built the whole program; its peak (VmHWM) is counted anew before it.",
        ],
    )


async def _approved(path: Path, recipients: int) -> dict[str, float]:
    """Approve a broadcast to ``recipients`` in a process of its own; what it took."""
    await people.made(path, [(recipients, Role.MEMBER, None)])
    process = await create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.benchmarks.bots.confirming",
        people.url_of(path),
        cwd=processes.ROOT,
        stdout=subprocess.PIPE,
    )
    written, _ = await process.communicate()
    assert process.returncode == 0
    found: dict[str, float] = json.loads(written)
    assert found["recipients"] >= recipients
    return found
