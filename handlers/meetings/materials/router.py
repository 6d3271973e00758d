"""Materials: opened by those to whom they belong, sent in by whoever prepares the meeting."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.files import FileGone, FileTooBig
from handlers.meetings.materials import screens, sent
from handlers.meetings.materials.callbacks import (
    Materials,
    OpenMaterial,
    RemoveMaterial,
    SendMaterials,
)
from handlers.meetings.materials.sent import Sent
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Screen
from handlers.ui.wizard import Renderer
from storage.errors import NotAllowed, NotFound, NotPossible
from storage.meetings import AgendaItem, Meeting, materials, papers
from storage.meetings.materials import KEPT_LIMIT, LIMIT, NewMaterial
from storage.meetings.papers import Material
from storage.rules.access import Action

router = Router(name="meetings.materials")

CAPABILITY = "materials"
SEND = f"{CAPABILITY}:send"

Found = tuple[Meeting, AgendaItem | None, list[Material]]


@router.callback_query(Materials.filter())
@policy(Action.READ_MEETINGS)
async def show(query: CallbackQuery, turn: Turn, callback_data: Materials) -> Screen:
    """The files that the person may open; whoever was sending them is done."""
    if turn.conversation.state == SEND:
        turn.conversation.clear()
    meeting, item, found = await _found(turn, callback_data.meeting, callback_data.item)
    return screens.listed(turn, meeting, item, found, callback_data.page)


@router.callback_query(OpenMaterial.filter())
@policy(Action.READ_MEETINGS)
async def open_(query: CallbackQuery, turn: Turn, callback_data: OpenMaterial) -> Screen:
    """The file: from Telegram by its id, else as it was kept."""
    one = await turn.read(papers.material, turn.actor, callback_data.id)
    meeting, _, _ = await _found(turn, one.meeting_id, one.item_id or 0)
    return screens.opened(turn, meeting, one, await _kept(turn, one))


@router.callback_query(RemoveMaterial.filter())
@policy(Action.PREPARE_MEETINGS)
async def remove(query: CallbackQuery, turn: Turn, callback_data: RemoveMaterial) -> Screen:
    """First which one, then it is gone."""
    one = await turn.read(papers.material, turn.actor, callback_data.id)
    if not callback_data.sure:
        return screens.remove(turn, one)
    await turn.write(materials.remove, turn.actor, one.id, turn.now)
    meeting, item, found = await _found(turn, one.meeting_id, one.item_id or 0)
    return screens.listed(turn, meeting, item, found)


@router.callback_query(SendMaterials.filter())
@policy(Action.READ_MEETINGS)
async def begin(query: CallbackQuery, turn: Turn, callback_data: SendMaterials) -> Screen:
    """Files are awaited from now on."""
    meeting, item, found = await _found(turn, callback_data.meeting, callback_data.item)
    if not screens.may_add(turn, meeting, item):
        raise NotAllowed(Action.PREPARE_MEETINGS, meeting.branch_id)
    if turn.conversation.state == SEND:
        turn.conversation.clear()
    turn.conversation.pause()
    turn.conversation.to(SEND, meeting=meeting.id, item=callback_data.item)
    return screens.sending(turn, meeting, item, len(_own(found, item)))


@router.message(StateFilter(SEND))
@policy(Action.READ_MEETINGS)
async def received(message: Message, turn: Turn) -> Screen | None:
    """A file, or a part of an album; the parts after the first are taken without a word."""
    came = sent.of(message)
    if came is None:
        return await again(
            turn, turn.t("A file is needed here: a document, photo, video or sound.")
        )
    data = turn.conversation.data
    in_album = came.group is not None and data.get("album") == came.group
    try:
        is_new = await _keep(turn, came)
    except NotPossible as error:
        return await again(turn, _why(turn, error))
    except NotFound:
        turn.conversation.clear()
        raise
    if in_album:
        return None
    meeting, item, found = await _found(turn, int(data["meeting"]), int(data["item"]))
    word = (
        turn.t("✅ Kept: {name}", name=came.file.name)
        if is_new
        else turn.t("This file is there already: {name}", name=came.file.name)
    )
    return screens.sending(turn, meeting, item, len(_own(found, item)), word=word)


async def again(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The step as it stands, with what is wrong with what came."""
    data = turn.conversation.data
    try:
        found = await _found(turn, int(data.get("meeting") or 0), int(data.get("item") or 0))
    except NotFound:
        turn.conversation.clear()
        raise
    meeting, item, files = found
    return screens.sending(turn, meeting, item, len(_own(files, item)), mistake=mistake)


RESUME: dict[str, Renderer] = {SEND: again}


async def _keep(turn: Turn, came: Sent) -> bool:
    data = turn.conversation.data
    new = await _on_disk(turn, came.file)
    if came.group is not None:
        turn.conversation.to(SEND, album=came.group)
    meeting_id, item_id = int(data["meeting"]), int(data["item"]) or None
    return await turn.write(materials.add, turn.actor, meeting_id, item_id, new, turn.now)


async def _on_disk(turn: Turn, file: NewMaterial) -> NewMaterial:
    """A small file is kept; a bigger one, or one that cannot be had, stays at Telegram only."""
    if file.size is not None and file.size > KEPT_LIMIT:
        return file
    try:
        content = await turn.files.fetch(file.file_id, KEPT_LIMIT)
    except (FileTooBig, FileGone):
        return file
    path = await turn.files.keep(file.name, content)
    return replace(file, path=path, size=file.size or len(content))


async def _kept(turn: Turn, one: Material) -> bytes | None:
    try:
        return await turn.files.kept(one.path) if one.path else None
    except FileGone:
        return None


async def _found(turn: Turn, meeting_id: int, item_id: int) -> Found:
    meeting, found = await turn.read(papers.every_material, turn.actor, meeting_id, item_id or None)
    item = next((one for one in meeting.items if one.id == item_id), None)
    return meeting, item, found


def _own(found: list[Material], item: AgendaItem | None) -> list[Material]:
    """Those of the item, or of the meeting as a whole: what the limit counts."""
    return [one for one in found if one.item_id == (item.id if item else None)]


def _why(turn: Turn, error: NotPossible) -> Markup:
    if error.reason == "too_many":
        return turn.t("There are {n} files already, and no more fit in.", n=LIMIT)
    return turn.t("The meeting is past this: its materials do not change any more.")
