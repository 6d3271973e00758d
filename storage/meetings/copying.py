"""A new draft made from a meeting: of the same body, with its agenda or with an empty one."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select

from storage import audit, search_index
from storage.meetings.steps import SUBJECT, managed
from storage.rules.access import Actor
from storage.rules.meeting_states import DRAFT
from storage.tables import agenda_items, co_speakers, meetings
from storage.tables import audit as trail

AT_ONCE = timedelta(seconds=10)  # two taps within it are one

KEPT = (
    *("branch_id", "body", "kind", "title_kk", "title_ru", "place_kk", "place_ru"),
    *("chair_kk", "chair_ru", "chair_id", "format", "link", "latitude", "longitude"),
    *("reminders", "secretary_id"),
)
KEPT_OF_ITEM = (
    *("number", "kind", "title_kk", "title_ru", "speaker_id", "speaker_kk", "speaker_ru"),
    *("speaker_position_kk", "speaker_position_ru", "minutes", "visibility"),
)


def copy(tx: Connection, actor: Actor, meeting_id: int, now: datetime) -> int:
    """A draft without a day, with the same agenda; return its id.

    Nothing of what became of the other one is taken over: no attendance, no decisions. A second
    tap at once gives the first one's draft. Raises NotFound and NotAllowed.
    """
    managed(tx, actor, meeting_id)
    before = _just_made(tx, actor, meeting_id, now)
    if before is not None:
        return before
    new_id = draft_of(tx, meeting_id)
    _take_agenda(tx, meeting_id, new_id)
    search_index.index_meeting(tx, new_id)
    audit.record(tx, actor, now, "copy_meeting", SUBJECT, new_id, of=meeting_id)
    return new_id


def _just_made(tx: Connection, actor: Actor, meeting_id: int, now: datetime) -> int | None:
    query = (
        select(trail.c.subject_id, trail.c.details)
        .join(meetings, meetings.c.id == trail.c.subject_id)
        .where(trail.c.action == "copy_meeting", trail.c.person_id == actor.person_id)
        .where(trail.c.at > now - AT_ONCE, meetings.c.state == DRAFT)
        .order_by(trail.c.id.desc())
    )
    made = (row.subject_id for row in tx.execute(query) if row.details.get("of") == meeting_id)
    return next(made, None)


def draft_of(
    tx: Connection,
    meeting_id: int,
    *,
    starts_at: datetime | None = None,
    series_id: int | None = None,
) -> int:
    """Keep a draft like the meeting, without an agenda; return its id. Asks nobody's permission."""
    query = select(*(meetings.c[name] for name in KEPT)).where(meetings.c.id == meeting_id)
    values = dict(tx.execute(query).mappings().one())
    values |= {"state": DRAFT, "starts_at": starts_at, "series_id": series_id}
    statement = insert(meetings).values(**values).returning(meetings.c.id)
    new_id = int(tx.execute(statement).scalar_one())
    search_index.index_meeting(tx, new_id)
    return new_id


def _take_agenda(tx: Connection, meeting_id: int, new_id: int) -> None:
    query = select(agenda_items).where(agenda_items.c.meeting_id == meeting_id)
    for item in tx.execute(query.order_by(agenda_items.c.number)).mappings().all():
        values = {name: item[name] for name in KEPT_OF_ITEM}
        statement = insert(agenda_items).values(meeting_id=new_id, **values)
        new_item = int(tx.execute(statement.returning(agenda_items.c.id)).scalar_one())
        others = select(co_speakers).where(co_speakers.c.item_id == item["id"])
        rows = [
            {**{name: other[name] for name in other if name != "id"}, "item_id": new_item}
            for other in tx.execute(others).mappings()
        ]
        if rows:
            tx.execute(insert(co_speakers), rows)
