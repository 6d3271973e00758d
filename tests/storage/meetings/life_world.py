"""Secretaries and their meetings: what the stories of a meeting's life share."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from storage import meetings, people
from storage.database import Database
from storage.meetings import Meeting, announcements
from storage.meetings.announcements import Announcement
from storage.rules.access import Actor
from storage.tables import meetings as table
from storage.tables import outbox
from tests import world
from tests.conftest import NOW, ZONE

TODAY = date(2026, 11, 24)
OWNER, SECRETARY, DEPUTY, MEMBER, OLEG = 1001, 1002, 1003, 1005, 1015
IN_THE_BRANCH = [one - 1000 for one in (SECRETARY, DEPUTY, MEMBER, OLEG)]
FRIDAY = datetime(2026, 11, 27, 10, 0, tzinfo=UTC)  # 15:00 there
MINUTE = timedelta(minutes=1)

ASSEMBLY = Announcement(
    draft="1f.6745",
    branch_id=world.SARYAGASH,
    body="assembly",
    title_kk="Жалпы жиналыс",
    title_ru="Общее собрание",
    starts_at=FRIDAY,
    place="мәжіліс залы",
    agenda=("Жылдық есеп", "Сайлау туралы"),
)
BUREAU = replace(ASSEMBLY, branch_id=world.REGION, body="bureau", draft="2a.1")


async def actor(database: Database, telegram_id: int) -> Actor:
    found = await database.read(people.actor_of, telegram_id, TODAY)
    assert found is not None
    return found


async def drafted(database: Database, what: Announcement = ASSEMBLY, who: int = SECRETARY) -> int:
    return await database.write(announcements.save, await actor(database, who), what, NOW)


async def called(database: Database, what: Announcement = ASSEMBLY, who: int = SECRETARY) -> int:
    expected = 4 if what.body == "assembly" else 3
    result = await database.write(
        announcements.announce, await actor(database, who), what, expected, NOW, ZONE
    )
    return result.meeting_id


async def seen(database: Database, meeting_id: int, who: int = SECRETARY) -> Meeting:
    return await database.read(meetings.get, await actor(database, who), meeting_id)


def told(tx: Connection, kind: str) -> list[int]:
    query = select(outbox.c.person_id).where(outbox.c.kind == kind)
    return list(tx.execute(query.order_by(outbox.c.person_id)).scalars())


def column(tx: Connection, meeting_id: int, name: str) -> Any:
    return tx.execute(select(table.c[name]).where(table.c.id == meeting_id)).scalar_one()
