"""What the source names of the roadmap and proposes, under control.

The source gives no deadline and no executor: both are made up, and each card says so.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from storage import roadmap
from storage.demo.joining import actor
from storage.demo.roadmap_items import BUSINESS, NOTE, SPORT, Words
from storage.first_branches import ORDABASY, REGION
from storage.roadmap import Kind, NewRoadmapItem, Term
from storage.roadmap.adding import SERIES
from storage.rules.working_days import WorkingCalendar
from storage.tables import meetings

HEAD = 1007  # Telegram id
MADE_UP = "мерзімі мен орындаушысы – [демо]"
PROGRAMME = f"Сайлауалды бағдарламаның жол картасы; {MADE_UP}"


@dataclass(frozen=True)
class Named:
    """An item, due ``due_in`` days after the loading; ``under``: number of what it is a part of."""

    number: str
    branch: str
    direction: Words
    title: Words
    due_in: int
    kind: Kind = Kind.ROADMAP
    term: Term = Term.DATE
    under: str | None = None


def _works_begun(number: str, branch: str, kk: str, ru: str) -> Named:
    title = Words(
        f"{kk} ашылуы тиіс жаңа өндіріс орындары", f"Новые производства, которые откроются {ru}"
    )
    return Named(number, branch, BUSINESS, title, 70, under="7")


def _proposed(number: str, branch: str, direction: Words, kk: str, ru: str) -> Named:
    return Named(number, branch, direction, Words(kk, ru), 50, Kind.RECOMMENDATION)


NAMED = (
    Named(
        "7",
        REGION,
        BUSINESS,
        Words(
            "Жол картасына енген жаңа өндіріс орындарын ашу",
            "Открыть новые производства, вошедшие в Дорожную карту",
        ),
        80,
    ),
    _works_begun("7.1", ORDABASY, "Ордабасы ауданында", "в Ордабасинском районе"),
    _works_begun("7.2", "ШАР", "Шардара ауданында", "в Шардаринском районе"),
    _works_begun("7.3", "СОЗ", "Созақ ауданында", "в Созакском районе"),
    _works_begun("7.4", "ТҮЛ", "Түлкібас ауданында", "в Тюлькубасском районе"),
    _works_begun("7.5", "КЕН", "Кентау қаласында", "в городе Кентау"),
    Named(
        "8",
        REGION,
        BUSINESS,
        Words(
            "2025–2028 жылдары 110 инвестициялық жобаны іске асыру (құны 2,3 трлн теңге)",
            "Реализовать в 2025–2028 годах 110 инвестиционных проектов (на 2,3 трлн тенге)",
        ),
        90,
        term=Term.YEARLY,
    ),
    _proposed(
        "1",
        "ТҮР",
        SPORT,
        "Қаладағы жаңа спорт кешендерінің белсенді қызметін қамтамасыз ету",
        "Обеспечить активную работу новых спорткомплексов города",
    ),
    _proposed(
        "2",
        REGION,
        SPORT,
        "Ерекше қажеттіліктері бар балаларды спорт секцияларына қамту",
        "Охватить спортивными секциями детей с особыми потребностями",
    ),
    _proposed(
        "3",
        REGION,
        BUSINESS,
        "Өндірістік парктерді көлік инфрақұрылымы дамыған аймақтарда орналастыру",
        "Размещать промышленные парки там, где развита транспортная инфраструктура",
    ),
    _proposed(
        "4",
        "САЙ",
        BUSINESS,
        "Сайрам ауданындағы электр қуатының жетіспеушілігіне пәрменді шара қолдану",
        "Принять действенные меры по нехватке электроэнергии в Сайрамском районе",
    ),
    _proposed(
        "5",
        REGION,
        BUSINESS,
        "Инвестициялық штабтың көмегіне отандық инвесторлардың да жүгінуіне жағдай жасау",
        "Открыть помощь Инвестиционного штаба и для отечественных инвесторов",
    ),
)


def load(
    tx: Connection,
    branch_ids: dict[str, int],
    now: datetime,
    zone: ZoneInfo,
    calendar: WorkingCalendar,
) -> None:
    """Put them down: items of the roadmap, and what was proposed at the meeting that was held."""
    today = now.astimezone(zone).date()
    executor_id = actor(tx, HEAD, today).person_id
    # The source gives its meeting no day.
    held = select(meetings.c.id).where(meetings.c.state == "held", meetings.c.starts_at.is_(None))
    meeting_id = tx.execute(held).scalars().one()
    ids: dict[str, int] = {}
    for named in NAMED:
        is_proposed = named.kind is Kind.RECOMMENDATION
        item = NewRoadmapItem(
            number=named.number,
            branch_id=branch_ids[named.branch],
            direction_kk=named.direction.kk,
            direction_ru=named.direction.ru,
            title_kk=named.title.kk,
            title_ru=named.title.ru,
            executor_id=executor_id,
            deadline=calendar.next_working(today + timedelta(days=named.due_in)),
            completion_kk=NOTE.kk,
            completion_ru=NOTE.ru,
            kind=named.kind,
            series=SERIES[named.kind],
            term=named.term,
            programme=MADE_UP if is_proposed else PROGRAMME,
            meeting_id=meeting_id if is_proposed else None,
            parent_id=ids[named.under] if named.under else None,
        )
        item_id = roadmap.add(tx, item, now, zone)
        if not is_proposed:
            ids[named.number] = item_id
