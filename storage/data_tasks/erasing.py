"""Erasing a person: counted first, then done in one transaction, with counts as the proof."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, update

from storage import audit
from storage.data_tasks import tasks, traces
from storage.data_tasks.forgetting import end_consents, forget, rewrite_line
from storage.data_tasks.person import Found, Known, Row, find, said
from storage.data_tasks.seen import Seen
from storage.data_tasks.tasks import DataTask, Kind
from storage.errors import NotPossible
from storage.inquiries.rows import index_words as index_words_of_inquiry
from storage.privacy.rows import (
    BROADCAST_REPLY,
    INQUIRY,
    INQUIRY_ANSWER,
    INQUIRY_HISTORY,
    VOTER_REQUEST,
    Sealed,
)
from storage.requests.rows import SUBJECT, index_words, remember
from storage.rules.access import Actor
from storage.rules.veiling import HIDDEN, without
from storage.tables import broadcast_replies, voter_requests


def preview(
    tx: Connection, actor: Actor, task_id: int, seen: Seen | None = None
) -> tuple[DataTask, Mapping[str, int]]:
    """The task, and how much of the person is kept now, by kinds. Raises NotFound, NotAllowed.

    ``seen`` is what was looked through already, as in ``erase``.
    """
    task = tasks.get(tx, actor, task_id)
    if task.done_at is not None:
        return task, task.proof
    return task, counts(tx, task, find(tx, task, seen), seen or Seen())


def counts(tx: Connection, task: DataTask, found: Found, seen: Seen) -> Mapping[str, int]:
    """How many rows of each kind speak of the person."""
    known = found.known
    return {
        "requests": len(found.requests),
        "mentions": len(found.mentions),
        "history": sum(bool(line["text"]) for line in found.history),
        "inquiries": len({row["id"] for row in found.inquiries}),
        "drafts": traces.drop_drafts(tx, task.branch_id, known, really=False),
        "updates": traces.blank_updates(tx, known, task.asked_at, really=False),
        "messages": traces.blank_messages(tx, known, seen, really=False),
        "replies": len(found.replies),
    }


def erase(
    tx: Connection,
    actor: Actor,
    task_id: int,
    version: int,
    now: datetime,
    seen: Seen | None = None,
) -> DataTask:
    """Erase the person within the task's branches, and close the task with what was done.

    What was ``seen`` to say nothing of the person is not read again: this one transaction then
    costs what was found, whatever the branch holds.

    Raises NotFound, NotAllowed, AlreadyChanged, NotPossible("kind") for a task of another kind.
    """
    task = tasks.get(tx, actor, task_id)
    tasks.check(tx, task, version)
    if task.kind is not Kind.ERASE:
        raise NotPossible("kind")
    seen = seen or Seen()
    found = find(tx, task, seen)
    done: Counter[str] = Counter()
    for row in found.requests:
        lines = [line for line in found.history if line["request_id"] == row["id"]]
        forget(tx, row, lines, now, done, found.known.names)
        done["consents"] += end_consents(tx, row["id"], now)
        remember(tx, actor, row["id"], now, "erased")
        audit.record(tx, actor, now, "erase_voter", SUBJECT, row["id"])
    _hide_elsewhere(tx, found, done)
    done["drafts"] = traces.drop_drafts(tx, task.branch_id, found.known, really=True)
    done["updates"] = traces.blank_updates(tx, found.known, now, really=True)
    done["messages"] = traces.blank_messages(tx, found.known, seen, really=True)
    done["replies"] = sum(_hide_reply(tx, row, found) for row in found.replies)
    traces.forget_guests(tx, found.persons)
    done["left"] = _left(tx, task, found.known, seen)
    return tasks.close(tx, actor, task, version, {k: v for k, v in done.items() if v}, now)


def _hide_elsewhere(tx: Connection, found: Found, done: Counter[str]) -> None:
    """Hide the numbers in texts about others, and the name, too, in inquiries that came of it."""
    known, own = found.known, {row["id"] for row in found.requests}
    for row in found.mentions:
        text = without(row["text"], known.numbers)
        sealed = VOTER_REQUEST.seal_some(row["number"], {"text": text})
        here = voter_requests.c.id == row["id"]
        tx.execute(
            update(voter_requests)
            .where(here)
            .values(version=voter_requests.c.version + 1, **sealed)
        )
        index_words(tx, row["id"], text, row["place"], row["contact_name"])
        done["mentions"] += 1
    for line in found.history:
        if line["request_id"] not in own:
            done["history"] += rewrite_line(tx, line, without(line["text"], known.numbers))
    for sealed_table, rows in (
        (INQUIRY, found.inquiries),
        (INQUIRY_ANSWER, found.answers),
        (INQUIRY_HISTORY, found.inquiry_lines),
    ):
        done["inquiries"] += sum(_rewrite(tx, sealed_table, row, known) for row in rows)


def _rewrite(tx: Connection, table: Sealed, row: Row, known: Known) -> bool:
    """Hide the person in what an inquiry says; return whether there was anything to hide."""
    columns = [name for name in ("subject", "text", "basis", "file_name") if row.get(name)]
    hidden = {name: without(row[name], known.numbers, known.names) for name in columns}
    changed = {name: text for name, text in hidden.items() if text != row[name]}
    if not changed:
        return False
    if "subject" in changed:
        index_words_of_inquiry(tx, row["id"], changed["subject"])
    values = table.seal_some(table.name(row), changed)
    tx.execute(update(table.table).where(table.table.c.id == row["id"]).values(values))
    return True


def _hide_reply(tx: Connection, row: Row, found: Found) -> bool:
    """Take the person's own words and files away; of others' words what names the person."""
    values: dict[str, Any] = {"text": HIDDEN, "kind": None, "file_id": None}
    if row["author_id"] not in found.persons:
        names = found.known.names if row["person_id"] in found.persons else ()
        values = {"text": without(row["text"], found.known.numbers, names)}
    sealed = BROADCAST_REPLY.seal_some(BROADCAST_REPLY.name(row), values)
    here = broadcast_replies.c.id == row["id"]
    tx.execute(update(broadcast_replies).where(here).values(sealed))
    return any(values[name] != row[name] for name in values)


def _left(tx: Connection, task: DataTask, known: Known, seen: Seen) -> int:
    """How many texts still say a number of the person: the proof is that there is none."""
    again = find(tx, task, seen)
    rows = (*again.requests, *again.mentions, *again.history)
    rows += (*again.inquiries, *again.answers, *again.inquiry_lines, *again.replies)
    return sum(known.is_in(said(row)) for row in rows)
