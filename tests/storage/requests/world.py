"""Three branches and the fictional people who work on requests there."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, insert

from storage import people
from storage.database import Database
from storage.requests import VoterRequest, closing, sending
from storage.rules.access import Actor, Role
from storage.rules.request_states import RequestState
from storage.tables import branches, memberships
from tests.conftest import NOW, ZONE

TODAY = NOW.astimezone(ZONE).date()


@dataclass(frozen=True)
class World:
    sar: int
    bay: int
    kel: int
    aigul: Actor  # deputy of Saryagash
    nurlan: Actor  # another deputy of Saryagash
    marat: Actor  # deputy of Baydibek
    dana: Actor  # secretary of Saryagash
    ermek: Actor  # secretary of the region
    gone: Actor  # deputy of Saryagash until yesterday
    both: Actor  # deputy in Saryagash and in Keles


def build(tx: Connection) -> World:
    sar = _branch(tx, "САР", "Сарыағаш аудандық филиалы", "Сарыагашский районный филиал", 2)
    bay = _branch(tx, "БАЙ", "Бәйдібек аудандық филиалы", "Байдибекский районный филиал", 3)
    kel = _branch(tx, "КЕЛ", "Келес аудандық филиалы", "Келесский районный филиал", 4)
    yesterday = TODAY - timedelta(days=1)
    return World(
        sar,
        bay,
        kel,
        _person(tx, 1, "Айгүл Омарова", Role.DEPUTY, [sar]),
        _person(tx, 2, "Нұрлан Бекенов", Role.DEPUTY, [sar]),
        _person(tx, 3, "Марат Сейтов", Role.DEPUTY, [bay]),
        _person(tx, 4, "Дана Ахметова", Role.BRANCH_SECRETARY, [sar]),
        _person(tx, 5, "Ермек Жанов", Role.REGIONAL_SECRETARY, [None]),
        _person(tx, 6, "Болат Тасов", Role.DEPUTY, [sar], ends_on=yesterday),
        _person(tx, 7, "Сара Қадырова", Role.DEPUTY, [sar, kel]),
    )


def settle(
    tx: Connection,
    actor: Actor,
    of: VoterRequest,
    outcome: RequestState = RequestState.REDIRECTED,
    now: datetime = NOW,
) -> VoterRequest:
    """``actor`` reports an outcome of the request as it was read."""
    today = now.astimezone(ZONE).date()
    return closing.report(tx, actor, of.id, of.version, outcome, "Дәлелі бар", (), now, today)


def to_akimat(tx: Connection, actor: Actor, of: VoterRequest, now: datetime = NOW) -> VoterRequest:
    """``actor`` sends the request to the akimat, which has not registered it yet."""
    given = ("Аудан әкімдігі", None, None, now, ZONE)
    return sending.send_unlisted(tx, actor, of.id, of.version, *given)


def _branch(tx: Connection, code: str, kk: str, ru: str, position: int) -> int:
    row = {"code": code, "kind": "district", "name_kk": kk, "name_ru": ru, "position": position}
    return int(tx.execute(insert(branches).values(row).returning(branches.c.id)).scalar_one())


def _person(
    tx: Connection,
    telegram_id: int,
    name: str,
    role: Role,
    branch_ids: list[int | None],
    ends_on: date | None = None,
) -> Actor:
    person_id = people.meet(tx, telegram_id, name, NOW)
    for branch_id in branch_ids:
        tx.execute(
            insert(memberships).values(
                person_id=person_id,
                role=role,
                branch_id=branch_id,
                starts_on=date(2026, 1, 1),
                ends_on=ends_on,
            )
        )
    actor = people.actor_of(tx, telegram_id, TODAY)
    assert actor is not None
    return actor


async def a_voter(database: Database) -> Actor:
    """Somebody who has no role here."""

    def meets(tx: Connection) -> Actor | None:
        people.meet(tx, 77, "Тұрғын", NOW)
        return people.actor_of(tx, 77, TODAY)

    voter = await database.write(meets)
    assert voter is not None
    return voter
