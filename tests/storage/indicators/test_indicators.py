"""Indicators in the database: who sees and reports them, corrections, what is refused."""

from typing import Any

import pytest

from storage import indicators
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.indicators import Indicator, NewIndicator, Which
from storage.indicators.keeping import TEXT_LIMIT
from storage.rules.indicator_measures import Better, Kind
from storage.rules.reporting_periods import Frequency, Period
from tests.conftest import NOW, ZONE
from tests.storage.requests.world import TODAY, World, build

Q2, Q3, Q4 = Period(2026, 6), Period(2026, 9), Period(2026, 12)


@pytest.fixture
async def world(database: Database) -> World:
    return await database.write(build)


async def given(database: Database, world: World, **values: Any) -> Indicator:
    new = NewIndicator(
        world.sar,
        "Бұқаралық спорт",
        "Массовый спорт",
        "Спортпен айналысатындар үлесі",
        "Доля занимающихся спортом",
        **{"reporter_id": world.aigul.person_id, **values},
    )
    return await database.write(indicators.add, world.dana, new, NOW, ZONE)


async def test_planned_reported_corrected_and_remembered(database: Database, world: World) -> None:
    one = await given(database, world)
    one = await database.write(indicators.set_plan, world.dana, one.id, 1, Q3, 41.7, NOW, ZONE)
    one = await database.write(
        indicators.report, world.aigul, one.id, 2, Q3, 41.6, NOW, ZONE, note="885 485 адам"
    )
    assert one.at(Q3) == indicators.Value(Q3, 41.7, 41.6, "885 485 адам")
    with pytest.raises(NotPossible, match="reason"):
        await database.write(indicators.report, world.aigul, one.id, 3, Q3, 41.8, NOW, ZONE)
    one = await database.write(
        indicators.report, world.aigul, one.id, 3, Q3, 41.8, NOW, ZONE, reason="Есеп нақтыланды"
    )
    assert one.values == (indicators.Value(Q3, 41.7, 41.8, None),)
    entries = await database.read(indicators.history, world.aigul, one.id)
    assert [(e.kind, e.was, e.became, e.text) for e in entries] == [
        ("fact", 41.6, 41.8, "Есеп нақтыланды"),
        ("fact", None, 41.6, "885 485 адам"),
        ("plan", None, 41.7, None),
    ]
    assert {e.period for e in entries} == {Q3}


@pytest.mark.parametrize(
    ("period", "fact", "reason"),
    [
        (Q4, 42.0, "future_period"),
        (Period(2027, 3), 42.0, "future_period"),
        (Period(2026, 8), 42.0, "period"),  # no quarter ends in August
        (Period(1999, 3), 42.0, "period"),
        (Q3, -1.0, "number"),
        (Q3, 1e13, "number"),
        (Q3, 140.0, "doubtful"),
    ],
)
async def test_what_can_be_no_fact(
    database: Database, world: World, period: Period, fact: float, reason: str
) -> None:
    one = await given(database, world)
    with pytest.raises(NotPossible, match=reason):
        await database.write(indicators.report, world.aigul, one.id, 1, period, fact, NOW, ZONE)
    assert (await database.read(indicators.get, world.aigul, one.id)).values == ()


async def test_a_doubtful_value_is_kept_when_somebody_is_sure(
    database: Database, world: World
) -> None:
    one = await given(database, world)
    one = await database.write(
        indicators.report, world.aigul, one.id, 1, Q3, 140.0, NOW, ZONE, sure=True
    )
    assert [value.fact for value in one.values] == [140.0]


async def test_the_second_of_two_reporters_is_told_who_was_first(
    database: Database, world: World
) -> None:
    one = await given(database, world)
    await database.write(indicators.report, world.dana, one.id, 1, Q3, 41.6, NOW, ZONE)
    with pytest.raises(AlreadyChanged) as refused:
        await database.write(indicators.report, world.aigul, one.id, 1, Q3, 41.9, NOW, ZONE)
    assert refused.value.by == "Дана Ахметова"


