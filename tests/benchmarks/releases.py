"""How much the rules find in a text: ``python -m tests.benchmarks.releases PATH_TEXT PATH_JSON``.

The JSON holds what a person found: people, agenda, indicators, proposals (as those beside the texts
in tests/storage/rules/releases). "Besides" is what the rules found and the person did not note.
"""

import argparse
import json
import sys
import time
from pathlib import Path

from storage.rules.releases import read
from tests.storage.rules.releases.scoring import score


def main() -> int:
    """Print the shares and what was missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.releases")
    parser.add_argument("text", type=Path)
    parser.add_argument("facts", type=Path)
    given = parser.parse_args()
    text = given.text.read_text(encoding="utf-8")
    began = time.perf_counter()
    reading = read(text)
    seconds = time.perf_counter() - began
    found = score(reading, json.loads(given.facts.read_text(encoding="utf-8")))
    lines = [f"read {len(text)} letters in {seconds * 1000:.0f} ms"]
    sys.stdout.write("\n".join(lines + [one.line() for one in found.values()]) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
