"""The look at a meeting before it is announced, and what was done."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.meetings.announce_callbacks import Confirm, ToStep
from handlers.meetings.announce_draft import TITLES, Draft
from handlers.meetings.callbacks import OpenMeeting
from handlers.turn import Turn
from handlers.ui import dates, holidays, nav, wizard
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row, Screen, lines
from storage.branches import Branch
from storage.meeting_announcements import Announced, Called
from storage.rules.working_days import WorkingCalendar

FAR_DAYS = 300  # more than these: «29.11» typed on 30.11 is meant for another year, or mistyped


@dataclass(frozen=True)
class Whole:
    """What a draft leads to: whose meeting, who is called, and what else there is on its day."""

    branch: Branch
    called: Called
    working: WorkingCalendar
    others: list[datetime]  # when other meetings of the same body start


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
            _far(t, local.date(), today),
            _day_off(t, local.date(), working),
            _others(t, whole.others, turn.zone),
            t("Venue: {place}", place=draft.place) if draft.place else t("Venue: not given"),
            *_agenda(t, draft),
            "",
            _recipients(t, draft, called),
            t("Of them the bot cannot reach {n}.", n=unreachable) if unreachable else None,
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


def passed(turn: Turn, moment: datetime) -> Markup:
    """The moment in the draft lies behind by now."""
    shown = dates.moment(turn.t, moment, turn.today)
    return turn.t("This time has passed: {moment}. Choose another one.", moment=shown)


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


def _far(t: Translator, day: date, today: date) -> Markup | None:
    if (day - today).days <= FAR_DAYS:
        return None
    return t("⚠️ Look at the year: <b>{year}</b>", year=day.year)


def _others(t: Translator, others: list[datetime], zone: ZoneInfo) -> Markup | None:
    if not others:
        return None
    times = ", ".join(f"{moment.astimezone(zone):%H:%M}" for moment in others)
    return t("⚠️ On this day one is announced already: {times}", times=times)


def _day_off(t: Translator, day: date, working: WorkingCalendar) -> Markup | None:
    if working.is_working(day):
        return None
    holiday = working.holiday(day)
    if holiday is None:
        return t("⚠️ This is a day off.")
    return t("⚠️ This is a day off: {holiday}.", holiday=holidays.name(t, holiday))


def _change(t: Translator, *steps: tuple[str, str]) -> Row:
    return tuple(Button(t.plain(label), ToStep(step=step)) for step, label in steps)
