"""A question with everything on it: indicators, items, an object, an instruction of a meeting."""

from datetime import timedelta

from sqlalchemy import Connection

from storage import indicators, roadmap
from storage.indicators import NewIndicator
from storage.roadmap import Kind, NewRoadmapItem, State
from storage.rules.access import Actor
from storage.rules.reporting_periods import Period
from tests.conftest import NOW, ZONE
from tests.storage.objects.given import TODAY, an_object

SPORT = ("Бұқаралық спорт", "Массовый спорт")
SCHOOLS = ("Білім беру", "Образование")
REASON = "Подрядчик задержал поставку"


def everything(tx: Connection, secretary: Actor, executor: Actor, branch_id: int) -> None:
    """What stands on sport in the branch, and one item of schools beside it."""
    new = NewIndicator(
        branch_id, *SPORT, "Спортпен айналысатындар үлесі", "Доля занимающихся спортом"
    )
    one = indicators.add(tx, secretary, new, NOW, ZONE)
    one = indicators.set_plan(tx, secretary, one.id, 1, Period(2026, 9), 41.7, NOW, ZONE)
    indicators.report(tx, secretary, one.id, 2, Period(2026, 9), 41.6, NOW, ZONE)
    late = _item(tx, "1.1", branch_id, SPORT, executor, -10)
    _item(tx, "1.2", branch_id, SPORT, executor, 30)
    _item(tx, "2.1", branch_id, SCHOOLS, executor, 5)
    roadmap.report(tx, executor, late, 1, State.AT_RISK, REASON, NOW, ZONE)
    task = NewRoadmapItem(
        "7",
        branch_id,
        None,
        None,
        "Спорт секцияларын қамту туралы есеп беру",
        "Отчитаться об охвате спортивными секциями",
        executor.person_id,
        TODAY - timedelta(days=3),
        kind=Kind.INSTRUCTION,
        series="meeting:1",
    )
    roadmap.add(tx, task, NOW, ZONE)
    details = {"direction_kk": SPORT[0], "direction_ru": SPORT[1], "percent": 55}
    an_object(tx, secretary, branch_id, **details)


def _item(
    tx: Connection,
    number: str,
    branch_id: int,
    direction: tuple[str, str],
    executor: Actor,
    due_in: int,
) -> int:
    item = NewRoadmapItem(
        number,
        branch_id,
        *direction,
        f"{direction[0]} бойынша {number}-тармақ",
        f"Пункт {number} о направлении «{direction[1]}»",
        executor.person_id,
        TODAY + timedelta(days=due_in),
    )
    return roadmap.add(tx, item, NOW, ZONE)
