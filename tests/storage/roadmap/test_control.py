"""Separate hands: who reports, who checks, who extends, who removes; and where items come from."""

import asyncio
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, text, update

from storage import people, roadmap, schema
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.roadmap import Evidence, NewRoadmapItem, State, Term, checking, extending
from storage.rules.access import Role
from storage.tables import control_items, memberships, outbox, reminders
from tests.conftest import NOW, ZONE
from tests.storage import roadmap_world as world

TODAY = date(2026, 11, 24)
DEADLINE, LATER = date(2026, 12, 24), date(2027, 1, 29)
REGIONAL, COLLEAGUE = 1010, 1011
PHOTO = Evidence("photo", "photo.jpg", "file-1", "unique-1")


@pytest.fixture
async def item_id(database: Database) -> int:
    def build(tx: Connection) -> int:
        world.settle(tx, NOW)
        for telegram_id, name, role, branch in (
            (REGIONAL, "Айгүл Сейтова", Role.REGIONAL_SECRETARY, None),
            (COLLEAGUE, "Дана Омарова", Role.BRANCH_SECRETARY, world.SARYAGASH),
        ):
            person_id = people.meet(tx, telegram_id, name, NOW)
            people.join(tx, person_id, role, branch, date(2025, 1, 1))
        return world.item(tx, "4.12", DEADLINE, NOW)

    return await database.write(build)


def as_(who: int, fn: Callable[..., Any], *args: Any) -> Callable[[Connection], Any]:
    return lambda tx: fn(tx, world.actor(tx, who, NOW), *args)


def reports(who: int, item_id: int, version: int, state: State = State.DONE, **more: Any) -> Any:
    given = (item_id, version, state, "Бітті", NOW, ZONE)
    return lambda tx: roadmap.report(tx, world.actor(tx, who, NOW), *given, **more)


def asks(who: int, item_id: int, version: int, to: date = LATER, why: str = "Кешікті") -> Any:
    return as_(who, extending.ask, item_id, version, to, why, NOW, TODAY)


def planned(tx: Connection) -> set[date]:
    query = select(reminders.c.deadline).where(reminders.c.state == "planned")
    return set(tx.execute(query).scalars())


def told(tx: Connection) -> list[tuple[str, int]]:
    query = select(outbox.c.kind, outbox.c.person_id).order_by(outbox.c.id)
    return [(row.kind, row.person_id) for row in tx.execute(query)]


async def test_a_report_is_checked_by_other_hands(database: Database, item_id: int) -> None:
    write = database.write
    await write(reports(world.DAUREN, item_id, 1, evidence=[PHOTO]))
    assert await database.read(as_(world.DAUREN, roadmap.evidence_of, item_id)) == [PHOTO]
    check = (NOW, ZONE)
    with pytest.raises(NotAllowed):
        await write(as_(world.DAUREN, checking.accept, item_id, 2, *check))
    back = as_(world.SECRETARY, checking.send_back, item_id, 2, "Актісі жоқ", *check)
    returned = await write(back)
    assert (returned.state, returned.version) == (State.IN_PROGRESS, 3)
    assert await database.read(planned) == {DEADLINE}
    with pytest.raises(NotPossible, match="nothing_to_check"):
        await write(as_(world.SECRETARY, checking.accept, item_id, 3, *check))

    # A secretary who reports in the executor's place is checked by a colleague.
    await write(reports(world.SECRETARY, item_id, 3))
    with pytest.raises(NotPossible, match="own_report"):
        await write(as_(world.SECRETARY, checking.accept, item_id, 4, *check))
    accepted = await write(as_(COLLEAGUE, checking.accept, item_id, 4, *check))
    assert accepted.accepted_at == NOW
    assert accepted.state is State.DONE
    assert await database.read(planned) == set()
    entries = await database.read(as_(world.DAUREN, roadmap.history, item_id))
    assert sorted(entry.kind for entry in entries) == ["accepted", "returned", "state", "state"]


