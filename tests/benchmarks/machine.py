"""On what it was measured: a number without it means nothing."""

import importlib.metadata
import os
import platform
import sqlite3
from pathlib import Path

PACKAGES = (
    "aiogram",
    "aiohttp",
    "python-telegram-bot",
    "httpx",
    "pydantic",
    "SQLAlchemy",
    "aiosqlite",
)


def lines() -> list[str]:
    """The machine and the versions."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in PACKAGES)
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    cores = len(os.sched_getaffinity(0))
    return [
        f"- {_processor()}, {cores} cores, {_memory()} GiB, {platform.system()}",
        f"- load average at the start (1, 5, 15 minutes): {load}",
        f"- Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}",
        "- SQLite: WAL, synchronous=FULL",
        "",
    ]


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
