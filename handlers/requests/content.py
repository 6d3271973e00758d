"""What a message brings for a request: its words, its files, and a shared contact."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from aiogram.types import Message

from handlers.requests import contacts
from handlers.ui import texts
from storage.requests import RequestFile, sources

DOWNLOADABLE = 20 * 1024 * 1024  # bytes; Telegram lets a bot fetch no more


@dataclass(frozen=True)
class Content:
    """Words and files of one message, or of several that were joined.

    ``group`` is shared by the parts of an album; ``contact`` is a name and a phone (E.164).
    """

    text: str = ""
    files: tuple[RequestFile, ...] = field(default=())
    group: str | None = None
    forwarded: bool = False
    contact: tuple[str | None, str] | None = None
    sources: tuple[int, ...] = ()  # what its words and files are known again by
    at: datetime | None = None  # when it was sent to the bot

    @property
    def has_big_file(self) -> bool:
        """Whether a file is kept by its id only, too big for the bot to fetch."""
        return any((file.size or 0) > DOWNLOADABLE for file in self.files)

    def without(self, known: set[int]) -> "Content | None":
        """What of a message is not in ``known`` sources; None when all of it is there already."""
        if not self.sources or not known.intersection(self.sources):
            return self
        if known.issuperset(self.sources):
            return None
        files = self.files if known.isdisjoint(self._of_files) else ()
        text = "" if sources.of_text(self.text) in known else self.text
        return replace(self, text=text, files=files)

    @property
    def _of_files(self) -> set[int]:
        return set(self.sources) - {sources.of_text(self.text)}


def of(message: Message) -> Content | None:
    """The content of a message; None for a kind that says nothing (sticker, poll, …)."""
    words = message.text or message.caption or ""
    files, made_from = _file(message)
    contact = contacts.shared(message)
    if message.text is None and not files and contact is None:
        return None
    text = "" if texts.is_blank(words) else words.strip()
    of_text = sources.of_text(text)
    return Content(
        text=text,
        files=files,
        group=message.media_group_id,
        forwarded=message.forward_origin is not None,
        contact=contact,
        sources=(*made_from, *(() if of_text is None else (of_text,))),
        at=message.date,
    )


def _file(message: Message) -> tuple[tuple[RequestFile, ...], tuple[int, ...]]:
    """The file of a message as it is kept, and what it is known again by."""
    if message.location:
        place = message.location
        return (RequestFile("location", f"{place.latitude},{place.longitude}"),), ()
    if message.photo:
        largest = message.photo[-1]
        file = RequestFile("photo", largest.file_id, size=largest.file_size)
        return (file,), (sources.of_file(largest.file_unique_id),)
    if message.voice:
        voice = message.voice
        file = RequestFile("voice", voice.file_id, size=voice.file_size)
        return (file,), (sources.of_file(voice.file_unique_id),)
    if message.video_note:
        note = message.video_note
        file = RequestFile("video_note", note.file_id, size=note.file_size)
        return (file,), (sources.of_file(note.file_unique_id),)
    named = message.video or (None if message.animation else message.document)
    if named is None:
        return (), ()
    kind = "video" if message.video else "document"
    file = RequestFile(kind, named.file_id, named.file_name, named.file_size)
    return (file,), (sources.of_file(named.file_unique_id),)
