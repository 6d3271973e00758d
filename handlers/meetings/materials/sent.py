"""What a message brings as a material: its file, under a name that people know it by."""

from dataclasses import dataclass
from typing import Any

from aiogram.types import Message

from handlers.ui import texts
from handlers.ui.screen import shortened
from storage.meetings.materials import NAME_LIMIT, NewMaterial

# What a file without a name of its own is called.
NAMES = {
    "document": "document",
    "photo": "photo.jpg",
    "video": "video.mp4",
    "audio": "audio.mp3",
    "voice": "voice.ogg",
}


@dataclass(frozen=True)
class Sent:
    """A file that came; ``group`` is shared by the parts of an album."""

    file: NewMaterial
    group: str | None


def of(message: Message) -> Sent | None:
    """The file of a message; None when it has none that could be kept."""
    for kind in NAMES:
        found: Any = getattr(message, kind)
        if found:
            # Of a photo the largest size.
            return Sent(
                _file(kind, found[-1] if kind == "photo" else found, message),
                group=message.media_group_id,
            )
    return None


def _file(kind: str, found: Any, message: Message) -> NewMaterial:
    caption = message.caption or ""
    own = getattr(found, "file_name", None) or getattr(found, "title", None)
    # People write under a file what it is; else it is known by the name it has.
    name = own if texts.is_blank(caption) else caption
    return NewMaterial(
        kind=kind,
        file_id=found.file_id,
        file_unique_id=found.file_unique_id,
        name=shortened(name or NAMES[kind], NAME_LIMIT),
        size=found.file_size,
    )
