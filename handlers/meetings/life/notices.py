"""What those who were called are told: another day, cancelled, something else has changed."""

from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import Connection

from handlers.meetings import venue
from handlers.meetings.announcing.notices import meeting_for
from handlers.meetings.answers import rows as answer_rows
from handlers.meetings.asking import rows as asking_rows
from handlers.meetings.callbacks import OpenMeeting
from handlers.meetings.texts import named
from handlers.notices import Recipient, Renderer
from handlers.ui import dates, nav
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Row, Screen, lines
from storage.meetings import Meeting, change_notices, moving
from storage.rules.meeting_states import AHEAD, CALLED, CANCELLED

# What has changed → the words for it; what it is now stands in the lines below them.
CHANGES = {
    "title": N_("title"),
    "kind": N_("kind"),
    "format": N_("format"),
    "place": N_("venue"),
    "link": N_("link"),
    "map": N_("point on the map"),
    "chair": N_("chair"),
    "agenda": N_("agenda"),
}


def _moved(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    meeting = meeting_for(tx, to, params["meeting"])
    if meeting is None or meeting.state not in AHEAD or meeting.starts_at is None:
        return None
    # Moved once more meanwhile: that notice says where it stands now.
    if meeting.starts_at != datetime.fromisoformat(params["to"]) or meeting.starts_at <= to.now:
        return None
    t = to.t
    was = _moment(to, datetime.fromisoformat(params["was"])) if params["was"] else None
    return Screen(
        lines(
            t("⏰ <b>The meeting is moved to another time</b>"),
            t.pick(meeting.title_kk, meeting.title_ru),
            t("Before: {moment}", moment=was) if was else None,
            _now_at(to, meeting),
            *venue.of(to, meeting),
            t("Reason: {text}", text=meeting.reason) if meeting.reason else None,
        ),
        rows=(
            *answer_rows.buttons(t, meeting.id, meeting.standing.invitation),
            *_rows(to, meeting),
        ),
    )


def _cancelled(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    meeting = meeting_for(tx, to, params["meeting"])
    if meeting is None or meeting.state != CANCELLED:
        return None
    # Whom the first notice never reached there is nothing to take back from.
    if moving.never_told(tx, meeting.id, to.person_id):
        return None
    t = to.t
    moment = _moment(to, meeting.starts_at) if meeting.starts_at else None
    return Screen(
        lines(
            t("⚠️ <b>The meeting does not take place</b>"),
            t.pick(meeting.title_kk, meeting.title_ru),
            t("It was to begin: {moment}", moment=moment) if moment else None,
            t("Reason: {text}", text=meeting.reason) if meeting.reason else None,
        ),
        rows=((_card(to, meeting),), asking_rows.calendar(t, meeting), nav.exits(t)),
    )


def _changed(tx: Connection, to: Recipient, params: dict[str, Any]) -> Screen | None:
    meeting = meeting_for(tx, to, params["meeting"])
    if meeting is None or meeting.state not in CALLED:
        return None
    changed = change_notices.differences(tx, meeting.id, int(params["round"]))
    if not changed or change_notices.knows(tx, meeting.id, to.person_id):
        return None
    t = to.t
    what = ", ".join(t.plain(CHANGES[name]) for name in changed)
    chair = named(to, N_("In the chair: {value}"), meeting.chair_kk, meeting.chair_ru)
    return Screen(
        lines(
            t("🗓 <b>Something of the meeting has changed</b>"),
            t.pick(meeting.title_kk, meeting.title_ru),
            _now_at(to, meeting),
            t("Changed: {what}", what=what),
            *venue.of(to, meeting),
            chair if "chair" in changed else None,
        ),
        rows=_rows(to, meeting),
    )


def _now_at(to: Recipient, meeting: Meeting) -> Markup | None:
    if meeting.starts_at is None:
        return None
    day = meeting.starts_at.astimezone(to.zone).date()
    left = dates.days_left(to.t, day, to.today)
    return Markup("<b>{}</b> · {}").format(_moment(to, meeting.starts_at), left)


def _moment(to: Recipient, at: datetime) -> str:
    return dates.moment(to.t, at.astimezone(to.zone), to.today)


def _rows(to: Recipient, meeting: Meeting) -> tuple[Row, ...]:
    return (
        *venue.rows(to, meeting),
        asking_rows.calendar(to.t, meeting),
        (_card(to, meeting),),
        nav.exits(to.t),
    )


def _card(to: Recipient, meeting: Meeting) -> Button:
    return Button(to.t.plain("More about the meeting"), OpenMeeting(id=meeting.id))


RENDERERS: dict[str, Renderer] = {
    moving.MOVED: _moved,
    moving.DROPPED: _cancelled,
    change_notices.KIND: _changed,
}
