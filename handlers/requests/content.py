"""What a message brings for a request: its words and its files."""

from dataclasses import dataclass, field

from aiogram.types import Message

from handlers.ui import texts
from storage.requests import RequestFile

DOWNLOADABLE = 20 * 1024 * 1024  # bytes; Telegram lets a bot fetch no more


@dataclass(frozen=True)
class Content:
    """Words and files of one message. ``group`` is shared by the parts of an album."""

    text: str = ""
    files: tuple[RequestFile, ...] = field(default=())
    group: str | None = None
    forwarded: bool = False

    @property
    def has_big_file(self) -> bool:
        """Whether a file is kept by its id only, too big for the bot to fetch."""
        return any((file.size or 0) > DOWNLOADABLE for file in self.files)


def of(message: Message) -> Content | None:
    """The content of a message; None for a kind that says nothing (sticker, poll, …)."""
    words = message.text or message.caption or ""
    if message.text is not None:
        files: tuple[RequestFile, ...] = ()
    else:
        file = _file(message)
        if file is None:
            return None
        files = (file,)
    return Content(
        text="" if texts.is_blank(words) else words.strip(),
        files=files,
        group=message.media_group_id,
        forwarded=message.forward_origin is not None,
    )


def _file(message: Message) -> RequestFile | None:
    if message.photo:
        largest = message.photo[-1]
        return RequestFile("photo", largest.file_id, size=largest.file_size)
    if message.location:
        place = message.location
        return RequestFile("location", f"{place.latitude},{place.longitude}")
    if message.voice:
        return RequestFile("voice", message.voice.file_id, size=message.voice.file_size)
    if message.video:
        video = message.video
        return RequestFile("video", video.file_id, video.file_name, video.file_size)
    if message.document and not message.animation:
        document = message.document
        return RequestFile("document", document.file_id, document.file_name, document.file_size)
    return None
