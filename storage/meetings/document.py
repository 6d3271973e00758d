"""The final document as a whole: what it says, and its approval, which puts it under control."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, RowMapping, update

from storage import audit, outbox, roadmap, search_index
from storage.errors import NotPossible
from storage.meetings import clauses, reading, tasks
from storage.meetings.access import MEMBERS, invited_as, sees_item
from storage.meetings.clauses import Clause
from storage.meetings.instructions import DRAFTED, UNDER_CONTROL
from storage.meetings.preparing import prepared
from storage.meetings.records import Meeting
from storage.meetings.rows import row_of
from storage.meetings.tasks import Instruction
from storage.rules.access import Actor
from storage.rules.gate import COUNTRY
from storage.rules.meeting_states import OVER
from storage.tables import instructions as instructions_table
from storage.tables import meetings

KIND = "instruction_given"  # of the outbox


@dataclass(frozen=True)
class Document:
    """A meeting's final document; ``seal`` is a mark of this very content."""

    meeting: Meeting
    clauses: tuple[Clause, ...]
    instructions: tuple[Instruction, ...]
    undocumented: int  # decisions of items that are in no clause yet
    seal: str

    @property
    def approved(self) -> bool:
        """Whether it is approved: nothing changes any more."""
        return self.meeting.document_at is not None

    def on(self, clause: Clause) -> tuple[Instruction, ...]:
        """The instructions on a clause."""
        return tuple(i for i in self.instructions if i.clause_id == clause.id)

    def unfinished(self, today: date) -> tuple[Instruction, ...]:
        """The instructions that cannot be put under control: no executor, or no day ahead."""
        return tuple(i for i in self.instructions if i.state == DRAFTED and i.lacks(today))


def whole(tx: Connection, actor: Actor, meeting_id: int) -> Document:
    """The document, for whoever prepares the meeting. Raises NotFound, NotAllowed."""
    prepared(tx, actor, meeting_id, hold=False)
    return _read(tx, actor, meeting_id)


def approved(tx: Connection, actor: Actor, meeting_id: int) -> Document:
    """The approved document as any reader of the meeting may see it.

    Clauses on items that are not for the reader are left out. Raises NotFound, and NotPossible
    (not_approved).
    """
    document = _read(tx, actor, meeting_id)
    if not document.approved:
        raise NotPossible("not_approved")
    meeting = row_of(tx, meeting_id)
    capacity = invited_as(tx, actor, meeting_id)
    seen = tuple(
        clause
        for clause in document.clauses
        if clause.visibility is None or sees_item(actor, meeting, clause.visibility, capacity)
    )
    shown = {clause.id for clause in seen}
    given = tuple(i for i in document.instructions if i.clause_id in shown)
    return Document(document.meeting, seen, given, 0, document.seal)


def approve(
    tx: Connection,
    actor: Actor,
    meeting_id: int,
    seal: str,
    now: datetime,
    today: date,
    zone: ZoneInfo = COUNTRY,
) -> int:
    """Approve the document that has ``seal``; return how many instructions are under control now.

    The document stays as it was adopted; how an instruction goes on is kept by its card among the
    items under control. Each executor and co-executor whom the bot knows is told. Raises NotFound,
    NotAllowed, and NotPossible (not_held, approved, archived, changed, empty, unfinished).
    """
    meeting = clauses.require_open(tx, actor, meeting_id)
    if meeting["state"] not in OVER:
        raise NotPossible("not_held")
    document = _read(tx, actor, meeting_id)
    if document.seal != seal:
        raise NotPossible("changed")
    if not document.clauses:
        raise NotPossible("empty")
    if document.unfinished(today):
        raise NotPossible("unfinished")
    tx.execute(
        update(meetings)
        .where(meetings.c.id == meeting_id)
        .values(document_at=now, document_by=actor.person_id, version=meetings.c.version + 1)
    )
    drafted = [i for i in document.instructions if i.state == DRAFTED]
    _put_under_control(tx, meeting, drafted, now, zone)
    search_index.index_meeting(tx, meeting_id)
    audit.record(
        tx,
        actor,
        now,
        "approve_document",
        "meeting",
        meeting_id,
        clauses=len(document.clauses),
        instructions=len(drafted),
    )
    return len(drafted)


def _put_under_control(
    tx: Connection,
    meeting: RowMapping,
    drafted: list[Instruction],
    now: datetime,
    zone: ZoneInfo,
) -> None:
    own = instructions_table.c.meeting_id == meeting["id"]
    tx.execute(
        update(instructions_table)
        .where(own, instructions_table.c.state == DRAFTED)
        .values(state=UNDER_CONTROL, version=instructions_table.c.version + 1)
    )
    for one in drafted:
        _card(tx, meeting, one, now, zone)
    messages = [
        outbox.Message(f"{KIND}:{i.id}:{person_id}", KIND, person_id, {"instruction": i.id})
        for i in drafted
        for person_id in sorted({*i.co_executor_ids, *((i.executor_id,) if i.executor_id else ())})
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.NOTICE)


def _card(
    tx: Connection, meeting: RowMapping, one: Instruction, now: datetime, zone: ZoneInfo
) -> None:
    """Its card; of what not every member may read the district it is about does not hear."""
    assert one.deadline is not None, "unfinished instructions are not approved"  # noqa: S101
    own_branch = meeting["branch_id"]
    item = roadmap.NewRoadmapItem(
        number=str(one.number),
        branch_id=(one.branch_id if one.level in (None, MEMBERS) else None) or own_branch,
        direction_kk=None,
        direction_ru=None,
        title_kk=one.text_kk,
        title_ru=one.text_ru,
        executor_id=one.executor_id,
        deadline=one.deadline,
        kind=roadmap.Kind.INSTRUCTION,
        series=f"meeting:{meeting['id']}",
        object=one.object,
        executor_name=None if one.executor_id else one.executor,
        meeting_id=meeting["id"],
        instruction_id=one.id,
    )
    roadmap.add(tx, item, now, zone, co_executors=one.co_executor_ids)


def _read(tx: Connection, actor: Actor, meeting_id: int) -> Document:
    meeting = reading.get(tx, actor, meeting_id)
    listed = clauses.of_meeting(tx, meeting_id)
    given = tasks.every(tx, meeting_id)
    undocumented = clauses.undocumented(tx, meeting_id)
    return Document(meeting, listed, given, undocumented, _seal(listed, given))


def _seal(listed: tuple[Clause, ...], given: tuple[Instruction, ...]) -> str:
    content = [
        [[c.number, c.text_kk, c.text_ru] for c in listed],
        [
            [
                *(i.clause_id, i.text_kk, i.text_ru, i.object, i.branch_kk, i.executor_id),
                *(i.executor, str(i.deadline), sorted(i.co_executor_ids)),
            ]
            for i in given
        ],
    ]
    whole_text = json.dumps(content, ensure_ascii=False)
    return hashlib.sha256(whole_text.encode()).hexdigest()[:12]
