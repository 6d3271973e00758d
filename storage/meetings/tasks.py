"""Instructions as they are read: by meeting, and by whoever carries them out."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, case, func, select

from storage.errors import NotAllowed, NotFound
from storage.meetings.access import MEMBERS, invited_as, sees_item, visible
from storage.meetings.instructions import DRAFTED, REMOVED, SUBJECT
from storage.meetings.preparing import prepares
from storage.people import around
from storage.roadmap.reach import carried_by
from storage.roadmap.records import State
from storage.rules.access import Action, Actor, Role
from storage.rules.alphabet import order
from storage.rules.folding import fold
from storage.tables import (
    agenda_items,
    branches,
    control_items,
    instruction_executors,
    instructions,
    meetings,
    memberships,
    people,
)

PAGE = 8
FOUND = 8  # people that a typed part of a name may find


@dataclass(frozen=True)
class Instruction:
    """An instruction; ``executor`` is the name, of whom the bot knows or as it was typed."""

    id: int
    number: int
    meeting_id: int
    meeting_kk: str
    meeting_ru: str
    meeting_branch_id: int
    meeting_body: str
    item_id: int | None
    clause_id: int | None
    text_kk: str | None
    text_ru: str | None
    object: str | None
    branch_kk: str | None
    branch_ru: str | None
    executor_id: int | None
    executor: str | None
    deadline: date | None
    state: str  # drafted, under_control, removed
    version: int
    branch_id: int | None
    level: str | None  # who sees its item of the agenda
    control_id: int | None  # its card among the items under control
    co_executors: tuple[str, ...] = ()
    co_executor_ids: frozenset[int] = frozenset()

    def lacks(self, today: date) -> tuple[str, ...]:
        """What it needs before it can be approved: executor, deadline (one that is ahead)."""
        executor = () if self.executor else ("executor",)
        late = self.deadline is None or self.deadline < today
        return (*executor, *(("deadline",) if late else ()))


@dataclass(frozen=True)
class TaskPage:
    """One page (from 0) of ``total`` instructions."""

    instructions: tuple[Instruction, ...]
    number: int
    total: int


@dataclass(frozen=True)
class Candidate:
    """Somebody who may carry an instruction out."""

    id: int
    name: str


def get(tx: Connection, actor: Actor, instruction_id: int) -> Instruction:
    """One instruction, for those who carry it out, who prepare its meeting, or who may read it.

    A drafted one is seen only by those who prepare the meeting. Raises NotFound.
    """
    found = _page(tx, instructions.c.id == instruction_id, 0).instructions
    if not found or not _sees(tx, actor, found[0]):
        raise NotFound(SUBJECT)
    return found[0]


def mine(tx: Connection, actor: Actor, page: int = 0) -> TaskPage:
    """What ``actor`` carries out, alone or with others, and is under control: by deadline."""
    return _page(tx, _carried_by(actor.person_id), page)


def carries(tx: Connection, person_id: int, instruction_id: int) -> Instruction | None:
    """The instruction, if it is under control and the person's to carry out."""
    which = and_(instructions.c.id == instruction_id, _carried_by(person_id))
    found = _page(tx, which, 0).instructions
    return found[0] if found else None


def of_meeting(tx: Connection, actor: Actor, meeting_id: int, page: int = 0) -> TaskPage:
    """The instructions of a meeting as ``actor`` may see them, by deadline. Raises NotFound."""
    meeting = _meeting(tx, actor, meeting_id)
    which: ColumnElement[bool] = instructions.c.meeting_id == meeting_id
    if not prepares(actor, meeting["branch_id"], meeting["body"]):
        capacity = invited_as(tx, actor, meeting_id)
        seen = [
            level
            for level in (MEMBERS, "invited", "bureau")
            if sees_item(actor, meeting, level, capacity)
        ]
        which = and_(
            which,
            instructions.c.state != DRAFTED,
            func.coalesce(agenda_items.c.visibility, MEMBERS).in_(seen),
        )
    return _page(tx, which, page)


def every(tx: Connection, meeting_id: int) -> tuple[Instruction, ...]:
    """All the instructions of a meeting by their numbers as they were adopted, whoever asks."""
    rows = tx.execute(
        _instructions(as_adopted=True)
        .where(instructions.c.meeting_id == meeting_id)
        .order_by(instructions.c.number)
    )
    return _whole(tx, rows.mappings().all())


