"""The words of meetings: when, where, by whom, and in which state."""

import re
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.ui import dates
from handlers.ui.i18n import N_, Translator, html
from handlers.ui.screen import CUT, shortened
from storage.meetings import GOES_ON, AgendaItem, Meeting, MeetingLine
from storage.rules.meeting_states import IN_PROGRESS

TITLE = 70  # characters of an item's title on the card
NAME = 30  # of a speaker's name there
PERIOD = 20  # of what is known of a meeting's time, in a list
LABEL = 60  # of a button in a list

BODIES = {
    "bureau": N_("Bureau of the Political Council"),
    "political_council": N_("Political Council"),
    "faction": N_("Party faction"),
    "conference": N_("Conference"),
    "primary": N_("Primary party organisation"),
    "assembly": N_("General assembly"),
}

STATES = {
    "draft": N_("not announced yet"),
    "held": N_("took place"),
    "signed": N_("took place, the minutes are signed"),
    "archived": N_("took place, in the archive"),
    "rescheduled": N_("moved to another time"),
    "in_progress": N_("going on now"),
    "cancelled": N_("will not take place"),
}
GONE = {"carried": N_("carried over"), "dropped": N_("taken off")}  # items of an agenda


class Viewer(Protocol):
    """Whoever is shown something, and when: a turn, or the recipient of a notice."""

    @property
    def t(self) -> Translator:
        """The texts of the viewer's language."""

    @property
    def now(self) -> datetime:
        """The moment, aware."""

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the viewer's clock."""


def title(viewer: Viewer, meeting: Meeting | MeetingLine) -> Markup:
    """The first line: what it is."""
    return html("🗓 <b>{}</b>", viewer.t.pick(meeting.title_kk, meeting.title_ru))


def when(viewer: Viewer, meeting: Meeting) -> Markup:
    """The day and time with the state: days left, going on, took place, will not take place."""
    t = viewer.t
    state = STATES.get(meeting.state)
    known = day_of(viewer, meeting.starts_at, t.pick(meeting.period_kk, meeting.period_ru))
    said = [known, *([t(state)] if state else [])]
    # Moved, it is ahead all the same.
    if (not state or meeting.is_called) and meeting.state != IN_PROGRESS:
        said += [left] if (left := _left(viewer, meeting.starts_at)) else []
    return Markup(" · ").join(said)


def day_of(viewer: Viewer, starts_at: datetime | None, period: str) -> str:
    """The day and time as people read it, or what is known of it."""
    if starts_at is None:
        return period or viewer.t.plain("The day is not set yet")
    local = starts_at.astimezone(viewer.zone)
    return dates.moment(viewer.t, local, viewer.now.astimezone(viewer.zone).date())


def _left(viewer: Viewer, starts_at: datetime | None) -> Markup | None:
    if starts_at is None:
        return None
    if starts_at <= viewer.now:
        going_on = viewer.now <= starts_at + GOES_ON
        return viewer.t("going on now") if going_on else viewer.t("no summary yet")
    today = viewer.now.astimezone(viewer.zone).date()
    return dates.days_left(viewer.t, starts_at.astimezone(viewer.zone).date(), today)


def named(viewer: Viewer, msgid: str, kk: str | None, ru: str | None) -> Markup | None:
    """A line such as «Venue: {value}»; None when nothing is known."""
    value = viewer.t.pick(kk, ru)
    return viewer.t(msgid, value=value) if value else None


def source(viewer: Viewer, meeting: Meeting) -> Markup | None:
    """Whom the facts are attributed to; stands wherever they stand."""
    value = viewer.t.pick(meeting.source_kk, meeting.source_ru)
    return html("<i>{}</i>", value) if value else None


def agenda_line(viewer: Viewer, item: AgendaItem) -> Markup:
    """«1. title — speaker» in one line, with a word on what is not considered here any more."""
    t = viewer.t
    text = clipped(t.pick(item.title_kk, item.title_ru), TITLE)
    speaker = shortened(t.pick(item.speaker_kk, item.speaker_ru), NAME)
    ending = html(" — {}", speaker) if speaker else ""
    gone = html(" · <i>{}</i>", t(GONE[item.state])) if item.state in GONE else ""
    return html("{}. {}{}{}", item.number, text, ending, gone)


def label(viewer: Viewer, line: MeetingLine) -> str:
    """A meeting in a list, as a button: day, state or days left, short title."""
    t = viewer.t
    state = STATES.get(line.state) if not line.is_over else None
    period = t.pick(line.period_kk, line.period_ru)
    parts = [short_period(period) or t.plain("The day is not set yet")]
    if line.starts_at is not None:
        today = viewer.now.astimezone(viewer.zone).date()
        local = line.starts_at.astimezone(viewer.zone)
        day = dates.short_day(t, local.date(), today)
        parts = [f"{day}, {local:%H:%M}" if line.starts_at > viewer.now else day]
    left = None if state or line.is_over else _left(viewer, line.starts_at)
    parts += [t.plain(state)] if state else [left.unescape()] if left else []
    return shortened(" · ".join([*parts, t.pick(line.title_kk, line.title_ru)]), LABEL)


def short_period(period: str) -> str:
    """What is known of a meeting's time, without remarks on it: «2025 жыл (…), …» → «2025 жыл»."""
    return clipped(re.split(r"[(,;]", period)[0].strip(), PERIOD)


def clipped(text: str, limit: int) -> str:
    """``text`` with its line breaks, at most ``limit`` characters, cut between words."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(maxsplit=1)[0].rstrip(",;:") + CUT
