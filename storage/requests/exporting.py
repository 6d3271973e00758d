"""The requests behind a filter as lines for a workbook; contacts only by a recorded choice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from storage import audit
from storage.privacy.rows import VOTER_REQUEST
from storage.requests import lists
from storage.requests.filters import Filters
from storage.requests.queries import request_query
from storage.requests.record import VoterRequest, from_row
from storage.requests.rows import CONTACT_COLUMNS, SUBJECT, Contact, contact_of
from storage.rules.access import Actor
from storage.tables import voter_requests

ROWS = 5000  # lines of a workbook


@dataclass(frozen=True)
class Exported:
    """The requests in the order of the list, their contacts by id, and how many did not fit."""

    requests: tuple[VoterRequest, ...]
    contacts: dict[int, Contact]  # empty unless they were asked for
    left_out: int


def export(
    tx: Connection,
    actor: Actor,
    which: str,
    today: date,
    now: datetime,
    *,
    filters: Filters = lists.EVERY,
    with_contacts: bool = False,
    rows: int = ROWS,
) -> Exported:
    """What ``actor`` sees of the open, overdue or closed ones, at most ``rows`` of it.

    Who had it sent, when and how many is recorded, and whether with contacts. Raises as the list
    does, ``storage.requests.lists``.
    """
    chosen = lists.ids(tx, actor, which, today, rows, filters)
    found = _whole(tx, chosen)
    contacts = _contacts(tx, found) if with_contacts else {}
    left_out = 0
    if len(chosen) == rows:
        left_out = len(lists.ids(tx, actor, which, today, lists.ALL, filters)) - rows
    audit.record(
        tx,
        actor,
        now,
        "export_requests",
        SUBJECT,
        which=which,
        requests=len(found),
        contacts=len(contacts) if with_contacts else None,
    )
    return Exported(tuple(found), contacts, left_out)


def _whole(tx: Connection, chosen: list[int]) -> list[VoterRequest]:
    """The requests in the order of their ids in ``chosen``."""
    found: dict[int, VoterRequest] = {}
    for part in _chunks(chosen):
        query = request_query().where(voter_requests.c.id.in_(part))
        found |= {row["id"]: from_row(row) for row in tx.execute(query).mappings()}
    return [found[one] for one in chosen]


def _contacts(tx: Connection, found: list[VoterRequest]) -> dict[int, Contact]:
    table = voter_requests.c
    wanted = [one.id for one in found if one.has_contact]
    columns = (table.id, table.number, *(table[name] for name in CONTACT_COLUMNS))
    opened: dict[int, Contact] = {}
    for part in _chunks(wanted):
        query = select(*columns).where(table.id.in_(part))
        for row in tx.execute(query).mappings():
            opened[row["id"]] = contact_of(VOTER_REQUEST.unseal(row))
    return opened


def _chunks(wanted: list[int]) -> Iterator[list[int]]:
    """An engine takes so many parameters at once."""
    return (wanted[at : at + 1000] for at in range(0, len(wanted), 1000))
