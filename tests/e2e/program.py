"""The program as the operating system sees it: a process with arguments, environment, output."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
SLOW_START = 90.0  # seconds, on a machine busy with other tests
POLL = 0.05
# A canary: it must stand nowhere but in the environment.
TOKEN = "1000000001:CanaryThatMustNeverBeSeenAnywhere"
SECRET = TOKEN.partition(":")[2]


def settings(api: str, database_url: str) -> dict[str, str]:
    """The environment of a bot at the Telegram at ``api``."""
    return {
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": api,
        "DATABASE_URL": database_url,
        "OWNER_IDS": "1001",
    }


class Program:
    """A running ``python -m bot …`` in ``folder``, with no environment but ``settings``."""

    def __init__(self, folder: Path, *arguments: str, **settings: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._log = folder / f"output-{time.monotonic_ns()}.txt"
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "default",
            "LOG_LEVEL": "WARNING",
            **settings,
        }
        with self._log.open("wb") as sink:
            # In a folder of its own: no .env of the developer's.
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", *arguments],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
            )

    @property
    def output(self) -> str:
        """All that was written to the terminal so far."""
        return self._log.read_text(encoding="utf-8")

    def command_line(self) -> str:
        """What any user of the machine sees in the list of processes."""
        return Path(f"/proc/{self._process.pid}/cmdline").read_text(encoding="utf-8")

    def wait_for(self, pattern: str) -> re.Match[str]:
        """Return where the output matches; AssertionError when the program ends before or hangs."""
        end = time.monotonic() + SLOW_START
        while True:
            ended = self._process.poll() is not None
            found = re.search(pattern, self.output)
            if found:
                return found
            assert not ended, f"ended with {self._process.returncode}:\n{self.output}"
            assert time.monotonic() < end, f"no {pattern!r} in time:\n{self.output}"
            time.sleep(POLL)

    def ended(self) -> int:
        """Wait until it has ended by itself; return the exit code."""
        return self._process.wait(SLOW_START)

    def stop(self, number: signal.Signals = signal.SIGTERM, seconds: float = 10) -> int:
        """Send the signal; return the exit code, or raise when it takes longer."""
        self._process.send_signal(number)
        return self._process.wait(seconds)

    def close(self) -> None:
        """Whatever happened, leave no process behind."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()

    def assert_clean(self) -> None:
        """Nothing went wrong inside, and the token was not told."""
        for word in ("Traceback", "Warning", "[error", SECRET):
            assert word not in self.output, self.output
