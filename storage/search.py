"""Search over meetings, what was reported on them, proposed and decided."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, literal, select

from storage.meeting_access import visible
from storage.rules.access import Actor
from storage.rules.terms import Term, places, terms
from storage.search_index import index_meeting
from storage.tables import agenda_items, branches, meetings, search_lines

__all__ = ["Hit", "find", "index_meeting"]

KINDS = ("title", "decision", "proposal", "item", "summary", "heard")  # the most telling first
CANDIDATES = 300  # lines looked at, those of the latest meetings first
LIMIT = 8


@dataclass(frozen=True)
class Hit:
    """A line in which every word was found; ``spans`` are the matched parts of ``text``."""

    meeting_id: int
    item_number: int | None  # None: the line speaks of the whole meeting
    kind: str  # title, item, heard, proposal, decision, summary
    language: str
    text: str
    spans: tuple[tuple[int, int], ...]
    state: str  # of the meeting
    title_kk: str
    title_ru: str
    starts_at: datetime | None
    period_kk: str | None
    period_ru: str | None


def find(tx: Connection, actor: Actor, text: str, language: str, limit: int = LIMIT) -> list[Hit]:
    """The lines that hold every word of ``text``, in any order, the most telling first.

    Words are compared folded and without the last letters of the longer ones. Of a text kept in
    both languages the line in ``language`` is given when it was found. Drafts are never among the
    hits. An empty list when nothing is found or ``text`` has no word. Raises NotAllowed for a
    guest.
    """
    seen = visible(actor, drafts=False)
    wanted = terms(text)
    if not wanted:
        return []
    condition = and_(seen, *(_holds(term) for term in wanted))
    rows = list(tx.execute(_candidates(condition)).mappings())
    chosen = _in_one_language(rows, language)
    # The sort is stable: lines that tell as much stay in the order of their meetings.
    chosen.sort(key=lambda row: _rank(row, wanted))
    return [_hit(row, wanted) for row in chosen[:limit]]


def _holds(term: Term) -> ColumnElement[bool]:
    # A term is letters and digits only: folding has left no wildcard of LIKE in it.
    pattern = f"% {term.word} %" if term.is_number else f"% {term.stem}%"
    return (literal(" ") + search_lines.c.folded + " ").like(pattern)


def _candidates(condition: ColumnElement[bool]) -> Any:
    return (
        select(
            search_lines.c.meeting_id,
            search_lines.c.item_id,
            search_lines.c.kind,
            search_lines.c.language,
            search_lines.c.text,
            search_lines.c.folded,
            agenda_items.c.number.label("item_number"),
            meetings.c.state,
            meetings.c.title_kk,
            meetings.c.title_ru,
            meetings.c.starts_at,
            meetings.c.period_kk,
            meetings.c.period_ru,
        )
        .join(meetings, meetings.c.id == search_lines.c.meeting_id)
        .join(branches, branches.c.id == meetings.c.branch_id)
        .outerjoin(agenda_items, agenda_items.c.id == search_lines.c.item_id)
        .where(condition)
        .order_by(
            meetings.c.starts_at.is_(None),
            meetings.c.starts_at.desc(),
            search_lines.c.meeting_id.desc(),
            search_lines.c.id,
        )
        .limit(CANDIDATES)
    )


def _in_one_language(rows: list[RowMapping], language: str) -> list[RowMapping]:
    def of(row: RowMapping) -> tuple[Any, ...]:
        return row["meeting_id"], row["item_id"], row["kind"]

    spoken = {of(row) for row in rows if row["language"] == language}
    return [row for row in rows if row["language"] == language or of(row) not in spoken]


def _rank(row: RowMapping, wanted: tuple[Term, ...]) -> tuple[int, int, int]:
    words = row["folded"].split()
    near = sum(any(term.is_near(word) for word in words) for term in wanted)
    matches = sum(any(term.matches(word) for term in wanted) for word in words)
    return -near, KINDS.index(row["kind"]), -matches


def _hit(row: RowMapping, wanted: tuple[Term, ...]) -> Hit:
    values = {name: row[name] for name in row if name not in ("item_id", "folded")}
    return Hit(**values, spans=places(row["text"], wanted))
