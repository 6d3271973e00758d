"""What members ask of meetings in plain words: what there is on a day, and when somebody speaks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, and_, or_, select

from storage import search_words
from storage.meetings.access import items_seen_by, visible
from storage.meetings.lists import GOES_ON
from storage.meetings.reading import listed
from storage.meetings.records import MeetingLine
from storage.rules.access import Actor
from storage.rules.meeting_states import CALLED, OVER
from storage.rules.spelling import words_of
from storage.rules.terms import terms
from storage.search_engines import holding
from storage.tables import agenda_items, branches, co_speakers, meetings, search_docs

MOST = 8  # meetings, or items
CANDIDATES = 200  # rows looked at
NOT_HERE = ("carried", "dropped")  # states of an item that is not spoken on at its meeting

Window = tuple[datetime, datetime]  # from the one moment, before the other


@dataclass(frozen=True)
class Spoken:
    """An item that somebody speaks on, or spoke on."""

    meeting_id: int
    number: int
    item_kk: str | None
    item_ru: str | None
    speaker_kk: str | None
    speaker_ru: str | None
    title_kk: str  # of the meeting
    title_ru: str
    starts_at: datetime | None
    period_kk: str | None
    period_ru: str | None
    state: str  # of the meeting


def within(
    tx: Connection, actor: Actor, windows: Sequence[Window], body: str | None = None
) -> list[MeetingLine]:
    """The meetings (of ``body``) that begin in the first of ``windows`` that has any, at most 8.

    Drafts are left out: who asks in plain words asks of what is told. Raises NotAllowed for a
    guest.
    """
    if not windows:
        return []
    begins = or_(*(and_(meetings.c.starts_at >= a, meetings.c.starts_at < b) for a, b in windows))
    found = and_(visible(actor, drafts=False), begins)
    query = listed(found if body is None else and_(found, meetings.c.body == body))
    query = query.order_by(meetings.c.starts_at, meetings.c.id).limit(CANDIDATES)
    rows = tx.execute(query).mappings()
    lines = [MeetingLine(**{n: row[n] for n in row if n != "total"}) for row in rows]
    for since, until in windows:
        inside = [line for line in lines if line.starts_at and since <= line.starts_at < until]
        if inside:
            return inside[:MOST]
    return []


def spoken_by(
    tx: Connection, actor: Actor, name: str, now: datetime, tense: int = 0
) -> list[Spoken]:
    """The items on which somebody speaks whose name and post hold every word of ``name``.

    Those ahead come first, the nearest before the others, then those behind, the latest first;
    with ``tense`` 1 or -1 only the ones or the others, where there are any. At most 8. Words count
    in all their forms. Nothing that ``actor`` may not see is looked at. Raises NotAllowed for a
    guest.
    """
    meanings = [{word} | set(search_words.forms(tx, word)) for word in terms(name)]
    if not meanings:
        return []
    rows = tx.execute(
        select(agenda_items.c.id.label("item_id"), *_SPOKEN, *_POSTS)
        .join(search_docs, search_docs.c.item_id == agenda_items.c.id)
        .join(meetings, meetings.c.id == agenda_items.c.meeting_id)
        .join(branches, branches.c.id == meetings.c.branch_id)
        .where(
            holding(tx.dialect.name, meanings),
            visible(actor, drafts=False),
            items_seen_by(actor),
            meetings.c.state.in_((*CALLED, *OVER)),
            agenda_items.c.state.not_in(NOT_HERE),
        )
        .order_by(meetings.c.starts_at.is_(None), meetings.c.starts_at.desc(), meetings.c.id)
        .limit(CANDIDATES)
    ).mappings()
    candidates = list(rows)
    beside = _beside(tx, [row["item_id"] for row in candidates])
    found = [
        _spoken(row)
        for row in candidates
        if _is_meant(meanings, [_who(row), *beside.get(row["item_id"], [])])
    ]
    return _in_order(found, now, tense)[:MOST]


_SPOKEN = (
    agenda_items.c.meeting_id,
    agenda_items.c.number,
    agenda_items.c.title_kk.label("item_kk"),
    agenda_items.c.title_ru.label("item_ru"),
    agenda_items.c.speaker_kk,
    agenda_items.c.speaker_ru,
    *(
        meetings.c[name]
        for name in ("title_kk", "title_ru", "starts_at", "period_kk", "period_ru", "state")
    ),
)
_POSTS = (agenda_items.c.speaker_position_kk, agenda_items.c.speaker_position_ru)


def _who(row: RowMapping) -> str:
    """Everything that is known of the speaker, in both languages."""
    names = ("speaker_kk", "speaker_ru", "speaker_position_kk", "speaker_position_ru")
    return " ".join(row[name] or "" for name in names)


def _beside(tx: Connection, item_ids: Sequence[int]) -> dict[int, list[str]]:
    """Everything that is known of each co-speaker, by item."""
    query = select(co_speakers.c.item_id, co_speakers.c.name, co_speakers.c.post)
    found: dict[int, list[str]] = {}
    for item_id, name, post in tx.execute(query.where(co_speakers.c.item_id.in_(item_ids))):
        found.setdefault(item_id, []).append(f"{name} {post or ''}")
    return found


def _is_meant(meanings: Sequence[set[str]], people: Sequence[str]) -> bool:
    """Whether one of ``people`` is known by a form of every word."""
    return any(all(one & words for one in meanings) for words in map(set, map(words_of, people)))


def _spoken(row: RowMapping) -> Spoken:
    return Spoken(**{name: row[name] for name in Spoken.__annotations__})


def _in_order(found: Sequence[Spoken], now: datetime, tense: int) -> list[Spoken]:
    ahead = [one for one in found if _is_ahead(one, now)]
    behind = [one for one in found if not _is_ahead(one, now)]
    ahead.reverse()  # the latest came first
    if tense > 0 and ahead:
        return ahead
    return behind if tense < 0 and behind else [*ahead, *behind]


def _is_ahead(one: Spoken, now: datetime) -> bool:
    later = one.starts_at is None or one.starts_at >= now - GOES_ON
    return one.state in CALLED and later
