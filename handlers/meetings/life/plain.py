"""Begin, end, archive, throw a draft away; copy a meeting and let it repeat."""

from dataclasses import dataclass, replace

from aiogram import Router
from aiogram.types import CallbackQuery
from markupsafe import Markup

from handlers.meetings import manage
from handlers.meetings.callbacks import MeetingList
from handlers.meetings.life import callbacks
from handlers.meetings.life.doing import Refused, do
from handlers.meetings.manage import Manage
from handlers.meetings.texts import title, when
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.i18n import N_
from handlers.ui.policy import policy
from handlers.ui.screen import Button, Screen, column, lines
from storage import meetings
from storage.errors import NotFound
from storage.meetings import Meeting, copying, life, series, steps
from storage.rules.access import Action
from storage.rules.meeting_states import CANCELLED
from storage.rules.recurring import EVERY

router = Router(name="meetings.life.plain")


@dataclass(frozen=True)
class Step:
    """What is asked before a step, what its button says, and what is said when it is done."""

    question: str
    label: str
    done: str


STEPS = {
    "begin": Step(
        N_("Begin the meeting now? From then on it goes on; this cannot be taken back."),
        N_("✅ Begin"),
        N_("✅ The meeting goes on."),
    ),
    "end": Step(
        N_("Is the meeting over? Then it counts as held; this cannot be taken back."),
        N_("✅ It is over"),
        N_("✅ The meeting was held."),
    ),
    "archive": Step(
        N_("Put it into the archive? Agenda, decisions and document cannot be changed then."),
        N_("✅ Into the archive"),
        N_("✅ The meeting is in the archive."),
    ),
    "delete": Step(
        N_("Delete the draft with its agenda? It cannot be brought back. Nobody was told of it."),
        N_("🗑 Delete the draft"),
        N_("✅ The draft is deleted."),
    ),
}
RHYTHMS = {
    "week": N_("every week"),
    "fortnight": N_("every two weeks"),
    "month": N_("every month"),
    "quarter": N_("every quarter"),
}
NEVER = "never"


@router.callback_query(callbacks.AskStep.filter())
@policy(Action.PREPARE_MEETINGS)
async def ask(query: CallbackQuery, turn: Turn, callback_data: callbacks.AskStep) -> Screen:
    """Say what the step does."""
    step = _step(callback_data.step)
    meeting = await turn.read(steps.managed, turn.actor, callback_data.id)
    t = turn.t
    go = callbacks.TakeStep(id=meeting.id, version=meeting.version, step=callback_data.step)
    return Screen(
        lines(
            title(turn, meeting),
            when(turn, meeting),
            _left(turn, meeting) if callback_data.step == "end" else None,
            t(step.question),
        ),
        rows=((Button(t.plain(step.label), go),), nav.exits(t, Manage(id=meeting.id))),
    )


def _left(turn: Turn, meeting: Meeting) -> Markup | None:
    """How many items nobody has come to: a meeting that is over takes none up any more."""
    n = sum(item.state == "planned" for item in meeting.items)
    return turn.t("⚠️ Items not considered: {n}", n=n) if n else None


@router.callback_query(callbacks.TakeStep.filter())
@policy(Action.PREPARE_MEETINGS)
async def take(query: CallbackQuery, turn: Turn, callback_data: callbacks.TakeStep) -> Screen:
    """Do it."""
    step, seen = _step(callback_data.step), (callback_data.id, callback_data.version)
    try:
        if callback_data.step == "delete":
            await do(turn, life.throw_away, *seen, turn.now)
            return Screen(turn.t(step.done), rows=(nav.exits(turn.t, MeetingList()),))
        meeting = await _taken(turn, callback_data.step, seen)
    except Refused as refused:
        return await managing(turn, callback_data.id, refused)
    word = turn.t(step.done)
    rhythm = await turn.read(series.every, meeting.series_id)
    if rhythm is not None and callback_data.step == "end":
        word = lines(word, turn.t("The next one of the series is there as a draft."))
    return manage.screen(turn, meeting, word=word)


