"""Questions about a day: between which moments it lies, and what is shown of it."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup

from handlers.meetings.callbacks import MeetingList, OpenMeeting
from handlers.meetings.texts import label
from handlers.search.question_days import Span
from handlers.turn import Turn
from handlers.ui import dates, nav
from handlers.ui.screen import Button, Screen, column
from storage.meetings import MeetingLine
from storage.meetings.asked import Window


def windows(days: Sequence[Span], zone: ZoneInfo) -> list[Window]:
    """From the first midnight of each span to the one after its last day, in ``zone``."""
    return [
        (
            datetime.combine(span.first, time(), zone),
            datetime.combine(span.last + timedelta(days=1), time(), zone),
        )
        for span in days
    ]


def several(turn: Turn, found: Sequence[MeetingLine]) -> Screen:
    """The meetings of that time, each opened by its button."""
    t = turn.t
    buttons = [Button(label(turn, line), OpenMeeting(id=line.id)) for line in found]
    return Screen(
        t("🗓 <b>Meetings of that time: {n}</b>", n=len(found)),
        rows=(*column(buttons), nav.exits(t, MeetingList(past=found[-1].is_over))),
    )


def none_then(turn: Turn, span: Span) -> Markup:
    """The word that comes before another meeting than the one that was asked for."""
    t, today = turn.t, turn.today
    first = dates.short_day(t, span.first, today)
    day = first if span.first == span.last else f"{first} – {dates.short_day(t, span.last, today)}"
    if span.last < today:
        return t("{day}: no meeting is known of. The last one held:", day=day)
    return t("{day}: no meeting is announced. The nearest one:", day=day)
