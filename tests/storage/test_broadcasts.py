import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, Table, event, func, select, update

from storage import audiences, broadcasts, people
from storage.broadcasts import approving
from storage.broadcasts.reading import Broadcast, get
from storage.database import Database
from storage.errors import AlreadyChanged, NotAllowed, NotFound, NotPossible
from storage.rules.access import Role
from storage.tables import broadcasts as table
from storage.tables import deliveries, memberships, outbox
from storage.tables import people as who
from tests.conftest import NOW
from tests.storage import broadcast_world as world
from tests.storage.broadcast_world import Place

TEXT = "Жиналыс <b>ертең</b>, 10:00"


@pytest.fixture
async def place(database: Database) -> Place:
    return await database.write(world.settle_in)


def drafted(tx: Connection, by: int, branch_id: int | None) -> broadcasts.Preview:
    return broadcasts.draft(
        tx, world.actor(tx, by), branch_id, broadcasts.Content(TEXT), NOW, world.TODAY
    )


def confirmed(tx: Connection, by: int, preview: broadcasts.Preview) -> Broadcast:
    shown = preview.broadcast
    return broadcasts.confirm(
        tx,
        world.actor(tx, by),
        shown.id,
        shown.version,
        preview.audience.total,
        NOW,
        world.TODAY,
    )


def rows_of(tx: Connection) -> list[tuple[int, str, str | None]]:
    """Each delivery by telegram id, state and reason."""
    query = (
        select(who.c.telegram_id, deliveries.c.state, deliveries.c.reason)
        .join(who, who.c.id == deliveries.c.person_id)
        .order_by(who.c.telegram_id)
    )
    return [tuple(row) for row in tx.execute(query)]


async def test_preview_is_what_was_written_and_counts_people_once(
    database: Database, place: Place
) -> None:
    preview = await database.write(drafted, world.SECRETARY, place.saryagash)
    assert preview.broadcast.text == TEXT
    assert preview.broadcast.state == "draft"
    assert preview.broadcast.signature.branch_ru == "Сарыагашский районный филиал"
    assert preview.broadcast.signature.role == "branch_secretary"
    # The deputy with three roles, the elder, and one who blocked; not the author, nor who left.
    assert preview.audience == audiences.Audience(3, 2, {"kk": 2, "ru": 1})


async def test_confirmed_goes_to_each_once_and_names_who_cannot_be_reached(
    database: Database, place: Place
) -> None:
    preview = await database.write(drafted, world.SECRETARY, place.saryagash)
    running = await database.write(confirmed, world.SECRETARY, preview)
    assert (running.state, running.recipients) == ("running", 3)
    assert await database.read(rows_of) == [
        (world.DEPUTY, "waiting", None),
        (world.ELDER, "waiting", None),
        (world.BLOCKED, "failed", "blocked"),
    ]
    queued = await database.read(lambda tx: tx.execute(select(outbox)).mappings().all())
    number = preview.broadcast.id
    assert {row["key"] for row in queued} == {
        f"broadcast:{number}:{row['person_id']}" for row in queued
    }
    assert [(row["kind"], row["priority"], row["params"]) for row in queued] == [
        ("broadcast_copy", 3, {"broadcast_id": number})
    ] * 2


async def test_draft_is_sent_to_nobody(database: Database, place: Place) -> None:
    await database.write(drafted, world.SECRETARY, place.saryagash)
    assert await database.write(world.send_all) == []


async def test_branch_secretary_reaches_her_own_branch_only(
    database: Database, place: Place
) -> None:
    for elsewhere in (place.ordabasy, None):
        with pytest.raises(NotAllowed):
            await database.write(drafted, world.SECRETARY, elsewhere)
    choice = await database.read(lambda tx: audiences.choice(tx, world.actor(tx, world.SECRETARY)))
    assert choice.only is not None
    assert choice.only.id == place.saryagash


async def test_a_member_may_not(database: Database, place: Place) -> None:
    with pytest.raises(NotAllowed):
        await database.write(drafted, world.ELDER, place.saryagash)
    with pytest.raises(NotAllowed):
        await database.read(lambda tx: audiences.choice(tx, world.actor(tx, world.ELDER)))


async def test_regional_secretary_reaches_any_branch_and_the_whole_region(
    database: Database, place: Place
) -> None:
    region = await database.write(drafted, world.REGIONAL, None)
    assert region.audience.total == 5  # everybody with a lasting role, but herself
    assert region.broadcast.signature.branch_kk is None
    branch = await database.write(drafted, world.REGIONAL, place.ordabasy)
    assert branch.audience.total == 1
    with pytest.raises(NotFound):
        await database.write(drafted, world.REGIONAL, 999)


async def test_role_lost_between_preview_and_confirm(database: Database, place: Place) -> None:
    preview = await database.write(drafted, world.SECRETARY, place.saryagash)
    author_id = preview.broadcast.author_id
    await database.write(
        lambda tx: tx.execute(
            update(memberships)
            .where(memberships.c.person_id == author_id)
            .values(ends_on=world.YESTERDAY)
        )
    )
    with pytest.raises(NotAllowed):
        await database.write(confirmed, world.SECRETARY, preview)
    assert await database.read(rows_of) == []


