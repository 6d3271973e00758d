"""The notice that a meeting is announced, as it reaches those who are called."""

from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.meetings.callbacks import OpenMeeting
from handlers.notices import Recipient, Renderer
from handlers.ui import dates, nav
from handlers.ui.screen import Button, Screen, lines, shortened
from storage import meetings, people
from storage.errors import NotAllowed, NotFound
from storage.meeting_announcements import KIND
from storage.meetings import Meeting

ITEMS = 6  # of the agenda; the rest stands on the meeting's card
ITEM = 120  # characters


def _announced(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    meeting = _meeting(tx, to, params["meeting"])
    if meeting is None or meeting.state != "announced" or meeting.starts_at is None:
        return None
    if meeting.starts_at <= to.now:
        return None
    t = to.t
    local = meeting.starts_at.astimezone(to.zone)
    place = t.pick(meeting.place_kk, meeting.place_ru)
    return Screen(
        lines(
            t("🗓 <b>A meeting is announced</b>"),
            t.pick(meeting.title_kk, meeting.title_ru),
            Markup("<b>{}</b> · {}").format(
                dates.moment(t, local, to.today), dates.days_left(t, local.date(), to.today)
            ),
            t("Venue: {place}", place=place) if place else None,
            *_agenda(to, meeting),
        ),
        rows=(
            (Button(t.plain("More about the meeting"), OpenMeeting(id=meeting.id)),),
            nav.exits(t),
        ),
    )


def _meeting(tx: Connection, to: Recipient, meeting_id: int) -> Meeting | None:
    """The meeting, None when the person may not see it any more."""
    actor = people.actor_of(tx, people.get(tx, to.person_id).telegram_id, to.today)
    if actor is None:
        return None
    try:
        return meetings.get(tx, actor, meeting_id, drafts=False)
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
