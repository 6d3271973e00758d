"""Keeps the fictional people and their memberships, and lets one of them act."""

from datetime import date, datetime, timedelta

from sqlalchemy import Connection, insert, select

from storage.demo.people import PEOPLE, DemoPerson, DemoRole
from storage.demo.silent import BUREAU, NEVER_STARTED
from storage.errors import NotFound
from storage.people import actor_of
from storage.rules.access import Actor, Role
from storage.tables import memberships, people

# Long enough for everything the demo tells of the past to have been done by members.
MEMBER_FOR = timedelta(days=500)

_OF_THE_BUREAU = DemoRole(
    Role.BUREAU_MEMBER,
    None,
    "Саяси кеңес Бюросының мүшесі (демо)",
    "Член Бюро Политического совета (демо)",
)


def load(tx: Connection, branch_ids: dict[str, int], now: datetime, today: date) -> None:
    """Keep everybody but the guests, as members since ``MEMBER_FOR`` before ``today``."""
    known = [person for person in PEOPLE if not person.is_guest]
    tx.execute(insert(people), [_known(person, now) for person in known])
    tx.execute(insert(people), [_silent(*silent[:2], now) for silent in (*NEVER_STARTED, *BUREAU)])
    ids = {row.telegram_id: row.id for row in tx.execute(select(people.c.telegram_id, people.c.id))}
    roles = [(person.telegram_id, role) for person in known for role in person.memberships]
    roles += [(silent[0], _member(silent[2])) for silent in NEVER_STARTED]
    roles += [(silent[0], _OF_THE_BUREAU) for silent in BUREAU]
    # Not ``people.join``: it knows neither positions nor a beginning in the past.
    tx.execute(
        insert(memberships),
        [
            {
                "person_id": ids[telegram_id],
                "role": role.role,
                "branch_id": branch_ids[role.branch] if role.branch else None,
                "position_kk": role.position_kk,
                "position_ru": role.position_ru,
                "starts_on": today - MEMBER_FOR,
                "ends_on": None if role.ended is None else today - timedelta(days=role.ended),
            }
            for telegram_id, role in roles
        ],
    )


def actor(tx: Connection, telegram_id: int, today: date) -> Actor:
    """The loaded person with ``telegram_id`` as the one who acts."""
    found = actor_of(tx, telegram_id, today)
    if found is None:
        raise NotFound("person")
    return found


def _known(person: DemoPerson, now: datetime) -> dict[str, object]:
    return {
        "telegram_id": person.telegram_id,
        "name": person.name,
        "language": person.language,
        "created_at": now,
    }


def _silent(telegram_id: int, name: str, now: datetime) -> dict[str, object]:
    return {
        "telegram_id": telegram_id,
        "name": name,
        "reachable": False,
        "unreachable_reason": "never_started",
        "created_at": now,
    }


def _member(branch: str) -> DemoRole:
    return DemoRole(Role.MEMBER, branch, "Партия мүшесі (демо)", "Член партии (демо)")
