"""Chance that can be had again: each random test says its seed."""

import os
import random
import secrets
import sys


def seeded(seed: str | None = None) -> random.Random:
    """A source of chance for ``seed``, or CRASH_SEED of the environment, or a new one; told."""
    chosen = seed or os.environ.get("CRASH_SEED") or secrets.token_hex(4)
    told(f"CRASH_SEED={chosen}")
    return random.Random(chosen)  # noqa: S311 - nothing is kept secret by it


def told(line: str) -> None:
    """Write a line into the test's output."""
    sys.stdout.write(f"\n{line}\n")
