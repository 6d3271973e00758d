"""The board by direction, and lists narrowed by what combines."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, update

from storage import roadmap
from storage.database import Database
from storage.errors import NotAllowed, NotPossible
from storage.roadmap import State, Which, narrowing
from storage.roadmap.narrowing import Facet, Narrowed
from storage.roadmap.pressing import Due, Risk
from storage.tables import control_items
from tests.conftest import NOW, ZONE
from tests.storage import roadmap_world as world

TODAY = date(2026, 11, 24)
ALL = Narrowed()
SOON, PAST = TODAY + timedelta(days=10), TODAY - timedelta(days=3)


def as_(who: int, fn: Callable[..., Any], *args: Any) -> Callable[[Connection], Any]:
    return lambda tx: fn(tx, world.actor(tx, who, NOW), *args)


def put_to(item_id: int, day: date) -> Callable[[Connection], Any]:
    moved = update(control_items).where(control_items.c.id == item_id).values(deadline=day)
    return lambda tx: tx.execute(moved)


@pytest.fixture
async def items(database: Database) -> dict[str, int]:
    """Sport in two districts, water in one; done, at risk, overdue and removed ones among them."""

    def build(tx: Connection) -> dict[str, int]:
        world.settle(tx, NOW)
        ids = {
            "going": world.item(tx, "1.1", SOON, NOW),
            "late": world.item(tx, "1.2", PAST, NOW),
            "done": world.item(tx, "1.3", PAST, NOW),
            "risk": world.item(tx, "1.4", SOON, NOW, executor=world.ASEL),
            "other": world.item(tx, "1.5", SOON, NOW, branch_id=world.ORDABASY),
            "removed": world.item(tx, "1.6", SOON, NOW),
            "water": world.item(tx, "2.1", SOON, NOW, executor=world.ASEL),
        }
        named = update(control_items).where(control_items.c.id == ids["water"])
        tx.execute(named.values(direction_kk="Ауызсу", direction_ru="Вода"))
        for name, state in (("done", "done"), ("risk", "at_risk"), ("removed", "removed")):
            row = update(control_items).where(control_items.c.id == ids[name])
            tx.execute(row.values(state=state))
        return ids

    return await database.write(build)


async def test_the_board_counts_each_direction(database: Database, items: dict[str, int]) -> None:
    found = await database.read(as_(world.BUREAU, narrowing.board, TODAY))
    told = [(one.name_ru, one.done, one.going, one.at_risk, one.overdue) for one in found]
    assert told == [("Спорт", 1, 2, 1, 1), ("Вода", 0, 1, 0, 0)]
    own = await database.read(as_(world.OTHER_SECRETARY, narrowing.board, TODAY))
    assert [(one.name_ru, one.total) for one in own] == [("Спорт", 1)]
    with pytest.raises(NotAllowed):
        await database.read(as_(world.DAUREN, narrowing.board, TODAY))


@pytest.mark.parametrize(
    ("by", "numbers"),
    [
        (Narrowed(), ["1.2", "1.1", "1.4", "1.5", "2.1", "1.3"]),
        (Narrowed(due=Due.OVERDUE), ["1.2"]),
        (Narrowed(due=Due.WEEK), []),
        (Narrowed(due=Due.SOON, person=2), ["1.4", "2.1"]),
        (Narrowed(due=Due.LATER), []),
        (Narrowed(risk=Risk.HIGH), ["1.2", "1.4"]),
        (Narrowed(risk=Risk.MIDDLE), ["1.1", "1.5", "2.1"]),
        (Narrowed(risk=Risk.LOW), []),
        (Narrowed(risk=Risk.HIGH, due=Due.SOON), ["1.4"]),
        (Narrowed(branch=world.ORDABASY), ["1.5"]),
        (Narrowed(state=State.AT_RISK), ["1.4"]),
        (Narrowed(person=2), ["1.4", "2.1"]),
        (Narrowed(direction=7), ["2.1"]),
        (Narrowed(direction=1, person=2), ["1.4"]),
        (Narrowed(direction=7, state=State.DONE), []),
        (Narrowed(branch=999), []),
    ],
)
async def test_narrowings_combine(
    database: Database, items: dict[str, int], by: Narrowed, numbers: list[str]
) -> None:
    found = await database.read(as_(world.BUREAU, narrowing.page, TODAY, by, 0))
    assert [one.number for one in found.items] == numbers


async def test_a_facet_offers_what_is_there(database: Database, items: dict[str, int]) -> None:
    async def offered(facet: Facet, by: Narrowed = ALL, who: int = world.BUREAU) -> Any:
        found = await database.read(as_(who, narrowing.choices, TODAY, by, facet))
        return [(one.value, one.name_ru, one.items) for one in found]

    assert await offered(Facet.DIRECTION) == [("1", "Спорт", 5), ("7", "Вода", 1)]
    assert await offered(Facet.TERRITORY) == [
        ("2", "Сарыагашский район", 5),
        ("3", "Ордабасинский район", 1),
    ]
    assert await offered(Facet.EXECUTOR, Narrowed(direction=7, person=1)) == [
        ("2", "Әсел Нұрланқызы", 1)
    ]
    assert ("done", "done", 1) in await offered(Facet.STATE)
    assert await offered(Facet.DUE) == [("f", "f", 4), ("o", "o", 1)]
    assert await offered(Facet.RISK, Narrowed(risk=Risk.HIGH)) == [("m", "m", 3), ("h", "h", 2)]
    # Nothing of another's district.
    own = await offered(Facet.TERRITORY, who=world.OTHER_SECRETARY)
    assert own == [("3", "Ордабасинский район", 1)]
    by = Narrowed(direction=7, branch=999)
    names = await database.read(as_(world.BUREAU, narrowing.names, TODAY, by))
    assert names == {Facet.DIRECTION: (None, None), Facet.TERRITORY: (None, None)}


async def test_what_is_not_in_ones_district_is_no_direction(
    database: Database, items: dict[str, int]
) -> None:
    """The first item of a direction stands for it, be it another district's: nothing is told."""
    by = Narrowed(direction=items["going"])
    found = await database.read(as_(world.OTHER_SECRETARY, narrowing.page, TODAY, by, 0))
    assert [one.number for one in found.items] == ["1.5"]


