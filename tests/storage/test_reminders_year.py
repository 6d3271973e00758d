"""A year of fifty items with outages, changes and holidays, against a reference by brute force."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, insert, select

from storage import reminders, roadmap
from storage.database import Database
from storage.roadmap import State
from storage.rules.working_days import WorkingCalendar
from storage.tables import calendar_overrides, outbox, roadmap_items
from tests.conftest import ZONE
from tests.storage import roadmap_world as world

START = datetime(2026, 1, 5, 2, 30, tzinfo=UTC)
HOURS = 366 * 24
MOVED = {date(2026, 3, 14): True, date(2026, 3, 20): False, date(2026, 11, 27): False}
CARRIERS = (world.DAUREN, world.ASEL, world.SECRETARY)
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
    """What happened: when the bot ticked, and what became of the items."""

    ticks: list[datetime] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)


def live(tx: Connection, seed: int) -> Year:
    """Live through the year on the real code."""
    chance = random.Random(seed)  # noqa: S311 - a story, no secret
    year = Year()
    tx.execute(insert(calendar_overrides), [{"day": d, "is_working": w} for d, w in MOVED.items()])
    world.settle(tx, START)
    for number in range(50):
        day = START.date() + timedelta(days=chance.randrange(-20, 330))
        carrier = chance.choice(CARRIERS)
        item_id = world.item(tx, str(number), day, START, executor=carrier)
        person = world.actor(tx, carrier, START).person_id
        year.spans.append(Span(item_id, person, day, START))
    down_until = START
    for hour in range(HOURS):
        now = START + timedelta(hours=hour, minutes=chance.randrange(50))
        if chance.random() < 0.01:
            down_until = now + timedelta(hours=chance.choice((3, 12, 30, 80, 400)))
        if chance.random() < 0.02:
            change(tx, chance, year, now)
        if now >= down_until:
            later = now + timedelta(minutes=5)
            reminders.tick(tx, later, ZONE)
            year.ticks.append(later)
    return year


def change(tx: Connection, chance: random.Random, year: Year, now: datetime) -> None:
    """Somebody finishes, hands over, moves or opens again one item."""
    span = chance.choice([s for s in latest(year) if s.until is None or chance.random() < 0.3])
    row = tx.execute(select(roadmap_items).where(roadmap_items.c.id == span.item)).one()
    secretary = world.actor(tx, world.SECRETARY, now)
    follows = Span(span.item, span.person, span.deadline, now)
    if span.until is not None:
        roadmap.report(tx, secretary, span.item, row.version, State.AT_RISK, None, now, ZONE)
        year.spans.append(follows)
        return
    span.until = now
    step = chance.choice(("done", "move", "back", "hand"))
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


def nine(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=ZONE)


def morning(day: date, forward: bool) -> datetime:
    """Nine o'clock of ``day``, or of the nearest working day in one direction."""
    calendar = WorkingCalendar(MOVED)
    while not calendar.is_working(day):
        day += timedelta(days=1 if forward else -1)
    return nine(day)


def reference(year: Year) -> Counter[Said]:
    """Walk through the ticks of every span; knows nothing of rows, states and plans."""
    said: Counter[Said] = Counter()
    for span in year.spans:
        up_to = {morning(span.deadline - timedelta(days=n), False) for n in (30, 14, 7, 3, 1, 0)}
        weekly = [morning(span.deadline + timedelta(days=7 * n), True) for n in range(1, 70)]
        ahead = sorted(moment for moment in up_to if moment > span.since)
        week = next((moment for moment in weekly if moment > span.since), None)
        for tick in year.ticks:
            if tick <= span.since or (span.until is not None and tick >= span.until):
                continue
            due = [moment for moment in ahead if moment <= tick]
            ahead = ahead[len(due) :]
            if week is not None and week <= tick:
                due.append(week)
                week = next((moment for moment in weekly if moment > tick), None)
            if due:
                said[tick, span.person, span.item, due[-1].astimezone(UTC)] += 1
    return said


def heard(tx: Connection) -> tuple[Counter[Said], list[tuple[datetime, datetime, int, bool]]]:
    """What the bot queued, each item apart; and each message: sent from, tick, person, late."""
    said: Counter[Said] = Counter()
    messages = []
    for row in tx.execute(select(outbox).where(outbox.c.priority == 2)):
        ones = row.params.get("items", [row.params])
        dues = [datetime.fromisoformat(one["due_at"]) for one in ones]
        for one, due_at in zip(ones, dues, strict=True):
            said[row.created_at, row.person_id, one["item_id"], due_at] += 1
        late = any(reminders.is_late(due_at, row.not_before) for due_at in dues)
        messages.append((row.not_before, row.created_at, row.person_id, late))
    return said, messages


async def test_a_year(database: Database) -> None:
    year = await database.write(live, 2026)
    said, messages = await database.read(heard)
    expected = reference(year)
    assert said == expected
    assert len(expected) > 300
    assert max(said.values()) == 1
    # A person hears once a tick, and each rung of a deadline once for ever.
    assert max(Counter((tick, person) for _, tick, person, _ in messages).values()) == 1
    assert max(Counter((item, person, due) for _, person, item, due in said).values()) == 1
    calendar = WorkingCalendar(MOVED)
    for not_before, tick, _, _ in messages:
        local = not_before.astimezone(ZONE)
        assert not_before >= tick
        assert calendar.is_working(local.date())
        assert time(8) <= local.time() < time(21)
    assert {late for *_, late in messages} == {True, False}
