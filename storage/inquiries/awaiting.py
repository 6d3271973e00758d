"""Whose inquiries are still without an answer: what a reminder is about when it is sent."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, select

from storage.inquiries.record import Inquiry, inquiry_of, query
from storage.inquiries.rows import InquiryState
from storage.people import lasting
from storage.rules.access import MATRIX, Action
from storage.tables import inquiries, memberships


def awaited(
    tx: Connection, person_id: int, inquiry_ids: Collection[int], today: date
) -> list[Inquiry]:
    """Those of ``inquiry_ids`` that await an answer and whose author is a deputy still.

    By deadline; of the others nobody is to be reminded any more.
    """
    deputy = select(memberships.c.branch_id).where(
        memberships.c.person_id == person_id,
        memberships.c.role.in_(list(MATRIX[Action.MAKE_INQUIRIES])),
        lasting(today),
    )
    held = set(tx.execute(deputy).scalars())
    rows = tx.execute(
        query()
        .where(
            inquiries.c.id.in_(list(inquiry_ids)),
            inquiries.c.author_id == person_id,
            inquiries.c.state == InquiryState.SENT,
        )
        .order_by(inquiries.c.due_on, inquiries.c.id)
    ).mappings()
    found = [inquiry_of(row) for row in rows]
    return [one for one in found if None in held or one.branch_id in held]
