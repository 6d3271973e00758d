"""Telling those above of what is overdue: each thing once a rung, one message a person."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, exists, select

from storage import outbox
from storage.tables import reminders
from storage.upsert import insert_new

Row = tuple[int, int, date]  # id, whose people hear of it (a branch, a deputy), deadline


@dataclass(frozen=True)
class Escalation:
    """What is told: its ``kind`` in the outbox, where ``ids`` hold what it is about.

    ``ledger``: the subject of the rows of reminders that say a rung was told.
    """

    kind: str
    ledger: str
    ids: str


def told(
    about: Escalation,
    rung: str,
    subject_id: ColumnElement[int],
    deadline: ColumnElement[date] | None,
) -> ColumnElement[bool]:
    """The condition that a rung was told of a thing, with this deadline (None: with any)."""
    rows = select(reminders.c.id).where(
        reminders.c.subject == about.ledger,
        reminders.c.subject_id == subject_id,
        reminders.c.rung == rung,
    )
    return exists(rows if deadline is None else rows.where(reminders.c.deadline == deadline))


def tell(
    tx: Connection,
    about: Escalation,
    found: Sequence[Row],
    rung: str,
    who: Callable[[int], Sequence[int]],
    now: datetime,
    today: date,
    *,
    days: int | None = None,
    before: Collection[str] = (),
) -> list[outbox.Message]:
    """Note that the rung was told of each, and make one message a person.

    ``who`` gives those who hear of it by the second of a row; ``days`` is said in the message where
    the rung is not named by it. Whoever heard of a thing on a rung ``before`` hears of it no more:
    somebody may hold two rungs.
    """
    branches: dict[int, list[Row]] = defaultdict(list)
    for row in found:
        branches[row[1]].append(row)
    hears: dict[int, list[Row]] = defaultdict(list)
    for branch_id, rows in branches.items():
        for person_id in who(branch_id):
            hears[person_id] += rows
    ledger = [
        {
            "subject": about.ledger,
            "subject_id": subject_id,
            "person_id": person_id,
            "rung": rung,
            "deadline": deadline,
            "due_at": now,
            "state": "queued",
        }
        for person_id, rows in hears.items()
        for subject_id, _, deadline in rows
    ]
    heard = _heard(tx, about, before, [row[0] for row in found]) if before else set()
    insert_new(tx, reminders, ledger)
    news = {
        person_id: [row for row in rows if (person_id, row[0], row[2]) not in heard]
        for person_id, rows in hears.items()
    }
    return [
        outbox.Message(
            f"{about.kind}:{person_id}:{rung}:{today.isoformat()}",
            about.kind,
            person_id,
            {about.ids: [row[0] for row in rows], "days": int(rung) if days is None else days},
        )
        for person_id, rows in news.items()
        if rows
    ]


def _heard(
    tx: Connection, about: Escalation, rungs: Collection[str], ids: Collection[int]
) -> set[tuple[int, int, date]]:
    """Who was told of which of ``ids`` on one of ``rungs``, and of which deadline."""
    c = reminders.c
    query = select(c.person_id, c.subject_id, c.deadline).where(
        c.subject == about.ledger, c.rung.in_(list(rungs)), c.subject_id.in_(list(ids))
    )
    return {(row.person_id, row.subject_id, row.deadline) for row in tx.execute(query)}
