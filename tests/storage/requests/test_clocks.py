"""The own clock stands and goes on; terms are extended, each once, and each is counted."""

import asyncio
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Connection, insert, select

from storage import people, reminders, requests
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.inquiries import bodies
from storage.requests import (
    RequestDraft,
    VoterRequest,
    asked_extensions,
    escalating,
    extending,
    merging,
    pausing,
    reminding,
    report,
    sending,
)
from storage.requests.asked_extensions import LEGAL, OWN, Extension
from storage.rules.access import Actor, Role
from storage.tables import memberships, outbox, request_extensions, request_pauses
from storage.tables import reminders as reminder_table
from tests.conftest import NOW, ZONE
from tests.storage.requests.world import TODAY, World, build, settle

LAMP = RequestDraft("Жылға ауылында көше шамы жанбайды", "lighting", place="Жылға ауылы")
WHY = "Жер актісі керек, +77011234567"


@pytest.fixture
async def world(database: Database) -> World:
    return await database.write(build)


@pytest.fixture
async def lamp(database: Database, world: World) -> VoterRequest:
    return await database.write(requests.register, world.aigul, LAMP, NOW, ZONE)


def at(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 10, tzinfo=ZONE)


async def _pause(database: Database, of: VoterRequest, actor: Actor, now: datetime) -> VoterRequest:
    return await database.write(pausing.start, actor, of.id, of.version, WHY, now, ZONE)


async def _go_on(database: Database, of: VoterRequest, actor: Actor, now: datetime) -> VoterRequest:
    return await database.write(pausing.end, actor, of.id, of.version, now, ZONE)


async def _planned(database: Database) -> list[date]:
    query = select(reminder_table.c.due_at).where(reminder_table.c.state == "planned")
    found = await database.read(lambda tx: tx.execute(query).scalars().all())
    return sorted(moment.astimezone(ZONE).date() for moment in found)


