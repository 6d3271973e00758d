"""Groups and channels of branches: proposed by whoever adds the bot, confirmed by a secretary.

Nothing is broadcast to a group before that. Whether the bot may write there is what Telegram said
last; it is tried all the same, for a group's own settings change without a word to the bot.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, insert, select, update

from storage import audit, chats, outbox, people
from storage.errors import AlreadyChanged, NotAllowed, NotFound
from storage.rules.access import Action, Actor, may, scope
from storage.tables import branch_groups as table
from storage.tables import branches
from storage.tables import chats as chat_table

PROPOSED, NEEDS_SECRETARY, LOST = "group_proposed", "group_needs_secretary", "group_lost"
REMOVED, NO_RIGHTS = "removed", "no_rights"  # why nothing can be written there


@dataclass(frozen=True)
class Standing:
    """What the bot is in a group, as Telegram says: in it or not, and what it may do there."""

    inside: bool
    writes: bool
    pins: bool


@dataclass(frozen=True)
class Group:
    """A group or a channel; ``reason``: why nothing can be written there, as far as is known."""

    id: int
    chat_id: int
    kind: str  # group, supergroup, channel
    title: str
    branch_id: int | None  # None: of the whole region; unconfirmed: perhaps of this branch
    branch_kk: str | None
    branch_ru: str | None
    proposed_by: int
    confirmed_by: int | None
    language: str | None
    reason: str | None
    pins: bool

    @property
    def confirmed(self) -> bool:
        """Whether a secretary has said whose it is."""
        return self.confirmed_by is not None


def stands(
    tx: Connection,
    actor: Actor,
    chat_id: int,
    kind: str,
    title: str,
    how: Standing,
    now: datetime,
    today: date,
) -> None:
    """Telegram says what the bot is in a group now, by the doing of ``actor``.

    A group that nobody has confirmed is proposed to a secretary; who has confirmed one that can be
    written to no more is told.
    """
    before = _find(tx, table.c.chat_id == chat_id)
    if before is None and not how.inside:  # an old chat whose group has moved on
        return
    was_in = before is not None and chats.reachable(tx, chat_id)
    chats.seen(tx, chat_id, title, now, None if how.inside else REMOVED)
    values: dict[str, Any] = {"writes": how.writes, "pins": how.pins}
    if how.inside and may(actor, Action.BROADCAST) and not (before and before.confirmed):
        values["proposed_by"] = actor.person_id  # who is asked whose it is must get to see it
    found = _keep(tx, before, actor, chat_id, kind, now, **values)
    if before is not None and before.confirmed:
        if before.reason is None and found.reason is not None:
            _tell(tx, LOST, found, [before.confirmed_by], now)
    elif how.inside and not was_in:
        _propose(tx, actor, found, now, today)


def set_up(
    tx: Connection, actor: Actor, chat_id: int, kind: str, title: str, now: datetime
) -> Group:
    """A secretary asks within a group to have it: what to confirm comes in the private chat.

    Raises NotAllowed for whoever may not broadcast. One that is confirmed is returned as it is.
    """
    if not may(actor, Action.BROADCAST):
        raise NotAllowed(Action.BROADCAST)
    before = _find(tx, table.c.chat_id == chat_id)
    chats.seen(tx, chat_id, title, now)
    if before is not None and before.confirmed:
        return before
    found = _keep(tx, before, actor, chat_id, kind, now, proposed_by=actor.person_id)
    _tell(tx, PROPOSED, found, [actor.person_id], now)
    return found


def _keep(
    tx: Connection,
    before: Group | None,
    actor: Actor,
    chat_id: int,
    kind: str,
    now: datetime,
    **values: Any,
) -> Group:
    if before is None:
        first = {"proposed_by": actor.person_id, "branch_id": _branch_of(actor), **values}
        tx.execute(insert(table).values(chat_id=chat_id, kind=kind, proposed_at=now, **first))
        audit.record(tx, actor, now, "group.proposed", "group", None, chat_id=chat_id)
    else:
        tx.execute(update(table).where(table.c.id == before.id).values(kind=kind, **values))
    return _one(tx, table.c.chat_id == chat_id)


def _branch_of(actor: Actor) -> int | None:
    return next((one.branch_id for one in actor.memberships if one.branch_id is not None), None)


def _propose(tx: Connection, actor: Actor, found: Group, now: datetime, today: date) -> None:
    if may(actor, Action.BROADCAST):
        _tell(tx, PROPOSED, found, [actor.person_id], now)
        return
    # A stranger may add the bot anywhere: that alone must not write to any secretary.
    branch_id = _branch_of(actor)
    asked = people.secretaries(tx, branch_id, today) if branch_id is not None else []
    _tell(tx, PROPOSED, found, [secretary.id for secretary in asked], now)
    _tell(tx, NEEDS_SECRETARY, found, [actor.person_id], now)


def _tell(tx: Connection, kind: str, of: Group, whom: Iterable[int | None], now: datetime) -> None:
    messages = [
        outbox.Message(f"{kind}:{of.id}:{now.isoformat()}:{one}", kind, one, {"group_id": of.id})
        for one in whom
        if one is not None
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.NOTICE)


def confirm(
    tx: Connection, actor: Actor, group_id: int, branch_id: int | None, now: datetime
) -> Group:
    """Say that a group is of a branch (None: of the whole region); it speaks the actor's language.

    Raises NotFound, NotAllowed outside the actor's branches, AlreadyChanged when it is confirmed.
    """
    get(tx, actor, group_id)
    if not _reaches(actor, branch_id):
        raise NotAllowed(Action.BROADCAST, branch_id)
    changed = tx.execute(
        update(table)
        .where(table.c.id == group_id, table.c.confirmed_by.is_(None))
        .values(
            branch_id=branch_id,
            confirmed_by=actor.person_id,
            confirmed_at=now,
            language=actor.language,
        )
        .returning(table.c.id)
    ).first()
    if changed is None:
        raise AlreadyChanged
    audit.record(tx, actor, now, "group.confirmed", "group", group_id, branch_id=branch_id)
    return _one(tx, table.c.id == group_id)


def release(tx: Connection, actor: Actor, group_id: int, now: datetime) -> Group:
    """Nothing is broadcast to a group any more. Raises NotFound, AlreadyChanged."""
    get(tx, actor, group_id)
    changed = tx.execute(
        update(table)
        .where(table.c.id == group_id, table.c.confirmed_by.is_not(None))
        .values(confirmed_by=None, confirmed_at=None)
        .returning(table.c.id)
    ).first()
    if changed is None:
        raise AlreadyChanged
    audit.record(tx, actor, now, "group.released", "group", group_id)
    return _one(tx, table.c.id == group_id)


def set_language(
    tx: Connection, actor: Actor, group_id: int, language: str, now: datetime
) -> Group:
    """Let a group get the version of ``language`` (kk or ru). Raises NotFound."""
    get(tx, actor, group_id)
    tx.execute(update(table).where(table.c.id == group_id).values(language=language))
    audit.record(tx, actor, now, "group.language", "group", group_id, language=language)
    return _one(tx, table.c.id == group_id)


def get(tx: Connection, actor: Actor, group_id: int) -> Group:
    """A group of the actor's branches, or proposed by or to the actor. Raises NotFound."""
    found = _find(tx, table.c.id == group_id)
    if found is None or not _sees(actor, found):
        raise NotFound("group")
    return found


