"""Which meetings a person may see."""

from sqlalchemy import ColumnElement, and_, or_

from storage.errors import NotAllowed
from storage.rules.access import Action, Actor, scope
from storage.tables import branches, meetings

DRAFT = "draft"


def visible(actor: Actor, *, drafts: bool = True) -> ColumnElement[bool]:
    """The condition on ``meetings`` joined with ``branches`` that ``actor`` may see the row.

    A meeting of the regional branch is seen by every member, another one by the members of its
    branch; a draft only by those who prepare the branch's meetings, and by nobody when ``drafts``
    is False (in a group everybody reads the answer). Raises NotAllowed for a guest.
    """
    seen = public(reach_of(actor))
    return or_(seen, _drafts(actor)) if drafts else seen


def reach_of(actor: Actor) -> frozenset[int] | None:
    """The branches whose meetings ``actor`` reads; None: all. Raises NotAllowed for a guest."""
    reach = scope(actor, Action.READ_MEETINGS)
    if reach is not None and not reach:
        raise NotAllowed(Action.READ_MEETINGS)
    return reach


def public(reach: frozenset[int] | None) -> ColumnElement[bool]:
    """The condition that everybody who reads the meetings of the branches ``reach`` sees it."""
    announced = meetings.c.state != DRAFT
    if reach is None:
        return announced
    return and_(announced, or_(branches.c.kind == "region", _of(reach)))


def _drafts(actor: Actor) -> ColumnElement[bool]:
    prepares = scope(actor, Action.PREPARE_MEETINGS)
    draft = meetings.c.state == DRAFT
    return draft if prepares is None else and_(draft, _of(prepares))


def _of(branch_ids: frozenset[int]) -> ColumnElement[bool]:
    return meetings.c.branch_id.in_(sorted(branch_ids))
