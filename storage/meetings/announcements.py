"""Announcing a meeting: at once or from a draft, and whom it is told."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select, update

from storage import audit, outbox
from storage.errors import NotPossible
from storage.meetings import calling, change_notices, invitees, meeting_reminders, times
from storage.meetings.adding import NewItem, NewMeeting, add
from storage.meetings.agenda import ITEMS_LIMIT
from storage.meetings.calling import demand_body
from storage.meetings.records import Meeting
from storage.meetings.steps import SUBJECT, managed, step
from storage.rules.access import Actor
from storage.rules.meeting_states import ANNOUNCED, DRAFT
from storage.tables import meeting_announcements, meetings
from storage.upsert import insert_new

PLACE_LIMIT = 200  # characters
ITEM_LIMIT = 250  # characters of one item
AGENDA_LIMIT = 2600  # characters of all items: the preview is one message

KIND = change_notices.FIRST  # of the outbox


@dataclass(frozen=True)
class Announcement:
    """A meeting to announce; ``draft`` is the token of the draft it was made of."""

    draft: str
    branch_id: int
    body: str
    title_kk: str
    title_ru: str
    starts_at: datetime  # aware
    place: str | None = None
    agenda: tuple[str, ...] = ()


@dataclass(frozen=True)
class Announced:
    """What became of a draft; ``again`` says that it had been announced before."""

    meeting_id: int
    title_kk: str
    title_ru: str
    starts_at: datetime
    recipients: int
    again: bool = False


def announce(
    tx: Connection,
    actor: Actor,
    announcement: Announcement,
    expected: int,
    now: datetime,
    zone: ZoneInfo,
) -> Announced:
    """Keep the meeting as announced and tell everybody who is called, each in their language.

    ``expected`` is the number of people the actor confirmed. The same draft is announced once for
    ever: the second time gives the first one's result. Raises NotAllowed, NotFound, and
    NotPossible (in_the_past, too_long, wrong_body, others_called, overlaps).
    """
    branch_id, body = announcement.branch_id, announcement.body
    demand_body(tx, actor, branch_id, body)
    _check(announcement, now)
    who = calling.who(tx, branch_id, body, now.astimezone(zone).date())
    claim = _key(actor, announcement.draft)
    before = _claim(tx, actor, claim, len(who), now)
    if before is not None:
        return before
    if len(who) != expected:
        raise NotPossible("others_called")
    if times.clash(tx, branch_id, body, announcement.starts_at) is not None:
        raise NotPossible("overlaps")
    meeting_id = _keep(tx, announcement, ANNOUNCED)
    return _tell(tx, actor, meeting_id, claim, who, now, zone)


def save(tx: Connection, actor: Actor, announcement: Announcement, now: datetime) -> int:
    """Keep the meeting as a draft nobody is told of; return its id. Raises as ``announce``."""
    demand_body(tx, actor, announcement.branch_id, announcement.body)
    _check(announcement, now)
    meeting_id = _keep(tx, announcement, DRAFT)
    audit.record(tx, actor, now, "draft_meeting", SUBJECT, meeting_id, body=announcement.body)
    return meeting_id


def announce_draft(
    tx: Connection,
    actor: Actor,
    meeting_id: int,
    version: int,
    expected: int,
    now: datetime,
    zone: ZoneInfo,
) -> Announced:
    """Announce a draft as it was seen in ``version``, to ``expected`` people, once for ever.

    Raises NotAllowed, NotFound, AlreadyChanged, and NotPossible (no_day, in_the_past,
    others_called, overlaps, or the state of what is no draft).
    """
    meeting = managed(tx, actor, meeting_id)
    claim = f"meeting:{meeting_id}"
    before = _announced(tx, claim)
    if before is not None:
        return before
    step(tx, meeting, version, ANNOUNCED)
    ready(tx, meeting, now)
    today = now.astimezone(zone).date()
    who = calling.who(tx, meeting.branch_id, meeting.body, today, meeting_id)
    if len(who) != expected:
        raise NotPossible("others_called")
    _claim(tx, actor, claim, len(who), now)
    return _tell(tx, actor, meeting_id, claim, who, now, zone)


def ready(tx: Connection, meeting: Meeting, now: datetime) -> None:
    """Raise NotPossible (no_day, in_the_past, overlaps) when a draft cannot be announced yet."""
    if meeting.starts_at is None:
        raise NotPossible("no_day")
    if meeting.starts_at <= now:
        raise NotPossible("in_the_past")
    of = meeting.branch_id, meeting.body, meeting.starts_at
    if times.clash(tx, *of, besides=meeting.id) is not None:
        raise NotPossible("overlaps")


def announced(tx: Connection, actor: Actor, draft: str) -> Announced | None:
    """What ``actor`` announced from ``draft``; None when nothing was."""
    return _announced(tx, _key(actor, draft))


def _announced(tx: Connection, claim: str) -> Announced | None:
    row = tx.execute(
        select(
            meetings.c.id,
            meetings.c.title_kk,
            meetings.c.title_ru,
            meetings.c.starts_at,
            meeting_announcements.c.recipients,
        )
        .join(meetings, meetings.c.id == meeting_announcements.c.meeting_id)
        .where(meeting_announcements.c.draft == claim)
    ).first()
    return None if row is None else Announced(*row, again=True)


def _claim(
    tx: Connection, actor: Actor, claim: str, recipients: int, now: datetime
) -> Announced | None:
    """Claim the draft; what it was announced as when somebody had claimed it before."""
    row = {"draft": claim, "person_id": actor.person_id, "recipients": recipients, "at": now}
    # Of two at once the second waits here for the first and then finds its meeting.
    insert_new(tx, meeting_announcements, [row])
    return _announced(tx, claim)


def _tell(
    tx: Connection,
    actor: Actor,
    meeting_id: int,
    claim: str,
    who: list[int],
    now: datetime,
    zone: ZoneInfo,
) -> Announced:
    tx.execute(
        update(meeting_announcements)
        .where(meeting_announcements.c.draft == claim)
        .values(meeting_id=meeting_id)
    )
    _looked_after(tx, meeting_id, actor)
    invitees.call(tx, meeting_id, who, now, today=now.astimezone(zone).date())
    meeting_reminders.replan(tx, meeting_id, now, zone)
    messages = [
        outbox.Message(f"{KIND}:{meeting_id}:{person_id}", KIND, person_id, {"meeting": meeting_id})
        for person_id in who
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.NOTICE)
    change_notices.said(tx, meeting_id, now)
    meeting = tx.execute(select(meetings).where(meetings.c.id == meeting_id)).mappings().one()
    audit.record(
        tx,
        actor,
        now,
        "announce_meeting",
        SUBJECT,
        meeting_id,
        body=meeting["body"],
        branch=meeting["branch_id"],
        recipients=len(who),
    )
    titles = meeting["title_kk"], meeting["title_ru"]
    return Announced(meeting_id, *titles, meeting["starts_at"], len(who))


def _looked_after(tx: Connection, meeting_id: int, actor: Actor) -> None:
    """Whoever announces a meeting is its secretary, where none is named."""
    nobody = meetings.c.id == meeting_id, meetings.c.secretary_id.is_(None)
    tx.execute(update(meetings).where(*nobody).values(secretary_id=actor.person_id))


def _key(actor: Actor, draft: str) -> str:
    """Nobody's token can be another one's."""
    return f"{actor.person_id}:{draft}"


def _keep(tx: Connection, announcement: Announcement, state: str) -> int:
    return add(
        tx,
        NewMeeting(
            branch_id=announcement.branch_id,
            body=announcement.body,
            state=state,
            title_kk=announcement.title_kk,
            title_ru=announcement.title_ru,
            starts_at=announcement.starts_at,
            place_kk=announcement.place,
            place_ru=announcement.place,
            items=tuple(NewItem(title_kk=item, title_ru=item) for item in announcement.agenda),
        ),
    )


def _check(announcement: Announcement, now: datetime) -> None:
    if announcement.starts_at <= now:
        raise NotPossible("in_the_past")
    items = announcement.agenda
    too_long = (
        len(announcement.place or "") > PLACE_LIMIT
        or len(items) > ITEMS_LIMIT
        or any(len(item) > ITEM_LIMIT for item in items)
        or sum(map(len, items)) > AGENDA_LIMIT
    )
    if too_long:
        raise NotPossible("too_long")
