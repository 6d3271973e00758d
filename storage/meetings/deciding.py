"""Deciding on what was read in a text: accepted, mended or dropped, one by one or all of a kind."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, update

from storage import audit
from storage.errors import AlreadyChanged, NotPossible
from storage.meetings.findings import (
    ACCEPTED,
    DROPPED,
    FOUND,
    INSTRUCTION,
    ITEM,
    MENDED,
    NEEDED,
    ON_ITEM,
    PROPOSAL,
    SUBJECT,
    demand,
    found_in,
    row_of,
)
from storage.meetings.preparing import prepared, step
from storage.rules.access import Actor
from storage.rules.meeting_states import OVER
from storage.tables import findings


def decide(
    tx: Connection, actor: Actor, finding_id: int, version: int, state: str, now: datetime
) -> None:
    """Accept or drop a finding as it was seen in ``version``; it may be decided anew.

    Raises NotFound, NotAllowed, AlreadyChanged, and NotPossible (wrong_state).
    """
    if state not in (ACCEPTED, DROPPED):
        raise NotPossible("wrong_value")
    row = _open(tx, actor, finding_id)
    # What was mended stays so when it is accepted.
    state = MENDED if (state, row["state"]) == (ACCEPTED, MENDED) else state
    _set(tx, actor, finding_id, version, now, state=state)


def mend(
    tx: Connection,
    actor: Actor,
    finding_id: int,
    version: int,
    field: str,
    text: str,
    now: datetime,
) -> None:
    """Set one field of a finding to ``text``: it counts as accepted then.

    Raises as ``decide`` does, and NotPossible (wrong_value, too_long).
    """
    row = _open(tx, actor, finding_id)
    limit = found_in(row).limits.get(field)
    if limit is None or (field in NEEDED and not text):
        raise NotPossible("wrong_value")
    if len(text) > limit:
        raise NotPossible("too_long")
    content = {**row["content"], field: text or None}
    _set(tx, actor, finding_id, version, now, state=MENDED, content=content)


def put_on(
    tx: Connection, actor: Actor, finding_id: int, version: int, on: str | None, now: datetime
) -> None:
    """Say on which item it stands; ``on`` as in ``drafting``. Raises as ``decide`` does."""
    row = _open(tx, actor, finding_id)
    # An item of the text is one of the agenda or a new one, never another one of the text.
    if row["kind"] not in ON_ITEM or (row["kind"] == ITEM and (on or "").startswith("t")):
        raise NotPossible("wrong_value")
    state = row["state"] if row["state"] == FOUND else MENDED
    _set(tx, actor, finding_id, version, now, state=state, content={**row["content"], "on": on})


def turn_into(tx: Connection, actor: Actor, finding_id: int, version: int, now: datetime) -> None:
    """Make an instruction of a proposal, or a proposal of an instruction.

    Raises as ``decide`` does, and NotPossible (wrong_value).
    """
    row = _open(tx, actor, finding_id)
    others = {PROPOSAL: INSTRUCTION, INSTRUCTION: PROPOSAL}
    if row["kind"] not in others:
        raise NotPossible("wrong_value")
    state = row["state"] if row["state"] == FOUND else MENDED
    _set(tx, actor, finding_id, version, now, state=state, kind=others[row["kind"]])


def accept_all(
    tx: Connection,
    actor: Actor,
    meeting_id: int,
    kind: str,
    seen: int,
    expected: int,
    now: datetime,
) -> int:
    """Accept the ``expected`` findings of a kind that are left; return how many.

    Raises NotFound, NotAllowed, AlreadyChanged when there are more or fewer by now, or they are of
    another reading than ``seen``, and NotPossible (wrong_state).
    """
    return _rest(tx, actor, meeting_id, ACCEPTED, seen, expected, now, kind)


def drop_rest(
    tx: Connection, actor: Actor, meeting_id: int, seen: int, expected: int, now: datetime
) -> int:
    """Drop everything that is left. Returns and raises as ``accept_all`` does."""
    return _rest(tx, actor, meeting_id, DROPPED, seen, expected, now)


def _rest(
    tx: Connection,
    actor: Actor,
    meeting_id: int,
    state: str,
    seen: int,
    expected: int,
    now: datetime,
    kind: str | None = None,
) -> int:
    prepared(tx, actor, meeting_id, OVER)
    demand(tx, meeting_id, seen)
    left = [findings.c.meeting_id == meeting_id, findings.c.state == FOUND]
    if kind is not None:
        left.append(findings.c.kind == kind)
    values = {"state": state, "decided_by": actor.person_id}
    changed = tx.execute(
        update(findings).where(*left).values(version=findings.c.version + 1, **values)
    ).rowcount
    if changed != expected:
        raise AlreadyChanged
    audit.record(tx, actor, now, f"findings.{state}", "meeting", meeting_id, n=changed, kind=kind)
    return changed


def _open(tx: Connection, actor: Actor, finding_id: int) -> RowMapping:
    """The finding, with its meeting held by whoever prepares it."""
    prepared(tx, actor, row_of(tx, finding_id)["meeting_id"], OVER)
    return row_of(tx, finding_id)


def _set(
    tx: Connection, actor: Actor, finding_id: int, version: int, now: datetime, **values: Any
) -> None:
    step(tx, findings, SUBJECT, finding_id, version, decided_by=actor.person_id, **values)
    audit.record(tx, actor, now, "decide_finding", SUBJECT, finding_id, state=values["state"])