@pytest.mark.parametrize(("reason", "why"), [(" ", "no_reason"), ("а" * 1001, "too_long")])
async def test_a_report_is_returned_with_a_reason(
    database: Database, item_id: int, reason: str, why: str
) -> None:
    await database.write(reports(world.DAUREN, item_id, 1))
    with pytest.raises(NotPossible, match=why):
        await database.write(
            as_(world.SECRETARY, checking.send_back, item_id, 2, reason, NOW, ZONE)
        )


async def test_two_who_check_at_once_do_not_both(database: Database, item_id: int) -> None:
    await database.write(reports(world.DAUREN, item_id, 1))
    results = await asyncio.gather(
        database.write(as_(world.SECRETARY, checking.accept, item_id, 2, NOW, ZONE)),
        database.write(as_(COLLEAGUE, checking.send_back, item_id, 2, "Жоқ", NOW, ZONE)),
        return_exceptions=True,
    )
    lost = [one for one in results if isinstance(one, AlreadyChanged | NotPossible)]
    assert len(lost) == 1


async def test_what_nobody_reports_is_refused(database: Database, item_id: int) -> None:
    for state in (State.REMOVED, State.EXTENDED, State.PLANNED):
        with pytest.raises(NotPossible, match="no_such_report"):
            await database.write(reports(world.DAUREN, item_id, 1, state))
    with pytest.raises(ValueError, match="at most 10"):
        await database.write(reports(world.DAUREN, item_id, 1, evidence=[PHOTO] * 11))


async def test_only_the_bureau_removes_from_control(database: Database, item_id: int) -> None:
    write = database.write
    await write(reports(world.DAUREN, item_id, 1))
    with pytest.raises(NotFound):  # a meeting that was never held decides nothing
        await write(as_(REGIONAL, checking.remove, item_id, 2, 999, None, NOW))
    meeting = await write(world.bureau_meeting, NOW)
    for who in (world.SECRETARY, world.BUREAU):
        with pytest.raises(NotAllowed):
            await write(as_(who, checking.remove, item_id, 2, meeting, None, NOW))
    with pytest.raises(NotPossible, match="no_clause"):
        await write(as_(REGIONAL, checking.remove, item_id, 2, meeting, 5, NOW))
    removed = await write(as_(REGIONAL, checking.remove, item_id, 2, meeting, None, NOW))
    assert removed.state is State.REMOVED
    for attempt in (
        reports(world.DAUREN, item_id, 3, State.IN_PROGRESS),
        asks(world.DAUREN, item_id, 3),
        as_(world.SECRETARY, roadmap.move_deadline, item_id, 3, LATER, "", NOW, ZONE),
        as_(REGIONAL, checking.remove, item_id, 3, meeting, None, NOW),
    ):
        with pytest.raises(NotPossible, match="removed"):
            await write(attempt)
    page = await database.read(as_(world.DAUREN, roadmap.mine, TODAY, 0))
    assert page.total == 0


async def test_an_extension_is_asked_refused_approved(database: Database, item_id: int) -> None:
    write = database.write
    for to, why in ((TODAY - timedelta(days=1), "deadline_in_the_past"), (DEADLINE, "not_later")):
        with pytest.raises(NotPossible, match=why):
            await write(asks(world.DAUREN, item_id, 1, to))
    with pytest.raises(NotPossible, match="no_reason"):
        await write(asks(world.DAUREN, item_id, 1, why=" "))
    await write(asks(world.DAUREN, item_id, 1))
    with pytest.raises(NotPossible, match="asked_already"):
        await write(asks(world.DAUREN, item_id, 2))
    with pytest.raises(NotAllowed):
        await write(as_(world.DAUREN, extending.approve, item_id, 2, NOW, ZONE))
    await write(as_(world.SECRETARY, extending.refuse, item_id, 2, "Қаржы бар", NOW))
    assert await database.read(planned) == {DEADLINE}
    with pytest.raises(NotPossible, match="nothing_asked"):
        await write(as_(world.SECRETARY, extending.approve, item_id, 3, NOW, ZONE))

    await write(asks(world.SECRETARY, item_id, 3))
    with pytest.raises(NotPossible, match="own_request"):
        await write(as_(world.SECRETARY, extending.approve, item_id, 4, NOW, ZONE))
    extended = await write(as_(COLLEAGUE, extending.approve, item_id, 4, NOW, ZONE))
    assert (extended.state, extended.deadline, extended.extensions) == (State.EXTENDED, LATER, 1)
    assert await database.read(planned) == {LATER}
    # Moved twice a day by a secretary: later counts, earlier does not.
    for version, day in ((5, LATER + timedelta(days=7)), (6, LATER)):
        moved = as_(world.SECRETARY, roadmap.move_deadline, item_id, version, day, "", NOW, ZONE)
        extended = await write(moved)
    assert extended.extensions == 2


