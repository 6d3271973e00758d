"""Lines of a list of requests: what each says, and what of it the branch does not know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from storage.branches import Branch
from storage.people import lasting
from storage.requests import categories, settlements
from storage.requests.categories import RequestCategory
from storage.requests.registering import log_branches
from storage.requests.settlements import Settlement
from storage.rules import iin, phones
from storage.rules.access import Action, Actor, Role, may
from storage.rules.folding import fold
from storage.rules.request_kinds import Channel, Kind
from storage.rules.settlements import find
from storage.tables import memberships, people

TEXT = 4096  # characters of a request
NAME, ADDRESS = 120, 200  # characters
EARLIEST = date(2015, 1, 1)  # no branch brings older lists; a slip of the year is


@dataclass(frozen=True)
class GivenRow:
    """A line of the list as it was read; ``row`` is its number there.

    ``external_id`` is that of the list it comes from, ``number`` that of a request that is kept
    already; one of them is there. What is None was not said.
    """

    row: int
    text: str
    category: str  # its code or its name
    external_id: str | None = None
    number: str | None = None
    branch: str | None = None  # its code or its name; None: the only one there is
    deputy: str | None = None  # the name; None: whoever brings the list
    place: str | None = None
    kind: Kind | None = None
    channel: Channel | None = None
    registered_on: date | None = None  # None: today
    name: str | None = None
    phone: str | None = None  # as it stands in the list
    address: str | None = None
    iin: str | None = None
    consent_on: date | None = None  # without it nothing of the voter is kept
    consent_channel: str | None = None  # oral, paper

    @property
    def has_contact(self) -> bool:
        """Whether anything says who the voter is."""
        return any((self.name, self.phone, self.address, self.iin))


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell; ``about`` is what stands there, or the limit."""

    row: int
    field: str | None
    reason: str
    about: str = ""


class Wrong(Exception):
    """A cell that does not fit; ``what`` is field, reason and value of its Problem."""

    def __init__(self, field: str, reason: str, about: str = "") -> None:
        super().__init__(reason)
        self.what = (field, reason, about)


@dataclass(frozen=True)
class Ready:
    """A line of which everything is known; of a request that is kept the deputy does not matter."""

    given: GivenRow
    branch: Branch
    category: RequestCategory
    deputy_id: int
    registered_on: date
    settlement_id: int | None  # the one that the place names


@dataclass(frozen=True)
class Known:
    """What the lines are compared with."""

    branches: Sequence[Branch]  # in which the actor logs requests
    categories: Sequence[RequestCategory]
    deputies: Mapping[tuple[int, str], frozenset[int]]  # by branch and folded name
    settlements: Mapping[int, Sequence[Settlement]]  # by branch

    @classmethod
    def load(cls, tx: Connection, actor: Actor, today: date) -> "Known":
        """What ``actor`` may write of."""
        reach = log_branches(tx, actor)
        return cls(
            reach,
            categories.offered(tx),
            _deputies(tx, [one.id for one in reach], today),
            {one.id: settlements.of_branch(tx, one.id) for one in reach},
        )

    def resolve(self, actor: Actor, given: GivenRow, today: date) -> Ready:
        """Everything a new request needs. Raises Wrong."""
        branch = self.branch(given)
        ready = Ready(
            given,
            branch,
            self.category(given),
            self._deputy(actor, branch, given),
            given.registered_on or today,
            self.settlement(branch.id, given.place),
        )
        _check(ready, today)
        return ready

    def branch(self, given: GivenRow) -> Branch:
        """The branch that a line names. Raises Wrong."""
        if given.branch is None:
            if len(self.branches) == 1:
                return self.branches[0]
            raise Wrong("branch", "required")
        word = fold(given.branch)
        for one in self.branches:
            if word in (fold(one.code), fold(one.name_kk), fold(one.name_ru)):
                return one
        raise Wrong("branch", "no_branch", given.branch)

    def settlement(self, branch_id: int, place: str | None) -> int | None:
        """The settlement of a branch that ``place`` names, if any."""
        found = find(place, self.settlements.get(branch_id, ())) if place else None
        return found.id if found else None

    def category(self, given: GivenRow) -> RequestCategory:
        """The category that a line names. Raises Wrong."""
        word = fold(given.category)
        for one in self.categories:
            if given.category == one.code or word in (fold(one.name_kk), fold(one.name_ru)):
                return one
        raise Wrong("category", "no_category", given.category)

    def _deputy(self, actor: Actor, branch: Branch, given: GivenRow) -> int:
        if given.deputy is None:
            return actor.person_id
        found = self.deputies.get((branch.id, fold(given.deputy)), frozenset())
        if len(found) != 1:
            raise Wrong("deputy", "several_deputies" if found else "no_deputy", given.deputy)
        person_id = next(iter(found))
        if person_id != actor.person_id and not may(actor, Action.SEE_BRANCH_REQUESTS, branch.id):
            raise Wrong("deputy", "not_yours", given.deputy)
        return person_id


def _check(ready: Ready, today: date) -> None:
    given = ready.given
    for field, value, most in (
        ("text", given.text, TEXT),
        ("name", given.name, NAME),
        ("address", given.address, ADDRESS),
    ):
        if value and len(value) > most:
            raise Wrong(field, "too_long", str(most))
    for field, day in (("registered_on", given.registered_on), ("consent_on", given.consent_on)):
        if day is not None and not EARLIEST <= day <= today:
            raise Wrong(field, "day_out_of_reach", f"{day:%d.%m.%Y}")
    if given.phone and phones.normalise(given.phone) is None:
        raise Wrong("phone", f"phone_{phones.fault(given.phone)}", given.phone)
    if given.iin and not iin.valid(given.iin):
        raise Wrong("iin", "wrong_iin")
    if given.has_contact and given.consent_on is None:
        raise Wrong("consent_on", "no_consent")


def _deputies(
    tx: Connection, branch_ids: list[int], today: date
) -> dict[tuple[int, str], frozenset[int]]:
    query = (
        select(memberships.c.branch_id, people.c.name, people.c.id)
        .join(people, people.c.id == memberships.c.person_id)
        .where(
            memberships.c.role == Role.DEPUTY,
            memberships.c.branch_id.in_(branch_ids),
            lasting(today),
        )
    )
    found: dict[tuple[int, str], frozenset[int]] = {}
    for branch_id, name, person_id in tx.execute(query):
        key = (branch_id, fold(name))
        found[key] = found.get(key, frozenset()) | {person_id}
    return found
