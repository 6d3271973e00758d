"""Files that people send: how a handler gets their bytes, and keeps small ones."""

from typing import Protocol

FETCH_LIMIT = 20 * 1024 * 1024  # bytes; the Bot API hands out no larger file


class FileTooBig(Exception):
    """The file is larger than the limit."""


class FileGone(Exception):
    """Telegram does not hand the file out (any more)."""


class Files(Protocol):
    """Where the bytes of a file come from, and where files stay."""

    async def fetch(self, file_id: str, limit: int = FETCH_LIMIT) -> bytes:
        """The bytes of a file. Raises FileTooBig (more than ``limit`` bytes) and FileGone."""
        ...

    async def keep(self, name: str, content: bytes) -> str:
        """Keep ``content`` on disk; return its path under the data folder. Never twice a name.

        It stays while a row points to it in a column called ``path``; else it is swept away.
        """
        ...

    async def kept(self, path: str) -> bytes:
        """What ``keep`` kept. Raises FileGone."""
        ...
