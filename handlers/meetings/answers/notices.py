"""The nudge to whoever has not answered."""

from typing import Any

from sqlalchemy import Connection

from handlers.meetings.announcing.notices import meeting_for
from handlers.meetings.answers import rows
from handlers.meetings.callbacks import OpenMeeting
from handlers.meetings.texts import named, title, when
from handlers.notices import Recipient, Renderer
from handlers.ui import nav
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Screen, lines
from storage.meetings.answers import NUDGE
from storage.rules.meeting_states import AHEAD


def _nudge(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    meeting = meeting_for(tx, to, params["meeting"])
    if meeting is None or meeting.state not in AHEAD:
        return None
    invitation = meeting.standing.invitation
    has_begun = meeting.starts_at is not None and meeting.starts_at <= to.now
    if invitation is None or invitation.answer is not None or has_begun:
        return None
    t = to.t
    return Screen(
        lines(
            t("⏳ <b>Your answer is awaited: will you attend?</b>"),
            title(to, meeting),
            when(to, meeting),
            named(to, N_("Venue: {value}"), meeting.place_kk, meeting.place_ru),
        ),
        rows=(
            *rows.buttons(t, meeting.id, invitation),
            (Button(t.plain("More about the meeting"), OpenMeeting(id=meeting.id)),),
            nav.exits(t),
        ),
    )


RENDERERS: dict[str, Renderer] = {NUDGE: _nudge}
