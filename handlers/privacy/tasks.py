"""A person asks for the own data: the secretary begins a task, gives the file, or erases."""

import asyncio
from collections.abc import Mapping

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.privacy import book, task_callbacks, task_screens
from handlers.requests.filters import NoCommand
from handlers.turn import Turn
from handlers.ui.policy import policy
from handlers.ui.screen import Attachment, Screen
from handlers.ui.wizard import Renderer
from storage import requests
from storage.data_tasks import erasing, exporting, seeking, tasks
from storage.data_tasks.seen import Seen
from storage.data_tasks.tasks import DataTask, Kind
from storage.errors import AlreadyChanged, NotPossible
from storage.rules.access import Action

router = Router(name="privacy.tasks")

CAPABILITY = "data_tasks"
NUMBER = f"{CAPABILITY}:number"


@router.callback_query(task_callbacks.DataTasks.filter())
@policy(Action.ANSWER_FOR_DATA)
async def listed(query: CallbackQuery, turn: Turn) -> Screen:
    """What is to be done."""
    _leave(turn)
    return task_screens.listing(turn, await turn.read(tasks.open_ones, turn.actor))


@router.callback_query(task_callbacks.AskNumber.filter())
@policy(Action.ANSWER_FOR_DATA)
async def asked(
    query: CallbackQuery, turn: Turn, callback_data: task_callbacks.AskNumber
) -> Screen:
    """The phone or IIN is typed next."""
    _leave(turn)
    turn.conversation.pause()
    turn.conversation.to(NUMBER, kind=callback_data.kind.value)
    return await show(turn)


@router.message(StateFilter(NUMBER), NoCommand())
@policy(Action.ANSWER_FOR_DATA)
async def typed(message: Message, turn: Turn) -> Screen:
    """Whose data: the task begins."""
    kind = Kind(turn.conversation.data["kind"])
    given = (kind, message.text or "", turn.now, turn.zone)
    try:
        task = await turn.write_then(
            lambda _: turn.conversation.clear(), tasks.begin_for, turn.actor, *given
        )
    except NotPossible:
        return await show(turn, turn.t("This is neither a phone of Kazakhstan nor an IIN."))
    return await _card(turn, task.id)


@router.callback_query(task_callbacks.AskKind.filter())
@policy(Action.ANSWER_FOR_DATA)
async def of_request(
    query: CallbackQuery, turn: Turn, callback_data: task_callbacks.AskKind
) -> Screen:
    """What the voter of a request asks for."""
    return task_screens.kinds(turn.t, await turn.read(requests.get, turn.actor, callback_data.id))


@router.callback_query(task_callbacks.BeginOf.filter())
@policy(Action.ANSWER_FOR_DATA)
async def begin(query: CallbackQuery, turn: Turn, callback_data: task_callbacks.BeginOf) -> Screen:
    """The task for the voter of a request begins."""
    given = (callback_data.kind, callback_data.id, turn.now, turn.zone)
    task = await turn.write(tasks.begin_of, turn.actor, *given)
    return await _card(turn, task.id)


@router.callback_query(task_callbacks.OpenTask.filter())
@policy(Action.ANSWER_FOR_DATA)
async def opened(
    query: CallbackQuery, turn: Turn, callback_data: task_callbacks.OpenTask
) -> Screen:
    """One task."""
    return await _card(turn, callback_data.id)


@router.callback_query(task_callbacks.GiveData.filter())
@policy(Action.ANSWER_FOR_DATA)
async def give(query: CallbackQuery, turn: Turn, callback_data: task_callbacks.GiveData) -> Screen:
    """The file, to be handed to the person."""
    of = callback_data
    try:
        seen = await _seek(turn, of.id)
        given = await turn.write(exporting.export, turn.actor, of.id, of.version, turn.now, seen)
    except (AlreadyChanged, NotPossible):
        return await _card(turn, of.id, _changed(turn))
    made = (turn.t.language, given, turn.zone, turn.local)
    content = await asyncio.to_thread(book.workbook, *made)
    word = turn.t("📤 Hand this file to the person only, and delete it from the chat then.")
    shown = task_screens.card(turn, given.task, given.task.proof, word)
    file = Attachment("document", content=content, name=book.NAME)
    return Screen(shown.text, rows=shown.rows, fresh=True, attachments=(file,))


@router.callback_query(task_callbacks.EraseData.filter())
@policy(Action.ANSWER_FOR_DATA)
async def erase(
    query: CallbackQuery, turn: Turn, callback_data: task_callbacks.EraseData
) -> Screen:
    """First what would be erased; then it is, in the database and in what its files remember."""
    of = callback_data
    if not of.sure:
        task, counts = await _looked_at(turn, of.id)
        if task.version != of.version or task.done_at or task.kind is not Kind.ERASE:
            return task_screens.card(turn, task, counts, _changed(turn))
        return task_screens.sure(turn, task, counts)
    try:
        seen = await _seek(turn, of.id)
        done = await turn.write(erasing.erase, turn.actor, of.id, of.version, turn.now, seen)
    except (AlreadyChanged, NotPossible):
        return await _card(turn, of.id, _changed(turn))
    await turn.database.sweep()
    return task_screens.card(turn, done, done.proof, turn.t("✅ The data is erased."))


@router.callback_query(task_callbacks.DropTask.filter())
@policy(Action.ANSWER_FOR_DATA)
async def drop(query: CallbackQuery, turn: Turn, callback_data: task_callbacks.DropTask) -> Screen:
    """Close it with nothing done."""
    of = callback_data
    try:
        await turn.write(tasks.drop, turn.actor, of.id, of.version, turn.now)
    except AlreadyChanged:
        return await _card(turn, of.id, _changed(turn))
    return await _card(turn, of.id)


async def show(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The step that is open."""
    return task_screens.number_step(turn.t, Kind(turn.conversation.data["kind"]), mistake)


RESUME: dict[str, Renderer] = {NUMBER: show}


async def _card(turn: Turn, task_id: int, word: Markup | None = None) -> Screen:
    task, counts = await _looked_at(turn, task_id)
    return task_screens.card(turn, task, counts, word)


async def _looked_at(turn: Turn, task_id: int) -> tuple[DataTask, Mapping[str, int]]:
    return await turn.read(erasing.preview, turn.actor, task_id, await _seek(turn, task_id))


async def _seek(turn: Turn, task_id: int) -> Seen:
    """Look for the person page by page, each a reading of its own: nobody waits for it."""
    seen = Seen()
    for table in seeking.TABLES:
        while more := await turn.read(seeking.page, turn.actor, task_id, table, seen):
            seen = more
    return seen


def _changed(turn: Turn) -> Markup:
    return turn.t("It was changed meanwhile. Here is how it stands now.")


def _leave(turn: Turn) -> None:
    if turn.conversation.state == NUMBER:
        turn.conversation.clear()
