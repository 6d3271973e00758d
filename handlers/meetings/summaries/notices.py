"""The summary of a meeting, as it reaches its members."""

from typing import Any

from sqlalchemy import Connection

from handlers.meetings.announcing.notices import meeting_for
from handlers.meetings.callbacks import OpenItem, OpenMeeting
from handlers.meetings.summaries import telling
from handlers.notices import Recipient, Renderer
from handlers.ui import nav
from handlers.ui.screen import Button, Row, Screen
from storage.meetings.summaries import KIND
from storage.meetings.telling import told


def _published(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    meeting = meeting_for(tx, to, int(params["meeting"]))
    if meeting is None or not meeting.is_over or meeting.published_at is None:
        return None
    t = to.t
    details: tuple[Row, ...] = ()
    if meeting.items:
        goes = OpenItem(id=meeting.id, number=meeting.items[0].number)
        details = ((Button(t.plain("Details, item by item"), goes),),)
    return Screen(
        telling.told(to, meeting, told(tx, meeting), word=t("📝 <b>Summary of the meeting</b>")),
        rows=(
            *details,
            (Button(t.plain("More about the meeting"), OpenMeeting(id=meeting.id)),),
            nav.exits(t),
        ),
    )


RENDERERS: dict[str, Renderer] = {KIND: _published}
