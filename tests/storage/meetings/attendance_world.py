"""A Bureau of fifteen and its meeting: what the stories of attendance happen in."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, insert, update

from storage import meetings, people
from storage.database import Database
from storage.meetings import NewItem, NewMeeting, invitees
from storage.rules.access import Actor, Role
from storage.tables import body_members, memberships
from storage.tables import invitees as invitees_table
from storage.tables import meetings as meetings_table
from storage.tables import people as people_table
from tests import world
from tests.conftest import NOW

TODAY = date(2026, 11, 24)
ELECTED = 15
FIRST = 2001  # Telegram id of the first member of the Bureau; each person's id is 1000 less
SECRETARY, BRANCH_SECRETARY, GUEST_SPEAKER = 1001, 1002, 1007
IN_THREE_DAYS = NOW + timedelta(days=3)

SURNAMES = (
    *("Абаев", "Байжанов", "Ғалымов", "Дәуренов", "Еркінов", "Жүсіпов", "Зейнуллин", "Исаев"),
    *("Қайратов", "Лепесов", "Мұратов", "Нұрланов", "Омаров", "Пернебаев", "Рахимов"),
)


@dataclass(frozen=True)
class Bureau:
    """Ids of the meeting, its item, and the list's rows by Telegram id."""

    meeting: int
    item: int
    listed: dict[int, int]

    @property
    def members(self) -> list[int]:
        """The Telegram ids of the elected members."""
        return list(range(FIRST, FIRST + ELECTED))


def fill(tx: Connection) -> None:
    """People of the small world and fifteen elected members of the Bureau."""
    world.people_it(tx)
    elect(tx)


def elect(tx: Connection) -> None:
    """Fifteen more people, elected to the Bureau; every third reads Russian."""
    fifteen = [
        {"id": FIRST + n - 1000, "telegram_id": FIRST + n, "name": f"{name} Асан"}
        for n, name in enumerate(SURNAMES)
    ]
    tx.execute(
        insert(people_table),
        [
            {**row, "language": "ru" if n % 3 == 2 else "kk", "created_at": NOW}
            for n, row in enumerate(fifteen)
        ],
    )
    since = date(2026, 1, 1)
    role = {"role": Role.BUREAU_MEMBER, "branch_id": None, "starts_on": since}
    tx.execute(insert(memberships), [{"person_id": row["id"], **role} for row in fifteen])
    seat = {"branch_id": world.REGION, "body": "bureau", "starts_on": since}
    tx.execute(insert(body_members), [{"person_id": row["id"], **seat} for row in fifteen])


def convene(
    tx: Connection, *, state: str = "announced", starts_at: datetime | None = None
) -> Bureau:
    """An announced meeting of the Bureau with two items; a secretary and a speaker are invited."""
    items = (
        NewItem(title_kk="Ауыз су туралы", title_ru="О питьевой воде"),
        NewItem(title_kk="Жолдар туралы", title_ru="О дорогах"),
    )
    meeting_id = meetings.add(
        tx,
        NewMeeting(
            branch_id=world.REGION,
            title_kk="Бюро отырысы",
            title_ru="Заседание Бюро",
            starts_at=starts_at or IN_THREE_DAYS,
            state="announced",
            items=items,
        ),
    )
    called = [SECRETARY, GUEST_SPEAKER, *range(FIRST, FIRST + ELECTED)]
    invitees.call(tx, meeting_id, [one - 1000 for one in called], NOW, today=TODAY)
    if state != "announced":
        move(tx, meeting_id, state)
    rows = tx.execute(invitees_table.select().where(invitees_table.c.meeting_id == meeting_id))
    listed = {row.person_id + 1000: row.id for row in rows}
    owner = people.actor_of(tx, SECRETARY, TODAY)
    assert owner is not None
    return Bureau(meeting_id, meetings.get(tx, owner, meeting_id).items[0].id, listed)


def move(tx: Connection, meeting_id: int, state: str) -> None:
    """Put the meeting into a state."""
    tx.execute(update(meetings_table).where(meetings_table.c.id == meeting_id).values(state=state))


async def actor(database: Database, telegram_id: int) -> Actor:
    """The person as the bot knows them today."""
    found = await database.read(people.actor_of, telegram_id, TODAY)
    assert found is not None
    return found
