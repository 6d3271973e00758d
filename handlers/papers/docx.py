"""The text of a .docx or .docm: a packed folder, of which only the text itself is opened."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile, ZipInfo

from handlers.papers import zips
from handlers.papers.failing import UnreadableError, Why

DOCUMENT = 20 * 1024 * 1024  # bytes of the text with its markup

_CONTENTS = "[Content_Types].xml"
_TEXT = "word/document.xml"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SAME_AGAIN = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n"}


def text(content: bytes) -> str:
    """The paragraphs, each on a line of its own. Raises UnreadableError."""
    from docx.oxml import parse_xml  # a heavy import, and few files are sent

    try:
        # Its parser resolves no entities and fetches nothing.
        body = parse_xml(_document(content))
    except SyntaxError as error:
        raise UnreadableError(Why.BROKEN) from error
    paragraphs = (_words(one) for one in body.iter(f"{_WORD}p") if not _is_copy(one))
    return "\n".join(paragraphs)


def _document(content: bytes) -> bytes:
    try:
        with ZipFile(BytesIO(content)) as package:
            return zips.unpacked(package, _part(package), DOCUMENT)
    except zips.FAILURES as error:
        raise UnreadableError(Why.BROKEN) from error


def _part(package: ZipFile) -> ZipInfo:
    """The part that holds the text, once the whole package is known to be in proportion."""
    named = zips.parts(package)
    if _TEXT not in named:
        raise UnreadableError(Why.KIND if _CONTENTS in named or named else Why.BROKEN)
    return named[_TEXT]


def _words(paragraph: Any) -> str:
    parts: list[str] = []
    for one in paragraph.iter():
        # A text box stands inside a paragraph and has paragraphs of its own.
        if one.tag == f"{_WORD}t" and _paragraph_of(one) is paragraph:
            parts.append(one.text or "")
        elif one.tag in _BREAKS and _paragraph_of(one) is paragraph:
            parts.append(_BREAKS[one.tag])
    return "".join(parts).strip()


def _paragraph_of(one: Any) -> Any:
    return next(one.iterancestors(f"{_WORD}p"), None)


def _is_copy(paragraph: Any) -> bool:
    """Whether it only repeats, for old programs, what stands beside it."""
    return next(paragraph.iterancestors(_SAME_AGAIN), None) is not None