async def test_a_pause_moves_the_deadline_by_the_working_days_it_stood(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    stands = await _pause(database, lamp, world.aigul, at(11, 26))  # a Thursday
    assert (stands.paused_since, stands.due_on) == (date(2026, 11, 26), date(2026, 12, 15))
    assert await _planned(database) == []
    # From Thursday to Monday: Thursday and Friday are two working days.
    goes = await _go_on(database, stands, world.aigul, at(11, 30))
    assert (goes.paused_since, goes.due_on) == (None, date(2026, 12, 18))  # the 16th is a holiday
    assert goes.first_due_on == date(2026, 12, 15)
    assert date(2026, 12, 18) in await _planned(database)
    kept = await database.read(lambda tx: tx.execute(select(request_pauses)).mappings().one())
    assert "7011234567" not in str(dict(kept))
    lines = await database.read(requests.history, world.aigul, lamp.id)
    assert [(line.kind, line.text) for line in lines[1:]] == [("paused", WHY), ("resumed", None)]


async def test_on_one_day_nothing_moves_and_a_pause_may_come_again(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    stands = await _pause(database, lamp, world.aigul, at(11, 26))
    with pytest.raises(NotPossible, match="paused"):
        await _pause(database, stands, world.dana, at(11, 26))
    goes = await _go_on(database, stands, world.dana, at(11, 26))
    assert goes.due_on == lamp.due_on
    with pytest.raises(NotPossible, match="not_paused"):
        await _go_on(database, goes, world.aigul, at(11, 26))
    again = await _pause(database, goes, world.aigul, at(11, 27))
    moved = await _go_on(database, again, world.aigul, at(11, 28))
    assert moved.due_on == date(2026, 12, 17)


async def test_the_day_of_registration_was_never_counted(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    stands = await _pause(database, lamp, world.aigul, NOW)  # a Tuesday
    goes = await _go_on(database, stands, world.aigul, at(11, 26))
    assert goes.due_on == date(2026, 12, 17), "Wednesday alone was lost; the 16th is a holiday"


async def test_nobody_hears_of_what_stands_and_it_is_not_late(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    stands = await _pause(database, lamp, world.aigul, at(11, 26))
    later = at(1, 14, 2027)
    assert await database.write(reminders.tick, later, ZONE) == 0
    assert await database.write(escalating.tick, later, ZONE) == 0
    assert not stands.is_overdue(later.date())
    counts = await database.read(requests.counts, world.dana, later.date())
    assert (counts.open, counts.overdue) == (1, 0)
    made = await database.read(report.monthly, world.dana, later.date(), None, later.date(), ZONE)
    assert made.overdue == ()
    awaited = (world.aigul.person_id, [lamp.id], later.date())
    assert await database.read(reminding.awaited, *awaited) == []


async def test_what_was_late_already_stays_late(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    stands = await _pause(database, lamp, world.aigul, at(12, 21))
    goes = await _go_on(database, stands, world.aigul, at(12, 25))
    assert goes.due_on == date(2026, 12, 15)
    assert goes.is_overdue(date(2026, 12, 25))


async def test_an_outcome_ends_the_pause(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    stands = await _pause(database, lamp, world.aigul, at(11, 26))
    done = await database.write(settle, world.aigul, stands, now=at(11, 30))
    assert (done.paused_since, done.due_on) == (None, date(2026, 12, 18))
    with pytest.raises(NotPossible, match="answered"):
        await _pause(database, done, world.aigul, at(11, 30))


async def test_who_may_stop_the_clock(database: Database, world: World, lamp: VoterRequest) -> None:
    for stranger in (world.marat, world.nurlan):
        with pytest.raises(NotFound):
            await _pause(database, lamp, stranger, NOW)
    await _pause(database, lamp, world.dana, NOW)
    with pytest.raises(AlreadyChanged):
        await _pause(database, lamp, world.aigul, NOW)


async def _ask(
    database: Database,
    of: VoterRequest,
    actor: Actor,
    day: date,
    clock: str = OWN,
    now: datetime = NOW,
) -> Extension:
    await database.write(extending.ask, actor, of.id, of.version, clock, day, WHY, now, ZONE)
    one = await database.read(asked_extensions.waiting, of.id, clock)
    assert one is not None
    return one


async def _decide(
    database: Database, one: Extension, actor: Actor, *, approved: bool = True
) -> VoterRequest:
    return await database.write(
        extending.decide, actor, one.id, one.version, NOW, ZONE, approved=approved
    )


async def test_extended_once_by_somebody_else(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    one = await _ask(database, lamp, world.aigul, date(2026, 12, 22))
    assert one.reason == WHY
    with pytest.raises(NotPossible, match="who"):
        await _decide(database, one, world.aigul)
    with pytest.raises(NotFound):
        await _decide(database, one, world.marat)
    done = await _decide(database, one, world.dana)
    assert (done.due_on, done.first_due_on, done.extended) == (
        date(2026, 12, 22), date(2026, 12, 15), 1,
    )  # fmt: skip
    assert date(2026, 12, 22) in await _planned(database)
    assert date(2026, 12, 15) not in await _planned(database)
    with pytest.raises(AlreadyChanged) as caught:
        await _decide(database, one, world.ermek, approved=False)
    assert caught.value.by == "Дана Ахметова"
    kept = await database.read(
        lambda tx: str([*tx.execute(select(request_extensions)), *tx.execute(select(outbox))])
    )
    assert "7011234567" not in kept


async def test_refused_the_term_stays(database: Database, world: World, lamp: VoterRequest) -> None:
    one = await _ask(database, lamp, world.aigul, date(2026, 12, 22))
    done = await _decide(database, one, world.dana, approved=False)
    assert (done.due_on, done.extended) == (date(2026, 12, 15), 0)
    told = await database.read(
        lambda tx: [
            (row.kind, row.person_id)
            for row in tx.execute(select(outbox).where(outbox.c.kind != "request_receipt"))
        ]
    )
    assert told == [
        (extending.ASKED_KIND, world.dana.person_id),
        (pausing.CLOCK, world.aigul.person_id),
    ]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 12, 15), "earlier"),
        (date(2026, 12, 1), "earlier"),
        (date(2026, 12, 16), "day_off"),
        (date(2026, 12, 19), "day_off"),
        (date(2028, 1, 10), "far"),
    ],
)
async def test_days_that_are_refused(
    database: Database, world: World, lamp: VoterRequest, day: date, why: str
) -> None:
    with pytest.raises(NotPossible, match=why):
        await _ask(database, lamp, world.aigul, day)


async def test_what_cannot_be_extended(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    with pytest.raises(NotPossible, match="clock"):
        await _ask(database, lamp, world.aigul, date(2026, 12, 22), LEGAL)
    with pytest.raises(NotPossible, match="past"):
        await _ask(database, lamp, world.aigul, date(2026, 12, 22), now=at(1, 14, 2027))
    await _ask(database, lamp, world.aigul, date(2026, 12, 22))
    busy = await database.read(requests.get, world.aigul, lamp.id)
    with pytest.raises(NotPossible, match="asked"):
        await _ask(database, busy, world.aigul, date(2026, 12, 23))
    done = await database.write(settle, world.aigul, busy)
    with pytest.raises(NotPossible, match="clock"):
        await _ask(database, done, world.aigul, date(2026, 12, 23))


async def test_the_fifth_extension_is_the_regions(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    days = [date(2026, 12, 22 + n) for n in range(4)]
    current = lamp
    for day in days:
        one = await _ask(database, current, world.aigul, day)
        current = await _decide(database, one, world.dana)
    assert current.extended == 4
    fifth = await _ask(database, current, world.aigul, date(2026, 12, 28))
    asked = select(outbox.c.person_id).where(outbox.c.kind == extending.ASKED_KIND)
    told = list(await database.read(lambda tx: tx.execute(asked.order_by(outbox.c.id)).scalars()))
    assert told == [world.dana.person_id] * 4 + [world.ermek.person_id]
    with pytest.raises(NotPossible, match="regional"):
        await _decide(database, fifth, world.dana)
    done = await _decide(database, fifth, world.ermek)
    assert (done.extended, done.due_on) == (5, date(2026, 12, 28))
    assert done.first_due_on == date(2026, 12, 15)


async def test_the_bodys_term_is_extended_by_two_months_at_most(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    def body(tx: Connection) -> int:
        names: dict[str, str | None] = {"name_kk": "Әкімдік", "name_ru": "Акимат"}
        return bodies.add(tx, world.dana, world.sar, names, NOW).id

    akimat = await database.write(body)
    sent = await database.write(
        sending.send, world.aigul, lamp.id, lamp.version, akimat, None, TODAY, NOW, ZONE
    )
    assert sent.legal_due_on == date(2026, 12, 15)
    with pytest.raises(NotPossible, match="law"):
        await _ask(database, sent, world.aigul, date(2027, 2, 16), LEGAL)
    one = await _ask(database, sent, world.aigul, date(2027, 2, 15), LEGAL)
    done = await _decide(database, one, world.dana)
    assert (done.legal_due_on, done.due_on) == (date(2027, 2, 15), date(2026, 12, 15))
    assert (done.legal_extended, done.extended) == (1, 0)
    with pytest.raises(NotPossible, match="law"):
        await _ask(database, done, world.aigul, date(2027, 2, 16), LEGAL)


async def test_of_two_who_decide_at_once_one_does(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    one = await _ask(database, lamp, world.aigul, date(2026, 12, 22))
    results = await asyncio.gather(
        _decide(database, one, world.dana),
        _decide(database, one, world.ermek, approved=False),
        return_exceptions=True,
    )
    assert sum(isinstance(one, AlreadyChanged) for one in results) == 1


async def test_a_pause_during_an_extension_that_waits(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    one = await _ask(database, lamp, world.aigul, date(2026, 12, 17))
    busy = await database.read(requests.get, world.aigul, lamp.id)
    stands = await _pause(database, busy, world.aigul, at(11, 26))
    await _go_on(database, stands, world.aigul, at(11, 30))
    with pytest.raises(NotPossible, match="earlier"):
        await _decide(database, one, world.dana)
    done = await _decide(database, one, world.dana, approved=False)
    assert done.due_on == date(2026, 12, 18)


async def test_who_only_reads_asks_for_nothing(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    def leads(tx: Connection) -> None:
        row = {"person_id": world.marat.person_id, "role": Role.FACTION_LEADER}
        tx.execute(
            insert(memberships).values(branch_id=world.sar, starts_on=date(2026, 1, 1), **row)
        )

    await database.write(leads)
    leader = await database.read(people.actor_of, 3, TODAY)
    assert leader is not None
    with pytest.raises(NotAllowed):
        await _ask(database, lamp, leader, date(2026, 12, 22))
    with pytest.raises(NotAllowed):
        await _pause(database, lamp, leader, NOW + timedelta(hours=1))


async def test_what_was_merged_has_no_clock_of_its_own(
    database: Database, world: World, lamp: VoterRequest
) -> None:
    main = await database.write(requests.register, world.aigul, LAMP, NOW, ZONE)
    await database.write(
        merging.merge, world.dana, lamp.id, lamp.version, main.id, main.version, NOW
    )
    merged = await database.read(requests.get, world.dana, lamp.id)
    with pytest.raises(NotPossible, match="merged"):
        await _pause(database, merged, world.dana, NOW)
    with pytest.raises(NotPossible, match="merged"):
        await _ask(database, merged, world.dana, date(2026, 12, 22))
