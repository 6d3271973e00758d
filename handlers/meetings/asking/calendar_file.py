"""A meeting as an iCalendar file (RFC 5545), which the calendar of every phone takes."""

from datetime import datetime, timedelta

from handlers.meetings.texts import Viewer
from handlers.ui.screen import shortened
from storage.meetings import Meeting
from storage.rules.meeting_states import CANCELLED

PRODUCT = "-//Buro//Meetings//EN"
LASTS = timedelta(hours=2)  # where the agenda does not say how long it takes
ITEM = 200  # characters of an item's title


def content(viewer: Viewer, meeting: Meeting, address: str, calendar_of: str) -> bytes:
    """The file, with as much of the agenda as ``meeting`` was read with; it must have a day.

    ``address`` is the link to the meeting's card. The same meeting has the same UID in every file
    of ``calendar_of`` (the bot's name), and a later version a greater SEQUENCE: a calendar puts
    the newer one in place of the older.
    """
    # Only those who take the file pay for the library.
    from icalendar import Calendar, Event

    if meeting.starts_at is None:
        raise ValueError("a meeting without a day stands in no calendar")
    starts = meeting.starts_at.astimezone(viewer.zone)
    event = Event()
    event.add("uid", f"meeting-{meeting.id}@{calendar_of}")
    event.add("sequence", meeting.version)
    event.add("dtstamp", viewer.now)
    event.add("dtstart", starts)
    event.add("dtend", _ends(meeting, starts).astimezone(viewer.zone))
    event.add("status", "CANCELLED" if meeting.state == CANCELLED else "CONFIRMED")
    event.add("summary", viewer.t.pick(meeting.title_kk, meeting.title_ru))
    event.add("description", _description(viewer, meeting, address))
    event.add("url", meeting.link or address)
    if place := viewer.t.pick(meeting.place_kk, meeting.place_ru):
        event.add("location", place)
    if meeting.latitude is not None and meeting.longitude is not None:
        event.add("geo", (meeting.latitude, meeting.longitude))
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    # The rules of the zone in force then, not its history since 1970.
    day = starts.date()
    calendar.add_missing_timezones(first_date=day.replace(month=1, day=1), last_date=day)
    return bytes(calendar.to_ical())


def name(viewer: Viewer, meeting: Meeting) -> str:
    """What the file is called: by its day, so that people find it among others."""
    day = meeting.starts_at.astimezone(viewer.zone).date() if meeting.starts_at else None
    return f"{day}-{meeting.id}.ics"


def _ends(meeting: Meeting, starts: datetime) -> datetime:
    last = meeting.items[-1] if meeting.items else None
    if last is None or last.begins_at is None or last.minutes is None:
        return starts + LASTS
    return last.begins_at + timedelta(minutes=last.minutes)


def _description(viewer: Viewer, meeting: Meeting, address: str) -> str:
    t = viewer.t
    items = (
        f"{item.number}. {shortened(t.pick(item.title_kk, item.title_ru), ITEM)}"
        for item in meeting.items
    )
    join = t.plain("Join online: {link}", link=meeting.link) if meeting.link else None
    return "\n".join(part for part in (*items, join, address) if part)
