"""What the minutes of a meeting say, as it was kept while it went on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, RowMapping, and_, select

from storage.meetings import quorums, reading
from storage.meetings.bodies import MEMBER
from storage.meetings.preparing import prepared
from storage.meetings.records import AgendaItem, Meeting
from storage.rules.access import Actor
from storage.rules.alphabet import order
from storage.rules.quorum import ABSTAINED, AGAINST, FOR
from storage.tables import (
    agenda_items,
    ballots,
    co_speakers,
    invitees,
    people,
    proposals,
    votes,
)
from storage.tables import presence as presence_table


@dataclass(frozen=True)
class Attended:
    """Somebody on the list of those called, by name and post, and in which capacity."""

    name: str
    post: str | None
    capacity: str  # member, invited, observer
    stand_in: str | None = None


@dataclass(frozen=True)
class Tally:
    """What a vote came to."""

    question: str | None
    in_favour: int
    against: int
    abstained: int
    outcome: str | None  # adopted, rejected, no_quorum; None while it is open


@dataclass(frozen=True)
class Spoken:
    """What somebody proposed or remarked; ``author`` None when the source names nobody."""

    kind: str
    text_kk: str | None
    text_ru: str | None
    author_kk: str | None
    author_ru: str | None


@dataclass(frozen=True)
class Considered:
    """An item with whoever spoke on it and what was voted."""

    item: AgendaItem
    co_speakers: tuple[tuple[str, str | None], ...] = ()  # name, post
    spoken: tuple[Spoken, ...] = ()
    votes: tuple[Tally, ...] = ()


@dataclass(frozen=True)
class Minutes:
    """Everything that the minutes of a meeting are made of."""

    meeting: Meeting
    chair: str | None  # a registered person; else the meeting's own words hold
    secretary: str | None
    present: tuple[Attended, ...]
    absent: tuple[Attended, ...]
    elected: int
    needed: int
    items: tuple[Considered, ...] = field(default=())

    @property
    def members_present(self) -> int:
        """How many members were there at any moment."""
        return sum(one.capacity == MEMBER for one in self.present)

    @property
    def moment(self) -> datetime | None:
        """When the meeting began, or was to begin."""
        return self.meeting.began_at or self.meeting.starts_at


def read(tx: Connection, actor: Actor, meeting_id: int, zone: ZoneInfo, today: date) -> Minutes:
    """What the minutes say, for whoever prepares the meeting. Raises NotFound, NotAllowed."""
    row = prepared(tx, actor, meeting_id, hold=False)
    meeting = reading.get(tx, actor, meeting_id)
    moment = meeting.began_at or meeting.starts_at
    day = moment.astimezone(zone).date() if moment else today
    quorum = quorums.quorum(tx, meeting_id, day)
    present, absent = _attendance(tx, meeting_id)
    return Minutes(
        meeting=meeting,
        chair=_name(tx, row["chair_id"]),
        secretary=_name(tx, row["secretary_id"]),
        present=present,
        absent=absent,
        elected=quorum.elected,
        needed=quorum.needed,
        items=_considered(tx, meeting),
    )


def _name(tx: Connection, person_id: int | None) -> str | None:
    found: str | None = tx.execute(
        select(people.c.name).where(people.c.id == person_id)
    ).scalar_one_or_none()
    return found


def _attendance(
    tx: Connection, meeting_id: int
) -> tuple[tuple[Attended, ...], tuple[Attended, ...]]:
    """Who was there at any moment, and which members were not; members first, by name."""
    was_there = select(presence_table.c.invitee_id)
    rows = tx.execute(
        select(
            *(invitees.c[name] for name in Attended.__annotations__),
            invitees.c.id.in_(was_there).label("there"),
        )
        .where(invitees.c.meeting_id == meeting_id)
        .order_by(invitees.c.id)
    ).all()
    listed = [(Attended(*row[:-1]), row.there) for row in rows]
    listed.sort(key=lambda one: (one[0].capacity != MEMBER, order(one[0].name)))
    present = tuple(who for who, there in listed if there)
    absent = tuple(who for who, there in listed if not there and who.capacity == MEMBER)
    return present, absent


def _considered(tx: Connection, meeting: Meeting) -> tuple[Considered, ...]:
    beside = _by_item(tx, co_speakers, meeting.id, co_speakers.c.position)
    spoken = _by_item(tx, proposals, meeting.id, proposals.c.id, proposals.c.state != "declined")
    tallies = _tallies(tx, meeting.id)
    return tuple(
        Considered(
            item=item,
            co_speakers=tuple((row["name"], row["post"]) for row in beside.get(item.id, ())),
            spoken=tuple(
                Spoken(**{name: row[name] for name in Spoken.__annotations__})
                for row in spoken.get(item.id, ())
            ),
            votes=tuple(tallies.get(item.id, ())),
        )
        for item in meeting.items
        if item.state != "dropped"
    )


def _by_item(
    tx: Connection, table: Any, meeting_id: int, order: Any, *conditions: Any
) -> dict[int, list[RowMapping]]:
    rows = tx.execute(
        select(table)
        .join(agenda_items, agenda_items.c.id == table.c.item_id)
        .where(and_(agenda_items.c.meeting_id == meeting_id, *conditions))
        .order_by(order, table.c.id)
    ).mappings()
    return _grouped(rows, "item_id")


def _grouped(rows: Iterable[RowMapping], key: str) -> dict[int, list[RowMapping]]:
    found: dict[int, list[RowMapping]] = {}
    for row in rows:
        found.setdefault(row[key], []).append(row)
    return found


def _tallies(tx: Connection, meeting_id: int) -> dict[int, list[Tally]]:
    opened = tx.execute(
        select(ballots).where(ballots.c.meeting_id == meeting_id).order_by(ballots.c.id)
    ).mappings()
    cast = tx.execute(
        select(votes.c.ballot_id, votes.c.choice)
        .join(ballots, ballots.c.id == votes.c.ballot_id)
        .where(ballots.c.meeting_id == meeting_id)
    ).mappings()
    of_ballot = _grouped(cast, "ballot_id")
    found: dict[int, list[Tally]] = {}
    for ballot in opened:
        choices = [row["choice"] for row in of_ballot.get(ballot["id"], ())]
        in_favour, against, abstained = map(choices.count, (FOR, AGAINST, ABSTAINED))
        tally = Tally(ballot["question"], in_favour, against, abstained, ballot["outcome"])
        found.setdefault(ballot["item_id"], []).append(tally)
    return found
