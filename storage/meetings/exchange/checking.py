"""What an import would do, line by line, before anything is done."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from storage import branches
from storage.branches import Branch
from storage.errors import NotAllowed
from storage.meetings.agenda import ITEMS_LIMIT
from storage.meetings.calling import BODIES_OF_BRANCH, BODIES_OF_REGION, REGION
from storage.meetings.exchange import limits
from storage.meetings.exchange.rows import ITEMS, MEETINGS, Given, ItemRow, MeetingRow, Problem
from storage.meetings.preparing import prepares
from storage.rules.access import Action, Actor, may
from storage.rules.folding import fold
from storage.rules.meeting_states import DRAFT, HELD
from storage.tables import meetings


@dataclass(frozen=True)
class Planned:
    """A meeting that would be added, with both titles, its state and its agenda in order."""

    row: MeetingRow
    branch: Branch
    state: str
    items: tuple[ItemRow, ...]


@dataclass(frozen=True)
class Checked:
    """What an import would add, what is there already, what is wrong; ``seal`` marks all that."""

    new: tuple[Planned, ...]
    known: tuple[MeetingRow, ...]
    problems: tuple[Problem, ...]
    seal: str

    @property
    def items(self) -> int:
        """How many items would be added."""
        return sum(len(one.items) for one in self.new)

    @property
    def held(self) -> int:
        """How many of the meetings every member sees at once."""
        return sum(one.state == HELD for one in self.new)


def check(tx: Connection, actor: Actor, given: Given, now: datetime) -> Checked:
    """Look at every line as ``actor``, who brings it. Raises NotAllowed for whoever prepares none.

    A meeting that is there already (of the same body, at the same moment, with the same titles) is
    left as it is: what was exported adds nothing when it comes back.
    """
    if not may(actor, Action.PREPARE_MEETINGS):
        raise NotAllowed(Action.PREPARE_MEETINGS)
    named = _named(branches.every(tx))
    # Of a cell that could not be read nothing else is said.
    told = {(one.sheet, one.row, one.field) for one in given.problems}
    found = (*_of_meetings(actor, given, named, now), *_of_items(given))
    problems = [*given.problems]
    problems += [one for one in found if (one.sheet, one.row, one.field) not in told]
    there = _there(tx)
    agendas = _agendas(given)
    new, known = [], []
    for bare in given.meetings:
        called = named.get(fold(bare.branch), [])
        row, branch = _whole(bare), called[0] if len(called) == 1 else None
        if branch is None or not prepares(actor, branch.id, row.body):
            continue
        if (branch.id, row.body, row.starts_at, row.title_kk, row.title_ru) in there:
            known.append(row)
            continue
        items = tuple(agendas[row.key])
        new.append(Planned(row, branch, _state(row, items, now), items))
    problems += _done_in_drafts(new)
    ordered = sorted(problems, key=lambda one: (one.sheet != MEETINGS, one.row))
    return Checked(tuple(new), tuple(known), tuple(ordered), _seal(new, known, ordered))


def _named(every: list[Branch]) -> dict[str, list[Branch]]:
    """Branches by what may stand in a cell: the code, or the name in either language."""
    found: dict[str, list[Branch]] = defaultdict(list)
    for branch in every:
        for name in {fold(branch.code), fold(branch.name_kk), fold(branch.name_ru)}:
            found[name].append(branch)
    return found


def _of_meetings(
    actor: Actor, given: Given, named: dict[str, list[Branch]], now: datetime
) -> Iterator[Problem]:
    keys = Counter(row.key for row in given.meetings)
    for row in given.meetings:
        yield from limits.of_meeting(row, now)
        if keys[row.key] > 1:
            yield Problem(MEETINGS, row.row, "key", "key_twice", row.key)
        found = named.get(fold(row.branch), [])
        if len(found) != 1:
            reason = "several_branches" if found else "no_branch"
            yield Problem(MEETINGS, row.row, "branch", reason, row.branch)
            continue
        bodies = BODIES_OF_REGION if found[0].kind == REGION else BODIES_OF_BRANCH
        if row.body not in bodies:
            yield Problem(MEETINGS, row.row, "body", "wrong_body")
        elif not prepares(actor, found[0].id, row.body):
            yield Problem(MEETINGS, row.row, "branch", "not_yours", row.branch)


def _of_items(given: Given) -> Iterator[Problem]:
    keys = {row.key for row in given.meetings}
    numbers = Counter((row.key, row.number) for row in given.items)
    agenda: Counter[str] = Counter()
    for row in given.items:
        yield from limits.of_item(row)
        if row.key not in keys:
            yield Problem(ITEMS, row.row, "key", "no_meeting", row.key)
        if row.number is not None and numbers[row.key, row.number] > 1:
            yield Problem(ITEMS, row.row, "number", "number_twice", str(row.number))
        agenda[row.key] += 1
        if agenda[row.key] == ITEMS_LIMIT + 1:
            yield Problem(ITEMS, row.row, "key", "too_many", str(ITEMS_LIMIT))


def _done_in_drafts(new: list[Planned]) -> Iterator[Problem]:
    for one in new:
        for item in one.items:
            if one.state == DRAFT and item.state == "done":
                yield Problem(ITEMS, item.row, "state", "done_in_a_draft")


def _there(tx: Connection) -> set[tuple[Any, ...]]:
    columns = ("branch_id", "body", "starts_at", "title_kk", "title_ru")
    return {tuple(row) for row in tx.execute(select(*(meetings.c[name] for name in columns)))}


def _agendas(given: Given) -> dict[str, list[ItemRow]]:
    """The items of each meeting in the order of their numbers; those without one come last."""
    found: dict[str, list[ItemRow]] = defaultdict(list)
    for row in sorted(given.items, key=lambda row: (row.number or ITEMS_LIMIT + 1, row.row)):
        found[row.key].append(row)
    return found


def _whole(row: MeetingRow) -> MeetingRow:
    """With a title in both languages: a list of meetings shows one in either."""
    kk, ru = row.title_kk or row.title_ru, row.title_ru or row.title_kk
    return replace(row, title_kk=kk, title_ru=ru)


def _state(row: MeetingRow, items: tuple[ItemRow, ...], now: datetime) -> str:
    """What stands there; else held, when it is past and something was decided."""
    if row.state is not None:
        return row.state
    decided = row.decision_kk or row.decision_ru or row.summary_kk or row.summary_ru
    some = decided or any(item.decision_kk or item.decision_ru for item in items)
    return HELD if some and row.starts_at is not None and row.starts_at <= now else DRAFT


def _seal(new: list[Planned], known: list[MeetingRow], problems: list[Problem]) -> str:
    content = [
        [[vars(p.row), p.branch.id, p.state, [vars(item) for item in p.items]] for p in new],
        [vars(row) for row in known],
        [vars(problem) for problem in problems],
    ]
    whole = json.dumps(content, ensure_ascii=False, default=str)
    return hashlib.sha256(whole.encode()).hexdigest()[:12]
