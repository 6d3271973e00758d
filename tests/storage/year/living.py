"""Living through a year on the real code, and writing down what happened."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, select, update

from storage import branches, demo, reminders, roadmap, ticking
from storage.demo.roadmap_items import ITEMS, ToldItem
from storage.roadmap import NewRoadmapItem, State
from storage.rules.working_days import WorkingCalendar
from storage.tables import control_items, indicators, memberships
from storage.tables import reminders as rows
from tests.conftest import ZONE
from tests.storage.year.happening import Life, Span, Year

START = datetime(2026, 1, 5, 2, 30, tzinfo=UTC)
CHANGES_A_DAY = 6
# Hours of the day, from half past seven in the morning, in which it ticks: others cost and say
# nothing. Two are around nine o'clock, one lies in the afternoon and one after nine in the evening.
TICKING = (1, 2, 8, 14)
# The hour of the year when the bot stopped, and for how many hours: over a weekend, over Nauryz
# with its days off, and in the middle of a week.
OUTAGES = ((1218, 72), (1820, 60), (6100, 30))
# What the administrator puts in, by the day of the year on which it is said: days off and working
# Saturdays, near and far, one for the very day, and (None) two that are taken back.
MOVED: dict[int, tuple[tuple[date, bool | None], ...]] = {
    3: ((date(2026, 3, 14), True), (date(2026, 3, 20), False)),
    40: ((date(2026, 2, 16), False), (date(2026, 6, 27), True)),
    100: ((date(2026, 4, 15), False), (date(2026, 4, 18), True)),
    141: ((date(2026, 5, 28), False), (date(2026, 6, 27), None)),
    230: tuple((date(2026, 9, day), False) for day in range(1, 5)),
    237: ((date(2026, 9, 3), None),),
    300: ((date(2026, 11, 27), False), (date(2026, 12, 12), True)),
}


def live(
    tx: Connection, copies: int, hours: int, ticks: random.Random, *, steady: bool = False
) -> Year:
    """Live through ``hours`` with ``copies`` of the demo's items; ``ticks`` says when it ticks.

    ``steady``: no standstill, and nothing happens in the hour in which reminders come due.
    """
    chance = random.Random(2026)  # noqa: S311 - a story, no secret
    life = Life(tx, chance, Year(calendars=[(START - timedelta(days=1), WorkingCalendar())]))
    _settle(life, copies)
    stood, down = (
        False,
        {hour for start, length in OUTAGES for hour in range(start, start + length)},
    )
    for hour in range(hours):
        now = START + timedelta(hours=hour, minutes=chance.randrange(20))
        if hour in down and not steady:
            stood = True
            continue
        if hour % 24 == 5 and hour // 24 in MOVED:
            life.move_days(MOVED[hour // 24], now)
        happens = chance.random() < CHANGES_A_DAY / 24
        if happens and not (steady and hour % 24 in (1, 2)):
            life.something(now)
        if hour % 24 not in TICKING:
            continue
        later = now + timedelta(minutes=ticks.randrange(1, 10))
        # Two processes: one of them ticks, and the other finds nothing to do.
        for holder in ticks.sample(("one", "other"), 2):
            ticking.tick(tx, later, ZONE, holder=holder, starting=stood)
        assert reminders.tick(tx, later, ZONE) == 0
        life.year.ticks.append(later)
        stood = False
    return life.year


def _settle(life: Life, copies: int) -> None:
    """The demo's region; its items so many times, with deadlines over the whole year."""
    tx, chance = life.tx, life.chance
    demo.load(tx, START, ZONE)
    tx.execute(update(control_items).values(state=State.REMOVED))
    tx.execute(update(indicators).values(reporter_id=None))
    tx.execute(update(rows).values(state="void"))
    ids = {one.code: one.id for one in branches.every(tx)}
    for copy in range(copies):
        for told in ITEMS:
            item = _new(told, ids[told.branch], f"{told.number}/{copy}")
            day = START.date() + timedelta(days=chance.randrange(-20, 330))
            executor = life.actor(told.telegram_id, START).person_id
            wanted = replace(item, deadline=day, executor_id=executor)
            item_id = roadmap.add(tx, wanted, START, ZONE)
            life.year.items[item_id] = item.branch_id
            life.year.spans.append(Span(item_id, executor, day, START))


def _new(told: ToldItem, branch_id: int, number: str) -> NewRoadmapItem:
    return NewRoadmapItem(
        number=number,
        branch_id=branch_id,
        direction_kk=told.direction.kk,
        direction_ru=told.direction.ru,
        title_kk=told.title_kk,
        title_ru=told.title_ru,
        executor_id=0,
        deadline=START.date(),
    )


def secretaries(tx: Connection) -> dict[int | None, list[int]]:
    """Who looks after each branch; None: after the region."""
    found: dict[int | None, list[int]] = {}
    for row in tx.execute(select(memberships)):
        if row.role in ("branch_secretary", "regional_secretary"):
            found.setdefault(row.branch_id, []).append(row.person_id)
    return found