def candidates(
    tx: Connection, actor: Actor, meeting_id: int, today: date, page: int = 0, part: str = ""
) -> tuple[tuple[Candidate, ...], int]:
    """A page of who may carry out an instruction of the meeting, and how many there are in all.

    Of a branch's meeting those of the branch and of the whole region, of a regional one everybody.
    Those who were given one last come first, then the heads of departments. ``part`` narrows them
    to names with these letters, however they are typed. Raises NotFound, NotAllowed.
    """
    meeting = _meeting(tx, actor, meeting_id)
    if not prepares(actor, meeting["branch_id"], meeting["body"]):
        raise NotAllowed(Action.PREPARE_MEETINGS, meeting["branch_id"])
    last = (
        select(func.max(instructions.c.id))
        .join(meetings, meetings.c.id == instructions.c.meeting_id)
        .where(
            instructions.c.executor_id == people.c.id,
            meetings.c.branch_id == meeting["branch_id"],
        )
        .scalar_subquery()
    )
    in_office = around(meeting["branch_id"], today)
    heads = in_office.where(memberships.c.role == Role.EXECUTOR)
    query = select(
        people.c.id,
        people.c.name,
        func.coalesce(last, 0).label("last"),
        people.c.id.in_(heads).label("is_head"),
    ).where(people.c.id.in_(in_office))
    wanted = fold(part)
    rows = [row for row in tx.execute(query) if wanted in fold(row.name)]
    rows.sort(key=lambda row: (-row.last, not row.is_head, order(row.name), row.id))
    found = [Candidate(row.id, row.name) for row in rows]
    page = min(max(page, 0), max(-(-len(found) // FOUND) - 1, 0))
    return tuple(found[page * FOUND : (page + 1) * FOUND]), len(found)


def _carried_by(person_id: int) -> ColumnElement[bool]:
    return and_(control_items.c.state != State.REMOVED, carried_by(person_id))


def _meeting(tx: Connection, actor: Actor, meeting_id: int) -> RowMapping:
    query = (
        select(meetings)
        .join(branches, branches.c.id == meetings.c.branch_id)
        .where(meetings.c.id == meeting_id, visible(actor))
    )
    row = tx.execute(query).mappings().first()
    if row is None:
        raise NotFound("meeting")
    return row


def _sees(tx: Connection, actor: Actor, found: Instruction) -> bool:
    if prepares(actor, found.meeting_branch_id, found.meeting_body):
        return True
    if found.state == DRAFTED:
        return False
    if actor.person_id == found.executor_id or actor.person_id in found.co_executor_ids:
        return True
    try:
        meeting = _meeting(tx, actor, found.meeting_id)
    except (NotAllowed, NotFound):
        return False
    item = select(agenda_items.c.visibility).where(agenda_items.c.id == found.item_id)
    level = tx.execute(item).scalar() or MEMBERS
    return sees_item(actor, meeting, level, invited_as(tx, actor, found.meeting_id))


def _page(tx: Connection, which: ColumnElement[bool], page: int) -> TaskPage:
    joined = instructions.outerjoin(agenda_items, agenda_items.c.id == instructions.c.item_id)
    joined = joined.outerjoin(control_items, control_items.c.instruction_id == instructions.c.id)
    counted = select(func.count()).select_from(joined).where(which)
    total = int(tx.execute(counted).scalar_one())
    page = min(max(page, 0), max(-(-total // PAGE) - 1, 0))
    rows = tx.execute(
        _instructions()
        .where(which)
        .order_by(_DEADLINE.is_(None), _DEADLINE, instructions.c.id)
        .limit(PAGE)
        .offset(page * PAGE)
    )
    return TaskPage(_whole(tx, rows.mappings().all()), page, total)


_DEADLINE = func.coalesce(control_items.c.deadline, instructions.c.deadline)
_EXECUTOR = func.coalesce(control_items.c.executor_id, instructions.c.executor_id)


def _instructions(*, as_adopted: bool = False) -> Select[Any]:
    """Instructions as they stand now: under control another deadline and executor may hold."""
    own = ("id", "number", "meeting_id", "item_id", "clause_id", "text_kk", "text_ru", "object")
    executor = instructions.c.executor_id if as_adopted else _EXECUTOR
    removed = control_items.c.state == State.REMOVED
    stands = case((removed, REMOVED), else_=instructions.c.state)
    return select(
        *(instructions.c[name] for name in (*own, "version", "branch_id")),
        executor.label("executor_id"),
        (instructions.c.deadline if as_adopted else _DEADLINE).label("deadline"),
        (instructions.c.state if as_adopted else stands).label("state"),
        agenda_items.c.visibility.label("level"),
        control_items.c.id.label("control_id"),
        func.coalesce(people.c.name, instructions.c.executor).label("executor"),
        branches.c.name_kk.label("branch_kk"),
        branches.c.name_ru.label("branch_ru"),
        meetings.c.title_kk.label("meeting_kk"),
        meetings.c.title_ru.label("meeting_ru"),
        meetings.c.branch_id.label("meeting_branch_id"),
        meetings.c.body.label("meeting_body"),
    ).select_from(
        instructions.join(meetings, meetings.c.id == instructions.c.meeting_id)
        .outerjoin(control_items, control_items.c.instruction_id == instructions.c.id)
        .outerjoin(people, people.c.id == executor)
        .outerjoin(branches, branches.c.id == instructions.c.branch_id)
        .outerjoin(agenda_items, agenda_items.c.id == instructions.c.item_id)
    )


def _whole(tx: Connection, rows: Any) -> tuple[Instruction, ...]:
    """The rows with their co-executors."""
    ids = [row["id"] for row in rows]
    together = (
        tx.execute(
            select(instruction_executors.c.instruction_id, people.c.id, people.c.name)
            .join(people, people.c.id == instruction_executors.c.person_id)
            .where(instruction_executors.c.instruction_id.in_(ids))
            .order_by(instruction_executors.c.id)
        ).all()
        if ids
        else []
    )
    return tuple(
        Instruction(
            **row,
            co_executors=tuple(p.name for p in together if p.instruction_id == row["id"]),
            co_executor_ids=frozenset(p.id for p in together if p.instruction_id == row["id"]),
        )
        for row in rows
    )
