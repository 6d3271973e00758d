"""The keys in use: the newest seals, each opens what it sealed, one more is for hashes.

They stand in a file apart from the database (``storage.privacy.key_file``); whoever starts the
program hands them in with ``use``.
"""

import secrets
from collections.abc import Mapping
from functools import cached_property
from typing import Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

BYTES = 32  # of a key: AES-256
ID_LENGTH = 8  # of the id of a key, in hexadecimal digits


class NoKeys(Exception):
    """Personal data is asked for before the keys were handed in."""


class UnknownKey(Exception):
    """No key of this id is on the ring; the message is the id."""


class Keyring(Protocol):
    """What sealing and hashing ask of the keys, wherever they come from."""

    def sealing(self) -> tuple[str, AESGCM]:
        """The id of the newest key, and the cipher with it."""
        ...

    def opening(self, key_id: str) -> AESGCM:
        """The cipher with the key ``key_id``. Raises UnknownKey."""
        ...

    def hashing(self, kind: str) -> bytes:
        """The key for hashes of one kind."""
        ...


class Ring:
    """Keys in memory: id → 32 bytes, oldest first, and the root of the keys for hashes."""

    def __init__(self, keys: Mapping[str, bytes], root: bytes) -> None:
        """Raises ValueError for no key at all, or one of another length."""
        if not keys or any(len(key) != BYTES for key in (*keys.values(), root)):
            raise ValueError(f"a ring needs keys of {BYTES} bytes")
        self.keys = dict(keys)
        self.root = root
        self._hashing: dict[str, bytes] = {}

    @classmethod
    def new(cls) -> "Ring":
        """A ring with one key, made at random."""
        return cls({new_id(): secrets.token_bytes(BYTES)}, secrets.token_bytes(BYTES))

    @property
    def newest(self) -> str:
        """The id of the key that seals."""
        return next(reversed(self.keys))

    def sealing(self) -> tuple[str, AESGCM]:
        """The id of the newest key, and the cipher with it."""
        return self._sealing

    def opening(self, key_id: str) -> AESGCM:
        """The cipher with the key ``key_id``. Raises UnknownKey."""
        try:
            return self._ciphers[key_id]
        except KeyError:
            raise UnknownKey(key_id) from None

    def hashing(self, kind: str) -> bytes:
        """The key for hashes of one kind: a hash of a phone says nothing of a word like it."""
        if kind not in self._hashing:
            derived = HKDF(SHA256(), BYTES, salt=None, info=f"buro/hash/{kind}".encode())
            self._hashing[kind] = derived.derive(self.root)
        return self._hashing[kind]

    @cached_property
    def _ciphers(self) -> dict[str, AESGCM]:
        return {key_id: AESGCM(key) for key_id, key in self.keys.items()}

    @cached_property
    def _sealing(self) -> tuple[str, AESGCM]:
        return self.newest, self._ciphers[self.newest]


_in_use: Keyring | None = None


def use(ring: Keyring) -> None:
    """From now on seal, open and hash with ``ring``."""
    global _in_use
    _in_use = ring


def in_use() -> Keyring:
    """The keys that were handed in. Raises NoKeys."""
    if _in_use is None:
        raise NoKeys("the program was started without its data keys")
    return _in_use


def new_id() -> str:
    """An id that no other key has, of this database or of another."""
    return secrets.token_hex(ID_LENGTH // 2)
