"""Papers as an office makes them, and as nobody should: made here, so that each says what it is."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document

MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
PLAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def docx(text: str) -> bytes:
    """A Word document, a paragraph a line."""
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    return _saved(document)


def docx_with_table(*cells: str) -> bytes:
    document = Document()
    document.add_paragraph("Хаттама")
    table = document.add_table(rows=1, cols=len(cells))
    for cell, text in zip(table.rows[0].cells, cells, strict=True):
        cell.text = text
    return _saved(document)


def docm(text: str) -> bytes:
    """The same with macros in it."""
    return repacked(docx(text), {"word/vbaProject.bin": b"\0macro"}, {PLAIN: MACROS})


def repacked(
    package: bytes, more: dict[str, bytes], instead: dict[str, str] | None = None
) -> bytes:
    """A package with more files in it, and other words in its lists."""
    made = BytesIO()
    with ZipFile(BytesIO(package)) as before, ZipFile(made, "w", ZIP_DEFLATED) as after:
        for part in before.namelist():
            content = before.read(part)
            for old, new in (instead or {}).items():
                content = content.replace(old.encode(), new.encode())
            if part not in more:
                after.writestr(part, content)
        for name, content in more.items():
            after.writestr(name, content)
    return made.getvalue()


def pdf(*pages: str) -> bytes:
    """A PDF with a text layer, a line a line; pages without text are empty."""
    unicode = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap "
        b"/CMapName /Own def /CMapType 2 def "
        b"1 begincodespacerange <0000> <FFFF> endcodespacerange "
        b"1 beginbfrange <0000> <FFFF> <0000> endbfrange "
        b"endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H "
        b"/DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
    )
    glyphs = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /DW 500 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(pages)))
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        font,
        glyphs,
        _stream(unicode),
    ]
    for number, page in enumerate(pages):
        parts.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        shown = [f"<{line.encode('utf-16-be').hex()}> Tj 0 -14 Td" for line in page.splitlines()]
        drawn = f"BT /F1 10 Tf 40 800 Td {' '.join(shown)} ET" if shown else ""
        parts.append(_stream(drawn.encode()))
    return _assembled(parts)


def _assembled(parts: list[bytes]) -> bytes:
    made, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode() + part + b"\nendobj\n"
    table = f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n"
    table += "".join(f"{place:010} 00000 n \n" for place in places)
    ending = f"trailer << /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF"
    return made + (table + ending).encode()


def _stream(content: bytes) -> bytes:
    return f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _saved(document: object) -> bytes:
    made = BytesIO()
    document.save(made)  # type: ignore[attr-defined]
    return made.getvalue()
