"""How a broadcast on its way looks: its state, how far it is, and what can be done with it."""

from datetime import datetime

from markupsafe import Markup

from handlers.broadcasts import words
from handlers.broadcasts.approval.callbacks import TakeBack
from handlers.broadcasts.callbacks import OpenBroadcast
from handlers.broadcasts.steering.callbacks import AskStop, Pause, Resume, Stop
from handlers.broadcasts.timing import repeat_screens
from handlers.broadcasts.timing.callbacks import StopRepeats
from handlers.broadcasts.timing.screens import moment
from handlers.ui import nav
from handlers.ui.i18n import N_, Translator
from handlers.ui.screen import Button, Row, Screen, lines
from storage.broadcasts.reading import Broadcast
from storage.broadcasts.steering import FOR_EDIT
from storage.deliveries import Progress
from storage.rules.announcements import goes_from
from storage.rules.gate import COUNTRY
from storage.rules.working_days import WorkingCalendar

CELLS = 10
FULL, EMPTY = "▓", "░"
WHY_NOT = {
    "expired": N_("The bot was not running at that time, and it is too late by now."),
    "author": N_("You may not send it any more."),
    "nobody": N_("There is nobody to send to."),
    "approval": N_("By now it goes to so many people that a second person has to approve it."),
    "meeting": N_("The meeting it asks about takes no answers any more."),
}


def state(
    t: Translator, seen: Progress, now: datetime | None, *, keeps_up: bool = False
) -> list[Markup]:
    """The state in words; of one on its way how far it is.

    ``keeps_up``: in a message that follows by itself.
    """
    of = seen.broadcast
    if of.state == "finished":
        return [t("✅ The sending is over")]
    if of.state == "stopped":
        return [t("⏹ Stopped: nothing more goes")]
    if of.state == "recalled":
        left = seen.arrived - seen.taken_back
        stays = [t("It is still there with: {n}", n=left)] if left else []
        return [t("🗑 Recalled: {n} copies deleted", n=seen.taken_back), *stays]
    if of.state == "paused":
        return [_paused(t, of), _bar(seen)]
    going = (
        t("⏳ The copies are being sent. The numbers follow by themselves")
        if keeps_up
        else t("⏳ The copies are being sent. Newer numbers: 🔄 Refresh")
    )
    pace = _pace(t, seen, now)
    resting = asleep(t, of, now) if now else []
    return [going, _bar(seen), *resting, *([pace] if pace and not resting else [])]


def asleep(t: Translator, of: Broadcast, at: datetime) -> list[Markup]:
    """What to know when ``at`` is not an hour at which it may go."""
    opens = goes_from(at, of.announcement, WorkingCalendar(), COUNTRY, office_hours=of.office_hours)
    if opens <= at:
        return []
    if of.office_hours:
        return [t("🏢 It goes in the next working hours.")]
    return [t("🌙 At night only urgent ones go: it goes at 8:00.")]


def controls(t: Translator, seen: Progress) -> tuple[Row, ...]:
    """Pause, resume, stop: whatever is open now."""
    number, now = seen.broadcast.id, seen.broadcast.state
    if now not in ("running", "paused"):
        return ()
    stop = Button(t.plain("⏹ Stop"), AskStop(id=number))
    if now == "running":
        return ((Button(t.plain("⏸ Pause"), Pause(id=number)), stop),)
    if seen.broadcast.paused_reason == FOR_EDIT:
        return ((stop,),)
    return ((Button(t.plain("▶️ Resume"), Resume(id=number)), stop),)


def before_stop(t: Translator, seen: Progress) -> Screen:
    """What stopping means."""
    number = seen.broadcast.id
    return Screen(
        lines(
            t("⏹ <b>Stop the broadcast?</b>"),
            t("It will not go to: {n}", n=seen.left),
            t("What has been delivered stays. It cannot be resumed."),
        ),
        rows=(
            (Button(t.plain("⏹ Stop it: {n} will not get it", n=seen.left), Stop(id=number)),),
            nav.exits(t, OpenBroadcast(id=number)),
        ),
    )


def scheduled(t: Translator, of: Broadcast, now: datetime, *, toast: str | None = None) -> Screen:
    """A broadcast that waits for its moment; ``now`` is local."""
    return Screen(
        lines(
            t("📣 <b>Broadcast</b> · {to}", to=words.addressee(t, of)),
            moment(t, of.send_at or now, now),
            *repeat_screens.told(t, of, now),
            words.recipients(t, of),
            t("Who they are is looked at once more when it goes."),
        ),
        rows=(
            (Button(t.plain("🔄 Refresh the numbers"), OpenBroadcast(id=of.id)),),
            *(
                (
                    (
                        Button(
                            t.plain("⏹ No more repeats"), StopRepeats(id=of.id, version=of.version)
                        ),
                    ),
                )
                if of.repeats
                else ()
            ),
            (Button(t.plain("✏️ Take it back"), TakeBack(id=of.id, version=of.version)),),
            nav.exits(t),
        ),
        toast=toast,
    )


def paused(t: Translator, of: Broadcast) -> Screen:
    """The notice that it paused by itself."""
    return Screen(
        lines(
            t("⏸ <b>The broadcast has paused by itself</b> · {to}", to=words.addressee(t, of)),
            _paused(t, of),
        ),
        rows=((Button(t.plain("Open the broadcast"), OpenBroadcast(id=of.id)),),),
    )


def not_sent(t: Translator, of: Broadcast, why: str) -> Screen:
    """The notice that it did not go at its moment."""
    return Screen(
        lines(
            t("⚠️ <b>The broadcast was not sent</b> · {to}", to=words.addressee(t, of)),
            t(WHY_NOT[why]),
            t("It is a draft again."),
        ),
        rows=((Button(t.plain("Open the broadcast"), OpenBroadcast(id=of.id)),),),
    )


def _paused(t: Translator, of: Broadcast) -> Markup:
    if of.paused_reason is None:
        return t("⏸ Paused")
    if of.paused_reason == FOR_EDIT:
        return t("⏸ Paused until the new words are approved")
    return t(
        "⏸ Paused: many copies in a row did not go ({why})", why=words.reason(t, of.paused_reason)
    )


def _bar(seen: Progress) -> Markup:
    share = (seen.copies - seen.left) / seen.copies if seen.copies else 1.0
    full = int(share * CELLS)
    return Markup("{} {} %").format(FULL * full + EMPTY * (CELLS - full), int(share * 100))


def _pace(t: Translator, seen: Progress, now: datetime | None) -> Markup | None:
    begun, done = seen.broadcast.confirmed_at, seen.arrived + seen.unsure
    if now is None or begun is None or not done or now <= begun:
        return None
    per_minute = done * 60 / (now - begun).total_seconds()
    left = max(1, round(seen.left / per_minute))
    return t("{n} a minute · about {left} min left", n=round(per_minute), left=left)
