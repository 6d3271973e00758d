"""How a broadcast fares with each recipient: what arrived, what did not and why, who read it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    and_,
    case,
    func,
    literal,
    null,
    select,
    update,
)

from storage import audit
from storage.broadcasts import gathering, grouping, recalling, spreading, steering
from storage.broadcasts.grouping import GroupCopy, Pressed
from storage.broadcasts.queueing import InGroup, Whose, one
from storage.broadcasts.reading import Broadcast, find, get
from storage.broadcasts.spreading import Spread
from storage.errors import NotFound, NotPossible
from storage.meetings import answers
from storage.rules.access import Action, Actor, scope
from storage.tables import broadcasts as broadcast_table
from storage.tables import deliveries as table
from storage.tables import invitees, people


@dataclass(frozen=True)
class Progress:
    """A broadcast with its deliveries counted; the states always add up to ``total``."""

    broadcast: Broadcast
    total: int
    sent: int
    waiting: int
    failed: int
    uncertain: int
    read: int
    reasons: dict[str, int] = field(default_factory=dict)  # of what failed
    answers: dict[int, int] = field(default_factory=dict)  # option → how many chose it
    recalled: int = 0  # whose copies were deleted
    gathered: int = 0  # of the waiting: who reads announcements once a day
    spread: Spread | None = None  # of the newest words, once it was worded anew
    groups: tuple[GroupCopy, ...] = ()  # beside the people, of whom all the numbers are
    pressed: Pressed = field(
        default_factory=Pressed
    )  # in groups, by members without a copy of their own
    unread: int = 0  # of what came or may have come: who has confirmed nothing anywhere

    @property
    def copies(self) -> int:
        """All of them, to people and groups."""
        return self.total + len(self.groups)

    @property
    def arrived(self) -> int:
        """Copies that came, to people and groups."""
        return self.sent + sum(group.state == "sent" for group in self.groups)

    @property
    def taken_back(self) -> int:
        """Copies that were deleted again, of people and groups."""
        return self.recalled + sum(group.recalled for group in self.groups)

    @property
    def left(self) -> int:
        """Copies that wait, to people and groups."""
        return self.waiting + sum(group.state == "waiting" for group in self.groups)

    @property
    def unsure(self) -> int:
        """Copies of which nobody knows whether they arrived, to people and groups."""
        return self.uncertain + sum(group.state == "uncertain" for group in self.groups)


class Those(StrEnum):
    """Which recipients to name."""

    READ = "read"
    UNREAD = "unread"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class Named:
    """A recipient in a list: the name, and why the copy did not arrive."""

    name: str
    state: str
    reason: str | None
    answer: int | None = None  # to its question


@dataclass(frozen=True)
class Copy:
    """A broadcast as one recipient has it."""

    broadcast: Broadcast
    read_at: datetime | None
    answer: int | None = None  # to its question: the number of the option
    apart: bool = False  # files, or the text's beginning, came before it as messages of their own
    coming: str | None = None  # their answer to the meeting's invitation: will, cannot, deputy


@dataclass(frozen=True)
class Sent:
    """A broadcast in the author's list."""

    id: int
    text: str
    state: str
    at: datetime  # confirmed, or drafted
    total: int
    sent: int
    read: int


MAY_HAVE_COME = ("sent", "uncertain")  # states
_CONDITIONS: dict[Those, ColumnElement[bool]] = {
    Those.READ: table.c.read_at.is_not(None),
    Those.UNREAD: and_(table.c.state.in_(MAY_HAVE_COME), table.c.read_at.is_(None)),
    Those.FAILED: table.c.state == "failed",
    Those.UNCERTAIN: table.c.state == "uncertain",
}
_READ = func.count(table.c.read_at)


def progress(tx: Connection, actor: Actor, broadcast_id: int) -> Progress:
    """Count how it went so far. Raises NotFound, NotAllowed."""
    return _counted(tx, get(tx, actor, broadcast_id))


def outcome(tx: Connection, author_id: int, broadcast_id: int) -> Progress:
    """What the author is told in the end, whatever their role is by then. Raises NotFound."""
    found = find(tx, broadcast_id)
    if found is None or found.author_id != author_id:
        raise NotFound("broadcast")
    return _counted(tx, found)