async def _taken(turn: Turn, step: str, seen: tuple[int, int]) -> Meeting:
    if step == "begin":
        return await do(turn, life.begin, *seen, turn.now)
    if step == "end":
        return await do(turn, life.end, *seen, turn.now, turn.zone)
    return await do(turn, life.archive, *seen, turn.now)


@router.callback_query(callbacks.Copy.filter())
@policy(Action.PREPARE_MEETINGS)
async def copy(query: CallbackQuery, turn: Turn, callback_data: callbacks.Copy) -> Screen:
    """A draft with the same agenda."""
    new_id = await do(turn, copying.copy, callback_data.id, turn.now)
    meeting = await turn.read(meetings.get, turn.actor, new_id)
    word = turn.t("✅ A draft with the same agenda. Nobody is told of it; set its day first.")
    return manage.screen(turn, meeting, word=word)


@router.callback_query(callbacks.Repeat.filter())
@policy(Action.PREPARE_MEETINGS)
async def repeat(query: CallbackQuery, turn: Turn, callback_data: callbacks.Repeat) -> Screen:
    """How often it repeats."""
    return await _repeating(turn, callback_data.id)


@router.callback_query(callbacks.SetRepeat.filter())
@policy(Action.PREPARE_MEETINGS)
async def set_repeat(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.SetRepeat
) -> Screen:
    """Another rhythm, or none."""
    seen = callback_data.id, callback_data.version
    try:
        if callback_data.every == NEVER:
            await do(turn, series.stop, *seen, turn.now)
        else:
            await do(turn, series.repeat, *seen, callback_data.every, turn.now)
    except Refused as refused:
        return await managing(turn, callback_data.id, refused)
    return await _repeating(turn, callback_data.id)


@router.callback_query(callbacks.NextOfSeries.filter())
@policy(Action.PREPARE_MEETINGS)
async def next_of_series(
    query: CallbackQuery, turn: Turn, callback_data: callbacks.NextOfSeries
) -> Screen:
    """The next meeting of the series: made now, or opened."""
    try:
        new_id, made = await do(turn, series.next_one, callback_data.id, turn.now, turn.zone)
    except Refused as refused:
        return await managing(turn, callback_data.id, refused)
    meeting = await turn.read(meetings.get, turn.actor, new_id)
    word = turn.t("✅ The next meeting is there as a draft. Nobody is told of it.")
    return manage.screen(turn, meeting, word=word if made else turn.t("The next one is there."))


async def _repeating(turn: Turn, meeting_id: int) -> Screen:
    t = turn.t
    meeting = await turn.read(steps.managed, turn.actor, meeting_id)
    now = await turn.read(series.every, meeting.series_id)
    here = {"id": meeting.id, "version": meeting.version}
    buttons = [
        Button(t.plain(RHYTHMS[every]), callbacks.SetRepeat(**here, every=every))
        for every in EVERY
        if every != now and meeting.state != CANCELLED
    ]
    if now is not None:
        goes_on = Button(t.plain("Make the next meeting"), callbacks.NextOfSeries(id=meeting.id))
        never = callbacks.SetRepeat(**here, every=NEVER)
        buttons = [goes_on, *buttons, Button(t.plain("Repeat no more"), never)]
    return Screen(
        lines(
            title(turn, meeting),
            t("Repeats: {rhythm}", rhythm=t.plain(RHYTHMS[now])) if now else t("Does not repeat."),
            t("When one is held the next is made as a draft, on a working day; you announce it."),
        ),
        rows=(*column(buttons), nav.exits(t, Manage(id=meeting.id))),
    )


async def managing(turn: Turn, meeting_id: int, refused: Refused) -> Screen:
    """What can be done with the meeting as it stands now, with the word why something was not."""
    meeting = await turn.read(meetings.get, turn.actor, meeting_id)
    return replace(manage.screen(turn, meeting), toast=refused.word, alert=True)


def _step(name: str) -> Step:
    if name not in STEPS:
        raise NotFound("step")
    return STEPS[name]
