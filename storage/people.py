"""People and their memberships; who is acting, and who can be reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Date,
    RowMapping,
    Select,
    and_,
    bindparam,
    insert,
    or_,
    select,
    update,
)

from storage.errors import NotFound
from storage.privacy.rows import PERSON
from storage.rules.access import MATRIX, Action, Actor, Membership, Role
from storage.rules.alphabet import order
from storage.tables import branches, memberships, people
from storage.upsert import insert_new


@dataclass(frozen=True)
class Person:
    """Somebody who has met the bot."""

    id: int
    telegram_id: int
    name: str
    language: str | None
    reachable: bool


def lasting(day: date | BindParameter[date]):  # type: ignore[no-untyped-def]  # noqa: ANN201 - SQLAlchemy's own type
    """The condition that a membership lasts on ``day``."""
    return and_(
        memberships.c.starts_on <= day,
        or_(memberships.c.ends_on.is_(None), memberships.c.ends_on >= day),
    )


def around(branch_id: int, day: date) -> Select[tuple[int]]:
    """The ids of those who hold a role on ``day`` in a branch, or in the whole region.

    Of the branch that is the region itself: of everybody who holds one anywhere.
    """
    region = select(branches.c.id).where(branches.c.id == branch_id, branches.c.kind == "region")
    here = or_(
        memberships.c.branch_id == branch_id, memberships.c.branch_id.is_(None), region.exists()
    )
    return select(memberships.c.person_id).where(lasting(day), here)


# Built once: it is asked for every update, and building costs more than asking.
WITH_MEMBERSHIPS = (
    select(
        people.c.id,
        people.c.telegram_id,
        people.c.name,
        people.c.language,
        people.c.reachable,
        memberships.c.role,
        memberships.c.branch_id,
    )
    .select_from(
        people.outerjoin(
            memberships,
            and_(memberships.c.person_id == people.c.id, lasting(bindparam("today", type_=Date))),
        )
    )
    .where(people.c.telegram_id == bindparam("telegram_id"))
    .order_by(memberships.c.id)
)


def actor_of(tx: Connection, telegram_id: int, today: date) -> Actor | None:
    """Who writes: the person with the memberships that last ``today``; None for a stranger."""
    given = {"telegram_id": telegram_id, "today": today}
    rows = tx.execute(WITH_MEMBERSHIPS, given).all()
    return actor_from(rows) if rows else None


def actor_from(rows: Sequence[Sequence[Any]]) -> Actor:
    """The actor of the rows (one at least) that WITH_MEMBERSHIPS gives."""
    person_id, telegram_id, name, language, reachable = rows[0][:5]
    held = tuple(Membership(Role(role), branch_id) for *_, role, branch_id in rows if role)
    return Actor(person_id, telegram_id, name, language, held, reachable)


def meet(tx: Connection, telegram_id: int, name: str, now: datetime) -> int:
    """Remember somebody who wrote for the first time; return the person's id.

    Somebody who writes in two chats at once may have been met just now: that is no fault.
    """
    insert_new(tx, people, [{"telegram_id": telegram_id, "name": name, "created_at": now}])
    known = select(people.c.id).where(people.c.telegram_id == telegram_id)
    return int(tx.execute(known).scalar_one())


def get(tx: Connection, person_id: int) -> Person:
    """One person. Raises NotFound."""
    row = tx.execute(select(people).where(people.c.id == person_id)).mappings().first()
    if row is None:
        raise NotFound("person")
    return _person(row)


def set_language(tx: Connection, person_id: int, language: str) -> None:
    """Keep the person's choice of language (kk or ru)."""
    tx.execute(update(people).where(people.c.id == person_id).values(language=language))


def set_phone(tx: Connection, person_id: int, phone: str | None) -> None:
    """Keep the person's own phone (E.164), or none any more. Raises NotFound."""
    sealed = PERSON.seal({"telegram_id": get(tx, person_id).telegram_id, "phone": phone})
    tx.execute(update(people).where(people.c.id == person_id).values(phone=sealed["phone"]))


