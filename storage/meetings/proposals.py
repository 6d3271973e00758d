"""What those at a meeting propose or remark from their phones, and what becomes of it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, func, insert, select

from storage import audit, outbox, search_index
from storage.errors import NotAllowed, NotFound, NotPossible, TooMany
from storage.meetings import clauses, secretary
from storage.meetings.access import invited_as, sees_item
from storage.meetings.preparing import prepared, prepares, step
from storage.meetings.rows import row_of
from storage.meetings.sitting import DONE, OPEN, find_item
from storage.meetings.wording import reworded, said
from storage.rules.access import Actor
from storage.rules.meeting_states import IN_PROGRESS
from storage.tables import agenda_items, instructions, proposals
from storage.tables import clauses as clauses_table

PROPOSAL, REMARK = "proposal", "remark"  # kinds
SENT, ACCEPTED, DECLINED = "sent", "accepted", "declined"  # states
SUBJECT = "proposal"
KIND = "proposal_sent"  # of the outbox
SPEAKING = ("member", "invited")  # who may propose; an observer listens
PACE, PACE_IN = 10, timedelta(minutes=5)  # as many from one person within this time
FOLDED = timedelta(seconds=10)  # what arrives within it is told in one notice
PAGE = 8


@dataclass(frozen=True)
class Sent:
    """A proposal or remark as its secretary sees it."""

    id: int
    meeting_id: int
    item_id: int
    item_number: int
    item_kk: str | None
    item_ru: str | None
    kind: str
    text_kk: str | None
    text_ru: str | None
    author_kk: str | None
    author_ru: str | None
    at: datetime | None
    state: str
    version: int
    clause: int | None  # the number of the clause it became
    clause_id: int | None
    instruction_id: int | None


@dataclass(frozen=True)
class SentPage:
    """One page (from 0) of the proposals; ``total`` is how many there are."""

    proposals: tuple[Sent, ...]
    number: int
    total: int


def may_propose(tx: Connection, actor: Actor, meeting: RowMapping) -> bool:
    """Whether ``actor`` speaks at the meeting: called as more than an observer, or preparing it."""
    if prepares(actor, meeting["branch_id"], meeting["body"]):
        return True
    return invited_as(tx, actor, meeting["id"]) in SPEAKING


def speaks(tx: Connection, actor: Actor, meeting_id: int) -> bool:
    """As ``may_propose``, by the meeting's id, while it goes on and an item is discussed."""
    meeting = row_of(tx, meeting_id)
    discussed = meeting["state"] == IN_PROGRESS and meeting["item_id"] is not None
    return discussed and may_propose(tx, actor, meeting)


def send(
    tx: Connection,
    actor: Actor,
    item_id: int,
    kind: str,
    text: str,
    now: datetime,
    today: date,
    *,
    anyway: bool = False,
) -> int:
    """Send a proposal or remark on the item under discussion; return its id.

    ``anyway``: the item was discussed before, and it is meant all the same. Its secretary is told.
    Raises NotFound (the item is deleted or hidden), NotAllowed, TooMany, and NotPossible
    (not_in_progress, item_changed, too_long).
    """
    item = find_item(tx, item_id)
    meeting = row_of(tx, item["meeting_id"])
    if not may_propose(tx, actor, meeting):
        raise NotAllowed("propose", meeting["branch_id"])
    if not sees_item(actor, meeting, item["visibility"], invited_as(tx, actor, meeting["id"])):
        raise NotFound("agenda_item")
    if meeting["state"] != IN_PROGRESS:
        raise NotPossible("not_in_progress")
    discussed = item["state"] in (OPEN, DONE) if anyway else meeting["item_id"] == item_id
    if not discussed:
        raise NotPossible("item_changed")
    _keep_pace(tx, actor, now)
    proposal_id = _insert(tx, actor, item_id, kind, text, now)
    _tell(tx, actor, meeting, now, today)
    audit.record(tx, actor, now, "propose", SUBJECT, proposal_id, item=item_id, kind=kind)
    return proposal_id


