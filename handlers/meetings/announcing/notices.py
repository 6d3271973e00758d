"""The notice that a meeting is announced, as it reaches those who are called."""

from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.meetings import venue
from handlers.meetings.answers import rows as answer_rows
from handlers.meetings.asking import rows as asking_rows
from handlers.meetings.callbacks import OpenMeeting
from handlers.notices import Recipient, Renderer, actor_of
from handlers.ui import dates, nav
from handlers.ui.screen import Button, Screen, lines, shortened
from storage import meetings
from storage.errors import NotAllowed, NotFound
from storage.meetings import Meeting
from storage.meetings.announcements import KIND
from storage.rules.meeting_states import AHEAD

ITEMS = 6  # of the agenda; the rest stands on the meeting's card
ITEM = 120  # characters


def _announced(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    meeting = meeting_for(tx, to, params["meeting"])
    if meeting is None or meeting.state not in AHEAD or meeting.starts_at is None:
        return None
    if meeting.starts_at <= to.now:
        return None
    t = to.t
    local = meeting.starts_at.astimezone(to.zone)
    return Screen(
        lines(
            t("🗓 <b>A meeting is announced</b>"),
            t.pick(meeting.title_kk, meeting.title_ru),
            Markup("<b>{}</b> · {}").format(
                dates.moment(t, local, to.today), dates.days_left(t, local.date(), to.today)
            ),
            *venue.of(to, meeting),
            *_agenda(to, meeting),
        ),
        rows=(
            *answer_rows.buttons(t, meeting.id, meeting.standing.invitation),
            *venue.rows(to, meeting),
            asking_rows.calendar(t, meeting),
            (Button(t.plain("More about the meeting"), OpenMeeting(id=meeting.id)),),
            nav.exits(t),
        ),
    )


def meeting_for(tx: Connection, to: Recipient, meeting_id: int) -> Meeting | None:
    """The meeting, None when the person may not see it any more."""
    actor = actor_of(tx, to)
    if actor is None:
        return None
    try:
        return meetings.get(tx, actor, meeting_id)
    except (NotAllowed, NotFound):
        return None


def _agenda(to: Recipient, meeting: Meeting) -> list[Markup]:
    if not meeting.items:
        return []
    t = to.t
    shown = [
        Markup("{}. {}").format(item.number, shortened(t.pick(item.title_kk, item.title_ru), ITEM))
        for item in meeting.items[:ITEMS]
    ]
    hidden = len(meeting.items) - len(shown)
    more = [t("… and {n} more items", n=hidden)] if hidden else []
    return [t("Agenda, {n} items:", n=len(meeting.items)), *shown, *more]


RENDERERS: dict[str, Renderer] = {KIND: _announced}
