"""Keyed hashes, by which a sealed value is found: equal values give equal hashes, and no more.

Without the key nobody can try all phones to learn which one a hash is of. The key stays when the
others are rotated: its hashes would have to be made anew from every sealed value.
"""

import binascii
import hmac

from storage.privacy import keys

BYTES = 16  # of the 32 that HMAC-SHA-256 gives


def hashed(kind: str, value: str) -> str:
    """The hash of ``value`` among values of its ``kind`` (phone, iin, name, code, …).

    ``value`` comes in its one form: a phone in E.164, a name folded. Raises NoKeys.
    """
    digest = hmac.digest(keys.in_use().hashing(kind), value.encode(), "sha256")[:BYTES]
    return binascii.b2a_base64(digest, newline=False).decode().rstrip("=")


def numbered(kind: str, value: str) -> int:
    """As ``hashed``, in a signed number of 64 bits: for the many rows of a word index.

    So short that two values may share one: what is found is compared with its text.
    """
    return number(keys.in_use().hashing(kind), value)


def number(key: bytes, value: str) -> int:
    """``numbered`` with the ``key`` of the kind."""
    return int.from_bytes(hmac.digest(key, value.encode(), "sha256")[:8], "big", signed=True)
