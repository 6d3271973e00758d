"""The agenda as a secretary makes it: items are added, changed, put in another order, deleted."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from storage import audit, search_index
from storage.errors import NotFound, NotPossible
from storage.meetings import change_notices
from storage.meetings.access import BUREAU, INVITED, MEMBERS
from storage.meetings.preparing import prepared, step
from storage.rules.access import Actor
from storage.rules.meeting_states import AHEAD, DRAFT, IN_PROGRESS
from storage.tables import agenda_items

SUBJECT = "agenda_item"
EDITABLE = (DRAFT, *AHEAD, IN_PROGRESS)
DELETABLE = (DRAFT, *AHEAD)  # later there is what was said on it

ITEMS_LIMIT = 60  # of one meeting
TITLE_LIMIT = 250  # characters
DECISION_LIMIT = 2000  # characters of a draft decision
POST_LIMIT = 200  # characters of a speaker's position
MINUTES_LIMIT = 480  # of one item

KINDS = ("report", "control", "information", "election")
VISIBILITIES = (MEMBERS, INVITED, BUREAU)
LIMITS = {
    "title_kk": TITLE_LIMIT,
    "title_ru": TITLE_LIMIT,
    "draft_decision_kk": DECISION_LIMIT,
    "draft_decision_ru": DECISION_LIMIT,
    "speaker_position_kk": POST_LIMIT,
    "speaker_position_ru": POST_LIMIT,
}
SETTLED = ("done", "carried", "dropped")  # nothing is prepared on it any more


def add(
    tx: Connection,
    actor: Actor,
    meeting_id: int,
    titles: Sequence[str],
    language: str,
    now: datetime,
) -> list[int]:
    """Put items at the end of the agenda, titled in ``language`` (kk, ru); return their ids.

    Raises NotFound, NotAllowed, and NotPossible
    (wrong_state, too_many, too_long).
    """
    prepared(tx, actor, meeting_id, EDITABLE)
    column = f"title_{language}"
    rows = [{"kind": "report", column: title} for title in titles]
    for row in rows:
        _check(row)
    ids = append(tx, meeting_id, rows)
    for item_id in ids:
        audit.record(tx, actor, now, "agenda.add", SUBJECT, item_id, meeting=meeting_id)
    touched(tx, meeting_id, now)
    return ids


def append(tx: Connection, meeting_id: int, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Insert ``rows`` after the last item of a meeting that is held already; return their ids.

    Raises NotPossible (too_many).
    """
    known = select(func.count(), func.max(agenda_items.c.number)).where(
        agenda_items.c.meeting_id == meeting_id
    )
    count, last = tx.execute(known).one()
    if count + len(rows) > ITEMS_LIMIT:
        raise NotPossible("too_many")
    return [
        int(
            tx.execute(
                insert(agenda_items)
                .values(meeting_id=meeting_id, number=number, **row)
                .returning(agenda_items.c.id)
            ).scalar_one()
        )
        for number, row in enumerate(rows, start=(last or 0) + 1)
    ]


def change(
    tx: Connection, actor: Actor, item_id: int, version: int, now: datetime, **values: Any
) -> None:
    """Set columns of an item as it was seen in ``version``.

    A title in one of the two languages must remain. Raises NotFound, NotAllowed, AlreadyChanged,
    and NotPossible (wrong_state, settled, too_long, no_title, wrong_value).
    """
    item = held(tx, actor, item_id, EDITABLE)
    if item["state"] in SETTLED:
        raise NotPossible("settled")
    _check(values)
    titles = {name: values.get(name, item[name]) for name in ("title_kk", "title_ru")}
    if not any(titles.values()):
        raise NotPossible("no_title")
    step(tx, agenda_items, SUBJECT, item_id, version, **values)
    audit.record(tx, actor, now, "agenda.change", SUBJECT, item_id, columns=sorted(values))
    touched(tx, item["meeting_id"], now)


