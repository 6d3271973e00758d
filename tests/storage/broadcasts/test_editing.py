"""New words for what has gone out: each copy is edited, and what cannot be is counted."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, select, update

from storage import broadcasts, deliveries, outbox, settlement
from storage.broadcasts import (
    ORIGINAL,
    Content,
    approving,
    edit_approving,
    editing,
    edits,
    spreading,
    steering,
)
from storage.broadcasts.boards import BOARD
from storage.broadcasts.reading import Broadcast, find
from storage.database import Database
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.tables import broadcasts as table
from storage.tables import outbox as outbox_table
from tests.conftest import NOW
from tests.storage.broadcast_world import (
    DEPUTY,
    ELDER,
    REGIONAL,
    SECRETARY,
    TODAY,
    Place,
    actor,
    crowd,
    send_all,
    settle_in,
)
from tests.storage.queues import send_due

NEW = "Ертең 16:00-де"
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
async def place(database: Database) -> Place:
    return await database.write(settle_in)


@pytest.fixture
async def running(database: Database, place: Place) -> Broadcast:
    """To the branch: two copies wait, one person has blocked the bot."""
    return await database.write(_to, place.saryagash)


def _to(tx: Connection, branch_id: int | None, who: int = SECRETARY) -> Broadcast:
    author = actor(tx, who)
    shown = broadcasts.draft(tx, author, branch_id, Content("Ертең 15:00-де"), NOW, TODAY)
    there = shown.audience.total
    number, version = shown.broadcast.id, shown.broadcast.version
    return broadcasts.confirm(tx, author, number, version, there, NOW, TODAY, board=900)


def _reword(tx: Connection, number: int, words: str = NEW) -> edits.Preview:
    author = actor(tx, SECRETARY)
    drafted = editing.draft(tx, author, number, ORIGINAL, words, LATER)
    return editing.confirm(tx, author, drafted.edit.id, LATER, TODAY)


def _spread(tx: Connection, number: int) -> spreading.Spread:
    return spreading.progress(tx, number)


def _queued(tx: Connection, kind: str) -> list[str]:
    query = select(outbox_table.c.state).where(outbox_table.c.kind == kind)
    return list(tx.execute(query.order_by(outbox_table.c.id)).scalars())


async def test_each_copy_has_a_row_and_an_end_of_its_own(
    database: Database, running: Broadcast
) -> None:
    await database.write(send_all, "sent", None, 5)
    seen = await database.write(_reword, running.id)
    assert (seen.can, seen.coming, seen.cannot) == (2, 0, 0)
    [first, second] = [
        one for one in await database.write(send_due, LATER, 100) if one.kind == spreading.EDIT
    ]
    await database.write(settlement.settle, first, "sent", LATER)
    assert (await database.read(_spread, running.id)).waiting == 1
    await database.write(settlement.settle, second, "failed", LATER, "blocked")
    how = await database.read(_spread, running.id)
    assert (how.edited, how.waiting, how.reasons) == (1, 0, {"blocked": 1})
    assert await database.read(_queued, spreading.EDITED) == ["waiting"], "the author is told once"


async def test_what_waits_takes_the_new_words_and_what_was_on_the_wire_is_edited_after(
    database: Database, running: Broadcast
) -> None:
    [on_the_wire] = await database.write(send_due, NOW, 1)
    seen = await database.write(_reword, running.id)
    assert seen.can == 0
    assert (await database.read(_spread, running.id)).waiting == 1
    await database.write(settlement.settle, on_the_wire, "sent", LATER, None, 7)
    [_board, other, edit] = await database.write(send_due, LATER, 100)
    assert (other.kind, edit.kind) == (broadcasts.COPY, spreading.EDIT)
    assert edit.person_id == on_the_wire.person_id
    assert await database.read(spreading.message_of, edit.person_id or 0, running.id) == 7
    await database.write(settlement.settle, edit, "sent", LATER)
    await database.write(settlement.settle, other, "sent", LATER, None, 8)
    how = await database.read(_spread, running.id)
    assert (how.edited, how.waiting, how.reasons) == (1, 0, {}), "the other one read the new words"


async def test_on_the_wire_and_never_arrived_it_is_waited_for_no_more(
    database: Database, running: Broadcast
) -> None:
    [on_the_wire] = await database.write(send_due, NOW, 1)
    await database.write(_reword, running.id)
    await database.write(settlement.settle, on_the_wire, "failed", LATER, "blocked")
    assert (await database.read(_spread, running.id)).waiting == 0


async def test_uncertain_copies_cannot_be_found_and_it_is_said(
    database: Database, running: Broadcast
) -> None:
    await database.write(send_all, "uncertain", "TimeoutError")
    author = await database.read(actor, SECRETARY)
    drafted = await database.write(editing.draft, author, running.id, ORIGINAL, NEW, LATER)
    assert (drafted.can, drafted.cannot) == (0, 2)
    await database.write(editing.confirm, author, drafted.edit.id, LATER, TODAY)
    assert (await database.read(_spread, running.id)).reasons == {"unknown": 2}


async def test_a_tap_under_an_uncertain_copy_shows_where_it_is(
    database: Database, running: Broadcast
) -> None:
    await database.write(send_all, "uncertain", "TimeoutError")
    deputy, elder = [await database.read(actor, who) for who in (DEPUTY, ELDER)]
    await database.write(deliveries.acknowledge, deputy, running.id, LATER, under=77)
    await database.write(deliveries.acknowledge, elder, running.id, LATER)  # not under the copy
    seen = await database.write(_reword, running.id)
    assert (seen.can, seen.cannot) == (1, 1)
    assert await database.read(spreading.message_of, deputy.person_id, running.id) == 77
    how = await database.read(_spread, running.id)
    assert (how.waiting, how.reasons) == (1, {"unknown": 1}), "no message of a day brought it"


async def test_two_edits_in_a_row_are_one_message_to_each(
    database: Database, running: Broadcast
) -> None:
    await database.write(send_all, "sent", None, 5)
    await database.write(_reword, running.id)
    await database.write(_reword, running.id, "Ертең 17:00-де")
    assert sorted(await database.read(_queued, spreading.EDIT)) == ["failed"] * 2 + ["waiting"] * 2
    for one in await database.write(send_due, LATER, 100):
        await database.write(settlement.settle, one, "sent", LATER)
    assert (await database.read(_spread, running.id)).edited == 2


async def test_what_nobody_may_word_anew(database: Database, running: Broadcast) -> None:
    author = await database.read(actor, SECRETARY)
    region = await database.read(actor, REGIONAL)
    with pytest.raises(NotFound):
        await database.write(editing.draft, region, running.id, ORIGINAL, NEW, LATER)
    for language, words, why in ((ORIGINAL, "Ертең 15:00-де", "same"), ("ru", NEW, "language")):
        with pytest.raises(NotPossible, match=why):
            await database.write(editing.draft, author, running.id, language, words, LATER)
    drafted = await database.write(editing.draft, author, running.id, ORIGINAL, NEW, LATER)
    await database.write(editing.draft, author, running.id, ORIGINAL, NEW + "!", LATER)
    with pytest.raises(AlreadyChanged):  # another text was shown since
        await database.write(editing.confirm, author, drafted.edit.id, LATER, TODAY)
    await database.write(_set, running.id, state="recalled")
    with pytest.raises(NotPossible, match="state"):
        await database.write(editing.draft, author, running.id, ORIGINAL, NEW, LATER)


async def test_each_version_reaches_its_own_readers(database: Database, place: Place) -> None:
    await database.write(_in_two_languages, place)
    await database.write(send_all, "sent", None, 5)
    author = await database.read(actor, SECRETARY)
    given = (author, 1, "ru", "Завтра в 16:00", LATER)
    drafted = await database.write(editing.draft, *given)
    assert drafted.can == 1
    await database.write(editing.confirm, author, drafted.edit.id, LATER, TODAY)
    [edit] = [
        one for one in await database.write(send_due, LATER, 100) if one.kind == spreading.EDIT
    ]
    assert edit.chat_id == ELDER
    found = await database.read(find, 1)
    assert found and found.said_in("ru").words == "Завтра в 16:00"
    assert found.said_in("kk").words == "Ертең 15:00-де"


def _in_two_languages(tx: Connection, place: Place) -> None:
    author = actor(tx, SECRETARY)
    shown = broadcasts.draft(tx, author, place.saryagash, Content("Ертең 15:00-де"), NOW, TODAY)
    of, russian = shown.broadcast, Content("Завтра в 15:00")
    shown = broadcasts.rewrite(tx, author, of.id, of.version, russian, NOW, TODAY, language="ru")
    of = shown.broadcast
    broadcasts.confirm(tx, author, of.id, of.version, shown.audience.total, NOW, TODAY)


async def test_the_approval_is_void_and_nothing_goes_until_the_second_yes(
    database: Database, place: Place
) -> None:
    running = await _large(database, place)
    author, second = [await database.read(actor, who) for who in (SECRETARY, REGIONAL)]
    seen = await database.write(_reword, running.id)
    assert seen.edit.state == "awaiting"
    found = await database.read(find, running.id)
    assert found and (found.state, found.text) == ("paused", "Ертең 15:00-де")
    due = await database.write(send_due, LATER, 10_000)
    assert not [one for one in due if one.kind == broadcasts.COPY]
    with pytest.raises(AlreadyChanged):
        await database.write(steering.resume, author, running.id, LATER)
    with pytest.raises(NotPossible, match="awaiting"):
        await database.write(editing.draft, author, running.id, ORIGINAL, "…", LATER)
    with pytest.raises(NotFound):  # nobody approves the own words
        await database.write(edit_approving.approve, author, seen.edit.id, LATER, TODAY)
    await database.write(edit_approving.approve, second, seen.edit.id, LATER, TODAY)
    with pytest.raises(AlreadyChanged):
        await database.write(edit_approving.approve, second, seen.edit.id, LATER, TODAY)
    found = await database.read(find, running.id)
    assert found and (found.state, found.text, found.paused_reason) == ("running", NEW, None)
    due = await database.write(send_due, LATER, 10_000)
    assert sum(one.kind == broadcasts.COPY for one in due) == (running.recipients or 0) - 1


@pytest.mark.parametrize("who", ["second", "author"])
async def test_returned_or_taken_back_the_former_words_stand(
    database: Database, place: Place, who: str
) -> None:
    running = await _large(database, place)
    author, second = [await database.read(actor, one) for one in (SECRETARY, REGIONAL)]
    seen = await database.write(_reword, running.id)
    if who == "second":
        await database.write(edit_approving.give_back, second, seen.edit.id, LATER)
    else:
        await database.write(editing.take_back, author, running.id, LATER)
        with pytest.raises(AlreadyChanged):
            await database.write(editing.take_back, author, running.id, LATER)
    with pytest.raises(AlreadyChanged):
        await database.write(edit_approving.approve, second, seen.edit.id, LATER, TODAY)
    resumed = await database.write(steering.resume, author, running.id, LATER)
    assert (resumed.state, resumed.text) == ("running", "Ертең 15:00-де")


async def test_an_author_without_the_role_changes_nothing(database: Database, place: Place) -> None:
    running = await _large(database, place)
    second = await database.read(actor, REGIONAL)
    seen = await database.write(_reword, running.id)
    await database.write(_set, running.id, author_id=(await database.read(actor, DEPUTY)).person_id)
    with pytest.raises(NotPossible, match="author"):
        await database.write(edit_approving.approve, second, seen.edit.id, LATER, TODAY)


async def _large(database: Database, place: Place) -> Broadcast:
    """More people than go without a second person, approved and on its way."""
    await database.write(crowd, place.saryagash, 201)
    awaits = await database.write(_to, place.saryagash)
    assert awaits.state == "awaiting"
    second = await database.read(actor, REGIONAL)
    given = (awaits.id, awaits.version, awaits.recipients or 0, NOW, TODAY)
    return await database.write(approving.approve, second, *given)


def _set(tx: Connection, number: int, /, **values: object) -> None:
    tx.execute(update(table).where(table.c.id == number).values(**values))


async def test_the_message_that_keeps_up_is_due_every_few_seconds_and_once_at_the_end(
    database: Database, place: Place
) -> None:
    await database.write(crowd, place.saryagash, 58)
    await database.write(_to, place.saryagash)
    copies = await database.write(send_due, NOW, 10_000)
    assert len(copies) == 60
    shown = 0
    for second, copy in enumerate(copies):
        now = NOW + timedelta(seconds=second / 3)  # twenty seconds in all
        await database.write(settlement.settle, copy, "sent", now, None, second)
        for due in await database.write(send_due, now, 100):
            if due.kind == BOARD:
                shown += 1
                await database.write(settlement.settle, due, "sent", now)
    assert shown == 4, "three while it runs, and the end"
    row = await database.read(lambda tx: tx.execute(select(table.c.board_at)).scalar_one())
    assert row is None, "it keeps up no more"


async def test_one_that_began_by_itself_gets_its_message_and_a_late_one_shows_the_end(
    database: Database, place: Place
) -> None:
    running = await _large(database, place)
    [announced] = _boards(await database.write(send_due, NOW, 10_000))
    author = await database.read(actor, SECRETARY)
    await database.write(steering.stop, author, running.id, NOW)
    await database.write(settlement.settle, announced, "sent", NOW, None, 77)
    [last] = _boards(await database.write(send_due, LATER, 10_000))
    assert last.params == {"broadcast_id": running.id, "message_id": 77}


def _boards(taken: list[outbox.Outgoing]) -> list[outbox.Outgoing]:
    return [one for one in taken if one.kind == BOARD]
