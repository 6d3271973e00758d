"""A meeting that goes on: which item is under discussion, and what is decided on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, func, select, update

from storage import audit, search_index
from storage.errors import NotFound, NotPossible
from storage.meetings.clauses import require_open
from storage.meetings.preparing import prepared, step
from storage.meetings.steps import already_changed
from storage.meetings.wording import reworded
from storage.rules.access import Actor
from storage.rules.meeting_states import IN_PROGRESS, SIGNED
from storage.tables import agenda_items, meetings, proposals

PLANNED, OPEN, DONE = "planned", "open", "done"  # states of an item; carried, dropped beside them
GOES = (PLANNED, OPEN, DONE)  # those that belong to the meeting
SUBJECT = "agenda_item"


@dataclass(frozen=True)
class Sitting:
    """How a meeting stands: the item under discussion, the next one, what waits to be decided."""

    meeting_id: int
    item_id: int | None
    next_id: int | None
    next_number: int | None
    waiting: int  # proposals nobody has decided on


def stands(tx: Connection, actor: Actor, meeting_id: int) -> Sitting:
    """How the meeting stands, for whoever prepares it. Raises NotFound, NotAllowed."""
    meeting = prepared(tx, actor, meeting_id, hold=False)
    following = _next(tx, meeting)
    return Sitting(
        meeting_id=meeting_id,
        item_id=meeting["item_id"],
        next_id=following.id if following else None,
        next_number=following.number if following else None,
        waiting=waiting(tx, meeting_id),
    )


def waiting(tx: Connection, meeting_id: int) -> int:
    """How many proposals and remarks nobody has decided on."""
    query = (
        select(func.count())
        .select_from(proposals.join(agenda_items, agenda_items.c.id == proposals.c.item_id))
        .where(agenda_items.c.meeting_id == meeting_id, proposals.c.state == "sent")
    )
    return int(tx.execute(query).scalar_one())


def take(
    tx: Connection, actor: Actor, meeting_id: int, item_id: int, seen: int, now: datetime
) -> None:
    """Put an item under discussion; the one before it is done with.

    ``seen`` is the item that was under discussion as far as the actor knew, 0 for none. Raises
    NotFound, NotAllowed, AlreadyChanged, and NotPossible (not_in_progress, not_of_the_meeting).
    """
    meeting = _in_progress(tx, actor, meeting_id, seen)
    item = find_item(tx, item_id)
    if item["meeting_id"] != meeting_id or item["state"] not in GOES:
        raise NotPossible("not_of_the_meeting")
    if item_id != meeting["item_id"]:
        _goes_on(tx, actor, meeting, item_id, now)


def next_item(tx: Connection, actor: Actor, meeting_id: int, seen: int, now: datetime) -> None:
    """Go on to the next item that was not considered, or, after the last, to none. See ``take``."""
    meeting = _in_progress(tx, actor, meeting_id, seen)
    following = _next(tx, meeting)
    _goes_on(tx, actor, meeting, following.id if following else None, now)


def decide(
    tx: Connection, actor: Actor, item_id: int, version: int, text: str, now: datetime
) -> None:
    """Enter what was decided on an item, in the words ``text``.

    Raises NotFound, NotAllowed, AlreadyChanged, and NotPossible (not_begun, approved,
    signed, archived, too_long).
    """
    item = _decided_on(tx, actor, item_id)
    _decide(tx, actor, item, version, now, **reworded(actor, item, "decision", text))


def take_draft(tx: Connection, actor: Actor, item_id: int, version: int, now: datetime) -> None:
    """Decide as the draft decision says, in both languages.

    Raises as ``decide`` does, and NotPossible (no_draft).
    """
    item = _decided_on(tx, actor, item_id)
    kk, ru = item["draft_decision_kk"], item["draft_decision_ru"]
    if not kk and not ru:
        raise NotPossible("no_draft")
    _decide(tx, actor, item, version, now, decision_kk=kk, decision_ru=ru)


def adopt_draft(tx: Connection, item_id: int) -> None:
    """After a vote for it the draft decision is the decision, where none was entered yet."""
    undecided = agenda_items.c.decision_kk.is_(None) & agenda_items.c.decision_ru.is_(None)
    adopted = tx.execute(
        update(agenda_items)
        .where(agenda_items.c.id == item_id, undecided)
        .values(
            decision_kk=agenda_items.c.draft_decision_kk,
            decision_ru=agenda_items.c.draft_decision_ru,
            version=agenda_items.c.version + 1,
        )
    )
    if adopted.rowcount:
        search_index.index_meeting(tx, find_item(tx, item_id)["meeting_id"])


def done_with_open(tx: Connection, meeting_id: int) -> None:
    """The item of the meeting that is open, if one is, counts as considered."""
    opened = (agenda_items.c.meeting_id == meeting_id) & (agenda_items.c.state == OPEN)
    _set_state(tx, opened, DONE)


def find_item(tx: Connection, item_id: int) -> RowMapping:
    """The item's row, whoever asks. Raises NotFound."""
    row: RowMapping | None = (
        tx.execute(select(agenda_items).where(agenda_items.c.id == item_id)).mappings().first()
    )
    if row is None:
        raise NotFound(SUBJECT)
    return row


def _in_progress(tx: Connection, actor: Actor, meeting_id: int, seen: int) -> RowMapping:
    meeting = prepared(tx, actor, meeting_id)
    if meeting["state"] != IN_PROGRESS:
        raise NotPossible("not_in_progress")
    if (meeting["item_id"] or 0) != seen:
        already_changed(tx, meeting_id)
    return meeting


def _next(tx: Connection, meeting: RowMapping) -> Any:
    """The first planned item after the one under discussion, else the first planned one."""
    here = select(agenda_items.c.number).where(agenda_items.c.id == meeting["item_id"])
    number = tx.execute(here).scalar() or 0
    query = (
        select(agenda_items.c.id, agenda_items.c.number)
        .where(agenda_items.c.meeting_id == meeting["id"], agenda_items.c.state == PLANNED)
        .order_by(agenda_items.c.number < number, agenda_items.c.number)
        .limit(1)
    )
    return tx.execute(query).first()


def _goes_on(
    tx: Connection, actor: Actor, meeting: RowMapping, item_id: int | None, now: datetime
) -> None:
    done_with_open(tx, meeting["id"])
    if item_id is not None:
        _set_state(tx, agenda_items.c.id == item_id, OPEN)
    tx.execute(
        update(meetings)
        .where(meetings.c.id == meeting["id"])
        .values(item_id=item_id, version=meetings.c.version + 1)
    )
    audit.record(tx, actor, now, "take_item", "meeting", meeting["id"], item=item_id)


def _set_state(tx: Connection, which: Any, state: str) -> None:
    values = {"state": state, "version": agenda_items.c.version + 1}
    tx.execute(update(agenda_items).where(which).values(values))


def _decided_on(tx: Connection, actor: Actor, item_id: int) -> RowMapping:
    item = find_item(tx, item_id)
    if require_open(tx, actor, item["meeting_id"])["state"] == SIGNED:
        raise NotPossible("signed")
    return item


def _decide(
    tx: Connection,
    actor: Actor,
    item: RowMapping,
    version: int,
    now: datetime,
    **decision: str | None,
) -> None:
    step(tx, agenda_items, SUBJECT, item["id"], version, **decision)
    audit.record(tx, actor, now, "decide", SUBJECT, item["id"])
    search_index.index_meeting(tx, item["meeting_id"])
