"""One tick of the program: everything that is due, and the sign that somebody looked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from storage import calendar_keeping, facts, heartbeat, inbox, leases, outbox, people, reminders
from storage.broadcasts import timing as broadcasts
from storage.data_tasks import retention, tasks
from storage.indicators import reminding as indicators
from storage.meetings import meeting_reminders, signing
from storage.objects import reminding as objects
from storage.requests import escalating, following, late_bodies, rating
from storage.roadmap import escalating as roadmap_escalating
from storage.roadmap import morning, weekly
from storage.rules.gate import MORNING

DOWN = "down_since"  # of the outbox
DOWN_AFTER = timedelta(minutes=5)
LEASE = "tick"
LEASE_LASTS = timedelta(seconds=40)  # a tick comes every fifteen
DAILY_AT = "daily"  # the fact: when the daily work was done last

# Once a day, at the first tick after nine: fn(tx, now, zone) → how much there was to do.
DAILY: tuple[Callable[[Connection, datetime, ZoneInfo], int], ...] = (
    calendar_keeping.nag,
    signing.nag,
    escalating.tick,
    late_bodies.tick,
    roadmap_escalating.tick,
    indicators.tick,
    objects.tick,
    weekly.tick,
    morning.tick,
    rating.ask,
    tasks.remind,
    retention.tick,
    following.daily,
    lambda tx, now, _zone: inbox.purge(tx, now),
    lambda tx, now, _zone: outbox.purge(tx, now),
)


@dataclass(frozen=True)
class Ticked:
    """What a tick did: messages of reminders, and how much daily work there was."""

    reminders: int
    daily: int


def tick(
    tx: Connection,
    now: datetime,
    zone: ZoneInfo,
    *,
    holder: str = "alone",
    starting: bool = False,
) -> Ticked:
    """Do what is due at ``now``. ``starting``: the first tick of a process, see ``_report``.

    Of several processes (``holder`` names this one) one ticks while it lives. Even two at once
    would do no harm: each message has a key of its own.
    """
    if not leases.hold(tx, LEASE, holder, now, LEASE_LASTS):
        return Ticked(0, 0)
    if starting:
        _report(tx, now, zone)
    broadcasts.tick(tx, now, zone)
    said = reminders.tick(tx, now, zone) + meeting_reminders.tick(tx, now, zone)
    daily = _daily(tx, now, zone)
    heartbeat.beat(tx, heartbeat.TICK, now)
    return Ticked(said, daily)


def _report(tx: Connection, now: datetime, zone: ZoneInfo) -> None:
    """Tell the owners that nobody ticked for more than five minutes, once for each standstill."""
    since = heartbeat.last(tx, heartbeat.TICK)
    if since is None or now - since <= DOWN_AFTER:
        return
    params = {
        "since": since.isoformat(),
        "until": now.isoformat(),
        "late": reminders.waiting(tx, now),
    }
    for owner in people.owners(tx, now.astimezone(zone).date()):
        key = f"{DOWN}:{params['since']}:{owner.id}"
        outbox.put(tx, key, DOWN, owner.id, params, now, priority=outbox.Priority.NOTICE)


def _daily(tx: Connection, now: datetime, zone: ZoneInfo) -> int:
    before = facts.recall(tx, DAILY_AT)
    if before is not None and now < _next_daily(before.astimezone(zone).date(), zone):
        return 0
    if before is None and now.astimezone(zone).time() < MORNING:
        return 0
    facts.remember(tx, DAILY_AT, now)
    return sum(work(tx, now, zone) for work in DAILY)


def _next_daily(last: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(last + timedelta(days=1), MORNING, tzinfo=zone)
