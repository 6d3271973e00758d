"""The private code by which a voter follows a request: made from its number, never kept.

Whoever has the data keys can make it anew, so the receipt may be written again at any time; the
database holds only its keyed hash. A new ``generation`` makes another code and voids the one
before. The key of hashes is not rotated (see ``storage.privacy.index``): codes stay valid.
"""

import base64
import hmac
import re

from storage.privacy import index, keys

KIND = "request_code"
LENGTH = 16  # characters of five bits: 80 bits
GROUP = 4  # they are read out in groups
# Base 32 of RFC 4648 has no 0, 1 and 8, which look like letters; small, as in links.
_CODE = re.compile(rf"[a-z2-7]{{{LENGTH}}}")


def of(number: str, generation: int) -> str:
    """The code of the request ``number`` in its ``generation``. Raises NoKeys."""
    said = f"{number}:{generation}".encode()
    digest = hmac.digest(keys.in_use().hashing(KIND), said, "sha256")
    return base64.b32encode(digest).decode().lower()[:LENGTH]


def hashed(code: str) -> str:
    """The keyed hash under which a code is looked up."""
    return index.hashed(KIND, code)


def read(typed: str) -> str | None:
    """The code in what was typed or tapped, without spaces and dashes; None for anything else."""
    joined = re.sub(r"[\s\-‑–]", "", typed).lower()
    return joined if _CODE.fullmatch(joined) else None


def spaced(code: str) -> str:
    """The code as it is read out: «abcd-efgh-…»."""
    return "-".join(code[i : i + GROUP] for i in range(0, LENGTH, GROUP))
