"""A filled form of requests: sent, looked at, and registered on that very content."""

import asyncio
from dataclasses import replace

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.papers import sent_forms
from handlers.papers.sent_forms import UnusableError
from handlers.requests import consent
from handlers.requests.callbacks import RequestList
from handlers.requests.exchange import form, said
from handlers.requests.exchange.callbacks import AddAll, Books, SendBook, Template
from handlers.turn import FILLED, Turn
from handlers.ui import nav
from handlers.ui.policy import policy
from handlers.ui.screen import Attachment, Screen, lines, toast
from handlers.ui.wizard import Renderer
from storage.errors import NotPossible
from storage.requests import categories, importing
from storage.requests.importing import ROWS, Checked
from storage.rules.access import Action

router = Router(name="requests.importing")

CAPABILITY = "request_import"
FILE, CHECK = f"{CAPABILITY}:file", f"{CAPABILITY}:check"


@router.callback_query(Template.filter())
@policy(Action.LOG_REQUESTS)
async def template(query: CallbackQuery, turn: Turn) -> Screen:
    """The empty form as a file."""
    t = turn.t
    offered = await turn.read(categories.offered)
    content = await asyncio.to_thread(form.template, t.language, offered, turn.now)
    name = t.plain("Form of requests (file)")
    return Screen(
        t("📄 Fill the form in and send it here with the button «Send a filled form»."),
        rows=(nav.exits(t, Books()),),
        attachments=(Attachment("document", content=content, name=f"{name}.xlsx"),),
    )


@router.callback_query(SendBook.filter())
@policy(Action.LOG_REQUESTS)
async def begin(query: CallbackQuery, turn: Turn) -> Screen:
    """A form is awaited from now on."""
    if turn.conversation.state in (FILE, CHECK):
        turn.conversation.clear()
    turn.conversation.pause()
    turn.conversation.to(FILE)
    return said.file_step(turn)


@router.message(StateFilter(FILE, CHECK))
@policy(Action.LOG_REQUESTS)
async def received(message: Message, turn: Turn) -> Screen:
    """A form; what is anything else is told, and a form that was there before stays."""
    sent = message.document
    refusal = sent_forms.refusal(turn, sent)
    if sent is None or refusal is not None:
        return await again(turn, refusal)
    try:
        _, checked, shown = await _look(turn, sent.file_id)
    except UnusableError as error:
        return await again(turn, error.why)
    turn.conversation.to(CHECK, file=sent.file_id, **{FILLED: True})
    return said.look(turn, shown, checked)


@router.callback_query(AddAll.filter())
@policy(Action.LOG_REQUESTS)
async def add(query: CallbackQuery, turn: Turn, callback_data: AddAll) -> Screen:
    """Register all of it, if it still is what was shown."""
    t = turn.t
    if turn.conversation.state != CHECK:
        return toast(t.plain("This was added or cancelled already (requests)."), alert=True)
    file_id = str(turn.conversation.data["file"])
    try:
        read, checked, shown = await _look(turn, file_id)
    except UnusableError as error:
        turn.conversation.to(FILE)
        return said.file_step(turn, error.why)
    if read.problems or checked.seal != callback_data.seal:
        return said.look(turn, shown, checked)
    before = turn.conversation.state, dict(turn.conversation.data)
    turn.conversation.clear()
    try:
        taken = await turn.write(
            importing.add,
            turn.actor,
            read.rows,
            callback_data.seal,
            (await consent.wording(turn)).proof,
            turn.now,
            turn.zone,
        )
    except NotPossible:
        turn.conversation.state, turn.conversation.data = before
        _, checked, shown = await _look(turn, file_id)
        return said.look(turn, shown, checked)
    return Screen(
        lines(
            t("✅ Requests registered: {n}", n=taken.new),
            t("Changed: {n}", n=taken.changed) if taken.changed else None,
        ),
        rows=(nav.exits(t, RequestList()),),
    )


async def again(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The step as it stands, with what is wrong with what came."""
    if turn.conversation.state != CHECK or mistake is not None:
        return said.file_step(turn, mistake)
    try:
        _, checked, shown = await _look(turn, str(turn.conversation.data["file"]))
    except UnusableError as error:
        turn.conversation.to(FILE)
        return said.file_step(turn, error.why)
    return said.look(turn, shown, checked)


RESUME: dict[str, Renderer] = {FILE: again, CHECK: again}


async def _look(turn: Turn, file_id: str) -> tuple[form.Read, Checked, form.Read]:
    """The form that Telegram has under ``file_id``, what it would do, and with all its mistakes."""
    read = await sent_forms.read(turn, CAPABILITY, file_id, form.read, ROWS)
    checked = await turn.read(importing.check, turn.actor, read.rows, turn.today)
    problems = sorted((*read.problems, *checked.problems), key=lambda one: one.row)
    return read, checked, replace(read, problems=tuple(problems))
