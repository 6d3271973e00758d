"""A secretary puts an item under control by hand; everything beyond its core may come later."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from storage import audit
from storage.errors import NotAllowed, NotPossible
from storage.roadmap import carrying
from storage.roadmap.editing import require_short
from storage.roadmap.items import NewRoadmapItem, add
from storage.roadmap.reading import get
from storage.roadmap.records import SUBJECT, Item, Kind, Term
from storage.roadmap.steps import remember, tell
from storage.rules.access import Action, Actor, may
from storage.tables import branches, control_items

# Within which numbers are unique. An instruction comes from a final document, never by hand.
SERIES = {Kind.ROADMAP: "", Kind.RECOMMENDATION: "recommendation", Kind.REPORTING: "reporting"}
ADDED = "added"  # in the history
_LEADING = re.compile(r"\d{1,9}")


@dataclass(frozen=True)
class Wanted:
    """The core of an item: ``language`` is that of the title.

    The executor is somebody the bot knows, or (``executor_name``) words: nobody is reminded then.
    """

    kind: Kind
    branch_id: int
    title: str
    language: str
    deadline: date
    term: Term = Term.DATE
    executor_id: int | None = None
    executor_name: str | None = None


def put(tx: Connection, actor: Actor, wanted: Wanted, now: datetime, zone: ZoneInfo) -> Item:
    """Put it under control with the next number of its kind, and tell its executor.

    Secretaries of the branch only. Raises NotAllowed, NotFound (the executor may not carry it),
    and NotPossible (no_such_kind, empty, too_long, no_executor, deadline_in_the_past).
    """
    if not may(actor, Action.MANAGE_ROADMAP, wanted.branch_id):
        raise NotAllowed(Action.MANAGE_ROADMAP, wanted.branch_id)
    today = now.astimezone(zone).date()
    _require_whole(wanted, today)
    if wanted.executor_id is not None:
        carrying.require(tx, wanted.executor_id, wanted.kind, wanted.branch_id, today)
    series = SERIES[wanted.kind]
    in_kazakh = wanted.language == "kk"
    new = NewRoadmapItem(
        number=next_number(tx, series),
        branch_id=wanted.branch_id,
        direction_kk=None,
        direction_ru=None,
        title_kk=wanted.title if in_kazakh else None,
        title_ru=None if in_kazakh else wanted.title,
        executor_id=wanted.executor_id,
        executor_name=None if wanted.executor_id else wanted.executor_name,
        deadline=wanted.deadline,
        term=wanted.term,
        kind=wanted.kind,
        series=series,
    )
    item_id = add(tx, new, now, zone)
    remember(tx, item_id, actor, now, ADDED)
    item = get(tx, actor, item_id)
    tell(tx, item, "roadmap_handed", item.executes, actor, now)
    audit.record(tx, actor, now, "roadmap.add", SUBJECT, item_id, kind=wanted.kind.value)
    return item


def _require_whole(wanted: Wanted, today: date) -> None:
    if wanted.kind not in SERIES:
        raise NotPossible("no_such_kind")
    if not wanted.title.strip():
        raise NotPossible("empty")
    require_short("title", wanted.title)
    require_short("executor", wanted.executor_name or "")
    if wanted.executor_id is None and not (wanted.executor_name or "").strip():
        raise NotPossible("no_executor")
    if wanted.deadline < today:
        raise NotPossible("deadline_in_the_past")


def next_number(tx: Connection, series: str) -> str:
    """One more than the highest that stands first in a number of the series: 7 after 6.2."""
    # The region's row is held until the end, so that two who add at once count one after another.
    region = select(branches.c.id).where(branches.c.kind == "region")
    tx.execute(region.with_for_update(key_share=True)).all()
    query = select(control_items.c.number).where(control_items.c.series == series)
    leading = (_LEADING.match(number) for number in tx.execute(query).scalars())
    return str(1 + max((int(found.group()) for found in leading if found), default=0))
