"""The reminders: of the meeting to those who come, of papers to those who speak."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from handlers.meetings.announcing.notices import meeting_for
from handlers.meetings.answers import rows
from handlers.meetings.callbacks import OpenItem, OpenMeeting
from handlers.meetings.texts import named, title, when
from handlers.notices import Recipient, Renderer
from handlers.ui import nav
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Screen, column, lines
from storage.meetings import Meeting, meeting_reminders
from storage.meetings.answers import CANNOT
from storage.meetings.meeting_reminders import AHEAD_KIND, PAPERS_KIND, SOON_KIND
from storage.rules.meeting_states import AHEAD

SHOWN = 4  # items with a button of their own


def _coming(heading: str, *, by_day: bool) -> Renderer:
    def render(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
        meeting = _current(tx, to, params, by_day=by_day)
        if meeting is None:
            return None
        invitation = meeting.standing.invitation
        if invitation is None or invitation.answer == CANNOT:
            return None
        t, total = to.t, len(meeting.items)
        return Screen(
            lines(
                t(heading),
                title(to, meeting),
                when(to, meeting),
                named(to, N_("Venue: {value}"), meeting.place_kk, meeting.place_ru),
                t("On the agenda: {n} items", n=total) if total else None,
                rows.line(t, invitation),
            ),
            rows=(
                *rows.buttons(t, meeting.id, invitation),
                (Button(t.plain("More about the meeting"), OpenMeeting(id=meeting.id)),),
                nav.exits(t),
            ),
        )

    return render


def _papers(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    meeting = _current(tx, to, params, by_day=True)
    if meeting is None:
        return None
    missing = set(meeting_reminders.items_to_bring(tx, meeting.id, to.person_id))
    items = [item for item in meeting.items if item.number in missing]
    if not items:
        return None
    t = to.t
    return Screen(
        lines(
            t("⏰ <b>The materials of your item are not there yet</b>"),
            title(to, meeting),
            when(to, meeting),
            t("Open the item and send the file, or hand it to the secretary."),
        ),
        rows=(
            *column(
                Button(
                    t.plain("Item {number}", number=item.number),
                    OpenItem(id=meeting.id, number=item.number),
                )
                for item in items[:SHOWN]
            ),
            (Button(t.plain("More about the meeting"), OpenMeeting(id=meeting.id)),),
            nav.exits(t),
        ),
    )


def _current(
    tx: Connection, to: Recipient, params: dict[str, Any], *, by_day: bool
) -> Meeting | None:
    """The meeting, unless it was moved, cancelled or begun since the reminder was queued.

    ``by_day``: another hour of the same day leaves it standing, since no second one is queued then
    (see ``meeting_reminders``); it is told with the new hour.
    """
    meeting = meeting_for(tx, to, params["meeting"])
    if meeting is None or meeting.state not in AHEAD or meeting.starts_at is None:
        return None
    planned = datetime.fromisoformat(params["starts_at"])
    days = (planned.astimezone(to.zone).date(), meeting.starts_at.astimezone(to.zone).date())
    holds = meeting.starts_at == planned or (by_day and days[0] == days[1])
    return meeting if holds and meeting.starts_at > to.now else None


RENDERERS: dict[str, Renderer] = {
    AHEAD_KIND: _coming(N_("⏰ <b>Reminder: a meeting</b>"), by_day=True),
    SOON_KIND: _coming(N_("⏰ <b>The meeting begins soon</b>"), by_day=False),
    PAPERS_KIND: _papers,
}
