"""Files: kept in memory, known by an id, served until the local Telegram stops."""

import secrets
import struct
import zlib
from dataclasses import dataclass
from typing import Any

DOWNLOAD_LIMIT = 20 << 20
PHOTO_LIMIT = 10 << 20
UPLOAD_LIMIT = 50 << 20
FOLDERS = {"photo": "photos", "voice": "voice", "video": "videos", "document": "documents"}


@dataclass
class StoredFile:
    """One file. ``size`` may be larger than the bytes: a person can claim a huge document."""

    id: str
    unique_id: str
    kind: str
    data: bytes
    size: int
    name: str
    mime: str
    path: str
    width: int = 0
    height: int = 0
    duration: int = 0


class Files:
    """All the files of this Telegram."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(
        self,
        kind: str,
        data: bytes,
        name: str,
        mime: str,
        *,
        size: int | None = None,
        duration: int = 0,
    ) -> StoredFile:
        """Keep ``data`` and return its record with a new id."""
        width, height = image_size(data) or (0, 0)
        number = len(self._by_id)
        ending = "".join(c for c in name.rpartition(".")[2].lower() if c.isalnum())[:8] or "bin"
        stored = StoredFile(
            id=f"local_{kind}_{secrets.token_urlsafe(24)}",
            unique_id=f"u{secrets.token_urlsafe(9)}",
            kind=kind,
            data=data,
            size=len(data) if size is None else size,
            name=name,
            mime=mime,
            path=f"{FOLDERS.get(kind, 'files')}/file_{number}.{ending}",
            width=width,
            height=height,
            duration=duration,
        )
        self._by_id[stored.id] = stored
        self._by_path[stored.path] = stored
        return stored

    def get(self, file_id: str) -> StoredFile | None:
        """Return the file with this id, None when there is none."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """Return the file with this download path, None when there is none."""
        return self._by_path.get(path)


def image_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG, GIF, BMP or JPEG; None for anything else."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return int(width), int(height)
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return int(width), int(height)
    if data[:2] == b"BM" and len(data) >= 26:
        width, height = struct.unpack("<ii", data[18:26])
        return int(width), abs(int(height))
    return _jpeg_size(data) if data[:2] == b"\xff\xd8" else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + length
    return None


def sample_picture(width: int = 320, height: int = 240, shade: int = 0) -> bytes:
    """Return a small real PNG, so that a person can send a photo without having one."""
    colours = ((46, 134, 171), (241, 143, 1), (106, 153, 78), (162, 59, 114))
    top = bytes(colours[shade % len(colours)])
    bottom = bytes(value // 2 for value in top)
    rows = b"".join(b"\0" + (top if row < height // 2 else bottom) * width for row in range(height))

    def chunk(name: bytes, body: bytes) -> bytes:
        check = zlib.crc32(name + body)
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def wire(stored: StoredFile) -> dict[str, Any]:
    """Return the fields every kind of file has on the wire."""
    return {
        "file_id": stored.id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
    }
