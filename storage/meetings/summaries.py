"""Summaries for members: written as a draft, looked at, published, and told to members."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, update

from storage import audiences, audit, branches, outbox, search_index
from storage.audiences import Audience
from storage.errors import NotPossible
from storage.meetings import findings, reading
from storage.meetings.preparing import prepared, step
from storage.meetings.records import Meeting
from storage.meetings.steps import SUBJECT
from storage.meetings.telling import Told, told
from storage.rules.access import Actor
from storage.rules.meeting_states import OVER
from storage.selections import Selection
from storage.tables import meetings, people

KIND = "summary_published"  # of the outbox
LANGUAGES = ("kk", "ru")
LIMITS = {"summary": 1200, "decision": 900}  # characters, as Telegram counts them
FIELDS = tuple(f"{name}_{language}" for name in LIMITS for language in LANGUAGES)
RAW = 100_000  # characters of a text that is kept as it came


@dataclass(frozen=True)
class Desk:
    """A summary as whoever writes it sees it: ``meeting`` has the texts of the draft.

    ``waiting`` is how many findings are not in the meeting yet, ``undecided`` how many of them
    nobody decided on, ``drafted`` which texts differ from what is published.
    """

    meeting: Meeting
    drafted: frozenset[str]
    undecided: int
    waiting: int

    def text(self, field: str) -> str:
        """What stands in a field now; "" for nothing."""
        return getattr(self.meeting, field) or ""


@dataclass(frozen=True)
class Preview:
    """What would be published, to whom, and a ``seal`` on exactly that."""

    desk: Desk
    told: Told
    audience: Audience
    seal: str

    @property
    def lacks(self) -> str | None:
        """Why it cannot be published: undecided, too_long, empty; None: it can."""
        return _lacks(self.desk, self.told)


def desk(tx: Connection, actor: Actor, meeting_id: int) -> Desk:
    """The summary, for whoever prepares the meeting. Raises NotFound, NotAllowed, NotPossible."""
    row = prepared(tx, actor, meeting_id, OVER, hold=False)
    draft = {name: text for name, text in (row["summary_draft"] or {}).items() if name in FIELDS}
    meeting = reading.get(tx, actor, meeting_id)
    found = findings.of_meeting(tx, meeting_id)
    changed = frozenset(n for n, text in draft.items() if (getattr(meeting, n) or "") != text)
    texts: dict[str, Any] = {name: text or None for name, text in draft.items()}
    return Desk(
        replace(meeting, **texts), changed, len(found.left), len(found.left) + len(found.taken)
    )


def write(
    tx: Connection,
    actor: Actor,
    meeting_id: int,
    version: int,
    field: str,
    text: str,
    now: datetime,
) -> None:
    """Keep ``text`` ("" takes it away) as a draft of one field; nobody else sees it yet.

    Raises NotFound, NotAllowed, AlreadyChanged, and NotPossible (wrong_state, wrong_value,
    too_long).
    """
    row = prepared(tx, actor, meeting_id, OVER)
    if field not in FIELDS:
        raise NotPossible("wrong_value")
    if length(text) > LIMITS[field.split("_")[0]]:
        raise NotPossible("too_long")
    draft = {**(row["summary_draft"] or {}), field: text}
    step(tx, meetings, SUBJECT, meeting_id, version, summary_draft=draft)
    audit.record(tx, actor, now, "draft_summary", SUBJECT, meeting_id, field=field)


def keep_raw(
    tx: Connection, actor: Actor, meeting_id: int, language: str, text: str, now: datetime
) -> bool:
    """Keep a text in which nothing was found as the draft, to be shortened by hand.

    False, and nothing is kept, where there is a summary in that language already. Raises NotFound,
    NotAllowed, NotPossible (wrong_state).
    """
    row = prepared(tx, actor, meeting_id, OVER)
    field = f"summary_{language}"
    draft = row["summary_draft"] or {}
    if draft.get(field, row[field]):
        return False
    values = {"summary_draft": {**draft, field: text[:RAW]}, "version": row["version"] + 1}
    tx.execute(update(meetings).where(meetings.c.id == meeting_id).values(values))
    audit.record(tx, actor, now, "draft_summary", SUBJECT, meeting_id, field=field)
    return True


def preview(tx: Connection, actor: Actor, meeting_id: int, today: date) -> Preview:
    """What would be published, and to how many. Raises as ``desk`` does."""
    written = desk(tx, actor, meeting_id)
    lines = told(tx, written.meeting)
    audience = audiences.count(tx, _scope(tx, written.meeting), actor.person_id, today)
    return Preview(written, lines, audience, _seal(written.meeting, lines, audience))


def publish(
    tx: Connection,
    actor: Actor,
    meeting_id: int,
    seal: str,
    now: datetime,
    today: date,
    *,
    notify: bool,
) -> int:
    """Publish what has this ``seal``; with ``notify`` tell its members. Returns how many are told.

    Raises NotFound, NotAllowed, and NotPossible (wrong_state, changed, undecided, too_long,
    empty).
    """
    prepared(tx, actor, meeting_id, OVER)
    shown = preview(tx, actor, meeting_id, today)
    if shown.seal != seal:
        raise NotPossible("changed")
    if shown.lacks is not None:
        raise NotPossible(shown.lacks)
    meeting = shown.desk.meeting
    texts = {field: shown.desk.text(field) or None for field in FIELDS}
    step(
        tx, meetings, SUBJECT, meeting_id, meeting.version,
        **texts, summary_draft=None, published_at=now,
    )  # fmt: skip
    search_index.index_meeting(tx, meeting_id)
    who = _tell(tx, actor, meeting, now, today) if notify else 0
    audit.record(tx, actor, now, "publish_summary", SUBJECT, meeting_id, told=who)
    return who


def length(text: str) -> int:
    """How many characters Telegram counts: one outside the common ones, as an emoji, is two."""
    return len(text.encode("utf-16-le")) // 2


def _tell(tx: Connection, actor: Actor, meeting: Meeting, now: datetime, today: date) -> int:
    scope = _scope(tx, meeting)
    query = audiences.recipients(scope, actor.person_id, today, people.c.id)
    # Published anew it may be told anew: the version says which one it is.
    key = f"{KIND}:{meeting.id}:{meeting.version}"
    params = {"meeting": meeting.id}
    messages = [
        outbox.Message(f"{key}:{person_id}", KIND, person_id, params)
        for person_id in tx.execute(query).scalars()
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.BROADCAST)
    return len(messages)


def _scope(tx: Connection, meeting: Meeting) -> Selection:
    """The members who read the meeting: of its branch, or of the whole region."""
    branch = branches.get(tx, meeting.branch_id)
    return Selection() if branch.kind == "region" else Selection((branch.id,))


def _lacks(written: Desk, lines: Told) -> str | None:
    if written.waiting:
        return "undecided"
    if any(length(written.text(f)) > LIMITS[f.split("_")[0]] for f in FIELDS):
        return "too_long"
    said = any(written.text(field) for field in FIELDS)
    return None if said or lines.figures or lines.instructions else "empty"


def _seal(meeting: Meeting, lines: Told, audience: Audience) -> str:
    content: list[Any] = [meeting.id, meeting.version, audience.total]
    content += [getattr(meeting, field) for field in FIELDS]
    content += [[item.id, item.version] for item in meeting.items]
    content += [[one.value, one.label_kk, one.label_ru] for one in lines.figures]
    content += [[one.id, one.version] for one in lines.instructions]
    whole = json.dumps(content, ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()[:12]