async def test_people_beside_are_reminded_too(database: Database, item_id: int) -> None:
    def reminded(tx: Connection) -> set[int]:
        query = select(reminders.c.person_id).where(reminders.c.state == "planned")
        return set(tx.execute(query).scalars())

    ids = {who: (await database.read(world.actor, who, NOW)).person_id for who in world.ROLES}
    for version, who, part in ((1, world.ASEL, "co_executor"), (2, world.BUREAU, "curator")):
        await database.write(
            as_(world.SECRETARY, roadmap.put_beside, item_id, version, ids[who], part, NOW, ZONE)
        )
    assert await database.read(reminded) == {ids[one] for one in (1001, 1002, 1005)}
    with pytest.raises(NotPossible, match="is_executor"):
        given = (item_id, 3, ids[world.DAUREN], "curator", NOW, ZONE)
        await database.write(as_(world.SECRETARY, roadmap.put_beside, *given))
    # A co-executor reports, a curator looks only.
    await database.write(reports(world.ASEL, item_id, 3, State.PARTLY))
    with pytest.raises(NotAllowed):
        await database.write(reports(world.BUREAU, item_id, 4, State.DONE))
    given = (item_id, 4, ids[world.ASEL], "co_executor", NOW, ZONE)
    await database.write(as_(world.SECRETARY, roadmap.put_beside, *given))  # taken away
    assert await database.read(reminded) == {ids[one] for one in (1001, 1005)}
    with pytest.raises(NotFound):
        await database.read(as_(world.ASEL, roadmap.get, item_id))


async def test_what_is_due_each_year_is_planned_for_the_next(database: Database) -> None:
    def build(tx: Connection) -> int:
        world.settle(tx, NOW)
        dauren = world.actor(tx, world.DAUREN, NOW).person_id
        item = NewRoadmapItem(
            number="7",
            branch_id=world.SARYAGASH,
            direction_kk=None,
            direction_ru=None,
            title_kk="Сенбілік өткізу",
            title_ru=None,
            executor_id=dauren,
            deadline=date(2028, 2, 29),
            term=Term.YEARLY,
        )
        return roadmap.add(tx, item, NOW, ZONE)

    item_id = await database.write(build)
    await database.write(reports(world.DAUREN, item_id, 1))
    item = await database.write(as_(world.SECRETARY, checking.accept, item_id, 2, NOW, ZONE))
    assert (item.state, item.deadline) == (State.PLANNED, date(2029, 2, 28))
    assert await database.read(planned) == {date(2029, 2, 28)}


async def test_a_parent_is_no_circle(database: Database, item_id: int) -> None:
    def more(tx: Connection) -> tuple[int, int]:
        return world.item(tx, "4.13", DEADLINE, NOW), world.item(tx, "4.14", DEADLINE, NOW)

    middle, leaf = await database.write(more)
    for child, parent in ((middle, item_id), (leaf, middle)):
        await database.write(as_(world.SECRETARY, roadmap.set_parent, child, 1, parent, NOW))
    for child, parent in ((item_id, leaf), (item_id, item_id)):
        with pytest.raises(NotPossible, match="circle"):
            await database.write(as_(world.SECRETARY, roadmap.set_parent, child, 1, parent, NOW))
    freed = await database.write(as_(world.SECRETARY, roadmap.set_parent, middle, 2, None, NOW))
    assert freed.parent_id is None


