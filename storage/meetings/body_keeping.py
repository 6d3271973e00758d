"""Keeping a body: its elected members and its rule, set by whoever prepares its meetings."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, and_, or_, select, update

from storage import audit
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.meetings import bodies
from storage.meetings.bodies import Rule
from storage.meetings.preparing import demand
from storage.people import lasting
from storage.rules.access import Actor
from storage.rules.alphabet import order
from storage.rules.quorum import Share
from storage.tables import body_members, body_rules, memberships, people
from storage.upsert import insert_new

MOST_ELECTED = 999
PAGE = 8


@dataclass(frozen=True)
class Member:
    """An elected member of a body."""

    id: int
    person_id: int
    name: str


@dataclass(frozen=True)
class MemberPage:
    """One page of them: the page really shown (from 0) and how many there are."""

    members: tuple[Member, ...]
    page: int
    total: int


def kept(
    tx: Connection, actor: Actor, branch_id: int, body: str, today: date, page: int = 0
) -> MemberPage:
    """The elected members that are kept for the body today, by name. Raises NotAllowed."""
    demand(actor, branch_id, body)
    query = (
        select(body_members.c.id, body_members.c.person_id, people.c.name)
        .join(people, people.c.id == body_members.c.person_id)
        .where(_of(branch_id, body, today))
    )
    found = sorted((Member(*row) for row in tx.execute(query)), key=lambda one: order(one.name))
    page = min(max(page, 0), max(0, -(-len(found) // PAGE) - 1))
    return MemberPage(tuple(found[page * PAGE : (page + 1) * PAGE]), page, len(found))


def set_rule(
    tx: Connection,
    actor: Actor,
    branch_id: int,
    body: str,
    version: int,
    now: datetime,
    *,
    share: Share | None = None,
    elected: int | None = None,
    deputies: bool | None = None,
) -> Rule:
    """Set what is given of a body's rule (``elected`` 0: as many as are kept), and return it.

    ``version`` is that of the rule that was shown, 0 where none was set. Raises NotAllowed,
    AlreadyChanged, and ValueError for a number of members out of range.
    """
    demand(actor, branch_id, body)
    if elected is not None and not 0 <= elected <= MOST_ELECTED:
        raise ValueError(f"no number of members: {elected}")
    before = bodies.rule(tx, branch_id, body)
    new = share or before.share
    values = {
        "numerator": new.numerator,
        "denominator": new.denominator,
        "strict": new.strict,
        "elected": before.elected if elected is None else elected or None,
        "deputies": before.deputies if deputies is None else deputies,
    }
    here = {"branch_id": branch_id, "body": body}
    if version == 0:
        insert_new(tx, body_rules, [{**here, **values, "version": 0}])
    changed = tx.execute(
        update(body_rules)
        .where(
            body_rules.c.branch_id == branch_id,
            body_rules.c.body == body,
            body_rules.c.version == version,
        )
        .values(**values, version=version + 1)
    )
    if changed.rowcount != 1:
        raise AlreadyChanged
    audit.record(tx, actor, now, "meetings.set_body_rule", "branch", branch_id, body=body)
    return bodies.rule(tx, branch_id, body)


def elect(
    tx: Connection,
    actor: Actor,
    branch_id: int,
    body: str,
    person_id: int,
    now: datetime,
    today: date,
) -> None:
    """Make a person of the party a member of the body from today on.

    Raises NotAllowed, NotFound for whoever holds no role, NotPossible("member_already").
    """
    demand(actor, branch_id, body)
    role = select(memberships.c.id).where(memberships.c.person_id == person_id, lasting(today))
    if tx.execute(role.limit(1)).first() is None:
        raise NotFound("person")
    mine = and_(_of(branch_id, body, today), body_members.c.person_id == person_id)
    if tx.execute(select(body_members.c.id).where(mine)).first() is not None:
        raise NotPossible("member_already")
    row = {"branch_id": branch_id, "body": body, "person_id": person_id, "starts_on": today}
    insert_new(tx, body_members, [row])
    # Elected, released and elected again on one day: the row of that day lasts again.
    same_day = [body_members.c[name] == value for name, value in row.items()]
    tx.execute(update(body_members).where(*same_day).values(ends_on=None))
    audit.record(tx, actor, now, "meetings.elect", "person", person_id, body=body)


def release(tx: Connection, actor: Actor, member_id: int, now: datetime, today: date) -> None:
    """End somebody's membership of a body: today they are no member any more.

    Raises NotFound, NotAllowed, and NotPossible("no_member") when it has ended already.
    """
    row = tx.execute(select(body_members).where(body_members.c.id == member_id)).first()
    if row is None:
        raise NotFound("body_member")
    demand(actor, row.branch_id, row.body)
    if row.ends_on is not None and row.ends_on < today:
        raise NotPossible("no_member")
    ends = update(body_members).where(body_members.c.id == member_id)
    tx.execute(ends.values(ends_on=today - timedelta(days=1)))
    audit.record(tx, actor, now, "meetings.release", "person", row.person_id, body=row.body)


def _of(branch_id: int, body: str, today: date):  # type: ignore[no-untyped-def]  # noqa: ANN202 - SQLAlchemy's own type
    return and_(
        body_members.c.branch_id == branch_id,
        body_members.c.body == body,
        body_members.c.starts_on <= today,
        or_(body_members.c.ends_on.is_(None), body_members.c.ends_on >= today),
    )
