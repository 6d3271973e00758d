"""The two objects that the source speaks of, under control; what is told of them is made up."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import Connection, or_, select, update

from storage import objects
from storage.demo.joining import actor
from storage.demo.past import Past
from storage.demo.roadmap_items import SPORT, Words
from storage.errors import NotFound
from storage.first_branches import REGION, SARYAGASH
from storage.objects import NewObject, NewVisit
from storage.objects.rows import VISIT
from storage.tables import proposals, reminders

SECRETARY, DEPUTY = 1001, 1003
TAKEN_AT, NOTED_AT = time(11, 0), time(17, 0)


@dataclass(frozen=True)
class ToldVisit:
    """A visit ``days_ago``; a recommendation is due ``due_in`` days after the loading."""

    days_ago: int
    percent: int
    findings: str
    recommendation: str | None = None
    due_in: int = 0


@dataclass(frozen=True)
class ToldObject:
    """An object, taken by the proposal that has ``word`` in it."""

    word: str
    branch: str
    name: Words
    place: str
    contractor: str
    plan_in: int  # days after the loading
    curator: int
    visits: tuple[ToldVisit, ...]


OBJECTS = (
    ToldObject(
        "ипподром",
        REGION,
        Words(
            "Түркістан қаласындағы ипподром құрылысы",
            "Строительство ипподрома в городе Туркестане",
        ),
        "Түркістан қаласы",
        "«Ұлан құрылыс» ЖШС [демо]",
        45,
        SECRETARY,
        (
            ToldVisit(90, 35, "Іргетасы құйылды, трибуна қаңқасы тұрғызылуда. [демо]"),
            ToldVisit(
                20,
                55,
                "Трибуна қаңқасы дайын, жарық желісі тартылған жоқ. [демо]",
                "Жарық желісі бойынша кестені ұсыну. [демо]",
                10,
            ),
        ),
    ),
    ToldObject(
        "Жылға",
        SARYAGASH,
        Words(
            "Жылға елді мекеніндегі спорт кешенінің құрылысы",
            "Строительство спортивного комплекса в населённом пункте Жылга",
        ),
        "Сарыағаш ауданы, Жылға елді мекені",
        "«Келес құрылыс» ЖШС [демо]",
        -12,
        DEPUTY,
        (
            ToldVisit(
                60,
                70,
                "Шатыры жабылды, еденге материал жеткізілмеген. [демо]",
                "Материал жеткізу мерзімін нақтылау. [демо]",
                -30,
            ),
        ),
    ),
)


def load(tx: Connection, branch_ids: dict[str, int], past: Past) -> None:
    """Take both under control, with their curators and visits."""
    for told in OBJECTS:
        secretary, today = actor(tx, SECRETARY, past.today), past.today
        details: dict[str, Any] = {
            "place": told.place,
            "contractor": told.contractor,
            "direction_kk": SPORT.kk,
            "direction_ru": SPORT.ru,
            "plan_on": today + timedelta(days=told.plan_in),
            "curator_id": actor(tx, told.curator, today).person_id,
        }
        new = NewObject(_proposal(tx, told.word), *told.name, branch_ids[told.branch], details)
        one = objects.take(tx, secretary, new, past.moment(120, TAKEN_AT), today)
        for visit in told.visits:
            curator = actor(tx, told.curator, today)
            at = past.moment(visit.days_ago, NOTED_AT)
            objects.add_visit(tx, curator, one.id, _visit(visit, at.date(), today), at, past.zone)
    # What came due before the loading is no matter now.
    due = (reminders.c.subject == VISIT, reminders.c.due_at <= past.now)
    tx.execute(update(reminders).where(*due).values(state="expired"))


def _visit(told: ToldVisit, day: date, today: date) -> NewVisit:
    due = today + timedelta(days=told.due_in) if told.recommendation else None
    return NewVisit(
        day,
        told.findings,
        percent=told.percent,
        recommendation=told.recommendation,
        due_on=due,
    )


def _proposal(tx: Connection, word: str) -> int:
    """The proposal of the source with ``word`` in it."""
    query = (
        select(proposals.c.id)
        .where(or_(proposals.c.text_kk.contains(word), proposals.c.text_ru.contains(word)))
        .order_by(proposals.c.id.desc())
        .limit(1)
    )
    found = tx.execute(query).scalar()
    if found is None:
        raise NotFound("proposal")
    return int(found)
