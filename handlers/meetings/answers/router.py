"""Answering an invitation, from the notice or the card."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message
from markupsafe import Markup

from handlers.meetings import screens
from handlers.meetings.answers.callbacks import Enough, Said, Say
from handlers.meetings.answers.rows import LABELS
from handlers.meetings.refusals import refused
from handlers.meetings.texts import title, when
from handlers.turn import Turn
from handlers.ui import nav, texts
from handlers.ui.filters import AnyMessage
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, lines
from storage import meetings
from storage.errors import NotFound, NotPossible
from storage.meetings import Meeting, answers
from storage.meetings.answers import Invitation
from storage.rules.access import Action

router = Router(name="meetings.answers")

REASON = "answers:reason:ask"  # the answer itself is kept already
STAND_IN = "answers:stand_in:ask"


@router.callback_query(Say.filter())
@policy(Action.READ_MEETINGS)
async def say(query: CallbackQuery, turn: Turn, callback_data: Say) -> Screen:
    """One tap: kept at once. Whoever cannot may say why; a stand-in needs a name."""
    if callback_data.said is Said.DEPUTY:
        return await _ask_name(turn, callback_data.id)
    asks = REASON if callback_data.said is Said.CANNOT else None

    def then(_kept: Invitation) -> None:
        _leave(turn)
        if asks:
            turn.conversation.pause()
            turn.conversation.to(asks, meeting=callback_data.id)

    try:
        await turn.write_then(
            then, answers.answer, turn.actor, callback_data.id, callback_data.said, turn.now
        )
    except NotPossible as no:
        return refused(turn.t, no, await _card(turn, callback_data.id))
    if asks:
        return _reason_step(turn, await _meeting(turn, callback_data.id))
    word = turn.t.plain("Thank you, your answer is kept.")
    return replace(await _card(turn, callback_data.id), toast=word)


@router.callback_query(Enough.filter())
@policy(Action.READ_MEETINGS)
async def enough(query: CallbackQuery, turn: Turn, callback_data: Enough) -> Screen:
    """No reason; or no stand-in after all."""
    _leave(turn)
    return await _card(turn, callback_data.id)


@router.message(StateFilter(REASON), AnyMessage())
@policy(Action.READ_MEETINGS)
async def reason_typed(message: Message, turn: Turn) -> Screen:
    """Why one cannot attend."""
    meeting_id = int(turn.conversation.data["meeting"])
    reason = texts.typed(message.text, answers.REASON_LIMIT)
    if isinstance(reason, texts.Mistake):
        mistake = texts.told(turn.t, reason, answers.REASON_LIMIT)
        return _reason_step(turn, await _meeting(turn, meeting_id), mistake)
    return await _say(turn, meeting_id, Said.CANNOT, reason=reason)


@router.message(StateFilter(STAND_IN), AnyMessage())
@policy(Action.READ_MEETINGS)
async def name_typed(message: Message, turn: Turn) -> Screen:
    """Who comes in one's place."""
    meeting_id = int(turn.conversation.data["meeting"])
    name = texts.typed(message.text, answers.NAME_LIMIT)
    if not isinstance(name, texts.Mistake) and not texts.has_words(name):
        name = texts.Mistake.EMPTY
    if isinstance(name, texts.Mistake):
        mistake = texts.told(turn.t, name, answers.NAME_LIMIT)
        return _name_step(turn, await _meeting(turn, meeting_id), mistake)
    return await _say(turn, meeting_id, Said.DEPUTY, stand_in=" ".join(name.split()))


async def _say(
    turn: Turn,
    meeting_id: int,
    said: Said,
    *,
    reason: str | None = None,
    stand_in: str | None = None,
) -> Screen:
    """Keep what was typed; the card comes as a new message under it."""
    turn.conversation.clear()
    given = {"reason": reason, "stand_in": stand_in}
    try:
        await turn.write(answers.answer, turn.actor, meeting_id, said, turn.now, **given)
    except NotPossible as no:
        told = refused(turn.t, no, await _card(turn, meeting_id))
        return replace(told, text=lines(Markup("⚠️ {}").format(told.toast), told.text), toast=None)
    meeting = await _meeting(turn, meeting_id)
    return screens.card(turn, meeting, word=turn.t("Thank you, your answer is kept."))


async def _ask_name(turn: Turn, meeting_id: int) -> Screen:
    meeting = await _meeting(turn, meeting_id)
    invitation = meeting.standing.invitation
    if invitation is None:
        raise NotFound("meeting")
    try:
        answers.check_open(meeting.state, meeting.starts_at, turn.now)
        if not invitation.may_send:
            raise NotPossible("no_deputies")
    except NotPossible as no:
        return refused(turn.t, no, screens.card(turn, meeting))
    _leave(turn)
    turn.conversation.pause()
    turn.conversation.to(STAND_IN, meeting=meeting_id)
    return _name_step(turn, meeting)


def _reason_step(turn: Turn, meeting: Meeting, mistake: Markup | None = None) -> Screen:
    t = turn.t
    return Screen(
        lines(
            t("➖ Your answer: you cannot attend"),
            title(turn, meeting),
            when(turn, meeting),
            Markup("⚠️ {}").format(mistake) if mistake else None,
            t("Write the reason in a few words, or skip it."),
        ),
        rows=(
            (Button(t.plain("Skip"), Enough(id=meeting.id)),),
            (Button(t.plain(LABELS[Said.WILL]), Say(id=meeting.id, said=Said.WILL)),),
            nav.exits(t),
        ),
    )


def _name_step(turn: Turn, meeting: Meeting, mistake: Markup | None = None) -> Screen:
    t = turn.t
    return Screen(
        lines(
            title(turn, meeting),
            t("Who comes in your place? Write the name and position."),
            Markup("⚠️ {}").format(mistake) if mistake else None,
        ),
        rows=(nav.exits(t, Enough(id=meeting.id)),),
    )


def _leave(turn: Turn) -> None:
    if turn.conversation.state in (REASON, STAND_IN):
        turn.conversation.clear()


async def _meeting(turn: Turn, meeting_id: int) -> Meeting:
    return await turn.read(meetings.get, turn.actor, meeting_id)


async def _card(turn: Turn, meeting_id: int) -> Screen:
    return screens.card(turn, await _meeting(turn, meeting_id))
