"""What a line of a workbook may hold, by itself: lengths, choices, what must be there."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from storage.meetings.agenda import ITEMS_LIMIT, KINDS, MINUTES_LIMIT, TITLE_LIMIT, VISIBILITIES
from storage.meetings.editing import FORMATS
from storage.meetings.editing import KINDS as MEETING_KINDS
from storage.meetings.exchange.rows import ITEMS, MEETINGS, ItemRow, MeetingRow, Problem
from storage.meetings.speakers import CO_SPEAKERS_LIMIT
from storage.meetings.wording import TEXT_LIMIT
from storage.rules import links
from storage.rules.meeting_states import DRAFT, HELD

ROWS = 2_000  # of each sheet: read in some seconds, and more than a region decides in a year
STATES = (DRAFT, HELD)
ITEM_STATES = ("planned", "done", "carried", "dropped")

KEY, NAME, LINE, SOURCE = 40, 200, 300, 500  # characters
LENGTHS = {
    "key": KEY,
    "title": TITLE_LIMIT,
    "source": SOURCE,
    **dict.fromkeys(("chair", "speaker"), NAME),
    **dict.fromkeys(("period", "place", "link", "speaker_position"), LINE),
    **dict.fromkeys(("summary", "decision", "draft_decision", "heard"), TEXT_LIMIT),
}


def of_meeting(row: MeetingRow, now: datetime) -> Iterator[Problem]:
    """What is wrong with a meeting, whoever brings it."""
    yield from _texts(MEETINGS, row)
    if not (row.title_kk or row.title_ru):
        yield Problem(MEETINGS, row.row, "title_kk", "no_title")
    chosen = {"kind": MEETING_KINDS, "format": FORMATS, "state": (None, *STATES)}
    yield from _choices(MEETINGS, row, chosen)
    if row.link is not None and not links.is_link(row.link):
        yield Problem(MEETINGS, row.row, "link", "no_link", row.link)
    if (row.latitude is None) != (row.longitude is None):
        field = "latitude" if row.latitude is None else "longitude"
        yield Problem(MEETINGS, row.row, field, "half_a_point")
    for field, most in (("latitude", 90), ("longitude", 180)):
        degrees = getattr(row, field)
        if degrees is not None and not -most <= degrees <= most:
            yield Problem(MEETINGS, row.row, field, "no_point", str(most))
    yield from _time(row, now)


def _time(row: MeetingRow, now: datetime) -> Iterator[Problem]:
    if row.state != HELD:
        return
    if row.starts_at is not None and row.starts_at > now:
        yield Problem(MEETINGS, row.row, "state", "held_ahead")
    if row.starts_at is None and not (row.period_kk or row.period_ru):
        yield Problem(MEETINGS, row.row, "day", "held_when")


def of_item(row: ItemRow) -> Iterator[Problem]:
    """What is wrong with an item, whosever agenda it stands on."""
    yield from _texts(ITEMS, row)
    if not (row.title_kk or row.title_ru):
        yield Problem(ITEMS, row.row, "title_kk", "no_title")
    chosen = {"kind": KINDS, "visibility": VISIBILITIES, "state": (None, *ITEM_STATES)}
    yield from _choices(ITEMS, row, chosen)
    if row.minutes is not None and not 0 < row.minutes <= MINUTES_LIMIT:
        yield Problem(ITEMS, row.row, "minutes", "out_of_range", f"1–{MINUTES_LIMIT}")
    if row.number is not None and not 0 < row.number <= ITEMS_LIMIT:
        yield Problem(ITEMS, row.row, "number", "out_of_range", f"1–{ITEMS_LIMIT}")
    if len(row.co_speakers) > CO_SPEAKERS_LIMIT:
        yield Problem(ITEMS, row.row, "co_speakers", "too_many", str(CO_SPEAKERS_LIMIT))
    longest = max((len(part or "") for one in row.co_speakers for part in one), default=0)
    if longest > NAME:
        yield Problem(ITEMS, row.row, "co_speakers", "too_long", str(NAME))


def _texts(sheet: str, row: MeetingRow | ItemRow) -> Iterator[Problem]:
    for field, value in vars(row).items():
        limit = LENGTHS.get(field.removesuffix("_kk").removesuffix("_ru"))
        if limit is not None and isinstance(value, str) and len(value) > limit:
            yield Problem(sheet, row.row, field, "too_long", str(limit))


def _choices(
    sheet: str, row: MeetingRow | ItemRow, allowed: Mapping[str, tuple[str | None, ...]]
) -> Iterator[Problem]:
    for field, values in allowed.items():
        if getattr(row, field) not in values:
            yield Problem(sheet, row.row, field, "no_choice", str(getattr(row, field)))
