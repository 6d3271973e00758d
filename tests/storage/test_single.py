"""One program a database: the second one is told so in a line, and a dead one is no hindrance."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage.single import AlreadyRunning, SingleProcess, single, sqlite_path

HOLDING = """
import sys, time
from pathlib import Path
from storage.single import SingleProcess
with SingleProcess(Path(sys.argv[1])):
    print("holds", flush=True)
    time.sleep(60)
"""


def test_a_second_process_is_refused_until_the_first_one_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "var" / "buro.db"
    first = subprocess.Popen(
        [sys.executable, "-c", HOLDING, path], stdout=subprocess.PIPE, text=True
    )
    with first:
        assert first.stdout is not None
        assert first.stdout.readline() == "holds\n"
        with pytest.raises(AlreadyRunning) as caught, SingleProcess(path):
            pass
        line = str(caught.value)
        assert str(path) in line
        assert "\n" not in line
        first.send_signal(signal.SIGKILL)
    with SingleProcess(path):
        pass


def test_it_can_be_held_again_and_by_whoever_has_another_database(tmp_path: Path) -> None:
    with SingleProcess(tmp_path / "a.db"), SingleProcess(tmp_path / "b.db"):
        pass
    with SingleProcess(tmp_path / "a.db"):
        pass


def test_a_servers_database_needs_no_lock() -> None:
    url = "postgresql+asyncpg://buro:x@host/buro"
    assert sqlite_path(url) is None
    with single(url), single(url):
        pass


def test_the_file_is_found_in_the_address() -> None:
    assert sqlite_path("sqlite+aiosqlite:///var/buro.db") == Path("var/buro.db")
    assert sqlite_path("sqlite+aiosqlite:////srv/buro.db") == Path("/srv/buro.db")
