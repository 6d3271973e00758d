"""A year of a small world, counted by the report and once more by hand."""

import random
from datetime import date, datetime, timedelta
from statistics import median

import pytest
from sqlalchemy import Connection, update

from storage import requests, working_days
from storage.database import Database
from storage.errors import NotAllowed
from storage.requests import RequestDraft, closing, report
from storage.requests.report import month_of
from storage.rules.access import Actor
from storage.rules.categories import Category
from storage.rules.request_states import RequestState
from storage.tables import voter_requests
from tests.conftest import NOW, ZONE
from tests.storage.requests.world import TODAY, World, build, settle

STATES = (
    RequestState.REGISTERED,
    RequestState.ANSWERED,
    RequestState.RESOLVED,
    RequestState.EXPLAINED,
)
Kept = tuple[int, str, str, date, date, date | None]


def _fill(tx: Connection, world: World) -> list[Kept]:
    """(branch, category, state, registered, due, done) of 120 requests over a year."""
    dice = random.Random(7)  # noqa: S311 — the same world each time
    kept: list[Kept] = []
    for n in range(120):
        actor = dice.choice((world.aigul, world.nurlan, world.marat))
        category = dice.choice((Category.LIGHTING, Category.ROADS, Category.OTHER))
        # Midnight of the zone is another month in UTC.
        came = datetime(2026, 1, 1, 0, 30, tzinfo=ZONE) + timedelta(days=dice.randrange(327))
        made = requests.register(tx, actor, RequestDraft(f"Мәселе {n}", category), came, ZONE)
        state = dice.choice(STATES)
        settled = state in (RequestState.RESOLVED, RequestState.EXPLAINED)
        done = min(came + timedelta(days=dice.randrange(45)), NOW) if settled else None
        changed = {"state": state.value, "closed_at": done}
        tx.execute(update(voter_requests).where(voter_requests.c.id == made.id).values(changed))
        day = done.astimezone(ZONE).date() if done else None
        kept.append((made.branch_id, category, state, came.date(), made.due_on, day))
    return kept


@pytest.mark.parametrize("month", [date(2026, 2, 1), date(2026, 7, 15), date(2026, 11, 1)])
async def test_the_report_counts_what_a_hand_counts(database: Database, month: date) -> None:
    world = await database.write(build)
    kept = await database.write(_fill, world)
    calendar = await database.read(working_days.load)
    cases: list[tuple[Actor, int | None, list[Kept]]] = [
        (world.ermek, None, kept),
        (world.ermek, world.bay, [one for one in kept if one[0] == world.bay]),
        (world.dana, None, [one for one in kept if one[0] == world.sar]),
        (world.dana, world.bay, []),
    ]
    for actor, branch, mine in cases:
        made = await database.read(report.monthly, actor, month, branch, TODAY, ZONE)
        for figures, first in ((made.now, month_of(month)), (made.before, month_of(month, -1))):
            same = (first.year, first.month)
            done = [one for one in mine if one[5] and (one[5].year, one[5].month) == same]
            assert figures.received == sum((one[3].year, one[3].month) == same for one in mine)
            assert figures.done == len(done)
            assert figures.on_time == sum(one[5] <= one[4] for one in done if one[5])
            days = [calendar.count(one[3], one[5]) for one in done if one[5]]
            assert figures.median == (median(days) if days else None)
        assert sum(n for _, n in made.categories) == made.now.received
        assert sum(n for _, n in made.places) == made.now.received
        assert sum(n for _, n in made.channels) == made.now.received
        assert sum(came for _, came, _ in made.weeks) == made.now.received
        assert sum(went for _, _, went in made.weeks) == made.now.done
        assert sum(n for _, n in made.outcomes) == made.now.done
        late = [
            one
            for one in mine
            if one[2] == RequestState.REGISTERED and one[4] < TODAY and one[3] < month_of(month, 1)
        ]
        assert len(made.overdue) == len(late)


async def test_a_slow_acceptance_is_not_the_deputys(database: Database) -> None:
    world = await database.write(build)
    draft = RequestDraft("Шам жанбайды", Category.LIGHTING)
    made = await database.write(requests.register, world.aigul, draft, NOW, ZONE)
    on_the_day = datetime(2026, 12, 15, 17, tzinfo=ZONE)  # the deadline, domain.md 1.7
    reported = await database.write(settle, world.aigul, made, RequestState.REDIRECTED, on_the_day)
    month_later = datetime(2027, 1, 8, 10, tzinfo=ZONE)
    today = month_later.date()

    async def figures(month: date) -> tuple[int, int, float | None]:
        found = await database.read(report.monthly, world.dana, month, None, today, ZONE)
        assert found.overdue == ()
        return found.now.done, found.now.on_time, found.now.median

    assert await figures(date(2026, 12, 1)) == (0, 0, None)
    await database.write(closing.accept, world.dana, made.id, reported.version, month_later, today)
    assert await figures(date(2026, 12, 1)) == (0, 0, None), "a month once told stays as it was"
    assert await figures(date(2027, 1, 1)) == (1, 1, 15.0)


async def test_who_works_on_no_requests_has_no_report(database: Database) -> None:
    world = await database.write(build)
    with pytest.raises(NotAllowed):
        await database.read(report.monthly, world.gone, TODAY, None, TODAY, ZONE)
