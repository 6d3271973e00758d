"""A voter's request as it is known to the program, and how it comes from its row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import RowMapping

from storage.privacy.rows import VOTER_REQUEST
from storage.rules import phones
from storage.rules.request_states import ANSWERED, OUTCOMES, SETTLED, RequestState


@dataclass(frozen=True)
class VoterRequest:
    """A voter's request. The contact is here only in its masked form, see ``open_contact``."""

    id: int
    number: str
    branch_id: int
    branch_kk: str
    branch_ru: str
    text: str  # may be empty when a voice or a photo says it all
    category: str
    category_kk: str
    category_ru: str
    kind: str  # of the law's six, see ``storage.rules.request_kinds``
    channel: str
    place: str | None
    masked_phone: str | None
    has_contact: bool  # name, phone, address or IIN are kept
    state: RequestState
    deputy_id: int
    deputy_name: str
    registered_at: datetime
    due_on: date
    closed_at: datetime | None
    attachments: int
    version: int
    handed_from: int | None = None  # who had it, until its deputy takes it
    settlement_id: int | None = None
    settlement_kk: str | None = None
    settlement_ru: str | None = None
    external_id: str | None = None  # of the list it was imported from
    reported_at: datetime | None = None  # when its outcome was reported, and by whom
    reported_by: int | None = None
    merged_into: int | None = None  # the main one: this one goes on with it
    split_from: int | None = None  # the one from which its matter was parted
    body_id: int | None = None  # where it was sent, and what that body noted
    body_kk: str | None = None
    body_ru: str | None = None
    body_number: str | None = None
    body_registered_on: date | None = None
    legal_due_on: date | None = None  # the law's clock, which runs from that day
    first_due_on: date | None = None  # before pauses and extensions; None: nothing has moved it
    first_legal_due_on: date | None = None
    asks_for_more: bool = False  # an extension waits to be decided
    paused_since: date | None = None  # the own clock stands: the voter was asked for something
    extended: int = 0  # how often the own term was extended
    legal_extended: int = 0
    rating: int | None = None  # by the voter, 1 to 5
    says_solved: bool | None = None  # the voter; False, too, when one of a merged request says no

    @property
    def settled(self) -> bool:
        """Whether the voter has an outcome already."""
        return self.state in SETTLED

    @property
    def awaits_acceptance(self) -> bool:
        """Whether an outcome is reported that nobody has accepted yet."""
        return self.state in OUTCOMES and self.closed_at is None

    @property
    def done(self) -> bool:
        """Whether it has an outcome for good: nobody waits for anything."""
        return self.settled and not self.awaits_acceptance

    @property
    def answered(self) -> bool:
        """Whether an answer is there: the deadline has no more to say."""
        return self.state in ANSWERED

    def is_overdue(self, today: date) -> bool:
        """Whether the answer is late and still awaited."""
        return not self.answered and self.paused_since is None and self.due_on < today

    def body_is_late(self, today: date) -> bool:
        """Whether it waits for a body whose term by law has passed."""
        with_body = self.state is RequestState.SENT_TO_BODY
        return with_body and self.legal_due_on is not None and self.legal_due_on < today


def from_row(row: Mapping[str, Any] | RowMapping) -> VoterRequest:
    """The request of a row with the names of its branch and its deputy beside it."""
    row = VOTER_REQUEST.unseal(row)
    phone = row["contact_phone"]
    return VoterRequest(
        id=row["id"],
        number=row["number"],
        branch_id=row["branch_id"],
        branch_kk=row["branch_kk"],
        branch_ru=row["branch_ru"],
        text=row["text"],
        category=row["category"],
        category_kk=row["category_kk"],
        category_ru=row["category_ru"],
        kind=row["kind"],
        channel=row["channel"],
        place=row["place"],
        masked_phone=phones.masked(phone) if phone else None,
        has_contact=row["consent_version"] is not None,
        state=RequestState(row["state"]),
        deputy_id=row["deputy_id"],
        deputy_name=row["deputy_name"],
        registered_at=row["registered_at"],
        due_on=row["due_on"],
        closed_at=row["closed_at"],
        attachments=row["attachments"],
        version=row["version"],
        handed_from=row["handed_from"],
        settlement_id=row["settlement_id"],
        settlement_kk=row["settlement_kk"],
        settlement_ru=row["settlement_ru"],
        external_id=row["external_id"],
        reported_at=row["reported_at"],
        reported_by=row["reported_by"],
        merged_into=row["merged_into"],
        split_from=row["split_from"],
        body_id=row["body_id"],
        body_kk=row.get("body_kk"),
        body_ru=row.get("body_ru"),
        body_number=row["body_number"],
        body_registered_on=row["body_registered_on"],
        legal_due_on=row["legal_due_on"],
        first_due_on=row["first_due_on"],
        first_legal_due_on=row["first_legal_due_on"],
        paused_since=row.get("paused_since"),
        asks_for_more=bool(row.get("asks_for_more")),
        extended=row.get("extended") or 0,
        legal_extended=row.get("legal_extended") or 0,
        rating=row["rating"],
        says_solved=row.get("says_solved"),
    )
