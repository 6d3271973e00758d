"""Texts that the branch edits itself; each wording stays, the newest holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from storage.errors import AlreadyChanged
from storage.tables import contents
from storage.upsert import insert_new


@dataclass(frozen=True)
class Content:
    """A wording that holds; ``version`` 0 stands for one that nobody has set yet."""

    key: str
    language: str
    version: int
    text: str


def newest(tx: Connection, keys: Iterable[str], language: str) -> dict[str, Content]:
    """The wordings that hold of ``keys`` in ``language``; those that nobody set are left out."""
    latest = (
        select(contents.c.key, func.max(contents.c.version).label("version"))
        .where(contents.c.key.in_(list(keys)), contents.c.language == language)
        .group_by(contents.c.key)
        .subquery()
    )
    rows = tx.execute(
        select(contents.c.key, contents.c.language, contents.c.version, contents.c.text)
        .join(
            latest,
            (latest.c.key == contents.c.key) & (latest.c.version == contents.c.version),
        )
        .where(contents.c.language == language)
    )
    return {row.key: Content(*row) for row in rows}


def put(
    tx: Connection,
    key: str,
    language: str,
    version: int,
    text: str,
    person_id: int | None,
    now: datetime,
) -> None:
    """Keep ``text`` as the wording after ``version``. Raises AlreadyChanged when another one is."""
    current = newest(tx, [key], language).get(key)
    if (current.version if current else 0) != version:
        raise AlreadyChanged
    row = {"key": key, "language": language, "version": version + 1, "text": text}
    insert_new(tx, contents, [{**row, "set_by": person_id, "set_at": now}])
    # On an engine with several writers another one may have been first at this very moment.
    kept = newest(tx, [key], language)[key]
    if kept.version != version + 1 or kept.text != text:
        raise AlreadyChanged
