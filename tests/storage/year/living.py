"""Living through a year on the real code, and writing down what happened."""

import random
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, select, update

from storage import (
    branches,
    calendar_keeping,
    demo,
    people,
    reminder_settings,
    reminders,
    roadmap,
    ticking,
    working_days,
)
from storage.demo.roadmap_items import ITEMS, ToldItem
from storage.reminder_settings import HOURS, Settings
from storage.roadmap import Item, NewRoadmapItem, State, replanning
from storage.rules.access import Actor
from storage.rules.working_days import WorkingCalendar
from storage.tables import control_items, indicators, memberships
from storage.tables import reminders as rows
from tests.conftest import ZONE

START = datetime(2026, 1, 5, 2, 30, tzinfo=UTC)
OWNER = SECRETARY = 1001  # of the demo: the bot's owner, and secretary of the region
CARRIERS = (1002, 1003, 1004, 1006, 1007)  # who carry the demo's items
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


@dataclass
class Span:
    """While an item is open with one deadline and, where ``person`` is said, that person's."""

    item: int
    person: int
    deadline: date
    since: datetime
    until: datetime | None = None


@dataclass
class Year:
    """What happened: when the bot ticked, and what became of items, people and calendar."""

    items: dict[int, int] = field(default_factory=dict)  # id → branch
    ticks: list[datetime] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    calendars: list[tuple[datetime, WorkingCalendar]] = field(default_factory=list)
    wishes: list[tuple[datetime, int, Settings]] = field(default_factory=list)
    snoozes: list[tuple[datetime, int, int, int]] = field(default_factory=list)  # …, days

    def calendar(self, moment: datetime) -> int:
        """The number of the calendar that holds at ``moment``."""
        return bisect_right([since for since, _ in self.calendars], moment) - 1

    def open_spans(self, item: int | None = None) -> list[Span]:
        """What lasts now."""
        return [s for s in self.spans if s.until is None and item in (None, s.item)]


