"""How a broadcast that repeats is told of, and how it is asked for."""

from datetime import datetime, tzinfo

from markupsafe import Markup

from handlers.broadcasts.callbacks import OpenBroadcast
from handlers.broadcasts.timing.callbacks import Repeat
from handlers.ui import dates, nav
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row, Screen, lines
from storage.broadcasts import recurring
from storage.broadcasts.reading import Broadcast
from storage.rules.gate import COUNTRY
from storage.rules.recurrence import Every, months_later

HOW_OFTEN = {Every.WEEK: N_("🔁 Every week"), Every.MONTH: N_("🔁 Every month")}
FOR_MONTHS = (1, 3, 6, 12)
ONCE = 0


def told(t: Translator, of: Broadcast, now: datetime) -> list[Markup]:
    """How often it comes, until when, and when after the next time; ``now`` is local."""
    if of.repeats is None or of.repeats_until is None or of.send_at is None:
        return []
    until = dates.day(t, of.repeats_until, now.date())
    found = [t("{often} · until: {day}", often=t.plain(HOW_OFTEN[Every(of.repeats)]), day=until)]
    then = recurring.next_moment(of, max(of.send_at, now))
    if then is None:
        return [*found, t("It is the last one.")]
    moment = dates.moment(t, then.astimezone(now.tzinfo), now.date())
    return [*found, t("The next one: {moment}", moment=moment)]


def ask(t: Translator, draft: Broadcast, at: datetime, zone: tzinfo) -> Screen:
    """How often, and until which day? ``at``: its first moment."""
    first = at.astimezone(zone)

    def buttons(every: Every) -> Row:
        return tuple(
            Button(
                f"{months_later(at, months, COUNTRY).astimezone(zone):%d.%m.%Y}",
                Repeat(id=draft.id, version=draft.version, every=every, months=months),
            )
            for months in FOR_MONTHS
        )

    once = Repeat(id=draft.id, version=draft.version, every=Every.WEEK, months=ONCE)
    return Screen(
        lines(
            t("🔁 <b>How often shall it come?</b>"),
            t("The first one: {moment}", moment=dates.moment(t, first, first.date())),
            t("The upper dates: every week until that day. The lower ones: every month."),
        ),
        rows=(
            (Button(t.plain(HOW_OFTEN[Every.WEEK]), nav.Nothing()),),
            buttons(Every.WEEK),
            (Button(t.plain(HOW_OFTEN[Every.MONTH]), nav.Nothing()),),
            buttons(Every.MONTH),
            (Button(t.plain("Once only"), once),),
            nav.exits(t, OpenBroadcast(id=draft.id)),
        ),
    )
