"""Invitations on both engines: single use, bound, expiring, and not to be guessed."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select

from storage import invites, people
from storage.database import Database
from storage.errors import NotAllowed, NotFound, TooMany
from storage.invites import CODE_LENGTH, LASTS, TRIES_OF_ALL, TRIES_OF_ONE, TRIES_WINDOW, Invite
from storage.rules.access import Actor, Role
from storage.tables import audit, metadata
from storage.tables import invites as table
from tests import world
from tests.conftest import NOW, ZONE
from tests.storage.queues import send_due

TODAY = NOW.astimezone(ZONE).date()
REGIONAL, SECRETARY, DEPUTY, MEMBER, BUREAU, EXECUTOR = 1001, 1002, 1003, 1005, 1006, 1007
HERE, THERE = world.SARYAGASH, world.ORDABASY
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
async def branch(database: Database) -> None:
    await database.write(world.people_it)


async def actor(database: Database, telegram_id: int) -> Actor:
    found = await database.read(people.actor_of, telegram_id, TODAY)
    assert found is not None
    return found


async def guest(database: Database, telegram_id: int = 5000) -> Actor:
    await database.write(people.meet, telegram_id, "Қонақ", NOW)
    return await actor(database, telegram_id)


async def invited(
    database: Database,
    role: Role = Role.DEPUTY,
    branch_id: int | None = HERE,
    by: int = SECRETARY,
) -> tuple[str, Invite]:
    return await database.write(invites.create, await actor(database, by), role, branch_id, NOW)


async def redeemed(database: Database, who: Actor, code: str, at: Any = NOW) -> Invite | None:
    return await database.write(invites.redeem, who, code, at, TODAY)


async def test_an_invitation_gives_its_role_in_its_branch_once(database: Database) -> None:
    code, invite = await invited(database)
    who = await guest(database)
    assert await redeemed(database, who, code) == invite
    in_ = await actor(database, 5000)
    assert [(m.role, m.branch_id) for m in in_.memberships] == [(Role.DEPUTY, HERE)]
    queued = await database.write(send_due, NOW, 10)
    assert [(one.kind, one.person_id) for one in queued] == [("commands", who.person_id)]
    assert await redeemed(database, who, code) is None, "not even by the same person"


async def test_twenty_at_once_and_one_gets_in(database: Database) -> None:
    code, _ = await invited(database)
    guests = [await guest(database, 5000 + number) for number in range(20)]
    results = await asyncio.gather(*(redeemed(database, who, code) for who in guests))
    assert sum(result is not None for result in results) == 1
    members = [await actor(database, 5000 + number) for number in range(20)]
    assert sum(not one.is_guest for one in members) == 1


Spoil = Callable[[Database, Invite], Awaitable[Any]]


async def _use(database: Database, _invite: Invite) -> str:
    code, _ = await invited(database)
    assert await redeemed(database, await guest(database, 6000), code)
    return code


async def _revoke(database: Database, _invite: Invite) -> str:
    code, invite = await invited(database)
    await database.write(invites.revoke, await actor(database, SECRETARY), invite.id, NOW)
    return code


async def _wrong(_database: Database, _invite: Invite) -> str:
    return "A" * CODE_LENGTH


async def _empty(_database: Database, _invite: Invite) -> str:
    return ""


async def _other_case(database: Database, _invite: Invite) -> str:
    code, _ = await invited(database)
    return code.swapcase()


async def _padded(database: Database, _invite: Invite) -> str:
    code, _ = await invited(database)
    return f"{code} "


async def _long(_database: Database, _invite: Invite) -> str:
    return "қ'--%_\\" * 600


@pytest.mark.parametrize("spoil", [_use, _revoke, _wrong, _empty, _other_case, _padded, _long])
async def test_whatever_is_wrong_with_a_code_the_answer_is_the_same(
    database: Database, spoil: Spoil
) -> None:
    _, good = await invited(database)
    code = await spoil(database, good)
    who = await guest(database)
    assert await redeemed(database, who, code) is None
    assert (await actor(database, 5000)).is_guest


async def test_it_lasts_a_week(database: Database) -> None:
    code, invite = await invited(database)
    assert invite.expires_at == NOW + LASTS == NOW + timedelta(days=7)
    who = await guest(database)
    assert await redeemed(database, who, code, NOW + LASTS) is None
    assert await redeemed(database, who, code, NOW + LASTS - MINUTE) is not None


async def test_the_code_stands_nowhere_in_the_database(database: Database) -> None:
    code, _ = await invited(database)
    assert len(code) == CODE_LENGTH
    await redeemed(database, await guest(database), code)

    def everything(tx: Any) -> str:
        return "\n".join(
            repr(row) for one in metadata.sorted_tables for row in tx.execute(select(one))
        )

    kept = await database.read(everything)
    assert "Қонақ" in kept, "the whole of it was read"
    assert code not in kept


async def test_codes_are_all_different_and_fit_a_deep_link(database: Database) -> None:
    codes = [(await invited(database))[0] for _ in range(20)]
    assert len(set(codes)) == 20
    assert all(len(f"i_{code}") <= 64 for code in codes)
    hashes = await database.read(lambda tx: list(tx.execute(select(table.c.code_hash)).scalars()))
    assert len(set(hashes)) == 20


# -- who may invite whom -----------------------------------------------------------------------

BY_A_BRANCH = {Role.MEMBER, Role.DEPUTY, Role.FACTION_LEADER, Role.EXECUTOR}
BY_THE_REGION = BY_A_BRANCH | {
    Role.BUREAU_MEMBER,
    Role.BRANCH_SECRETARY,
    Role.REGIONAL_SECRETARY,
}
WHOLE_REGION = {Role.EXECUTOR, Role.BUREAU_MEMBER, Role.REGIONAL_SECRETARY}
INVITERS: dict[int, set[Role]] = {
    REGIONAL: BY_THE_REGION,
    SECRETARY: BY_A_BRANCH,
    DEPUTY: set(),
    MEMBER: set(),
    BUREAU: set(),
    EXECUTOR: set(),
}


@pytest.mark.parametrize("by", INVITERS)
async def test_each_role_by_each_inviter(database: Database, by: int) -> None:
    for role, branch_id in product(Role, (HERE, THERE, None)):
        theirs = by == REGIONAL or branch_id == HERE
        if role not in INVITERS[by] or not theirs:
            with pytest.raises(NotAllowed):
                await invited(database, role, branch_id, by)
        elif branch_id is None and role not in WHOLE_REGION:
            with pytest.raises(NotFound):
                await invited(database, role, branch_id, by)
        else:
            _, invite = await invited(database, role, branch_id, by)
            assert (invite.role, invite.branch_id) == (role, branch_id)


async def test_nobody_makes_owners(database: Database) -> None:
    who = await actor(database, REGIONAL)
    assert Role.OWNER in who.roles
    assert Role.OWNER not in invites.roles_to_offer(who)


async def test_a_guest_offers_nothing(database: Database) -> None:
    with pytest.raises(NotAllowed):
        await invited(database, Role.MEMBER, HERE, (await guest(database)).telegram_id)


@pytest.mark.parametrize("branch_id", [0, -1, 999, 2**40])
async def test_no_invitation_to_a_branch_that_is_none(database: Database, branch_id: int) -> None:
    with pytest.raises(NotFound):
        await invited(database, Role.MEMBER, branch_id, REGIONAL)


async def test_only_the_inviter_sees_and_takes_back_what_waits(database: Database) -> None:
    code, first = await invited(database)
    _, second = await invited(database, Role.MEMBER)
    _, others = await invited(database, Role.MEMBER, HERE, REGIONAL)
    secretary = await actor(database, SECRETARY)

    async def waiting() -> list[int]:
        return [one.id for one in await database.read(invites.waiting, secretary, NOW)]

    assert await waiting() == [second.id, first.id]
    assert await database.read(invites.waiting, secretary, NOW + LASTS) == []
    for foreign in (others.id, 999, -1):
        with pytest.raises(NotFound):
            await database.write(invites.revoke, secretary, foreign, NOW)
    await redeemed(database, await guest(database), code)
    with pytest.raises(NotFound):
        await database.write(invites.revoke, secretary, first.id, NOW)
    await database.write(invites.revoke, secretary, second.id, NOW)
    with pytest.raises(NotFound):
        await database.write(invites.revoke, secretary, second.id, NOW)
    assert await waiting() == []


# -- guessing ----------------------------------------------------------------------------------


async def fail(database: Database, who: Actor, times: int, at: Any = NOW) -> None:
    for _ in range(times):
        assert await redeemed(database, who, "A" * CODE_LENGTH, at) is None


async def test_five_tries_of_a_person_within_an_hour(database: Database) -> None:
    code, _ = await invited(database)
    who = await guest(database)
    early = NOW - timedelta(minutes=50)
    await fail(database, await guest(database, 5001), 1, early)
    await fail(database, who, 1, NOW - 30 * MINUTE)
    await fail(database, who, TRIES_OF_ONE - 1, NOW)
    with pytest.raises(TooMany) as caught:
        await redeemed(database, who, code, NOW + MINUTE)
    # When one's own first try is an hour old, not when somebody else's is.
    assert caught.value.retry_at == NOW - 30 * MINUTE + TRIES_WINDOW
    assert await redeemed(database, who, code, caught.value.retry_at) is not None


async def test_another_person_is_not_held_up(database: Database) -> None:
    code, _ = await invited(database)
    await fail(database, await guest(database), TRIES_OF_ONE)
    assert await redeemed(database, await guest(database, 5001), code) is not None


async def test_success_forgets_the_failures_before(database: Database) -> None:
    who = await guest(database)
    await fail(database, who, TRIES_OF_ONE - 1)
    code, _ = await invited(database)
    assert await redeemed(database, who, code) is not None
    await fail(database, who, TRIES_OF_ONE)


async def test_a_hundred_tries_of_all_within_an_hour(database: Database) -> None:
    code, _ = await invited(database)
    for number in range(TRIES_OF_ALL // TRIES_OF_ONE):
        await fail(database, await guest(database, 6000 + number), TRIES_OF_ONE)
    who = await guest(database)
    with pytest.raises(TooMany) as caught:
        await redeemed(database, who, code)
    assert caught.value.retry_at == NOW + TRIES_WINDOW
    assert await redeemed(database, who, code, NOW + TRIES_WINDOW) is not None


async def test_all_of_it_stands_in_the_audit_by_codes_only(database: Database) -> None:
    code, invite = await invited(database)
    who = await guest(database)
    await fail(database, who, 1)
    await redeemed(database, who, code)
    rows = await database.read(
        lambda tx: list(
            tx.execute(
                select(
                    audit.c.person_id,
                    audit.c.action,
                    audit.c.outcome,
                    audit.c.subject_id,
                    audit.c.details,
                ).order_by(audit.c.id)
            )
        )
    )
    assert [tuple(row) for row in rows] == [
        (2, "invite", "done", invite.id, {"role": "deputy", "branch_id": HERE}),
        (who.person_id, "redeem_invite", "refused", None, {}),
        (who.person_id, "redeem_invite", "done", invite.id, {"role": "deputy"}),
    ]
