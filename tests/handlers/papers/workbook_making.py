"""Workbooks as other programs make them, good and bad."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 504
LOCKED = OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 64


def book(
    sheets: Mapping[str, Sequence[Sequence[Any]]], change: Callable[[Workbook], Any] | None = None
) -> bytes:
    """A workbook with these lines; ``change`` does what else somebody did to it."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    if change is not None:
        change(made)
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def from_1904(made: Workbook) -> None:
    """The workbook counts days as old ones from a Mac do."""
    made.epoch = datetime(1904, 1, 1)  # noqa: DTZ001 - as openpyxl has it


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """The package with a part added or in place of the one of that name."""
    whole = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(whole, "w", ZIP_DEFLATED) as after:
        for one in before.infolist():
            if one.filename != name:
                after.writestr(one, before.read(one))
        after.writestr(name, part)
    return whole.getvalue()


def bomb() -> bytes:
    """A small workbook with a hundred megabytes in it."""
    return with_part(book({"A": [["x"]]}), "xl/media/image1.bin", b"\0" * 100 * 1024 * 1024)
