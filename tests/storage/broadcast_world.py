"""A small branch to broadcast in: who is there, and how a story makes its people act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, update

from storage import outbox, people, settlement
from storage.rules.access import Actor, Role
from storage.tables import branches, memberships
from storage.tables import people as people_table
from tests.conftest import NOW, ZONE
from tests.storage.queues import send_due

TODAY = NOW.astimezone(ZONE).date()
YESTERDAY = date(2026, 11, 23)
SECRETARY, DEPUTY, ELDER, GONE, BLOCKED, STRANGER, REGIONAL = 11, 12, 13, 14, 15, 16, 17


@dataclass(frozen=True)
class Place:
    """The two branches of the story."""

    saryagash: int
    ordabasy: int


def settle_in(tx: Connection) -> Place:
    """Сарыағаш: a secretary, a deputy of three roles, an elder, one who left, one who blocked."""
    here = _branch(tx, "САР", "Сарыағаш аудандық филиалы", "Сарыагашский районный филиал")
    there = _branch(tx, "ОРД", "Ордабасы аудандық филиалы", "Ордабасинский районный филиал")
    person(tx, SECRETARY, "Әсем Жолдасова", "kk", [(Role.BRANCH_SECRETARY, here)])
    roles = [(role, here) for role in (Role.MEMBER, Role.DEPUTY, Role.BUREAU_MEMBER)]
    person(tx, DEPUTY, "Бекзат Оразов", "kk", roles)
    person(tx, ELDER, "Виктор Ким", "ru", [(Role.MEMBER, here)])
    gone = person(tx, GONE, "Ғани Сейітов", "kk", [(Role.MEMBER, here)])
    tx.execute(update(memberships).where(memberships.c.person_id == gone).values(ends_on=YESTERDAY))
    person(tx, BLOCKED, "Дина Әлиева", None, [(Role.MEMBER, here)])
    people.set_reachable(tx, BLOCKED, "blocked")
    person(tx, STRANGER, "Ержан Тілеуов", "kk", [(Role.BRANCH_SECRETARY, there)])
    person(tx, REGIONAL, "Жанна Ахметова", "ru", [(Role.REGIONAL_SECRETARY, None)])
    return Place(here, there)


def person(
    tx: Connection,
    telegram_id: int,
    name: str,
    language: str | None,
    roles: Sequence[tuple[Role, int | None]],
) -> int:
    person_id = people.meet(tx, telegram_id, name, NOW)
    if language:
        people.set_language(tx, person_id, language)
    for role, branch_id in roles:
        people.join(tx, person_id, role, branch_id, YESTERDAY)
    return person_id


def crowd(tx: Connection, branch_id: int, size: int) -> None:
    """``size`` more members of a branch."""
    numbers = range(100_000, 100_000 + size)
    tx.execute(
        insert(people_table),
        [{"telegram_id": n, "name": f"Мүше {n}", "created_at": NOW} for n in numbers],
    )
    ids = tx.execute(
        people_table.select()
        .with_only_columns(people_table.c.id)
        .where(people_table.c.telegram_id >= 100_000)
    ).scalars()
    rows = [
        {"person_id": i, "role": "member", "branch_id": branch_id, "starts_on": YESTERDAY}
        for i in ids
    ]
    tx.execute(insert(memberships), rows)


def actor(tx: Connection, telegram_id: int) -> Actor:
    found = people.actor_of(tx, telegram_id, TODAY)
    assert found is not None
    return found


def send_all(
    tx: Connection,
    state: str = "sent",
    reason: str | None = None,
    message_id: int | None = None,
) -> list[outbox.Outgoing]:
    """Send what waits in the outbox; every sending ends as ``state``."""
    sending = send_due(tx, NOW, 10_000)
    for outgoing in sending:
        settlement.settle(tx, outgoing, state, NOW, reason, message_id)
    return sending


def _branch(tx: Connection, code: str, kk: str, ru: str) -> int:
    row = {"code": code, "kind": "district", "name_kk": kk, "name_ru": ru, "position": 1}
    return int(tx.execute(insert(branches).values(**row).returning(branches.c.id)).scalar_one())
