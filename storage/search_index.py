"""The lines that search reads: one a text and language, kept beside what they were made of."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, Select, delete, func, insert, select

from storage import search_words
from storage.rules.spelling import words_of
from storage.tables import (
    agenda_items,
    clauses,
    co_speakers,
    instructions,
    meetings,
    people,
    proposals,
    search_docs,
    search_lines,
)

LANGUAGES = ("kk", "ru")

# Kind of line → the columns whose texts it joins; «title» is title_kk and title_ru.
Kinds = Mapping[str, tuple[str, ...]]
OF_MEETING: Kinds = {"title": ("title",), "decision": ("decision",), "summary": ("summary",)}
OF_ITEM: Kinds = {
    "item": ("title", "speaker", "speaker_position"),
    "heard": ("heard",),
    "decision": ("decision",),
}
OF_CO_SPEAKER: Kinds = {"co_speaker": ("name", "post")}
OF_PROPOSAL: Kinds = {"proposal": ("text", "author")}
OF_CLAUSE: Kinds = {"clause": ("text",)}
OF_INSTRUCTION: Kinds = {"instruction": ("text", "executor", "object")}


class _Line(NamedTuple):
    meeting_id: int
    item_id: int | None
    kind: str
    language: str
    text: str


def index_meeting(tx: Connection, meeting_id: int) -> None:
    """Write the search lines of a meeting anew; call it whenever one of its texts has changed."""
    index_meetings(tx, [meeting_id])


def index_meetings(tx: Connection, meeting_ids: Collection[int]) -> None:
    """Write the search lines of several meetings anew.

    What is not everybody's yet has none: a proposal that was not accepted, a clause before the
    final document is approved, an instruction that is only drafted. Who sees an item or a draft
    of a meeting is asked when it is searched.
    """
    tx.execute(delete(search_docs).where(search_docs.c.meeting_id.in_(meeting_ids)))
    docs: dict[tuple[int, int | None], list[tuple[_Line, list[str]]]] = {}
    for line in _lines(tx, meeting_ids):
        of_doc = docs.setdefault((line.meeting_id, line.item_id), [])
        of_doc.append((line, words_of(line.text)))
    if docs:
        _keep(tx, docs)


def _keep(
    tx: Connection, docs: Mapping[tuple[int, int | None], list[tuple[_Line, list[str]]]]
) -> None:
    words = [{word for _, folded in lines for word in folded} for lines in docs.values()]
    rows = [
        {"meeting_id": meeting_id, "item_id": item_id, "words": " ".join(sorted(held))}
        for (meeting_id, item_id), held in zip(docs, words, strict=True)
    ]
    statement = insert(search_docs).returning(search_docs.c.id, sort_by_parameter_order=True)
    doc_ids = tx.execute(statement, rows).scalars().all()
    kept = [
        {"doc_id": doc_id, **line._asdict(), "folded": " ".join(folded)}
        for doc_id, lines in zip(doc_ids, docs.values(), strict=True)
        for line, folded in lines
    ]
    tx.execute(insert(search_lines), kept)
    search_words.learn(tx, set().union(*words))


def _lines(tx: Connection, meeting_ids: Collection[int]) -> Iterator[_Line]:
    for query, kinds in (
        (_MEETINGS, OF_MEETING),
        (_ITEMS, OF_ITEM),
        (_CO_SPEAKERS, OF_CO_SPEAKER),
        (_PROPOSALS, OF_PROPOSAL),
        (_CLAUSES, OF_CLAUSE),
        (_INSTRUCTIONS, OF_INSTRUCTION),
    ):
        for row in tx.execute(query.where(meetings.c.id.in_(meeting_ids))).mappings():
            yield from _texts(row, kinds)


def _texts(row: RowMapping, kinds: Kinds) -> Iterator[_Line]:
    for kind, columns in kinds.items():
        for language in LANGUAGES:
            # A column without a language is the same text in both: a name, a post.
            parts = [row.get(f"{column}_{language}", row.get(column)) for column in columns]
            text = " — ".join(part for part in parts if part)
            if text:
                yield _Line(row["the_meeting"], row["the_item"], kind, language, text)


_OF_ITEM = agenda_items.c.meeting_id.label("the_meeting"), agenda_items.c.id.label("the_item")
_ON_MEETING = meetings.c.id == agenda_items.c.meeting_id

_MEETINGS: Select[Any] = select(
    meetings.c.id.label("the_meeting"), func.nullif(1, 1).label("the_item"), meetings
)
_ITEMS: Select[Any] = (
    select(*_OF_ITEM, agenda_items).join(meetings, _ON_MEETING).order_by(agenda_items.c.number)
)
_CO_SPEAKERS: Select[Any] = (
    select(*_OF_ITEM, co_speakers)
    .join(agenda_items, agenda_items.c.id == co_speakers.c.item_id)
    .join(meetings, _ON_MEETING)
    .order_by(co_speakers.c.position)
)
_PROPOSALS: Select[Any] = (
    select(*_OF_ITEM, proposals)
    .join(agenda_items, agenda_items.c.id == proposals.c.item_id)
    .join(meetings, _ON_MEETING)
    .where(proposals.c.state == "accepted")
    .order_by(proposals.c.position)
)
_CLAUSES: Select[Any] = (
    select(clauses.c.meeting_id.label("the_meeting"), clauses.c.item_id.label("the_item"), clauses)
    .join(meetings, meetings.c.id == clauses.c.meeting_id)
    .where(meetings.c.document_at.is_not(None))
    .order_by(clauses.c.number)
)
_INSTRUCTIONS: Select[Any] = (
    select(
        instructions.c.meeting_id.label("the_meeting"),
        # Whoever does not see the item of its clause does not see what was told because of it.
        func.coalesce(instructions.c.item_id, clauses.c.item_id).label("the_item"),
        instructions.c.text_kk,
        instructions.c.text_ru,
        instructions.c.object,
        func.coalesce(people.c.name, instructions.c.executor).label("executor"),
    )
    .join(meetings, meetings.c.id == instructions.c.meeting_id)
    .outerjoin(clauses, clauses.c.id == instructions.c.clause_id)
    .outerjoin(people, people.c.id == instructions.c.executor_id)
    .where(instructions.c.state != "drafted")
    .order_by(instructions.c.number)
)
