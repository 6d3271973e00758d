import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from storage import requests
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.requests import Contact, RequestDraft, RequestFile, VoterRequest, closing
from storage.rules.categories import Category
from storage.rules.request_states import RequestState
from storage.tables import audit, calendar_overrides, outbox, voter_requests
from tests.conftest import NOW, ZONE
from tests.storage.requests.world import TODAY, World, build, settle, to_akimat

LAMP = RequestDraft("Жылға ауылында көше шамы жанбайды", Category.LIGHTING, place="Жылға ауылы")
PHONE = "+77011234567"


@pytest.fixture
async def world(database: Database) -> World:
    return await database.write(build)


async def _register(
    database: Database, world: World, draft: RequestDraft = LAMP, now: datetime = NOW
) -> requests.VoterRequest:
    return await database.write(requests.register, world.aigul, draft, now, ZONE)


async def test_a_request_gets_number_deadline_and_receipt(database: Database, world: World) -> None:
    request = await _register(database, world)
    assert request.number == "САР-2026-0001"
    assert request.due_on == date(2026, 12, 15)  # domain.md 1.7
    assert request.state == RequestState.REGISTERED
    rows = await database.read(lambda tx: tx.execute(select(outbox)).mappings().all())
    assert [(r["kind"], r["person_id"], r["priority"]) for r in rows] == [
        ("request_receipt", world.aigul.person_id, 0)
    ]
    lines = await database.read(requests.history, world.aigul, request.id)
    assert [(line.kind, line.by, line.to_state) for line in lines] == [
        ("registered", "Айгүл Омарова", "registered")
    ]


@pytest.mark.parametrize(
    ("registered", "due"),
    [
        (date(2026, 11, 24), date(2026, 12, 15)),
        (date(2026, 12, 7), date(2026, 12, 29)),
        (date(2027, 3, 1), date(2027, 3, 29)),
    ],
)
async def test_the_deadline_is_fifteen_working_days(
    database: Database, world: World, registered: date, due: date
) -> None:
    moment = datetime(registered.year, registered.month, registered.day, 9, tzinfo=ZONE)
    request = await _register(database, world, now=moment)
    assert request.due_on == due


async def test_a_day_off_given_by_the_administrator_moves_the_deadline(
    database: Database, world: World
) -> None:
    await database.write(
        lambda tx: tx.execute(
            insert(calendar_overrides).values(day=date(2026, 12, 14), is_working=False)
        )
    )
    assert (await _register(database, world)).due_on == date(2026, 12, 17)  # 16.12 is a holiday


async def test_the_year_in_the_number_is_the_local_one(database: Database, world: World) -> None:
    # 22:00 UTC of 31 December is already 03:00 of 1 January in Turkistan.
    request = await _register(database, world, now=datetime(2026, 12, 31, 22, tzinfo=UTC))
    assert request.number == "САР-2027-0001"


async def test_fifty_at_once_in_three_branches_are_unique_and_without_gaps(
    database: Database, world: World
) -> None:
    people = [(world.aigul, world.sar), (world.marat, world.bay), (world.both, world.kel)]
    drafts = [
        (actor, replace(LAMP, branch_id=branch_id))
        for actor, branch_id in (people[i % 3] for i in range(50))
    ]
    done = await asyncio.gather(
        *(database.write(requests.register, actor, draft, NOW, ZONE) for actor, draft in drafts)
    )
    expected = [
        f"{code}-2026-{n:04d}"
        for code, many in (("САР", 17), ("БАЙ", 17), ("КЕЛ", 16))
        for n in range(1, many + 1)
    ]
    assert sorted(request.number for request in done) == sorted(expected)


async def test_a_registration_that_fails_leaves_no_gap(database: Database, world: World) -> None:
    def fail(tx):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        requests.register(tx, world.aigul, LAMP, NOW, ZONE)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await database.write(fail)
    assert (await _register(database, world)).number == "САР-2026-0001"


async def test_the_number_grows_beyond_four_digits(database: Database, world: World) -> None:
    from storage.tables import request_counters

    await database.write(
        lambda tx: tx.execute(
            insert(request_counters).values(branch_id=world.sar, year=2026, last=9999)
        )
    )
    assert (await _register(database, world)).number == "САР-2026-10000"


async def test_one_draft_makes_one_request(database: Database, world: World) -> None:
    draft = replace(LAMP, token="1:77")
    first = await _register(database, world, draft)
    second = await _register(database, world, draft)
    assert first == second
    rows = await database.read(lambda tx: tx.execute(select(voter_requests.c.id)).all())
    assert len(rows) == 1


