"""A body that the directory lacks: whoever writes to it names it, a secretary takes it in."""

from datetime import date, datetime

from sqlalchemy import Connection, insert, or_, select

from storage import audit, branches, outbox, people
from storage.errors import NotAllowed
from storage.inquiries.bodies import LEVELS, REGION, SUBJECT, Body, checked, get, step, to_keep
from storage.rules.access import Action, Actor, may
from storage.rules.folding import fold
from storage.tables import bodies

PROPOSED = "body_proposed"  # of the outbox


def propose(
    tx: Connection, actor: Actor, branch_id: int, name: str, now: datetime, today: date
) -> Body:
    """The open body of a branch's place or of the oblast with this ``name``, which may be new.

    A new one may be written to at once. Its name stands for both languages until a secretary, who
    is told of it, has taken it in; a secretary's own needs nobody. Raises NotAllowed, NotPossible:
    no_name, too_long.
    """
    if not may(actor, Action.WORK_ON_INQUIRIES, branch_id):
        raise NotAllowed(Action.WORK_ON_INQUIRIES, branch_id)
    place = branches.get(tx, branch_id)
    of = None if place.kind == REGION else branch_id
    known = _named(tx, of, name)
    if known is not None:
        return get(tx, known)
    keeps = may(actor, Action.KEEP_ADDRESSEES, branch_id)
    row = {
        "level": LEVELS[place.kind],
        "branch_id": of,
        "name_kk": checked("name_kk", name),
        "name_ru": name,
        "proposed_by": None if keeps else actor.person_id,
    }
    body_id = tx.execute(insert(bodies).values(row).returning(bodies.c.id)).scalar_one()
    audit.record(tx, actor, now, "body.propose", SUBJECT, body_id, branch=place.code)
    told = [] if keeps else people.secretaries(tx, branch_id, today)
    messages = [
        outbox.Message(f"{PROPOSED}:{body_id}:{one.id}", PROPOSED, one.id, {"body_id": body_id})
        for one in told
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.NOTICE)
    return get(tx, body_id)


def accept(tx: Connection, actor: Actor, body_id: int, version: int, now: datetime) -> Body:
    """Take a proposed body into the directory. Raises NotFound, NotAllowed, AlreadyChanged."""
    step(tx, to_keep(tx, actor, body_id), version, {"proposed_by": None})
    audit.record(tx, actor, now, "body.accept", SUBJECT, body_id)
    return get(tx, body_id)


def _named(tx: Connection, branch_id: int | None, name: str) -> int | None:
    """The open body that is called so where a branch of ``branch_id`` writes to."""
    c, wanted = bodies.c, fold(name)
    query = select(c.id, c.name_kk, c.name_ru).where(
        c.active, or_(c.branch_id == branch_id, c.branch_id.is_(None))
    )
    for body_id, kk, ru in tx.execute(query.order_by(c.id)):
        if wanted in (fold(kk), fold(ru)):
            return int(body_id)
    return None
