"""The meetings that a person prepares, as lines for a workbook that may come back."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, and_, select

from storage import branches
from storage.errors import NotAllowed
from storage.meetings.bodies import BUREAU
from storage.meetings.exchange.adding import OF_ITEM, OF_MEETING
from storage.meetings.exchange.limits import ROWS
from storage.meetings.exchange.rows import Given, ItemRow, MeetingRow
from storage.rules.access import Action, Actor, may, scope
from storage.rules.meeting_states import CANCELLED, DRAFT, HELD, OVER
from storage.tables import agenda_items, co_speakers, meetings
from storage.tables import branches as branches_table

FIRST_ROW = 2  # under the headings
NOT_YET = ("open", "done")  # of an item whose meeting is not over: only planned in another place


@dataclass(frozen=True)
class Exported:
    """The lines, and how many meetings are not among them: cancelled, or too old to fit in."""

    given: Given
    cancelled: int
    older: int


def export(tx: Connection, actor: Actor, *, rows: int = ROWS) -> Exported:
    """Every meeting that ``actor`` prepares with its agenda, in the order of their days.

    A meeting that is not over is a draft there. Where they do not fit in ``rows`` lines a sheet,
    the oldest are left out. Raises NotAllowed for whoever prepares none.
    """
    listed = _meetings(tx, actor)
    whole = [row for row in listed if row["state"] != CANCELLED]
    agendas = _grouped(tx, agenda_items, agenda_items.c.number, [row["id"] for row in whole])
    kept = _fitting(whole, agendas, rows)
    beside = _beside(tx, [row["id"] for row in kept])
    found: list[MeetingRow] = []
    items: list[ItemRow] = []
    for key, row in enumerate(kept, start=1):
        over = row["state"] in OVER
        found.append(_meeting(row, str(key), over=over))
        for item in agendas.get(row["id"], ()):
            at = FIRST_ROW + len(items)
            items.append(_item(item, at, str(key), beside.get(item["id"], ()), over=over))
    cancelled = len(listed) - len(whole)
    return Exported(Given(tuple(found), tuple(items)), cancelled, len(whole) - len(kept))


def codes(tx: Connection, actor: Actor) -> tuple[str, ...]:
    """The codes of the branches whose meetings ``actor`` prepares, the regional one first."""
    return tuple(
        branch.code
        for branch in branches.every(tx)
        if may(actor, Action.PREPARE_MEETINGS, branch.id)
    )


def _meetings(tx: Connection, actor: Actor) -> list[RowMapping]:
    reach = scope(actor, Action.PREPARE_MEETINGS)
    query = select(meetings, branches_table.c.code).join(
        branches_table, branches_table.c.id == meetings.c.branch_id
    )
    if reach is not None:
        if not reach:
            raise NotAllowed(Action.PREPARE_MEETINGS)
        mine = and_(meetings.c.branch_id.in_(sorted(reach)), meetings.c.body != BUREAU)
        query = query.where(mine)
    order = (meetings.c.starts_at.is_(None), meetings.c.starts_at, meetings.c.id)
    return list(tx.execute(query.order_by(*order)).mappings())


def _fitting(
    whole: list[RowMapping], agendas: dict[int, list[RowMapping]], rows: int
) -> list[RowMapping]:
    left_meetings = left_items = rows
    kept: list[RowMapping] = []
    for row in reversed(whole):
        left_meetings -= 1
        left_items -= len(agendas.get(row["id"], ()))
        if left_meetings < 0 or left_items < 0:
            break
        kept.append(row)
    return kept[::-1]


def _grouped(
    tx: Connection, table: Any, order: Any, meeting_ids: list[int]
) -> dict[int, list[RowMapping]]:
    """The rows of ``table`` by meeting."""
    wanted = set(meeting_ids)
    found: dict[int, list[RowMapping]] = {}
    for row in tx.execute(select(table).order_by(table.c.meeting_id, order)).mappings():
        if row["meeting_id"] in wanted:
            found.setdefault(row["meeting_id"], []).append(row)
    return found


def _beside(tx: Connection, meeting_ids: list[int]) -> dict[int, list[tuple[str, str | None]]]:
    """The co-speakers by item."""
    query = select(co_speakers, agenda_items.c.meeting_id).join(
        agenda_items, agenda_items.c.id == co_speakers.c.item_id
    )
    wanted = set(meeting_ids)
    found: dict[int, list[tuple[str, str | None]]] = {}
    for row in tx.execute(query.order_by(co_speakers.c.position, co_speakers.c.id)).mappings():
        if row["meeting_id"] in wanted:
            found.setdefault(row["item_id"], []).append((row["name"], row["post"]))
    return found


def _meeting(row: RowMapping, key: str, *, over: bool) -> MeetingRow:
    values = {name: row[name] for name in OF_MEETING}
    at = FIRST_ROW + int(key) - 1
    return MeetingRow(at, key, row["code"], state=HELD if over else DRAFT, **values)


def _item(row: RowMapping, at: int, key: str, beside: Any, *, over: bool) -> ItemRow:
    state = row["state"]
    if state == "open" or (not over and state in NOT_YET):
        state = "planned"
    values = {name: row[name] for name in OF_ITEM}
    return ItemRow(at, key, row["number"], co_speakers=tuple(beside), state=state, **values)
