"""Which meetings a person may see."""

from sqlalchemy import ColumnElement, and_, or_

from storage.errors import NotAllowed
from storage.rules.access import SECRETARIES, Action, Actor, scope
from storage.tables import branches, meetings

DRAFT = "draft"


def visible(actor: Actor, *, drafts: bool = True) -> ColumnElement[bool]:
    """The condition on ``meetings`` joined with ``branches`` that ``actor`` may see the row.

    A meeting of the regional branch is seen by every member, another one by the members of its
    branch; a draft only by the branch's secretaries, and by nobody when ``drafts`` is False (in a
    group everybody reads the answer). Raises NotAllowed for a guest.
    """
    reach = scope(actor, Action.READ_MEETINGS)
    if reach is not None and not reach:
        raise NotAllowed(Action.READ_MEETINGS)
    public = meetings.c.state != DRAFT
    if reach is not None:
        own = meetings.c.branch_id.in_(sorted(reach))
        public = and_(public, or_(branches.c.kind == "region", own))
    return or_(public, _drafts(actor)) if drafts else public


def _drafts(actor: Actor) -> ColumnElement[bool]:
    offices = {m.branch_id for m in actor.memberships if m.role in SECRETARIES}
    if None in offices:
        return meetings.c.state == DRAFT
    held = sorted(branch_id for branch_id in offices if branch_id is not None)
    return and_(meetings.c.state == DRAFT, meetings.c.branch_id.in_(held))
