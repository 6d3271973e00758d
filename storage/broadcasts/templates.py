"""Templates of a branch, and former broadcasts: a new draft begins from either."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, func, insert, or_, select, update

from storage import audit
from storage.audiences import covers, demand
from storage.broadcasts import contents
from storage.broadcasts.drafting import Preview, preview, record
from storage.broadcasts.reading import Broadcast, get
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.meetings import reading as meetings
from storage.rules.access import Action, Actor, scope
from storage.selections import Invited, Selection
from storage.tables import broadcasts as table
from storage.tables import people

TEMPLATE = "template"  # the state of a broadcasts row that nobody ever gets
SUBJECT = "broadcast_template"
GONE_OUT = ("running", "paused", "finished", "stopped", "recalled")
MOST = 100  # templates of one branch
# What a template and a draft made from it take over; a meeting's day does not come twice.
_SAME = (
    *("text", "announcement", "confirms", "asks", "silent", "pins", "office_hours"),
    "takes_replies",
)


@dataclass(frozen=True)
class Source:
    """Something that a new draft may begin from."""

    id: int
    text: str
    at: datetime  # saved, or confirmed
    author: str


def save(tx: Connection, actor: Actor, broadcast_id: int, now: datetime) -> int:
    """Save a broadcast, or one's own draft, as a template of its branch; return its id.

    Raises NotFound, NotAllowed, NotPossible("too_many").
    """
    found = get(tx, actor, broadcast_id)
    _demand_no_template(found)
    if _of_branch(tx, found.branch_id) >= MOST:
        raise NotPossible("too_many")
    number = _made_from(tx, found, actor, TEMPLATE, now)
    audit.record(tx, actor, now, "broadcast_template.saved", SUBJECT, number)
    return number


def begin(tx: Connection, actor: Actor, source_id: int, now: datetime, today: date) -> Preview:
    """A new draft of the actor's that says what a template or a former broadcast says.

    It goes to the same people, is shown before it goes and approved anew. A meeting or broadcast
    that is not the actor's to see narrows it no more. Raises NotFound, NotAllowed.
    """
    found = get(tx, actor, source_id)
    if found.state not in (TEMPLATE, *GONE_OUT):
        raise NotFound("broadcast")
    demand(actor, found.whom.branches)
    found = _readable(tx, actor, found)
    number = _made_from(tx, found, actor, "draft", now)
    record(tx, actor, now, "begun_from", number, source=source_id)
    return preview(tx, actor, number, today)


def remove(tx: Connection, actor: Actor, template_id: int, now: datetime) -> None:
    """Delete a template; drafts made from it stay. Raises NotFound, NotAllowed, AlreadyChanged."""
    if get(tx, actor, template_id).state != TEMPLATE:
        raise NotFound(SUBJECT)
    gone = (
        update(table)
        .where(table.c.id == template_id, table.c.state == TEMPLATE)
        .values(state="cancelled", version=table.c.version + 1)
    )
    if tx.execute(gone).rowcount != 1:
        raise AlreadyChanged
    audit.record(tx, actor, now, "broadcast_template.deleted", SUBJECT, template_id)


def templates(tx: Connection, actor: Actor) -> list[Source]:
    """The templates of the actor's branches, the newest first."""
    return _sources(tx, actor, (TEMPLATE,), None)


def former(tx: Connection, actor: Actor, limit: int) -> list[Source]:
    """What has gone out to the actor's branches, whoever sent it; the newest first."""
    return _sources(tx, actor, GONE_OUT, limit)


def _sources(
    tx: Connection, actor: Actor, states: tuple[str, ...], limit: int | None
) -> list[Source]:
    at = func.coalesce(table.c.confirmed_at, table.c.created_at).label("at")
    columns = (table.c.id, table.c.text, at, people.c.name, table.c.branch_id, table.c.audience)
    rows = tx.execute(
        select(*columns)
        .join(people, people.c.id == table.c.author_id)
        .where(table.c.state.in_(states), *_reached(actor))
        .order_by(table.c.id.desc())
    )
    # What is not the actor's to see takes no place.
    seen = (
        Source(row.id, row.text, row.at, row.name)
        for row in rows
        if covers(actor, Selection.read(row.branch_id, row.audience).branches)
    )
    return list(islice(seen, limit))


def _of_branch(tx: Connection, branch_id: int | None) -> int:
    """How many templates one branch has; None: the whole region, and those of several."""
    here = (table.c.state == TEMPLATE, table.c.branch_id.is_not_distinct_from(branch_id))
    return tx.execute(select(func.count()).where(*here)).scalar_one()


def _reached(actor: Actor):  # type: ignore[no-untyped-def]  # noqa: ANN202 - SQLAlchemy's own types
    reach = scope(actor, Action.BROADCAST)
    if reach is None:
        return ()
    several = table.c.branch_id.is_(None) & table.c.audience.is_not(None)
    return (or_(table.c.branch_id.in_(sorted(reach)), several),)


def _made_from(tx: Connection, found: Broadcast, actor: Actor, state: str, now: datetime) -> int:
    row: dict[str, Any] = {name: getattr(found, name) for name in _SAME}
    row["links"] = [list(link) for link in found.links]
    row |= {"branch_id": found.branch_id, "audience": found.audience, "state": state}
    made = {"author_id": actor.person_id, "created_at": now}
    query = insert(table).values(**row, **made).returning(table.c.id)
    number: int = tx.execute(query).scalar_one()
    contents.take_over(tx, found.id, number)
    return number


def _readable(tx: Connection, actor: Actor, found: Broadcast) -> Broadcast:
    whom = found.whom
    if whom.meeting_id is not None and not _sees(tx, actor, meetings.get, whom.meeting_id):
        whom = replace(whom, meeting_id=None, invited=Invited.ALL)
    if whom.silent_of is not None and not _sees(tx, actor, get, whom.silent_of):
        whom = replace(whom, silent_of=None)
    return found if whom == found.whom else replace(found, audience=whom.kept)


def _sees(
    tx: Connection, actor: Actor, read: Callable[[Connection, Actor, int], object], number: int
) -> bool:
    try:
        read(tx, actor, number)
    except (NotFound, NotAllowed):
        return False
    return True


def _demand_no_template(found: Broadcast) -> None:
    if found.state in (TEMPLATE, "cancelled"):
        raise NotFound("broadcast")
