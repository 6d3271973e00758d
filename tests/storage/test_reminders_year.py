"""A year of five hundred items with outages, changes and moved days, against a brute-force walk."""

import random
from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from sqlalchemy import Connection, select

from storage import calendar_keeping, people, reminders, roadmap, ticking, working_days
from storage.database import Database
from storage.roadmap import State
from storage.rules.access import Role
from storage.rules.working_days import WorkingCalendar
from storage.tables import control_items, outbox
from tests.conftest import ZONE
from tests.storage import roadmap_world as world

START = datetime(2026, 1, 5, 2, 30, tzinfo=UTC)
YEAR, QUARTER = 366 * 24, 92 * 24  # hours
CHANGES_A_DAY = 2
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
CARRIERS = (world.DAUREN, world.ASEL, world.SECRETARY)
OWNER = 1101
BEFORE = (-30, -14, -7, -3, -1, 0)
SAID = ("roadmap_reminder", "reminder_digest")
Said = tuple[datetime, int, int, datetime]  # tick, person, item, due


@dataclass
class Span:
    """While an item is one person's with one deadline and not done."""

    item: int
    person: int
    deadline: date
    since: datetime
    until: datetime | None = None


@dataclass
class Year:
    """What happened: when the bot ticked, what became of the items, and of the calendar."""

    ticks: list[datetime] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    calendars: list[tuple[datetime, WorkingCalendar]] = field(default_factory=list)

    def calendar(self, moment: datetime) -> int:
        """The number of the calendar that holds at ``moment``."""
        return bisect_right([since for since, _ in self.calendars], moment) - 1


# Living through it


