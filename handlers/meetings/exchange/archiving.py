"""A meeting's archive for whoever prepares it: its materials are fetched, everything is packed."""

import asyncio
from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.files import FETCH_LIMIT, FileGone, FileTooBig
from handlers.meetings import manage
from handlers.meetings.exchange import archive
from handlers.meetings.exchange.archive import Missing
from handlers.meetings.exchange.callbacks import Archive
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Attachment, Screen
from storage.meetings import Meeting
from storage.meetings.exchange import archive as kept_archive
from storage.meetings.papers import Material
from storage.rules.access import Action

router = Router(name="meetings.archive")

WHOLE = 45 * 1024 * 1024  # bytes of all materials; Telegram takes 50 MB from a bot


@router.callback_query(Archive.filter())
@policy(Action.PREPARE_MEETINGS)
async def send(query: CallbackQuery, turn: Turn, callback_data: Archive) -> Screen:
    """The archive as a file."""
    kept = await turn.read(kept_archive.whole, turn.actor, callback_data.id, turn.zone, turn.today)
    contents, missing = await _materials(turn, kept.materials)
    made = await asyncio.to_thread(
        archive.packed, turn.t.language, kept, contents, missing, turn.zone, turn.now
    )
    t, meeting = turn.t, kept.minutes.meeting
    word = t("✅ The archive of the meeting. Materials in it: {n}", n=len(contents))
    if missing:
        word = t(
            "✅ The archive of the meeting. Materials in it: {n}, only named: {other}",
            n=len(contents),
            other=len(missing),
        )
    screen = manage.screen(turn, meeting, word=word)
    sent = Attachment("document", content=made, name=_name(turn, meeting))
    return replace(screen, attachments=(sent,))


async def _materials(
    turn: Turn, listed: tuple[Material, ...]
) -> tuple[dict[int, bytes], tuple[Missing, ...]]:
    """The files that can be had: from the disk, else from Telegram; and why the others cannot."""
    contents: dict[int, bytes] = {}
    missing: list[Missing] = []
    left = WHOLE
    for one in listed:
        try:
            content = await _content(turn, one, min(left, FETCH_LIMIT))
        except FileTooBig:
            missing.append(Missing(one.name, turn.t.plain("too big for the archive")))
        except FileGone:
            missing.append(Missing(one.name, turn.t.plain("Telegram does not hand it out")))
        else:
            contents[one.id] = content
            left -= len(content)
    return contents, tuple(missing)


async def _content(turn: Turn, one: Material, most: int) -> bytes:
    """Raises FileTooBig and FileGone."""
    if one.size is not None and one.size > most:
        raise FileTooBig(one.name)
    if one.path:
        try:
            content = await turn.files.kept(one.path)
        except FileGone:
            pass
        else:
            if len(content) > most:
                raise FileTooBig(one.name)
            return content
    return await turn.files.fetch(one.file_id, most)


def _name(turn: Turn, meeting: Meeting) -> str:
    moment = meeting.began_at or meeting.starts_at
    day = f" {moment.astimezone(turn.zone):%Y-%m-%d}" if moment else ""
    name = turn.t.plain("Archive")
    return f"{name}{day}.zip"
