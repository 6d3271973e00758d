"""Papers give their text, whatever wrote them; those that are no papers say what is wrong."""

import tracemalloc
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from handlers.papers import pdf as pdf_reading
from handlers.papers.failing import UnreadableError, Why
from handlers.papers.reading import text_of
from tests.handlers.papers import made

TEXT = "Бюро отырысы өтті.\nҚаралғаны: 3 мәселе, 2,3 млрд теңге 🎉"
MEGABYTE = 1024 * 1024
OLD = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600


async def why(name: str, content: bytes) -> Why:
    with pytest.raises(UnreadableError) as refused:
        await text_of(name, content)
    return refused.value.why


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Хабарлама.docx", made.docx(TEXT)),
        ("макрос.docm", made.docm(TEXT)),
        ("named as something else.txt", made.docx(TEXT)),
        ("Хабарлама.txt", TEXT.encode()),
        ("bom.txt", b"\xef\xbb\xbf" + TEXT.encode()),
        ("notepad.txt", TEXT.encode("utf-16")),
        ("without a name", TEXT.encode()),
    ],
)
async def test_the_text_comes_with_its_paragraphs(name: str, content: bytes) -> None:
    assert (await text_of(name, content)).split("\n") == TEXT.split("\n")


async def test_old_windows_and_tables_are_read() -> None:
    assert await text_of("a.txt", "Заседание Бюро".encode("cp1251")) == "Заседание Бюро"
    read = await text_of("a.docx", made.docx_with_table("Баяндамашы", "Оспанов Марат"))
    assert read.split("\n") == ["Хаттама", "Баяндамашы", "Оспанов Марат"]


async def test_the_text_layer_of_a_pdf_is_read_page_by_page() -> None:
    read = await text_of("a.pdf", made.pdf("Бірінші бет\nекінші жол", "Екінші бет"))
    assert [line.strip() for line in read.splitlines() if line.strip()] == [
        "Бірінші бет",
        "екінші жол",
        "Екінші бет",
    ]


async def test_a_scan_has_no_text() -> None:
    assert await why("scan.pdf", made.pdf("", "")) is Why.NO_TEXT
    assert await why("empty.txt", b"  \n\n") is Why.NO_TEXT
    assert await why("empty.docx", made.docx("")) is Why.NO_TEXT


@pytest.mark.parametrize("password", ["құпия", ""])
async def test_a_locked_pdf_is_told_from_one_that_anybody_opens(password: str) -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(made.pdf("Бюро отырысы"))))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    locked = BytesIO()
    writer.write(locked)
    if password:
        assert await why("a.pdf", locked.getvalue()) is Why.ENCRYPTED
    else:
        assert "Бюро отырысы" in await text_of("a.pdf", locked.getvalue())


async def test_a_locked_document_lies_in_an_old_file() -> None:
    inside = "EncryptedPackage".encode("utf-16-le")
    assert await why("a.docx", OLD + inside) is Why.ENCRYPTED
    assert await why("a.doc", OLD) is Why.OLD_WORD


async def test_what_is_not_what_its_name_says() -> None:
    whole = made.docx(TEXT)
    for name, content in (
        ("a.docx", b"plain words"),
        ("a.pdf", b"plain words"),
        ("a.docx", whole[: len(whole) // 2]),
        ("a.docx", b"PK\x03\x04" + b"\0" * 100),
        ("a.docx", made.repacked(whole, {"word/document.xml": b"<w:document"})),
        ("a.pdf", b"%PDF-1.7\nnothing more"),
    ):
        assert await why(name, content) is Why.BROKEN, (name, content[:20])
    for name, content in (
        (
            "a.zip",
            made.repacked(whole, {}, None).replace(b"word/document.xml", b"word/dokument.xml"),
        ),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(range(32))),
        ("a.rtf", b"{\\rtf1 words}"),
    ):
        assert await why(name, content) is Why.KIND, (name, content[:20])


async def test_a_bomb_is_not_unpacked() -> None:
    whole = made.docx(TEXT)
    swollen = made.repacked(whole, {"word/media/image1.bmp": b"\0" * (40 * MEGABYTE)})
    heavy = made.repacked(whole, {"word/document.xml": b"<w:document>" + b" " * (21 * MEGABYTE)})
    crowded = made.repacked(whole, {f"word/media/{n}.png": b"" for n in range(5000)})
    tracemalloc.start()
    try:
        for bomb in (swollen, heavy, crowded):
            assert len(bomb) < MEGABYTE
            assert await why("a.docx", bomb) is Why.TOO_MUCH
        assert tracemalloc.get_traced_memory()[1] < 10 * MEGABYTE
    finally:
        tracemalloc.stop()


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def with_entities(entities: str, text: str) -> bytes:
    document = (
        f'<!DOCTYPE d [{entities}]><w:document xmlns:w="{WORD}"><w:body>'
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    )
    return made.repacked(made.docx(TEXT), {"word/document.xml": document.encode()})


async def test_entities_are_not_resolved() -> None:
    file = with_entities('<!ENTITY x SYSTEM "file:///etc/passwd">', "Отырыс &x;")
    assert await text_of("a.docx", file) == "Отырыс"
    steps = "".join(
        f'<!ENTITY {name} "{f"&{of};" * 20}">' for of, name in zip("abcde", "bcdef", strict=True)
    )
    laughs = with_entities(f'<!ENTITY a "aaaaaaaaaa">{steps}', "&f;")
    assert await why("a.docx", laughs) is Why.BROKEN


async def test_reading_does_not_go_on_for_ever() -> None:
    with pytest.raises(UnreadableError) as refused:
        pdf_reading.text(made.pdf("бір", "екі"), seconds=-1, most=100)
    assert refused.value.why is Why.TOO_SLOW
