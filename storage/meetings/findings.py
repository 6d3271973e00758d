"""What the bot read in a text of a meeting: kept until a person has decided on each of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, func, insert, select, update

from storage import audit
from storage.errors import AlreadyChanged, NotFound
from storage.meetings.preparing import prepared
from storage.rules.access import Actor
from storage.rules.meeting_states import OVER
from storage.tables import findings

FACT, ITEM, PERSON, FIGURE = "fact", "item", "person", "figure"
PROPOSAL, INSTRUCTION = "proposal", "instruction"
KINDS = (FACT, ITEM, PERSON, FIGURE, PROPOSAL, INSTRUCTION)  # in the order they are looked at

FOUND, ACCEPTED, MENDED, DROPPED = "found", "accepted", "mended", "dropped"  # states
PAST = "past"  # the reading has served its purpose; its ids are never another one's
TAKEN = (ACCEPTED, MENDED)
SUBJECT = "finding"

# What can be mended of each kind, and how many characters it may have.
FIELDS: dict[str, dict[str, int]] = {
    FACT: {"value": 250},
    ITEM: {"title": 250, "speaker": 100, "position": 200},
    PERSON: {"name": 100, "position": 200},
    FIGURE: {"label": 200, "value": 40, "unit": 40, "period": 80},
    PROPOSAL: {"text": 2000, "author": 300},
    INSTRUCTION: {"text": 2000, "author": 300},
}
DECISION_LIMIT = 900  # characters of the fact that says what was decided
NEEDED = frozenset({"value", "title", "name", "text"})  # of these something must be left
# Kinds that stand on an item of the agenda, or may.
ON_ITEM = (ITEM, PERSON, FIGURE, PROPOSAL, INSTRUCTION)


@dataclass(frozen=True)
class Finding:
    """One thing that was read, beside its sentence; what ``content`` holds depends on ``kind``."""

    id: int
    meeting_id: int
    position: int
    kind: str
    content: Mapping[str, Any]
    sentence: str
    state: str
    version: int

    @property
    def limits(self) -> dict[str, int]:
        """What of it can be mended, with the most characters."""
        if self.kind != FACT:
            return FIELDS[self.kind]
        name = self.content["name"]
        if name == "kind":
            return {}
        return {"value": DECISION_LIMIT} if name == "decision" else FIELDS[FACT]


@dataclass(frozen=True)
class Found:
    """All that was read in a text and waits for the secretary, in its order."""

    meeting_id: int
    findings: tuple[Finding, ...]

    @property
    def seen(self) -> int:
        """A mark of this reading: another one has another."""
        return max((one.id for one in self.findings), default=0)

    @property
    def left(self) -> tuple[Finding, ...]:
        """Those that nobody has decided on."""
        return tuple(one for one in self.findings if one.state == FOUND)

    @property
    def taken(self) -> tuple[Finding, ...]:
        """Those that were accepted as they are, or mended."""
        return tuple(one for one in self.findings if one.state in TAKEN)

    def of(self, kind: str) -> tuple[Finding, ...]:
        """Those of one kind."""
        return tuple(one for one in self.findings if one.kind == kind)

    def number(self, finding_id: int) -> int:
        """Which of them it is, from 1."""
        return [one.id for one in self.findings].index(finding_id) + 1

    def after(self, finding_id: int) -> Finding | None:
        """The next one to decide on, from the beginning again where none comes after."""
        here = self.number(finding_id)
        turned = (*self.findings[here:], *self.findings[:here])
        return next((one for one in turned if one.state == FOUND), None)


def listed(tx: Connection, actor: Actor, meeting_id: int) -> Found:
    """What was read, for whoever prepares the meeting. Raises NotFound, NotAllowed."""
    prepared(tx, actor, meeting_id, hold=False)
    return of_meeting(tx, meeting_id)


def of_meeting(tx: Connection, meeting_id: int) -> Found:
    """What was read, whoever asks."""
    query = select(*_COLUMNS).where(_waits(meeting_id))
    rows = tx.execute(query.order_by(findings.c.position, findings.c.id)).mappings()
    return Found(meeting_id, tuple(found_in(row) for row in rows))


def around(tx: Connection, actor: Actor, finding_id: int) -> tuple[Found, Finding]:
    """One finding with all of its reading. Raises NotFound, NotAllowed."""
    found = listed(tx, actor, row_of(tx, finding_id)["meeting_id"])
    one = next((one for one in found.findings if one.id == finding_id), None)
    if one is None:  # read anew meanwhile
        raise NotFound(SUBJECT)
    return found, one


def keep(
    tx: Connection,
    actor: Actor,
    meeting_id: int,
    rows: Sequence[Mapping[str, Any]],
    seen: int,
    now: datetime,
) -> Found:
    """Keep what was read (kind, content, sentence) in place of the reading ``seen`` (0: none).

    Raises NotFound, NotAllowed, AlreadyChanged when another text was read meanwhile, and
    NotPossible (wrong_state).
    """
    prepared(tx, actor, meeting_id, OVER)
    demand(tx, meeting_id, seen)
    forget(tx, meeting_id)
    if rows:
        tx.execute(
            insert(findings),
            [
                {"meeting_id": meeting_id, "position": position, "state": FOUND, **row}
                for position, row in enumerate(rows, start=1)
            ],
        )
    kinds = dict(Counter(str(row["kind"]) for row in rows))
    audit.record(tx, actor, now, "read_text", "meeting", meeting_id, kinds=kinds)
    return of_meeting(tx, meeting_id)


def forget(tx: Connection, meeting_id: int) -> None:
    """The reading has served its purpose: old buttons of it find nothing any more."""
    tx.execute(update(findings).where(_waits(meeting_id)).values(state=PAST))


def demand(tx: Connection, meeting_id: int, seen: int) -> None:
    """Raise AlreadyChanged unless the present reading of the meeting is the one ``seen``."""
    query = select(func.max(findings.c.id)).where(_waits(meeting_id))
    if (tx.execute(query).scalar() or 0) != seen:
        raise AlreadyChanged


def found_in(row: RowMapping) -> Finding:
    """The finding of a row of the table."""
    return Finding(**{column.name: row[column.name] for column in _COLUMNS})


def row_of(tx: Connection, finding_id: int) -> RowMapping:
    """The row of a finding, whoever asks. Raises NotFound."""
    query = select(findings).where(findings.c.id == finding_id, findings.c.state != PAST)
    row = tx.execute(query).mappings().first()
    if row is None:
        raise NotFound(SUBJECT)
    return row


def _waits(meeting_id: int) -> ColumnElement[bool]:
    """The condition that a finding is of the meeting's present reading."""
    return and_(findings.c.meeting_id == meeting_id, findings.c.state != PAST)


_COLUMNS = tuple(findings.c[name] for name in Finding.__annotations__)
