"""The words of a meeting's life: why a step is refused, and who was first."""

from datetime import datetime

from markupsafe import Markup

from handlers.turn import Turn
from handlers.ui import dates
from handlers.ui.i18n import N_
from storage.errors import AlreadyChanged
from storage.meetings.times import Clash

REFUSALS = {
    "no_day": N_("The day and hour are not set yet: set them first."),
    "in_the_past": N_("This time has passed already: choose another day and hour."),
    "same_time": N_("This is the day and hour it has already."),
    "overlaps": N_("Another meeting of the same body goes on at that time."),
    "others_called": N_("The number of people has changed. Look at it once more."),
    "too_early": N_("It is too early: it begins on its day. If it is sooner, move it first."),
    "too_long": N_("This is too long."),
    "wrong": N_("This value does not fit here."),
    "no_reason": N_("A reason is needed here."),
    "unapproved": N_("The final document is not approved yet: approve it first."),
    "ballot_open": N_("A vote is open: close it first."),
    "no_series": N_("This meeting does not repeat. Choose how often it does."),
}
OTHERWISE = N_("This is not possible any more: its state has changed.")


def refused(turn: Turn, reason: str) -> Markup:
    """Why a step is not possible."""
    return turn.t(REFUSALS.get(reason, OTHERWISE))


def was_first(turn: Turn, error: AlreadyChanged) -> Markup:
    """Somebody else changed the meeting since it was shown."""
    if error.by is None or error.at is None:
        return turn.t("It was changed meanwhile. Look at it once more.")
    at = f"{error.at.astimezone(turn.zone):%H:%M}"
    return turn.t("{name} changed it at {time}. Look at it once more.", name=error.by, time=at)


def overlaps(turn: Turn, clash: Clash) -> Markup:
    """Which meeting goes on at that time."""
    t = turn.t
    return t(
        "At that time there is another meeting of the same body: {title}, {moment}.",
        title=t.pick(clash.title_kk, clash.title_ru),
        moment=moment(turn, clash.starts_at),
    )


def moment(turn: Turn, at: datetime) -> str:
    """A day and hour as people read it."""
    return dates.moment(turn.t, at.astimezone(turn.zone), turn.today)
