"""When each item of an agenda is planned to begin."""

from collections.abc import Iterable
from datetime import datetime, timedelta

OFF = ("carried", "dropped")  # states of an item that takes no time any more


def planned(
    starts_at: datetime | None, items: Iterable[tuple[str, int | None]]
) -> list[datetime | None]:
    """When each item begins; ``items`` are their states and minutes, in the order of the agenda.

    None where nobody can say: the meeting has no time yet, an item before it has none, or it is
    not considered at this meeting.
    """
    moments: list[datetime | None] = []
    at = starts_at
    for state, minutes in items:
        if state in OFF:
            moments.append(None)
            continue
        moments.append(at)
        at = None if at is None or minutes is None else at + timedelta(minutes=minutes)
    return moments


def total(items: Iterable[tuple[str, int | None]]) -> tuple[int, int]:
    """How many minutes the items take together, and how many of them have no time yet."""
    taken = [minutes for state, minutes in items if state not in OFF]
    return sum(filter(None, taken)), sum(minutes is None for minutes in taken)
