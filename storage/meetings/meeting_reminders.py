"""Reminders before a meeting: planned by the rung, said by a tick to whoever they concern then."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, and_, exists, func, or_, select, update

from storage import audit, facts, outbox, working_days
from storage.errors import NotPossible
from storage.meetings import answers
from storage.meetings.convened import convened
from storage.meetings.rows import row_of
from storage.rules.access import Actor
from storage.rules.meeting_ladder import CHOICES, DAY, PAPERS, USUAL, due_at
from storage.rules.meeting_states import AHEAD, DRAFT
from storage.tables import (
    agenda_items,
    co_speakers,
    invitees,
    materials,
    meeting_reminders,
    meetings,
)
from storage.upsert import insert_or_refresh

COMING, SPEAKER = "coming", "papers"
# What the messages are called in the outbox. One some hours ahead is of a kind that does not wait
# at the gate: its hour was chosen by ``meeting_ladder``, on a day off too when the meeting is then.
AHEAD_KIND, SOON_KIND, PAPERS_KIND = "meeting_reminder", "meeting_soon", "meeting_papers"


def replan(tx: Connection, meeting_id: int, now: datetime, zone: ZoneInfo) -> None:
    """Plan the meeting's reminders as it stands now, and take back what does not hold any more.

    To be called in the transaction that announced, moved or cancelled it. Raises NotFound.
    """
    meeting = row_of(tx, meeting_id)
    planned = and_(
        meeting_reminders.c.meeting_id == meeting_id, meeting_reminders.c.state == "planned"
    )
    tx.execute(update(meeting_reminders).where(planned).values(state="void"))
    starts_at = meeting["starts_at"]
    if meeting["state"] not in AHEAD or starts_at is None or starts_at <= now:
        return
    calendar = working_days.load(tx)
    usual = USUAL if meeting["reminders"] is None else meeting["reminders"]
    rungs = [(COMING, minutes) for minutes in usual] + [(SPEAKER, minutes) for minutes in PAPERS]
    rows = []
    for kind, minutes in rungs:
        moment = due_at(starts_at, int(minutes), calendar, zone)
        # A moment that has passed is kept too: so the tick sees that all is planned.
        state = "planned" if moment > now else "expired"
        row = {"meeting_id": meeting_id, "kind": kind, "minutes": minutes}
        rows.append({**row, "starts_at": starts_at, "due_at": moment, "state": state})
    insert_or_refresh(
        tx,
        meeting_reminders,
        rows,
        key=["meeting_id", "kind", "minutes", "starts_at"],
        columns=["due_at", "state"],
        where=meeting_reminders.c.state == "void",
    )


def choose(
    tx: Connection,
    actor: Actor,
    meeting_id: int,
    minutes: int,
    now: datetime,
    zone: ZoneInfo,
    *,
    wanted: bool,
) -> list[int]:
    """Add the reminder ``minutes`` before the meeting, or leave it out; return all that is set.

    What stands so already stays. Raises NotFound, NotAllowed, ValueError for another number than
    those of ``CHOICES``, and NotPossible("meeting_begun") when nothing can be reminded of any more.
    """
    if minutes not in CHOICES:
        raise ValueError(f"no reminder {minutes} minutes before")
    meeting = convened(tx, actor, meeting_id, lock=True)
    if meeting["state"] not in (DRAFT, *AHEAD):
        raise NotPossible("meeting_begun")
    before = chosen(meeting["reminders"])
    after = sorted({*before, minutes} if wanted else {*before} - {minutes}, reverse=True)
    tx.execute(update(meetings).where(meetings.c.id == meeting_id).values(reminders=after))
    replan(tx, meeting_id, now, zone)
    audit.record(tx, actor, now, "meetings.reminders", "meeting", meeting_id, minutes=after)
    return after


def of_meeting(tx: Connection, actor: Actor, meeting_id: int) -> list[int]:
    """How many minutes before the meeting people are reminded. Raises NotFound, NotAllowed."""
    return chosen(convened(tx, actor, meeting_id)["reminders"])


def chosen(kept: list[int] | None) -> list[int]:
    """The reminders of a meeting as it keeps them; the usual ones where nothing was chosen."""
    return list(USUAL) if kept is None else [int(minutes) for minutes in kept]


def tick(tx: Connection, now: datetime, zone: ZoneInfo) -> int:
    """Queue what is due at ``now``; return how many messages.

    Of several rungs of one meeting that came due while the program stood only the last is said,
    and none once the meeting has begun. A second tick finds nothing left to do.
    """
    for meeting_id in _unplanned(tx, now):
        replan(tx, meeting_id, now, zone)
    said = 0
    for _, rungs in groupby(_take(tx, now), key=attrgetter("meeting_id", "kind")):
        *overtaken, last = rungs
        _expire(tx, [rung.id for rung in overtaken])
        said += _say(tx, last, now, zone)
    return said


def next_due(tx: Connection) -> datetime | None:
    """The moment of the nearest reminder that waits; None when none does."""
    waits = meeting_reminders.c.state == "planned"
    moment: datetime | None = tx.execute(
        select(func.min(meeting_reminders.c.due_at)).where(waits)
    ).scalar_one()
    return moment


def _unplanned(tx: Connection, now: datetime) -> list[int]:
    """Meetings ahead whose reminders nobody planned for the hour that they have now."""
    planned = exists().where(
        meeting_reminders.c.meeting_id == meetings.c.id,
        meeting_reminders.c.starts_at == meetings.c.starts_at,
        meeting_reminders.c.state != "void",
    )
    query = select(meetings.c.id).where(
        meetings.c.state.in_(AHEAD), meetings.c.starts_at > now, ~planned
    )
    return list(tx.execute(query.order_by(meetings.c.id)).scalars())


def _take(tx: Connection, now: datetime) -> list[Row[Any]]:
    """Mark what is due as said and return it, by meeting and kind, the nearest to the start last.

    What was due before a restore waits for nobody: it is left unsaid.
    """
    restored = facts.recall(tx, facts.RESTORED_AT)
    due = select(meeting_reminders.c.id).where(
        meeting_reminders.c.state == "planned", meeting_reminders.c.due_at <= now
    )
    if restored is not None:
        due = due.where(meeting_reminders.c.due_at > restored)
    rows = tx.execute(
        update(meeting_reminders)
        .where(meeting_reminders.c.id.in_(due.with_for_update(skip_locked=True)))
        .values(state="said")
        .returning(meeting_reminders)
    )
    return sorted(rows, key=lambda row: (row.meeting_id, row.kind, -row.minutes))


def _expire(tx: Connection, ids: Iterable[int]) -> None:
    overtaken = meeting_reminders.c.id.in_(list(ids))
    tx.execute(update(meeting_reminders).where(overtaken).values(state="expired"))


def _say(tx: Connection, rung: Row[Any], now: datetime, zone: ZoneInfo) -> int:
    meeting = row_of(tx, rung.meeting_id)
    holds = meeting["state"] in AHEAD and meeting["starts_at"] == rung.starts_at
    if not holds or rung.starts_at <= now:
        _expire(tx, [rung.id])
        return 0
    who = _coming(tx, rung.meeting_id) if rung.kind == COMING else _speakers(tx, rung.meeting_id)
    ahead = AHEAD_KIND if rung.minutes >= DAY else SOON_KIND
    kind = ahead if rung.kind == COMING else PAPERS_KIND
    params = {"meeting": rung.meeting_id, "starts_at": rung.starts_at.isoformat()}
    messages = [
        outbox.Message(_key(rung, zone, person_id), kind, person_id, params) for person_id in who
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.REMINDER)
    return len(messages)


def _key(rung: Row[Any], zone: ZoneInfo, person_id: int) -> str:
    """Each rung once a person; a day ahead, another hour of the same day makes no new one."""
    local = rung.starts_at.astimezone(zone)
    of = f"{local:%Y-%m-%d}" if rung.minutes >= DAY else f"{local:%Y-%m-%dT%H:%M}"
    return f"meeting_reminder:{rung.kind}:{rung.meeting_id}:{rung.minutes}:{of}:{person_id}"


def _coming(tx: Connection, meeting_id: int) -> list[int]:
    """Whom to remind: everybody on the list who was told and has not said that they cannot."""
    query = select(invitees.c.person_id).where(
        invitees.c.meeting_id == meeting_id,
        invitees.c.person_id.is_not(None),
        invitees.c.told_at.is_not(None),
        or_(invitees.c.answer.is_(None), invitees.c.answer != answers.CANNOT),
    )
    return list(tx.execute(query.order_by(invitees.c.id)).scalars())


def _speakers(tx: Connection, meeting_id: int) -> list[int]:
    """Registered speakers and co-speakers of an item without papers."""
    items = without_papers(tx, meeting_id)
    first = select(agenda_items.c.speaker_id).where(
        agenda_items.c.id.in_(items), agenda_items.c.speaker_id.is_not(None)
    )
    others = select(co_speakers.c.person_id).where(
        co_speakers.c.item_id.in_(items), co_speakers.c.person_id.is_not(None)
    )
    return sorted({*tx.execute(first).scalars(), *tx.execute(others).scalars()})


def without_papers(tx: Connection, meeting_id: int) -> list[int]:
    """The items of the agenda to which nobody has sent anything yet."""
    query = select(agenda_items.c.id).where(
        agenda_items.c.meeting_id == meeting_id,
        agenda_items.c.state.not_in(("carried", "dropped")),
        ~exists().where(materials.c.item_id == agenda_items.c.id),
    )
    return list(tx.execute(query).scalars())


def items_to_bring(tx: Connection, meeting_id: int, person_id: int) -> list[int]:
    """The numbers of the items without papers that the person speaks on, in order."""
    items = without_papers(tx, meeting_id)
    speaks_too = exists().where(
        co_speakers.c.item_id == agenda_items.c.id, co_speakers.c.person_id == person_id
    )
    query = select(agenda_items.c.number).where(
        agenda_items.c.id.in_(items), or_(agenda_items.c.speaker_id == person_id, speaks_too)
    )
    return list(tx.execute(query.order_by(agenda_items.c.number)).scalars())
