"""The words of an agenda: kinds, who sees an item, how long it takes, what went wrong."""

import re
from datetime import datetime

from markupsafe import Markup

from handlers.meetings.texts import Viewer
from handlers.turn import Turn
from handlers.ui.i18n import N_, Translator
from handlers.ui.texts import has_words
from storage.errors import AlreadyChanged, NotPossible
from storage.meetings import AgendaItem, Meeting
from storage.meetings.agenda import DECISION_LIMIT, ITEMS_LIMIT, POST_LIMIT, TITLE_LIMIT
from storage.meetings.papers import CoSpeaker
from storage.meetings.speakers import CO_SPEAKERS_LIMIT
from storage.rules.agenda_times import total

KINDS = {
    "report": N_("Report"),
    "control": N_("Under control"),
    "information": N_("Information"),
    "election": N_("Election"),
}
VISIBILITIES = {
    "members": N_("All members"),
    "invited": N_("Those invited"),
    "bureau": N_("Members of the body only"),
}
STATES = {
    "done": N_("considered"),
    "carried": N_("carried over"),
    "dropped": N_("taken off"),
}
LIMITS = {"title": TITLE_LIMIT, "draft_decision": DECISION_LIMIT, "speaker_position": POST_LIMIT}

# «1. Есеп», «2) Отчёт», «— Выборы»: the numbers are ours.
_LEADING = re.compile(r"^(?:\d{1,2}[.)](?!\d)|[-–—•*])\s*")


def titles_of(text: str) -> list[str]:
    """The titles of items, one a line, without the numbers typed before them."""
    found = (_LEADING.sub("", " ".join(line.split())) for line in text.splitlines())
    return [title for title in found if has_words(title)]


def duration(t: Translator, minutes: int) -> str:
    """Minutes as people say them."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return t.plain("{n} min", n=minutes)
    if not rest:
        return t.plain("{n} h", n=hours)
    return t.plain("{hours} h {minutes} min", hours=hours, minutes=rest)


def planned(viewer: Viewer, begins_at: datetime | None, minutes: int | None) -> str:
    """«10:15 · 20 min», as much of it as is known."""
    at = f"{begins_at.astimezone(viewer.zone):%H:%M}" if begins_at else None
    length = duration(viewer.t, minutes) if minutes else None
    return " · ".join(part for part in (at, length) if part)


def together(t: Translator, meeting: Meeting) -> Markup:
    """How long all items take, and how many have no time yet."""
    minutes, unknown = total((item.state, item.minutes) for item in meeting.items)
    if not minutes:
        return t("Time of the items: not given yet")
    length = duration(t, minutes)
    if unknown:
        return t("Time together: {length}; without a time: {n}", length=length, n=unknown)
    return t("Time together: {length}", length=length)


def speaker(t: Translator, item: AgendaItem) -> str:
    """Name and position of whoever reports on an item; empty when nobody does yet."""
    name = t.pick(item.speaker_kk, item.speaker_ru)
    post = t.pick(item.speaker_position_kk, item.speaker_position_ru)
    return ", ".join(part for part in (name, post) if part)


def beside(co_speakers: tuple[CoSpeaker, ...]) -> str:
    """Names and positions of the co-speakers."""
    return "; ".join(", ".join(p for p in (one.name, one.post) if p) for one in co_speakers)


def changed(turn: Turn, change: AlreadyChanged) -> str:
    """Somebody was first: who and when."""
    if change.by is None or change.at is None:
        return turn.t.plain("The agenda has changed meanwhile. Here is how it stands now.")
    at = f"{change.at.astimezone(turn.zone):%H:%M}"
    return turn.t.plain("{name} changed this item at {time}. Look again.", name=change.by, time=at)


def impossible(t: Translator, error: NotPossible) -> str:
    """Why something does not go."""
    if error.reason == "too_many":
        return t.plain("The agenda is full: at most {limit} items.", limit=ITEMS_LIMIT)
    if error.reason == "settled":
        return t.plain("The item is considered or carried over: it does not change any more.")
    if error.reason == "no_title":
        return t.plain("An item needs a title in one of the two languages.")
    if error.reason == "wrong_body":
        return t.plain("An item is carried over only to another meeting of the same body.")
    if error.reason == "too_many_speakers":
        return t.plain("At most {limit} co-speakers.", limit=CO_SPEAKERS_LIMIT)
    return t.plain("The meeting is past this: its agenda does not change so any more.")