def _counted(tx: Connection, found: Broadcast) -> Progress:
    is_group = table.c.group_id.is_not(None).label("is_group")
    of_each = (table.c.state, table.c.reason, is_group)
    counted = tx.execute(
        select(*of_each, func.count(), _READ, func.count(table.c.recalled_at))
        .where(table.c.broadcast_id == found.id)
        .group_by(*of_each)
        .order_by(func.count().desc(), table.c.reason)
    ).all()
    rows = [(state, reason, *numbers) for state, reason, group, *numbers in counted if not group]
    has_groups = len(rows) < len(counted)
    states: dict[str, int] = {}
    answers = _answers(tx, found) if found.choices else {}
    for state, _, number, _, _ in rows:
        states[state] = states.get(state, 0) + number
    return Progress(
        found,
        total=sum(states.values()),
        sent=states.get("sent", 0),
        waiting=states.get("waiting", 0),
        failed=states.get("failed", 0),
        uncertain=states.get("uncertain", 0),
        read=sum(read for *_, read, _ in rows),
        recalled=sum(recalled for *_, recalled in rows),
        reasons={reason: number for state, reason, number, *_ in rows if state == "failed"},
        answers=answers,
        gathered=gathering.waiting(tx, found.id) if states.get("waiting") else 0,
        spread=spreading.progress(tx, found.id) if found.edition else None,
        groups=grouping.copies(tx, found.id) if has_groups else (),
        pressed=grouping.pressed(tx, found.id) if has_groups else Pressed(),
        unread=sum(many - read for state, _, many, read, _ in rows if state in MAY_HAVE_COME),
    )


def _answers(tx: Connection, found: Broadcast) -> dict[int, int]:
    rows = tx.execute(
        select(table.c.answer, func.count().label("number"))
        .where(table.c.broadcast_id == found.id, table.c.answer.is_not(None))
        .group_by(table.c.answer)
    )
    return {row.answer: row.number for row in rows}


def count_named(tx: Connection, actor: Actor, broadcast_id: int, those: Those) -> int:
    """How many recipients ``those`` are. Raises NotFound, NotAllowed."""
    get(tx, actor, broadcast_id)
    people_alone = table.c.group_id.is_(None)
    query = select(func.count()).where(
        table.c.broadcast_id == broadcast_id, _CONDITIONS[those], people_alone
    )
    return tx.execute(query).scalar_one()


def named(
    tx: Connection, actor: Actor, broadcast_id: int, those: Those, offset: int, limit: int
) -> list[Named]:
    """One page of names, in their order. Raises NotFound, NotAllowed."""
    get(tx, actor, broadcast_id)
    rows = tx.execute(
        select(people.c.name, table.c.state, table.c.reason, table.c.answer)
        .join(people, people.c.id == table.c.person_id)
        .where(table.c.broadcast_id == broadcast_id, _CONDITIONS[those])
        .order_by(people.c.name, people.c.id)
        .offset(offset)
        .limit(limit)
    )
    return [Named(row.name, row.state, row.reason, row.answer) for row in rows]


def count_mine(tx: Connection, actor: Actor) -> int:
    """How many broadcasts ``mine`` lists."""
    return tx.execute(select(func.count()).where(*_mine(actor))).scalar_one()


def mine(tx: Connection, actor: Actor, offset: int, limit: int) -> list[Sent]:
    """The actor's own broadcasts and drafts, newest first, within the branches of today's role."""
    came = func.count(case((table.c.state == "sent", 1)))
    at = func.coalesce(broadcast_table.c.confirmed_at, broadcast_table.c.created_at)
    rows = tx.execute(
        select(
            broadcast_table.c.id,
            broadcast_table.c.text,
            broadcast_table.c.state,
            at.label("at"),
            func.count(table.c.id).label("total"),
            came.label("sent"),
            _READ.label("read"),
        )
        .outerjoin(table, table.c.broadcast_id == broadcast_table.c.id)
        .where(*_mine(actor))
        .group_by(broadcast_table.c.id)
        .order_by(broadcast_table.c.id.desc())
        .offset(offset)
        .limit(limit)
    ).mappings()
    return [Sent(**row) for row in rows]


def copy_of(tx: Connection, person_id: int, broadcast_id: int) -> Copy:
    """The broadcast as ``person_id`` got it. Raises NotFound when it was not sent to them."""
    coming = (
        select(invitees.c.answer)
        .join(broadcast_table, broadcast_table.c.meeting_id == invitees.c.meeting_id)
        .where(broadcast_table.c.id == broadcast_id, invitees.c.person_id == person_id)
        .scalar_subquery()
    )
    columns = (table.c.read_at, table.c.answer, table.c.parts, coming.label("coming"))
    query = select(*columns).where(*one(broadcast_id, person_id))
    row = tx.execute(query).first()
    found = None if row is None else find(tx, broadcast_id)
    if row is None or found is None or found.state == recalling.RECALLED:
        raise NotFound("broadcast")
    return Copy(found, row.read_at, row.answer, apart=bool(row.parts), coming=row.coming)


def acknowledge(
    tx: Connection, actor: Actor, broadcast_id: int, now: datetime, *, under: int | None = None
) -> Copy:
    """Keep that the recipient has read it; the first time counts. Raises NotFound for others.

    ``under``: the message of the copy that was tapped, which an uncertain one is known by then.
    """
    first = tx.execute(
        update(table)
        .where(*one(broadcast_id, actor.person_id), table.c.read_at.is_(None))
        .values(read_at=now, **_came_after_all(under))
        .returning(table.c.id)
    ).first()
    if first is not None:
        audit.record(tx, actor, now, "broadcast.read", "broadcast", broadcast_id)
    return copy_of(tx, actor.person_id, broadcast_id)