def phone_of(tx: Connection, person_id: int) -> str | None:
    """The person's own phone (E.164); None when none is known."""
    query = select(people.c.telegram_id, people.c.phone).where(people.c.id == person_id)
    row = tx.execute(query).mappings().one()
    phone: str | None = PERSON.unseal(row)["phone"]
    return phone


def set_reachable(tx: Connection, telegram_id: int, reason: str | None) -> None:
    """Mark a person unreachable for ``reason``, or reachable again (None)."""
    tx.execute(
        update(people)
        .where(people.c.telegram_id == telegram_id)
        .values(reachable=reason is None, unreachable_reason=reason)
    )


def join(tx: Connection, person_id: int, role: Role, branch_id: int | None, today: date) -> None:
    """Give a person a role from ``today`` on; one that the person holds already is not doubled."""
    held = select(memberships.c.id).where(
        memberships.c.person_id == person_id,
        memberships.c.role == role,
        memberships.c.branch_id.is_not_distinct_from(branch_id),
        lasting(today),
    )
    if tx.execute(held).first() is None:
        tx.execute(
            insert(memberships).values(
                person_id=person_id, role=role, branch_id=branch_id, starts_on=today
            )
        )


def secretaries(tx: Connection, branch_id: int | None, today: date) -> list[Person]:
    """Whom a person of ``branch_id`` turns to: the branch's secretaries, else the region's.

    Those the bot cannot reach would never hear of it, so others are named before them. In the
    first days there may be neither: then the administrators.
    """
    own = holders(tx, Role.BRANCH_SECRETARY, branch_id, today) if branch_id else []
    region = holders(tx, Role.REGIONAL_SECRETARY, None, today) or owners(tx, today)
    hearing = [[person for person in group if person.reachable] for group in (own, region)]
    return next((group for group in (*hearing, own, region) if group), [])


def owners(tx: Connection, today: date) -> list[Person]:
    """The administrators of the bot."""
    return holders(tx, Role.OWNER, None, today)


def ensure_owners(tx: Connection, telegram_ids: list[int], now: datetime, today: date) -> None:
    """Make each of ``telegram_ids`` (setting OWNER_IDS) an owner, known or not yet known.

    Whoever is named there no more is an owner no more; an empty setting changes nothing.
    """
    if telegram_ids:
        gone = select(people.c.id).where(people.c.telegram_id.not_in(telegram_ids))
        tx.execute(
            update(memberships)
            .where(
                memberships.c.role == Role.OWNER,
                memberships.c.person_id.in_(gone),
                lasting(today),
            )
            .values(ends_on=today - timedelta(days=1))
        )
    for telegram_id in telegram_ids:
        known = actor_of(tx, telegram_id, today)
        person_id = known.person_id if known else meet(tx, telegram_id, str(telegram_id), now)
        join(tx, person_id, Role.OWNER, None, today)


def holders(tx: Connection, role: Role, branch_id: int | None, today: date) -> list[Person]:
    """Who has ``role`` on ``today``, in a branch or (None) anywhere."""
    query = (
        select(people)
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(memberships.c.role == role, lasting(today))
        .order_by(people.c.id)
    )
    if branch_id is not None:
        query = query.where(memberships.c.branch_id == branch_id)
    return [_person(row) for row in tx.execute(query).mappings()]


def able(tx: Connection, action: Action, branch_id: int, today: date) -> list[Person]:
    """Who may do ``action`` in a branch on ``today``, in the order of the Kazakh alphabet."""
    query = (
        select(people)
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(
            memberships.c.role.in_(sorted(MATRIX[action])),
            or_(memberships.c.branch_id.is_(None), memberships.c.branch_id == branch_id),
            lasting(today),
        )
        .distinct()
    )
    found = [_person(row) for row in tx.execute(query).mappings()]
    return sorted(found, key=lambda one: (order(one.name), one.id))


def _person(row: RowMapping) -> Person:
    return Person(row["id"], row["telegram_id"], row["name"], row["language"], row["reachable"])