def find(tx: Connection, group_id: int) -> Group | None:
    """A group for whoever has a right to it by other means: ask ``get`` for a person."""
    return _find(tx, table.c.id == group_id)


def of_chat(tx: Connection, chat_id: int) -> Group | None:
    """The group that a chat is."""
    return _find(tx, table.c.chat_id == chat_id)


def listed(tx: Connection, actor: Actor) -> list[Group]:
    """All groups that the actor may see, those to be confirmed first."""
    return sorted(
        (one for one in _every(tx) if _sees(actor, one)), key=lambda one: (one.confirmed, one.title)
    )


def offered(tx: Connection, within: Iterable[int]) -> list[Group]:
    """The confirmed groups of the branches ``within`` (none: the whole region, its own as well)."""
    found = _every(tx, _of(within))
    return sorted(found, key=lambda one: one.title)


def within(branch_ids: Iterable[int], group_ids: Iterable[int]) -> ColumnElement[bool]:
    """Of the groups those of ``group_ids`` that a broadcast to these branches may go to."""
    return and_(table.c.id.in_(list(group_ids)), _of(branch_ids))


def chosen(
    tx: Connection, branch_ids: Iterable[int], group_ids: Iterable[int]
) -> tuple[Group, ...]:
    """The groups of ``group_ids`` that a broadcast to these branches goes to, by their titles."""
    ids = tuple(group_ids)
    return tuple(one for one in offered(tx, branch_ids) if one.id in ids) if ids else ()


def wrote(tx: Connection, group_id: int, *, may_write: bool) -> None:
    """Note what the last sending has shown."""
    tx.execute(
        update(table)
        .where(table.c.id == group_id, table.c.writes.is_(not may_write))
        .values(writes=may_write)
    )


def _of(branch_ids: Iterable[int]) -> ColumnElement[bool]:
    confirmed, ids = table.c.confirmed_by.is_not(None), list(branch_ids)
    return and_(confirmed, table.c.branch_id.in_(ids)) if ids else confirmed


def _reaches(actor: Actor, branch_id: int | None) -> bool:
    reach = scope(actor, Action.BROADCAST)
    return reach is None or branch_id in reach


def _sees(actor: Actor, of: Group) -> bool:
    mine = of.proposed_by == actor.person_id and not of.confirmed
    return may(actor, Action.BROADCAST) and (mine or _reaches(actor, of.branch_id))


def _one(tx: Connection, which: ColumnElement[bool]) -> Group:
    return _group(tx.execute(_query().where(which)).mappings().one())


def _find(tx: Connection, which: ColumnElement[bool]) -> Group | None:
    row = tx.execute(_query().where(which)).mappings().first()
    return None if row is None else _group(row)


def _every(tx: Connection, *which: ColumnElement[bool]) -> list[Group]:
    return [_group(row) for row in tx.execute(_query().where(*which)).mappings()]


def _query() -> Select[Any]:
    return (
        select(
            table,
            chat_table.c.title,
            chat_table.c.reachable,
            branches.c.name_kk,
            branches.c.name_ru,
        )
        .join(chat_table, chat_table.c.chat_id == table.c.chat_id)
        .outerjoin(branches, branches.c.id == table.c.branch_id)
    )


def _group(row: RowMapping) -> Group:
    reason = None if row["writes"] else NO_RIGHTS
    return Group(
        id=row["id"],
        chat_id=row["chat_id"],
        kind=row["kind"],
        title=row["title"],
        branch_id=row["branch_id"],
        branch_kk=row["name_kk"],
        branch_ru=row["name_ru"],
        proposed_by=row["proposed_by"],
        confirmed_by=row["confirmed_by"],
        language=row["language"],
        reason=reason if row["reachable"] else REMOVED,
        pins=row["pins"],
    )