def answer(tx: Connection, actor: Actor, broadcast_id: int, choice: int, now: datetime) -> Copy:
    """Keep a recipient's answer to the question; another one may follow. It counts as read, too.

    Raises NotFound for others, NotPossible("choice") where nothing such was asked.
    """
    got = copy_of(tx, actor.person_id, broadcast_id)
    if choice >= got.broadcast.choices:
        raise NotPossible("choice")
    if got.answer != choice:
        read = {"read_at": func.coalesce(table.c.read_at, now), **_came_after_all(None)}
        tx.execute(
            update(table).where(*one(broadcast_id, actor.person_id)).values(answer=choice, **read)
        )
        audit.record(tx, actor, now, "broadcast.answered", "broadcast", broadcast_id)
    return copy_of(tx, actor.person_id, broadcast_id)


def press(
    tx: Connection,
    actor: Actor,
    broadcast_id: int,
    chat_id: int,
    choice: int | None,
    now: datetime,
) -> None:
    """A member taps under the copy of a group (``choice`` None: «I have read it»).

    It counts for the member's own copy; else, for who holds a role, as a tap in that group.
    Raises NotFound for others, NotPossible("choice") where nothing such was asked.
    """
    try:
        if choice is None:
            acknowledge(tx, actor, broadcast_id, now)
        else:
            answer(tx, actor, broadcast_id, choice, now)
    except NotFound:
        grouping.press(tx, actor, broadcast_id, chat_id, choice, now)


def attend(tx: Connection, actor: Actor, broadcast_id: int, said: str, now: datetime) -> Copy:
    """Answer the invitation to the broadcast's meeting from its copy; it counts as read, too.

    ``said`` is will or cannot. Raises NotFound for whoever did not get it, NotPossible: "choice"
    where no meeting is asked about, "not_invited" for whoever is not called to it, and as
    meetings.answers.check_open.
    """
    got = copy_of(tx, actor.person_id, broadcast_id)
    if got.broadcast.meeting_id is None:
        raise NotPossible("choice")
    try:
        answers.answer(tx, actor, got.broadcast.meeting_id, said, now)
    except NotFound as no:
        raise NotPossible("not_invited") from no
    return acknowledge(tx, actor, broadcast_id, now)


def settle(
    tx: Connection,
    broadcast_id: int,
    whose: Whose,
    state: str,
    now: datetime,
    *,
    reason: str | None = None,
    message_id: int | None = None,
    parts: Sequence[int] = (),
) -> None:
    """Give a waiting delivery its final state, and end the broadcast with the last one.

    ``state`` is sent, failed or uncertain. A final state stays what it is.
    """
    # Who tapped «Таныстым» has it, even when Telegram's answer was lost. What failed has not come:
    # they tapped under the copy of a group.
    rescued = and_(table.c.read_at.is_not(None), literal(state == "uncertain"))
    final = case((rescued, "sent"), else_=state)
    overtaken = and_(table.c.edit_state == spreading.WIRE, literal(state == "sent"))
    kept = tx.execute(
        update(table)
        .where(*one(broadcast_id, whose), table.c.state == "waiting")
        .values(
            state=final,
            reason=reason,
            message_id=message_id,
            parts=list(parts) if parts else null(),
            sent_at=now,
            edit_state=case((overtaken, spreading.WIRE), else_=null()),
        )
        .returning(table.c.edit_state, table.c.edition)
    ).first()
    if kept is not None and kept.edit_state is not None:
        spreading.follow(tx, broadcast_id, whose, kept.edition, now)
    elif kept is not None and kept.edition is not None:
        spreading.told_if_done(tx, broadcast_id, now)
    if kept is not None and isinstance(whose, InGroup) and state == "sent":
        grouping.arrived(tx, broadcast_id, whose.id, now)
    steering.settled(tx, broadcast_id, now, state, reason)


def _came_after_all(under: int | None) -> dict[str, ColumnElement[Any]]:
    uncertain, known = table.c.state == "uncertain", table.c.message_id
    tapped = func.coalesce(known, literal(under, BigInteger))
    return {
        "state": case((uncertain, "sent"), else_=table.c.state),
        "message_id": case((uncertain, tapped), else_=known),
    }


def _mine(actor: Actor) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        broadcast_table.c.author_id == actor.person_id,
        broadcast_table.c.state.not_in(("cancelled", "template")),
    ]
    reach = scope(actor, Action.BROADCAST)
    if reach is not None:
        # One to several branches is looked at closer when it is opened.
        several = broadcast_table.c.branch_id.is_(None) & broadcast_table.c.audience.is_not(None)
        conditions.append(broadcast_table.c.branch_id.in_(sorted(reach)) | several)
    return conditions