@dataclass
class Life:
    """A year that is being lived through."""

    tx: Connection
    chance: random.Random
    year: Year

    def actor(self, telegram_id: int, now: datetime) -> Actor:
        """Who acts."""
        found = people.actor_of(self.tx, telegram_id, now.astimezone(ZONE).date())
        assert found is not None
        return found

    def item(self, item_id: int) -> Item:
        """An item as it is."""
        found = roadmap.find(self.tx, item_id)
        assert found is not None
        return found

    def something(self, now: datetime) -> None:
        """One thing happens: to an item, to somebody's wishes, or a reminder is put off."""
        doing: tuple[Callable[[datetime], None], ...] = (
            *(self.wish, self.put_off, self.put_off, self.finish, self.finish, self.open_again),
            *(self.move, self.move, self.hand_over, self.beside, self.beside, self.remove),
        )
        self.chance.choice(doing)(now)

    def wish(self, now: datetime) -> None:
        """Somebody wants another hour, no early ones, no digests."""
        who = self.actor(self.chance.choice((*CARRIERS, 1001, 1002)), now)
        before = reminder_settings.of(self.tx, who.person_id)
        wished = replace(
            before,
            hour=self.chance.choice(HOURS),
            early=self.chance.random() < 0.5,
            digests=self.chance.random() < 0.7,
        )
        kept = reminder_settings.choose(self.tx, who, wished)
        self.year.wishes.append((now, who.person_id, kept))

    def put_off(self, now: datetime) -> None:
        """A carrier wants to be reminded once more."""
        spans = self.year.open_spans()
        if spans:
            span, days = self.chance.choice(spans), self.chance.choice(reminders.PUT_OFF)
            who = next(a for a in map(self._known(now), CARRIERS) if a.person_id == span.person)
            replanning.snooze(self.tx, who, span.item, days, now, ZONE)
            self.year.snoozes.append((now, span.item, span.person, days))

    def finish(self, now: datetime) -> None:
        """An item is reported done."""
        for item in self._one(closed=False):
            who = self.actor(SECRETARY, now)
            roadmap.report(self.tx, who, item.id, item.version, State.DONE, None, now, ZONE)
            self._end(item.id, now)

    def open_again(self, now: datetime) -> None:
        """What was reported done is not."""
        for item in self._one(closed=True):
            if item.state is State.DONE:
                who, state = self.actor(SECRETARY, now), State.AT_RISK
                roadmap.report(self.tx, who, item.id, item.version, state, None, now, ZONE)
                self._begin(item.id, now)

    def move(self, now: datetime) -> None:
        """Another deadline, later or sooner, on whatever day."""
        for item in self._one(closed=False):
            day = now.astimezone(ZONE).date() + timedelta(days=self.chance.randrange(60))
            if day != item.deadline:
                who, given = self.actor(SECRETARY, now), (item.id, item.version, day, "", now)
                roadmap.move_deadline(self.tx, who, *given, ZONE)
                self._end(item.id, now)
                self._begin(item.id, now)

    def hand_over(self, now: datetime) -> None:
        """Another executor."""
        for item, person in self._able(now):
            if person != item.executor_id:
                who = self.actor(SECRETARY, now)
                roadmap.hand_over(self.tx, who, item.id, item.version, person, now, ZONE)
                self._follow(item.id, now)

    def beside(self, now: datetime) -> None:
        """A co-executor or a curator more, or less."""
        for item, person in self._able(now):
            if person != item.executor_id:
                who, part = (
                    self.actor(SECRETARY, now),
                    self.chance.choice(("curator", "co_executor")),
                )
                given = (item.id, item.version, person, part, now, ZONE)
                roadmap.put_beside(self.tx, who, *given)
                self._follow(item.id, now)

    def remove(self, now: datetime) -> None:
        """The Bureau removes an item from control."""
        if self.chance.random() < 0.3:
            for item in self._one(closed=False):
                reminders.void(self.tx, roadmap.SUBJECT, item.id)
                own = control_items.c.id == item.id
                self.tx.execute(update(control_items).where(own).values(state=State.REMOVED))
                self._end(item.id, now)

    def move_days(self, days: tuple[tuple[date, bool | None], ...], now: datetime) -> None:
        """The owner puts moved days in, or takes them back."""
        owner = self.actor(OWNER, now)
        for day, is_working in days:
            if is_working is None:
                calendar_keeping.forget_day(self.tx, owner, day, 1, now, ZONE)
            else:
                calendar_keeping.set_day(self.tx, owner, day, is_working, None, now, ZONE)
        self.year.calendars.append((now, working_days.load(self.tx)))

    def _one(self, *, closed: bool) -> list[Item]:
        item = self.item(self.chance.choice(list(self.year.items)))
        return [item] if item.is_closed is closed else []

    def _able(self, now: datetime) -> list[tuple[Item, int]]:
        """An open item, and somebody who may carry it."""
        for item in self._one(closed=False):
            who, today = self.actor(SECRETARY, now), now.astimezone(ZONE).date()
            able = {one.id for one in roadmap.carriers(self.tx, who, item.id, today)}
            known = {self.actor(one, now).person_id for one in CARRIERS}
            if able & known:
                return [(item, self.chance.choice(sorted(able & known)))]
        return []

    def _known(self, now: datetime) -> Callable[[int], Actor]:
        return lambda telegram_id: self.actor(telegram_id, now)

    def _begin(self, item_id: int, now: datetime) -> None:
        item = self.item(item_id)
        for person in item.reminded:
            self.year.spans.append(Span(item_id, person, item.deadline, now))

    def _end(self, item_id: int, now: datetime) -> None:
        for span in self.year.open_spans(item_id):
            span.until = now

    def _follow(self, item_id: int, now: datetime) -> None:
        """Whoever came begins, whoever left ends; nothing happens to the others."""
        item, lasting = self.item(item_id), self.year.open_spans(item_id)
        for span in lasting:
            if span.person not in item.reminded:
                span.until = now
        for person in set(item.reminded) - {span.person for span in lasting}:
            self.year.spans.append(Span(item_id, person, item.deadline, now))


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
