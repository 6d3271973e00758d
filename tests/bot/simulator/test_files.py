"""Sizes of pictures read from their own bytes."""

import struct

import pytest

from bot.simulator.files import Files, image_size, sample_picture


def jpeg(width: int, height: int) -> bytes:
    app0 = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF" + b"\0" * 10
    frame = b"\xff\xc0" + struct.pack(">HBHH", 17, 8, height, width) + b"\0" * 10
    return b"\xff\xd8" + app0 + frame


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (sample_picture(7, 5), (7, 5)),
        (jpeg(640, 480), (640, 480)),
        (b"GIF89a" + struct.pack("<HH", 3, 4), (3, 4)),
        (b"BM" + b"\0" * 16 + struct.pack("<ii", 8, -9), (8, 9)),
        (b"\xff\xd8\xff", None),
        (b"%PDF-1.4", None),
        (b"", None),
    ],
)
def test_image_size(data: bytes, size: tuple[int, int] | None) -> None:
    assert image_size(data) == size


def test_names_never_reach_the_path() -> None:
    stored = Files().add("document", b"x", "../../etc/passwd.p/hp", "text/plain")
    assert "/" not in stored.path.split("/", 1)[1]
    assert ".." not in stored.path
