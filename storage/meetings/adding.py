"""A meeting as it is entered: with its agenda and proposals, kept in one go."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert

from storage import search_index
from storage.tables import agenda_items, meetings, proposals


@dataclass(frozen=True)
class NewProposal:
    """What somebody proposed on an item; ``author`` None when the source names nobody."""

    text_kk: str
    text_ru: str
    author_kk: str | None = None
    author_ru: str | None = None


@dataclass(frozen=True)
class NewItem:
    """An item of the agenda; items are numbered from 1 in the order given.

    ``kind`` is report, control, information or election; ``heard`` is what was reported.
    """

    title_kk: str
    title_ru: str
    kind: str = "report"
    speaker_kk: str | None = None
    speaker_ru: str | None = None
    speaker_position_kk: str | None = None
    speaker_position_ru: str | None = None
    heard_kk: str | None = None
    heard_ru: str | None = None
    proposals: tuple[NewProposal, ...] = ()


@dataclass(frozen=True)
class NewMeeting:
    """A meeting with everything known of it.

    ``body`` is bureau, political_council, faction or assembly; ``kind`` regular, extraordinary or
    visiting; ``state`` draft, announced, held or cancelled. ``starts_at`` is an aware moment, None
    when the source gives no date: then ``period`` says what is known. ``source`` is whom the facts
    are attributed to.
    """

    branch_id: int
    title_kk: str
    title_ru: str
    starts_at: datetime | None
    body: str = "bureau"
    kind: str = "regular"
    state: str = "announced"
    period_kk: str | None = None
    period_ru: str | None = None
    place_kk: str | None = None
    place_ru: str | None = None
    chair_kk: str | None = None
    chair_ru: str | None = None
    summary_kk: str | None = None
    summary_ru: str | None = None
    decision_kk: str | None = None
    decision_ru: str | None = None
    source_kk: str | None = None
    source_ru: str | None = None
    items: tuple[NewItem, ...] = ()


def add(tx: Connection, meeting: NewMeeting) -> int:
    """Keep ``meeting`` with its items, proposals and the lines search reads; return its id.

    Asks nobody's permission: for whoever enters data from outside a conversation (the demo data,
    an import). A conversation checks the actor before it calls this.
    """
    values = {name: value for name, value in vars(meeting).items() if name != "items"}
    statement = insert(meetings).values(**values).returning(meetings.c.id)
    meeting_id = int(tx.execute(statement).scalar_one())
    for number, item in enumerate(meeting.items, start=1):
        _add_item(tx, meeting_id, number, item)
    search_index.index_meeting(tx, meeting_id)
    return meeting_id


def _add_item(tx: Connection, meeting_id: int, number: int, item: NewItem) -> None:
    values = {name: value for name, value in vars(item).items() if name != "proposals"}
    statement = insert(agenda_items).values(meeting_id=meeting_id, number=number, **values)
    item_id = int(tx.execute(statement.returning(agenda_items.c.id)).scalar_one())
    rows = [
        {"item_id": item_id, "position": position, **vars(proposal)}
        for position, proposal in enumerate(item.proposals, start=1)
    ]
    if rows:
        tx.execute(insert(proposals), rows)
