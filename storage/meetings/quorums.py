"""Whether a meeting can decide: its members in the room against those that were elected."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
)

from storage.errors import NotFound
from storage.meetings import answers, bodies
from storage.meetings.bodies import BUREAU, MEMBER
from storage.people import lasting
from storage.tables import body_members, body_rules, invitees, meetings, memberships, presence


@dataclass(frozen=True)
class Quorum:
    """How many members were elected, are present, and are needed to decide."""

    elected: int
    present: int
    needed: int

    @property
    def holds(self) -> bool:
        """Whether the meeting can decide now."""
        return self.present >= self.needed


def quorum(tx: Connection, meeting_id: int, today: date) -> Quorum:
    """The quorum of the meeting as it stands, in one statement. Raises NotFound.

    Only members count: not the invited, not observers, not whoever is a member of the party no
    more; a stand-in counts where the rule of the body allows one. Where no number of elected
    members is set or kept, those who are on the list as members are taken for it.
    """
    row = tx.execute(_counted(today), {"meeting_id": meeting_id}).mappings().first()
    if row is None:
        raise NotFound("meeting")
    rule = bodies.Rule() if row["version"] is None else bodies.rule_of(row)
    of_role = row["of_role"] if row["body"] == BUREAU else row["listed"]
    members = rule.elected if rule.elected is not None else row["kept"] or of_role
    present = row["with_stand_ins"] if rule.deputies else row["in_person"]
    return Quorum(members, present, rule.needed(members))


def counting(today: date, *, deputies: bool) -> ColumnElement[bool]:
    """The condition on ``invitees`` that somebody counts, when present, for quorum and vote."""
    holds_a_role = exists().where(memberships.c.person_id == invitees.c.person_id, lasting(today))
    is_member = and_(
        invitees.c.capacity == MEMBER, or_(invitees.c.person_id.is_(None), holds_a_role)
    )
    if deputies:
        return is_member
    in_person = or_(invitees.c.answer.is_(None), invitees.c.answer != answers.DEPUTY)
    return and_(is_member, in_person)


def here() -> ColumnElement[bool]:
    """The condition on ``invitees`` that somebody is in the room now."""
    return exists().where(presence.c.invitee_id == invitees.c.id, presence.c.left_at.is_(None))


@lru_cache(maxsize=4)  # it is asked with every card of a meeting that goes on
def _counted(today: date) -> Select[Any]:
    """The rule of the body, if one is set, and every number that a quorum may need."""
    on_the_list = select(func.count()).where(invitees.c.meeting_id == meetings.c.id)
    kept = bodies.elected(meetings.c.branch_id, meetings.c.body, today)
    of_role = bodies.of_the_bureau(today)
    numbers: dict[str, Select[Any]] = {
        "kept": kept.with_only_columns(func.count(body_members.c.person_id.distinct())),
        "of_role": of_role.with_only_columns(func.count(memberships.c.person_id.distinct())),
        "listed": on_the_list.where(invitees.c.capacity == MEMBER),
        "with_stand_ins": on_the_list.where(counting(today, deputies=True), here()),
        "in_person": on_the_list.where(counting(today, deputies=False), here()),
    }
    of_body = and_(
        body_rules.c.branch_id == meetings.c.branch_id, body_rules.c.body == meetings.c.body
    )
    columns = [query.scalar_subquery().label(name) for name, query in numbers.items()]
    rules = [column for column in body_rules.c if column.name not in ("id", "body", "branch_id")]
    return (
        select(meetings.c.body, *rules, *columns)
        .select_from(meetings.outerjoin(body_rules, of_body))
        .where(meetings.c.id == bindparam("meeting_id"))
    )
