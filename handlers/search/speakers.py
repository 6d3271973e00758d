"""Questions about a speaker: on what and when they speak."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from handlers.meetings import texts
from handlers.meetings.callbacks import MeetingList, OpenItem
from handlers.turn import Turn
from handlers.ui import dates, nav
from handlers.ui.screen import Button, Screen, lines, shortened
from storage.meetings.asked import Spoken

SHOWN = 4  # items, two lines each
TITLE = 90  # characters


def found(turn: Turn, spoken: Sequence[Spoken]) -> Screen:
    """The items, numbered, each opened by its number."""
    t, shown = turn.t, spoken[:SHOWN]
    numbers = tuple(
        Button(str(n), OpenItem(id=one.meeting_id, number=one.number))
        for n, one in enumerate(shown, start=1)
    )
    names = list(dict.fromkeys(t.pick(one.speaker_kk, one.speaker_ru) for one in shown))
    return Screen(
        lines(
            t("🗓 <b>On the agenda of meetings: {n} items</b>", n=len(spoken)),
            t("Speaker: {who}", who=names[0]) if len(names) == 1 and names[0] else None,
            *(line for n, one in enumerate(shown, start=1) for line in _lines(turn, n, one)),
            t("… and {n} more", n=len(spoken) - SHOWN) if len(spoken) > SHOWN else None,
        ),
        rows=(numbers, nav.exits(t, MeetingList())),
    )


def _lines(turn: Turn, number: int, one: Spoken) -> Iterator[Markup]:
    t = turn.t
    title = shortened(t.pick(one.item_kk, one.item_ru), TITLE)
    yield Markup("<b>{}.</b> {}").format(number, title)
    day = texts.short_period(t.pick(one.period_kk, one.period_ru))
    left: Markup | str = ""
    if one.starts_at is not None:
        local = one.starts_at.astimezone(turn.zone)
        ahead = one.starts_at > turn.now
        written = dates.moment(t, local, turn.today)
        day = written if ahead else dates.short_day(t, local.date(), turn.today)
        left = dates.days_left(t, local.date(), turn.today) if ahead else ""
    meeting = texts.clipped(t.pick(one.title_kk, one.title_ru), TITLE)
    yield Markup("🗓 {}").format(Markup(" · ").join(part for part in (day, left, meeting) if part))
