"""The text layer of a PDF. Scripts in it are never run, pictures never looked at."""

import time
from io import BytesIO

from handlers.papers.failing import UnreadableError, Why

PAGES = 300  # no minutes are longer


def text(content: bytes, seconds: float, most: int) -> str:
    """The text of the pages, at most about ``most`` characters.

    Raises UnreadableError, too when the pages take more than ``seconds``.
    """
    from pypdf import PdfReader  # a heavy import, and few files are sent
    from pypdf.errors import DependencyError, FileNotDecryptedError

    ends = time.monotonic() + seconds
    try:
        reader = PdfReader(BytesIO(content))
        # Many are locked only against changes: those open without a word.
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableError(Why.ENCRYPTED)
        pages: list[str] = []
        for number, page in enumerate(reader.pages):
            if time.monotonic() > ends:
                raise UnreadableError(Why.TOO_SLOW)
            if number >= PAGES or sum(map(len, pages)) > most:
                break
            pages.append(page.extract_text())
    except UnreadableError:
        raise
    except (DependencyError, FileNotDecryptedError) as error:
        raise UnreadableError(Why.ENCRYPTED) from error
    except Exception as error:  # a broken PDF breaks its reader anywhere
        raise UnreadableError(Why.BROKEN) from error
    return "\n".join(pages)
