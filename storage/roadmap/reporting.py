"""Reports of those who carry an item, with what proves them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select

from storage import audit, reminders
from storage.errors import NotAllowed, NotPossible
from storage.roadmap.reading import get
from storage.roadmap.records import REPORTABLE, SUBJECT, Item, State
from storage.roadmap.steps import (
    TO_CHECK,
    controllers,
    remember,
    replan,
    require_under_control,
    step,
    tell,
)
from storage.rules.access import Action, Actor, may
from storage.tables import control_evidence, control_history

MAX_COMMENT = 1000  # characters of a report's comment
MAX_EVIDENCE = 10  # files and links of one report
DOCUMENT = "document"  # the kind of the lines of history that hold an item's documents


@dataclass(frozen=True)
class Evidence:
    """What proves a report: a file kept at Telegram, or a link (``name`` is its address)."""

    kind: str  # photo, document, video, audio, voice, link
    name: str
    file_id: str | None = None
    file_unique_id: str | None = None


@dataclass(frozen=True)
class Papers:
    """What is kept with an item: what it rests on, and what proves its reports."""

    documents: list[Evidence]
    proofs: list[Evidence]


def may_report(actor: Actor, item: Item) -> bool:
    """Whether ``actor`` reports on ``item``: those who execute it do, and branch's secretaries."""
    carries = actor.person_id in item.executes and may(actor, Action.CARRY_ITEMS)
    return carries or may(actor, Action.MANAGE_ROADMAP, item.branch_id)


def require_report(actor: Actor, item: Item) -> None:
    """Raise NotAllowed unless ``actor`` reports on ``item``."""
    if not may_report(actor, item):
        raise NotAllowed(Action.REPORT_ROADMAP, item.branch_id)


def report(
    tx: Connection,
    actor: Actor,
    item_id: int,
    version: int,
    state: State,
    text: str | None,
    now: datetime,
    zone: ZoneInfo,
    evidence: Sequence[Evidence] = (),
) -> Item:
    """Report that the item is in ``state``, with a comment or None; return the item as it is now.

    Done takes the reminders back and waits to be checked. Only a secretary opens what is done;
    that plans them anew. Raises NotFound, NotAllowed, AlreadyChanged, NotPossible (removed,
    no_such_report, roadmap_item_done), and ValueError for a long comment or too much evidence.
    """
    if text is not None and len(text) > MAX_COMMENT:
        raise ValueError(f"a comment has at most {MAX_COMMENT} characters")
    if len(evidence) > MAX_EVIDENCE:
        raise ValueError(f"a report has at most {MAX_EVIDENCE} files and links")
    item = get(tx, actor, item_id)
    require_report(actor, item)
    if state not in REPORTABLE:
        raise NotPossible("no_such_report")
    require_under_control(item)
    was_done = item.state is State.DONE
    step(
        tx,
        item,
        version,
        state=state,
        reported_at=now,
        reported_by=actor.person_id,
        accepted_at=None,
    )
    if was_done and not may(actor, Action.MANAGE_ROADMAP, item.branch_id):
        raise NotPossible("roadmap_item_done")
    kind = "comment" if state is item.state else "state"
    entry = remember(
        tx, item_id, actor, now, kind, from_state=item.state, to_state=state, text=text
    )
    _keep(tx, entry, evidence)
    after = get(tx, actor, item_id)
    if state is State.DONE:
        reminders.void(tx, SUBJECT, item_id)
        checking = controllers(tx, item, now.astimezone(zone).date())
        tell(tx, item, TO_CHECK, checking, actor, now)
    elif was_done:
        replan(tx, after, now, zone)
    audit.record(tx, actor, now, "roadmap.report", SUBJECT, item_id, state=state.value)
    return after


def evidence_of(tx: Connection, actor: Actor, item_id: int) -> list[Evidence]:
    """What was sent with the item's reports, the newest first. Raises NotFound."""
    get(tx, actor, item_id)
    return papers_of(tx, item_id).proofs


def papers_of(tx: Connection, item_id: int) -> Papers:
    """What is kept with the item, the newest first; reach is the caller's matter."""
    is_document = control_history.c.kind == DOCUMENT
    rows = tx.execute(
        select(is_document, *(control_evidence.c[name] for name in Evidence.__annotations__))
        .join(control_history, control_history.c.id == control_evidence.c.entry_id)
        .where(control_history.c.item_id == item_id)
        .order_by(is_document.desc(), control_history.c.at.desc(), control_evidence.c.id)
        .limit(2 * MAX_EVIDENCE)
    ).all()
    documents = [Evidence(*row[1:]) for row in rows if row[0]]
    proofs = [Evidence(*row[1:]) for row in rows if not row[0]]
    return Papers(documents, proofs[:MAX_EVIDENCE])


def _keep(tx: Connection, entry_id: int, evidence: Sequence[Evidence]) -> None:
    if evidence:
        names = Evidence.__annotations__
        rows = [{name: getattr(one, name) for name in names} for one in evidence]
        tx.execute(insert(control_evidence), [{"entry_id": entry_id, **row} for row in rows])