async def test_one_draft_registered_twice_at_once_makes_one_request_and_no_gap(
    database: Database, world: World
) -> None:
    draft = replace(LAMP, token="1:78")
    await asyncio.gather(
        *(_register(database, world, draft) for _ in range(4)), return_exceptions=True
    )
    rows = await database.read(lambda tx: tx.execute(select(voter_requests.c.number)).all())
    assert [row.number for row in rows] == ["САР-2026-0001"]
    assert (await _register(database, world)).number == "САР-2026-0002"


async def test_any_text_is_kept_exactly(database: Database, world: World) -> None:
    for text in ("<b>жол</b> & </a>", "🕳️😡", "شارع بلا ضوء", "ж" * 4096):
        request = await _register(database, world, replace(LAMP, text=text))
        assert (await database.read(requests.get, world.aigul, request.id)).text == text


async def test_a_request_without_text_and_files_is_refused(
    database: Database, world: World
) -> None:
    with pytest.raises(NotPossible):
        await _register(database, world, replace(LAMP, text=""))
    voice = RequestFile("voice", "AwAC1", size=3000)
    request = await _register(database, world, replace(LAMP, text="", files=(voice,)))
    assert request.attachments == 1
    assert await database.read(requests.files, world.aigul, request.id) == [voice]


async def test_no_contact_without_consent(database: Database, world: World) -> None:
    bare = Contact(PHONE, "Гүлнар", None, None)
    with pytest.raises(NotPossible):
        await _register(database, world, replace(LAMP, contact=bare))
    request = await _register(database, world)
    with pytest.raises(NotPossible):
        await database.write(
            requests.set_contact, world.aigul, request.id, request.version, bare, NOW
        )


async def test_a_closed_request_keeps_no_contact(database: Database, world: World) -> None:
    contact = Contact(PHONE, "Гүлнар", "2026-11", NOW)
    request = await _register(database, world, replace(LAMP, contact=contact))
    request = await database.write(settle, world.aigul, request)
    assert request.masked_phone is not None
    request = await database.write(
        closing.accept, world.dana, request.id, request.version, NOW, TODAY
    )
    assert request.masked_phone is None, "the voter agreed to it until then"


async def test_opening_a_contact_is_recorded(database: Database, world: World) -> None:
    contact = Contact(PHONE, "Гүлнар", "2026-11", NOW)
    request = await _register(database, world, replace(LAMP, contact=contact))
    assert request.masked_phone == "+7 701 *** ** 67"
    assert await database.write(requests.open_contact, world.dana, request.id, NOW) == contact
    rows = await database.read(
        lambda tx: tx.execute(select(audit).where(audit.c.action == "open_contact")).mappings()
        .all()
    )  # fmt: skip
    assert [(row["person_id"], row["subject_id"]) for row in rows] == [
        (world.dana.person_id, request.id)
    ]
    everything = await database.read(lambda tx: str(tx.execute(select(audit)).all()))
    assert "Гүлнар" not in everything
    assert "7011234567" not in everything


async def test_who_sees_what(database: Database, world: World) -> None:
    request = await _register(database, world)
    for actor in (world.aigul, world.dana, world.ermek):
        assert (await database.read(requests.get, actor, request.id)).id == request.id
        assert (await database.read(requests.counts, actor, TODAY)).open == 1
    for actor in (world.nurlan, world.marat, world.both):
        with pytest.raises(NotFound):
            await database.read(requests.get, actor, request.id)
        with pytest.raises(NotFound):
            await database.write(requests.open_contact, actor, request.id, NOW)
        with pytest.raises(NotFound):
            await database.write(requests.comment, actor, request.id, "?", NOW)
        assert (await database.read(requests.counts, actor, TODAY)).open == 0
    with pytest.raises(NotAllowed):
        await database.read(requests.get, world.gone, request.id)
    with pytest.raises(NotAllowed):
        await database.write(requests.register, world.gone, LAMP, NOW, ZONE)


async def test_a_deputy_logs_only_in_the_own_branch(database: Database, world: World) -> None:
    with pytest.raises(NotAllowed):
        await _register(database, world, replace(LAMP, branch_id=world.bay))
    with pytest.raises(NotPossible):
        await database.write(requests.register, world.both, LAMP, NOW, ZONE)
    own = await database.read(requests.log_branches, world.both)
    assert [branch.code for branch in own] == ["САР", "КЕЛ"]


