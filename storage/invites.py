"""Invitations: single use, expiring, bound to a role and a branch; the code is kept as a hash."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from sqlalchemy import Connection, delete, func, insert, select, update

from storage import audit, outbox, people, primaries
from storage.errors import NotAllowed, NotFound, TooMany
from storage.rules.access import Action, Actor, Role, may
from storage.tables import branches, invite_attempts, invites

CODE_BYTES = 16  # 128 bits; 22 characters
CODE_LENGTH = 22
LASTS = timedelta(days=7)
TRIES_WINDOW = timedelta(hours=1)
TRIES_OF_ONE = 5
TRIES_OF_ALL = 100

# Who may be invited by a secretary of the branch; the rest only by the region's.
BRANCH_ROLES = frozenset({Role.MEMBER, Role.DEPUTY, Role.FACTION_LEADER, Role.EXECUTOR})
REGION_ROLES = BRANCH_ROLES | {Role.BUREAU_MEMBER, Role.BRANCH_SECRETARY, Role.REGIONAL_SECRETARY}
# Roles that are held in one branch; the others may span the region.
BRANCH_BOUND = frozenset({Role.MEMBER, Role.DEPUTY, Role.FACTION_LEADER, Role.BRANCH_SECRETARY})


@dataclass(frozen=True)
class Invite:
    """An invitation that waits to be used."""

    id: int
    role: Role
    branch_id: int | None
    expires_at: datetime


def roles_to_offer(actor: Actor) -> list[Role]:
    """The roles that ``actor`` may invite to."""
    allowed = REGION_ROLES if may(actor, Action.INVITE_SECRETARIES) else BRANCH_ROLES
    return [role for role in Role if role in allowed]


def create(
    tx: Connection,
    actor: Actor,
    role: Role,
    branch_id: int | None,
    now: datetime,
    *,
    primary_id: int | None = None,
) -> tuple[str, Invite]:
    """Make an invitation; return its code, which is shown once and never again.

    ``primary_id``: whoever uses it belongs to that primary organisation of the branch. Raises
    NotAllowed when ``actor`` may not invite to this role in this branch, NotFound for a
    branch that does not exist or is needed, and for a primary organisation of another one.
    """
    if role not in roles_to_offer(actor) or not _may_invite_to(actor, branch_id):
        raise NotAllowed(Action.INVITE, branch_id)
    if branch_id is None:
        if role in BRANCH_BOUND:
            raise NotFound("branch")
    elif tx.execute(select(branches.c.id).where(branches.c.id == branch_id)).first() is None:
        raise NotFound("branch")
    if primary_id is not None and branch_id != _branch_of(tx, primary_id):
        raise NotFound(primaries.SUBJECT)
    code = secrets.token_urlsafe(CODE_BYTES)
    expires_at = now + LASTS
    invite_id = tx.execute(
        insert(invites)
        .values(
            code_hash=_hash(code),
            role=role,
            branch_id=branch_id,
            primary_id=primary_id,
            created_by=actor.person_id,
            created_at=now,
            expires_at=expires_at,
        )
        .returning(invites.c.id)
    ).scalar_one()
    audit.record(tx, actor, now, "invite", "invite", invite_id, role=role, branch_id=branch_id)
    return code, Invite(invite_id, role, branch_id, expires_at)


def waiting(tx: Connection, actor: Actor, now: datetime) -> list[Invite]:
    """The actor's own invitations that nobody has used yet, newest first."""
    rows = tx.execute(
        select(invites.c.id, invites.c.role, invites.c.branch_id, invites.c.expires_at)
        .where(invites.c.created_by == actor.person_id, *_usable(now))
        .order_by(invites.c.id.desc())
    )
    return [Invite(row.id, Role(row.role), row.branch_id, row.expires_at) for row in rows]


def revoke(tx: Connection, actor: Actor, invite_id: int, now: datetime) -> None:
    """Take an own invitation back. Raises NotFound when it is used, expired or not the actor's."""
    changed = tx.execute(
        update(invites)
        .where(invites.c.id == invite_id, invites.c.created_by == actor.person_id, *_usable(now))
        .values(revoked_at=now)
    )
    if changed.rowcount != 1:
        raise NotFound("invite")
    audit.record(tx, actor, now, "revoke_invite", "invite", invite_id)


def redeem(tx: Connection, actor: Actor, code: str, now: datetime, today: date) -> Invite | None:
    """Use a code: the actor gets its role. None for a code that is wrong, used, expired or revoked:
    the answer does not tell which.

    Raises TooMany after five failures of one person, or a hundred of all, within an hour.
    """
    _refuse_guessing(tx, actor, now)
    row = tx.execute(
        update(invites)
        .where(invites.c.code_hash == _hash(code), *_usable(now))
        .values(used_by=actor.person_id, used_at=now)
        .returning(
            invites.c.id,
            invites.c.role,
            invites.c.branch_id,
            invites.c.expires_at,
            invites.c.primary_id,
        )
    ).first()
    if row is None:
        tx.execute(insert(invite_attempts).values(person_id=actor.person_id, at=now))
        audit.refusal(tx, actor, now, "redeem_invite")
        return None
    invite = Invite(row.id, Role(row.role), row.branch_id, row.expires_at)
    people.join(tx, actor.person_id, invite.role, invite.branch_id, today)
    if row.primary_id is not None:
        primaries.put(tx, actor.person_id, row.primary_id)
    tx.execute(delete(invite_attempts).where(invite_attempts.c.person_id == actor.person_id))
    audit.record(tx, actor, now, "redeem_invite", "invite", invite.id, role=invite.role)
    outbox.put(tx, f"commands:invite:{invite.id}", "commands", actor.person_id, {}, now)
    return invite


def _branch_of(tx: Connection, primary_id: int) -> int | None:
    found = primaries.named(tx, (primary_id,))
    return found[0].branch_id if found and found[0].active else None


def _refuse_guessing(tx: Connection, actor: Actor, now: datetime) -> None:
    since = now - TRIES_WINDOW
    mine = invite_attempts.c.person_id == actor.person_id
    own, own_oldest, every, oldest = tx.execute(
        select(
            func.count().filter(mine),
            func.min(invite_attempts.c.at).filter(mine),
            func.count(),
            func.min(invite_attempts.c.at),
        ).where(invite_attempts.c.at > since)
    ).one()
    if own >= TRIES_OF_ONE:
        raise TooMany(own_oldest + TRIES_WINDOW)
    if every >= TRIES_OF_ALL:
        raise TooMany(oldest + TRIES_WINDOW)


def _may_invite_to(actor: Actor, branch_id: int | None) -> bool:
    if branch_id is None:
        return may(actor, Action.INVITE_SECRETARIES)
    return may(actor, Action.INVITE, branch_id)


def _usable(now: datetime):  # type: ignore[no-untyped-def]  # noqa: ANN202 - SQLAlchemy's own types
    return (
        invites.c.used_by.is_(None),
        invites.c.revoked_at.is_(None),
        invites.c.expires_at > now,
    )


def _hash(code: str) -> str:
    # The code has 128 random bits: nothing to guess, so a plain fast hash is enough.
    return sha256(code.encode()).hexdigest()
