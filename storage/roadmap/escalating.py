"""Who hears of an overdue item next: the branch's secretary, then the region's, each rung once."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from storage import escalation, outbox, people
from storage.escalation import Escalation, Row
from storage.roadmap.reading import find_all
from storage.roadmap.records import OPEN, Item
from storage.rules.access import Action, Actor, Role, may
from storage.tables import control_items

KIND = "control_overdue"
ABOUT = Escalation(KIND, "control_escalation", "items")
# Calendar days after the deadline → who hears of it then.
RUNGS = ((7, Role.BRANCH_SECRETARY), (14, Role.REGIONAL_SECRETARY))


def tick(tx: Connection, now: datetime, zone: ZoneInfo) -> int:
    """Tell what is overdue; return how many messages. A second tick finds every rung told.

    Where a branch has no secretary, those of the region hear of it; nobody hears of it twice.
    """
    today = now.astimezone(zone).date()
    messages: list[outbox.Message] = []
    for days, role in RUNGS:
        who = partial(_who, tx, role, today)
        found = _overdue(tx, days, today)
        before = [str(rung) for rung, _ in RUNGS if rung < days]
        messages += escalation.tell(tx, ABOUT, found, str(days), who, now, today, before=before)
    outbox.put_all(tx, messages, now, priority=outbox.Priority.REMINDER)
    return len(messages)


def overdue_still(
    tx: Connection, actor: Actor, item_ids: Collection[int], today: date
) -> list[Item]:
    """Those of ``item_ids`` that are overdue still, where ``actor`` looks after them."""
    found = find_all(tx, item_ids)
    return [
        item
        for item in found
        if item.is_overdue(today) and may(actor, Action.SEE_BRANCH_ROADMAP, item.branch_id)
    ]


def _overdue(tx: Connection, days: int, today: date) -> Sequence[Row]:
    told = escalation.told(ABOUT, str(days), control_items.c.id, control_items.c.deadline)
    query = (
        select(control_items.c.id, control_items.c.branch_id, control_items.c.deadline)
        .where(
            control_items.c.deadline <= today - timedelta(days=days),
            control_items.c.state.in_(OPEN),
            ~told,
        )
        .order_by(control_items.c.deadline, control_items.c.id)
    )
    return [(row.id, row.branch_id, row.deadline) for row in tx.execute(query)]


def _who(tx: Connection, role: Role, today: date, branch_id: int) -> list[int]:
    of = None if role is Role.REGIONAL_SECRETARY else branch_id
    return [person.id for person in people.secretaries(tx, of, today)]