def move(
    tx: Connection, actor: Actor, item_id: int, version: int, now: datetime, *, up: bool
) -> None:
    """Let an item change places with its neighbour; the first and the last stay where they are.

    Raises as ``change``.
    """
    item = held(tx, actor, item_id, DELETABLE)
    number, meeting_id = item["number"], item["meeting_id"]
    other = number - 1 if up else number + 1
    # Numbers are unique at every moment, and none is below nought.
    step(tx, agenda_items, SUBJECT, item_id, version, number=-1)
    taken = update(agenda_items).where(
        agenda_items.c.meeting_id == meeting_id, agenda_items.c.number == other
    )
    moved = tx.execute(taken.values(number=number)).rowcount
    back = update(agenda_items).where(agenda_items.c.id == item_id)
    tx.execute(back.values(number=other if moved else number))
    audit.record(tx, actor, now, "agenda.move", SUBJECT, item_id, up=up)
    touched(tx, meeting_id, now)


def remove(tx: Connection, actor: Actor, item_id: int, version: int, now: datetime) -> int:
    """Delete an item with its papers; those after it move up. Return the meeting's id.

    What it was carried over from waits again. Raises NotFound, NotAllowed, AlreadyChanged, and
    NotPossible (wrong_state).
    """
    item = held(tx, actor, item_id, DELETABLE)
    meeting_id: int = item["meeting_id"]
    step(tx, agenda_items, SUBJECT, item_id, version)
    wait_again(tx, [item["carried_from"]])
    tx.execute(delete(agenda_items).where(agenda_items.c.id == item_id))
    _close_up(tx, meeting_id, item["number"])
    audit.record(tx, actor, now, "agenda.remove", SUBJECT, item_id, meeting=meeting_id)
    touched(tx, meeting_id, now)
    return meeting_id


def wait_again(tx: Connection, item_ids: Iterable[int | None]) -> None:
    """Items wait where they stood before they were carried over to what is deleted now."""
    before = update(agenda_items).where(
        agenda_items.c.id.in_([one for one in item_ids if one is not None]),
        agenda_items.c.state == "carried",
    )
    tx.execute(before.values(state="planned", version=agenda_items.c.version + 1))


def held(
    tx: Connection, actor: Actor, item_id: int, states: tuple[str, ...], *, hold: bool = True
) -> RowMapping:
    """An item whose meeting ``actor`` prepares; ``hold`` keeps it until the transaction ends.

    Raises NotFound, NotAllowed and NotPossible (wrong_state).
    """
    query = select(agenda_items).where(agenda_items.c.id == item_id)
    found = tx.execute(query).mappings().first()
    if found is None:
        raise NotFound(SUBJECT)
    prepared(tx, actor, found["meeting_id"], states, hold=hold)
    # Until now another one may have moved or deleted it.
    row = tx.execute(query).mappings().first()
    if row is None:
        raise NotFound(SUBJECT)
    return row


def touched(tx: Connection, meeting_id: int, now: datetime) -> None:
    """The agenda of a meeting has changed: search reads it anew, and those called learn of it."""
    search_index.index_meeting(tx, meeting_id)
    change_notices.changed(tx, meeting_id, now)


def _close_up(tx: Connection, meeting_id: int, gap: int) -> None:
    """Numbers are unique at every moment, so they go round by way of the negative ones."""
    of_meeting = update(agenda_items).where(agenda_items.c.meeting_id == meeting_id)
    number = agenda_items.c.number
    tx.execute(of_meeting.where(number > gap).values(number=-number))
    tx.execute(of_meeting.where(number < 0).values(number=-number - 1))


def _check(values: dict[str, Any]) -> None:
    for name, limit in LIMITS.items():
        if len(values.get(name) or "") > limit:
            raise NotPossible("too_long")
    minutes = values.get("minutes")
    wrong = (
        values.get("kind", KINDS[0]) not in KINDS
        or values.get("visibility", MEMBERS) not in VISIBILITIES
        or (minutes is not None and not 0 < minutes <= MINUTES_LIMIT)
    )
    if wrong:
        raise NotPossible("wrong_value")
