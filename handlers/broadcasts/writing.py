"""What an author writes or sends becomes a draft, or what a draft says from now on."""

from dataclasses import asdict
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.broadcasts import screens, showing, taking, wizard
from handlers.broadcasts.callbacks import AlbumDone
from handlers.broadcasts.filters import NoCommand
from handlers.broadcasts.taking import Taken
from handlers.turn import FILLED, Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, toast
from storage import broadcasts
from storage.broadcasts import ORIGINAL, Content, Piece
from storage.errors import AlreadyChanged
from storage.rules.access import Action

router = Router(name="broadcasts.writing")

MOST = 10  # files of an album, Telegram's limit


@router.message(StateFilter(wizard.TEXT, wizard.VERSION), NoCommand())
@policy(Action.BROADCAST)
async def written(message: Message, turn: Turn) -> Screen:
    """The content: whatever message it is."""
    return await take(turn, taking.message(turn.t, message))


@router.message(StateFilter(wizard.ALBUM), NoCommand())
@policy(Action.BROADCAST)
async def next_part(message: Message, turn: Turn) -> Screen | None:
    """Another part of the album comes without a word; anything else waits for its end."""
    data, taken = turn.conversation.data, taking.message(turn.t, message)
    known = unpacked(data)
    if taken.group is None or taken.group != data["group"] or len(known.pieces) >= MOST:
        return await wizard.ask_album(turn)
    words = "\n".join(part for part in (known.words, taken.content.words) if part)
    said = Content(words, known.pieces + taken.content.pieces)
    turn.conversation.to(wizard.ALBUM, said=packed(said))
    return None


@router.callback_query(AlbumDone.filter())
@policy(Action.BROADCAST)
async def album_done(query: CallbackQuery, turn: Turn) -> Screen:
    """All of it is there."""
    if turn.conversation.state != wizard.ALBUM:
        word = turn.t.plain("This album was taken already. Open your broadcasts: /broadcasts")
        return toast(word, alert=True)
    return await _keep(turn, unpacked(turn.conversation.data))


async def take(turn: Turn, taken: Taken) -> Screen:
    """Keep what was sent, or say what is wrong with it; of an album the rest is awaited."""
    if taken.mistake is not None:
        if turn.conversation.state == wizard.VERSION:
            return await wizard.ask_version(turn, taken.mistake)
        return await wizard.ask_text(turn, taken.mistake)
    if taken.group is not None:
        given: dict[str, Any] = {"said": packed(taken.content), "group": taken.group, FILLED: True}
        turn.conversation.to(wizard.ALBUM, **given)
        return await wizard.ask_album(turn)
    return await _keep(turn, taken.content)


async def begin_draft(turn: Turn, branch_id: int | None, said: Content) -> Screen:
    """A new draft, shown as it will arrive."""
    turn.conversation.clear()
    shown = await turn.write(broadcasts.draft, turn.actor, branch_id, said, turn.now, turn.today)
    return screens.preview(turn.t, shown, copied=True, now=turn.local)


async def _keep(turn: Turn, said: Content) -> Screen:
    data: dict[str, Any] = turn.conversation.data
    if data.get("broadcast_id") is None:
        return await begin_draft(turn, data.get("branch_id"), said)
    number, version = data["broadcast_id"], data["version"]
    language = data.get("language", ORIGINAL)
    turn.conversation.clear()
    given = (number, version, said, turn.now, turn.today)
    try:
        shown = await turn.write(broadcasts.rewrite, turn.actor, *given, language=language)
    except AlreadyChanged:
        return await showing.stands_otherwise(turn, number)
    return screens.preview(turn.t, shown, copied=True, now=turn.local)


def packed(said: Content) -> dict[str, Any]:
    """A content as it is kept in a conversation."""
    return asdict(said)


def unpacked(data: dict[str, Any]) -> Content:
    """The content of a conversation; an empty one where there is none yet."""
    said = data.get("said", {})
    return Content(
        said.get("words", ""),
        tuple(Piece(**piece) for piece in said.get("pieces", ())),
        tuple(said.get("options", ())),
    )
