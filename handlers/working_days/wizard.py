"""Moving a day: which one, worked or off, a note, and a look at what follows."""

from datetime import date
from typing import Any

from markupsafe import Markup

from handlers.turn import Turn
from handlers.ui import calendar, date_mistakes, dates, wizard
from handlers.ui.screen import Button, Screen, lines
from handlers.working_days import words
from handlers.working_days.callbacks import PURPOSE, ChooseKind, OpenYear, SaveDay, SkipNote, ToStep
from handlers.working_days.draft import CHECK, DAY, KIND, NOTE, Draft
from storage import calendar_keeping, working_days
from storage.calendar_keeping import Outlook

TOTAL = 4


async def show(turn: Turn, mistake: Markup | None = None) -> Screen:
    """The step where the draft stands, with what was wrong with the last answer."""
    draft, step = Draft.of(turn.conversation), turn.conversation.state
    if step == DAY or draft.day is None or draft.day < turn.today:
        turn.conversation.to(DAY)
        return await day_step(turn, max(draft.day or turn.today, turn.today), mistake)
    if step == KIND or draft.is_working is None:
        outlook = await look(turn, draft)
        return kind_step(turn, draft.day, outlook, mistake)
    if step == NOTE:
        return note_step(turn, draft.day, mistake)
    return check_step(turn, draft, await look(turn, draft), mistake)


async def ask(turn: Turn, step: str, mistake: Markup | None = None) -> Screen:
    """Go to ``step`` and show it."""
    turn.conversation.to(step)
    return await show(turn, mistake)


async def take(turn: Turn, **answers: Any) -> Screen:
    """Keep answers and go to the first step that has none, else to the check."""
    turn.conversation.data.update(answers)
    return await ask(turn, Draft.of(turn.conversation).next_step)


async def look(turn: Turn, draft: Draft) -> Outlook:
    """The day as it is now, and what would follow."""
    day = draft.day or turn.today
    return await turn.read(calendar_keeping.outlook, turn.actor, day, draft.is_working, turn.zone)


async def day_step(turn: Turn, month: date, mistake: Markup | None = None) -> Screen:
    """The day: tapped or typed."""
    t, today = turn.t, turn.today
    working = await turn.read(working_days.load)
    return wizard.step(
        t,
        1,
        TOTAL,
        t("Which day is moved?"),
        hint=lines(
            t("Tap a day or type it: {example}", example=date_mistakes.example(t, today)),
            calendar.legend(t, month, today, working),
        ),
        mistake=mistake,
        rows=calendar.rows(t, PURPOSE, month, today, working),
        back=OpenYear(year=month.year),
    )


def kind_step(turn: Turn, day: date, outlook: Outlook, mistake: Markup | None = None) -> Screen:
    """Worked or off."""
    t = turn.t
    return wizard.step(
        t,
        2,
        TOTAL,
        lines(
            t("What is this day? {day}", day=dates.day(t, day, turn.today)),
            t("Until now: {state}", state=words.state_now(t, outlook.calendar, day)),
        ),
        mistake=mistake,
        rows=(
            (
                Button(t.plain("Working day"), ChooseKind(is_working=True)),
                Button(t.plain("Day off"), ChooseKind(is_working=False)),
            ),
        ),
        back=ToStep(step="day"),
    )


def note_step(turn: Turn, day: date, mistake: Markup | None = None) -> Screen:
    """Why: optional."""
    t = turn.t
    return wizard.step(
        t,
        3,
        TOTAL,
        t("Why is it moved? {day}", day=dates.day(t, day, turn.today)),
        hint=t("For example: by the Government's resolution, or Kurban-ait."),
        mistake=mistake,
        back=ToStep(step="kind"),
        skip=SkipNote(),
    )


def check_step(turn: Turn, draft: Draft, outlook: Outlook, mistake: Markup | None) -> Screen:
    """What will be so, and what moves with it."""
    t, day = turn.t, draft.day or turn.today
    version = outlook.override.version if outlook.override else 0
    return wizard.step(
        t,
        4,
        TOTAL,
        lines(
            t("Please check: {day}", day=dates.day(t, day, turn.today)),
            t("Until now: {state}", state=words.state_now(t, outlook.calendar, day)),
            t("From now on: {state}", state=words.state(t, bool(draft.is_working))),
            t("Note to the day: {note}", note=draft.note) if draft.note else None,
            t("Planned reminders that move: {n}", n=outlook.moved),
            t("Deadlines that are set already stay as they are."),
        ),
        mistake=mistake,
        rows=((Button(t.plain("✅ Save the day"), SaveDay(seal=draft.seal(version))),),),
        back=ToStep(step="note"),
    )


RESUME: dict[str, wizard.Renderer] = {DAY: show, KIND: show, NOTE: show, CHECK: show}
