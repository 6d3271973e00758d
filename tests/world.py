"""A small world for stories: three branches and a person of each role, ids as in the demo."""

import time
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, insert

from storage import facts, working_days
from storage.rules.access import Role
from storage.tables import branches, memberships, people
from tests.conftest import NOW

BRANCHES = (
    (1, "ОБЛ", "region", "Түркістан облыстық филиалы", "Туркестанский областной филиал"),
    (2, "САР", "district", "Сарыағаш аудандық филиалы", "Сарыагашский районный филиал"),
    (3, "ОРД", "district", "Ордабасы аудандық филиалы", "Ордабасинский районный филиал"),
)
REGION, SARYAGASH, ORDABASY = 1, 2, 3

# Telegram id, name, language, roles (role, branch)
PEOPLE: tuple[tuple[int, str, str, tuple[tuple[Role, int | None], ...]], ...] = (
    (1001, "Сейтова Айгүл", "kk", ((Role.OWNER, None), (Role.REGIONAL_SECRETARY, None))),
    (1002, "Жандосова Мөлдір", "kk", ((Role.BRANCH_SECRETARY, SARYAGASH),)),
    (1003, "Оразов Дархан", "kk", ((Role.DEPUTY, SARYAGASH), (Role.MEMBER, SARYAGASH))),
    (1004, "Кимов Руслан", "ru", ((Role.DEPUTY, ORDABASY),)),
    (1005, "Төлегенова Сәуле", "kk", ((Role.MEMBER, SARYAGASH),)),
    (1006, "Бекмұратов Ерік", "kk", ((Role.BUREAU_MEMBER, None),)),
    (1007, "Ли Виктория", "ru", ((Role.EXECUTOR, None),)),
    (1015, "Садыков Олег", "ru", ((Role.MEMBER, SARYAGASH),)),
)
GUESTS = ((1008, "Қонақ Асан", "kk"), (1009, "Гость Анна", "ru"))


class StartingAt:
    """A clock that starts at a moment and runs."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._begun = time.monotonic()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=time.monotonic() - self._begun)


def people_it(tx: Connection) -> None:
    """Insert branches and people; a person's id is the Telegram id minus 1000."""
    names = ("id", "code", "kind", "name_kk", "name_ru")
    tx.execute(
        insert(branches),
        [dict(zip(names, row, strict=True), position=row[0]) for row in BRANCHES],
    )
    tx.execute(
        insert(people),
        [
            {
                "id": i - 1000,
                "telegram_id": i,
                "name": name,
                "language": language,
                "created_at": NOW,
            }
            for i, name, language, _ in PEOPLE
        ],
    )
    if tx.dialect.name == "postgresql":
        # Rows with ids of their own do not move the counters.
        for table in ("branches", "people"):
            tx.exec_driver_sql(f"SELECT setval('{table}_id_seq', 1000)")
    tx.execute(
        insert(memberships),
        [
            {
                "person_id": i - 1000,
                "role": role,
                "branch_id": branch_id,
                "starts_on": date(2026, 1, 1),
            }
            for i, _, _, roles in PEOPLE
            for role, branch_id in roles
        ],
    )
    # It is November: else the bot would ask the owner, in the midst of every story.
    facts.remember(tx, working_days.confirmation(NOW.year + 1), NOW)
