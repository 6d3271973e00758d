"""An inquiry goes out, is withdrawn, is announced at a session."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from storage import reminders, working_days
from storage.errors import NotPossible
from storage.inquiries import settings
from storage.inquiries.making import own, own_draft
from storage.inquiries.reading import get
from storage.inquiries.record import Inquiry
from storage.inquiries.rows import (
    NUMBER_LIMIT,
    SUBJECT,
    WORD_LIMIT,
    InquiryState,
    remember,
    step,
)
from storage.rules.access import Actor
from storage.rules.inquiry_terms import due_on

OLDEST = timedelta(days=366)  # a date further back is a slip of the year


def send(
    tx: Connection,
    actor: Actor,
    inquiry_id: int,
    version: int,
    outgoing_number: str,
    outgoing_on: date,
    now: datetime,
    zone: ZoneInfo,
) -> Inquiry:
    """Note that the letter went out; the deadline of the answer is set and reminded of.

    What it repeats is closed. Raises NotFound, NotAllowed, AlreadyChanged, NotPossible: state,
    body_closed, number, in_future, too_old.
    """
    inquiry = own_draft(tx, actor, inquiry_id)
    if not inquiry.body_active:
        raise NotPossible("body_closed")
    if not outgoing_number or len(outgoing_number) > NUMBER_LIMIT:
        raise NotPossible("number")
    check_day(outgoing_on, now, zone)
    calendar = working_days.load(tx)
    due = due_on(outgoing_on, settings.term(tx, inquiry.level), calendar)
    step(
        tx,
        inquiry_id,
        version,
        (InquiryState.DRAFT,),
        state=InquiryState.SENT.value,
        outgoing_number=outgoing_number,
        outgoing_on=outgoing_on,
        due_on=due,
    )
    remember(tx, actor, inquiry_id, now, "sent", due=due.isoformat())
    reminders.plan(tx, SUBJECT, inquiry_id, inquiry.author_id, due, now, zone, calendar)
    if inquiry.repeats_id is not None:
        _close_repeated(tx, actor, inquiry.repeats_id, now)
    return get(tx, actor, inquiry_id)


def withdraw(
    tx: Connection,
    actor: Actor,
    inquiry_id: int,
    version: int,
    reason: str | None,
    now: datetime,
) -> Inquiry:
    """Take an inquiry back that is not answered yet, with a reason or without.

    Raises NotFound, NotAllowed, AlreadyChanged, NotPossible: state, too_long.
    """
    inquiry = own(tx, actor, inquiry_id)
    if inquiry.state not in (InquiryState.DRAFT, InquiryState.SENT):
        raise NotPossible("state")
    if len(reason or "") > WORD_LIMIT:
        raise NotPossible("too_long")
    step(tx, inquiry_id, version, (inquiry.state,), state=InquiryState.WITHDRAWN.value)
    remember(tx, actor, inquiry_id, now, "withdrawn", reason)
    reminders.void(tx, SUBJECT, inquiry_id)
    return get(tx, actor, inquiry_id)


def announce(
    tx: Connection,
    actor: Actor,
    inquiry_id: int,
    version: int,
    day: date,
    now: datetime,
    zone: ZoneInfo,
) -> Inquiry:
    """Note on which day the inquiry was announced at a session.

    Raises NotFound, NotAllowed, AlreadyChanged, NotPossible: state, in_future, too_old.
    """
    inquiry = own(tx, actor, inquiry_id)
    if inquiry.state is InquiryState.WITHDRAWN:
        raise NotPossible("state")
    check_day(day, now, zone)
    step(tx, inquiry_id, version, (inquiry.state,), announced_on=day)
    remember(tx, actor, inquiry_id, now, "announced", day=day.isoformat())
    return get(tx, actor, inquiry_id)


def check_day(day: date, now: datetime, zone: ZoneInfo) -> None:
    """Raise NotPossible: in_future, too_old."""
    today = now.astimezone(zone).date()
    if day > today:
        raise NotPossible("in_future")
    if today - day > OLDEST:
        raise NotPossible("too_old")


def _close_repeated(tx: Connection, actor: Actor, inquiry_id: int, now: datetime) -> None:
    """The matter goes on in the repetition."""
    first = get(tx, actor, inquiry_id)
    if first.state is InquiryState.ANSWERED:
        states = (InquiryState.ANSWERED,)
        closed = InquiryState.CLOSED.value
        step(tx, inquiry_id, first.version, states, state=closed)
        remember(tx, actor, inquiry_id, now, "closed", repeated=True)
