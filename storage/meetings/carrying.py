"""What goes on at a next meeting: items carried over, and decisions still under control."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, func, insert, select

from storage import audit
from storage.errors import NotPossible
from storage.meetings.access import MEMBERS
from storage.meetings.agenda import (
    EDITABLE,
    SETTLED,
    SUBJECT,
    TITLE_LIMIT,
    append,
    held,
    touched,
)
from storage.meetings.preparing import prepared, step
from storage.roadmap.records import State
from storage.rules.access import Actor
from storage.rules.meeting_states import AHEAD, CALLED, CANCELLED, DRAFT, HELD, OVER
from storage.tables import (
    agenda_items,
    co_speakers,
    control_items,
    instructions,
    materials,
    meetings,
    people,
)

# From a meeting in one of these states; of one that was cancelled nothing was considered.
CARRYING = (DRAFT, *CALLED, HELD, CANCELLED)
NEXT = (DRAFT, *AHEAD)  # to one in one of these
CUT = "…"
TARGETS = 8  # meetings to choose from
UNDER_CONTROL = "under_control"

# What an item takes along; its decision and what was heard stay where they were.
_KEPT = (
    *("kind", "title_kk", "title_ru", "speaker_id", "speaker_kk", "speaker_ru"),
    *("speaker_position_kk", "speaker_position_ru", "minutes", "visibility"),
    *("draft_decision_kk", "draft_decision_ru", "instruction_id"),
)
_CO_SPEAKER = ("position", "person_id", "name", "post")
_MATERIAL = (
    *("kind", "file_id", "file_unique_id", "name", "size", "path", "added_by", "added_at"),
)


@dataclass(frozen=True)
class Target:
    """A meeting ahead to which something can be put."""

    id: int
    title_kk: str
    title_ru: str
    starts_at: datetime | None
    state: str


@dataclass(frozen=True)
class OpenDecision:
    """An instruction of a former meeting that is still under control."""

    id: int
    item_id: int | None
    text_kk: str | None
    text_ru: str | None
    executor_id: int | None
    executor: str | None
    deadline: date | None
    visibility: str  # of the item it was decided on


def targets(
    tx: Connection, branch_id: int, body: str, now: datetime, *, but: int = 0
) -> list[Target]:
    """The meetings of a body that are still ahead, without the meeting ``but``, nearest first."""
    query = select(*(meetings.c[name] for name in Target.__annotations__)).where(
        meetings.c.branch_id == branch_id,
        meetings.c.body == body,
        meetings.c.id != but,
        meetings.c.state.in_(NEXT),
        meetings.c.starts_at.is_(None) | (meetings.c.starts_at > now),
    )
    query = query.order_by(meetings.c.starts_at.is_(None), meetings.c.starts_at, meetings.c.id)
    return [Target(*row) for row in tx.execute(query.limit(TARGETS))]


def targets_of(tx: Connection, actor: Actor, item_id: int, now: datetime) -> list[Target]:
    """Where an item can be carried over to. Raises NotFound, NotAllowed, NotPossible."""
    item = held(tx, actor, item_id, CARRYING, hold=False)
    meeting = prepared(tx, actor, item["meeting_id"], hold=False)
    return targets(tx, meeting["branch_id"], meeting["body"], now, but=meeting["id"])


def carry(
    tx: Connection, actor: Actor, item_id: int, version: int, to_meeting: int, now: datetime
) -> int:
    """Carry an item over to another meeting of the same body; return the id of the item there.

    Co-speakers, materials and the draft decision go along. Raises NotFound, NotAllowed,
    AlreadyChanged, and NotPossible (wrong_state, settled, wrong_body, too_many).
    """
    item = held(tx, actor, item_id, CARRYING)
    if item["state"] in SETTLED:
        raise NotPossible("settled")
    here = prepared(tx, actor, item["meeting_id"], hold=False)
    there = prepared(tx, actor, to_meeting, NEXT)
    same = (here["branch_id"], here["body"]) == (there["branch_id"], there["body"])
    if not same or here["id"] == there["id"]:
        raise NotPossible("wrong_body")
    step(tx, agenda_items, SUBJECT, item_id, version, state="carried")
    values = {name: item[name] for name in _KEPT}
    (new_id,) = append(tx, to_meeting, [{**values, "carried_from": item_id}])
    _copy(tx, co_speakers, _CO_SPEAKER, item_id, {"item_id": new_id})
    _copy(tx, materials, _MATERIAL, item_id, {"item_id": new_id, "meeting_id": to_meeting})
    audit.record(tx, actor, now, "agenda.carry", SUBJECT, item_id, to=to_meeting)
    touched(tx, here["id"], now)
    touched(tx, to_meeting, now)
    return new_id


def open_decisions(tx: Connection, actor: Actor, meeting_id: int) -> list[OpenDecision]:
    """What former meetings of the same body decided, is under control and not on this agenda.

    The earliest deadline first. Raises NotFound and NotAllowed.
    """
    meeting = prepared(tx, actor, meeting_id, hold=False)
    return [OpenDecision(**row) for row in tx.execute(_open(meeting)).mappings()]


def take_up(
    tx: Connection, actor: Actor, meeting_id: int, instruction_ids: list[int], now: datetime
) -> int:
    """Put open decisions on the agenda as items under control; return how many were.

    Those that are there already, or not open any more, are passed over. Raises NotFound,
    NotAllowed, and NotPossible (wrong_state, too_many).
    """
    meeting = prepared(tx, actor, meeting_id, EDITABLE)
    wanted = set(instruction_ids)
    found = [one for one in open_decisions(tx, actor, meeting_id) if one.id in wanted]
    ids = append(tx, meeting["id"], [_asked(one) for one in found])
    for item_id in ids:
        audit.record(tx, actor, now, "agenda.take_up", SUBJECT, item_id, meeting=meeting_id)
    touched(tx, meeting_id, now)
    return len(ids)


def _asked(one: OpenDecision) -> dict[str, Any]:
    return {
        "kind": "control",
        "title_kk": _title(one.text_kk),
        "title_ru": _title(one.text_ru),
        "speaker_id": one.executor_id,
        "speaker_kk": one.executor,
        "speaker_ru": one.executor,
        "visibility": one.visibility,
        "carried_from": one.item_id,
        "instruction_id": one.id,
    }


def _title(text: str | None) -> str | None:
    flat = " ".join((text or "").split())
    if len(flat) <= TITLE_LIMIT:
        return flat or None
    return flat[: TITLE_LIMIT - 1].rstrip() + CUT


def _open(meeting: RowMapping) -> Any:
    asked = select(agenda_items.c.instruction_id).where(
        agenda_items.c.meeting_id == meeting["id"], agenda_items.c.instruction_id.is_not(None)
    )
    columns: list[ColumnElement[Any]] = [
        instructions.c[name] for name in ("id", "item_id", "text_kk", "text_ru")
    ]
    # As it stands now: another deadline and executor may hold than those adopted.
    executor_id = func.coalesce(control_items.c.executor_id, instructions.c.executor_id)
    deadline = func.coalesce(control_items.c.deadline, instructions.c.deadline)
    columns.append(executor_id.label("executor_id"))
    columns.append(func.coalesce(people.c.name, instructions.c.executor).label("executor"))
    columns.append(func.coalesce(agenda_items.c.visibility, MEMBERS).label("visibility"))
    return (
        select(*columns, deadline.label("deadline"))
        .join(meetings, meetings.c.id == instructions.c.meeting_id)
        .outerjoin(agenda_items, agenda_items.c.id == instructions.c.item_id)
        .outerjoin(control_items, control_items.c.instruction_id == instructions.c.id)
        .outerjoin(people, people.c.id == executor_id)
        .where(
            instructions.c.state == UNDER_CONTROL,
            func.coalesce(control_items.c.state, State.PLANNED) != State.REMOVED,
            meetings.c.branch_id == meeting["branch_id"],
            meetings.c.body == meeting["body"],
            meetings.c.id != meeting["id"],
            meetings.c.state.in_(OVER),
            instructions.c.id.not_in(asked),
            func.coalesce(instructions.c.text_kk, instructions.c.text_ru).is_not(None),
        )
        .order_by(deadline.is_(None), deadline, instructions.c.id)
    )


def _copy(
    tx: Connection, table: Any, columns: tuple[str, ...], item_id: int, values: dict[str, Any]
) -> None:
    rows = tx.execute(
        select(*(table.c[name] for name in columns)).where(table.c.item_id == item_id)
    )
    copies = [{**row, **values} for row in rows.mappings()]
    if copies:
        tx.execute(insert(table), copies)
