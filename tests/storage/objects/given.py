"""A proposal that a meeting accepted, and an object taken by it."""

from typing import Any

from sqlalchemy import Connection, insert, select

from storage import objects
from storage.objects import ControlledObject, NewObject
from storage.rules.access import Actor
from storage.tables import agenda_items, proposals
from tests.conftest import NOW, ZONE
from tests.storage.meetings.world import add_held

TODAY = NOW.astimezone(ZONE).date()
PROPOSAL_KK = "Түркістан қаласындағы ипподром құрылысын партиялық бақылауға алу"
PROPOSAL_RU = "Взять под партийный контроль строительство ипподрома"


def a_proposal(tx: Connection, branch_id: int, state: str = "accepted") -> int:
    """A proposal of the Bureau of a branch."""
    meeting_id = add_held(tx, branch_id)
    of_meeting = select(agenda_items.c.id).where(agenda_items.c.meeting_id == meeting_id)
    row = {
        "item_id": tx.execute(of_meeting).scalars().first(),
        "position": 9,
        "text_kk": PROPOSAL_KK,
        "text_ru": PROPOSAL_RU,
        "state": state,
    }
    return int(tx.execute(insert(proposals).values(row).returning(proposals.c.id)).scalar_one())


def an_object(
    tx: Connection, /, secretary: Actor, branch_id: int, **details: Any
) -> ControlledObject:
    """An object of the branch, taken by a proposal of its Bureau."""
    new = NewObject(
        a_proposal(tx, branch_id),
        "Ипподром құрылысы",
        "Строительство ипподрома",
        branch_id,
        details,
    )
    return objects.take(tx, secretary, new, NOW, TODAY)
