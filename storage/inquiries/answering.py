"""What a body answered, whether that satisfies the author, and the end of an inquiry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select

from storage import outbox, reminders
from storage.errors import NotAllowed, NotPossible
from storage.inquiries.around import AnswerFile
from storage.inquiries.making import own
from storage.inquiries.reading import get, is_author, keeps
from storage.inquiries.record import Inquiry
from storage.inquiries.rows import (
    NUMBER_LIMIT,
    SUBJECT,
    TEXT_LIMIT,
    InquiryState,
    remember,
    step,
)
from storage.privacy.rows import INQUIRY_ANSWER
from storage.requests.rows import remember as remember_request
from storage.rules.access import Action, Actor
from storage.tables import inquiry_answers, inquiry_requests

CHANGED = "inquiry_changed"  # kind of the outbox: somebody else did it
FILES_LIMIT = 20  # of one answer


@dataclass(frozen=True)
class NewAnswer:
    """An answer as it is put down: its text or files, its number, and its date."""

    answered_on: date
    number: str | None = None
    text: str | None = None
    files: Sequence[AnswerFile] = ()


def keep(
    tx: Connection,
    actor: Actor,
    inquiry_id: int,
    version: int,
    new: NewAnswer,
    now: datetime,
    zone: ZoneInfo,
) -> Inquiry:
    """Keep an answer, or a further one; the deadline has no more to say.

    A further one is looked at anew: whether the first satisfied says nothing any more. Raises
    NotFound, NotAllowed, AlreadyChanged, NotPossible: state, nothing, number, too_long, in_future,
    before_sending.
    """
    inquiry = get(tx, actor, inquiry_id)
    if not keeps(actor, inquiry):
        raise NotAllowed(Action.WORK_ON_INQUIRIES, inquiry.branch_id)
    _check(inquiry, new, now, zone)
    states = (InquiryState.SENT, InquiryState.ANSWERED)
    answered = {"state": InquiryState.ANSWERED.value, "satisfied": None}
    step(tx, inquiry_id, version, states, **answered)
    _put(tx, actor, inquiry, new, now)
    remember(tx, actor, inquiry_id, now, "answered", files=len(new.files))
    reminders.void(tx, SUBJECT, inquiry_id)
    for request_id in _requests(tx, inquiry_id):
        remember_request(tx, actor, request_id, now, "inquiry_answered", text=inquiry.number)
    _tell(tx, actor, inquiry, version + 1, now)
    return get(tx, actor, inquiry_id)


def rate(
    tx: Connection,
    actor: Actor,
    inquiry_id: int,
    version: int,
    now: datetime,
    *,
    satisfied: bool,
) -> Inquiry:
    """Say whether the answer satisfies.

    Raises NotFound, NotAllowed, AlreadyChanged, NotPossible("state").
    """
    inquiry = own(tx, actor, inquiry_id)
    if inquiry.state is not InquiryState.ANSWERED:
        raise NotPossible("state")
    step(tx, inquiry_id, version, (InquiryState.ANSWERED,), satisfied=satisfied)
    remember(tx, actor, inquiry_id, now, "rated", satisfied=satisfied)
    return get(tx, actor, inquiry_id)


def close(tx: Connection, actor: Actor, inquiry_id: int, version: int, now: datetime) -> Inquiry:
    """Close what is answered; its author has said before whether the answer satisfies.

    A secretary closes also what the author says nothing of any more. Raises NotFound, NotAllowed,
    AlreadyChanged, NotPossible: state, not_rated.
    """
    inquiry = get(tx, actor, inquiry_id)
    if not keeps(actor, inquiry):
        raise NotAllowed(Action.WORK_ON_INQUIRIES, inquiry.branch_id)
    if inquiry.state is not InquiryState.ANSWERED:
        raise NotPossible("state")
    if inquiry.satisfied is None and is_author(actor, inquiry):
        raise NotPossible("not_rated")
    closed = InquiryState.CLOSED.value
    step(tx, inquiry_id, version, (InquiryState.ANSWERED,), state=closed)
    remember(tx, actor, inquiry_id, now, "closed")
    _tell(tx, actor, inquiry, version + 1, now)
    return get(tx, actor, inquiry_id)


def _check(inquiry: Inquiry, new: NewAnswer, now: datetime, zone: ZoneInfo) -> None:
    if inquiry.state not in (InquiryState.SENT, InquiryState.ANSWERED):
        raise NotPossible("state")
    if not new.text and not new.files:
        raise NotPossible("nothing")
    if len(new.number or "") > NUMBER_LIMIT:
        raise NotPossible("number")
    if len(new.text or "") > TEXT_LIMIT or len(new.files) > FILES_LIMIT:
        raise NotPossible("too_long")
    if new.answered_on > now.astimezone(zone).date():
        raise NotPossible("in_future")
    if inquiry.outgoing_on is not None and new.answered_on < inquiry.outgoing_on:
        raise NotPossible("before_sending")


def _put(tx: Connection, actor: Actor, inquiry: Inquiry, new: NewAnswer, now: datetime) -> None:
    row = {
        "inquiry_id": inquiry.id,
        "number": new.number,
        "answered_on": new.answered_on,
        "text": new.text,
        "file_id": None,
        "file_name": None,
        "kept_by": actor.person_id,
        "kept_at": now,
    }
    sealed = INQUIRY_ANSWER.seal(row)
    rows = [
        {**sealed, "file_id": f"{file.kind}:{file.file_id}", "file_name": file.name}
        for file in new.files
    ]
    tx.execute(insert(inquiry_answers), rows or [sealed])


def _requests(tx: Connection, inquiry_id: int) -> list[int]:
    of = inquiry_requests.c.inquiry_id == inquiry_id
    return list(tx.execute(select(inquiry_requests.c.request_id).where(of)).scalars())


def _tell(tx: Connection, actor: Actor, inquiry: Inquiry, version: int, now: datetime) -> None:
    if actor.person_id != inquiry.author_id:
        outbox.put(
            tx,
            f"{CHANGED}:{inquiry.id}:{version}",
            CHANGED,
            inquiry.author_id,
            {"inquiry_id": inquiry.id, "by": actor.person_id},
            now,
            priority=outbox.Priority.NOTICE,
        )
