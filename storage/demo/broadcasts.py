"""A fictional broadcast of a branch's secretary, two days old: some answered, some did not."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from storage import broadcasts, deliveries, people
from storage.broadcasts import YES_NO, Content, Extras
from storage.demo.joining import actor
from storage.demo.past import Past
from storage.rules.working_days import WorkingCalendar
from storage.tables import deliveries as delivery_table
from storage.tables import people as people_table

SECRETARY = 1002
AT = time(10, 0)
MINUTE = timedelta(minutes=1)
WORDS = "[демо] Сенбі күні сағат 10:00-де аулада сенбілік өтеді. Келесіз бе?"
FOR_RUSSIAN = "[демо] В субботу в 10:00 во дворе пройдёт субботник. Придёте?"
ANSWERS = (0, 0, 1)  # yes, yes, no; whoever comes after has said nothing yet
SILENT = range(1101, 1105)  # of the branch; their phones are made up, as they are


def load(tx: Connection, now: datetime, zone: ZoneInfo, calendar: WorkingCalendar) -> None:
    """Draft, confirm and deliver it, as its author and its recipients would."""
    past = Past(now, zone, calendar)
    at, today = past.moment(2, AT), past.today
    author = actor(tx, SECRETARY, today)
    for number, telegram_id in enumerate(SILENT, start=1):
        person_id = people_table.c.telegram_id == telegram_id
        whose = tx.execute(select(people_table.c.id).where(person_id)).scalar_one()
        people.set_phone(tx, whose, f"+7700000000{number}")
    (branch_id,) = {membership.branch_id for membership in author.memberships}
    draft = broadcasts.draft(tx, author, branch_id, Content(WORDS), at, today).broadcast
    version = Content(FOR_RUSSIAN)
    broadcasts.rewrite(tx, author, draft.id, draft.version, version, at, today, language="ru")
    extras = Extras(asks=YES_NO)
    shown = broadcasts.adjust(tx, author, draft.id, draft.version + 1, extras, at, today)
    of, total = shown.broadcast, shown.audience.total
    broadcasts.confirm(tx, author, of.id, of.version, total, at, today)
    _arrive(tx, of.id, past, at)


def _arrive(tx: Connection, broadcast_id: int, past: Past, at: datetime) -> None:
    reached = tx.execute(
        select(people_table.c.id, people_table.c.telegram_id)
        .join(delivery_table, delivery_table.c.person_id == people_table.c.id)
        .where(delivery_table.c.broadcast_id == broadcast_id, delivery_table.c.state == "waiting")
        .order_by(people_table.c.telegram_id)
    ).all()
    for number, (person_id, _) in enumerate(reached, start=1):
        deliveries.settle(tx, broadcast_id, person_id, "sent", at + number * MINUTE)
    for answer, (_, telegram_id) in zip(ANSWERS, reached, strict=False):
        who = actor(tx, telegram_id, past.today)
        deliveries.answer(tx, who, broadcast_id, answer, at + timedelta(hours=1 + answer))
