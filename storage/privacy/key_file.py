"""The file of keys: lines of text that an administrator can copy, readable for its owner only.

``root`` is the line of the key for hashes, each ``key`` line one for sealing, oldest first.
"""

import base64
import os
import secrets
import time
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.privacy.keys import ID_LENGTH, Ring, UnknownKey

HEAD = """\
# Data keys of Buro. Whoever has this file and the database reads the personal data in it; without
# this file nobody does. Keep a copy apart from the database and its backups.
"""
LOOK_SECONDS = 1.0  # how soon a key that another process added is used


class BadKeyFile(Exception):
    """The file does not hold keys; the message is one line that never shows what it holds."""


def read(path: Path) -> Ring:
    """The keys in the file. Raises FileNotFoundError, BadKeyFile, OSError."""
    found: dict[str, bytes] = {}
    roots: list[bytes] = []
    try:
        for line in path.read_text(encoding="ascii").splitlines():
            match line.split():
                case ["root", written]:
                    roots.append(base64.b64decode(written, validate=True))
                case ["key", key_id, written] if len(key_id) == ID_LENGTH and key_id.isalnum():
                    found[key_id] = base64.b64decode(written, validate=True)
                case [first, *_] if not first.startswith("#"):
                    raise ValueError
        (root,) = roots
        return Ring(found, root)
    except ValueError:  # UnicodeDecodeError and binascii.Error are some
        raise BadKeyFile(f"{path} is no file of data keys: bring its copy back") from None


def create(path: Path, ring: Ring) -> None:
    """Write a file that was not there, through to the disk. Raises FileExistsError, OSError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = _part(path, ring)
    try:
        path.hardlink_to(part)  # of two that begin at once one is the first, with a whole file
    finally:
        part.unlink()
    _to_disk(path.parent)


def replace(path: Path, ring: Ring) -> None:
    """Put ``ring`` in the place of what the file holds: all of it, or nothing. Raises OSError."""
    _part(path, ring).replace(path)
    _to_disk(path.parent)


def _text(ring: Ring) -> str:
    lines = [f"root {_written(ring.root)}"]
    lines += [f"key {key_id} {_written(key)}" for key_id, key in ring.keys.items()]
    return HEAD + "\n".join(lines) + "\n"


def _written(key: bytes) -> str:
    return base64.b64encode(key).decode()


def _part(path: Path, ring: Ring) -> Path:
    """A whole file beside ``path``, on the disk."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(file, "w", encoding="ascii") as out:
        out.write(_text(ring))
        out.flush()
        os.fsync(out.fileno())
    return part


def _to_disk(folder: Path) -> None:
    """Sealed rows must not outlive the name of the file that opens them."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class FollowedFile:
    """The keyring of a running program: it takes up a key that a rotation adds to the file."""

    def __init__(self, path: Path) -> None:
        """Read the file. Raises what ``read`` raises."""
        self._path = path
        self._stamp = self._stamped()
        self._ring = read(path)
        self._look_at = time.monotonic() + LOOK_SECONDS

    def sealing(self) -> tuple[str, AESGCM]:
        """The id of the newest key, and the cipher with it."""
        if time.monotonic() >= self._look_at:
            self._look()
        return self._ring.sealing()

    def opening(self, key_id: str) -> AESGCM:
        """The cipher with the key ``key_id``. Raises UnknownKey."""
        try:
            return self._ring.opening(key_id)
        except UnknownKey:
            self._look()  # sealed by a process that has seen the new key before us
            return self._ring.opening(key_id)

    def hashing(self, kind: str) -> bytes:
        """The key for hashes of one kind."""
        return self._ring.hashing(kind)

    def _look(self) -> None:
        self._look_at = time.monotonic() + LOOK_SECONDS
        try:
            stamp = self._stamped()
            if stamp != self._stamp:
                self._ring, self._stamp = read(self._path), stamp
        except (OSError, BadKeyFile):
            pass  # moved or damaged while we run: what was read goes on

    def _stamped(self) -> tuple[int, int]:
        seen = self._path.stat()
        return seen.st_mtime_ns, seen.st_ino
