"""The look at a meeting before it is announced, and what was done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.meetings.announcing.callbacks import Confirm, KeepDraft, ToStep
from handlers.meetings.announcing.draft import TITLES, Draft
from handlers.meetings.callbacks import OpenMeeting
from handlers.meetings.life import words
from handlers.meetings.manage import Manage
from handlers.turn import Turn
from handlers.ui import dates, holidays, nav, wizard
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row, Screen, lines
from storage.branches import Branch
from storage.meetings.announcements import Announced
from storage.meetings.calling import Called
from storage.meetings.times import Clash
from storage.rules.working_days import WorkingCalendar

FAR_DAYS = 300  # more than these: «29.11» typed on 30.11 is meant for another year, or mistyped


@dataclass(frozen=True)
class Whole:
    """What a draft leads to: whose meeting, who is called, and what else there is on its day."""

    branch: Branch
    called: Called
    working: WorkingCalendar
    others: list[datetime]  # when other meetings of the same body start
    clash: Clash | None  # the one that goes on at the same time


def check(
    turn: Turn,
    draft: Draft,
    whole: Whole,
    mistake: Markup | None = None,
) -> Screen:
    """Exactly what will happen, to how many; confirmed on this very content."""
    t = turn.t
    local = draft.starts_at(turn.zone)
    today = turn.today
    branch, called, working = whole.branch, whole.called, whole.working
    unreachable = called.total - called.reachable
    return Screen(
        lines(
            t("🗓 <b>Check the meeting before it is announced</b>"),
            Markup("⚠️ {}").format(mistake) if mistake else None,
            t(TITLES[str(draft.body)], branch=branch.named(t.language)),
            Markup("<b>{}</b> · {}").format(
                dates.moment(t, local, today), dates.days_left(t, local.date(), today)
            ),
            far(t, local.date(), today),
            day_off(t, local.date(), working),
            _beside(turn, whole),
            t("Venue: {place}", place=draft.place) if draft.place else t("Venue: not given"),
            *agenda(t, draft.agenda),
            "",
            recipients(t, str(draft.body), called),
            t("Of them the bot cannot reach {n}.", n=unreachable) if unreachable else None,
        ),
        rows=(
            *(() if whole.clash else (_announce(t, draft, called),)),
            (Button(t.plain("💾 Keep as a draft, tell nobody"), KeepDraft(token=draft.token)),),
            _change(t, ("day", N_("Change the day")), ("time", N_("Change the time"))),
            _change(t, ("place", N_("Change the venue")), ("agenda", N_("Change the agenda"))),
            (
                nav.back(t, ToStep(step="agenda")),
                Button(t.plain("Cancel"), wizard.CancelWizard()),
            ),
        ),
    )


def kept(turn: Turn, meeting_id: int) -> Screen:
    """The meeting is a draft now."""
    t = turn.t
    return Screen(
        lines(
            t("✅ <b>The draft is kept</b>"),
            t("Nobody is told of it. It is announced from its own screen."),
        ),
        rows=(
            (Button(t.plain("Manage the meeting"), Manage(id=meeting_id)),),
            nav.exits(t),
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


def passed(turn: Turn, moment: datetime) -> Markup:
    """The moment in the draft lies behind by now."""
    shown = dates.moment(turn.t, moment, turn.today)
    return turn.t("This time has passed: {moment}. Choose another one.", moment=shown)


def recipients(t: Translator, body: str, called: Called) -> Markup:
    """Whom the notice goes to, and how many they are."""
    if body == "bureau":
        return t(
            "The notice goes at once to {n} people: Bureau members, secretaries and speakers.",
            n=called.total,
        )
    if called.everybody:
        return t("The notice goes at once to {n} people: everybody in the branch.", n=called.total)
    return t("The notice goes at once to {n} people: everybody who is called.", n=called.total)


def agenda(t: Translator, titles: Sequence[str]) -> list[Markup]:
    """What is considered, an item a line."""
    if not titles:
        return [t("Agenda: not given")]
    items = (Markup("{}. {}").format(number, item) for number, item in enumerate(titles, start=1))
    return [t("Agenda, {n} items:", n=len(titles)), *items]


def far(t: Translator, day: date, today: date) -> Markup | None:
    """A day so far ahead that its year may be mistyped."""
    if (day - today).days <= FAR_DAYS:
        return None
    return t("⚠️ Look at the year: <b>{year}</b>", year=day.year)


def day_of(moment: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When the day of ``moment`` begins and ends for the people there."""
    midnight = datetime.combine(moment.astimezone(zone).date(), time(), zone)
    return midnight, midnight + timedelta(days=1)


def others(t: Translator, found: list[datetime], zone: ZoneInfo) -> Markup | None:
    """What else of the same body there is on the day."""
    if not found:
        return None
    times = ", ".join(f"{moment.astimezone(zone):%H:%M}" for moment in found)
    return t("⚠️ On this day one is announced already: {times}", times=times)


def day_off(t: Translator, day: date, working: WorkingCalendar) -> Markup | None:
    """A day on which people do not work, with the name of the holiday."""
    if working.is_working(day):
        return None
    holiday = working.holiday(day)
    if holiday is None:
        return t("⚠️ This is a day off.")
    return t("⚠️ This is a day off: {holiday}.", holiday=holidays.name(t, holiday))


def _announce(t: Translator, draft: Draft, called: Called) -> Row:
    label = t.plain("✅ Announce to {n} people", n=called.total)
    return (Button(label, Confirm(token=draft.token, seal=draft.seal(called.total))),)


def _beside(turn: Turn, whole: Whole) -> Markup | None:
    if whole.clash is None:
        return others(turn.t, whole.others, turn.zone)
    return Markup("⚠️ {}").format(words.overlaps(turn, whole.clash))


def _change(t: Translator, *steps: tuple[str, str]) -> Row:
    return tuple(Button(t.plain(label), ToStep(step=step)) for step, label in steps)
