"""Requests for access on both engines: asked, renewed, and decided once, by whom it concerns."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from storage import access_requests, people
from storage.access_requests import APPROVED, REFUSED, WAITING, AccessRequest
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound
from storage.rules.access import Actor, Role
from storage.tables import audit
from tests import world
from tests.conftest import NOW, ZONE
from tests.storage.queues import send_due

TODAY = NOW.astimezone(ZONE).date()
REGIONAL, SECRETARY, DEPUTY, RUSLAN, GUEST = 1001, 1002, 1003, 1004, 5000
HERE, THERE = world.SARYAGASH, world.ORDABASY


@pytest.fixture(autouse=True)
async def branch(database: Database) -> None:
    await database.write(world.people_it)
    await database.write(people.meet, GUEST, "Telegram name", NOW)


async def actor(database: Database, telegram_id: int) -> Actor:
    found = await database.read(people.actor_of, telegram_id, TODAY)
    assert found is not None
    return found


async def asked(
    database: Database, branch_id: int = HERE, name: str = "Қонақов Асан"
) -> AccessRequest:
    who = await actor(database, GUEST)
    return await database.write(access_requests.ask, who, name, branch_id, NOW, TODAY)


async def decided(
    database: Database,
    request: AccessRequest,
    by: int = SECRETARY,
    *,
    approve: bool = True,
) -> AccessRequest:
    return await database.write(
        access_requests.decide,
        await actor(database, by),
        request.id,
        request.version,
        NOW,
        TODAY,
        approve=approve,
    )


async def queued(database: Database) -> list[tuple[str, int]]:
    return [(one.kind, one.chat_id) for one in await database.write(send_due, NOW, 50)]


async def test_asking_tells_the_secretary_of_the_branch(database: Database) -> None:
    request = await asked(database)
    assert (request.state, request.name, request.branch_id) == (WAITING, "Қонақов Асан", HERE)
    assert request.branch_ru == "Сарыагашский районный филиал"
    assert await queued(database) == [("access_asked", SECRETARY)]


async def test_a_branch_without_a_secretary_is_the_regions(database: Database) -> None:
    await asked(database, THERE)
    assert await queued(database) == [("access_asked", REGIONAL)]


@pytest.mark.parametrize("branch_id", [0, -1, 999])
async def test_no_asking_into_a_branch_that_is_none(database: Database, branch_id: int) -> None:
    with pytest.raises(NotFound):
        await asked(database, branch_id)
    assert await queued(database) == []


async def test_asking_again_renews_and_the_old_button_says_so(database: Database) -> None:
    first = await asked(database)
    second = await asked(database, THERE, "Қонақов Асан Ерікұлы")
    assert second.id == first.id
    assert (second.branch_id, second.name, second.version) == (
        THERE,
        "Қонақов Асан Ерікұлы",
        first.version + 1,
    )
    assert await queued(database) == [("access_asked", SECRETARY), ("access_asked", REGIONAL)]
    with pytest.raises(NotAllowed):
        await decided(database, first)
    with pytest.raises(AlreadyChanged):
        await decided(database, first, REGIONAL)
    assert (await actor(database, GUEST)).is_guest


async def test_letting_in_makes_a_member_by_the_name_that_was_given(database: Database) -> None:
    request = await decided(database, await asked(database))
    assert (request.state, request.decided_by) == (APPROVED, "Жандосова Мөлдір")
    assert request.decided_at == NOW
    member = await actor(database, GUEST)
    assert member.name == "Қонақов Асан"
    assert [(m.role, m.branch_id) for m in member.memberships] == [(Role.MEMBER, HERE)]
    assert await queued(database) == [
        ("commands", GUEST),
        ("access_asked", SECRETARY),
        ("access_decided", GUEST),
    ]


async def test_a_refusal_changes_nothing_but_is_told_and_one_may_ask_again(
    database: Database,
) -> None:
    first = await decided(database, await asked(database), approve=False)
    assert first.state == REFUSED
    guest = await actor(database, GUEST)
    assert (guest.is_guest, guest.name) == (True, "Telegram name")
    assert ("access_decided", GUEST) in await queued(database)
    again = await asked(database)
    assert again.id != first.id
    assert (await decided(database, again)).state == APPROVED


@pytest.mark.parametrize("then", [True, False])
async def test_what_is_decided_is_decided(database: Database, then: bool) -> None:
    request = await asked(database)
    await decided(database, request)
    with pytest.raises(AlreadyChanged) as caught:
        await decided(database, request, REGIONAL, approve=then)
    assert (caught.value.by, caught.value.at) == ("Жандосова Мөлдір", NOW)
    current = await database.read(access_requests.get, request.id)
    with pytest.raises(AlreadyChanged):
        await decided(database, current, REGIONAL, approve=then)
    assert not (await actor(database, GUEST)).is_guest


async def test_ten_taps_at_once_and_one_decision(database: Database) -> None:
    request = await asked(database)
    results = await asyncio.gather(
        *(
            decided(database, request, REGIONAL if n % 2 else SECRETARY, approve=n % 3 == 0)
            for n in range(10)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(result, AccessRequest) for result in results) == 1
    assert sum(isinstance(result, AlreadyChanged) for result in results) == 9
    kinds = [kind for kind, _ in await queued(database)]
    assert kinds.count("access_decided") == 1


@pytest.mark.parametrize("by", [DEPUTY, RUSLAN, GUEST])
async def test_others_may_not_decide(database: Database, by: int) -> None:
    request = await asked(database)
    with pytest.raises(NotAllowed):
        await decided(database, request, by)


async def test_a_secretary_decides_about_the_own_branch_only(database: Database) -> None:
    request = await asked(database, THERE)
    for approve in (True, False):
        with pytest.raises(NotAllowed):
            await decided(database, request, SECRETARY, approve=approve)
    assert (await decided(database, request, REGIONAL)).state == APPROVED


@pytest.mark.parametrize("request_id", [0, -1, 999, 2**40])
async def test_no_such_request(database: Database, request_id: int) -> None:
    with pytest.raises(NotFound):
        await database.read(access_requests.get, request_id)


async def test_the_trail_holds_no_names(database: Database) -> None:
    await decided(database, await asked(database), approve=False)
    query = select(audit.c.person_id, audit.c.action, audit.c.details).order_by(audit.c.id)
    rows: list[Any] = await database.read(lambda tx: [tuple(row) for row in tx.execute(query)])
    guest = await actor(database, GUEST)
    assert rows == [
        (guest.person_id, "ask_access", {"branch_id": HERE}),
        (2, "refuse_access", {}),
    ]


async def test_a_secretary_who_blocked_the_bot_is_not_the_only_one_asked(
    database: Database,
) -> None:
    await database.write(people.set_reachable, 1002, "blocked")
    asked = await database.read(people.secretaries, world.SARYAGASH, NOW.date())
    assert [person.telegram_id for person in asked] == [1001], "the region hears of it instead"
