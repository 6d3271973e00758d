"""Screens of whom a draft goes to by what is known of people."""

from collections.abc import Sequence

from handlers.broadcasts.addressing.callbacks import ChooseMeeting, ChooseSilent, WhomTo
from handlers.broadcasts.addressing.screens import TITLE, titled
from handlers.broadcasts.screens import excerpt
from handlers.turn import Turn
from handlers.ui import nav
from handlers.ui.screen import Button, Screen, column, lines
from storage.broadcasts.reading import Broadcast
from storage.deliveries import Sent
from storage.meetings.records import MeetingPage


def meetings(turn: Turn, draft: Broadcast, found: MeetingPage) -> Screen:
    """Meetings to choose from."""
    t = turn.t
    buttons = [
        Button(
            titled(t, one),
            ChooseMeeting(id=draft.id, version=draft.version, meeting_id=one.id),
        )
        for one in found.lines
    ]
    return Screen(
        lines(
            t("🗓 <b>Only those invited to a meeting</b>"),
            None if buttons else t("There is no meeting ahead."),
        ),
        rows=(*column(buttons), nav.exits(t, WhomTo(id=draft.id))),
    )


def silents(turn: Turn, draft: Broadcast, found: Sequence[Sent]) -> Screen:
    """Former broadcasts to choose from."""
    t = turn.t
    buttons = [
        Button(
            f"{one.at.astimezone(turn.zone):%d.%m} · {excerpt(one.text, TITLE)}",
            ChooseSilent(id=draft.id, version=draft.version, broadcast_id=one.id),
        )
        for one in found
    ]
    return Screen(
        lines(
            t("🔔 <b>Only those who have not confirmed a former broadcast</b>"),
            None if buttons else t("You have not sent any yet."),
        ),
        rows=(*column(buttons), nav.exits(t, WhomTo(id=draft.id))),
    )
