"""The text of a file that was sent: told by what is in it, not by its name."""

import asyncio

from handlers.papers import docx, pdf
from handlers.papers.failing import UnreadableError, Why
from handlers.papers.zips import LOCKED, OLD_OFFICE
from handlers.ui import texts

SECONDS = 15.0  # for one file
MOST = 200_000  # characters; twice what is ever read for its contents

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
# Signs that stand in no text, whatever its encoding.
_NO_TEXT = frozenset(range(32)) - frozenset(b"\t\n\r\f\x1b")


async def text_of(name: str, content: bytes) -> str:
    """The text of a file called ``name``. Raises UnreadableError.

    It is read in a thread: the bot goes on answering meanwhile.
    """
    try:
        async with asyncio.timeout(SECONDS):
            found = await asyncio.to_thread(_read, name, content)
    except TimeoutError as error:
        raise UnreadableError(Why.TOO_SLOW) from error
    if texts.is_blank(found):
        raise UnreadableError(Why.NO_TEXT)
    return found


def _read(name: str, content: bytes) -> str:
    if content.startswith(b"PK\x03\x04"):
        return docx.text(content)[:MOST]
    if b"%PDF-" in content[:1024]:
        return pdf.text(content, SECONDS, MOST)[:MOST]
    if content.startswith(OLD_OFFICE):
        raise UnreadableError(Why.ENCRYPTED if LOCKED in content else Why.OLD_WORD)
    if name.lower().endswith((".docx", ".docm", ".pdf")):
        raise UnreadableError(Why.BROKEN)
    return _plain(content)[:MOST]


def _plain(content: bytes) -> str:
    """A plain text as Windows or anything newer writes it."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    if content.startswith(b"{\\rtf") or not _NO_TEXT.isdisjoint(content):
        raise UnreadableError(Why.KIND)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1251", errors="replace")
