"""Which inquiries a person sees, and one of them; who wrote it, and who keeps its answers."""

from sqlalchemy import ColumnElement, Connection, false, or_, select, true

from storage.errors import NotAllowed, NotFound
from storage.inquiries.record import Inquiry, inquiry_of, query
from storage.inquiries.rows import SUBJECT
from storage.rules.access import Action, Actor, may, scope
from storage.tables import inquiries, inquiry_signers


def visible(actor: Actor) -> ColumnElement[bool]:
    """What ``actor`` sees: the own inquiries, those to sign, and those of a secretary's branches.

    Raises NotAllowed for somebody who does not work on inquiries (any more).
    """
    if not may(actor, Action.WORK_ON_INQUIRIES):
        raise NotAllowed(Action.WORK_ON_INQUIRIES)
    return or_(is_own(actor), asked_to_sign(actor), of_branches(actor))


def get(tx: Connection, actor: Actor, inquiry_id: int) -> Inquiry:
    """One inquiry. Raises NotFound, also for one out of the actor's reach."""
    row = tx.execute(query().where(inquiries.c.id == inquiry_id, visible(actor))).mappings()
    first = row.first()
    if first is None:
        raise NotFound(SUBJECT)
    return inquiry_of(first)


def by_token(tx: Connection, actor: Actor, token: str) -> Inquiry | None:
    """The inquiry that this draft of ``actor`` became; None while it is a draft."""
    own = (inquiries.c.draft_token == token, inquiries.c.author_id == actor.person_id)
    row = tx.execute(query().where(*own)).mappings().first()
    return None if row is None else inquiry_of(row)


def is_author(actor: Actor, inquiry: Inquiry) -> bool:
    """Whether ``actor`` wrote it and is a deputy still."""
    mine = inquiry.author_id == actor.person_id
    return mine and may(actor, Action.MAKE_INQUIRIES, inquiry.branch_id)


def keeps(actor: Actor, inquiry: Inquiry) -> bool:
    """Whether ``actor`` keeps its answers: its author, and the secretaries of its branch."""
    secretary = may(actor, Action.SEE_BRANCH_INQUIRIES, inquiry.branch_id)
    return secretary or is_author(actor, inquiry)


def asked_to_sign(actor: Actor) -> ColumnElement[bool]:
    """The condition that ``actor`` was asked to sign, whatever the answer was."""
    asked = select(inquiry_signers.c.inquiry_id).where(
        inquiry_signers.c.person_id == actor.person_id
    )
    return inquiries.c.id.in_(asked)


def is_own(actor: Actor) -> ColumnElement[bool]:
    """The condition that ``actor`` wrote it."""
    return inquiries.c.author_id == actor.person_id


def of_branches(actor: Actor) -> ColumnElement[bool]:
    """The condition that it is of a branch whose secretary ``actor`` is."""
    reach = scope(actor, Action.SEE_BRANCH_INQUIRIES)
    if reach is None:
        return true()
    return inquiries.c.branch_id.in_(sorted(reach)) if reach else false()
