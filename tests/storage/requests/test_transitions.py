"""Who may take which step is data; the first data are the rules' own."""

import pytest
from sqlalchemy import select

from storage import requests
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.requests import RequestDraft, transitions
from storage.rules.request_states import (
    Part,
    RequestState,
    following,
    open_at_first,
    stuck,
)
from storage.tables import audit, request_transitions
from tests.conftest import NOW, ZONE
from tests.storage.requests.world import World, build, settle

LAMP = RequestDraft("Жылға ауылында көше шамы жанбайды", "lighting", place="Жылға ауылы")
TAKE_UP = (RequestState.REGISTERED, RequestState.IN_PROGRESS)


@pytest.fixture
async def world(database: Database) -> World:
    return await database.write(build)


async def test_the_first_table_is_that_of_the_rules(database: Database) -> None:
    rows = await database.read(lambda tx: tx.execute(select(request_transitions)).all())
    assert all(row.allowed for row in rows)
    assert {(row.from_state, row.to_state, row.who) for row in rows} == {
        (before, after, part)
        for before in RequestState
        for after in following(before)
        for part in open_at_first(after)
    }


async def test_a_step_that_is_switched_off_is_refused_and_not_offered(
    database: Database, world: World
) -> None:
    lamp = await database.write(requests.register, world.aigul, LAMP, NOW, ZONE)
    await database.write(
        transitions.switch, world.ermek, TAKE_UP, Part.DEPUTY, 1, NOW, allowed=False
    )
    offered = await database.read(transitions.open_to, world.aigul, lamp)
    assert RequestState.IN_PROGRESS not in offered
    assert RequestState.IN_PROGRESS in await database.read(transitions.open_to, world.dana, lamp)
    change = (world.aigul, lamp.id, 1, RequestState.IN_PROGRESS, NOW)
    with pytest.raises(NotPossible, match="who"):
        await database.write(requests.change_state, *change)
    await database.write(
        transitions.switch, world.ermek, TAKE_UP, Part.DEPUTY, 2, NOW, allowed=True
    )
    taken = await database.write(requests.change_state, *change)
    assert taken.state is RequestState.IN_PROGRESS
    rows = await database.read(
        lambda tx: tx.execute(select(audit).where(audit.c.action == "switch_request_step")).all()
    )
    assert len(rows) == 2


async def test_a_state_without_a_way_out_is_refused(database: Database, world: World) -> None:
    resolved = RequestState.RESOLVED
    closing, again = (resolved, RequestState.CLOSED), (resolved, RequestState.IN_PROGRESS)

    async def off(step: transitions.Step, part: Part) -> None:
        await database.write(transitions.switch, world.ermek, step, part, 1, NOW, allowed=False)

    await off(closing, Part.SECRETARY)
    await off(closing, Part.REGIONAL)  # taken up again it may be closed on another way
    await off(again, Part.DEPUTY)
    await off(again, Part.REGIONAL)
    with pytest.raises(NotPossible, match="stuck"):
        await off(again, Part.SECRETARY)
    lamp = await database.write(requests.register, world.aigul, LAMP, NOW, ZONE)
    done = await database.write(
        requests.change_state, world.aigul, lamp.id, 1, RequestState.IN_PROGRESS, NOW
    )
    done = await database.write(settle, world.aigul, done, resolved)
    assert await database.read(transitions.open_to, world.dana, done) == (RequestState.IN_PROGRESS,)


async def test_who_may_not_switch_and_what_is_no_switch(database: Database, world: World) -> None:
    for actor in (world.dana, world.aigul, world.gone):
        with pytest.raises(NotAllowed):
            await database.write(
                transitions.switch, actor, TAKE_UP, Part.DEPUTY, 1, NOW, allowed=False
            )
        with pytest.raises(NotAllowed):
            await database.read(transitions.table_of, actor, RequestState.REGISTERED)
    no_such = (RequestState.REGISTERED, RequestState.CLOSED)
    with pytest.raises(NotFound):
        await database.write(
            transitions.switch, world.ermek, no_such, Part.DEPUTY, 1, NOW, allowed=True
        )
    with pytest.raises(NotFound):
        accepting = (RequestState.RESOLVED, RequestState.CLOSED)
        await database.write(
            transitions.switch, world.ermek, accepting, Part.DEPUTY, 1, NOW, allowed=True
        )
    with pytest.raises(AlreadyChanged):
        await database.write(
            transitions.switch, world.ermek, TAKE_UP, Part.DEPUTY, 7, NOW, allowed=False
        )


def test_stuck_follows_the_steps_to_the_end() -> None:
    every = {(before, after) for before in RequestState for after in following(before)}
    assert stuck(every) == set()
    closing = {step for step in every if step[1] is RequestState.CLOSED}
    assert stuck(every - closing) == set(RequestState) - {RequestState.CLOSED}
    lost = {step for step in every if step[0] is RequestState.SENT_TO_BODY}
    assert stuck(every - lost) == {RequestState.SENT_TO_BODY}
