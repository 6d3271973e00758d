"""Which meetings and which items of their agendas a person may see."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, exists, false, or_, select, true

from storage.errors import NotAllowed
from storage.rules.access import Action, Actor, Role, may, scope
from storage.rules.meeting_states import DRAFT
from storage.tables import agenda_items, branches, invitees, meetings

MEMBERS, INVITED, BUREAU = "members", "invited", "bureau"  # who sees an item of the agenda


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
    return one_of(meetings.c.branch_id, sorted(branch_ids))


def one_of(column: ColumnElement[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """The condition that ``column`` is among ``values``, for queries that are built once.

    An IN is spelled anew at each execution, at the cost of half a query.
    """
    return or_(false(), *(column == value for value in values))


def invited_as(tx: Connection, actor: Actor, meeting_id: int) -> str | None:
    """As what ``actor`` is called to the meeting: member, invited, observer; None: not at all."""
    query = select(invitees.c.capacity).where(
        invitees.c.meeting_id == meeting_id, invitees.c.person_id == actor.person_id
    )
    return tx.execute(query).scalar_one_or_none()


def sees_item(actor: Actor, meeting: RowMapping, visibility: str, capacity: str | None) -> bool:
    """Whether ``actor``, called to ``meeting`` as ``capacity``, sees an item so visible.

    What is for the body only is seen by its members and by whoever prepares its meetings; they
    see what is for the invited, too. ``items_seen_by`` says the same in SQL.
    """
    if visibility == MEMBERS or may(actor, Action.PREPARE_MEETINGS, meeting["branch_id"]):
        return True
    if capacity == "member" or (meeting["body"] == "bureau" and Role.BUREAU_MEMBER in actor.roles):
        return True
    return visibility == INVITED and capacity is not None


def items_seen_by(actor: Actor, *, papers: bool = True) -> ColumnElement[bool]:
    """The condition on ``agenda_items`` joined with ``meetings`` that ``actor`` may see the item.

    It says nothing of the meeting itself: that is ``visible``. Without ``papers`` (in a group
    everybody reads the answer) only what is for every member.
    """
    everybody = agenda_items.c.visibility == MEMBERS
    if not papers:
        return everybody
    prepares = scope(actor, Action.PREPARE_MEETINGS)
    if prepares is None:
        return true()
    seen = [everybody, _called(actor, member=True)]
    seen.append(and_(agenda_items.c.visibility == INVITED, _called(actor)))
    if prepares:
        seen.append(_of(prepares))
    if Role.BUREAU_MEMBER in actor.roles:
        seen.append(meetings.c.body == "bureau")
    return or_(*seen)


def _called(actor: Actor, *, member: bool = False) -> ColumnElement[bool]:
    mine = [invitees.c.meeting_id == meetings.c.id, invitees.c.person_id == actor.person_id]
    if member:
        mine.append(invitees.c.capacity == "member")
    return exists().where(*mine).correlate(meetings)
