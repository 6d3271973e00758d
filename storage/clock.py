"""Time as a parameter: every rule and every tick asks the clock it was given."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Whoever knows what time it is."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's present moment in UTC."""
        return datetime.now(UTC)


class MovableClock:
    """A clock that runs, and can be moved forward: for the demo and for tests."""

    def __init__(self, base: Clock | None = None) -> None:
        self._base = base or SystemClock()
        self._offset = timedelta()

    @property
    def offset(self) -> timedelta:
        """How far the clock was moved in all."""
        return self._offset

    def now(self) -> datetime:
        """Return the base clock's moment plus all the moves so far, in UTC."""
        return self._base.now() + self._offset

    def move(self, by: timedelta) -> datetime:
        """Move the clock forward by ``by`` and return the new moment.

        Raises ValueError for a negative move: nothing here is built to live in the past.
        """
        if by < timedelta():
            raise ValueError("the clock moves forward only")
        self._offset += by
        return self.now()


class FrozenClock:
    """A clock that stands until it is set: for tests of rules."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        """Return the moment it was set to, in UTC."""
        return self._moment

    def set(self, moment: datetime) -> None:
        """Set the clock to ``moment`` (aware)."""
        self._moment = moment.astimezone(UTC)
