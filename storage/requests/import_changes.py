"""What a list says otherwise of requests that are kept already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from storage import audit
from storage.requests import reading, settlements, transitions
from storage.requests.categories import RequestCategory
from storage.requests.imported_rows import TEXT, GivenRow, Known, Wrong
from storage.requests.queries import request_query
from storage.requests.record import VoterRequest, from_row
from storage.requests.rows import SUBJECT, index_words, name_of, remember
from storage.requests.versions import write
from storage.rules.access import Actor
from storage.rules.veiling import veiled
from storage.tables import voter_requests

AT_ONCE = 500  # an engine takes so many parameters


@dataclass(frozen=True)
class Change:
    """A request of the list that is kept otherwise: what would be set, as it was shown."""

    row: int
    request_id: int
    version: int
    number: str
    values: tuple[tuple[str, str | None], ...]  # column → new value


@dataclass(frozen=True)
class Kept:
    """The requests of a list that are kept, as far as the actor sees them."""

    by_number: Mapping[str, VoterRequest]
    by_external: Mapping[tuple[int, str], VoterRequest]
    foreign: frozenset[tuple[int, str]]  # kept under these ids, out of the actor's reach

    @classmethod
    def load(cls, tx: Connection, actor: Actor, known: Known, rows: Sequence[GivenRow]) -> "Kept":
        """Those that ``rows`` name by their number, or by the id of the list in a branch."""
        c = voter_requests.c
        branch_ids = [one.id for one in known.branches]
        numbers = {one.number for one in rows if one.number}
        ids = {one.external_id for one in rows if one.external_id and not one.number}
        seen = [
            *_found(tx, actor, (c.number.in_(some) for some in _parts(numbers))),
            *_found(tx, actor, (_named(branch_ids, some) for some in _parts(ids))),
        ]
        external = {
            (row.branch_id, row.external_id): row.id
            for some in _parts(ids)
            for row in tx.execute(
                select(c.id, c.branch_id, c.external_id).where(_named(branch_ids, some))
            )
        }
        by_id = {one.id: one for one in seen}
        return cls(
            {one.number: one for one in seen},
            {key: by_id[id_] for key, id_ in external.items() if id_ in by_id},
            frozenset(key for key, id_ in external.items() if id_ not in by_id),
        )

    def of(self, known: Known, given: GivenRow) -> VoterRequest | None:
        """The kept request of a line; None for a new one. Raises Wrong."""
        if given.number:
            found = self.by_number.get(given.number)
            if found is None:
                raise Wrong("number", "no_request", given.number)
            return found
        key = (known.branch(given).id, given.external_id or "")
        if key in self.foreign:
            raise Wrong("external_id", "not_yours", given.external_id or "")
        return self.by_external.get(key)


def between(before: VoterRequest, given: GivenRow, category: RequestCategory) -> Change | None:
    """What ``given`` says otherwise; None when nothing, or when the request has its outcome.

    Contact, day and deputy of a kept request are changed in its card, not by lists. A text that
    is the kept one with its numbers hidden, as a workbook without contacts has it, is the same.
    """
    if len(given.text) > TEXT:
        raise Wrong("text", "too_long", str(TEXT))
    if before.settled:
        return None
    said = {
        "text": before.text if given.text == str(veiled(before.text)) else given.text,
        "category": category.code,
        "place": given.place or before.place,
        "kind": given.kind.value if given.kind else before.kind,
        "channel": given.channel.value if given.channel else before.channel,
    }
    values = tuple((name, value) for name, value in said.items() if value != getattr(before, name))
    if not values:
        return None
    return Change(given.row, before.id, before.version, before.number, values)


def apply(tx: Connection, actor: Actor, changes: Iterable[Change], now: datetime) -> None:
    """Set what the list says otherwise, each with its line in the history."""
    for change in changes:
        request = reading.get(tx, actor, change.request_id)
        transitions.demand_part(actor, request)
        values: dict[str, Any] = dict(change.values)
        text, place = values.get("text", request.text), values.get("place", request.place)
        if "place" in values:
            found = settlements.chosen(tx, request.branch_id, None, place)
            values["settlement_id"] = found.id if found else None
        write(tx, request, values)
        if (text, place) != (request.text, request.place):
            index_words(tx, request.id, text, place, name_of(tx, request.id))
        remember(tx, actor, request.id, now, "completed")
        audit.record(
            tx, actor, now, "complete_request", SUBJECT, request.id, field=",".join(values)
        )


def _named(branch_ids: Sequence[int], ids: Sequence[str]) -> ColumnElement[bool]:
    c = voter_requests.c
    return c.branch_id.in_(branch_ids) & c.external_id.in_(ids)


def _found(
    tx: Connection, actor: Actor, conditions: Iterable[ColumnElement[bool]]
) -> list[VoterRequest]:
    seen = reading.visible(actor)
    return [
        from_row(row)
        for condition in conditions
        for row in tx.execute(request_query().where(seen, condition)).mappings()
    ]


def _parts(values: set[str]) -> list[list[str]]:
    ordered = sorted(values)
    return [ordered[at : at + AT_ONCE] for at in range(0, len(ordered), AT_ONCE)]
