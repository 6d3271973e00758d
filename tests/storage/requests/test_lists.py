"""Lists show exactly what a plain look at every row finds, and read no row for what they pass."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Select, select, text, update

from storage.database import Database
from storage.errors import NotFound
from storage.requests import lists, strands
from storage.requests.filters import CLOSED, FILTERS, OPEN, OVERDUE, Filters
from storage.requests.queries import request_query
from storage.rules.access import Action, Actor, Membership, Role, scope
from storage.rules.request_states import ANSWERED, RequestState
from storage.rules.waiting import WaitsFor, waits_for
from storage.tables import request_pauses, voter_requests
from tests.storage.requests.many import TODAY, Many, fill, moment

WEEK, QUARTER = TODAY - timedelta(days=7), TODAY - timedelta(days=90)
YEAR_AGO = moment(TODAY - timedelta(days=365))


def narrowings(many: Many) -> Iterator[tuple[str, Filters]]:
    yield "all", Filters()
    yield "mine", Filters(mine=True)
    yield "branch", Filters(branch_id=many.branch_id)
    yield "category", Filters(category=many.category)
    yield "settlement", Filters(settlement_id=many.settlement_id)
    yield "week", Filters(since=moment(WEEK))
    yield "a month of last year", Filters(since=YEAR_AGO, until=YEAR_AGO + timedelta(days=31))
    for whom in WaitsFor:
        yield f"waits for the {whom}", Filters(waits_for=whom)
    yield (
        "several",
        Filters(branch_id=many.branch_id, category=many.category, since=moment(QUARTER)),
    )
    yield "those that wait of a branch", Filters(branch_id=many.branch_id, waits_for=WaitsFor.BODY)


def both(many: Many) -> Actor:
    """A deputy of one branch who is the secretary of another, and leads the faction of a third."""
    roles = (Role.DEPUTY, many.branch_id), (Role.BRANCH_SECRETARY, many.branch_id + 1)
    more = (Role.FACTION_LEADER, many.branch_id + 2)
    memberships = tuple(Membership(role, branch) for role, branch in (*roles, more))
    return replace(many.deputy, memberships=memberships)


class Plain:
    """The same by looking at every row."""

    def __init__(self, tx: Connection) -> None:
        self.rows = [dict(row) for row in tx.execute(select(voter_requests)).mappings()]
        standing = select(request_pauses.c.request_id).where(request_pauses.c.to_day.is_(None))
        self.paused = set(tx.execute(standing).scalars())

    def ids(self, actor: Actor, which: str, filters: Filters) -> list[int]:
        found = [
            row
            for row in self.rows
            if row["merged_into"] is None
            and _seen(actor, row)
            and self._is(which, row)
            and self._fits(actor, filters, row)
        ]
        if which == CLOSED or filters.in_time:
            at = "registered_at" if filters.in_time else "closed_at"
            found.sort(key=lambda r: (r[at], r["id"]), reverse=True)
        else:
            found.sort(key=lambda r: (r["due_on"], r["id"]))
        if which == OPEN:
            found.sort(key=lambda r: r["state"] in ANSWERED)
        return [row["id"] for row in found]

    def _is(self, which: str, row: dict[str, Any]) -> bool:
        closed = row["closed_at"] is not None
        if which == CLOSED:
            return closed
        late = row["due_on"] < TODAY and row["state"] not in ANSWERED
        return not closed and (which == OPEN or (late and row["id"] not in self.paused))

    def _fits(self, actor: Actor, filters: Filters, row: dict[str, Any]) -> bool:
        closed = row["closed_at"] is not None
        state = RequestState(row["state"])
        whom = waits_for(state, closed=closed, paused=row["id"] in self.paused)
        wanted = (
            (filters.branch_id, row["branch_id"]), (filters.category, row["category"]),
            (filters.settlement_id, row["settlement_id"]), (filters.waits_for, whom),
            (actor.person_id if filters.mine else None, row["deputy_id"]),
        )  # fmt: skip
        if any(asked not in (None, kept) for asked, kept in wanted):
            return False
        since, until = filters.since or moment(date(1, 1, 2)), filters.until or moment(date.max)
        return bool(since <= row["registered_at"] < until)


def _seen(actor: Actor, row: dict[str, Any]) -> bool:
    wide, narrow = scope(actor, Action.SEE_BRANCH_REQUESTS), scope(actor, Action.WORK_ON_REQUESTS)
    own = row["deputy_id"] == actor.person_id and (narrow is None or row["branch_id"] in narrow)
    return own or wide is None or row["branch_id"] in wide


async def test_a_list_is_what_a_look_at_every_row_finds(database: Database) -> None:
    many, _ = await database.write(fill, 600)
    merged = update(voter_requests).where(voter_requests.c.id % 50 == 0).values(merged_into=1)
    await database.write(lambda tx: tx.execute(merged))
    plain = await database.read(Plain)
    told = 0
    for actor in (many.deputy, many.secretary, many.region, both(many)):
        for name, filters in narrowings(many):
            for which in FILTERS:
                expected = plain.ids(actor, which, filters)
                found = await database.read(lists.ids, actor, which, TODAY, lists.ALL, filters)
                assert found == expected, (name, which, actor.memberships)
                page = await database.read(lists.listing, actor, which, TODAY, 8, 8, filters)
                assert [one.id for one in page] == expected[8:16]
                counts = await database.read(lists.counts, actor, TODAY, filters)
                assert counts.of(which) == min(len(expected), lists.MANY)
                told += len(expected)
    assert told > 1000, "there was something to compare"


async def test_lines_say_whom_a_request_waits_for(database: Database) -> None:
    many, _ = await database.write(fill, 1200)
    for whom in WaitsFor:
        filters = Filters(waits_for=whom)
        found = await database.read(lists.listing, many.region, OPEN, TODAY, 0, 50, filters)
        assert found
        assert {one.waits_for for one in found} == {whom}


async def test_a_branch_out_of_reach_and_a_page_too_far(database: Database) -> None:
    many, _ = await database.write(fill, 100)
    for branch_id in (many.branch_id + 1, 2**62):
        for actor in (many.deputy, many.secretary):
            with pytest.raises(NotFound):
                await database.read(lists.counts, actor, TODAY, Filters(branch_id=branch_id))
    far = await database.read(lists.listing, many.region, OPEN, TODAY, 2**40, 9)
    assert far == []
    assert not await database.read(
        lists.listing, many.region, OPEN, TODAY, 0, 9, Filters(category="gone")
    )


@pytest.mark.parametrize("which", [OPEN, OVERDUE, CLOSED])
async def test_no_list_reads_every_row(database: Database, which: str) -> None:
    many, _ = await database.write(fill, 1500)
    await database.write(lambda tx: tx.execute(text("ANALYZE")))
    for actor in (many.deputy, many.secretary, many.region, both(many)):
        for name, filters in narrowings(many):
            query = lists._first(actor, which, filters)
            plan = await database.write(_plan, query.params(count=9, limit=9, offset=0))
            used = [line for line in plan if "voter_requests" in line]
            assert not [line for line in used if _reads_all(line)], (name, plan)
            assert all("ix_voter_requests_" in x or _by_id(x) for x in used), (name, plan)
            if database.is_sqlite:  # what is passed over costs no row
                assert all("COVERING" in x or _by_id(x) for x in used), (name, plan)
    card = await database.write(_plan, request_query().where(voter_requests.c.id == 1))
    assert not [line for line in card if line.startswith("SCAN") or "Seq Scan on voter" in line]


def _plan(tx: Connection, query: Select[Any]) -> list[str]:
    """How the engine goes about the rows."""
    query = query.params(**strands.given(TODAY))
    sql = str(query.compile(dialect=tx.dialect, compile_kwargs={"literal_binds": True}))
    if tx.dialect.name == "sqlite":
        return [str(row[-1]) for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")]
    # So few rows are read at once whatever indexes there are: would there be one?
    for way in ("seqscan", "bitmapscan"):
        tx.exec_driver_sql(f"SET LOCAL enable_{way} = off")
    return [str(row[0]) for row in tx.exec_driver_sql(f"EXPLAIN {sql}") if "->" in row[0]]


def _reads_all(line: str) -> bool:
    return (line.startswith("SCAN voter_requests") and "USING" not in line) or "Seq Scan" in line


def _by_id(line: str) -> bool:
    return "INTEGER PRIMARY KEY" in line or "pk_voter_requests" in line