async def test_audience_changed_since_the_preview_is_shown_anew(
    database: Database, place: Place
) -> None:
    preview = await database.write(drafted, world.SECRETARY, place.saryagash)
    await database.write(
        lambda tx: world.person(tx, 20, "Зере Қали", "kk", [(Role.MEMBER, place.saryagash)])
    )
    still = await database.write(confirmed, world.SECRETARY, preview)
    assert still.state == "draft"
    assert await database.read(rows_of) == []
    anew = await database.read(
        lambda tx: broadcasts.preview(tx, world.actor(tx, world.SECRETARY), still.id, world.TODAY)
    )
    assert anew.audience.total == 4
    assert (await database.write(confirmed, world.SECRETARY, anew)).state == "running"


async def test_text_changed_since_the_preview_cannot_be_confirmed(
    database: Database, place: Place
) -> None:
    old = await database.write(drafted, world.SECRETARY, place.saryagash)
    new = await database.write(
        lambda tx: broadcasts.rewrite(
            tx,
            world.actor(tx, world.SECRETARY),
            old.broadcast.id,
            1,
            broadcasts.Content("Басқа"),
            NOW,
            world.TODAY,
        )
    )
    with pytest.raises(AlreadyChanged):
        await database.write(confirmed, world.SECRETARY, old)
    assert (await database.write(confirmed, world.SECRETARY, new)).text == "Басқа"


async def test_cancelled_draft_is_over(database: Database, place: Place) -> None:
    preview = await database.write(drafted, world.SECRETARY, place.saryagash)
    await database.write(
        lambda tx: broadcasts.cancel(
            tx, world.actor(tx, world.SECRETARY), preview.broadcast.id, 1, NOW
        )
    )
    with pytest.raises(AlreadyChanged):
        await database.write(confirmed, world.SECRETARY, preview)


async def test_nobody_to_send_to(database: Database, place: Place) -> None:
    preview = await database.write(drafted, world.STRANGER, place.ordabasy)
    assert preview.audience.total == 0
    with pytest.raises(NotPossible):
        await database.write(confirmed, world.STRANGER, preview)


async def test_all_unreachable_ends_at_once_and_the_author_learns_of_it(
    database: Database, place: Place
) -> None:
    def alone(tx: Connection) -> None:
        world.person(tx, 21, "Иса Нұр", "kk", [(Role.MEMBER, place.ordabasy)])
        people.set_reachable(tx, 21, None)
        people.set_reachable(tx, 21, "deactivated")

    await database.write(alone)
    preview = await database.write(drafted, world.STRANGER, place.ordabasy)
    assert (await database.write(confirmed, world.STRANGER, preview)).state == "finished"
    (notice,) = await database.write(world.send_all)
    assert (notice.kind, notice.chat_id) == ("broadcast_result", world.STRANGER)


async def test_two_confirms_at_once_send_one(database: Database, place: Place) -> None:
    preview = await database.write(drafted, world.SECRETARY, place.saryagash)
    tries = [database.write(confirmed, world.SECRETARY, preview) for _ in range(5)]
    outcomes = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(outcome, Broadcast) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, AlreadyChanged) for outcome in outcomes) == 4
    assert len(await database.read(rows_of)) == 3


async def test_another_secretary_sees_no_foreign_broadcast(
    database: Database, place: Place
) -> None:
    preview = await database.write(drafted, world.SECRETARY, place.saryagash)
    number = preview.broadcast.id

    def seen_by(tx: Connection, telegram_id: int) -> Broadcast:
        return get(tx, world.actor(tx, telegram_id), number)

    for other in (world.STRANGER, world.REGIONAL):  # a draft is its author's alone
        with pytest.raises(NotFound):
            await database.read(seen_by, other)
    await database.write(confirmed, world.SECRETARY, preview)
    with pytest.raises(NotFound):
        await database.read(seen_by, world.STRANGER)
    assert (await database.read(seen_by, world.REGIONAL)).id == number
    with pytest.raises(AlreadyChanged):
        await database.write(confirmed, world.SECRETARY, preview)
    with pytest.raises(NotFound):
        await database.write(confirmed, world.REGIONAL, preview)


async def test_five_thousand_recipients_take_no_more_statements_than_one(
    database: Database, place: Place
) -> None:
    await database.write(world.crowd, place.ordabasy, 5_000)
    preview = await database.write(drafted, world.STRANGER, place.ordabasy)

    def counted(tx: Connection) -> int:
        approving.set_limit(tx, world.actor(tx, world.REGIONAL), 5_000, NOW)
        who = world.actor(tx, world.STRANGER)
        with counting(tx) as statements:
            shown = preview.broadcast
            broadcasts.confirm(tx, who, shown.id, 1, 5_000, NOW, world.TODAY)
        return len(statements)

    assert await database.write(counted) <= 10, "the same for any number"

    def size(tx: Connection, of: Table) -> int:
        return tx.execute(select(func.count()).select_from(of)).scalar_one()

    assert await database.read(size, deliveries) == 5_000
    assert await database.read(size, outbox) == 5_000


@contextmanager
def counting(tx: Connection) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(tx, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(tx, "before_cursor_execute", note)


async def test_state_of_the_row_is_what_the_story_says(database: Database, place: Place) -> None:
    preview = await database.write(drafted, world.SECRETARY, place.saryagash)
    await database.write(confirmed, world.SECRETARY, preview)
    row = await database.read(lambda tx: tx.execute(select(table)).mappings().one())
    assert (row["state"], row["recipients"], row["version"]) == ("running", 3, 2)
    assert row["confirmed_at"] == NOW
