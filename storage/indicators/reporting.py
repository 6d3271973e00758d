"""The fact of a period: reported once it has ended, corrected with a reason, never overwritten."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from storage import audit
from storage.errors import AlreadyChanged, NotAllowed, NotPossible
from storage.indicators.keeping import put, remember, step
from storage.indicators.reading import SUBJECT, Indicator, get, may_report
from storage.indicators.reminding import replanned
from storage.rules.access import Action, Actor
from storage.rules.indicator_measures import fits, is_doubtful
from storage.rules.reporting_periods import Period, is_known

NOTE_LIMIT = 500  # characters
REASON_LIMIT = 300


def to_report(tx: Connection, actor: Actor, indicator_id: int) -> Indicator:
    """One indicator, for who reports it. Raises NotFound, NotAllowed."""
    one = get(tx, actor, indicator_id)
    if not may_report(actor, one):
        raise NotAllowed(Action.REPORT_ROADMAP, one.branch_id)
    return one


def overtaken(tx: Connection, indicator_id: int) -> AlreadyChanged:
    """Who changed the indicator last, and when."""
    return audit.overtaken(tx, SUBJECT, indicator_id)


def check(one: Indicator, period: Period, fact: float, today: date) -> None:
    """Raise NotPossible("period", "future_period", "number") for what can be no fact."""
    if not is_known(period, one.frequency):
        raise NotPossible("period")
    if period.ends > today:
        raise NotPossible("future_period")
    if not fits(one.kind, fact):
        raise NotPossible("number")


def is_asked_again(one: Indicator, period: Period, fact: float) -> bool:
    """Whether ``fact`` is so far from what is usual that it may be a slip."""
    before = [value.fact for value in one.values if value.period < period]
    known = [fact for fact in before if fact is not None]
    last = known[-1] if known else one.base_value
    return is_doubtful(one.kind, percent=one.in_percent, value=fact, before=last)


def report(
    tx: Connection,
    actor: Actor,
    indicator_id: int,
    version: int,
    period: Period,
    fact: float,
    now: datetime,
    zone: ZoneInfo,
    *,
    note: str | None = None,
    reason: str | None = None,
    sure: bool = False,
) -> Indicator:
    """Report the fact of ``period``, or correct it for a ``reason``; return how it is now.

    ``sure`` says that a doubtful value was asked again. Raises NotFound, NotAllowed,
    AlreadyChanged, NotPossible("doubtful", "reason", "too_long") and what ``check`` raises.
    """
    one = to_report(tx, actor, indicator_id)
    check(one, period, fact, now.astimezone(zone).date())
    if len(note or "") > NOTE_LIMIT or len(reason or "") > REASON_LIMIT:
        raise NotPossible("too_long")
    if not sure and is_asked_again(one, period, fact):
        raise NotPossible("doubtful")
    before = one.at(period)
    was = before.fact if before else None
    step(tx, one, version)
    if was is not None and not (reason or "").strip():
        raise NotPossible("reason")
    put(tx, one.id, period, fact=fact, note=note)
    said = reason if was is not None else note
    remember(tx, one.id, actor, now, "fact", period, was=was, became=fact, text=said)
    audit.record(tx, actor, now, "indicator.report", SUBJECT, one.id, period=str(period.index))
    return replanned(tx, get(tx, actor, one.id), now, zone)
