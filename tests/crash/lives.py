"""Lives of the program: a process that is born, is killed or stopped, and is born again."""

import asyncio
import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
RUNNING = "Buro is running"
PATIENCE = 60.0


class Nursery:
    """The process that forks the lives."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def opened(cls, folder: Path) -> "Nursery":
        with (folder / "nursery.txt").open("wb") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.crash.nursery",
                cwd=folder,
                env={"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT)},
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        return cls(process)

    async def bear(self, **order: Any) -> int:
        """Begin a life; return its process id."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        return int((await self._heard())["pid"])

    async def ended(self) -> int:
        """Wait for the end of the life; return the exit code, or minus the signal."""
        return int((await self._heard())["ended"])

    async def _heard(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        assert line, "the nursery is gone"
        told: dict[str, Any] = json.loads(line)
        return told

    async def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()


class Life:
    """One process at a time; ``name`` and the number of the birth are its name among others."""

    def __init__(self, nursery: Nursery, name: str, folder: Path) -> None:
        self._nursery = nursery
        self._name = name
        self._path = folder / f"{name}.txt"
        self._births = 0
        self._born_before = 0
        self.pid: int | None = None
        self.forced = False  # the last one did not end by itself

    @property
    def holder(self) -> str:
        """How the process calls itself in leases and lanes."""
        return f"{self._name}-{self._births}"

    @property
    def log(self) -> str:
        return self._path.read_text(encoding="utf-8") if self._path.exists() else ""

    async def begin(self, **order: Any) -> None:
        self._births += 1
        self._born_before = self.log.count(RUNNING)
        self.pid = await self._nursery.bear(**order, holder=self.holder, log=str(self._path))

    def is_running(self) -> bool:
        """Whether it says that it is at work."""
        return self.log.count(RUNNING) > self._born_before

    async def ended(self, within: float, *, after_start: bool = False) -> int:
        """Wait for the end of the life, or bring it about; return how it ended."""
        ending = asyncio.create_task(self._nursery.ended())
        if after_start:
            await self.until(lambda: ending.done() or self.is_running())
        done, _ = await asyncio.wait({ending}, timeout=within)
        self.forced = not done
        if not done:
            with suppress(ProcessLookupError):  # it has just gone by itself
                self.signal(signal.SIGKILL)
        status = await ending
        self.pid = None
        return status

    def signal(self, number: signal.Signals) -> None:
        assert self.pid is not None
        os.kill(self.pid, number)

    async def until(self, true: Any) -> None:
        end = asyncio.get_running_loop().time() + PATIENCE
        while not true():
            assert asyncio.get_running_loop().time() < end, f"in vain: {true}\n{self.log[-3000:]}"
            await asyncio.sleep(0.02)
