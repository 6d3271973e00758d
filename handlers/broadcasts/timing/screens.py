"""How the questions for the moment of sending look."""

from datetime import date, datetime, time

from markupsafe import Markup

from handlers.broadcasts.callbacks import OpenBroadcast
from handlers.broadcasts.timing.callbacks import AtOnce, PickClock
from handlers.turn import Turn
from handlers.ui import calendar, date_mistakes, dates, wizard
from handlers.ui.i18n import Translator
from handlers.ui.screen import Button, Screen, lines
from storage.rules.working_days import WorkingCalendar

PURPOSE = "broadcast"
USUAL = (time(9), time(10), time(12), time(15), time(17), time(18))
IN_A_ROW = 3


def day(turn: Turn, working: WorkingCalendar, month: date, mistake: Markup | None) -> Screen:
    """On which day it goes."""
    t, data = turn.t, turn.conversation.data
    number, version = data["broadcast_id"], data["version"]
    now = Button(t.plain("🚀 At once"), AtOnce(id=number, version=version))
    return wizard.step(
        t,
        1,
        2,
        t("⏰ When shall it go?"),
        hint=lines(
            t("Tap a day or type it: {example}", example=date_mistakes.example(t, turn.today)),
            calendar.legend(t, month, turn.today, working),
        ),
        mistake=mistake,
        rows=(*calendar.rows(t, PURPOSE, month, turn.today, working), (now,)),
        back=OpenBroadcast(id=number),
    )


def hour(turn: Turn, on: date, mistake: Markup | None) -> Screen:
    """At which hour it goes; on today only what is still ahead."""
    t, now = turn.t, turn.local
    buttons = [
        Button(f"{at:%H:%M}", PickClock(minutes=at.hour * 60 + at.minute))
        for at in USUAL
        if on != now.date() or at > now.time()
    ]
    rows = tuple(tuple(buttons[i : i + IN_A_ROW]) for i in range(0, len(buttons), IN_A_ROW))
    return wizard.step(
        t,
        2,
        2,
        t("⏰ At which time? {day}", day=dates.day(t, on, turn.today)),
        hint=t("Tap or type: 15:00"),
        mistake=mistake,
        rows=rows,
        back=OpenBroadcast(id=turn.conversation.data["broadcast_id"]),
    )


def moment(t: Translator, at: datetime, now: datetime) -> Markup:
    """The moment of sending with its zone and the time left; both in the zone of the people."""
    local = at.astimezone(now.tzinfo)
    offset = int((local.utcoffset() or local - local).total_seconds() // 3600)
    left = at - now
    days, hours = left.days, left.seconds // 3600
    minutes = left.seconds // 60 % 60
    return t(
        "⏰ Goes: {moment} (UTC{offset}) · left: {days} d {hours} h {minutes} min",
        moment=dates.moment(t, local, now.date()),
        offset=f"{offset:+d}",
        days=max(days, 0),
        hours=hours,
        minutes=minutes,
    )
