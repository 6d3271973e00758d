"""Keeping an answer: its files or text, its number, its date."""

from datetime import date
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.inquiries import callbacks, cards, noting, past_days, stepping
from handlers.inquiries.noting_screens import heading
from handlers.inquiries.stepping import CAPABILITY
from handlers.requests import content
from handlers.requests.filters import NoCommand
from handlers.turn import FILLED, Turn
from handlers.ui import texts, wizard
from handlers.ui.policy import policy
from handlers.ui.screen import Screen, lines
from handlers.ui.wizard import Renderer
from storage import inquiries
from storage.errors import AlreadyChanged, NotAllowed, NotPossible
from storage.inquiries import AnswerFile, Inquiry, answering, keeps
from storage.inquiries.answering import FILES_LIMIT, NewAnswer
from storage.inquiries.rows import NUMBER_LIMIT, TEXT_LIMIT
from storage.rules.access import Action

router = Router(name="inquiries.keeping")

FILE, NUMBER, DAY = (f"{CAPABILITY}:answer_{step}" for step in ("file", "number", "day"))
KINDS = ("photo", "document", "video", "voice")  # what an answer may come as
STEPS = 3


@router.callback_query(callbacks.StartAnswer.filter())
@policy(Action.WORK_ON_INQUIRIES)
async def start(query: CallbackQuery, turn: Turn, callback_data: callbacks.StartAnswer) -> Screen:
    """An answer came."""
    of = callback_data
    inquiry = await turn.read(inquiries.get, turn.actor, of.id)
    if not keeps(turn.actor, inquiry):
        raise NotAllowed(Action.WORK_ON_INQUIRIES, inquiry.branch_id)
    if inquiry.version != of.version:
        return await cards.refused(turn, of.id, AlreadyChanged())
    if inquiry.outgoing_on is None:
        return await cards.refused(turn, of.id, NotPossible("state"))
    stepping.begin(turn, "answer_file", inquiry, of.version, files=[], text="")
    return await show(turn)


@router.message(StateFilter(FILE), NoCommand())
@policy(Action.WORK_ON_INQUIRIES)
async def file_sent(message: Message, turn: Turn) -> Screen:
    """The file or the words of the answer."""
    if not _take(turn, message):
        return await show(turn, turn.t("Send the answer as a file, a photo, or its text."))
    stepping.go(turn, "answer_number", **{FILLED: True})
    return await show(turn)


@router.message(StateFilter(NUMBER, DAY), NoCommand())
@policy(Action.WORK_ON_INQUIRIES)
async def typed(message: Message, turn: Turn) -> Screen | None:
    """The number, then the day; further parts of the same album are files of the answer."""
    group = turn.conversation.data.get("group")
    if group is not None and message.media_group_id == group:
        _take(turn, message)
        return None
    if turn.conversation.state == DAY:
        day = past_days.typed(turn, message.text)
        return await show(turn, day) if isinstance(day, Markup) else await _keep(turn, day)
    number = texts.typed(message.text, NUMBER_LIMIT)
    if isinstance(number, texts.Mistake):
        return await show(turn, texts.told(turn.t, number, NUMBER_LIMIT))
    stepping.go(turn, "answer_day", number=" ".join(number.split()))
    return await show(turn)


@router.callback_query(callbacks.Skip.filter(), StateFilter(NUMBER))
@policy(Action.WORK_ON_INQUIRIES)
async def without_number(query: CallbackQuery, turn: Turn, callback_data: callbacks.Skip) -> Screen:
    """An answer without a number."""
    if stepping.about(turn) != callback_data.id:
        return await cards.show_card(turn, callback_data.id)
    stepping.go(turn, "answer_day", number=None)
    return await show(turn)


@router.callback_query(callbacks.StepBack.filter(), StateFilter(NUMBER, DAY))
@policy(Action.WORK_ON_INQUIRIES)
async def back(query: CallbackQuery, turn: Turn, callback_data: callbacks.StepBack) -> Screen:
    """To the step before; files that came are sent anew there."""
    if stepping.about(turn) != callback_data.id:
        return await cards.show_card(turn, callback_data.id)
    if turn.conversation.state == DAY:
        stepping.go(turn, "answer_number")
    else:
        stepping.go(turn, "answer_file", files=[], text="", group=None)
    return await show(turn)


@router.callback_query(callbacks.PickDay.filter(), StateFilter(DAY))
@policy(Action.WORK_ON_INQUIRIES)
async def day_picked(query: CallbackQuery, turn: Turn, callback_data: callbacks.PickDay) -> Screen:
    """The day of the answer was tapped."""
    if stepping.about(turn) != callback_data.id:
        return await cards.show_card(turn, callback_data.id)
    return await _keep(turn, past_days.picked(turn, callback_data.ago))


async def show(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The step that is open."""
    inquiry = await turn.read(inquiries.get, turn.actor, stepping.about(turn))
    return _step(turn, inquiry, mistake)


RESUME: dict[str, Renderer] = {FILE: show, NUMBER: show, DAY: show}


def _step(turn: Turn, inquiry: Inquiry, mistake: Markup | None) -> Screen:
    t, id_, data = turn.t, inquiry.id, turn.conversation.data
    earlier = callbacks.StepBack(id=id_)
    if turn.conversation.state == FILE:
        return wizard.step(
            t, 1, STEPS, lines(heading(turn, inquiry), t("📥 Send the answer.")),
            hint=t("A file, a photo, an album, or the text itself."),
            mistake=mistake, back=callbacks.OpenInquiry(id=id_),
        )  # fmt: skip
    kept = t("📎 Files of the answer: {n}", n=len(data["files"])) if data.get("files") else None
    if turn.conversation.state == NUMBER:
        return wizard.step(
            t, 2, STEPS,
            lines(heading(turn, inquiry), kept, t("Which number does the answer have?")),
            hint=t("At most {n} characters, as it stands in the letter.", n=NUMBER_LIMIT),
            mistake=mistake, back=earlier, skip=callbacks.Skip(id=id_),
        )  # fmt: skip
    return wizard.step(
        t, 3, STEPS, lines(heading(turn, inquiry), kept, t("Of which day is the answer?")),
        hint=past_days.hint(turn), mistake=mistake, rows=past_days.rows(turn, id_), back=earlier,
    )  # fmt: skip


def _take(turn: Turn, message: Message) -> bool:
    """Put what came to the answer; False when it is nothing that an answer is made of."""
    found = content.of(message)
    files = [file for file in found.files if file.kind in KINDS] if found else []
    if found is None or not (found.text or files):
        return False
    data = turn.conversation.data
    kept: list[dict[str, Any]] = [
        *data["files"],
        *({"kind": f.kind, "file_id": f.file_id, "name": f.name} for f in files),
    ]
    text = "\n".join(part for part in (data["text"], found.text) if part)[:TEXT_LIMIT]
    given = {"files": kept[:FILES_LIMIT], "text": text, "group": found.group or data.get("group")}
    turn.conversation.to(str(turn.conversation.state), **given)
    return True


async def _keep(turn: Turn, day: date) -> Screen:
    data = turn.conversation.data
    files = [AnswerFile(**file) for file in data["files"]]
    new = NewAnswer(day, data.get("number"), data["text"] or None, files)
    word = turn.t("✅ The answer is kept")
    given = (stepping.about(turn), stepping.version(turn), new, turn.now, turn.zone)
    return await noting.finish(turn, show, word, answering.keep, *given)