async def test_an_executor_who_left_is_replaced(database: Database, item_id: int) -> None:
    def leave(tx: Connection) -> None:
        gone = world.actor(tx, world.DAUREN, NOW).person_id
        ended = update(memberships).where(memberships.c.person_id == gone)
        tx.execute(ended.values(ends_on=TODAY - timedelta(days=1)))

    await database.write(leave)
    candidates = await database.read(as_(world.SECRETARY, roadmap.carriers, item_id, TODAY))
    assert "Дәурен Қасымов" not in [one.name for one in candidates]
    asel = next(one.id for one in candidates if one.name == "Әсел Нұрланқызы")
    hand = as_(world.SECRETARY, roadmap.hand_over, item_id, 1, asel, NOW, ZONE)
    assert (await database.write(hand)).executor == "Әсел Нұрланқызы"
    assert (await database.read(told))[-1] == ("roadmap_handed", asel)


async def test_instructions_of_before_come_under_the_same_control(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/old.db")
    await database.rebuild(schema.upgrade, "0024")

    def old(tx: Connection) -> None:
        for statement in (
            (
                "INSERT INTO branches (id, code, kind, name_kk, name_ru, position)"
                " VALUES (1, 'А', 'region', 'А', 'А', 1), (2, 'Б', 'district', 'Б', 'Б', 2)"
            ),
            (
                "INSERT INTO people (id, telegram_id, name, created_at)"
                " VALUES (7, 1007, 'Ли', '2026-01-01'), (8, 1008, 'Ким', '2026-01-01')"
            ),
            (
                "INSERT INTO meetings (id, branch_id, body, kind, state, title_kk, title_ru)"
                " VALUES (1, 1, 'bureau', 'regular', 'held', 'Бюро', 'Бюро')"
            ),
            (
                "INSERT INTO roadmap_items (id, number, branch_id, direction_kk, direction_ru,"
                " title_kk, title_ru, executor_id, deadline, state)"
                " VALUES (5, '4.12', 2, 'С', 'С', 'Т', 'Т', 7, '2030-12-24', 'at_risk')"
            ),
            (
                "INSERT INTO roadmap_history (item_id, at, person_id, kind, to_state)"
                " VALUES (5, '2026-01-01', 7, 'state', 'at_risk')"
            ),
            (
                "INSERT INTO instructions (id, meeting_id, branch_id, number, text_kk, executor_id,"
                " deadline, state, created_at)"
                " VALUES (3, 1, 2, 1, 'Салу', 7, '2030-05-05', 'under_control', '2026-01-01'),"
                " (4, 1, NULL, 2, 'Кейін', 7, '2030-05-05', 'drafted', '2026-01-01')"
            ),
            "INSERT INTO instruction_executors (instruction_id, person_id) VALUES (3, 8)",
        ):
            tx.execute(text(statement))

    await database.write(old)
    await schema.migrate(database)
    rows = await database.read(
        lambda tx: tx.execute(select(control_items).order_by(control_items.c.id)).all()
    )
    assert [(row.id, row.kind, row.state, row.branch_id) for row in rows] == [
        (5, "roadmap", "at_risk", 2),
        (6, "instruction", "planned", 2),
    ]
    item = await database.read(roadmap.find, 6)
    assert item is not None
    assert (item.instruction_id, item.executor, item.co_executors) == (3, "Ли", ((8, "Ким"),))
    reminded = select(reminders.c.person_id).where(reminders.c.subject_id == 6).distinct()
    found = await database.read(lambda tx: tx.execute(reminded).scalars().all())
    assert sorted(found) == [7, 8]
    history = await database.read(roadmap.last_report, 5)
    assert history is not None
    assert history.person == "Ли"
    await database.close()


async def test_an_executor_known_by_name_only_is_shown_and_not_reminded(
    database: Database, item_id: int
) -> None:
    def build(tx: Connection) -> int:
        row = {"number": "9", "branch_id": world.SARYAGASH, "title_kk": "Т", "deadline": DEADLINE}
        values = insert(control_items).values(**row, executor_name="Басқарма", state="planned")
        return int(tx.execute(values.returning(control_items.c.id)).scalar_one())

    other = await database.write(build)
    item = await database.read(as_(world.SECRETARY, roadmap.get, other))
    assert (item.executor, item.reminded) == ("Басқарма", ())
