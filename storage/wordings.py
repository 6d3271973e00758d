"""The privacy text and the wording of consent: edited in both languages at once, every one kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from storage import audit, contents
from storage.errors import AlreadyChanged, NotAllowed, NotPossible
from storage.rules.access import Action, Actor, may
from storage.tables import contents as table
from storage.tables import people
from storage.upsert import insert_new

PRIVACY, CONSENT = "privacy", "consent"
KEYS = (PRIVACY, CONSENT)
LANGUAGES = ("kk", "ru")
LIMIT = 1800  # characters: both languages fit in one message of Telegram's
VERSIONS = 10  # that are shown


@dataclass(frozen=True)
class Wording:
    """A text that holds; ``version`` 0: nobody has set one, the program's own words hold."""

    key: str
    version: int
    texts: Mapping[str, str]  # by language


@dataclass(frozen=True)
class Edition:
    """Who set a version, and when."""

    version: int
    by: str | None
    at: datetime


def read(tx: Connection, key: str) -> Wording:
    """The wording that holds. Raises NotPossible("key")."""
    if key not in KEYS:
        raise NotPossible("key")
    found = [contents.newest(tx, [key], language).get(key) for language in LANGUAGES]
    kept = [one for one in found if one is not None]
    version = max((one.version for one in kept), default=0)
    return Wording(key, version, {one.language: one.text for one in kept})


def editions(tx: Connection, actor: Actor, key: str) -> list[Edition]:
    """The last versions, the newest first. Raises NotAllowed."""
    _demand(actor)
    query = (
        select(table.c.version, people.c.name, table.c.set_at)
        .outerjoin(people, people.c.id == table.c.set_by)
        .where(table.c.key == key)
        .order_by(table.c.version.desc())
    )
    found = {row.version: Edition(*row) for row in tx.execute(query)}
    return list(found.values())[:VERSIONS]


def write(
    tx: Connection,
    actor: Actor,
    key: str,
    version: int,
    texts: Mapping[str, str],
    now: datetime,
) -> Wording:
    """Let ``texts`` hold from now on, in place of ``version``; what was agreed to stays proved.

    Raises NotAllowed, AlreadyChanged, NotPossible("text") unless both languages say something.
    """
    _demand(actor)
    if any(not 0 < len(texts.get(language, "").strip()) <= LIMIT for language in LANGUAGES):
        raise NotPossible("text")
    if read(tx, key).version != version:
        raise AlreadyChanged
    rows = [
        {
            "key": key,
            "language": language,
            "version": version + 1,
            "text": texts[language].strip(),
            "set_by": actor.person_id,
            "set_at": now,
        }
        for language in LANGUAGES
    ]
    insert_new(tx, table, rows)
    written = read(tx, key)
    # On an engine with several writers another one may have been first at this very moment.
    if written.texts != {row["language"]: row["text"] for row in rows}:
        raise AlreadyChanged
    audit.record(tx, actor, now, "set_wording", key=key, version=version + 1)
    return written


def _demand(actor: Actor) -> None:
    if not may(actor, Action.KEEP_WORDINGS):
        raise NotAllowed(Action.KEEP_WORDINGS)