def listed(
    tx: Connection, actor: Actor, meeting_id: int, page: int = 0, state: str = SENT
) -> SentPage:
    """A page of what was sent at the meeting and is in ``state``, oldest first.

    Raises NotFound, NotAllowed.
    """
    prepared(tx, actor, meeting_id, hold=False)
    which = and_(agenda_items.c.meeting_id == meeting_id, proposals.c.state == state)
    joined = proposals.join(agenda_items, agenda_items.c.id == proposals.c.item_id)
    total = int(tx.execute(select(func.count()).select_from(joined).where(which)).scalar_one())
    page = min(max(page, 0), max(-(-total // PAGE) - 1, 0))
    rows = tx.execute(_sent().where(which).order_by(proposals.c.id).limit(PAGE).offset(page * PAGE))
    return SentPage(tuple(Sent(**row) for row in rows.mappings()), page, total)


def get(tx: Connection, actor: Actor, proposal_id: int) -> Sent:
    """One proposal, for whoever prepares its meeting. Raises NotFound, NotAllowed."""
    row = tx.execute(_sent().where(proposals.c.id == proposal_id)).mappings().first()
    if row is None:
        raise NotFound(SUBJECT)
    prepared(tx, actor, row["meeting_id"], hold=False)
    return Sent(**row)


def accept(tx: Connection, actor: Actor, proposal_id: int, version: int, now: datetime) -> int:
    """Take a proposal into the final document; return the id of its clause.

    Raises NotFound, NotAllowed, AlreadyChanged, and NotPossible (approved, not_begun,
    accepted).
    """
    before = _open(tx, actor, proposal_id)
    step(tx, proposals, SUBJECT, proposal_id, version, state=ACCEPTED)
    if before.clause_id is not None:
        raise NotPossible("accepted")
    clause_id = clauses.append(
        tx,
        before.meeting_id,
        item_id=before.item_id,
        proposal_id=proposal_id,
        text_kk=before.text_kk,
        text_ru=before.text_ru,
    )
    audit.record(tx, actor, now, "accept_proposal", SUBJECT, proposal_id, clause=clause_id)
    search_index.index_meeting(tx, before.meeting_id)
    return clause_id


def decline(tx: Connection, actor: Actor, proposal_id: int, version: int, now: datetime) -> None:
    """Leave a proposal out. Raises as ``accept``."""
    before = _open(tx, actor, proposal_id)
    step(tx, proposals, SUBJECT, proposal_id, version, state=DECLINED)
    if before.clause_id is not None:
        raise NotPossible("accepted")
    audit.record(tx, actor, now, "decline_proposal", SUBJECT, proposal_id)
    search_index.index_meeting(tx, before.meeting_id)


def reword(
    tx: Connection, actor: Actor, proposal_id: int, version: int, text: str, now: datetime
) -> None:
    """Edit the wording before it is taken in. Raises as ``decline``, and NotPossible (too_long)."""
    before = _open(tx, actor, proposal_id)
    values = reworded(actor, vars(before), "text", text)
    step(tx, proposals, SUBJECT, proposal_id, version, **values)
    if before.clause_id is not None:
        raise NotPossible("accepted")
    audit.record(tx, actor, now, "reword_proposal", SUBJECT, proposal_id)
    search_index.index_meeting(tx, before.meeting_id)


def _open(tx: Connection, actor: Actor, proposal_id: int) -> Sent:
    """The proposal while the final document may change, with its meeting locked."""
    found = get(tx, actor, proposal_id)
    clauses.require_open(tx, actor, found.meeting_id)
    return get(tx, actor, proposal_id)


def _sent() -> Select[Any]:
    instruction = (
        select(func.min(instructions.c.id))
        .where(instructions.c.clause_id == clauses_table.c.id)
        .scalar_subquery()
    )
    return select(
        proposals.c.id,
        agenda_items.c.meeting_id,
        proposals.c.item_id,
        agenda_items.c.number.label("item_number"),
        agenda_items.c.title_kk.label("item_kk"),
        agenda_items.c.title_ru.label("item_ru"),
        *(proposals.c[name] for name in ("kind", "text_kk", "text_ru", "author_kk", "author_ru")),
        *(proposals.c[name] for name in ("at", "state", "version")),
        clauses_table.c.number.label("clause"),
        clauses_table.c.id.label("clause_id"),
        instruction.label("instruction_id"),
    ).select_from(
        proposals.join(agenda_items, agenda_items.c.id == proposals.c.item_id).outerjoin(
            clauses_table, clauses_table.c.proposal_id == proposals.c.id
        )
    )


def _insert(tx: Connection, actor: Actor, item_id: int, kind: str, text: str, now: datetime) -> int:
    last = select(func.coalesce(func.max(proposals.c.position), 0)).where(
        proposals.c.item_id == item_id
    )
    values = {
        "item_id": item_id,
        "position": int(tx.execute(last).scalar_one()) + 1,
        "author_kk": actor.name,
        "author_ru": actor.name,
        "kind": kind,
        "person_id": actor.person_id,
        "at": now,
        "state": SENT,
        **said(actor, "text", text),
    }
    statement = insert(proposals).values(values).returning(proposals.c.id)
    return int(tx.execute(statement).scalar_one())


def _keep_pace(tx: Connection, actor: Actor, now: datetime) -> None:
    own = and_(proposals.c.person_id == actor.person_id, proposals.c.at > now - PACE_IN)
    made = tx.execute(select(func.count(), func.min(proposals.c.at)).where(own)).one()
    if made[0] >= PACE:
        raise TooMany(made[1] + PACE_IN)


def _tell(tx: Connection, actor: Actor, meeting: RowMapping, now: datetime, today: date) -> None:
    """One notice for all that arrives within the same ten seconds: it says how many wait."""
    seconds = int(FOLDED.total_seconds())
    ends = (int(now.timestamp()) // seconds + 1) * seconds
    params = {"meeting": meeting["id"]}
    messages = [
        outbox.Message(f"{KIND}:{meeting['id']}:{person_id}:{ends}", KIND, person_id, params)
        for person_id in secretary.of(tx, meeting, today)
        if person_id != actor.person_id
    ]
    outbox.put_all(
        tx,
        messages,
        now,
        priority=outbox.Priority.NOTICE,
        not_before=datetime.fromtimestamp(ends, UTC),
    )
