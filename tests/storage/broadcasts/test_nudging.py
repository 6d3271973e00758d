"""Asking again and sending again: exactly those who are meant, and nobody twice."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from storage import broadcasts, deliveries, settlement
from storage.broadcasts import Content, Extras, nudging, repeating
from storage.broadcasts.reading import Broadcast
from storage.database import Database
from storage.errors import AlreadyChanged, NotFound, NotPossible
from storage.tables import outbox
from tests.conftest import NOW
from tests.storage import broadcast_world as world
from tests.storage.queues import send_due

LATER = NOW + timedelta(hours=25)


def begin(tx: Connection, *, confirms: bool = True) -> Broadcast:
    """Her broadcast to the branch: two copies wait, one person has blocked the bot."""
    place = world.settle_in(tx)
    who = world.actor(tx, world.SECRETARY)
    draft = broadcasts.draft(tx, who, place.saryagash, Content("Мәтін"), NOW, world.TODAY)
    extras = Extras(confirms=confirms)
    shown = broadcasts.adjust(tx, who, draft.broadcast.id, 1, extras, NOW, world.TODAY)
    return broadcasts.confirm(tx, who, shown.broadcast.id, 2, 3, NOW, world.TODAY)


def nudge(tx: Connection, of: Broadcast, shown: int, by: int = world.SECRETARY) -> int:
    return nudging.nudge(tx, world.actor(tx, by), of.id, shown, NOW)


async def test_whoever_confirmed_or_cannot_be_reached_is_left_alone(database: Database) -> None:
    of = await database.write(begin)
    with pytest.raises(NotPossible, match="nobody"):
        await database.write(nudge, of, 0)  # nothing has arrived yet
    await database.write(world.send_all)
    deputy = await database.read(world.actor, world.DEPUTY)
    await database.write(deliveries.acknowledge, deputy, of.id, NOW)
    with pytest.raises(AlreadyChanged):
        await database.write(nudge, of, 2)  # she was shown two
    assert await database.write(nudge, of, 1) == 1
    sent = await database.write(world.send_all)
    nudges = [one.chat_id for one in sent if one.kind == nudging.NUDGE]
    assert nudges == [world.ELDER]


async def test_each_is_asked_at_most_once_a_day(database: Database) -> None:
    of = await database.write(begin)
    await database.write(world.send_all)
    assert await database.write(nudge, of, 2) == 2
    with pytest.raises(NotPossible, match="nobody"):
        await database.write(nudge, of, 2)
    secretary = await database.read(world.actor, world.SECRETARY)
    assert await database.read(nudging.to_nudge, secretary, of.id, LATER) == 2


async def test_what_asks_for_no_confirmation_reminds_nobody(database: Database) -> None:
    of = await database.write(lambda tx: begin(tx, confirms=False))
    await database.write(world.send_all)
    with pytest.raises(NotPossible, match="nothing_asked"):
        await database.write(nudge, of, 2)


async def test_a_foreign_secretary_reminds_nobody(database: Database) -> None:
    of = await database.write(begin)
    await database.write(world.send_all)
    with pytest.raises(NotFound):
        await database.write(nudge, of, 2, world.STRANGER)


async def test_only_uncertain_copies_go_again(database: Database) -> None:
    of = await database.write(begin)

    def one_unsure(tx: Connection) -> int:
        first, second = send_due(tx, NOW, 2)
        settlement.settle(tx, first, "uncertain", NOW, reason="timeout")
        settlement.settle(tx, second, "sent", NOW)
        return first.id

    unsure = await database.write(one_unsure)
    secretary = await database.read(world.actor, world.SECRETARY)
    with pytest.raises(AlreadyChanged):
        await database.write(repeating.again, secretary, of.id, 2, NOW)
    running = await database.write(repeating.again, secretary, of.id, 1, NOW)
    assert running.state == "running"
    waiting = select(outbox.c.id).where(outbox.c.kind == "broadcast_copy")
    waiting = waiting.where(outbox.c.state == "waiting")
    assert await database.read(lambda tx: tx.execute(waiting).scalars().all()) == [unsure]
    await database.write(world.send_all)
    seen = await database.read(deliveries.progress, secretary, of.id)
    assert (seen.sent, seen.uncertain, seen.broadcast.state) == (2, 0, "finished")
    with pytest.raises(NotPossible, match="nobody"):
        await database.write(repeating.again, secretary, of.id, 1, NOW)
