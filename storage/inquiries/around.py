"""What stands around an inquiry: requests, signers, answers, decisions, history, repetition."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from storage import working_days
from storage.inquiries import decisions
from storage.inquiries.reading import get, visible
from storage.inquiries.record import Inquiry, Listed, listed
from storage.privacy.rows import INQUIRY_ANSWER, INQUIRY_HISTORY
from storage.requests.queries import with_merged
from storage.requests.reading import visible as visible_requests
from storage.rules.access import Action, Actor, may
from storage.rules.working_days import WorkingCalendar
from storage.tables import (
    inquiries,
    inquiry_answers,
    inquiry_history,
    inquiry_requests,
    inquiry_signers,
    people,
    voter_requests,
)


@dataclass(frozen=True)
class Linked:
    """A voter's request that an inquiry was made from."""

    id: int
    number: str
    state: str


@dataclass(frozen=True)
class Signer:
    """A deputy who was asked to sign, and what became of it."""

    person_id: int
    name: str
    signed_at: datetime | None
    refused_at: datetime | None

    @property
    def waits(self) -> bool:
        """Whether the deputy has not answered yet."""
        return self.signed_at is None and self.refused_at is None


@dataclass(frozen=True)
class AnswerFile:
    """A file of an answer; only Telegram's id is kept."""

    kind: str  # photo, document
    file_id: str
    name: str | None


@dataclass(frozen=True)
class Answer:
    """What a body answered, with all the files that came in one go."""

    number: str | None
    answered_on: date
    text: str | None
    files: tuple[AnswerFile, ...]
    kept_by: str
    kept_at: datetime


@dataclass(frozen=True)
class Line:
    """One line of the history."""

    at: datetime
    by: str
    kind: str
    text: str | None


@dataclass(frozen=True)
class Whole:
    """An inquiry with everything around it; of the requests those that the reader may see."""

    inquiry: Inquiry
    requests: tuple[Linked, ...]
    signers: tuple[Signer, ...]
    answers: tuple[Answer, ...]
    decisions: tuple[decisions.Decision, ...]
    repeats: Listed | None
    repeated_by: Listed | None
    calendar: WorkingCalendar

    @property
    def signed(self) -> tuple[Signer, ...]:
        """Those whose signature stands under it."""
        return tuple(signer for signer in self.signers if signer.signed_at is not None)


def whole(tx: Connection, actor: Actor, inquiry_id: int) -> Whole:
    """One inquiry with everything around it. Raises NotFound."""
    inquiry = get(tx, actor, inquiry_id)
    return Whole(
        inquiry,
        tuple(_requests(tx, actor, inquiry_id)),
        tuple(signers(tx, inquiry_id)),
        tuple(answers(tx, inquiry)),
        decisions.of_inquiry(tx, actor, inquiry_id),
        *_chain(tx, inquiry),
        working_days.load(tx),
    )


def of_request(tx: Connection, actor: Actor, request_id: int) -> list[Listed]:
    """The inquiries that ``actor`` may see, made from a request or one merged into it.

    The oldest first.
    """
    if not may(actor, Action.WORK_ON_INQUIRIES):
        return []
    columns = [inquiries.c[name] for name in Listed.__annotations__]
    rows = tx.execute(
        select(*columns)
        .distinct()
        .join(inquiry_requests, inquiry_requests.c.inquiry_id == inquiries.c.id)
        .where(inquiry_requests.c.request_id.in_(with_merged(request_id)), visible(actor))
        .order_by(inquiries.c.id)
    )
    return [listed(row) for row in rows.mappings()]


def answers(tx: Connection, inquiry: Inquiry) -> list[Answer]:
    """What was answered to ``inquiry``, oldest first."""
    rows = tx.execute(
        select(inquiry_answers, people.c.name.label("by"))
        .join(people, people.c.id == inquiry_answers.c.kept_by)
        .where(inquiry_answers.c.inquiry_id == inquiry.id)
        .order_by(inquiry_answers.c.id)
    ).mappings()
    found: dict[datetime, Answer] = {}
    for row in map(INQUIRY_ANSWER.unseal, rows):
        at, text = row["kept_at"], row["text"]
        one = found.get(at) or Answer(row["number"], row["answered_on"], text, (), row["by"], at)
        kind, _, file_id = (row["file_id"] or "").partition(":")
        files = (AnswerFile(kind, file_id, row["file_name"]),) if file_id else ()
        found[at] = Answer(
            one.number, one.answered_on, one.text or text, one.files + files, one.kept_by, at
        )
    return list(found.values())


def signers(tx: Connection, inquiry_id: int) -> list[Signer]:
    """Who was asked to sign, in the order of their names."""
    rows = tx.execute(
        select(
            inquiry_signers.c.person_id,
            people.c.name,
            inquiry_signers.c.signed_at,
            inquiry_signers.c.refused_at,
        )
        .join(people, people.c.id == inquiry_signers.c.person_id)
        .where(inquiry_signers.c.inquiry_id == inquiry_id)
        .order_by(people.c.name, people.c.id)
    )
    return [Signer(*row) for row in rows]


def history(tx: Connection, actor: Actor, inquiry_id: int) -> list[Line]:
    """Who did what, oldest first. Raises NotFound."""
    get(tx, actor, inquiry_id)
    rows = tx.execute(
        select(inquiry_history, people.c.name.label("by"))
        .join(people, people.c.id == inquiry_history.c.person_id)
        .where(inquiry_history.c.inquiry_id == inquiry_id)
        .order_by(inquiry_history.c.id)
    ).mappings()
    opened = map(INQUIRY_HISTORY.unseal, rows)
    return [Line(row["at"], row["by"], row["kind"], row["text"]) for row in opened]


def _requests(tx: Connection, actor: Actor, inquiry_id: int) -> list[Linked]:
    if not may(actor, Action.WORK_ON_REQUESTS):
        return []
    rows = tx.execute(
        select(voter_requests.c.id, voter_requests.c.number, voter_requests.c.state)
        .join(inquiry_requests, inquiry_requests.c.request_id == voter_requests.c.id)
        .where(inquiry_requests.c.inquiry_id == inquiry_id, visible_requests(actor))
        .order_by(voter_requests.c.id)
    )
    return [Linked(*row) for row in rows]


def _chain(tx: Connection, inquiry: Inquiry) -> tuple[Listed | None, Listed | None]:
    """What ``inquiry`` repeats, and what repeats it (not withdrawn)."""
    columns = [inquiries.c[name] for name in Listed.__annotations__]
    after = (inquiries.c.repeats_id == inquiry.id) & (inquiries.c.state != "withdrawn")
    before = inquiries.c.id == inquiry.repeats_id if inquiry.repeats_id else None
    wanted = after if before is None else after | before
    rows = [listed(row) for row in tx.execute(select(*columns).where(wanted)).mappings()]
    first = next((row for row in rows if row.id == inquiry.repeats_id), None)
    second = next((row for row in rows if row.id != inquiry.repeats_id), None)
    return first, second
