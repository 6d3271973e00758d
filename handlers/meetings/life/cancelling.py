"""Cancelling a meeting: the reason, a look at who is told, and the word."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.meetings.life import callbacks
from handlers.meetings.life.callbacks import Cancel, ConfirmCancel
from handlers.meetings.life.doing import CAPABILITY, Refused, begin, do, is_open, wake
from handlers.meetings.life.editing import fields
from handlers.meetings.life.looks import seal
from handlers.meetings.life.moving import closed
from handlers.meetings.manage import Manage
from handlers.meetings.texts import title, when
from handlers.turn import Turn
from handlers.ui import nav, texts, wizard
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, lines
from storage.errors import NotAllowed, NotFound
from storage.meetings import Meeting, change_notices, moving, steps
from storage.meetings.moving import REASON_LIMIT
from storage.rules.access import Action
from storage.rules.meeting_states import AHEAD

router = Router(name="meetings.life.cancelling")

WHY, DROP = "why", "drop"


@router.callback_query(Cancel.filter())
@policy(Action.PREPARE_MEETINGS)
async def cancel(query: CallbackQuery, turn: Turn, callback_data: Cancel) -> Screen:
    """Ask for the reason; with a reason already there it can be mended."""
    meeting = await turn.read(steps.managed, turn.actor, callback_data.id)
    if meeting.state not in AHEAD:
        return fields(turn, meeting)
    begin(turn, WHY, meeting.id, meeting.version)
    return await show(turn)


@router.message(StateFilter(f"{CAPABILITY}:{WHY}", f"{CAPABILITY}:{DROP}"))
@policy(Action.PREPARE_MEETINGS)
async def reason_typed(message: Message, turn: Turn) -> Screen:
    """Why it does not take place; another text takes the place of the first."""
    text = texts.typed(message.text, REASON_LIMIT)
    if isinstance(text, texts.Mistake):
        return await show(turn, texts.told(turn.t, text, REASON_LIMIT))
    turn.conversation.to(f"{CAPABILITY}:{DROP}", reason=" ".join(text.split()))
    return await show(turn)


@router.callback_query(ConfirmCancel.filter())
@policy(Action.PREPARE_MEETINGS)
async def confirm(query: CallbackQuery, turn: Turn, callback_data: ConfirmCancel) -> Screen:
    """Cancel it, if it still is what was shown."""
    data = turn.conversation.data if is_open(turn) or wake(turn) else {}
    reason = str(data.get("reason") or "")
    in_it = turn.conversation.state == f"{CAPABILITY}:{DROP}"
    if not in_it or data.get("meeting") != callback_data.id:
        return closed(turn)
    meeting = await turn.read(steps.managed, turn.actor, callback_data.id)
    told = len(await turn.read(change_notices.told, meeting.id))
    if _seal(meeting, reason, told) != callback_data.seal:
        word = turn.t("It has changed meanwhile. Look at it once more.")
        return await show(turn, alert=word.unescape())
    try:
        seen = meeting.id, callback_data.version
        meeting = await do(turn, moving.cancel, *seen, reason, told, turn.now, turn.zone)
    except Refused as refused:
        return await show(turn, alert=refused.word)
    return _cancelled(turn, meeting, told)


async def show(turn: Turn, mistake: Markup | None = None, *, alert: str | None = None) -> Screen:
    """The step where the person stands, about the meeting as it is now."""
    data = turn.conversation.data
    try:
        meeting = await turn.read(steps.managed, turn.actor, int(data.get("meeting") or 0))
    except (NotAllowed, NotFound):
        turn.conversation.clear()
        raise
    if meeting.state not in AHEAD:
        turn.conversation.clear()
        return fields(turn, meeting)
    turn.conversation.to(str(turn.conversation.state), version=meeting.version)
    reason = data.get("reason")
    if turn.conversation.state == f"{CAPABILITY}:{WHY}" or not reason:
        return _why(turn, meeting, mistake)
    told = len(await turn.read(change_notices.told, meeting.id))
    return _check(turn, meeting, str(reason), told, mistake, alert)


def _why(turn: Turn, meeting: Meeting, mistake: Markup | None) -> Screen:
    t = turn.t
    return wizard.step(
        t,
        1,
        2,
        lines(
            t("Why does the meeting not take place? Those called will read it."),
            t.pick(meeting.title_kk, meeting.title_ru),
        ),
        hint=t("For example: the speakers are on a business trip"),
        mistake=mistake,
        back=Manage(id=meeting.id),
    )


def _check(
    turn: Turn,
    meeting: Meeting,
    reason: str,
    told: int,
    mistake: Markup | None,
    alert: str | None,
) -> Screen:
    t = turn.t
    confirm = ConfirmCancel(
        id=meeting.id, version=meeting.version, seal=_seal(meeting, reason, told)
    )
    return Screen(
        lines(
            t("🗓 <b>Check before it is cancelled</b>"),
            Markup("⚠️ {}").format(mistake) if mistake else None,
            title(turn, meeting),
            when(turn, meeting),
            t("Reason: {text}", text=reason),
            t("<i>Another reason? Write it.</i>"),
            "",
            t("The notice goes at once to {n} people who had the first one.", n=told),
            t("A cancelled meeting cannot be called again; it can be copied."),
        ),
        rows=(
            (Button(t.plain("❌ Cancel it, tell {n} people", n=told), confirm),),
            (Button(t.plain("Leave it as it is"), wizard.CancelWizard()),),
        ),
        toast=alert,
        alert=alert is not None,
    )


def _cancelled(turn: Turn, meeting: Meeting, told: int) -> Screen:
    t = turn.t
    return Screen(
        lines(
            t("✅ <b>The meeting is cancelled</b>"),
            title(turn, meeting),
            when(turn, meeting),
            t("The notice goes to {n} people, to each in their language.", n=told),
        ),
        rows=(
            (Button(t.plain("Copy this meeting"), callbacks.Copy(id=meeting.id)),),
            nav.exits(t, Manage(id=meeting.id)),
        ),
    )


def _seal(meeting: Meeting, reason: str, told: int) -> str:
    return seal(meeting.id, meeting.version, reason, told)


RESUME: dict[str, wizard.Renderer] = {f"{CAPABILITY}:{step}": show for step in (WHY, DROP)}
