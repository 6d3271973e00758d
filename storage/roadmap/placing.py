"""A secretary puts an item into another territory, or makes it an item of another kind."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, select

from storage import audit, branches
from storage.errors import NotAllowed, NotPossible
from storage.roadmap import carrying
from storage.roadmap.adding import SERIES, next_number
from storage.roadmap.indexing import index
from storage.roadmap.reading import get
from storage.roadmap.records import SUBJECT, Item, Kind
from storage.roadmap.steps import managed, remember, replan, step
from storage.rules.access import Action, Actor, may
from storage.tables import control_items, control_people

TERRITORY, KIND = "territory", "kind"  # in the history; the text says from what to what
ARROW = " → "


def put_into(
    tx: Connection,
    actor: Actor,
    item_id: int,
    version: int,
    branch_id: int,
    language: str,
    now: datetime,
    zone: ZoneInfo,
) -> Item:
    """Put the item into another branch, named in the history in ``language``.

    Whoever may carry nothing there carries it no more: an executor's name stays on the card.
    Secretaries of both branches only. Raises NotFound, NotAllowed, AlreadyChanged, and NotPossible
    (removed, same_territory).
    """
    item = managed(tx, actor, item_id)
    there, here = branches.get(tx, branch_id), branches.get(tx, item.branch_id)
    if not may(actor, Action.MANAGE_ROADMAP, branch_id):
        raise NotAllowed(Action.MANAGE_ROADMAP, branch_id)
    if branch_id == item.branch_id:
        raise NotPossible("same_territory")
    leave = _strangers(tx, item, branch_id, now.astimezone(zone).date())
    released = item.executor_id in leave
    named = {"executor_id": None, "executor_name": item.executor} if released else {}
    step(tx, item, version, branch_id=branch_id, **named)
    tx.execute(
        delete(control_people).where(
            control_people.c.item_id == item_id, control_people.c.person_id.in_(sorted(leave))
        )
    )
    moved = ARROW.join((here.named(language), there.named(language)))
    remember(tx, item_id, actor, now, TERRITORY, text=moved)
    return _after(tx, actor, item_id, TERRITORY, now, zone, to=branch_id)


def make(
    tx: Connection,
    actor: Actor,
    item_id: int,
    version: int,
    kind: Kind,
    now: datetime,
    zone: ZoneInfo,
) -> Item:
    """Make it an item of another kind: reminded of by the ladder of that kind.

    Its number stays where no other of the kind has it. An instruction is none but by a final
    document. Secretaries only. Raises as ``put_into``, and NotPossible (of_the_document,
    no_such_kind, same_kind).
    """
    item = managed(tx, actor, item_id)
    if item.kind is Kind.INSTRUCTION:
        raise NotPossible("of_the_document")
    if kind not in SERIES:
        raise NotPossible("no_such_kind")
    if kind is item.kind:
        raise NotPossible("same_kind")
    series, c = SERIES[kind], control_items.c
    next_one = next_number(tx, series)  # and whoever adds one waits for us
    taken = select(c.id).where(c.series == series, c.number == item.number)
    number = next_one if tx.execute(taken).first() else item.number
    step(tx, item, version, kind=kind, series=series, number=number)
    remember(tx, item_id, actor, now, KIND, text=ARROW.join((item.kind, kind)))
    return _after(tx, actor, item_id, KIND, now, zone, to=kind.value)


def _strangers(tx: Connection, item: Item, branch_id: int, today: date) -> set[int]:
    """Those who carry it and may carry nothing in that branch."""
    able = {one.id for one in carrying.able(tx, item.kind, branch_id, today)}
    return set(item.reminded) - able


def _after(
    tx: Connection,
    actor: Actor,
    item_id: int,
    what: str,
    now: datetime,
    zone: ZoneInfo,
    *,
    to: int | str,
) -> Item:
    index(tx, [item_id])
    after = get(tx, actor, item_id)
    replan(tx, after, now, zone)
    audit.record(tx, actor, now, f"roadmap.{what}", SUBJECT, item_id, to=to)
    return after
