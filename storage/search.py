"""Search over meetings, what was reported on them, proposed and decided."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, or_, select

from storage.meetings.access import items_seen_by, visible
from storage.rules.access import Actor
from storage.rules.layouts import readings
from storage.rules.terms import places, terms
from storage.search_engines import holding
from storage.search_index import index_meeting
from storage.search_words import MISSPELT, akin, forms, misspelt, same
from storage.tables import agenda_items, branches, meetings, search_docs, search_lines

__all__ = ["Hit", "find", "index_meeting"]

# The most telling first.
KINDS = (
    "title",
    "decision",
    "clause",
    "instruction",
    "proposal",
    "item",
    "co_speaker",
    "summary",
    "heard",
)
CANDIDATES = 60  # documents looked at, those of the latest meetings first
LIMIT = 8
FAR = MISSPELT + 1  # what is not there at all

# A word of the query → the words of texts it may stand for, and how far each is from it.
Meaning = Mapping[str, int]
Way = Callable[[Connection, str], Meaning]

# Of the ways in which a word is meant the nearest comes last and has the last word.
Ways = tuple[Way, ...]
ITSELF: Ways = (same,)
FORMS: Ways = (forms, same)
AKIN_TOO: Ways = (akin, forms, same)
MISSPELT_TOO: Ways = (misspelt, akin, forms, same)


@dataclass(frozen=True)
class Hit:
    """What was found of a meeting or an item, by the line that tells most of it.

    ``spans`` are the matched parts of ``text``.
    """

    meeting_id: int
    item_number: int | None  # None: the line speaks of the whole meeting
    kind: str  # title, item, co_speaker, heard, proposal, decision, clause, instruction, summary
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
    """The meetings and items that hold every word of ``text``, the most telling first.

    Where a word itself finds too little it stands for its forms, too, then for what begins with
    it; where nothing is found at all, for what it may be a misspelling of, and for what its keys
    give in another layout. Of a text kept in both languages the line in ``language`` is given when
    it was found. Nothing that ``actor`` may not see is looked at, nor any draft. An empty list when
    nothing is found or ``text`` has no word. Raises NotAllowed for a guest.
    """
    looking = _Looking(tx, _seen(actor), language, limit)
    queries = [words for reading in readings(text) if (words := terms(reading))]
    for words in queries:
        if found := looking.nearest(words):
            return found
    for words in queries:
        if found := looking.hits(words, MISSPELT_TOO):
            return found
    return []


def _seen(actor: Actor) -> ColumnElement[bool]:
    of_the_meeting = search_docs.c.item_id.is_(None)
    return and_(visible(actor, drafts=False), or_(of_the_meeting, items_seen_by(actor)))


class _Looking:
    """One search by one person."""

    def __init__(
        self, tx: Connection, seen: ColumnElement[bool], language: str, limit: int
    ) -> None:
        self._tx = tx
        self._seen = seen
        self._language = language
        self._limit = limit
        self._known: dict[tuple[Way, str], Meaning] = {}

    def nearest(self, words: Sequence[str]) -> list[Hit]:
        """What holds each of ``words``, then their forms, then what is akin to that; if any is."""
        found: dict[tuple[int, int | None], Hit] = {}
        for ways in (ITSELF, FORMS, AKIN_TOO):
            if len(found) >= self._limit or (ways is AKIN_TOO and not found):
                break
            for hit in self.hits(words, ways):
                found.setdefault((hit.meeting_id, hit.item_number), hit)
        return list(found.values())[: self._limit]

    def hits(self, words: Sequence[str], ways: Ways) -> list[Hit]:
        """What holds each of ``words`` in one of these ways."""
        sought = [self._meaning(word, ways) for word in words]
        if not all(sought):
            return []
        docs = self._docs(sought)
        # The word itself may stand in one language only, and a form of it in the reader's own.
        meanings = [self._meaning(word, max(ways, FORMS, key=len)) for word in words]
        # The sort is stable: what tells as much stays in the order of the meetings.
        best = sorted(self._best(docs, meanings), key=lambda best: best.rank)
        meant = frozenset().union(*meanings)
        return [_hit(docs[b.line["doc_id"]], b.line, meant) for b in best[: self._limit]]

    def _meaning(self, word: str, ways: Ways) -> Meaning:
        meaning: dict[str, int] = {}
        for way in ways:
            if (way, word) not in self._known:
                self._known[way, word] = way(self._tx, word)
            meaning |= self._known[way, word]
        return meaning

    def _docs(self, meanings: Sequence[Meaning]) -> dict[int, RowMapping]:
        holds = holding(self._tx.dialect.name, meanings)
        rows = self._tx.execute(_documents(and_(holds, self._seen))).mappings()
        return {row["doc_id"]: row for row in rows}

    def _best(self, docs: Collection[int], meanings: Sequence[Meaning]) -> Iterator["_Best"]:
        """The most telling line of each document, in their order."""
        if not docs:
            return
        query = select(*_OF_A_LINE).where(search_lines.c.doc_id.in_(docs))
        of_docs: dict[int, list[RowMapping]] = {doc_id: [] for doc_id in docs}
        for row in self._tx.execute(query.order_by(search_lines.c.id)).mappings():
            of_docs[row["doc_id"]].append(row)
        for rows in of_docs.values():
            lines = [_Measured.of(row, meanings) for row in rows]
            line = min(lines, key=lambda line: line.order(self._language))
            far = sum(map(min, *(line.far for line in lines))) if len(lines) > 1 else sum(line.far)
            yield _Best((far, line.missing, line.kind, -line.matches), line.row)


class _Best(NamedTuple):
    rank: tuple[int, ...]
    line: RowMapping


class _Measured(NamedTuple):
    """A line and how well it answers."""

    row: RowMapping
    kind: int
    far: tuple[int, ...]  # for each word of the query, how far the nearest one in the line is
    matches: int

    @classmethod
    def of(cls, row: RowMapping, meanings: Sequence[Meaning]) -> "_Measured":
        words = row["folded"].split()
        found = [[meaning[word] for word in words if word in meaning] for meaning in meanings]
        far = tuple(min(of_word, default=FAR) for of_word in found)
        return cls(row, KINDS.index(row["kind"]), far, sum(map(len, found)))

    @property
    def missing(self) -> int:
        return self.far.count(FAR)

    def order(self, language: str) -> tuple[int, ...]:
        """By which the most telling line of a document comes first."""
        return self.missing, sum(self.far), self.row["language"] != language, self.kind


_OF_A_LINE = tuple(
    search_lines.c[name] for name in ("doc_id", "meeting_id", "kind", "language", "text", "folded")
)
_OF_MEETING = ("state", "title_kk", "title_ru", "starts_at", "period_kk", "period_ru")


def _documents(condition: ColumnElement[bool]) -> Select[Any]:
    return (
        select(
            search_docs.c.id.label("doc_id"),
            agenda_items.c.number.label("item_number"),
            *(meetings.c[name] for name in _OF_MEETING),
        )
        .join(meetings, meetings.c.id == search_docs.c.meeting_id)
        .join(branches, branches.c.id == meetings.c.branch_id)
        .outerjoin(agenda_items, agenda_items.c.id == search_docs.c.item_id)
        .where(condition)
        .order_by(
            meetings.c.starts_at.is_(None),
            meetings.c.starts_at.desc(),
            search_docs.c.meeting_id.desc(),
            search_docs.c.id,
        )
        .limit(CANDIDATES)
    )


def _hit(doc: RowMapping, line: RowMapping, meant: Collection[str]) -> Hit:
    of_the_line = {name: line[name] for name in ("meeting_id", "kind", "language", "text")}
    of_the_doc = {name: doc[name] for name in doc if name != "doc_id"}
    return Hit(**of_the_doc, **of_the_line, spans=places(line["text"], meant))
