"""``make bench``: one run of all measurements, or of some: ``make bench ARGS="--only a,f"``."""

import argparse
import asyncio
import signal
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.benchmarks import (
    books,
    enqueue,
    latency,
    machine,
    paced,
    requests,
    search,
    startup,
    statements,
    throughput,
    ticks,
)
from tests.benchmarks.report import Section

Measure = Callable[[Path], Awaitable[Section]]

WHOLE: dict[str, Measure] = {
    "a": lambda at: throughput.measure(at, chats=500, each=10, rounds=3),
    "b": lambda at: latency.measure(at, recipients=10_000, probes=200, rounds=3),
    "c": lambda at: paced.measure(at, recipients=10_000),
    "d": lambda at: enqueue.measure(at, recipients=100_000),
    "e": lambda at: startup.measure(at, rounds=5),
    "f": statements.measure,
    "g": search.measure,
    "h": requests.measure,
    "i": lambda at: enqueue.measure_flat(at, few=1_000, many=1_000_000),
    "j": ticks.measure,
    "l": lambda at: paced.measure_faults(at, recipients=10_000),
    "k": books.measure,
}
# To see that everything still runs; the numbers mean nothing.
QUICK: dict[str, Measure] = {
    "a": lambda at: throughput.measure(at, chats=20, each=2, rounds=1),
    "b": lambda at: latency.measure(at, recipients=50, probes=10, rounds=1),
    "c": lambda at: paced.measure(at, recipients=40),
    "d": lambda at: enqueue.measure(at, recipients=500),
    "e": lambda at: startup.measure(at, rounds=1),
    "f": statements.measure,
    "g": lambda at: search.measure(at, items=1000),
    "h": lambda at: requests.measure(at, sizes=(500, 1000)),
    "i": lambda at: enqueue.measure_flat(at, few=100, many=1_000),
    "j": lambda at: ticks.measure(at, items=2000, times=2, rounds=3),
    "l": lambda at: paced.measure_faults(at, recipients=400),
    "k": lambda at: books.measure(at, lines=200, rounds=1),
}


def main() -> int:
    """Print the report; 1 when a target was missed that no busy machine can excuse."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", default=",".join(WHOLE), help="letters of the measurements")
    parser.add_argument("--quick", action="store_true", help="small numbers: does it run at all?")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that no bot is left running
    return asyncio.run(report(given.only.split(","), quick=given.quick))


async def report(letters: list[str], *, quick: bool) -> int:
    """Make the measurements one after the other and print each as it is done."""
    _say(["# Benchmarks of Buro", "", *machine.lines()])
    if quick:
        _say(["**Small numbers: this only shows that it runs; no target can be judged.**", ""])
    failed = False
    for letter in letters:
        measure = (QUICK if quick else WHOLE)[letter]
        began = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="buro-bench-") as folder:
            section = await measure(Path(folder))
        section.remarks.append(f"took {time.perf_counter() - began:.0f} s")
        failed |= any(check.exact and not check.met for check in section.checks)
        _say(section.lines())
    return int(failed)


def _say(lines: list[str]) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