@pytest.mark.parametrize("name", ["unit_kk", "unit_ru", "kind", "frequency"])
async def test_what_the_figures_are_of_is_fixed_once_there_are_some(
    database: Database, world: World, name: str
) -> None:
    other = {"kind": Kind.INDEX, "frequency": Frequency.MONTH}.get(name, "адам")
    one = await given(database, world)
    one = await database.write(indicators.change, world.dana, one.id, 1, name, other, NOW, ZONE)
    assert getattr(one, name) == other
    await database.write(indicators.set_plan, world.dana, one.id, 2, Q4, 42.0, NOW, ZONE)
    back = {"kind": Kind.LEVEL, "frequency": Frequency.QUARTER}.get(name, "%")
    with pytest.raises(NotPossible, match="has_values"):
        await database.write(indicators.change, world.dana, one.id, 3, name, back, NOW, ZONE)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("name_kk", "  ", "empty"),
        ("name_ru", "о" * (TEXT_LIMIT + 1), "too_long"),
        ("unit_kk", "о" * 31, "too_long"),
        ("kind", "whatever", "choice"),
        ("due_days", 0, "days"),
        ("due_days", 91, "days"),
        ("due_days", None, "days"),
        ("base_value", -3.0, "number"),
        ("base_year", 1024, "year"),
        ("version", 9, "field"),
    ],
)
async def test_what_does_not_fit_is_refused(
    database: Database, world: World, name: str, value: Any, reason: str
) -> None:
    one = await given(database, world)
    with pytest.raises(NotPossible, match=reason):
        await database.write(indicators.change, world.dana, one.id, 1, name, value, NOW, ZONE)


async def test_the_reporter_must_be_able_to_report(database: Database, world: World) -> None:
    one = await given(database, world)

    async def give(person_id: int) -> Indicator:
        return await database.write(
            indicators.change, world.dana, one.id, 1, "reporter_id", person_id, NOW, ZONE
        )

    for nobody in (world.gone.person_id, world.marat.person_id, 2**62):
        with pytest.raises(NotFound):
            await give(nobody)
    one = await give(world.nurlan.person_id)
    assert one.reporter == "Нұрлан Бекенов"
    with pytest.raises(NotFound):  # it is another's now
        await database.write(indicators.report, world.aigul, one.id, 2, Q3, 41.6, NOW, ZONE)


async def test_one_sees_what_one_reports_and_secretaries_their_branch(
    database: Database, world: World
) -> None:
    one = await given(database, world, better=Better.LESS, source="Статистика бюросы")
    await database.write(indicators.set_plan, world.dana, one.id, 1, Q2, 41.0, NOW, ZONE)
    for seeing in (world.aigul, world.dana, world.ermek):
        assert [s.indicator.id for s in await database.read(indicators.listed, seeing, TODAY)] == [
            one.id
        ]
    for blind in (world.marat, world.nurlan, world.gone):
        assert await database.read(indicators.listed, blind, TODAY) == []
        with pytest.raises(NotFound):
            await database.read(indicators.get, blind, one.id)
    with pytest.raises(NotFound):
        await database.write(indicators.set_plan, world.marat, one.id, 2, Q2, 1.0, NOW, ZONE)
    with pytest.raises(NotAllowed):
        await database.write(indicators.set_plan, world.aigul, one.id, 2, Q2, 1.0, NOW, ZONE)
    with pytest.raises(NotAllowed):
        await database.write(
            indicators.add, world.aigul, NewIndicator(world.sar, "а", "а", "а", "а"), NOW, ZONE
        )
    problems = await database.read(indicators.listed, world.dana, TODAY, Which.PROBLEM)
    assert [(s.indicator.id, s.standing.late) for s in problems] == [(one.id, 2)]
    assert await database.read(indicators.listed, world.dana, TODAY, Which.MINE) == []
    assert len(await database.read(indicators.listed, world.aigul, TODAY, Which.MINE)) == 1


async def test_narrowed_to_a_branch(database: Database, world: World) -> None:
    one = await given(database, world)

    async def ids(**by: Any) -> list[int]:
        found = await database.read(indicators.narrowed, world.ermek, TODAY, **by)
        return [seen.indicator.id for seen in found]

    assert await ids() == await ids(branch_id=world.sar) == [one.id]
    assert await ids(branch_id=world.bay) == []
    assert await database.read(indicators.find, one.id) == one
