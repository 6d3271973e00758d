"""Meetings and items of agendas as lines of two sheets, tied to one another by a key."""

from dataclasses import dataclass, field
from datetime import datetime

MEETINGS, ITEMS = "meetings", "items"  # the sheets


@dataclass(frozen=True)
class MeetingRow:
    """A line of the first sheet: a meeting. ``row`` is where it stands, from 1."""

    row: int
    key: str  # ties items to it; means nothing outside its workbook
    branch: str  # its code, or its name in either language
    body: str
    kind: str = "regular"
    state: str | None = None  # draft or held; None: by the day and what is decided
    title_kk: str | None = None
    title_ru: str | None = None
    starts_at: datetime | None = None  # aware
    period_kk: str | None = None
    period_ru: str | None = None
    format: str = "in_person"
    place_kk: str | None = None
    place_ru: str | None = None
    link: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    chair_kk: str | None = None
    chair_ru: str | None = None
    summary_kk: str | None = None
    summary_ru: str | None = None
    decision_kk: str | None = None
    decision_ru: str | None = None
    source_kk: str | None = None
    source_ru: str | None = None


@dataclass(frozen=True)
class ItemRow:
    """A line of the second sheet: an item of the agenda of the meeting with the same key."""

    row: int
    key: str
    number: int | None = None
    kind: str = "report"
    title_kk: str | None = None
    title_ru: str | None = None
    speaker_kk: str | None = None
    speaker_ru: str | None = None
    speaker_position_kk: str | None = None
    speaker_position_ru: str | None = None
    co_speakers: tuple[tuple[str, str | None], ...] = ()  # name, position
    minutes: int | None = None
    visibility: str = "members"
    draft_decision_kk: str | None = None
    draft_decision_ru: str | None = None
    heard_kk: str | None = None
    heard_ru: str | None = None
    decision_kk: str | None = None
    decision_ru: str | None = None
    state: str | None = None  # planned, done, carried, dropped; None: as its meeting


@dataclass(frozen=True)
class Problem:
    """What is wrong with a line, or (``field`` None) with no one column of it."""

    sheet: str
    row: int
    field: str | None
    reason: str
    about: str = ""  # what stands there, or the limit


@dataclass(frozen=True)
class Given:
    """What a workbook holds, and what could not be read of it."""

    meetings: tuple[MeetingRow, ...] = ()
    items: tuple[ItemRow, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
