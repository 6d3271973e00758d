"""Heartbeats: when a part of the program was last known to work."""

from datetime import datetime

from sqlalchemy import Connection

from storage import facts

TICK = "tick"


def beat(tx: Connection, name: str, now: datetime) -> None:
    """Keep that ``name`` works at ``now``."""
    facts.remember(tx, f"heartbeat:{name}", now)


def last(tx: Connection, name: str) -> datetime | None:
    """The last beat of ``name``, aware; None when there was none yet."""
    return facts.recall(tx, f"heartbeat:{name}")
