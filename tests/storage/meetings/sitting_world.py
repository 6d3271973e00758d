"""A Bureau meeting that goes on: fifteen people are called, three items stand on its agenda."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, insert, select, update

from storage import meetings, people
from storage.database import Database
from storage.meetings import NewItem, NewMeeting
from storage.rules.access import Actor, Role
from storage.tables import agenda_items, invitees, memberships, presence
from storage.tables import meetings as meetings_table
from storage.tables import people as people_table
from tests import world
from tests.conftest import NOW

TODAY = date(2026, 11, 24)
AIGUL, MOLDIR, DARKHAN, SAULE, ERIK, VIKTORIA = 1001, 1002, 1003, 1005, 1006, 1007
ZHANAR = 2001  # another regional secretary
# Eleven more members of the Bureau; with Erik there are twelve.
MEMBERS = tuple(
    (3001 + n, name)
    for n, name in enumerate(
        (
            "Абаева Гүлжан",
            "Бөрібаев Сәкен",
            "Ғабитов Нұрлан",
            "Дүйсенова Ләззат",
            "Ермеков Талғат",
            "Жұмабаев Қайрат",
            "Исаева Роза",
            "Қалиев Әділ",
            "Мұратова Шолпан",
            "Оспанов Бауыржан",
            "Тәжібаев Ғани",
        )
    )
)
SPORT, ROADS, WATER = "Спорт нысандары туралы", "Ауыл жолдары туралы", "Ауыз су туралы"


@dataclass(frozen=True)
class Going:
    """The meeting and its items, by id."""

    meeting: int
    sport: int
    roads: int
    water: int


def fill(tx: Connection) -> Going:
    """The world's people with the Bureau and its meeting."""
    world.people_it(tx)
    return convene(tx)


def convene(tx: Connection) -> Going:
    """The Bureau and its meeting, begun an hour ago on its first item."""
    _join(tx, ZHANAR, "Әлиева Жанар", Role.REGIONAL_SECRETARY)
    for telegram_id, name in MEMBERS:
        _join(tx, telegram_id, name, Role.BUREAU_MEMBER)
    meeting_id = meetings.add(tx, _meeting())
    rows = tx.execute(
        select(agenda_items.c.id)
        .where(agenda_items.c.meeting_id == meeting_id)
        .order_by(agenda_items.c.number)
    )
    going = Going(meeting_id, *rows.scalars())
    tx.execute(
        update(meetings_table)
        .where(meetings_table.c.id == meeting_id)
        .values(
            began_at=NOW - timedelta(hours=1),
            item_id=going.sport,
            secretary_id=AIGUL - 1000,
            chair_kk="Сәрсен Мақсат",
            chair_ru="Сарсен Максат",
        )
    )
    tx.execute(update(agenda_items).where(agenda_items.c.id == going.sport).values(state="open"))
    _call(tx, meeting_id)
    return going


def held(tx: Connection, going: Going, days: int = 0) -> None:
    """The meeting is over since ``days`` days."""
    tx.execute(
        update(meetings_table)
        .where(meetings_table.c.id == going.meeting)
        .values(state="held", ended_at=NOW - timedelta(days=days), item_id=None)
    )


async def actor(database: Database, telegram_id: int) -> Actor:
    """Whoever acts."""
    found = await database.read(people.actor_of, telegram_id, TODAY)
    assert found is not None
    return found


def _meeting() -> NewMeeting:
    return NewMeeting(
        branch_id=world.REGION,
        title_kk="Бюроның қараша отырысы",
        title_ru="Ноябрьское заседание Бюро",
        starts_at=NOW - timedelta(hours=1),
        state="in_progress",
        place_kk="Түркістан қаласы, мәжіліс залы",
        place_ru="город Туркестан, зал заседаний",
        items=(
            NewItem(
                title_kk=SPORT,
                title_ru="О спортивных объектах",
                speaker_kk="Сапаров Ержан",
                speaker_ru="Сапаров Ержан",
                speaker_position_kk="спорт басқармасының басшысы",
                speaker_position_ru="руководитель управления спорта",
            ),
            NewItem(title_kk=ROADS, title_ru="О сельских дорогах"),
            NewItem(title_kk=WATER, title_ru="О питьевой воде"),
        ),
    )


def _join(tx: Connection, telegram_id: int, name: str, role: Role) -> None:
    person = {"id": telegram_id, "telegram_id": telegram_id, "name": name, "language": "kk"}
    tx.execute(insert(people_table).values(created_at=NOW, **person))
    tx.execute(
        insert(memberships).values(person_id=telegram_id, role=role, starts_on=date(2026, 1, 1))
    )


def _call(tx: Connection, meeting_id: int) -> None:
    """Twelve members (two of them absent), two invited and an observer."""
    members = [(ERIK - 1000, "Бекмұратов Ерік"), *MEMBERS]
    others = [
        (DARKHAN - 1000, "Оразов Дархан", "invited"),
        (VIKTORIA - 1000, "Ли Виктория", "invited"),
        (SAULE - 1000, "Төлегенова Сәуле", "observer"),
    ]
    listed = [(person_id, name, "member") for person_id, name in members] + others
    for position, (person_id, name, capacity) in enumerate(listed):
        row = {
            "meeting_id": meeting_id,
            "person_id": person_id,
            "name": name,
            "capacity": capacity,
            "post": "облыстық мәслихат депутаты" if position == 1 else None,
            "told_at": NOW - timedelta(days=3),
        }
        invitee = tx.execute(insert(invitees).values(row).returning(invitees.c.id)).scalar_one()
        if position not in (10, 11):
            tx.execute(
                insert(presence).values(invitee_id=invitee, came_at=NOW - timedelta(hours=1))
            )
