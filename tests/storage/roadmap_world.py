"""A region with two districts and the people who carry the roadmap there."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert

from storage import people, roadmap
from storage.meetings import NewMeeting
from storage.meetings import add as add_meeting
from storage.rules.access import Actor, Role
from storage.tables import branches

ZONE = ZoneInfo("Asia/Almaty")
REGION, SARYAGASH, ORDABASY = 1, 2, 3
# Telegram ids: the head of the sport department, another head, secretaries, and onlookers.
DAUREN, ASEL, SECRETARY, OTHER_SECRETARY, BUREAU, MEMBER = 1001, 1002, 1003, 1004, 1005, 1006

ROLES = {
    DAUREN: ("Дәурен Қасымов", Role.EXECUTOR, None),
    ASEL: ("Әсел Нұрланқызы", Role.EXECUTOR, None),
    SECRETARY: ("Марат Оспанов", Role.BRANCH_SECRETARY, SARYAGASH),
    OTHER_SECRETARY: ("Гүлнар Сейітова", Role.BRANCH_SECRETARY, ORDABASY),
    BUREAU: ("Ерлан Бекжанов", Role.BUREAU_MEMBER, None),
    MEMBER: ("Айгерім Тоқтарова", Role.MEMBER, SARYAGASH),
}


def settle(tx: Connection, now: datetime) -> None:
    """Branches and people."""
    tx.execute(
        insert(branches),
        [
            _branch(REGION, "ТҮР", "region", "Түркістан облысы", "Туркестанская область"),
            _branch(SARYAGASH, "САР", "district", "Сарыағаш ауданы", "Сарыагашский район"),
            _branch(ORDABASY, "ОРД", "district", "Ордабасы ауданы", "Ордабасинский район"),
        ],
    )
    for telegram_id, (name, role, branch_id) in ROLES.items():
        person_id = people.meet(tx, telegram_id, name, now)
        people.join(tx, person_id, role, branch_id, date(2025, 1, 1))


def actor(tx: Connection, telegram_id: int, now: datetime) -> Actor:
    """The person as the bot knows them at ``now``."""
    found = people.actor_of(tx, telegram_id, now.astimezone(ZONE).date())
    assert found is not None
    return found


def item(
    tx: Connection,
    number: str,
    deadline: date,
    now: datetime,
    *,
    executor: int = DAUREN,
    branch_id: int = SARYAGASH,
    title: tuple[str, str] = ("Спорт кешенін салу", "Построить спортивный комплекс"),
) -> int:
    """Put down one item carried by ``executor`` (a Telegram id); return its id."""
    return roadmap.add(
        tx,
        roadmap.NewRoadmapItem(
            number=number,
            branch_id=branch_id,
            direction_kk="Спорт",
            direction_ru="Спорт",
            title_kk=title[0],
            title_ru=title[1],
            executor_id=actor(tx, executor, now).person_id,
            deadline=deadline,
            completion_kk="Пайдалануға беру актісі",
            completion_ru="Акт ввода в эксплуатацию",
        ),
        now,
        ZONE,
    )


def bureau_meeting(tx: Connection, now: datetime) -> int:
    """A meeting of the Bureau that was held the day before; return its id."""
    meeting = NewMeeting(
        branch_id=REGION,
        title_kk="Бюро отырысы",
        title_ru="Заседание Бюро",
        starts_at=now - timedelta(days=1),
        state="held",
    )
    return add_meeting(tx, meeting)


def _branch(id_: int, code: str, kind: str, kk: str, ru: str) -> dict[str, object]:
    return {"id": id_, "code": code, "kind": kind, "name_kk": kk, "name_ru": ru, "position": id_}
