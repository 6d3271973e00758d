"""Again each week until a day; at night and on days off nothing goes that is not urgent."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Connection, insert, select, update

from storage import broadcasts, outbox
from storage.broadcasts import (
    Content,
    Extras,
    approving,
    recurring,
    starting,
    steering,
    timing,
)
from storage.broadcasts.reading import Broadcast, find
from storage.database import Database
from storage.errors import AlreadyChanged, NotPossible
from storage.outbox import Priority
from storage.rules.access import Actor, Role
from storage.rules.announcements import Announcement
from storage.rules.recurrence import Every
from storage.tables import broadcasts as table
from storage.tables import meetings
from tests.conftest import NOW, ZONE
from tests.storage import broadcast_world as world
from tests.storage.queues import send_due

LATER = NOW + timedelta(hours=2)
WEEK = timedelta(days=7)
UNTIL = date(2026, 12, 8)  # two weeks later
NIGHT = NOW + timedelta(hours=12)  # 22:00
MORNING = NOW + timedelta(hours=22)  # 08:00 of the next day


def secretary(tx: Connection) -> Actor:
    return world.actor(tx, world.SECRETARY)


def drafted(tx: Connection, said: Content = Content("Мәтін")) -> Broadcast:  # noqa: B008
    place = world.settle_in(tx)
    shown = broadcasts.draft(tx, secretary(tx), place.saryagash, said, NOW, world.TODAY)
    return shown.broadcast


def weekly(tx: Connection, until: date = UNTIL) -> Broadcast:
    of = drafted(tx, Content("Мәтін", options=("Иә", "Жоқ")))
    who = secretary(tx)
    timing.schedule(tx, who, of.id, 1, LATER, NOW, world.TODAY)
    recurring.repeat(tx, who, of.id, 2, Every.WEEK, until, NOW, world.TODAY)
    return broadcasts.confirm(tx, who, of.id, 3, 3, NOW, world.TODAY)


def states(tx: Connection) -> list[tuple[str, datetime | None]]:
    rows = tx.execute(select(table.c.state, table.c.send_at).order_by(table.c.id))
    return [(row.state, row.send_at) for row in rows]


def due(tx: Connection, now: datetime) -> int:
    found = outbox.due(tx, Priority.BROADCAST, now, set(), 100)
    return sum(one.kind == broadcasts.COPY for one in found)


async def test_each_week_until_its_last_day(database: Database) -> None:
    def story(tx: Connection) -> None:
        first = weekly(tx)
        assert recurring.next_moment(first, LATER) == LATER + WEEK
        for n in range(3):
            timing.tick(tx, LATER + n * WEEK, ZONE)
            assert len([o for o in world.send_all(tx) if o.kind == broadcasts.COPY]) in (0, 2)
        found = states(tx)
        assert [state for state, _ in found] == ["running", "running", "running"]
        assert [at for _, at in found] == [LATER, LATER + WEEK, LATER + 2 * WEEK]
        last = find(tx, 3)
        assert last is not None
        assert last.said_in("kk") == Content("Мәтін", options=("Иә", "Жоқ"))
        assert last.repeats is None, "the end has come"

    await database.write(story)


async def test_a_missed_one_is_not_made_up_for(database: Database) -> None:
    def story(tx: Connection) -> None:
        weekly(tx)
        timing.tick(tx, LATER + WEEK - timedelta(days=1), ZONE)
        assert states(tx) == [("draft", None), ("scheduled", LATER + WEEK)]

    await database.write(story)


async def test_stopped_it_goes_once_more(database: Database) -> None:
    def story(tx: Connection) -> None:
        of, who = weekly(tx), secretary(tx)
        recurring.stop(tx, who, of.id, of.version, NOW)
        with pytest.raises(AlreadyChanged):
            recurring.stop(tx, who, of.id, of.version + 1, NOW)
        timing.tick(tx, LATER, ZONE)
        assert [state for state, _ in states(tx)] == ["running"]

    await database.write(story)


async def test_what_grew_is_looked_at_by_a_second_person(database: Database) -> None:
    def story(tx: Connection) -> None:
        weekly(tx)
        approving.set_limit(tx, world.actor(tx, world.REGIONAL), 3, NOW)
        world.person(tx, 40, "Жаңа", "kk", [(Role.MEMBER, 1)])
        timing.tick(tx, LATER, ZONE)
        assert states(tx) == [("draft", None), ("scheduled", LATER + WEEK)]

    await database.write(story)


async def test_how_often_needs_a_moment_and_an_end(database: Database) -> None:
    def story(tx: Connection) -> None:
        of, who = drafted(tx), secretary(tx)
        given = (tx, who, of.id)
        with pytest.raises(NotPossible, match="no_moment"):
            recurring.repeat(*given, 1, Every.MONTH, UNTIL, NOW, world.TODAY)
        timing.schedule(*given, 1, LATER, NOW, world.TODAY)
        for wrong in (None, date(2026, 11, 23), date(2030, 1, 1)):
            with pytest.raises(NotPossible, match="until"):
                recurring.repeat(*given, 2, Every.MONTH, wrong, NOW, world.TODAY)
        shown = recurring.repeat(*given, 2, Every.MONTH, UNTIL, NOW, world.TODAY)
        assert recurring.next_moment(shown.broadcast, LATER) is None, "the end comes first"
        once = recurring.repeat(*given, 3, None, None, NOW, world.TODAY)
        assert once.broadcast.repeats is None

    await database.write(story)


async def test_an_approved_one_too_late_goes_on_each_week(database: Database) -> None:
    def story(tx: Connection) -> None:
        found = find(tx, weekly(tx).id)
        assert found is not None
        there = broadcasts.preview(tx, secretary(tx), found.id, world.TODAY).audience
        starting.start(tx, found, there, LATER + timedelta(hours=1), world.TODAY)
        assert [state for state, _ in states(tx)] == ["running", "scheduled"]

    await database.write(story)


async def test_at_night_it_waits_for_the_morning(database: Database) -> None:
    def story(tx: Connection) -> None:
        of, who = drafted(tx), secretary(tx)
        after = broadcasts.confirm(tx, who, of.id, 1, 3, NIGHT, world.TODAY)
        assert (after.state, after.send_at) == ("scheduled", MORNING)
        timing.tick(tx, MORNING, ZONE)
        assert due(tx, MORNING) == 2

    await database.write(story)


async def test_what_is_urgent_does_not_wait(database: Database) -> None:
    def story(tx: Connection) -> None:
        of, who = drafted(tx), secretary(tx)
        tx.execute(update(table).values(announcement=Announcement.URGENT))
        region = world.actor(tx, world.REGIONAL)
        tx.execute(update(table).values(author_id=region.person_id))
        total = broadcasts.preview(tx, region, of.id, world.TODAY).audience.total
        after = broadcasts.confirm(tx, region, of.id, 1, total, NIGHT, world.TODAY)
        assert after.state == "running"
        timing.tick(tx, NIGHT, ZONE)
        assert due(tx, NIGHT) == 3
        assert who.person_id != region.person_id

    await database.write(story)


async def test_what_the_evening_overtakes_goes_on_in_the_morning(database: Database) -> None:
    def story(tx: Connection) -> None:
        of, who = drafted(tx), secretary(tx)
        broadcasts.confirm(tx, who, of.id, 1, 3, NOW, world.TODAY)
        steering.pause(tx, who, of.id, NOW)
        steering.resume(tx, who, of.id, NIGHT)
        assert due(tx, NIGHT) == 0
        assert due(tx, MORNING) == 2

    await database.write(story)


async def test_in_working_hours_only(database: Database) -> None:
    def story(tx: Connection) -> None:
        of, who = drafted(tx), secretary(tx)
        wanted = Extras(office_hours=True)
        broadcasts.adjust(tx, who, of.id, 1, wanted, NOW, world.TODAY)
        saturday = NOW + timedelta(days=4)
        after = broadcasts.confirm(tx, who, of.id, 2, 3, saturday, world.TODAY)
        assert after.send_at == NOW + timedelta(days=6, hours=-1)  # Monday, 09:00

    await database.write(story)


def invites(tx: Connection, of: Broadcast, version: int) -> None:
    """«Who comes?» of a meeting of the day after."""
    row = {
        "branch_id": of.branch_id,
        "body": "bureau",
        "kind": "regular",
        "state": "announced",
        "starts_at": LATER + timedelta(days=1),
    }
    words = {"title_kk": "Кеңес", "title_ru": "Кеңес"}
    made = insert(meetings).values(**row, **words).returning(meetings.c.id)
    asks = Extras(meeting_id=tx.execute(made).scalar_one())
    broadcasts.adjust(tx, secretary(tx), of.id, version, asks, NOW, world.TODAY)


def called_off(tx: Connection) -> None:
    tx.execute(update(meetings).values(state="cancelled"))


async def test_who_comes_is_asked_once_of_what_comes_again(database: Database) -> None:
    def story(tx: Connection) -> None:
        of, who = drafted(tx), secretary(tx)
        invites(tx, of, 1)
        timing.schedule(tx, who, of.id, 2, LATER, NOW, world.TODAY)
        recurring.repeat(tx, who, of.id, 3, Every.WEEK, UNTIL, NOW, world.TODAY)
        broadcasts.confirm(tx, who, of.id, 4, 3, NOW, world.TODAY)
        timing.tick(tx, LATER, ZONE)
        asked = tx.execute(select(table.c.state, table.c.meeting_id).order_by(table.c.id)).all()
        assert [tuple(row) for row in asked] == [("running", 1), ("scheduled", None)]

    await database.write(story)


async def test_nothing_asks_about_a_meeting_that_was_called_off(database: Database) -> None:
    def story(tx: Connection) -> None:
        of, who = drafted(tx), secretary(tx)
        invites(tx, of, 1)
        timing.schedule(tx, who, of.id, 2, LATER, NOW, world.TODAY)
        broadcasts.confirm(tx, who, of.id, 3, 3, NOW, world.TODAY)
        called_off(tx)
        timing.tick(tx, LATER, ZONE)
        assert states(tx) == [("draft", None)]
        notices = [one for one in send_due(tx, LATER, 100) if one.kind == timing.NOT_SENT]
        assert [one.params["why"] for one in notices] == ["meeting"]
        version = tx.execute(select(table.c.version)).scalar_one()
        with pytest.raises(NotPossible, match="meeting"):
            broadcasts.confirm(tx, who, of.id, version, 3, LATER, world.TODAY)

    await database.write(story)


async def test_no_second_person_lets_go_what_asks_about_it(database: Database) -> None:
    def story(tx: Connection) -> None:
        of, who = drafted(tx), secretary(tx)
        invites(tx, of, 1)
        region = world.actor(tx, world.REGIONAL)
        approving.set_limit(tx, region, 2, NOW)
        waiting = broadcasts.confirm(tx, who, of.id, 2, 3, NOW, world.TODAY)
        assert waiting.state == "awaiting"
        called_off(tx)
        with pytest.raises(NotPossible, match="meeting"):
            approving.approve(tx, region, of.id, waiting.version, 3, NOW, world.TODAY)

    await database.write(story)
