"""What is told of changes to a meeting that was announced: quick ones in one notice.

``meetings.told`` holds what the notices said so far. ``last`` is how the meeting stood after its
latest change and ``at`` the moment of it, ``rounds`` how it stood before each notice, ``due`` when
the latest notice goes out. A notice says what differs between its round and the next one, when it
is sent: nothing that was taken back meanwhile, and nothing twice.
"""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, select, update

from storage import outbox
from storage.meetings.access import MEMBERS
from storage.rules.meeting_states import CALLED
from storage.tables import agenda_items, invitees, meetings
from storage.tables import outbox as messages

FIRST, KIND = "meeting_announced", "meeting_changed"  # of the outbox
FOLD = timedelta(minutes=5)  # changes within it are one notice

# What a notice names → the columns it is about.
FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title_kk", "title_ru"),
    "kind": ("kind",),
    "format": ("format",),
    "place": ("place_kk", "place_ru"),
    "link": ("link",),
    "map": ("latitude", "longitude"),
    "chair": ("chair_kk", "chair_ru"),
}
AGENDA = "agenda"


def told(tx: Connection, meeting_id: int) -> list[int]:
    """The people who had the first notice of a meeting."""
    query = select(invitees.c.person_id).where(
        invitees.c.meeting_id == meeting_id,
        invitees.c.told_at.is_not(None),
        invitees.c.person_id.is_not(None),
    )
    return [int(one) for one in tx.execute(query.order_by(invitees.c.person_id)).scalars()]


def said(tx: Connection, meeting_id: int, now: datetime) -> None:
    """A notice with all of the meeting goes out at ``now``: what waits has nothing to add."""
    row = _row(tx, meeting_id)
    state = _snapshot(tx, row)
    kept = row["told"] or {"rounds": [], "due": None}
    if _is_open(kept, now):
        kept = {**kept, "rounds": [*kept["rounds"][:-1], state]}
    _keep(tx, meeting_id, {**kept, "last": state})


def changed(tx: Connection, meeting_id: int, now: datetime) -> None:
    """Call it after each change of what people were told: they learn of it in a few minutes.

    Does nothing for a meeting nobody was called to, or when nothing they know is different.
    """
    row = _row(tx, meeting_id)
    kept = row["told"]
    if kept is None or row["state"] not in CALLED:
        return
    state = _snapshot(tx, row)
    if state == kept["last"]:
        return
    if not _is_open(kept, now):
        due = now + FOLD
        kept = {**kept, "rounds": [*kept["rounds"], kept["last"]], "due": due.isoformat()}
        _queue(tx, meeting_id, len(kept["rounds"]) - 1, now, due)
    _keep(tx, meeting_id, {**kept, "last": state, "at": now.isoformat()})


def knows(tx: Connection, meeting_id: int, person_id: int) -> bool:
    """Whether the first notice reached a person after the latest change, and so told of it all."""
    at = (_row(tx, meeting_id)["told"] or {}).get("at")
    sent = select(messages.c.sent_at).where(
        messages.c.key == f"{FIRST}:{meeting_id}:{person_id}", messages.c.state == "sent"
    )
    moment = tx.execute(sent).scalar_one_or_none()
    return at is not None and moment is not None and moment >= datetime.fromisoformat(at)


def differences(tx: Connection, meeting_id: int, number: int) -> tuple[str, ...]:
    """What the notice ``number`` (from 0) has to tell: keys of FIELDS, and AGENDA."""
    row = _row(tx, meeting_id)
    rounds = (row["told"] or {}).get("rounds", [])
    if number >= len(rounds):
        return ()
    before = rounds[number]
    after = rounds[number + 1] if number + 1 < len(rounds) else _snapshot(tx, row)
    return tuple(name for name in (*FIELDS, AGENDA) if before.get(name) != after.get(name))


def _is_open(kept: dict[str, Any], now: datetime) -> bool:
    due = kept["due"]
    return due is not None and now < datetime.fromisoformat(due)


def _queue(tx: Connection, meeting_id: int, number: int, now: datetime, due: datetime) -> None:
    messages = [
        outbox.Message(
            f"{KIND}:{meeting_id}:{number}:{person_id}",
            KIND,
            person_id,
            {"meeting": meeting_id, "round": number},
        )
        for person_id in told(tx, meeting_id)
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.NOTICE, not_before=due)


def _keep(tx: Connection, meeting_id: int, kept: dict[str, Any]) -> None:
    tx.execute(update(meetings).where(meetings.c.id == meeting_id).values(told=kept))


def _row(tx: Connection, meeting_id: int) -> RowMapping:
    query = select(meetings).where(meetings.c.id == meeting_id)
    return tx.execute(query).mappings().one()


def _snapshot(tx: Connection, row: RowMapping) -> dict[str, Any]:
    # Lists, as JSON gives them back.
    state: dict[str, Any] = {
        name: [row[column] for column in columns] for name, columns in FIELDS.items()
    }
    items = select(agenda_items.c.title_kk, agenda_items.c.title_ru).where(
        agenda_items.c.meeting_id == row["id"], agenda_items.c.visibility == MEMBERS
    )
    titles = [list(item) for item in tx.execute(items.order_by(agenda_items.c.number))]
    state[AGENDA] = hashlib.sha256(json.dumps(titles).encode()).hexdigest()[:16]
    return state
