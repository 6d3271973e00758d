"""Loads the fictional items of the roadmap, with what was reported of them."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from storage import roadmap
from storage.demo.joining import actor
from storage.demo.past import Past
from storage.demo.roadmap_items import ITEMS, ToldItem
from storage.errors import NotFound
from storage.roadmap import NewRoadmapItem
from storage.rules.working_days import WorkingCalendar

REPORTED_AT = time(16, 0)


def load(
    tx: Connection,
    branch_ids: dict[str, int],
    now: datetime,
    zone: ZoneInfo,
    calendar: WorkingCalendar,
) -> None:
    """Put down every item and its reports; its deadline counts from the day of loading."""
    today = now.astimezone(zone).date()
    # Planned as on the last working morning, so that what is due today is still said: at once or,
    # on a day off, when the gate opens.
    planned = datetime.combine(calendar.previous_working(today), time(), tzinfo=zone)
    past = Past(now, zone, calendar)
    for told in ITEMS:
        executor = actor(tx, told.telegram_id, today)
        item = NewRoadmapItem(
            number=told.number,
            branch_id=branch_ids[told.branch],
            direction_kk=told.direction.kk,
            direction_ru=told.direction.ru,
            title_kk=told.title_kk,
            title_ru=told.title_ru,
            executor_id=executor.person_id,
            deadline=today + timedelta(days=told.due_in),
            completion_kk=told.completion.kk,
            completion_ru=told.completion.ru,
        )
        item_id = roadmap.add(tx, item, planned, zone)
        _report(tx, told, item_id, past)


def _report(tx: Connection, told: ToldItem, item_id: int, past: Past) -> None:
    executor = actor(tx, told.telegram_id, past.today)
    item = roadmap.find(tx, item_id)
    if item is None:
        raise NotFound(roadmap.SUBJECT)
    for report in told.reports:
        at = past.moment(report.days_ago, REPORTED_AT)
        item = roadmap.report(
            tx, executor, item_id, item.version, report.state, report.text, at, past.zone
        )
