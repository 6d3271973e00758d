"""What a person's list of requests is narrowed by, kept beside the drafts put aside."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from handlers.turn import ASKS, PAUSED, Turn
from storage.requests import Filters
from storage.rules.access import Action, may
from storage.rules.waiting import WaitsFor

NAME = "request_filters"
WEEK, MONTH, QUARTER, DAYS = "week", "month", "quarter", "days"
PERIODS = (WEEK, MONTH, QUARTER)
STEPS = PERIOD, PLACE = f"{NAME}:period{ASKS}", f"{NAME}:place{ASKS}"  # in which it is typed


@dataclass(frozen=True)
class Kept:
    """The choices as they were made: a week is always the present one."""

    mine: bool = False
    branch: int | None = None
    waits: str | None = None
    category: str | None = None
    settlement: int | None = None
    place: str | None = None
    period: str | None = None  # one of PERIODS, or DAYS
    since: str | None = None  # ISO days, of DAYS; both included
    until: str | None = None

    def days(self, today: date) -> tuple[date, date] | None:
        """The first and the last day of the period; None without one."""
        if self.period == DAYS and self.since and self.until:
            return date.fromisoformat(self.since), date.fromisoformat(self.until)
        first = {
            WEEK: today - timedelta(days=today.weekday()),
            MONTH: today.replace(day=1),
            QUARTER: date(today.year, (today.month - 1) // 3 * 3 + 1, 1),
        }.get(self.period or "")
        return (first, today) if first else None

    def toggled(self, part: str, value: Any) -> "Kept":
        """With ``value`` for a part, or without it when it is that already."""
        given: dict[str, Any] = {part: None if getattr(self, part) == value else value}
        return replace(self, **given)


def kept(turn: Turn) -> Kept:
    """What is kept; a branch that the person has left since then is forgotten."""
    data = turn.conversation.paused.get(NAME, {}).get("data", {})
    found = Kept(**data)
    if found.branch and not may(turn.actor, Action.WORK_ON_REQUESTS, found.branch):
        return replace(found, branch=None, settlement=None)
    return found


def keep(turn: Turn, choices: Kept) -> None:
    """From now on the list is narrowed by these."""
    conversation = turn.conversation
    data = {name: value for name, value in asdict(choices).items() if value}
    others = {name: one for name, one in conversation.paused.items() if name != NAME}
    slot = {NAME: {"state": None, "data": data}} if data else {}
    conversation.data[PAUSED] = {**others, **slot}
    conversation.changed = True


def filters(turn: Turn, choices: Kept | None = None) -> Filters:
    """What storage is asked for: what is kept, or ``choices``."""
    one = choices or kept(turn)
    days = one.days(turn.today)
    return Filters(
        mine=one.mine,
        branch_id=one.branch,
        waits_for=WaitsFor(one.waits) if one.waits else None,
        category=one.category,
        settlement_id=one.settlement,
        place=one.place,
        since=_begins(days[0], turn.zone) if days else None,
        until=_begins(days[1] + timedelta(days=1), turn.zone) if days else None,
    )


def _begins(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)
