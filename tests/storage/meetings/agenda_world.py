"""Where the stories of the agenda happen: a draft and a later meeting of a district's council."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, insert, select

from storage import meetings, people
from storage.meetings import NewItem, NewMeeting
from storage.rules.access import Actor
from storage.tables import agenda_items, instructions
from tests import world
from tests.conftest import NOW

DAY = NOW.date()
AIGUL, MOLDIR, DARKHAN, SAULE, ERIK = 1001, 1002, 1003, 1005, 1006


@dataclass(frozen=True)
class Ids:
    """The meetings: of Saryagash's council, of another body there, and of the region's Bureau."""

    draft: int
    later: int
    assembly: int
    bureau: int


def fill(tx: Connection) -> Ids:
    world.people_it(tx)
    return add_meetings(tx)


def add_meetings(tx: Connection) -> Ids:
    return Ids(
        draft=_add(tx, world.SARYAGASH, "political_council", 3, "draft", ("Бірінші", "Екінші")),
        later=_add(tx, world.SARYAGASH, "political_council", 30, "announced", ()),
        assembly=_add(tx, world.SARYAGASH, "assembly", 9, "announced", ()),
        bureau=_add(tx, world.REGION, "bureau", 5, "announced", ("Есеп",)),
    )


def _add(
    tx: Connection, branch_id: int, body: str, days: int, state: str, titles: tuple[str, ...]
) -> int:
    meeting = NewMeeting(
        branch_id=branch_id,
        body=body,
        state=state,
        title_kk=f"Отырыс {body} {days}",
        title_ru=f"Заседание {body} {days}",
        starts_at=NOW + timedelta(days=days),
        items=tuple(NewItem(title_kk=title, title_ru=title) for title in titles),
    )
    return meetings.add(tx, meeting)


def who(tx: Connection, telegram_id: int) -> Actor:
    actor = people.actor_of(tx, telegram_id, DAY)
    assert actor is not None
    return actor


def agenda_of(tx: Connection, meeting_id: int) -> list[tuple[int, str | None, str]]:
    """Number, Kazakh title and state of each item, in the order of the agenda."""
    query = select(agenda_items.c.number, agenda_items.c.title_kk, agenda_items.c.state)
    of_meeting = query.where(agenda_items.c.meeting_id == meeting_id)
    return [tuple(row) for row in tx.execute(of_meeting.order_by(agenda_items.c.number))]


def first_item(tx: Connection, meeting_id: int) -> int:
    query = select(agenda_items.c.id).where(
        agenda_items.c.meeting_id == meeting_id, agenda_items.c.number == 1
    )
    return int(tx.execute(query).scalar_one())


def instruct(tx: Connection, meeting_id: int, number: int, text: str, state: str) -> int:
    """An instruction of Saule's, due on the ``number`` + 10th of December."""
    values = {"meeting_id": meeting_id, "number": number, "text_kk": text, "state": state}
    statement = insert(instructions).values(**values, created_at=NOW, executor_id=5)
    deadline = date(2026, 12, 10 + number)
    statement = statement.values(deadline=deadline).returning(instructions.c.id)
    return int(tx.execute(statement).scalar_one())
