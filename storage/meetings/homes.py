"""On which item of the agenda a finding stands, be it there already or still to be added."""

from storage.meetings.findings import DROPPED, FIGURE, ITEM, PROPOSAL, Finding, Found
from storage.meetings.records import AgendaItem, Meeting

HOUSED = (FIGURE, PROPOSAL)  # kinds that cannot be without an item


def home(found: Found, one: Finding, meeting: Meeting) -> AgendaItem | Finding | None:
    """The item of the agenda, the finding that will be one, or None.

    Of a finding of kind item: the item of the agenda that it is; None: a new one.
    """
    on = str(one.content.get("on") or "")
    if on.startswith("i"):
        return next((item for item in meeting.items if f"i{item.id}" == on), None)
    of_text = _of_text(found, on)
    if of_text is None or of_text.id == one.id:
        return None
    known = home(found, of_text, meeting)
    if known is not None:
        return known
    return None if of_text.state == DROPPED else of_text


def homeless(found: Found, meeting: Meeting) -> tuple[Finding, ...]:
    """What was taken and needs an item, and stands on none."""
    return tuple(
        one for one in found.taken if one.kind in HOUSED and home(found, one, meeting) is None
    )


def choices(found: Found, one: Finding, meeting: Meeting) -> list[tuple[str, AgendaItem | Finding]]:
    """The items it may be put on, as ``put_on`` takes them: of the agenda, then new ones."""
    places: list[tuple[str, AgendaItem | Finding]] = [
        (f"i{item.id}", item) for item in meeting.items
    ]
    if one.kind != ITEM:
        places += [
            (f"t{new.content['number']}", new)
            for new in found.of(ITEM)
            if new.state != DROPPED and home(found, new, meeting) is None
        ]
    return places


def _of_text(found: Found, on: str) -> Finding | None:
    return next((one for one in found.of(ITEM) if f"t{one.content['number']}" == on), None)
