"""(c, l) A broadcast to ten thousand by a virtual clock: as fast as the pace allows, no faster."""

import json
import sys
import time
from asyncio import create_subprocess_exec, subprocess
from pathlib import Path
from typing import Any

from storage.rules.access import Role
from tests.benchmarks import people, processes
from tests.benchmarks.report import Check, Section, quantile

HER_BRANCH = "САР"
TIMES = 1.05
TIMES_WITH_FAULTS = 1.1
ANSWERS_WITHIN = 0.1  # seconds, p95


async def measure(folder: Path, *, recipients: int) -> Section:
    """Send one broadcast to ``recipients`` in a process of its own."""
    began = time.perf_counter()
    found = await _paced(folder, recipients)
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


async def measure_faults(folder: Path, *, recipients: int) -> Section:
    """(l) Send one while some chats meet 429, 403, 400 or 5xx, and people tap all the time."""
    found = await _paced(folder, recipients, "faults")
    struck, states, waits = found["struck"], found["states"], found["waits"]
    ends = {
        "failed": struck["403"] + struck["400"],
        "uncertain": struck["500"] + struck["lost"],
    }
    for state, number in ends.items():
        assert states[state] == number, found
    # Who was refused has nothing, whose answer was lost has it; nobody has it twice.
    refused = struck["403"] + struck["400"] + struck["500"]
    assert found["copies"] == {"0": refused, "1": recipients - refused}, found
    ratio = found["seconds"] / found["least"]
    with_asked = found["seconds"] / (found["least"] + found["asked"])
    slow = quantile(waits, 0.95)
    met = ", ".join(f"{number} × {fault}" for fault, number in struck.items())
    return Section(
        f"(l) A broadcast to {recipients} by a virtual clock, with faults",
        ("sent", "failed", "uncertain", "virtual seconds", "at the pace's limit", "asked to wait"),
        [
            (
                *(str(states[state]) for state in ("sent", "failed", "uncertain")),
                f"{found['seconds']:.1f}",
                f"{found['least']:.1f}",
                f"{found['asked']:.0f}",
            )
        ],
        [
            Check(
                f"{ratio:.3f} of the pace's own limit, at most {TIMES_WITH_FAULTS}",
                ratio <= TIMES_WITH_FAULTS,
            ),
            Check(
                f"{with_asked:.3f} with the seconds that Telegram asked to wait, at most"
                f" {TIMES_WITH_FAULTS}",
                with_asked <= TIMES_WITH_FAULTS,
                True,
            ),
            Check(
                f"{found['violations']} violations of Telegram's limits",
                found["violations"] == 0,
                True,
            ),
            Check(
                f"{len(waits)} screens meanwhile waited {slow * 1000:.0f} ms for their turn (p95),"
                f" at most {ANSWERS_WITHIN * 1000:.0f}",
                slow <= ANSWERS_WITHIN,
                True,
            ),
        ],
        [f"Chats that met a fault: {met}; every one ends in one state, and nobody has it twice."],
    )


async def _paced(folder: Path, recipients: int, *more: str) -> dict[str, Any]:
    path = folder / "paced.db"
    await people.made(path, [(recipients, Role.MEMBER, HER_BRANCH)])
    process = await create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.benchmarks.bots.pacing",
        people.url_of(path),
        str(people.FIRST),
        str(recipients),
        *more,
        cwd=processes.ROOT,
        stdout=subprocess.PIPE,
    )
    written, _ = await process.communicate()
    assert process.returncode == 0
    found: dict[str, Any] = json.loads(written)
    return found
