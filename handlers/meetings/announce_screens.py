"""The screens of announcing a meeting: its steps, the check, and what was done."""

from collections.abc import Sequence
from datetime import date, datetime, time

from markupsafe import Markup

from handlers.meetings.announce_callbacks import (
    PURPOSE,
    ChooseBody,
    ChooseTime,
    Confirm,
    GoOn,
    NewMeeting,
    SkipStep,
    ToStep,
)
from handlers.meetings.announce_draft import STEPS, TITLES, AgendaMistake, Draft
from handlers.meetings.callbacks import OpenMeeting
from handlers.turn import Turn
from handlers.ui import calendar, date_mistakes, dates, holidays, nav, wizard
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row, Screen, column, lines
from storage.branches import Branch
from storage.meeting_announcements import (
    AGENDA_LIMIT,
    ITEM_LIMIT,
    ITEMS_LIMIT,
    Announced,
    Called,
    Choice,
)
from storage.rules.working_days import WorkingCalendar

USUAL_TIMES = tuple(time(hour) for hour in (9, 10, 11, 14, 15, 16))
TIMES_IN_A_ROW = 3

BODIES = {
    "bureau": N_("Meeting of the Bureau"),
    "political_council": N_("Meeting of the Political Council"),
    "primary": N_("Assembly of a primary organisation"),
    "assembly": N_("General assembly of the branch"),
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


def body_step(t: Translator, choices: Sequence[Choice], mistake: Markup | None = None) -> Screen:
    """Whose meeting it is; several branches are told apart by their codes."""
    several = len({choice.branch.id for choice in choices}) > 1
    buttons = [
        Button(
            f"{choice.branch.code} · {t.plain(BODIES[choice.body])}"
            if several
            else t.plain(BODIES[choice.body]),
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
    t, now = turn.t, turn.now.astimezone(turn.zone)
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


def check(
    turn: Turn,
    draft: Draft,
    branch: Branch,
    called: Called,
    working: WorkingCalendar,
    mistake: Markup | None = None,
) -> Screen:
    """Exactly what will happen, to how many; confirmed on this very content."""
    t = turn.t
    local = draft.starts_at(turn.zone)
    today = turn.today
    unreachable = called.total - called.reachable
    return Screen(
        lines(
            t("🗓 <b>Check the meeting before it is announced</b>"),
            Markup("⚠️ {}").format(mistake) if mistake else None,
            t(TITLES[str(draft.body)], branch=branch.named(t.language)),
            Markup("<b>{}</b> · {}").format(
                dates.moment(t, local, today), dates.days_left(t, local.date(), today)
            ),
            _day_off(t, local.date(), working),
            t("Venue: {place}", place=draft.place) if draft.place else t("Venue: not given"),
            *_agenda(t, draft),
            "",
            _recipients(t, draft, called),
            t("Of them the bot cannot reach {n}.", n=unreachable)
            if unreachable
            else None,
        ),
        rows=(
            (
                Button(
                    t.plain("✅ Announce to {n} people", n=called.total),
                    Confirm(token=draft.token, seal=draft.seal(called.total)),
                ),
            ),
            _change(t, ("day", N_("Change the day")), ("time", N_("Change the time"))),
            _change(t, ("place", N_("Change the venue")), ("agenda", N_("Change the agenda"))),
            (
                nav.back(t, ToStep(step="agenda")),
                Button(t.plain("Cancel"), wizard.CancelWizard()),
            ),
        ),
    )


def done(turn: Turn, announced: Announced) -> Screen:
    """The meeting is announced."""
    t = turn.t
    local = announced.starts_at.astimezone(turn.zone)
    return Screen(
        lines(
            t("✅ <b>The meeting is announced</b>"),
            t.pick(announced.title_kk, announced.title_ru),
            dates.moment(t, local, turn.today),
            t("The notice goes to {n} people, to each in their language.", n=announced.recipients),
        ),
        rows=(
            (Button(t.plain("More about the meeting"), OpenMeeting(id=announced.meeting_id)),),
            nav.exits(t),
        ),
        toast=t.plain("It was announced already; nothing was sent twice.")
        if announced.again
        else None,
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


def passed(turn: Turn, moment: datetime) -> Markup:
    """The moment in the draft lies behind by now."""
    shown = dates.moment(turn.t, moment, turn.today)
    return turn.t("This time has passed: {moment}. Choose another one.", moment=shown)


def _branch(t: Translator, branch: Branch, *, several: bool) -> str:
    name = branch.named(t.language)
    return f"{branch.code} — {name}" if several else name


def _recipients(t: Translator, draft: Draft, called: Called) -> Markup:
    if draft.body == "bureau":
        return t(
            "The notice goes at once to {n} people: Bureau members and secretaries.",
            n=called.total,
        )
    return t("The notice goes at once to {n} people: everybody in the branch.", n=called.total)


def _agenda(t: Translator, draft: Draft) -> list[Markup]:
    if not draft.agenda:
        return [t("Agenda: not given")]
    items = (
        Markup("{}. {}").format(number, item) for number, item in enumerate(draft.agenda, start=1)
    )
    return [t("Agenda, {n} items:", n=len(draft.agenda)), *items]


def _day_off(t: Translator, day: date, working: WorkingCalendar) -> Markup | None:
    if working.is_working(day):
        return None
    holiday = working.holiday(day)
    if holiday is None:
        return t("⚠️ This is a day off.")
    return t("⚠️ This is a day off: {holiday}.", holiday=holidays.name(t, holiday))


def _change(t: Translator, *steps: tuple[str, str]) -> Row:
    return tuple(Button(t.plain(label), ToStep(step=step)) for step, label in steps)


def _rows(buttons: list[Button]) -> tuple[Row, ...]:
    return tuple(
        tuple(buttons[i : i + TIMES_IN_A_ROW]) for i in range(0, len(buttons), TIMES_IN_A_ROW)
    )
