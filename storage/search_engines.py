"""What the two engines spell differently: which documents hold one word of each group."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, cast, column, literal_column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from storage.tables import search_docs

# As the migration has it: PostgreSQL takes its index only for the very same expression.
_VECTOR: ColumnElement[str] = literal_column(
    "array_to_tsvector(string_to_array(search_docs.words, ' '))"
)
_FTS = table("search_fts", column("rowid"))
_MATCHED: ColumnElement[str] = literal_column("search_fts")


def holding(dialect: str, groups: Sequence[Collection[str]]) -> ColumnElement[bool]:
    """The condition on ``search_docs`` that a document holds a word of every one of ``groups``.

    The words are those of ``storage.rules.spelling.words_of``: letters or digits only, so no
    quote or operator of a query language is among them.
    """
    if dialect == "sqlite":
        query = _joined(groups, '"', " OR ", " AND ")
        found = select(_FTS.c.rowid).where(_MATCHED.bool_op("MATCH")(query))
        return search_docs.c.id.in_(found)
    query = _joined(groups, "'", " | ", " & ")
    return _VECTOR.bool_op("@@")(cast(query, TSQUERY))


def _joined(groups: Sequence[Collection[str]], quote: str, either: str, both: str) -> str:
    alternatives = (either.join(f"{quote}{word}{quote}" for word in sorted(g)) for g in groups)
    return both.join(f"({words})" for words in alternatives)
