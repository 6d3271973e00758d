"""What happens in a year: to items, to people and to the calendar; and how it is written down."""

import random
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, update

from storage import calendar_keeping, people, reminder_settings, reminders, roadmap, working_days
from storage.reminder_settings import HOURS, Settings
from storage.roadmap import Item, State, replanning
from storage.rules.access import Actor
from storage.rules.working_days import WorkingCalendar
from storage.tables import control_items
from tests.conftest import ZONE

OWNER = SECRETARY = 1001  # of the demo: the bot's owner, and secretary of the region
CARRIERS = (1002, 1003, 1004, 1006, 1007)  # who carry the demo's items


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
