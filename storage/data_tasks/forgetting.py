"""A request without anybody in it: the contact, what names the voter in its texts, its files."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from storage.data_tasks import traces
from storage.privacy.rows import (
    REQUEST_EXTENSION,
    REQUEST_HISTORY,
    REQUEST_PAUSE,
    VOTER_REQUEST,
)
from storage.requests.consents import ABOUT
from storage.requests.rows import CONTACT_COLUMNS, index_words
from storage.rules.veiling import veiled
from storage.tables import (
    request_attachments,
    request_consents,
    request_history,
    request_sources,
    voter_requests,
)

Row = dict[str, Any]  # opened
TRACES = ("latitude", "longitude", "code_hash")  # what else leads to the voter


def forget(
    tx: Connection,
    request: Row,
    lines: Sequence[Row],
    now: datetime,
    tally: Counter[str],
    known_as: Iterable[str] = (),
) -> None:
    """Make one request anonymous: numbers, dates, states, category and place are left of it.

    ``lines`` are its history; ``known_as`` are names of the voter that it need not hold itself.
    Done twice it changes nothing more.
    """
    names = {name for name in (request["contact_name"], *_about(lines), *known_as) if name}
    text = veiled(request["text"], names)
    values = {**dict.fromkeys((*CONTACT_COLUMNS, *TRACES)), "text": text, "anonymised_at": now}
    tx.execute(
        update(voter_requests)
        .where(voter_requests.c.id == request["id"])
        .values(
            version=voter_requests.c.version + 1,
            **VOTER_REQUEST.seal_some(request["number"], values),
        )
    )
    index_words(tx, request["id"], text, request["place"], None)
    tally["requests"] += 1
    tally["texts"] += text != request["text"]
    for line in lines:
        hidden = None if line["kind"] == ABOUT else veiled(line["text"] or "", names)
        tally["history"] += rewrite_line(tx, line, hidden)
    tally["history"] += _rewrite_reasons(tx, request["id"], names)
    _drop_what_came_along(tx, request["id"], tally)


def rewrite_line(tx: Connection, line: Row, text: str | None) -> bool:
    """Put ``text`` in the place of a line's; return whether it is another one."""
    if (line["text"] or "") == (text or ""):
        return False
    sealed = REQUEST_HISTORY.seal_some(REQUEST_HISTORY.name(line), {"text": text})
    tx.execute(update(request_history).where(request_history.c.id == line["id"]).values(sealed))
    return True


def _rewrite_reasons(tx: Connection, request_id: int, names: set[str]) -> int:
    """Hide who is named in why a clock stood or a deadline was moved; return in how many."""
    changed = 0
    for sealed in (REQUEST_PAUSE, REQUEST_EXTENSION):
        c = sealed.table.c
        for row in tx.execute(select(sealed.table).where(c.request_id == request_id)).mappings():
            reason = sealed.unseal(row)["reason"]
            if veiled(reason, names) != reason:
                values = sealed.seal_some(sealed.name(row), {"reason": veiled(reason, names)})
                tx.execute(update(sealed.table).where(c.id == row["id"]).values(values))
                changed += 1
    return changed


def _about(lines: Iterable[Row]) -> list[str | None]:
    return [line["text"] for line in lines if line["kind"] == ABOUT]


def end_consents(tx: Connection, request_id: int, now: datetime) -> int:
    """Note that what was agreed to holds no more; return how many consents it were."""
    consents = request_consents.c
    ended = update(request_consents).where(
        consents.request_id == request_id, consents.withdrawn_at.is_(None)
    )
    return tx.execute(ended.values(withdrawn_at=now)).rowcount


def _drop_what_came_along(tx: Connection, request_id: int, tally: Counter[str]) -> None:
    attachments, sources = request_attachments.c, request_sources.c
    gone = delete(request_attachments).where(attachments.request_id == request_id)
    tally["attachments"] += tx.execute(gone).rowcount
    tx.execute(delete(request_sources).where(sources.request_id == request_id))
    tally["followers"] += traces.forget_followers(tx, request_id)
