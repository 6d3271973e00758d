"""Failures of the domain, each named; ``handlers/failures.py`` turns them into words."""

from datetime import datetime


class DomainError(Exception):
    """Something that a person asked for and the rules do not let happen."""


class NotAllowed(DomainError):
    """The actor may not do this, here or at all."""

    def __init__(self, action: str, branch_id: int | None = None) -> None:
        super().__init__(action)
        self.action = action
        self.branch_id = branch_id


class NotFound(DomainError):
    """No such object, or none within the actor's reach: the answer is the same."""

    def __init__(self, subject: str) -> None:
        super().__init__(subject)
        self.subject = subject


class AlreadyChanged(DomainError):
    """Somebody else changed the object since it was shown."""

    def __init__(self, by: str | None = None, at: datetime | None = None) -> None:
        super().__init__(by)
        self.by = by
        self.at = at


class NotPossible(DomainError):
    """The object's state does not allow this step (closed, sent already, held already)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TooMany(DomainError):
    """Too many tries in a short time."""

    def __init__(self, retry_at: datetime) -> None:
        super().__init__(retry_at.isoformat())
        self.retry_at = retry_at


class WrongSchema(Exception):
    """The database is older or newer than the code, or is no Buro database at all."""
