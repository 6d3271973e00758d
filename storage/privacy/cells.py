"""Sealing a cell: AES-256-GCM, bound to its column and its row.

A sealed text is ``s1.<key id>.<base64 of nonce, ciphertext and tag>``. The name of the cell and the
stable id of its row are authenticated with it: moved to another row or column it does not open.
"""

import binascii
import os

from cryptography.exceptions import InvalidTag

from storage.privacy import keys

MARK = "s1."
NONCE = 12  # bytes, drawn anew for each sealing


class Unreadable(Exception):
    """A cell does not open: damaged, moved, or sealed with a key that is not there.

    The message names the cell, never what stands in it.
    """


def seal(cell: str, row: str, text: str | None) -> str | None:
    """Seal ``text`` for the cell "table.column" of the row with the stable id ``row``.

    None stays None. The same text looks different each time. Raises NoKeys.
    """
    return None if text is None else sealed(cell, row, text)


def unseal(cell: str, row: str, kept: str | None) -> str | None:
    """The text that was sealed for this cell and row; None stays None. Raises Unreadable."""
    return None if kept is None else opened(cell, row, kept)


def sealed(cell: str, row: str, text: str) -> str:
    """``seal`` for a cell that is never empty."""
    key_id, cipher = keys.in_use().sealing()
    nonce = os.urandom(NONCE)
    body = nonce + cipher.encrypt(nonce, text.encode(), _bound(cell, row))
    return f"{MARK}{key_id}.{binascii.b2a_base64(body, newline=False).decode()}"


def opened(cell: str, row: str, kept: str) -> str:
    """``unseal`` for a cell that is never empty."""
    try:
        cipher = keys.in_use().opening(key_of(kept))
        body = binascii.a2b_base64(kept[kept.rindex(".") + 1 :], strict_mode=True)
        return cipher.decrypt(body[:NONCE], body[NONCE:], _bound(cell, row)).decode()
    except (keys.UnknownKey, InvalidTag, ValueError) as error:
        raise Unreadable(cell) from error


def key_of(kept: str) -> str:
    """The id of the key that sealed ``kept``. Raises ValueError for what is not sealed."""
    mark, key_id, _ = kept.split(".", 2)
    if f"{mark}." != MARK:
        raise ValueError("not sealed")
    return key_id


def _bound(cell: str, row: str) -> bytes:
    return f"{cell}\0{row}".encode()
