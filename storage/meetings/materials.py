"""Files that belong to a meeting or to an item of its agenda: added and taken away."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from storage import audit
from storage.errors import NotFound, NotPossible
from storage.meetings.agenda import SUBJECT
from storage.meetings.preparing import prepared
from storage.rules.access import Actor
from storage.rules.meeting_states import CALLED, DRAFT, HELD
from storage.tables import agenda_items, materials

OPEN = (DRAFT, *CALLED, HELD)  # the papers of a held meeting are still being put together
LIMIT = 20  # files of one item, and as many of the meeting as a whole
NAME_LIMIT = 120  # characters
KEPT_LIMIT = 5 * 1024 * 1024  # bytes of a file that stays on disk; a bigger one only at Telegram
KINDS = ("document", "photo", "video", "audio", "voice")


@dataclass(frozen=True)
class NewMaterial:
    """A file as it was sent; ``path`` is where it was kept on disk, ``size`` in bytes."""

    kind: str
    file_id: str
    file_unique_id: str
    name: str
    size: int | None = None
    path: str | None = None


def add(
    tx: Connection,
    actor: Actor,
    meeting_id: int,
    item_id: int | None,
    new: NewMaterial,
    now: datetime,
) -> bool:
    """Add a file to an item, or to the meeting as a whole; False when it is there already.

    Whoever prepares the meeting may, and the speaker of the item. Raises NotFound, NotAllowed, and
    NotPossible (wrong_state, wrong_value, too_many).
    """
    speaks = item_id is not None and _speaks(tx, actor, meeting_id, item_id)
    prepared(tx, actor, meeting_id, OPEN, speaks=speaks)
    if new.kind not in KINDS or len(new.name) > NAME_LIMIT:
        raise NotPossible("wrong_value")
    beside = (
        materials.c.meeting_id == meeting_id,
        materials.c.item_id.is_not_distinct_from(item_id),
    )
    known = list(tx.execute(select(materials.c.file_unique_id).where(*beside)).scalars())
    if new.file_unique_id in known:
        return False
    if len(known) >= LIMIT:
        raise NotPossible("too_many")
    values = {**vars(new), "meeting_id": meeting_id, "item_id": item_id}
    tx.execute(insert(materials).values(**values, added_by=actor.person_id, added_at=now))
    audit.record(tx, actor, now, "material.add", "meeting", meeting_id, item=item_id)
    return True


def remove(tx: Connection, actor: Actor, material_id: int, now: datetime) -> None:
    """Take a file away. Raises NotFound, NotAllowed and NotPossible (wrong_state)."""
    row = tx.execute(select(materials).where(materials.c.id == material_id)).mappings().first()
    if row is None:
        raise NotFound("material")
    prepared(tx, actor, row["meeting_id"], OPEN)
    tx.execute(delete(materials).where(materials.c.id == material_id))
    details = {"item": row["item_id"]}
    audit.record(tx, actor, now, "material.remove", "meeting", row["meeting_id"], **details)


def _speaks(tx: Connection, actor: Actor, meeting_id: int, item_id: int) -> bool:
    """Whether ``actor`` is the speaker of an item of the meeting. Raises NotFound for no item."""
    known = select(agenda_items.c.speaker_id).where(
        agenda_items.c.id == item_id, agenda_items.c.meeting_id == meeting_id
    )
    row = tx.execute(known).first()
    if row is None:
        raise NotFound(SUBJECT)
    return bool(row.speaker_id == actor.person_id) and not actor.is_guest
