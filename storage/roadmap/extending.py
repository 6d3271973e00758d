"""Another deadline: asked for by those who carry an item, decided by those who check it."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select, update

from storage import audit
from storage.errors import NotPossible
from storage.roadmap.reading import get
from storage.roadmap.records import SUBJECT, Item, State
from storage.roadmap.reporting import MAX_COMMENT, require_report
from storage.roadmap.steps import (
    ASKED,
    NEWS,
    controllers,
    managed,
    remember,
    replan,
    require_under_control,
    step,
    tell,
)
from storage.rules.access import Action, Actor, may
from storage.tables import control_extensions, control_items, people


@dataclass(frozen=True)
class Extension:
    """A later deadline that was asked for and nobody has decided on."""

    id: int
    asked_by: int
    person: str
    to_deadline: date
    reason: str


def asked(tx: Connection, item_id: int) -> Extension | None:
    """What is asked for of an item; None when nothing is."""
    row = tx.execute(
        select(
            control_extensions.c.id,
            control_extensions.c.asked_by,
            people.c.name,
            control_extensions.c.to_deadline,
            control_extensions.c.reason,
        )
        .join(people, people.c.id == control_extensions.c.asked_by)
        .where(control_extensions.c.item_id == item_id, control_extensions.c.state == "asked")
    ).first()
    return None if row is None else Extension(*row)


def may_decide(actor: Actor, item: Item, extension: Extension) -> bool:
    """Whether ``actor`` decides on ``extension``: nobody decides on their own."""
    manages = may(actor, Action.MANAGE_ROADMAP, item.branch_id)
    return manages and actor.person_id not in {*item.executes, extension.asked_by}


def ask(
    tx: Connection,
    actor: Actor,
    item_id: int,
    version: int,
    to: date,
    reason: str,
    now: datetime,
    today: date,
) -> Item:
    """Ask for a later deadline. Those who check it are told.

    Raises NotFound, NotAllowed, AlreadyChanged, and NotPossible (removed, roadmap_item_done,
    deadline_in_the_past, not_later, asked_already, no_reason, too_long).
    """
    item = get(tx, actor, item_id)
    require_report(actor, item)
    require_under_control(item)
    _check(item, to, reason, today)
    if asked(tx, item_id) is not None:
        raise NotPossible("asked_already")
    step(tx, item, version)
    values = {"from_deadline": item.deadline, "to_deadline": to}
    remember(tx, item_id, actor, now, "extension_asked", text=reason, **values)
    row = {"item_id": item_id, "asked_by": actor.person_id, "asked_at": now, "reason": reason}
    tx.execute(insert(control_extensions).values(**row, **values, state="asked"))
    tell(tx, item, ASKED, controllers(tx, item, today), actor, now)
    audit.record(tx, actor, now, "roadmap.ask_extension", SUBJECT, item_id, to=to.isoformat())
    return get(tx, actor, item_id)


def approve(
    tx: Connection, actor: Actor, item_id: int, version: int, now: datetime, zone: ZoneInfo
) -> Item:
    """Give the item the deadline that was asked for, and count it.

    Raises NotFound, NotAllowed, AlreadyChanged, and NotPossible (removed, nothing_asked,
    own_request, deadline_in_the_past).
    """
    item, extension = _decided(tx, actor, item_id)
    if extension.to_deadline < now.astimezone(zone).date():
        raise NotPossible("deadline_in_the_past")
    later = extension.to_deadline
    step(
        tx,
        item,
        version,
        deadline=later,
        state=State.EXTENDED,
        extensions=control_items.c.extensions + 1,
    )
    remember(tx, item_id, actor, now, "deadline", from_deadline=item.deadline, to_deadline=later)
    _settle(tx, extension, "approved", actor, now)
    after = get(tx, actor, item_id)
    replan(tx, after, now, zone)
    tell(tx, item, NEWS, item.reminded, actor, now, what="extended")
    audit.record(tx, actor, now, "roadmap.extend", SUBJECT, item_id, to=later.isoformat())
    return after


def refuse(
    tx: Connection, actor: Actor, item_id: int, version: int, word: str, now: datetime
) -> Item:
    """Leave the deadline as it is, with a word on why.

    Raises as ``approve`` does, and NotPossible (no_reason, too_long).
    """
    _require_words(word)
    item, extension = _decided(tx, actor, item_id)
    step(tx, item, version)
    remember(tx, item_id, actor, now, "extension_refused", text=word)
    _settle(tx, extension, "refused", actor, now, word)
    tell(tx, item, NEWS, item.reminded, actor, now, what="not_extended")
    audit.record(tx, actor, now, "roadmap.refuse_extension", SUBJECT, item_id)
    return get(tx, actor, item_id)


def withdraw(tx: Connection, item_id: int) -> None:
    """What is asked for has no object any more: removed, or another deadline was set."""
    tx.execute(
        update(control_extensions)
        .where(control_extensions.c.item_id == item_id, control_extensions.c.state == "asked")
        .values(state="void")
    )


def _check(item: Item, to: date, reason: str, today: date) -> None:
    _require_words(reason)
    if item.is_closed:
        raise NotPossible("roadmap_item_done")
    if to < today:
        raise NotPossible("deadline_in_the_past")
    if to <= item.deadline:
        raise NotPossible("not_later")


def _require_words(text: str) -> None:
    if not text.strip():
        raise NotPossible("no_reason")
    if len(text) > MAX_COMMENT:
        raise NotPossible("too_long")


def _decided(tx: Connection, actor: Actor, item_id: int) -> tuple[Item, Extension]:
    item = managed(tx, actor, item_id)
    extension = asked(tx, item_id)
    if extension is None:
        raise NotPossible("nothing_asked")
    if not may_decide(actor, item, extension):
        raise NotPossible("own_request")
    return item, extension


def _settle(
    tx: Connection,
    extension: Extension,
    state: str,
    actor: Actor,
    now: datetime,
    word: str | None = None,
) -> None:
    tx.execute(
        update(control_extensions)
        .where(control_extensions.c.id == extension.id)
        .values(state=state, decided_by=actor.person_id, decided_at=now, word=word)
    )
