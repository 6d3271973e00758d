"""Checking a file line by line: what is new, what changes, what is wrong; nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from storage.branches import Branch
from storage.errors import NotAllowed
from storage.roadmap import State
from storage.roadmap_books import beside
from storage.roadmap_books.known import Known, known
from storage.roadmap_books.rows import (
    BESIDE,
    COMPARED,
    SHORT_LIMIT,
    TEXT_LIMIT,
    TEXTS,
    Beside,
    Checked,
    Difference,
    GivenItem,
    Problem,
)
from storage.rules.access import Action, Actor, may


@dataclass(frozen=True)
class Ready:
    """A line that can be written: its branch, and its executor when the bot knows one."""

    given: GivenItem
    branch_id: int
    executor_id: int | None
    beside: dict[str, Beside]  # the parts that the line names


def check(
    tx: Connection,
    actor: Actor,
    rows: Sequence[GivenItem],
    branch_id: int | None,
    today: date,
) -> Checked:
    """What the file would do now; ``branch_id`` is of the lines that name no territory.

    Raises NotAllowed.
    """
    return checked(tx, actor, rows, branch_id, today)[0]


def checked(
    tx: Connection,
    actor: Actor,
    rows: Sequence[GivenItem],
    branch_id: int | None,
    today: date,
) -> tuple[Checked, list[Ready]]:
    """As ``check``, with the new lines ready to be written. Raises NotAllowed."""
    if not may(actor, Action.MANAGE_ROADMAP):
        raise NotAllowed(Action.MANAGE_ROADMAP)
    there = known(tx, actor, today)
    looking = _Looking(there, branch_id)
    for given in rows:
        try:
            looking.take(given)
        except _Wrong as wrong:
            looking.problems.append(Problem(given.sheet, given.row, *wrong.what))
    return looking.result(), looking.new


class _Wrong(Exception):
    def __init__(self, field: str | None, reason: str, about: str = "") -> None:
        super().__init__(reason)
        self.what = (field, reason, about)


class _Looking:
    """A file that is being looked at, line after line."""

    def __init__(self, there: Known, branch_id: int | None) -> None:
        self.there, self.branch_id = there, branch_id
        self.new: list[Ready] = []
        self.changed: list[Difference] = []
        self.problems: list[Problem] = []
        self.same = self.removed = 0
        self._branches: dict[str, Branch | None] = {}  # by the words that named them so far
        self._ids: set[str] = set()
        self._numbers: set[str] = set()

    def take(self, given: GivenItem) -> None:
        """Look at one line. Raises _Wrong."""
        self._demand_new(given)
        _demand_short(given)
        before = self.there.items.get(given.external_id)
        ready = self._ready(given, before)
        if before is None:
            if given.number in self.there.numbers:
                raise _Wrong("number", "number_taken", given.number)
            self.new.append(ready)
            return
        if all(one.id != before["branch_id"] for one in self.there.reach):
            raise _Wrong("external_id", "not_yours", given.external_id)
        if before["state"] == State.REMOVED:
            self.removed += 1
            return
        changes = self._changes(ready, before)
        if self.there.numbers.get(given.number, before["id"]) != before["id"]:
            raise _Wrong("number", "number_taken", given.number)
        if changes:
            seen = (before["id"], before["version"], ready.executor_id)
            parts = {part: who for part, who in ready.beside.items() if part in changes}
            self.changed.append(Difference(given, *seen, parts, changes))
        else:
            self.same += 1

    def result(self) -> Checked:
        """What was found, sealed."""
        new = tuple(one.given for one in self.new)
        changed = tuple(self.changed)
        said = repr((self.new, changed, self.same, self.removed))
        return Checked(
            new,
            changed,
            self.same,
            self.removed,
            tuple(self.problems),
            sum(one.executor_id is None for one in self.new),
            sha256(said.encode()).hexdigest()[:16],
        )

    def _demand_new(self, given: GivenItem) -> None:
        if given.external_id in self._ids:
            raise _Wrong("external_id", "id_twice", given.external_id)
        if given.number in self._numbers:
            raise _Wrong("number", "id_twice", given.number)
        self._ids.add(given.external_id)
        self._numbers.add(given.number)

    def _ready(self, given: GivenItem, before: dict[str, Any] | None) -> Ready:
        branch_id = self._branch(given, before)
        executor_id = self.there.person(given.executor, branch_id) if given.executor else None
        return Ready(given, branch_id, executor_id, self._beside(given, branch_id, executor_id))

    def _beside(
        self, given: GivenItem, branch_id: int, executor_id: int | None
    ) -> dict[str, Beside]:
        """Who stands beside, each once: an executor is in no part, a co-executor no curator."""
        found: dict[str, Beside] = {}
        taken = {executor_id} - {None}
        for part in BESIDE:
            said = getattr(given, part)
            if said is None:
                continue
            who = beside.read(said, lambda words: self.there.person(words, branch_id))
            found[part] = replace(who, ids=who.ids - taken)
            taken |= who.ids
            if len(who.ids) > beside.MOST:
                raise _Wrong(part, "too_many_people", str(beside.MOST))
        return found

    def _branch(self, given: GivenItem, before: dict[str, Any] | None) -> int:
        if given.territory:
            if given.territory not in self._branches:
                self._branches[given.territory] = self.there.branch(given.territory)
            found = self._branches[given.territory]
            if found is None:
                raise _Wrong("territory", "no_branch", given.territory)
            return found.id
        if before is not None:
            return int(before["branch_id"])
        if self.branch_id is None or all(one.id != self.branch_id for one in self.there.reach):
            raise _Wrong("territory", "required")
        return self.branch_id

    def _changes(self, ready: Ready, before: dict[str, Any]) -> dict[str, tuple[object, object]]:
        """What the line says otherwise; what it does not tell stays as it is."""
        given = ready.given
        now: dict[str, Any] = {name: getattr(given, name, None) for name in COMPARED}
        now["branch_id"] = ready.branch_id
        found: dict[str, tuple[object, object]] = {
            name: (before[name], value)
            for name, value in now.items()
            if value is not None and value != _flat(before[name])
        }
        said = (before["deadline_text"], given.deadline_text)
        # Another day has other words, or none; where both have words these are compared, too.
        moved = bool(found.keys() & {"deadline", "term"})
        if said[0] != said[1] and (moved or None not in said):
            found["deadline_text"] = said
        for part, who in ready.beside.items():
            there = self.there.beside.get(before["id"], {}).get(part, {})
            others = before[beside.COLUMNS[part]]
            if (who.ids, who.names) != (frozenset(there), others):
                found[part] = (beside.written(there, others), getattr(given, part))
        known_as = (before["executor_id"], ready.executor_id)
        if "executor" in found and None not in known_as and known_as[0] == known_as[1]:
            found.pop("executor")  # the same person, named by the post
        return found


def _flat(value: Any) -> Any:
    """A text as a line of a file has it: in one line."""
    return " ".join(value.split()) if isinstance(value, str) else value


def _demand_short(given: GivenItem) -> None:
    for name in TEXTS:
        limit = TEXT_LIMIT if name.startswith("title") else SHORT_LIMIT
        if len(getattr(given, name) or "") > limit:
            raise _Wrong(name, "too_long", str(limit))
