"""The screens of announcing a meeting: its steps, the check, and what was done."""

from collections.abc import Sequence
from datetime import date, time

from markupsafe import Markup

from handlers.meetings.announcing.callbacks import (
    PURPOSE,
    ChooseBody,
    ChooseTime,
    GoOn,
    NewMeeting,
    SkipStep,
    ToStep,
)
from handlers.meetings.announcing.draft import STEPS, AgendaMistake, Draft
from handlers.turn import Turn
from handlers.ui import calendar, date_mistakes, dates, nav, wizard
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row, Screen, column, lines
from storage.branches import Branch
from storage.meetings.agenda import ITEMS_LIMIT
from storage.meetings.announcements import AGENDA_LIMIT, ITEM_LIMIT
from storage.meetings.calling import Choice
from storage.rules.working_days import WorkingCalendar

USUAL_TIMES = tuple(time(hour) for hour in (9, 10, 11, 14, 15, 16))
TIMES_IN_A_ROW = 3

BODIES = {
    "bureau": N_("Meeting of the Bureau"),
    "political_council": N_("Meeting of the Political Council"),
    "primary": N_("Assembly of a primary organisation"),
    "assembly": N_("General assembly of the branch"),
    "faction": N_("Meeting of the faction"),
    "conference": N_("Conference"),
}


def unfinished(t: Translator) -> Screen:
    """A draft is there already: go on with it, or begin anew."""
    return Screen(
        lines(
            t("🗓 You have a meeting that is not announced yet."),
            t("Go on with it, or begin anew? Beginning anew forgets what was entered."),
        ),
        rows=(
            (Button(t.plain("Go on with the meeting"), GoOn()),),
            (Button(t.plain("Begin anew"), NewMeeting(anew=True)),),
            nav.exits(t),
        ),
    )


def body_label(t: Translator, choice: Choice, *, several: bool) -> str:
    """A body as a button; with ``several`` branches its branch's code comes first."""
    name = t.plain(BODIES[choice.body])
    return f"{choice.branch.code} · {name}" if several else name


def body_step(t: Translator, choices: Sequence[Choice], mistake: Markup | None = None) -> Screen:
    """Whose meeting it is; several branches are told apart by their codes."""
    several = len({choice.branch.id for choice in choices}) > 1
    buttons = [
        Button(
            body_label(t, choice, several=several),
            ChooseBody(branch_id=choice.branch.id, body=choice.body),
        )
        for choice in choices
    ]
    named = {choice.branch.id: choice.branch for choice in choices}.values()
    return wizard.step(
        t,
        1,
        len(STEPS),
        t("Which meeting is announced?"),
        hint=lines(*(_branch(t, branch, several=several) for branch in named)),
        mistake=mistake,
        rows=column(buttons),
    )


def day_step(
    turn: Turn, working: WorkingCalendar, month: date, mistake: Markup | None = None
) -> Screen:
    """The day: tapped or typed."""
    t, today = turn.t, turn.today
    example = date_mistakes.example(t, today)
    return wizard.step(
        t,
        2,
        len(STEPS),
        t("On which day?"),
        hint=lines(
            t("Tap a day or type it: {example}", example=example),
            calendar.legend(t, month, today, working),
        ),
        mistake=mistake,
        rows=calendar.rows(t, PURPOSE, month, today, working),
        back=ToStep(step="body"),
    )


def time_step(turn: Turn, draft: Draft, mistake: Markup | None = None) -> Screen:
    """The time of day; on today only what is still ahead."""
    t, now = turn.t, turn.local
    buttons = [
        Button(f"{at:%H:%M}", ChooseTime(minutes=at.hour * 60 + at.minute))
        for at in USUAL_TIMES
        if draft.day != now.date() or at > now.time()
    ]
    day = dates.day(t, draft.day, now.date()) if draft.day else ""
    return wizard.step(
        t,
        3,
        len(STEPS),
        t("At what time? {day}", day=day),
        hint=t("Tap a time or type it, for example: 15:30"),
        mistake=mistake,
        rows=_rows(buttons),
        back=ToStep(step="day"),
    )


def place_step(t: Translator, mistake: Markup | None = None) -> Screen:
    """Where it takes place."""
    return wizard.step(
        t,
        4,
        len(STEPS),
        t("Where does it take place?"),
        hint=t("For example: conference hall of the branch, 2nd floor"),
        mistake=mistake,
        back=ToStep(step="time"),
        skip=SkipStep(step="place"),
    )


def agenda_step(t: Translator, mistake: Markup | None = None) -> Screen:
    """What is considered."""
    return wizard.step(
        t,
        5,
        len(STEPS),
        t("What is on the agenda? Each item on a line of its own."),
        hint=t("For example:\nReport of the branch for the year\nPlan for the next quarter"),
        mistake=mistake,
        back=ToStep(step="place"),
        skip=SkipStep(step="agenda"),
    )


def agenda_mistake(t: Translator, mistake: AgendaMistake) -> Markup:
    """What is wrong with a typed agenda."""
    if mistake.kind == "many":
        return t("{n} items are too many: at most {limit}.", n=mistake.number, limit=ITEMS_LIMIT)
    if mistake.kind == "item":
        return t(
            "Item {n} is too long: at most {limit} characters.", n=mistake.number, limit=ITEM_LIMIT
        )
    if mistake.kind == "long":
        return t(
            "The agenda is too long: {n} characters, at most {limit}.",
            n=mistake.number,
            limit=AGENDA_LIMIT,
        )
    return t("There is no item in this text.")


def _branch(t: Translator, branch: Branch, *, several: bool) -> str:
    name = branch.named(t.language)
    return f"{branch.code} — {name}" if several else name


def _rows(buttons: list[Button]) -> tuple[Row, ...]:
    return tuple(
        tuple(buttons[i : i + TIMES_IN_A_ROW]) for i in range(0, len(buttons), TIMES_IN_A_ROW)
    )
