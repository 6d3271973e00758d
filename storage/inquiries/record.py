"""A deputy inquiry as it is known to the program, and how it comes from its row."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import RowMapping, Select, select

from storage.inquiries.rows import InquiryState
from storage.privacy.rows import INQUIRY
from storage.tables import bodies, branches, inquiries, people


@dataclass(frozen=True)
class Inquiry:
    """A deputy inquiry with the names that belong to it."""

    id: int
    version: int
    number: str
    branch_id: int
    branch_kk: str
    branch_ru: str
    author_id: int
    author: str
    body_id: int
    body_kk: str
    body_ru: str
    head_kk: str | None
    head_ru: str | None
    body_active: bool
    level: str  # district, city, oblast
    basis: str | None
    subject: str
    text: str
    language: str
    state: InquiryState
    outgoing_number: str | None
    outgoing_on: date | None
    due_on: date | None
    announced_on: date | None
    satisfied: bool | None  # None: the author has not said yet
    repeats_id: int | None
    created_at: datetime

    @property
    def awaited(self) -> bool:
        """Whether an answer is still to come."""
        return self.state is InquiryState.SENT

    def is_overdue(self, today: date) -> bool:
        """Whether the answer is late and still awaited."""
        return self.awaited and self.due_on is not None and self.due_on < today


@dataclass(frozen=True)
class Listed:
    """An inquiry as a list shows it."""

    id: int
    number: str
    subject: str
    state: InquiryState
    due_on: date | None
    satisfied: bool | None

    def is_overdue(self, today: date) -> bool:
        """Whether the answer is late and still awaited."""
        late = self.due_on is not None and self.due_on < today
        return self.state is InquiryState.SENT and late


def listed(row: RowMapping) -> Listed:
    """The inquiry of a row with the columns of ``Listed``, its subject opened."""
    opened = INQUIRY.unseal(row)
    given = {name: opened[name] for name in Listed.__annotations__}
    return Listed(**{**given, "state": InquiryState(row["state"])})


@cache
def query() -> Select[Any]:
    """Inquiries with the names that belong to them."""
    return (
        select(
            inquiries,
            branches.c.name_kk.label("branch_kk"),
            branches.c.name_ru.label("branch_ru"),
            people.c.name.label("author"),
            bodies.c.name_kk.label("body_kk"),
            bodies.c.name_ru.label("body_ru"),
            bodies.c.head_kk,
            bodies.c.head_ru,
            bodies.c.active.label("body_active"),
        )
        .join(branches, branches.c.id == inquiries.c.branch_id)
        .join(people, people.c.id == inquiries.c.author_id)
        .join(bodies, bodies.c.id == inquiries.c.body_id)
    )


def inquiry_of(row: RowMapping) -> Inquiry:
    """The inquiry of a row of ``query``, its text opened."""
    opened = INQUIRY.unseal(row)
    given = {name: opened[name] for name in Inquiry.__annotations__}
    return Inquiry(**{**given, "state": InquiryState(row["state"])})
