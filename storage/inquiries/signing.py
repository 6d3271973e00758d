"""Co-signers: deputies whom the author asks, until the inquiry is sent; each signs or refuses."""

from datetime import date, datetime

from sqlalchemy import Connection, and_, or_, select, update

from storage import outbox
from storage.errors import NotAllowed, NotFound, NotPossible
from storage.inquiries.bodies import OBLAST
from storage.inquiries.reading import get, is_author
from storage.inquiries.record import Inquiry
from storage.inquiries.rows import SUBJECT, InquiryState, overtaken, remember
from storage.people import lasting
from storage.rules.access import MATRIX, Action, Actor
from storage.rules.alphabet import order
from storage.tables import inquiries, inquiry_signers, memberships, people
from storage.upsert import insert_new

ASKED, ANSWERED = "inquiry_sign_asked", "inquiry_signed"  # kinds of the outbox
LIMIT = 20  # co-signers of one inquiry


def candidates(tx: Connection, inquiry: Inquiry, today: date) -> list[tuple[int, str]]:
    """Whom the author may ask, (id, name), in the order of the Kazakh alphabet.

    The deputies of the same branch and of the whole region; for a body of the oblast every deputy.
    """
    roles = list(MATRIX[Action.MAKE_INQUIRIES])
    near = or_(memberships.c.branch_id == inquiry.branch_id, memberships.c.branch_id.is_(None))
    asked = select(inquiry_signers.c.person_id).where(inquiry_signers.c.inquiry_id == inquiry.id)
    query = (
        select(people.c.id, people.c.name)
        .join(memberships, memberships.c.person_id == people.c.id)
        .where(
            memberships.c.role.in_(roles),
            lasting(today),
            people.c.id != inquiry.author_id,
            people.c.id.not_in(asked),
        )
        .distinct()
    )
    if inquiry.level != OBLAST:
        query = query.where(near)
    found = [(row.id, row.name) for row in tx.execute(query)]
    return sorted(found, key=lambda one: (order(one[1]), one[0]))


def ask(
    tx: Connection, actor: Actor, inquiry_id: int, person_id: int, now: datetime, today: date
) -> None:
    """Ask a deputy to sign.

    Raises NotFound, NotAllowed, NotPossible: state, too_many, no_deputy.
    """
    inquiry = get(tx, actor, inquiry_id)
    if not is_author(actor, inquiry):
        raise NotAllowed(Action.MAKE_INQUIRIES, inquiry.branch_id)
    version = _locked(tx, inquiry_id)
    asked = select(inquiry_signers.c.person_id).where(inquiry_signers.c.inquiry_id == inquiry_id)
    known = set(tx.execute(asked).scalars())
    if person_id in known:
        return
    if len(known) >= LIMIT:
        raise NotPossible("too_many")
    if person_id not in {id_ for id_, _ in candidates(tx, inquiry, today)}:
        raise NotPossible("no_deputy")
    insert_new(tx, inquiry_signers, [{"inquiry_id": inquiry_id, "person_id": person_id}])
    remember(tx, actor, inquiry_id, now, "sign_asked", person=person_id)
    _tell(tx, inquiry_id, [person_id], version, now)


def ask_anew(tx: Connection, inquiry_id: int, version: int, now: datetime) -> None:
    """The wording has changed: no signature under the former one holds, everybody is asked anew."""
    of = inquiry_signers.c.inquiry_id == inquiry_id
    who = list(tx.execute(select(inquiry_signers.c.person_id).where(of)).scalars())
    tx.execute(update(inquiry_signers).where(of).values(signed_at=None, refused_at=None))
    _tell(tx, inquiry_id, who, version, now)


def answer(
    tx: Connection,
    actor: Actor,
    inquiry_id: int,
    version: int,
    now: datetime,
    *,
    signs: bool,
) -> Inquiry:
    """Sign the wording seen in ``version``, or refuse; the author is told.

    Raises NotFound, NotPossible: state (sent already), mandate; AlreadyChanged for another wording.
    """
    inquiry = get(tx, actor, inquiry_id)
    if _locked(tx, inquiry_id) != version:
        overtaken(tx, inquiry_id)
    if not _is_deputy(actor, inquiry):
        raise NotPossible("mandate")
    mine = and_(
        inquiry_signers.c.inquiry_id == inquiry_id,
        inquiry_signers.c.person_id == actor.person_id,
    )
    values = {"signed_at": now if signs else None, "refused_at": None if signs else now}
    waits = and_(inquiry_signers.c.signed_at.is_(None), inquiry_signers.c.refused_at.is_(None))
    changed = tx.execute(update(inquiry_signers).where(mine, waits).values(**values))
    if changed.rowcount != 1:
        if tx.execute(select(inquiry_signers).where(mine)).first() is None:
            raise NotFound(SUBJECT)
        raise NotPossible("answered")
    remember(tx, actor, inquiry_id, now, "signed" if signs else "sign_refused")
    outbox.put(
        tx,
        f"{ANSWERED}:{inquiry_id}:{actor.person_id}:{version}",
        ANSWERED,
        inquiry.author_id,
        {"inquiry_id": inquiry_id, "by": actor.person_id, "signs": signs},
        now,
        priority=outbox.Priority.NOTICE,
    )
    return get(tx, actor, inquiry_id)


def _locked(tx: Connection, inquiry_id: int) -> int:
    """The version of a draft, which nobody changes or sends until the transaction ends."""
    row = tx.execute(
        select(inquiries.c.version, inquiries.c.state)
        .where(inquiries.c.id == inquiry_id)
        .with_for_update()
    ).one()
    if row.state != InquiryState.DRAFT:
        raise NotPossible("state")
    return int(row.version)


def _is_deputy(actor: Actor, inquiry: Inquiry) -> bool:
    """Whether ``actor`` holds a mandate still that counts for this inquiry."""
    anywhere = inquiry.level == OBLAST
    return any(
        one.role in MATRIX[Action.MAKE_INQUIRIES]
        and (anywhere or one.branch_id in (None, inquiry.branch_id))
        for one in actor.memberships
    )


def _tell(tx: Connection, inquiry_id: int, who: list[int], version: int, now: datetime) -> None:
    messages = [
        outbox.Message(
            f"{ASKED}:{inquiry_id}:{person_id}:{version}",
            ASKED,
            person_id,
            {"inquiry_id": inquiry_id, "version": version},
        )
        for person_id in who
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.NOTICE)
