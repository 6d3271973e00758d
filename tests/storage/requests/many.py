"""Very many requests in ten branches, made by rule: a few years of them, most are closed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from storage import people
from storage.privacy import index, words
from storage.privacy.rows import VOTER_REQUEST
from storage.requests.numbers import written
from storage.rules.access import Actor, Role
from storage.tables import (
    branches,
    memberships,
    request_categories,
    request_counters,
    request_history,
    request_pauses,
    request_words,
    settlements,
    voter_requests,
)
from tests.conftest import NOW, ZONE

TODAY = NOW.astimezone(ZONE).date()
BRANCHES = 10
YEARS = 5
OPEN_SHARE = 0.08
OPEN_STATES = (
    *("registered",) * 5,
    *("in_progress",) * 6,
    *("sent_to_body",) * 6,
    *("answered",) * 2,
    "resolved",
)
SUBJECTS = (
    "көше шамы жанбайды", "ауыз су жоқ", "жолда шұңқыр көп", "мектептің шатыры ағып тұр",
    "қоқыс шығарылмайды", "автобус жүрмейді", "дәрігер жетіспейді", "газ қысымы төмен",
    "интернет нашар", "балабақшада орын жоқ", "не вывозят мусор", "нет света на улице",
)  # fmt: skip
SYLLABLES = ("ба", "ды", "қа", "ла", "мә", "не", "ор", "са", "те", "ша", "жы", "гү")
AT_ONCE = 1000


@dataclass(frozen=True)
class Many:
    """Who looks at them, and what there is to look for."""

    deputy: Actor
    secretary: Actor  # of the deputy's branch
    region: Actor  # secretary of the whole region
    branch_id: int
    settlement_id: int
    category: str
    number: str
    phone: str
    name: str


@dataclass(frozen=True)
class _Branch:
    id: int
    code: str
    deputies: tuple[int, ...]
    settlements: tuple[tuple[int, str], ...]


def fill(tx: Connection, count: int) -> tuple[Many, list[tuple[int, int]]]:
    """Make ``count`` requests; return who looks, and the words (word, request) still to be kept."""
    chance = random.Random(count)  # noqa: S311
    places = [_branch(tx, n, count, chance) for n in range(BRANCHES)]
    region = _person(tx, 900_001, "Жанов Ермек", Role.REGIONAL_SECRETARY, None)
    secretary = _person(tx, 900_002, "Ахметова Дана", Role.BRANCH_SECRETARY, places[0].id)
    deputy = people.actor_of(tx, 100_000, TODAY)
    assert deputy is not None
    codes = list(tx.execute(select(request_categories.c.code)).scalars())
    found: list[tuple[int, int]] = []
    rows = [_row(n, count, places, codes, chance) for n in range(count)]
    for start in range(0, count, AT_ONCE):
        part = rows[start : start + AT_ONCE]
        tx.execute(insert(voter_requests), [VOTER_REQUEST.seal(row) for row in part])
        tx.execute(insert(request_history), [_registered(row) for row in part])
        found += [(word, row["id"]) for row in part for word in _words(row)]
    standing = [row for row in rows if row["closed_at"] is None and row["id"] % 15 == 0]
    if standing:
        tx.execute(insert(request_pauses), [_pause(row["id"]) for row in standing])
    tx.execute(insert(request_counters), list(_counters(rows)))
    one = next(row for row in rows if row["deputy_id"] == deputy.person_id and row["contact_name"])
    return (
        Many(
            deputy, secretary, region, places[0].id, places[0].settlements[-1][0], codes[3],
            one["number"], one["contact_phone"], one["contact_name"],
        ),
        found,
    )  # fmt: skip


def keep_words(tx: Connection, found: list[tuple[int, int]]) -> None:
    """Keep what ``fill`` gave; COPY does it faster where there is one."""
    for start in range(0, len(found), 20_000):
        rows = [{"word": word, "request_id": one} for word, one in found[start : start + 20_000]]
        tx.execute(insert(request_words), rows)


def _row(
    n: int, count: int, places: list[_Branch], codes: list[str], chance: random.Random
) -> dict[str, Any]:
    branch = places[n % len(places)]
    is_open = chance.random() < OPEN_SHARE
    days = chance.random() * (60 if is_open else 365 * YEARS)
    came = NOW - timedelta(days=days, seconds=n % 60)
    due = came.date() + timedelta(days=21)
    closed = None if is_open else came + timedelta(days=chance.random() * min(days, 30))
    settlement_id, place = chance.choice(branch.settlements)
    counter = 10 + n // len(places)
    named = n % 3 == 0
    return {
        "id": n + 1,
        "number": written(branch.code, came.year, counter),
        "branch_id": branch.id,
        "year": came.year,
        "counter": counter,
        "text": f"{place} ауылында {chance.choice(SUBJECTS)}, {_name(chance)}",
        "category": codes[min(int(chance.expovariate(0.25)), len(codes) - 1)],
        "place": f"{place} ауылы",
        "settlement_id": settlement_id,
        "state": chance.choice(OPEN_STATES) if is_open else "closed",
        "deputy_id": chance.choice(branch.deputies),
        "registered_at": came,
        "due_on": due,
        "closed_at": closed,
        "contact_name": f"{_name(chance)}ов {_name(chance)}" if named else None,
        "contact_phone": f"+7701{n:07d}" if named else None,
        "phone_hash": index.hashed("phone", f"+7701{n:07d}") if named else None,
        "consent_version": "2026-11" if named else None,
        "consent_at": came if named else None,
    }


def _words(row: dict[str, Any]) -> set[int]:
    found = words.hashes(f"{row['text']} {row['place']}")
    return found | words.hashes(row["contact_name"] or "", words.NAME)


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(3)).capitalize()


def _registered(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "request_id": row["id"],
        "at": row["registered_at"],
        "person_id": row["deputy_id"],
        "kind": "registered",
        "to_state": "registered",
    }


def _pause(request_id: int) -> dict[str, Any]:
    since = TODAY - timedelta(days=3)
    started = {"started_at": NOW, "started_by": 1}
    return {"request_id": request_id, "from_day": since, "reason": "", **started}


def _counters(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    last: dict[tuple[int, int], int] = {}
    for row in rows:
        key = (row["branch_id"], row["year"])
        last[key] = max(last.get(key, 0), row["counter"])
    yield from ({"branch_id": b, "year": y, "last": n} for (b, y), n in last.items())


def _branch(tx: Connection, n: int, count: int, chance: random.Random) -> _Branch:
    """A branch of a region with ``count`` requests: a deputy has about 500, a village 200."""
    code = f"Б{'АӘБВГҒДЕЖЗ'[n]}"
    row = {"code": code, "kind": "district", "name_kk": code, "name_ru": code, "position": n}
    branch_id = int(tx.execute(insert(branches).values(row).returning(branches.c.id)).scalar_one())
    deputies = tuple(
        _person(tx, 100_000 + 100 * n + one, _name(chance), Role.DEPUTY, branch_id).person_id
        for one in range(max(1, count // 5000))
    )
    return _Branch(
        branch_id, code, deputies, tuple(_settlements(tx, branch_id, max(1, count // 2000), chance))
    )


def _settlements(
    tx: Connection, branch_id: int, count: int, chance: random.Random
) -> Iterator[tuple[int, str]]:
    for _ in range(count):
        name = _name(chance)
        row = {"branch_id": branch_id, "name_kk": f"{name} ауылы", "name_ru": f"село {name}"}
        new = insert(settlements).values(row).returning(settlements.c.id)
        yield int(tx.execute(new).scalar_one()), name


def _person(
    tx: Connection, telegram_id: int, name: str, role: Role, branch_id: int | None
) -> Actor:
    person_id = people.meet(tx, telegram_id, name, NOW)
    since = date(2020, 1, 1)
    row = {"person_id": person_id, "role": role, "branch_id": branch_id, "starts_on": since}
    tx.execute(insert(memberships).values(row))
    actor = people.actor_of(tx, telegram_id, TODAY)
    assert actor is not None
    return actor


def moment(day: date) -> datetime:
    """When a day begins for the people."""
    return datetime.combine(day, datetime.min.time(), ZONE)
