"""Where and how a meeting takes place: the lines of it, and the buttons that lead there."""

from markupsafe import Markup

from handlers.meetings.texts import Viewer, named
from handlers.ui.i18n import N_
from handlers.ui.screen import Button, Row
from storage.meetings import Meeting

KINDS = {
    "regular": N_("regular meeting"),
    "extraordinary": N_("extraordinary meeting"),
    "visiting": N_("visiting meeting"),
}
FORMATS = {
    "in_person": N_("in person"),
    "online": N_("online"),
    "hybrid": N_("in person and online"),
}
MAP = "https://maps.google.com/?q={latitude:.6f},{longitude:.6f}"


def of(viewer: Viewer, meeting: Meeting) -> tuple[Markup | None, ...]:
    """What is out of the ordinary, and the venue; a line that says nothing is None."""
    return (
        _nature(viewer, meeting),
        named(viewer, N_("Venue: {value}"), meeting.place_kk, meeting.place_ru),
    )


def rows(viewer: Viewer, meeting: Meeting) -> tuple[Row, ...]:
    """The buttons to the map and to the online room, side by side."""
    t = viewer.t
    row: list[Button] = []
    if meeting.link and not meeting.is_over:
        row.append(Button(t.plain("Join online"), url=meeting.link))
    if meeting.latitude is not None and meeting.longitude is not None:
        url = MAP.format(latitude=meeting.latitude, longitude=meeting.longitude)
        row.append(Button(t.plain("On the map"), url=url))
    return (tuple(row),) if row else ()


def _nature(viewer: Viewer, meeting: Meeting) -> Markup | None:
    words = [
        *([KINDS[meeting.kind]] if meeting.kind in KINDS and meeting.kind != "regular" else []),
        *([FORMATS[meeting.format]] if meeting.format in ("online", "hybrid") else []),
    ]
    said = " · ".join(viewer.t.plain(word) for word in words)
    return Markup("{}").format(said[:1].upper() + said[1:]) if said else None
