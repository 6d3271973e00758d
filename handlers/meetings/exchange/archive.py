"""A meeting's archive as one packed file: its papers in kk and ru, its lists, its materials."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from handlers.meetings.exchange import archive_books
from handlers.meetings.papers import document_docx, minutes_docx, office
from handlers.ui.i18n import LANGUAGES, Translator, translator
from storage.meetings.exchange.archive import Archived
from storage.meetings.records import Meeting
from storage.meetings.telling import Told

NAME = 100  # characters of a file's name

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_TITLES = {"kk": "Қазақша", "ru": "По-русски"}  # of the folders, each in its own language


@dataclass(frozen=True)
class Missing:
    """A material that is not in the archive, and why, in words."""

    name: str
    why: str


def packed(
    language: str,
    kept: Archived,
    contents: Mapping[int, bytes],
    missing: tuple[Missing, ...],
    zone: ZoneInfo,
    now: datetime,
) -> bytes:
    """The archive; ``contents`` are the materials that could be had, by id.

    ``language`` is that of whoever gets it: the lists and names are in it. It takes seconds: call
    it in a thread.
    """
    t = translator(language)
    whole = BytesIO()
    stamp = now.astimezone(zone)
    with ZipFile(whole, "w", ZIP_DEFLATED) as package:
        for name, content in _papers(t, kept, zone, now):
            _put(package, name, content, stamp)
        taken: set[str] = set()
        folder = t.plain("Materials")
        for one in kept.materials:
            if one.id in contents:
                name = _free(f"{folder}/{safe(one.name)}", taken)
                _put(package, name, contents[one.id], stamp, packed=True)
        if missing:
            listed = "\n".join(f"{one.name} – {one.why}" for one in missing)
            name = t.plain("Not in the archive")
            _put(package, f"{name}.txt", _text(listed), stamp)
    return whole.getvalue()


def safe(name: str) -> str:
    """A file's name that stays within its folder on every system."""
    flat = " ".join(_UNSAFE.sub(" ", name).split()).strip(". ")
    stem, dot, suffix = flat.rpartition(".")
    if dot and len(suffix) <= 10:
        return f"{stem[: NAME - len(suffix) - 1]}.{suffix}"
    return flat[:NAME] or "file"


def _papers(
    t: Translator, kept: Archived, zone: ZoneInfo, now: datetime
) -> Iterator[tuple[str, bytes]]:
    for code in LANGUAGES:
        own = translator(code)
        folder, name = _TITLES[code], own.plain("Minutes")
        yield f"{folder}/{name}.docx", minutes_docx.minutes(code, kept.minutes, zone, now)
        if kept.document.clauses:
            name = own.plain("Final document")
            yield f"{folder}/{name}.docx", document_docx.document(code, kept.document, zone, now)
        name = own.plain("Summary")
        summary = _summary(own, kept.minutes.meeting, kept.told, zone)
        yield f"{folder}/{name}.txt", _text(summary)
    name = t.plain("Lists")
    yield f"{name}.xlsx", archive_books.lists(t.language, kept, zone, now)


def _summary(t: Translator, meeting: Meeting, told: Told, zone: ZoneInfo) -> str:
    moment = meeting.began_at or meeting.starts_at
    day = office.official_day(t, moment.astimezone(zone).date()) if moment else ""
    parts = [
        t.pick(meeting.title_kk, meeting.title_ru),
        day or t.pick(meeting.period_kk, meeting.period_ru),
        t.pick(meeting.source_kk, meeting.source_ru),
        "",
        t.pick(meeting.summary_kk, meeting.summary_ru) or t.plain("There is no summary yet."),
        t.pick(meeting.decision_kk, meeting.decision_ru),
        "",
    ]
    for item in meeting.items:
        parts.append(f"{item.number}. {t.pick(item.title_kk, item.title_ru)}")
        parts += [t.pick(item.heard_kk, item.heard_ru), t.pick(item.decision_kk, item.decision_ru)]
        for one in told.figures:
            if one.item_id == item.id:
                said = (t.pick(one.label_kk, one.label_ru), one.value, one.unit, one.period)
                parts.append("– " + " ".join(part for part in said if part))
    return "\n".join(part for n, part in enumerate(parts) if part or (n and parts[n - 1]))


def _text(text: str) -> bytes:
    # With a mark: Notepad of old Windows takes the letters for another alphabet without.
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def _put(
    package: ZipFile, name: str, content: bytes, at: datetime, *, packed: bool = False
) -> None:
    """Write a file; photos, videos and documents (``packed``) grow no smaller."""
    described = ZipInfo(name, at.timetuple()[:6])
    described.compress_type = ZIP_STORED if packed else ZIP_DEFLATED
    described.external_attr = 0o600 << 16
    package.writestr(described, content)


def _free(name: str, taken: set[str]) -> str:
    """``name``, with a number when another file has it."""
    stem, dot, suffix = name.rpartition(".")
    stem, ending = (stem, f".{suffix}") if dot else (name, "")
    found, number = name, 2
    while found.casefold() in taken:
        found, number = f"{stem} ({number}){ending}", number + 1
    taken.add(found.casefold())
    return found