def live(tx: Connection, seed: int, items: int, hours: int) -> Year:
    """Live through ``hours`` on the real code, a tick an hour."""
    chance = random.Random(seed)  # noqa: S311 - a story, no secret
    year = Year(calendars=[(START - timedelta(days=1), WorkingCalendar())])
    world.settle(tx, START)
    people.join(tx, people.meet(tx, OWNER, "Иесі", START), Role.OWNER, None, date(2025, 1, 1))
    for number in range(items):
        day = START.date() + timedelta(days=chance.randrange(-20, 330))
        carrier = chance.choice(CARRIERS)
        item_id = world.item(tx, str(number), day, START, executor=carrier)
        person = world.actor(tx, carrier, START).person_id
        year.spans.append(Span(item_id, person, day, START))
    down = {hour for start, length in OUTAGES for hour in range(start, start + length)}
    for hour in range(hours):
        now = START + timedelta(hours=hour, minutes=chance.randrange(50))
        if hour in down:
            continue
        if hour % 24 == 5 and hour // 24 in MOVED:
            move_days(tx, year, MOVED[hour // 24], now)
        if chance.random() < CHANGES_A_DAY / 24:
            change(tx, chance, year, now)
        later = now + timedelta(minutes=5)
        ticking.tick(tx, later, ZONE, starting=hour - 1 in down)
        year.ticks.append(later)
    return year


def move_days(
    tx: Connection, year: Year, days: tuple[tuple[date, bool | None], ...], now: datetime
) -> None:
    """The owner puts moved days in, or takes them back."""
    owner = world.actor(tx, OWNER, now)
    for day, is_working in days:
        if is_working is None:
            calendar_keeping.forget_day(tx, owner, day, 1, now, ZONE)
        else:
            calendar_keeping.set_day(tx, owner, day, is_working, None, now, ZONE)
    year.calendars.append((now, working_days.load(tx)))


def change(tx: Connection, chance: random.Random, year: Year, now: datetime) -> None:
    """Somebody finishes, hands over, moves or opens again one item."""
    span = chance.choice([s for s in latest(year) if s.until is None or chance.random() < 0.3])
    row = tx.execute(select(control_items).where(control_items.c.id == span.item)).one()
    secretary = world.actor(tx, world.SECRETARY, now)
    follows = Span(span.item, span.person, span.deadline, now)
    if span.until is not None:
        roadmap.report(tx, secretary, span.item, row.version, State.AT_RISK, None, now, ZONE)
        year.spans.append(follows)
        return
    span.until = now
    step = chance.choice(("done", "done", "move", "back", "hand"))
    if step == "done":
        roadmap.report(tx, secretary, span.item, row.version, State.DONE, None, now, ZONE)
        return
    if step == "hand":
        carrier = world.actor(tx, chance.choice(CARRIERS), now)
        follows.person = carrier.person_id
        roadmap.hand_over(tx, secretary, span.item, row.version, follows.person, now, ZONE)
    else:
        ahead = chance.randrange(0, 60) if step == "move" else 5
        follows.deadline = now.astimezone(ZONE).date() + timedelta(days=ahead)
        roadmap.move_deadline(
            tx, secretary, span.item, row.version, follows.deadline, "", now, ZONE
        )
    year.spans.append(follows)


def latest(year: Year) -> list[Span]:
    return list({span.item: span for span in year.spans}.values())


# The reference: knows nothing of rows, states and plans


class Walk:
    """Walks through the events of each span, one after the other."""

    def __init__(self, year: Year) -> None:
        self.year = year
        self.said: Counter[Said] = Counter()
        # Rungs that were said or overtaken: none comes twice to one person of one deadline.
        self.over: defaultdict[tuple[int, int, date], set[int]] = defaultdict(set)
        self.known: dict[tuple[int, date, int], datetime] = {}
        ticks = [(moment, -1) for moment in year.ticks]
        changes = [(since, number) for number, (since, _) in enumerate(year.calendars)]
        self.events = sorted(ticks + changes)

    def due(self, calendar: int, deadline: date, days: int) -> datetime:
        """Nine o'clock of the rung's day, or of the nearest working day on its side."""
        key = (calendar, deadline, days)
        if key not in self.known:
            day = deadline + timedelta(days=days)
            while not self.year.calendars[calendar][1].is_working(day):
                day += timedelta(days=1 if days > 0 else -1)
            self.known[key] = datetime.combine(day, time(9), tzinfo=ZONE)
        return self.known[key]

    def week(self, calendar: int, span: Span, after: datetime) -> int:
        """The next weekly rung that was not said, and is still to come after a moment."""
        over = self.over[span.item, span.person, span.deadline]
        days = max((0, *over)) + 7
        while self.due(calendar, span.deadline, days) <= after:
            days += 7
        return days

    def walk(self, span: Span) -> None:
        """What is said of an item while this lasts."""
        over = self.over[span.item, span.person, span.deadline]
        calendar = self.year.calendar(span.since)

        def due(days: int) -> datetime:
            return self.due(calendar, span.deadline, days)

        waiting = {days for days in BEFORE if days not in over and due(days) > span.since}
        waiting.add(self.week(calendar, span, span.since))
        soonest = min(map(due, waiting))
        for moment, number in self.events[bisect_right(self.events, (span.since, 10**6)) :]:
            if span.until is not None and moment >= span.until:
                return
            if number >= 0:
                calendar = number
                soonest = min(map(due, waiting))
            elif soonest <= moment:
                now = sorted((due(days), days) for days in waiting if due(days) <= moment)
                last, rung = now[-1]
                self.said[moment, span.person, span.item, last.astimezone(UTC)] += 1
                waiting -= {days for _, days in now}
                over |= {days for _, days in now}
                if rung > 0:
                    waiting.add(self.week(calendar, span, moment))
                soonest = min(map(due, waiting))


def heard(tx: Connection) -> tuple[Counter[Said], list[tuple[datetime, datetime, int, bool]]]:
    """What the bot queued, each item apart; and each message: sent from, tick, person, late."""
    said: Counter[Said] = Counter()
    messages = []
    for row in tx.execute(select(outbox).where(outbox.c.kind.in_(SAID))):
        ones = row.params.get("items", [row.params])
        dues = [datetime.fromisoformat(one["due_at"]) for one in ones]
        for one, due_at in zip(ones, dues, strict=True):
            said[row.created_at, row.person_id, one["item_id"], due_at] += 1
        late = any(reminders.is_late(due_at, row.not_before) for due_at in dues)
        messages.append((row.not_before, row.created_at, row.person_id, late))
    return said, messages


async def test_a_year(database: Database) -> None:
    # The server is asked over the wire, so it lives through a quarter only.
    items, hours, least = (500, YEAR, 3000) if database.is_sqlite else (100, QUARTER, 200)
    year = await database.write(live, 2026, items, hours)
    said, messages = await database.read(heard)
    reference = Walk(year)
    for span in year.spans:
        reference.walk(span)
    assert said == reference.said  # none missed, none more
    assert len(said) > least
    assert max(said.values()) == 1
    # A person hears once a tick.
    assert max(Counter((tick, person) for _, tick, person, _ in messages).values()) == 1
    for not_before, tick, _, _ in messages:
        local = not_before.astimezone(ZONE)
        assert not_before >= tick
        assert year.calendars[year.calendar(tick)][1].is_working(local.date())
        assert time(8) <= local.time() < time(21)
    # Late is what came after a standstill, or what the calendar moved into the past.
    gaps = {after for before, after in pairwise(year.ticks) if after - before > timedelta(days=1)}
    moved = {min(t for t in year.ticks if t > since) for since, _ in year.calendars}
    assert {tick for _, tick, _, late in messages if late} <= gaps | moved
    assert gaps & {tick for _, tick, _, late in messages if late}
    assert {late for *_, late in messages} == {True, False}
    told = select(outbox.c.params).where(outbox.c.kind == ticking.DOWN)
    over = [start for start, length in OUTAGES if start + length < hours]
    assert len(await database.read(lambda tx: tx.execute(told).all())) == len(over)
