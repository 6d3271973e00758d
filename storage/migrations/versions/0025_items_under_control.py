"""one card for whatever is under control"""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op
from storage.rules import ladder
from storage.rules.working_days import WorkingCalendar
from storage.tables.base import BigId, UtcDateTime

revision = "0025"
down_revision = "0024"

ZONE = ZoneInfo("Asia/Almaty")
AT_ONCE = 500
OLD_ITEM = (
    *("id", "number", "branch_id", "direction_kk", "direction_ru", "title_kk", "title_ru"),
    *("completion_kk", "completion_ru", "executor_id", "deadline", "state", "reported_at", "version"),
)
OLD_ENTRY = ("id", "item_id", "at", "person_id", "kind", "from_state", "to_state", "from_deadline", "to_deadline", "text")


def upgrade() -> None:
    _items()
    _around()
    _move("roadmap_items", "control_items", OLD_ITEM)
    _move("roadmap_history", "control_history", OLD_ENTRY)
    op.drop_table("roadmap_history")
    op.drop_table("roadmap_items")
    tx = op.get_bind()
    if tx.dialect.name == "postgresql":
        for name in ("control_items", "control_history"):
            # Rows with ids of their own do not move the counters.
            tx.exec_driver_sql(f"SELECT setval('{name}_id_seq', (SELECT coalesce(max(id), 0) + 1 FROM {name}), false)")  # noqa: S608
    _instructions(tx)


