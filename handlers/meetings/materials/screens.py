"""The screens of materials: a list, one file, and sending more."""

from markupsafe import Markup

from handlers.meetings.callbacks import OpenItem, OpenMeeting
from handlers.meetings.materials.callbacks import (
    Materials,
    OpenMaterial,
    RemoveMaterial,
    SendMaterials,
)
from handlers.meetings.texts import clipped, title
from handlers.turn import Turn
from handlers.ui import nav, paging, wizard
from handlers.ui.i18n import Translator
from handlers.ui.screen import Attachment, Button, Row, Screen, lines, shortened
from storage.meetings import AgendaItem, Meeting
from storage.meetings.materials import LIMIT, OPEN
from storage.meetings.papers import Material
from storage.meetings.preparing import prepares

LABEL = 60
TITLE = 200
SIGNS = {"document": "📄", "photo": "🖼", "video": "🎬", "audio": "🎵", "voice": "🎤"}
MEGABYTE = 1024 * 1024


def may_add(turn: Turn, meeting: Meeting, item: AgendaItem | None) -> bool:
    """Whether the person of this turn adds files there: who prepares it, and the speaker."""
    if turn.in_group or meeting.state not in OPEN:
        return False
    speaks = item is not None and item.speaker_id == turn.actor.person_id
    return speaks or prepares(turn.actor, meeting.branch_id, meeting.body)


def listed(
    turn: Turn, meeting: Meeting, item: AgendaItem | None, found: list[Material], page: int = 0
) -> Screen:
    """The files, each a button that has it sent."""
    t, total = turn.t, len(found)
    page = paging.clamp(page, total)
    item_id = item.id if item else 0
    shown = found[page * paging.PAGE : (page + 1) * paging.PAGE]
    buttons = [Button(label(t, one), OpenMaterial(id=one.id)) for one in shown]

    def to(number: int) -> Materials:
        return Materials(meeting=meeting.id, item=item_id, page=number)

    return Screen(
        lines(
            title(turn, meeting),
            _of_item(t, item),
            t("📎 <b>Materials: {n}</b>", n=total)
            if total
            else t("📎 There are no materials yet."),
            t("Tap a file and it is sent to you.") if total else None,
        ),
        rows=(
            *paging.rows(t, buttons, page, total, to),
            *_adding(turn, meeting, item),
            nav.exits(t, _back(meeting, item)),
        ),
    )


def opened(turn: Turn, meeting: Meeting, one: Material, content: bytes | None) -> Screen:
    """The file itself, and under it the ways on."""
    t = turn.t
    gone: Row = (Button(t.plain("🗑 Take the file away"), RemoveMaterial(id=one.id)),)
    may = meeting.state in OPEN and prepares(turn.actor, meeting.branch_id, meeting.body)
    return Screen(
        Markup("📎 {}").format(one.name),
        rows=(
            *((gone,) if may else ()),
            nav.exits(t, Materials(meeting=meeting.id, item=one.item_id or 0)),
        ),
        attachments=(Attachment(one.kind, one.file_id, content, one.name),),
    )


def remove(turn: Turn, one: Material) -> Screen:
    """Which file would be taken away."""
    t = turn.t
    return Screen(
        lines(t("🗑 <b>Take this file away?</b>"), one.name),
        rows=(
            (Button(t.plain("Take it away"), RemoveMaterial(id=one.id, sure=True)),),
            nav.exits(t, Materials(meeting=one.meeting_id, item=one.item_id or 0)),
        ),
    )


def sending(
    turn: Turn,
    meeting: Meeting,
    item: AgendaItem | None,
    n: int,
    *,
    word: Markup | None = None,
    mistake: Markup | None = None,
) -> Screen:
    """Files are awaited; ``n`` are there."""
    t = turn.t
    there = Materials(meeting=meeting.id, item=item.id if item else 0)
    return wizard.step(
        t,
        1,
        1,
        lines(
            word,
            t("📎 Send the files, one by one or as an album."),
            _of_item(t, item) or title(turn, meeting),
            t("Files there now: {n} of {limit}", n=n, limit=LIMIT),
        ),
        hint=t("Document, photo, video, audio or voice. What you write under a file is its name."),
        mistake=mistake,
        rows=((Button(t.plain("✅ That is all"), there),),),
        back=there,
    )


def label(t: Translator, one: Material) -> str:
    """A file in a list: sign, name, size."""
    size = f" · {_size(t, one.size)}" if one.size else ""
    room = LABEL - len(size)
    return shortened(f"{SIGNS.get(one.kind, '📄')} {one.name}", room) + size


def _size(t: Translator, size: int) -> str:
    if size < MEGABYTE:
        return t.plain("{n} KB", n=max(1, round(size / 1024)))
    # Kazakh and Russian write a decimal comma.
    return t.plain("{n} MB", n=f"{size / MEGABYTE:.1f}".replace(".", ","))


def _adding(turn: Turn, meeting: Meeting, item: AgendaItem | None) -> tuple[Row, ...]:
    if not may_add(turn, meeting, item):
        return ()
    goes = SendMaterials(meeting=meeting.id, item=item.id if item else 0)
    return ((Button(turn.t.plain("➕ Add files"), goes),),)


def _of_item(t: Translator, item: AgendaItem | None) -> Markup | None:
    if item is None:
        return None
    text = clipped(t.pick(item.title_kk, item.title_ru), TITLE)
    return Markup("{}. {}").format(item.number, text)


def _back(meeting: Meeting, item: AgendaItem | None) -> OpenItem | OpenMeeting:
    return OpenItem(id=meeting.id, number=item.number) if item else OpenMeeting(id=meeting.id)
