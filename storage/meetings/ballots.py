"""Open votes on the items of a meeting, as they are read: the question, the counts, who."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, exists, func, select, true

from storage.errors import NotFound
from storage.meetings import bodies
from storage.meetings.access import invited_as, sees_item
from storage.meetings.quorums import Quorum, counting, here, quorum
from storage.meetings.records import Meeting
from storage.meetings.rows import GREATEST_ID, row_of
from storage.rules.access import Action, Actor, may
from storage.rules.alphabet import order
from storage.rules.quorum import CHOICES
from storage.tables import agenda_items, ballots, invitees, votes

SUBJECT = "ballot"


@dataclass(frozen=True)
class Ballot:
    """A vote, open or closed, with what it came to so far."""

    id: int
    meeting_id: int
    item_id: int
    number: int  # of the item
    title_kk: str | None
    title_ru: str | None
    draft_kk: str | None  # the draft decision, where no question was typed
    draft_ru: str | None
    question: str | None
    opened_at: datetime
    present: int  # members there now; once it is closed, at that moment
    needed: int
    closed_at: datetime | None
    outcome: str | None  # adopted, rejected, no_quorum
    version: int
    in_favour: int
    against: int
    abstained: int

    @property
    def voted(self) -> int:
        """How many members have voted."""
        return self.in_favour + self.against + self.abstained


@dataclass(frozen=True)
class Result:
    """What the latest vote on an item came to; ``outcome`` None while it is open."""

    id: int
    outcome: str | None
    in_favour: int
    against: int
    abstained: int


@dataclass(frozen=True)
class Voter:
    """A member who may vote, and how they have; None: not yet."""

    invitee_id: int
    person_id: int | None
    name: str
    stand_in: str | None
    choice: str | None


def get(tx: Connection, actor: Actor, ballot_id: int, today: date) -> Ballot:
    """One vote, for those called to its meeting and for whoever prepares it. Raises NotFound."""
    meeting = row_of(tx, ballot_row(tx, ballot_id)["meeting_id"])
    found = _seen(tx, actor, meeting, today, ballots.c.id == ballot_id)
    if not found:
        raise NotFound(SUBJECT)
    return found[0]


def of_meeting(tx: Connection, actor: Actor, meeting_id: int, today: date) -> list[Ballot]:
    """The votes of a meeting that ``actor`` may see, the latest first. Raises NotFound."""
    of = ballots.c.meeting_id == meeting_id
    return _seen(tx, actor, row_of(tx, meeting_id), today, of)


def latest(tx: Connection, actor: Actor, meeting: Meeting, item_id: int) -> Result | None:
    """The latest vote on an item that ``actor`` sees; None for whoever may not see votes."""
    called = exists().where(
        invitees.c.meeting_id == meeting.id, invitees.c.person_id == actor.person_id
    )
    reads = true() if may(actor, Action.PREPARE_MEETINGS, meeting.branch_id) else called
    said = [func.count().filter(votes.c.choice == choice) for choice in CHOICES]
    row = tx.execute(
        select(ballots.c.id, ballots.c.outcome, *said)
        .outerjoin(votes, votes.c.ballot_id == ballots.c.id)
        .where(ballots.c.item_id == item_id, reads)
        .group_by(ballots.c.id, ballots.c.outcome)
        .order_by(ballots.c.id.desc())
        .limit(1)
    ).first()
    return None if row is None else Result(*row)


def voters(tx: Connection, actor: Actor, ballot_id: int, today: date) -> list[Voter]:
    """Who votes: while it is open the members present, afterwards those who voted; by name.

    Raises NotFound, as ``get``.
    """
    ballot = get(tx, actor, ballot_id, today)
    columns = (invitees.c.id, invitees.c.person_id, invitees.c.name, invitees.c.stand_in)
    query = select(*columns, votes.c.choice)
    cast_ = (votes.c.invitee_id == invitees.c.id) & (votes.c.ballot_id == ballot_id)
    if ballot.closed_at is None:
        query = query.select_from(invitees.outerjoin(votes, cast_))
        query = query.where(*entitled(tx, row_of(tx, ballot.meeting_id), today))
    else:
        query = query.select_from(invitees.join(votes, cast_))
    found = [Voter(*row) for row in tx.execute(query)]
    return sorted(found, key=lambda one: (order(one.name), one.invitee_id))


def own_choice(tx: Connection, actor: Actor, ballot_id: int) -> str | None:
    """How ``actor`` has voted; None: not at all."""
    query = select(votes.c.choice).join(invitees, invitees.c.id == votes.c.invitee_id)
    mine = query.where(votes.c.ballot_id == ballot_id, invitees.c.person_id == actor.person_id)
    return tx.execute(mine).scalar_one_or_none()


def entitled(tx: Connection, meeting: RowMapping, today: date) -> tuple[Any, ...]:
    """The conditions on ``invitees`` of the members present who may vote."""
    deputies = bodies.rule(tx, meeting["branch_id"], meeting["body"]).deputies
    return (
        invitees.c.meeting_id == meeting["id"],
        counting(today, deputies=deputies),
        here(),
    )


def item_of(tx: Connection, item_id: int) -> RowMapping:
    """The row of an item of the agenda. Raises NotFound."""
    if not 0 < item_id <= GREATEST_ID:
        raise NotFound("agenda_item")
    query = select(agenda_items).where(agenda_items.c.id == item_id)
    row = tx.execute(query).mappings().first()
    if row is None:
        raise NotFound("agenda_item")
    return row


def ballot_row(tx: Connection, ballot_id: int, *, share: bool = False) -> RowMapping:
    """The row of a vote; ``share`` holds it against being closed meanwhile. Raises NotFound."""
    if not 0 < ballot_id <= GREATEST_ID:
        raise NotFound(SUBJECT)
    query: Select[Any] = select(ballots).where(ballots.c.id == ballot_id)
    row = tx.execute(query.with_for_update(read=True) if share else query).mappings().first()
    if row is None:
        raise NotFound(SUBJECT)
    return row


def _seen(
    tx: Connection, actor: Actor, meeting: RowMapping, today: date, which: ColumnElement[bool]
) -> list[Ballot]:
    """The votes of ``meeting`` for which ``which`` holds and that ``actor`` sees, latest first."""
    capacity = invited_as(tx, actor, meeting["id"])
    if capacity is None and not may(actor, Action.PREPARE_MEETINGS, meeting["branch_id"]):
        return []
    query = (
        select(*_OF_BALLOT, *_OF_ITEM, agenda_items.c.visibility)
        .join(agenda_items, agenda_items.c.id == ballots.c.item_id)
        .where(which)
        .order_by(ballots.c.id.desc())
    )
    rows = [
        row
        for row in tx.execute(query).mappings()
        if sees_item(actor, meeting, row["visibility"], capacity)
    ]
    tallies = _tallies(tx, meeting, rows, today)
    now = quorum(tx, meeting["id"], today) if any(map(_is_open, rows)) else None
    return [_whole(row, tallies.get(row["id"], {}), now) for row in rows]


def _is_open(row: RowMapping) -> bool:
    return row["closed_at"] is None


def _tallies(
    tx: Connection, meeting: RowMapping, rows: Sequence[RowMapping], today: date
) -> dict[int, dict[str, int]]:
    """How many were for and against in each vote; of an open one only those there now count."""
    said = select(votes.c.ballot_id, votes.c.choice, func.count())
    said = said.group_by(votes.c.ballot_id, votes.c.choice)
    open_ = [row["id"] for row in rows if _is_open(row)]
    closed = [row["id"] for row in rows if not _is_open(row)]
    queries = []
    if closed:
        queries.append(said.where(votes.c.ballot_id.in_(closed)))
    if open_:
        joined = said.join(invitees, invitees.c.id == votes.c.invitee_id)
        there = entitled(tx, meeting, today)
        queries.append(joined.where(votes.c.ballot_id.in_(open_), *there))
    found: dict[int, dict[str, int]] = {}
    for query in queries:
        for ballot_id, choice, number in tx.execute(query):
            found.setdefault(ballot_id, {})[choice] = number
    return found


_OF_BALLOT = tuple(
    ballots.c[name]
    for name in (
        *("id", "meeting_id", "item_id", "question", "opened_at", "present", "needed"),
        *("closed_at", "outcome", "version"),
    )
)
_OF_ITEM = (
    *(agenda_items.c[name] for name in ("number", "title_kk", "title_ru")),
    agenda_items.c.draft_decision_kk.label("draft_kk"),
    agenda_items.c.draft_decision_ru.label("draft_ru"),
)


def _whole(row: RowMapping, tally: Mapping[str, int], now: Quorum | None) -> Ballot:
    values = {name: value for name, value in row.items() if name != "visibility"}
    if now is not None and _is_open(row):
        values |= {"present": now.present, "needed": now.needed}
    in_favour, against, abstained = (tally.get(choice, 0) for choice in CHOICES)
    return Ballot(**values, in_favour=in_favour, against=against, abstained=abstained)