def _items() -> None:
    op.create_table(
        "control_items",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), server_default="roadmap", nullable=False),
        sa.Column("series", sa.Text(), server_default="", nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("branch_id", BigId, nullable=False),
        sa.Column("direction_kk", sa.Text(), nullable=True),
        sa.Column("direction_ru", sa.Text(), nullable=True),
        sa.Column("title_kk", sa.Text(), nullable=True),
        sa.Column("title_ru", sa.Text(), nullable=True),
        sa.Column("object", sa.Text(), nullable=True),
        sa.Column("completion_kk", sa.Text(), nullable=True),
        sa.Column("completion_ru", sa.Text(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("term", sa.Text(), server_default="date", nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("executor_id", BigId, nullable=True),
        sa.Column("executor_name", sa.Text(), nullable=True),
        sa.Column("funding", sa.Text(), nullable=True),
        sa.Column("programme", sa.Text(), nullable=True),
        sa.Column("meeting_id", BigId, nullable=True),
        sa.Column("instruction_id", BigId, nullable=True),
        sa.Column("parent_id", BigId, nullable=True),
        sa.Column("carried_from", BigId, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reported_at", UtcDateTime(), nullable=True),
        sa.Column("reported_by", BigId, nullable=True),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.Column("extensions", sa.Integer(), server_default="0", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["branch_id"], ["branches.id"], name=op.f("fk_control_items_branch_id")),
        sa.ForeignKeyConstraint(["executor_id"], ["people.id"], name=op.f("fk_control_items_executor_id")),
        sa.ForeignKeyConstraint(["reported_by"], ["people.id"], name=op.f("fk_control_items_reported_by")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_control_items_meeting_id")),
        sa.ForeignKeyConstraint(["instruction_id"], ["instructions.id"], name=op.f("fk_control_items_instruction_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["control_items.id"], name=op.f("fk_control_items_parent_id")),
        sa.ForeignKeyConstraint(["carried_from"], ["control_items.id"], name=op.f("fk_control_items_carried_from")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_control_items")),
        sa.UniqueConstraint("series", "number", name=op.f("uq_control_items_series_number")),
        sa.UniqueConstraint("instruction_id", name=op.f("uq_control_items_instruction_id")),
    )
    for name in ("branch_id", "meeting_id", "parent_id"):
        op.create_index(op.f(f"ix_control_items_{name}"), "control_items", [name])
    op.create_index("ix_control_items_executor_id_deadline", "control_items", ["executor_id", "deadline"])
    op.create_index("ix_control_items_state_deadline", "control_items", ["state", "deadline"])


def _around() -> None:
    _of_an_item(
        "control_people",
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.UniqueConstraint("item_id", "person_id", name=op.f("uq_control_people_item_id_person_id")),
        people=("person_id",),
        index="person_id",
    )
    _of_an_item(
        "control_history",
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("person_id", BigId, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("from_state", sa.Text(), nullable=True),
        sa.Column("to_state", sa.Text(), nullable=True),
        sa.Column("from_deadline", sa.Date(), nullable=True),
        sa.Column("to_deadline", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("meeting_id", BigId, nullable=True),
        sa.Column("clause", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_control_history_meeting_id")),
        people=("person_id",),
        index="item_id",
    )
    _of_an_item(
        "control_extensions",
        sa.Column("asked_by", BigId, nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("from_deadline", sa.Date(), nullable=False),
        sa.Column("to_deadline", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_by", BigId, nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("word", sa.Text(), nullable=True),
        people=("asked_by", "decided_by"),
        index="item_id",
    )
    op.create_table(
        "control_evidence",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("entry_id", BigId, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=True),
        sa.Column("file_unique_id", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["control_history.id"], name=op.f("fk_control_evidence_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_control_evidence")),
    )
    op.create_index(op.f("ix_control_evidence_entry_id"), "control_evidence", ["entry_id"])


def _of_an_item(name: str, *more: sa.Column[Any] | sa.Constraint, people: tuple[str, ...], index: str) -> None:
    op.create_table(
        name,
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("item_id", BigId, nullable=False),
        *more,
        sa.ForeignKeyConstraint(["item_id"], ["control_items.id"], name=op.f(f"fk_{name}_item_id")),
        *(sa.ForeignKeyConstraint([one], ["people.id"], name=op.f(f"fk_{name}_{one}")) for one in people),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_{index}"), name, [index])


def _move(old: str, new: str, names: tuple[str, ...]) -> None:
    source = sa.table(old, *(sa.column(name) for name in names))
    to = sa.table(new, *(sa.column(name) for name in names))
    op.execute(to.insert().from_select(list(names), sa.select(*source.c)))


def _instructions(tx: sa.Connection) -> None:
    """What approved documents told people to do comes under the same control."""
    given = sa.text(
        "SELECT i.id, i.meeting_id, i.number, i.text_kk, i.text_ru, i.object, i.executor_id, i.executor, i.deadline,"
        " CASE WHEN coalesce(a.visibility, 'members') = 'members' THEN coalesce(i.branch_id, m.branch_id) ELSE m.branch_id END AS branch_id"
        " FROM instructions i JOIN meetings m ON m.id = i.meeting_id LEFT JOIN agenda_items a ON a.id = i.item_id"
        " WHERE i.state = 'under_control' AND i.deadline IS NOT NULL ORDER BY i.id"
    ).columns(deadline=sa.Date())
    rows = tx.execute(given).mappings().all()
    names = (
        *("kind", "series", "number", "branch_id", "title_kk", "title_ru", "object", "executor_id"),
        *("executor_name", "deadline", "state", "meeting_id", "instruction_id"),
    )
    items = sa.table("control_items", sa.column("id"), *(sa.column(name) for name in names))
    people = sa.table("control_people", *(sa.column(name) for name in ("item_id", "person_id", "part")))
    together = sa.table("instruction_executors", sa.column("instruction_id"), sa.column("person_id"))
    now, calendar = datetime.now(UTC), WorkingCalendar()
    planned: list[dict[str, Any]] = []
    for row in rows:
        values = {
            "kind": "instruction",
            "series": f"meeting:{row['meeting_id']}",
            "number": str(row["number"]),
            "title_kk": row["text_kk"],
            "title_ru": row["text_ru"],
            "executor_name": row["executor"],
            "state": "planned",
            "instruction_id": row["id"],
            **{name: row[name] for name in ("branch_id", "object", "executor_id", "deadline", "meeting_id")},
        }
        item_id = tx.execute(items.insert().values(**values).returning(items.c.id)).scalar_one()
        others = set(tx.execute(sa.select(together.c.person_id).where(together.c.instruction_id == row["id"])).scalars())
        others.discard(row["executor_id"])
        for person_id in sorted(others):
            tx.execute(people.insert().values(item_id=item_id, person_id=person_id, part="co_executor"))
        for person_id in sorted({*others, *((row["executor_id"],) if row["executor_id"] else ())}):
            rungs = [*ladder.before(row["deadline"], now, calendar, ZONE), ladder.overdue(row["deadline"], now, calendar, ZONE)]
            planned += [
                {
                    "subject": "roadmap_item",
                    "subject_id": item_id,
                    "person_id": person_id,
                    "rung": rung.name,
                    "deadline": row["deadline"],
                    "due_at": rung.due_at,
                    "state": "planned",
                }
                for rung in rungs
            ]
    reminders = sa.table(
        "reminders",
        *(sa.column(name) for name in ("subject", "subject_id", "person_id", "rung", "state")),
        sa.column("deadline", sa.Date()),
        sa.column("due_at", UtcDateTime()),
    )
    for start in range(0, len(planned), AT_ONCE):
        tx.execute(reminders.insert(), planned[start : start + AT_ONCE])
