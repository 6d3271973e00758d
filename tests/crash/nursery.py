"""A process that has imported the program once and forks a child for every life of it.

Importing takes seconds, a fork milliseconds: so hundreds of kills are affordable. Orders come as
JSON lines; for each the child's number is told, and, when it has ended, how.
"""

import json
import os
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from bot import app, cli
from bot.client import make_dispatcher
from bot.delivery.pace import UNLIMITED, Limits, Pace
from tests.crash import points


class Shifted:
    """The machine's clock, so many seconds ahead."""

    def __init__(self, seconds: float) -> None:
        self._ahead = timedelta(seconds=seconds)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead


def live(order: dict[str, Any]) -> None:
    """Be ``python -m bot <arguments>``, some seconds in the future, with a point armed."""
    os.environ.update(order["environment"])
    clock = Shifted(order["ahead"])
    # What a process takes from nowhere: what time it is, its name, and Telegram's limits.
    vars(cli)["SystemClock"] = lambda: clock
    vars(app)["uuid"] = SimpleNamespace(uuid4=lambda: SimpleNamespace(hex=order["holder"]))
    if order["unpaced"]:
        limits = replace(UNLIMITED, unsettled=Limits.unsettled)
        vars(app)["Pace"] = lambda: Pace(limits)
    if order["point"]:
        points.arm(order["point"], order["nth"])
    sys.argv = ["buro", *order["arguments"]]
    cli.main()


def main() -> None:
    """Work off orders until the input ends."""
    make_dispatcher()
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _child(order)
        _tell(pid=pid)
        _, status = os.waitpid(pid, 0)
        _tell(ended=os.waitstatus_to_exitcode(status))


def _child(order: dict[str, Any]) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with open(os.devnull) as nothing, open(order["log"], "ab") as log:  # noqa: PTH123
        os.dup2(nothing.fileno(), 0)
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    code = 1
    try:
        live(order)
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _tell(**fields: Any) -> None:
    sys.stdout.write(json.dumps(fields) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
