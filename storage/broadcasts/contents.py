"""What a broadcast says: words, files, the options of a poll; in one language or two."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

from sqlalchemy import Connection, delete, insert, select

from storage.tables import broadcast_contents as table

ORIGINAL = ""  # the language of what was written first, whichever it is
WORDS, OPTION = "words", "option"


@dataclass(frozen=True)
class Piece:
    """A file by Telegram's id, or (kind "location") a point as «latitude,longitude»."""

    kind: str  # photo, video, animation, document, audio, voice, video_note, location
    value: str


@dataclass(frozen=True)
class Content:
    """One version: ``words`` are safe Telegram HTML; ``options`` make it a question."""

    words: str = ""
    pieces: tuple[Piece, ...] = field(default=())
    options: tuple[str, ...] = field(default=())

    def or_of(self, other: Self) -> "Content":
        """This version; what it does not bring itself is that of ``other``."""
        return Content(
            self.words or other.words,
            self.pieces or other.pieces,
            # A translated poll must have as many options: an answer is kept by its number.
            self.options if len(self.options) == len(other.options) else other.options,
        )


def load(tx: Connection, broadcast_id: int) -> dict[str, Content]:
    """What is kept of a broadcast by language; the original's words stand in its own row."""
    rows = tx.execute(
        select(table.c.language, table.c.kind, table.c.value)
        .where(table.c.broadcast_id == broadcast_id)
        .order_by(table.c.language, table.c.position)
    ).all()
    found: dict[str, list[tuple[str, str]]] = {}
    for language, kind, value in rows:
        found.setdefault(language, []).append((kind, value))
    return {language: _content(parts) for language, parts in found.items()}


def keep(tx: Connection, broadcast_id: int, language: str, content: Content | None) -> None:
    """Keep ``content`` as the version in ``language`` in place of what was there; None: none."""
    tx.execute(
        delete(table).where(table.c.broadcast_id == broadcast_id, table.c.language == language)
    )
    if content is None:
        return
    rows = [
        {
            "broadcast_id": broadcast_id,
            "language": language,
            "position": position,
            "kind": kind,
            "value": value,
        }
        for position, (kind, value) in enumerate(_parts(language, content))
    ]
    if rows:
        tx.execute(insert(table), rows)


def take_over(tx: Connection, from_id: int, to_id: int) -> None:
    """Let a broadcast say what another one says, beside the words of its own row."""
    said = select(table).where(table.c.broadcast_id == from_id)
    rows = [{**part, "broadcast_id": to_id} for part in tx.execute(said).mappings()]
    if rows:
        tx.execute(insert(table), rows)


def for_reader(versions: Mapping[str, Content], language: str) -> Content:
    """What somebody who reads ``language`` gets."""
    original = versions[ORIGINAL]
    return versions[language].or_of(original) if language in versions else original


def _parts(language: str, content: Content) -> Iterator[tuple[str, str]]:
    if language != ORIGINAL and content.words:
        yield WORDS, content.words
    yield from ((piece.kind, piece.value) for piece in content.pieces)
    yield from ((OPTION, option) for option in content.options)


def _content(parts: list[tuple[str, str]]) -> Content:
    return Content(
        words="".join(value for kind, value in parts if kind == WORDS),
        pieces=tuple(Piece(*part) for part in parts if part[0] not in (WORDS, OPTION)),
        options=tuple(value for kind, value in parts if kind == OPTION),
    )
