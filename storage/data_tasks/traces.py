"""What a person left beside the rows: drafts, updates that were set aside, messages, followers."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, cast, delete, exists, select, update

from storage import conversations
from storage.data_tasks.person import Known
from storage.data_tasks.seen import Seen
from storage.privacy.cells import Unreadable
from storage.privacy.rows import INBOX, OUTBOX
from storage.tables import conversations as drafts
from storage.tables import inbox, memberships, outbox, people, request_followers

NAMELESS = "—"  # the name of a voter who followed a request and was nothing else here
SEALED = '"s1.%'  # parameters that stand sealed: others hold ids only
REASON = "void"  # there is nothing to say any more, and nothing to send again


def drop_drafts(tx: Connection, branch_id: int | None, known: Known, *, really: bool) -> int:
    """Forget the drafts of the branch's people that speak of the person; return how many.

    ``really`` False only counts.
    """
    query = select(drafts)
    if branch_id is not None:
        here = (
            select(people.c.telegram_id)
            .join(memberships, memberships.c.person_id == people.c.id)
            .where(memberships.c.branch_id == branch_id)
        )
        query = query.where(drafts.c.telegram_id.in_(here))
    dropped = 0
    for row in tx.execute(query).all():
        state, data = conversations.read(row.chat_id, row.telegram_id, row.state, row.data)
        number, state, data = _pruned(state, data, known)
        if number and really:
            place = (row.chat_id, row.telegram_id)
            conversations.save(tx, *place, state, data, row.updated_at)
        dropped += number
    return dropped


def _pruned(
    state: str | None, data: dict[str, Any], known: Known
) -> tuple[int, str | None, dict[str, Any]]:
    """How many drafts speak of the person, and what is left without them."""
    aside = dict(data.get(conversations.PAUSED, {}))
    kept = {slot: draft for slot, draft in aside.items() if not known.is_told(_said(draft))}
    entered = {name: value for name, value in data.items() if name != conversations.PAUSED}
    number = len(aside) - len(kept)
    if known.is_told(_said(entered)):
        return number + 1, None, {conversations.PAUSED: kept}
    return number, state, {**entered, **({conversations.PAUSED: kept} if aside else {})}


def blank_updates(tx: Connection, known: Known, now: datetime, *, really: bool) -> int:
    """Give up updates that were set aside and speak of the person; return how many."""
    query = select(inbox.c.update_id, inbox.c.body).where(
        inbox.c.state == "quarantined", inbox.c.body.is_not(None)
    )
    found = [row["update_id"] for row in _readable(tx, INBOX, query, "body", known)]
    if found and really:
        tx.execute(
            update(inbox)
            .where(inbox.c.update_id.in_(found))
            .values(state="done", body=None, done_at=now)
        )
    return len(found)


def is_sealed() -> ColumnElement[bool]:
    """The condition that a message may hold personal data: others hold ids only."""
    return cast(outbox.c.params, Text).like(SEALED)


def tells(known: Known, row: dict[str, Any]) -> bool:
    """Whether an opened message speaks of the person."""
    return known.is_told(_loaded(row["params"]))


def blank_messages(tx: Connection, known: Known, seen: Seen, *, really: bool) -> int:
    """Empty messages that speak of the person, sent or not; return how many."""
    query = select(outbox.c.id, outbox.c.key, outbox.c.state, outbox.c.params).where(
        is_sealed(), seen.to_read(outbox)
    )
    found = _readable(tx, OUTBOX, query, "params", known)
    for row in found if really else ():
        values: dict[str, Any] = {"params": {}}
        if row["state"] in ("waiting", "sending"):
            values |= {"state": "failed", "reason": REASON}
        tx.execute(update(outbox).where(outbox.c.id == row["id"]).values(values))
    return len(found)


def forget_followers(tx: Connection, request_id: int) -> int:
    """Nobody follows the request any more; a voter who was nothing else here loses the name."""
    of_it = request_followers.c.request_id == request_id
    followers = list(tx.execute(select(request_followers.c.person_id).where(of_it)).scalars())
    tx.execute(delete(request_followers).where(of_it))
    follows = exists().where(request_followers.c.person_id == people.c.id)
    forget_guests(tx, followers, ~follows)
    return len(followers)


def forget_guests(tx: Connection, person_ids: Collection[int], *which: ColumnElement[bool]) -> None:
    """Those of ``person_ids`` who have no role and never had one lose name and phone."""
    guest = ~exists().where(memberships.c.person_id == people.c.id)
    tx.execute(
        update(people)
        .where(people.c.id.in_(person_ids), guest, *which)
        .values(name=NAMELESS, phone=None)
    )


def _readable(
    tx: Connection, sealed: Any, query: Any, column: str, known: Known
) -> list[dict[str, Any]]:
    """The rows whose opened ``column`` speaks of the person; what does not open is passed over."""
    found = []
    for row in tx.execute(query).mappings():
        try:
            said = sealed.unseal(row)[column]
        except (Unreadable, ValueError):
            continue
        if known.is_told(_loaded(said)):
            found.append(dict(row))
    return found


def _loaded(said: str) -> str:
    """JSON with its letters as they are."""
    return _said(json.loads(said))


def _said(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
