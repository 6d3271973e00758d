"""Making an inquiry, from voters' requests or on one's own, and changing it until it is sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select

from storage import branches, requests
from storage.branches import Branch
from storage.errors import NotAllowed, NotFound, NotPossible
from storage.inquiries import bodies, numbers, signing
from storage.inquiries.reading import by_token, get, is_author
from storage.inquiries.record import Inquiry
from storage.inquiries.rows import (
    BASIS_LIMIT,
    SUBJECT_LIMIT,
    TEXT_LIMIT,
    InquiryState,
    index_words,
    remember,
    step,
)
from storage.privacy.rows import INQUIRY
from storage.requests.rows import remember as remember_request
from storage.rules.access import Action, Actor, may, scope
from storage.rules.folding import fold
from storage.tables import inquiries, inquiry_requests

REQUESTS_LIMIT = 20  # of one inquiry
LANGUAGES = ("kk", "ru")


@dataclass(frozen=True)
class InquiryDraft:
    """An inquiry before it has a number. ``token`` makes a second tap harmless."""

    branch_id: int
    body_id: int
    subject: str
    text: str
    language: str  # of the letter: kk, ru
    basis: str | None = None
    request_ids: tuple[int, ...] = ()
    repeats_id: int | None = None
    token: str | None = None


def author_branches(tx: Connection, actor: Actor) -> list[Branch]:
    """The branches whose deputy ``actor`` is; of the whole region: the regional one."""
    reach = scope(actor, Action.MAKE_INQUIRIES)
    return [
        branch
        for branch in branches.every(tx)
        if (branch.kind == bodies.REGION if reach is None else branch.id in reach)
    ]


def make(
    tx: Connection, actor: Actor, draft: InquiryDraft, now: datetime, zone: ZoneInfo
) -> Inquiry:
    """Make an inquiry: number, links to its requests, history. The number's year is of ``zone``.

    A draft whose token was used already gives that inquiry again. Raises NotAllowed, NotFound (a
    request or body out of reach), NotPossible: body_closed, no_text, too_long, too_many,
    not_repeatable, repeated.
    """
    known = by_token(tx, actor, draft.token) if draft.token else None
    if known is not None:
        return known
    branch = _branch(tx, actor, draft)
    body = _addressee(tx, branch, draft.body_id)
    check(draft.subject, draft.text, draft.basis, draft.language)
    found = _requests(tx, actor, draft)
    if draft.repeats_id is not None:
        _check_repeated(tx, actor, draft.repeats_id)
    year = now.astimezone(zone).year
    counter = numbers.take(tx, branch.id, year)
    number = numbers.written(branch.code, year, counter)
    row = {
        "number": number,
        "branch_id": branch.id,
        "year": year,
        "counter": counter,
        "author_id": actor.person_id,
        "body_id": body.id,
        "level": body.level,
        "basis": draft.basis,
        "subject": draft.subject,
        "text": draft.text,
        "language": draft.language,
        "state": InquiryState.DRAFT.value,
        "repeats_id": draft.repeats_id,
        "created_at": now,
        "draft_token": draft.token,
        "folded": fold(number),
    }
    inquiry_id = int(
        tx.execute(
            insert(inquiries).values(INQUIRY.seal(row)).returning(inquiries.c.id)
        ).scalar_one()
    )
    index_words(tx, inquiry_id, draft.subject)
    remember(tx, actor, inquiry_id, now, "made", branch=branch.code, requests=len(found))
    for request in found:
        link = {"inquiry_id": inquiry_id, "request_id": request.id}
        tx.execute(insert(inquiry_requests), link)
        remember_request(tx, actor, request.id, now, "inquiry_made", text=number)
    return get(tx, actor, inquiry_id)


def change(
    tx: Connection,
    actor: Actor,
    inquiry_id: int,
    version: int,
    field: str,
    value: str | int | None,
    now: datetime,
) -> Inquiry:
    """Change subject, text, basis, language or body_id of what is not sent yet.

    Whoever has signed the former wording is asked anew. Raises NotFound, NotAllowed,
    AlreadyChanged, NotPossible.
    """
    inquiry = own_draft(tx, actor, inquiry_id)
    values: dict[str, Any] = {field: value}
    if field == "body_id":
        branch = branches.get(tx, inquiry.branch_id)
        values["level"] = _addressee(tx, branch, int(value or 0)).level
    elif field not in ("subject", "text", "basis", "language"):
        raise NotPossible("field")
    new = {
        name: values.get(name, getattr(inquiry, name))
        for name in ("subject", "text", "basis", "language")
    }
    check(str(new["subject"] or ""), str(new["text"] or ""), new["basis"], str(new["language"]))
    kept = INQUIRY.seal_some(inquiry.number, values)
    step(tx, inquiry_id, version, (InquiryState.DRAFT,), **kept)
    if field == "subject":
        index_words(tx, inquiry_id, str(value))
    remember(tx, actor, inquiry_id, now, "changed", field=field)
    signing.ask_anew(tx, inquiry_id, version + 1, now)
    return get(tx, actor, inquiry_id)


def own_draft(tx: Connection, actor: Actor, inquiry_id: int) -> Inquiry:
    """As ``own``, not sent yet. Raises NotPossible("state"), too."""
    inquiry = own(tx, actor, inquiry_id)
    if inquiry.state is not InquiryState.DRAFT:
        raise NotPossible("state")
    return inquiry


def own(tx: Connection, actor: Actor, inquiry_id: int) -> Inquiry:
    """An inquiry that ``actor`` wrote, being a deputy still. Raises NotFound, NotAllowed."""
    inquiry = get(tx, actor, inquiry_id)
    if not is_author(actor, inquiry):
        raise NotAllowed(Action.MAKE_INQUIRIES, inquiry.branch_id)
    return inquiry


def check(subject: str, text: str, basis: str | None, language: str) -> None:
    """Raise NotPossible: no_text, too_long, language."""
    if not subject or not text:
        raise NotPossible("no_text")
    given = ((subject, SUBJECT_LIMIT), (text, TEXT_LIMIT), (basis or "", BASIS_LIMIT))
    if any(len(words) > limit for words, limit in given):
        raise NotPossible("too_long")
    if language not in LANGUAGES:
        raise NotPossible("language")


def _branch(tx: Connection, actor: Actor, draft: InquiryDraft) -> Branch:
    if not may(actor, Action.MAKE_INQUIRIES, draft.branch_id):
        raise NotAllowed(Action.MAKE_INQUIRIES, draft.branch_id)
    return branches.get(tx, draft.branch_id)


def addressee(tx: Connection, actor: Actor, body_id: int) -> bodies.Body:
    """A body to which ``actor`` may write from one of the own branches. Raises NotFound."""
    body = bodies.get(tx, body_id)
    own = author_branches(tx, actor)
    anywhere = any(one.kind == bodies.REGION for one in own)
    if not anywhere and body.branch_id not in {None, *(one.id for one in own)}:
        raise NotFound(bodies.SUBJECT)
    return body


def _addressee(tx: Connection, branch: Branch, body_id: int) -> bodies.Body:
    body = bodies.get(tx, body_id)
    if body.branch_id not in (None, branch.id) and branch.kind != bodies.REGION:
        raise NotFound(bodies.SUBJECT)
    if not body.active:
        raise NotPossible("body_closed")
    return body


def _requests(tx: Connection, actor: Actor, draft: InquiryDraft) -> list[requests.VoterRequest]:
    wanted = dict.fromkeys(draft.request_ids)
    if len(wanted) > REQUESTS_LIMIT:
        raise NotPossible("too_many")
    return [requests.get(tx, actor, request_id) for request_id in wanted]


def _check_repeated(tx: Connection, actor: Actor, inquiry_id: int) -> None:
    first = own(tx, actor, inquiry_id)
    answered = (InquiryState.ANSWERED, InquiryState.CLOSED)
    if first.state not in answered or first.satisfied is not False:
        raise NotPossible("not_repeatable")
    # Of two repetitions at once the second waits here and then sees the first.
    tx.execute(select(inquiries.c.id).where(inquiries.c.id == inquiry_id).with_for_update())
    again = select(inquiries.c.id).where(
        inquiries.c.repeats_id == inquiry_id, inquiries.c.state != InquiryState.WITHDRAWN
    )
    if tx.execute(again).first() is not None:
        raise NotPossible("repeated")
