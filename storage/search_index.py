"""The lines that search reads: one a text and language, kept beside what they were made of."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert, select

from storage.rules.folding import fold
from storage.tables import agenda_items, meetings, proposals, search_lines

LANGUAGES = ("kk", "ru")

# Kind of line → the columns (without the language) whose texts it joins.
OF_MEETING = {"title": ("title",), "decision": ("decision",), "summary": ("summary",)}
OF_ITEM = {"item": ("title", "speaker", "speaker_position"), "heard": ("heard",)}
OF_PROPOSAL = {"proposal": ("text", "author")}


def index_meeting(tx: Connection, meeting_id: int) -> None:
    """Write the search lines of a meeting anew; call it whenever one of its texts has changed."""
    tx.execute(delete(search_lines).where(search_lines.c.meeting_id == meeting_id))
    rows = [{"meeting_id": meeting_id, **line} for line in _lines(tx, meeting_id)]
    if rows:
        tx.execute(insert(search_lines), rows)


def _lines(tx: Connection, meeting_id: int) -> Iterator[dict[str, Any]]:
    meeting = select(meetings).where(meetings.c.id == meeting_id)
    for row in tx.execute(meeting).mappings():
        yield from _texts(row, OF_MEETING, None)
    items = (
        select(agenda_items)
        .where(agenda_items.c.meeting_id == meeting_id)
        .order_by(agenda_items.c.number)
    )
    for row in tx.execute(items).mappings():
        yield from _texts(row, OF_ITEM, row["id"])
    proposed = (
        select(proposals)
        .join(agenda_items, agenda_items.c.id == proposals.c.item_id)
        .where(agenda_items.c.meeting_id == meeting_id)
        .order_by(proposals.c.item_id, proposals.c.position)
    )
    for row in tx.execute(proposed).mappings():
        yield from _texts(row, OF_PROPOSAL, row["item_id"])


def _texts(
    row: RowMapping, kinds: Mapping[str, tuple[str, ...]], item_id: int | None
) -> Iterator[dict[str, Any]]:
    for kind, columns in kinds.items():
        for language in LANGUAGES:
            parts = [row[f"{column}_{language}"] for column in columns]
            text = " — ".join(part for part in parts if part)
            if text:
                yield {
                    "item_id": item_id,
                    "kind": kind,
                    "language": language,
                    "text": text,
                    "folded": fold(text),
                }
