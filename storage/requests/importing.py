"""Requests from a list kept elsewhere: checked line by line, then taken over all or none."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime, time
from hashlib import sha256
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from storage import audit, outbox, working_days
from storage.errors import NotPossible
from storage.requests import consents, import_changes, reminding
from storage.requests.import_changes import Change, Kept
from storage.requests.imported_rows import GivenRow, Known, Problem, Ready, Wrong
from storage.requests.registering import enter
from storage.requests.rows import SUBJECT, Contact, contact_row
from storage.rules import phones
from storage.rules.access import Actor
from storage.rules.request_kinds import Channel, Kind
from storage.rules.working_days import WorkingCalendar

ROWS = 1000  # lines of a list: they are written in one transaction, while others wait
BROUGHT = "requests_brought"  # in the outbox
MORNING = time(9)  # of a day that the list knows without its hour


@dataclass(frozen=True)
class Checked:
    """What a list would do: new requests, changes of kept ones, problems; and a seal of it all."""

    new: tuple[GivenRow, ...]
    changes: tuple[Change, ...]
    known: int  # kept already, and the list says nothing else
    problems: tuple[Problem, ...]
    seal: str

    @property
    def with_contact(self) -> int:
        """How many of the new ones say who the voter is."""
        return sum(one.has_contact for one in self.new)


@dataclass(frozen=True)
class Taken:
    """How many were registered and how many changed."""

    new: int
    changed: int


def check(tx: Connection, actor: Actor, rows: Sequence[GivenRow], today: date) -> Checked:
    """What the list would do now; nothing is written."""
    return _checked(tx, actor, rows, today)[0]


def add(
    tx: Connection,
    actor: Actor,
    rows: Sequence[GivenRow],
    seal: str,
    proof: Mapping[str, str],
    now: datetime,
    zone: ZoneInfo,
) -> Taken:
    """Take over every line in their order, or none.

    ``proof`` is version, hash and language of the wording to which the voters of the list agreed.
    Deadlines count from the day of registration that the list says. Raises NotPossible("changed")
    when it is not what was shown with ``seal`` any more.
    """
    today = now.astimezone(zone).date()
    checked, ready = _checked(tx, actor, rows, today)
    if checked.problems or checked.seal != seal:
        raise NotPossible("changed")
    calendar = working_days.load(tx)
    numbers: dict[int, list[str]] = {}
    for one in ready:
        number = _register(tx, actor, one, proof, now, zone, calendar)
        numbers.setdefault(one.deputy_id, []).append(number)
    import_changes.apply(tx, actor, checked.changes, now)
    audit.record(
        tx, actor, now, "import_requests", SUBJECT,
        requests=len(ready), changed=len(checked.changes), contacts=checked.with_contact,
    )  # fmt: skip
    _tell(tx, actor, numbers, seal, now)
    return Taken(len(ready), len(checked.changes))


def _register(
    tx: Connection,
    actor: Actor,
    one: Ready,
    proof: Mapping[str, str],
    now: datetime,
    zone: ZoneInfo,
    calendar: WorkingCalendar,
) -> str:
    given, day = one.given, one.registered_on
    at = min(now, datetime.combine(day, MORNING, tzinfo=zone)) if given.registered_on else now
    contact = _contact(given, proof, zone)
    due_on = calendar.add(day, one.category.target_days)
    values = {
        "text": given.text,
        "category": one.category.code,
        "place": given.place,
        "settlement_id": one.settlement_id,
        "deputy_id": one.deputy_id,
        "due_on": due_on,
        "kind": (given.kind or Kind.APPLICATION).value,
        "channel": (given.channel or Channel.RECEPTION).value,
        "external_id": given.external_id,
        **(contact_row(contact) if contact else {}),
    }
    row = enter(tx, actor, one.branch, day.year, values, at)
    request_id = int(row["id"])
    if contact:
        consents.keep(tx, actor, request_id, contact, now)
    reminding.first(tx, request_id, one.deputy_id, due_on, now, zone, calendar)
    return str(row["number"])


def _contact(given: GivenRow, proof: Mapping[str, str], zone: ZoneInfo) -> Contact | None:
    if not given.has_contact or given.consent_on is None:
        return None
    return Contact(
        phones.normalise(given.phone) if given.phone else None,
        given.name,
        proof["version"],
        datetime.combine(given.consent_on, MORNING, tzinfo=zone),
        given.address,
        given.iin,
        consent_hash=proof["hash"],
        consent_language=proof["language"],
        consent_channel=given.consent_channel or "oral",
    )


def _tell(
    tx: Connection, actor: Actor, numbers: Mapping[int, list[str]], seal: str, now: datetime
) -> None:
    """One message a deputy whose requests somebody else has brought in."""
    messages = [
        outbox.Message(
            f"{BROUGHT}:{seal}:{now.isoformat()}:{person_id}",
            BROUGHT,
            person_id,
            {"by": actor.person_id, "n": len(found), "first": found[0]},
        )
        for person_id, found in numbers.items()
        if person_id != actor.person_id
    ]
    outbox.put_all(tx, messages, now, priority=outbox.Priority.NOTICE)


def _checked(
    tx: Connection, actor: Actor, rows: Sequence[GivenRow], today: date
) -> tuple[Checked, list[Ready]]:
    known = Known.load(tx, actor, today)
    kept = Kept.load(tx, actor, known, rows)
    problems: list[Problem] = []
    ready: list[Ready] = []
    changes: list[Change] = []
    seen: set[object] = set()
    alike = 0
    for given in rows:
        try:
            before = kept.of(known, given)
            key = before.id if before else (known.branch(given).id, given.external_id)
            if key in seen:
                raise Wrong("external_id", "id_twice", given.external_id or given.number or "")
            seen.add(key)
            if before is None:
                ready.append(known.resolve(actor, given, today))
            elif change := import_changes.between(before, given, known.category(given)):
                changes.append(change)
            else:
                alike += 1
        except Wrong as wrong:
            problems.append(Problem(given.row, *wrong.what))
    new = tuple(one.given for one in ready)
    said = repr(
        (
            [(astuple(r.given), r.branch.id, r.category.code, r.deputy_id) for r in ready],
            [astuple(change) for change in changes],
        )
    )
    seal = sha256(said.encode()).hexdigest()[:16]
    return Checked(new, tuple(changes), alike, tuple(problems), seal), ready
