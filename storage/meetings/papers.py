"""An item of the agenda with its co-speakers and materials; the papers of a whole meeting."""

from dataclasses import dataclass

from sqlalchemy import Connection, false, func, or_, select

from storage import meetings as every_meeting
from storage.errors import NotAllowed, NotFound
from storage.meetings import ballots, telling
from storage.meetings.agenda import SUBJECT
from storage.meetings.preparing import prepares
from storage.meetings.records import AgendaItem, Meeting
from storage.meetings.telling import Figure
from storage.rules.access import Action, Actor
from storage.rules.meeting_states import AHEAD, DRAFT
from storage.tables import agenda_items, co_speakers, materials


@dataclass(frozen=True)
class CoSpeaker:
    """Somebody who speaks on an item beside its speaker; ``person_id`` None: not registered."""

    id: int
    person_id: int | None
    name: str
    post: str | None


@dataclass(frozen=True)
class Material:
    """A file of a meeting or of one of its items; ``size`` in bytes, None when nobody told it."""

    id: int
    meeting_id: int
    item_id: int | None
    kind: str  # document, photo, video, audio, voice
    file_id: str
    name: str
    size: int | None
    path: str | None  # under the data folder; None: only at Telegram


@dataclass(frozen=True)
class ItemPapers:
    """An item with what belongs to it."""

    meeting: Meeting
    item: AgendaItem
    co_speakers: tuple[CoSpeaker, ...]
    materials: int  # how many
    figures: tuple[Figure, ...] = ()  # that were reported on it
    vote: ballots.Result | None = None  # the latest, for those who may see it


def of_item(tx: Connection, actor: Actor, item_id: int, *, papers: bool = True) -> ItemPapers:
    """The item with its co-speakers, when ``actor`` may see it.

    Without ``papers`` (in a group everybody reads the answer) as for every member, and as if it
    had no materials. Raises NotFound.
    """
    known = select(agenda_items.c.meeting_id).where(agenda_items.c.id == item_id)
    meeting_id = tx.execute(known).scalar_one_or_none()
    if meeting_id is None:
        raise NotFound(SUBJECT)
    meeting = every_meeting.get(tx, actor, meeting_id, drafts=papers)
    item = next((one for one in meeting.items if one.id == item_id), None)
    if item is None:
        raise NotFound(SUBJECT)
    return _with_papers(tx, actor, meeting, item, papers=papers)


def to_change(tx: Connection, actor: Actor, item_id: int) -> ItemPapers:
    """The item for whoever prepares its meeting. Raises NotFound and NotAllowed."""
    found = of_item(tx, actor, item_id)
    if not prepares(actor, found.meeting.branch_id, found.meeting.body):
        raise NotAllowed(Action.PREPARE_MEETINGS, found.meeting.branch_id)
    return found


def numbered(
    tx: Connection, actor: Actor, meeting_id: int, number: int, *, papers: bool = True
) -> ItemPapers:
    """The item ``number`` of a meeting; see ``of_item``."""
    meeting = every_meeting.get(tx, actor, meeting_id, drafts=papers)
    return _with_papers(tx, actor, meeting, meeting.item(number), papers=papers)


def every_material(
    tx: Connection, actor: Actor, meeting_id: int, item_id: int | None = None
) -> tuple[Meeting, list[Material]]:
    """The materials of a meeting that ``actor`` may see, or of one of its items, oldest first.

    Raises NotFound when the meeting or the item is not for ``actor``.
    """
    meeting = every_meeting.get(tx, actor, meeting_id)
    seen = [item.id for item in meeting.items]
    if item_id is not None and item_id not in seen:
        raise NotFound(SUBJECT)
    wanted = [item_id] if item_id is not None else seen
    # What belongs to the meeting as a whole is for everybody who sees it.
    whole = materials.c.item_id.is_(None) if item_id is None else false()
    of_seen = or_(materials.c.item_id.in_(wanted), whole)
    query = select(*_MATERIAL).where(materials.c.meeting_id == meeting_id, of_seen)
    order = {item.id: item.number for item in meeting.items}
    found = [Material(*row) for row in tx.execute(query.order_by(materials.c.id))]
    return meeting, sorted(found, key=lambda one: order.get(one.item_id or 0, 0))


def material(tx: Connection, actor: Actor, material_id: int) -> Material:
    """One file, when ``actor`` may see what it belongs to. Raises NotFound."""
    row = tx.execute(select(*_MATERIAL).where(materials.c.id == material_id)).first()
    if row is None:
        raise NotFound("material")
    _, seen = every_material(tx, actor, row.meeting_id, row.item_id)
    for one in seen:
        if one.id == material_id:
            return one
    raise NotFound("material")


_MATERIAL = tuple(materials.c[name] for name in Material.__annotations__)
_CO_SPEAKER = tuple(co_speakers.c[name] for name in CoSpeaker.__annotations__)


def _with_papers(
    tx: Connection, actor: Actor, meeting: Meeting, item: AgendaItem, *, papers: bool
) -> ItemPapers:
    beside = select(*_CO_SPEAKER).where(co_speakers.c.item_id == item.id)
    rows = tx.execute(beside.order_by(co_speakers.c.position, co_speakers.c.id))
    count = select(func.count()).where(materials.c.item_id == item.id)
    files = int(tx.execute(count).scalar_one()) if papers else 0
    beside_it = tuple(CoSpeaker(*row) for row in rows)
    begun = papers and meeting.state not in (DRAFT, *AHEAD)
    vote = ballots.latest(tx, actor, meeting, item.id) if begun else None
    return ItemPapers(meeting, item, beside_it, files, telling.of_items(tx, [item.id]), vote)