async def test_states_follow_the_table_and_leave_a_history(
    database: Database, world: World
) -> None:
    async def moved(now: VoterRequest, to: RequestState) -> VoterRequest:
        return await database.write(
            requests.change_state, world.aigul, now.id, now.version, to, NOW
        )

    request = await moved(await _register(database, world), RequestState.IN_PROGRESS)
    request = await database.write(to_akimat, world.aigul, request)
    request = await moved(request, RequestState.ANSWERED)
    request = await database.write(settle, world.aigul, request, RequestState.PARTLY)
    request = await moved(request, RequestState.IN_PROGRESS)
    lines = await database.read(requests.history, world.aigul, request.id)
    assert [line.to_state for line in lines] == [
        "registered", "in_progress", "sent_to_body", "answered", "partly", "in_progress",
    ]  # fmt: skip
    for never in (RequestState.CLOSED, RequestState.ANSWERED, RequestState.RESOLVED):
        with pytest.raises(NotPossible):
            await database.write(
                requests.change_state, world.aigul, request.id, request.version, never, NOW
            )


async def test_of_two_who_change_at_once_the_second_learns_who_was_first(
    database: Database, world: World
) -> None:
    request = await _register(database, world)

    async def change(actor: object, to_state: RequestState) -> object:
        return await database.write(
            requests.change_state,
            actor,  # type: ignore[arg-type]
            request.id,
            request.version,
            to_state,
            NOW,
        )

    results = await asyncio.gather(
        change(world.aigul, RequestState.IN_PROGRESS),
        change(world.dana, RequestState.IN_PROGRESS),
        return_exceptions=True,
    )
    lost = [result for result in results if isinstance(result, AlreadyChanged)]
    assert len(lost) == 1
    assert lost[0].by in ("Айгүл Омарова", "Дана Ахметова")
    assert lost[0].at == NOW
    lines = await database.read(requests.history, world.aigul, request.id)
    assert len(lines) == 2


async def test_the_deputy_learns_of_a_secretarys_change(database: Database, world: World) -> None:
    request = await _register(database, world)
    await database.write(
        requests.change_state, world.dana, request.id, 1, RequestState.IN_PROGRESS, NOW, "алдым"
    )
    rows = await database.read(
        lambda tx: tx.execute(select(outbox).where(outbox.c.kind == "request_changed")).all()
    )
    assert [row.person_id for row in rows] == [world.aigul.person_id]


async def test_lists_put_the_most_urgent_first(database: Database, world: World) -> None:
    later = await _register(database, world)
    sooner = await _register(database, world, now=NOW - timedelta(days=30))
    done = await _register(database, world)
    reported = await database.write(settle, world.aigul, done)
    counts = await database.read(requests.counts, world.aigul, TODAY)
    assert (counts.open, counts.overdue, counts.closed) == (3, 1, 0), "nobody has accepted it yet"
    await database.write(closing.accept, world.dana, done.id, reported.version, NOW, TODAY)
    counts = await database.read(requests.counts, world.aigul, TODAY)
    assert (counts.open, counts.overdue, counts.closed) == (2, 1, 1)

    async def ids(which: str) -> list[int]:
        rows = await database.read(requests.listing, world.aigul, which, TODAY, 0, 8)
        return [row.id for row in rows]

    assert await ids("open") == [sooner.id, later.id]
    assert await ids("overdue") == [sooner.id]

    with_body = await database.write(to_akimat, world.aigul, sooner)
    await database.write(
        requests.change_state, world.aigul, sooner.id, with_body.version, RequestState.ANSWERED, NOW
    )
    counts = await database.read(requests.counts, world.aigul, TODAY)
    assert (counts.open, counts.overdue) == (2, 0), "an answer that is there is not late"
    assert await ids("open") == [later.id, sooner.id]
    assert await ids("closed") == [done.id]


async def test_completing_checks_the_version(database: Database, world: World) -> None:
    request = await _register(database, world)
    changed = await database.write(
        requests.complete, world.aigul, request.id, 1, NOW, category=Category.ENERGY
    )
    assert (changed.category, changed.place, changed.version) == ("energy", "Жылға ауылы", 2)
    with pytest.raises(AlreadyChanged):
        await database.write(requests.complete, world.aigul, request.id, 1, NOW, place="Абай")
    commented = await database.write(requests.comment, world.aigul, request.id, "қаралды", NOW)
    assert commented.version == 2  # a comment is in nobody's way
    newest = await database.read(requests.latest_open, world.aigul)
    assert newest is not None
    assert newest.id == request.id
