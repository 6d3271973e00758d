"""Packed folders (.docx, .xlsx): how much would come out is looked at before anything is opened.

Macros, pictures and embedded files are never unpacked.
"""

import zlib
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from handlers.papers.failing import UnreadableError, Why

PARTS = 3_000  # files in the package; an office writes some dozens
WHOLE = 150 * 1024 * 1024  # bytes of all of them unpacked
SMALL = 1024 * 1024  # bytes below which no proportion is asked after
RATIO = 150  # unpacked to packed; text with its markup reaches some dozens

OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
LOCKED = "EncryptedPackage".encode("utf-16-le")  # a new file that is locked lies in an old one
# What comes of a package that cannot be opened as one.
FAILURES = (BadZipFile, LargeZipFile, zlib.error, EOFError, OSError, NotImplementedError)


def parts(package: ZipFile, whole: int = WHOLE) -> dict[str, ZipInfo]:
    """The files of a package by name, once it is known to be in proportion.

    ``whole`` is how many bytes all of them may be unpacked. Raises UnreadableError (too_much).
    """
    found = package.infolist()
    if len(found) > PARTS or sum(part.file_size for part in found) > whole:
        raise UnreadableError(Why.TOO_MUCH)
    if any(_swells(part) for part in found):
        raise UnreadableError(Why.TOO_MUCH)
    return {part.filename: part for part in found}


def unpacked(package: ZipFile, part: ZipInfo, most: int) -> bytes:
    """The content of a part; whatever the package says of itself, no more than ``most`` bytes.

    Raises UnreadableError (encrypted, too_much) and whatever is in ``FAILURES``.
    """
    if part.flag_bits & 0x1:
        raise UnreadableError(Why.ENCRYPTED)
    with package.open(part) as opened:
        content = opened.read(most + 1)
    if len(content) > most:
        raise UnreadableError(Why.TOO_MUCH)
    return content


def _swells(part: ZipInfo) -> bool:
    return part.file_size > SMALL and part.file_size > RATIO * max(part.compress_size, 1)
