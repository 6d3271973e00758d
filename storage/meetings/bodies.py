"""The bodies of a branch: who are their elected members, and what they need to decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, exists, or_, select

from storage.people import lasting
from storage.rules.access import Role
from storage.rules.quorum import MORE_THAN_HALF, Share, needed
from storage.tables import body_members, body_rules, memberships

BUREAU = "bureau"
MEMBER, INVITED, OBSERVER = "member", "invited", "observer"  # in which capacity one is called


@dataclass(frozen=True)
class Rule:
    """What a body needs to decide; ``version`` 0 where nobody has set it."""

    share: Share = MORE_THAN_HALF
    elected: int | None = None  # None: as many as are kept
    deputies: bool = False  # whether a member may send somebody in their place
    version: int = 0

    def needed(self, members: int) -> int:
        """How many members make a quorum; ``members`` are kept where no number is set."""
        return needed(self.elected if self.elected is not None else members, self.share)


def rule(tx: Connection, branch_id: int, body: str) -> Rule:
    """The rule of a body: more than half of its members, unless its secretary set another."""
    query = select(body_rules).where(body_rules.c.branch_id == branch_id, body_rules.c.body == body)
    row = tx.execute(query).mappings().first()
    return Rule() if row is None else rule_of(row)


def rule_of(row: RowMapping) -> Rule:
    """The rule that a row of ``body_rules`` holds."""
    share = Share(row["numerator"], row["denominator"], row["strict"])
    return Rule(share, row["elected"], row["deputies"], row["version"])


def members(tx: Connection, branch_id: int, body: str, today: date) -> frozenset[int] | None:
    """The people who are members of a body today; None where nothing tells them from others.

    They are the elected ones that are kept; the Bureau has those who hold that role otherwise.
    Whoever holds no role in the party any more is a member of no body.
    """
    found = frozenset(tx.execute(elected(branch_id, body, today)).scalars())
    if found:
        return found
    if body != BUREAU:
        return None
    return frozenset(tx.execute(of_the_bureau(today)).scalars())


def elected(
    branch_id: int | ColumnElement[int], body: str | ColumnElement[str], today: date
) -> Select[int]:
    """The query for the people kept as elected members of a body today."""
    in_the_party = exists().where(
        memberships.c.person_id == body_members.c.person_id, lasting(today)
    )
    kept = and_(
        body_members.c.branch_id == branch_id,
        body_members.c.body == body,
        body_members.c.starts_on <= today,
        or_(body_members.c.ends_on.is_(None), body_members.c.ends_on >= today),
        in_the_party,
    )
    return select(body_members.c.person_id).where(kept)


def of_the_bureau(today: date) -> Select[int]:
    """The query for the people who hold the role of a member of the Bureau."""
    bureau = memberships.c.role == Role.BUREAU_MEMBER
    return select(memberships.c.person_id).where(bureau, lasting(today))


def capacities(
    tx: Connection, branch_id: int, body: str, person_ids: Iterable[int], today: date
) -> dict[int, str]:
    """In which capacity each of the people is called to a meeting of the body: member, invited.

    Where nothing tells the members from others everybody called is one.
    """
    known = members(tx, branch_id, body, today)
    return {
        person_id: MEMBER if known is None or person_id in known else INVITED
        for person_id in person_ids
    }
