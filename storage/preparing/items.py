"""Items under control as a reference tells them, each with what was said of it last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from storage.roadmap import Kind, State
from storage.roadmap.records import CLOSED
from storage.tables import branches, control_history, control_items, meetings, people

REPORTED = ("state", "comment")  # lines of the history that the executor wrote


@dataclass(frozen=True)
class PreparedItem:
    """An item; ``said`` is the newest comment of a report, the reason where it is late."""

    id: int
    kind: Kind
    number: str
    title_kk: str | None
    title_ru: str | None
    direction_kk: str | None
    direction_ru: str | None
    branch_kk: str
    branch_ru: str
    deadline: date
    state: State
    body: str | None
    executor: str | None
    extensions: int
    reported_at: datetime | None
    meeting_kk: str | None
    meeting_ru: str | None
    said: str | None

    @property
    def is_open(self) -> bool:
        """Whether something is still expected of its executor."""
        return self.state not in CLOSED

    def is_overdue(self, today: date) -> bool:
        """Whether its deadline passed and it is not done."""
        return self.is_open and self.deadline < today


def prepared(tx: Connection, *conditions: ColumnElement[bool]) -> list[PreparedItem]:
    """The items that meet ``conditions`` and were not removed, by deadline."""
    newest = (
        select(control_history.c.item_id, func.max(control_history.c.id).label("id"))
        .where(control_history.c.kind.in_(REPORTED), control_history.c.text.is_not(None))
        .group_by(control_history.c.item_id)
        .subquery()
    )
    own = [name for name in PreparedItem.__annotations__ if name in control_items.c]
    query = (
        select(
            *(control_items.c[name] for name in own),
            branches.c.name_kk.label("branch_kk"),
            branches.c.name_ru.label("branch_ru"),
            func.coalesce(people.c.name, control_items.c.executor_name).label("executor"),
            meetings.c.title_kk.label("meeting_kk"),
            meetings.c.title_ru.label("meeting_ru"),
            control_history.c.text.label("said"),
        )
        .join(branches, branches.c.id == control_items.c.branch_id)
        .outerjoin(people, people.c.id == control_items.c.executor_id)
        .outerjoin(meetings, meetings.c.id == control_items.c.meeting_id)
        .outerjoin(newest, newest.c.item_id == control_items.c.id)
        .outerjoin(control_history, control_history.c.id == newest.c.id)
        .where(control_items.c.state != State.REMOVED, *conditions)
        .order_by(control_items.c.deadline, control_items.c.id)
    )
    return [_item(row) for row in tx.execute(query).mappings()]


def _item(row: Mapping[Any, Any]) -> PreparedItem:
    return PreparedItem(**{**row, "kind": Kind(row["kind"]), "state": State(row["state"])})