async def test_a_report_moves_the_board(database: Database, items: dict[str, int]) -> None:
    def done(tx: Connection) -> None:
        actor = world.actor(tx, world.DAUREN, NOW)
        roadmap.report(tx, actor, items["late"], 1, State.DONE, None, NOW, ZONE)

    await database.write(done)
    found = await database.read(as_(world.SECRETARY, narrowing.board, TODAY))
    assert [(one.done, one.overdue) for one in found if one.name_ru == "Спорт"] == [(2, 0)]


async def test_three_years_unfulfilled_are_named(database: Database, items: dict[str, int]) -> None:
    def carry(year: int) -> Callable[[Connection], Any]:
        now = NOW.replace(year=year, month=12, day=30)
        version = year - 2025
        return as_(world.SECRETARY, roadmap.carry_over, items["late"], version, now, ZONE)

    async def stubborn(today: date) -> list[str]:
        page = as_(world.SECRETARY, roadmap.of_branch, today, 0, Which.STUBBORN)
        return [one.number for one in (await database.read(page)).items]

    carried = await database.write(carry(2026))
    assert (carried.deadline, carried.state) == (date(2027, 11, 21), State.PLANNED)
    assert carried.extensions == 0
    with pytest.raises(NotPossible, match="not_this_year"):
        now = NOW.replace(month=12, day=31)
        again = as_(world.SECRETARY, roadmap.carry_over, items["late"], 2, now, ZONE)
        await database.write(again)
    await database.write(carry(2027))
    assert await stubborn(date(2028, 11, 21)) == []
    assert await stubborn(date(2028, 11, 22)) == ["1.2"]
    await database.write(carry(2028))
    assert await stubborn(date(2029, 1, 1)) == ["1.2"]
    with pytest.raises(NotAllowed):
        await database.write(as_(world.DAUREN, roadmap.carry_over, items["going"], 1, NOW, ZONE))


@pytest.mark.parametrize(
    ("days", "state", "due", "risk"),
    [
        (-1, State.IN_PROGRESS, Due.OVERDUE, Risk.HIGH),
        (0, State.PLANNED, Due.WEEK, Risk.MIDDLE),
        (7, State.IN_PROGRESS, Due.WEEK, Risk.LOW),
        (8, State.PARTLY, Due.SOON, Risk.LOW),
        (14, State.NOT_DONE, Due.SOON, Risk.HIGH),
        (15, State.PLANNED, Due.YEAR, Risk.LOW),
        (37, State.PLANNED, Due.YEAR, Risk.LOW),  # 31 December
        (38, State.AT_RISK, Due.LATER, Risk.HIGH),
        (-1, State.DONE, None, None),
    ],
)
async def test_each_open_item_belongs_to_one_deadline_and_one_risk(
    database: Database, days: int, state: State, due: Due | None, risk: Risk | None
) -> None:
    def build(tx: Connection) -> None:
        world.settle(tx, NOW)
        item_id = world.item(tx, "1", TODAY + timedelta(days=days), NOW)
        tx.execute(update(control_items).where(control_items.c.id == item_id).values(state=state))

    await database.write(build)
    for facet, value in ((Facet.DUE, due), (Facet.RISK, risk)):
        found = await database.read(as_(world.BUREAU, narrowing.choices, TODAY, ALL, facet))
        assert [(one.value, one.items) for one in found] == ([(value, 1)] if value else [])


async def test_extended_before_is_a_middle_risk_and_at_the_end_of_a_year_each_day_has_its_place(
    database: Database, items: dict[str, int]
) -> None:
    def extend(tx: Connection) -> None:
        going = update(control_items).where(control_items.c.id == items["going"])
        tx.execute(going.values(state=State.EXTENDED, extensions=1, deadline=date(2027, 6, 1)))

    await database.write(extend)
    by = Narrowed(risk=Risk.MIDDLE, due=Due.LATER)
    found = await database.read(as_(world.BUREAU, narrowing.page, TODAY, by, 0))
    assert [one.number for one in found.items] == ["1.1"]
    late = date(2026, 12, 30)
    for days in range(40):
        await database.write(put_to(items["going"], late + timedelta(days=days)))
        by = Narrowed(direction=items["going"], branch=world.SARYAGASH)
        chosen = await database.read(as_(world.BUREAU, narrowing.choices, late, by, Facet.DUE))
        assert sum(one.items for one in chosen) == 3
