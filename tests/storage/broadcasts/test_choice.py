"""Each member's own choice: kinds switched off, and what is gathered once a day."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, func, select, update

from storage import broadcasts, deliveries, settlement
from storage.broadcasts import (
    Content,
    editing,
    gathering,
    recalling,
    repeating,
    spreading,
    steering,
    timing,
    wishes,
)
from storage.broadcasts.reading import Broadcast
from storage.database import Database
from storage.errors import NotAllowed, NotPossible
from storage.outbox import Outgoing
from storage.rules.announcements import Announcement
from storage.tables import deliveries as table
from storage.tables import digest_entries
from tests.conftest import NOW, ZONE
from tests.storage import broadcast_world as world
from tests.storage.queues import send_due

THREE = NOW + timedelta(hours=5)  # 15:00 where the people are


def drafted(tx: Connection, text: str = "Мәтін") -> Broadcast:
    who = world.actor(tx, world.SECRETARY)
    return broadcasts.draft(tx, who, 1, Content(text), NOW, world.TODAY).broadcast


def sent(tx: Connection, text: str = "Мәтін") -> Broadcast:
    of = drafted(tx, text)
    who = world.actor(tx, world.SECRETARY)
    there = broadcasts.preview(tx, who, of.id, world.TODAY).audience
    return broadcasts.confirm(tx, who, of.id, of.version, there.total, NOW, world.TODAY)


def gathers(tx: Connection, telegram_id: int = world.ELDER) -> None:
    wishes.gather_at(tx, world.actor(tx, telegram_id), 15)


def going(tx: Connection, kind: str, now: datetime) -> list[Outgoing]:
    """What of ``kind`` goes now, after a tick."""
    timing.tick(tx, now, ZONE)
    return [one for one in send_due(tx, now, 100) if one.kind == kind]


def at_three(tx: Connection) -> list[Outgoing]:
    return going(tx, gathering.DIGEST, THREE)


def settled(tx: Connection, one: Outgoing, state: str = "sent", reason: str | None = None) -> None:
    settlement.settle(tx, one, state, THREE, reason)


async def test_whoever_switched_a_kind_off_is_not_meant(database: Database) -> None:
    def story(tx: Connection) -> None:
        world.settle_in(tx)
        elder, author = world.actor(tx, world.ELDER), world.actor(tx, world.SECRETARY)
        assert wishes.switch(tx, elder, Announcement.NEWS, on=False).refused == {"news"}
        assert wishes.switch(tx, elder, Announcement.NEWS, on=False).refused == {"news"}
        of = drafted(tx)
        there = broadcasts.preview(tx, author, of.id, world.TODAY).audience
        assert (there.total, there.refused, there.languages) == (2, 1, {"kk": 2})
        told = broadcasts.announce(
            tx, author, of.id, of.version, Announcement.NOTICE, NOW, world.TODAY
        )
        assert (told.audience.total, told.audience.refused) == (3, 0)
        with pytest.raises(NotPossible, match="always"):
            wishes.switch(tx, elder, Announcement.NOTICE, on=False)
        assert not wishes.switch(tx, elder, Announcement.NEWS, on=True).refused

    await database.write(story)


async def test_urgent_is_for_whoever_may(database: Database) -> None:
    def story(tx: Connection) -> None:
        world.settle_in(tx)
        of, author = drafted(tx), world.actor(tx, world.SECRETARY)
        assert not broadcasts.preview(tx, author, of.id, world.TODAY).urgent
        with pytest.raises(NotAllowed):
            broadcasts.announce(tx, author, of.id, 1, Announcement.URGENT, NOW, world.TODAY)
        region = world.actor(tx, world.REGIONAL)
        hers = broadcasts.draft(tx, region, 1, Content("Дауыл"), NOW, world.TODAY)
        assert hers.urgent
        number = hers.broadcast.id
        told = broadcasts.announce(tx, region, number, 1, Announcement.URGENT, NOW, world.TODAY)
        assert told.broadcast.announcement == "urgent"

    await database.write(story)


async def test_announcements_of_a_day_come_together_at_the_hour(database: Database) -> None:
    def story(tx: Connection) -> None:
        world.settle_in(tx)
        gathers(tx)
        gathers(tx, world.BLOCKED)
        first, second = sent(tx, "Бірінші"), sent(tx, "Екінші")
        assert [one.kind for one in world.send_all(tx)] == ["broadcast_copy"] * 2  # the deputy's
        assert going(tx, gathering.DIGEST, THREE - timedelta(seconds=1)) == []
        author = world.actor(tx, world.SECRETARY)
        seen = deliveries.progress(tx, author, first.id)
        assert (seen.waiting, seen.gathered) == (1, 1)
        (digest,) = at_three(tx)
        due_at = digest.params["due_at"]
        found = gathering.gathered_for(tx, digest.person_id or 0, due_at)
        assert [one.text for one in found] == ["Бірінші", "Екінші"]
        settled(tx, digest)
        assert at_three(tx) == [], "no second one"
        for of in (first, second):
            seen = deliveries.progress(tx, author, of.id)
            assert (seen.broadcast.state, seen.sent, seen.waiting) == ("finished", 2, 0)
        assert tx.execute(select(func.count()).select_from(digest_entries)).scalar_one() == 0

    await database.write(story)


async def test_what_cannot_be_switched_off_comes_at_once(database: Database) -> None:
    def story(tx: Connection) -> None:
        world.settle_in(tx)
        gathers(tx)
        of, author = drafted(tx), world.actor(tx, world.SECRETARY)
        given = (tx, author, of.id, of.version)
        broadcasts.announce(*given, Announcement.NOTICE, NOW, world.TODAY)
        broadcasts.confirm(tx, author, of.id, of.version + 1, 3, NOW, world.TODAY)
        assert len(world.send_all(tx)) == 2

    await database.write(story)


async def test_paused_it_waits_for_the_next_day_and_stopped_for_nothing(
    database: Database,
) -> None:
    def story(tx: Connection) -> None:
        world.settle_in(tx)
        gathers(tx)
        first, second = sent(tx, "Бірінші"), sent(tx, "Екінші")
        world.send_all(tx)
        author = world.actor(tx, world.SECRETARY)
        (digest,) = at_three(tx)
        steering.pause(tx, author, first.id, THREE)
        found = gathering.gathered_for(tx, digest.person_id or 0, digest.params["due_at"])
        assert [one.id for one in found] == [second.id]
        settled(tx, digest)
        steering.resume(tx, author, first.id, THREE)
        tomorrow = THREE + timedelta(days=1)
        (next_day,) = going(tx, gathering.DIGEST, tomorrow)
        steering.stop(tx, author, first.id, tomorrow)
        due_at = next_day.params["due_at"]
        assert gathering.gathered_for(tx, next_day.person_id or 0, due_at) == []
        settled(tx, next_day, "failed", "void")
        seen = deliveries.progress(tx, author, first.id)
        assert (seen.broadcast.state, seen.reasons.get("stopped")) == ("stopped", 1)

    await database.write(story)


async def test_an_uncertain_one_is_sent_again_as_a_copy(database: Database) -> None:
    def story(tx: Connection) -> None:
        world.settle_in(tx)
        gathers(tx)
        of = sent(tx)
        world.send_all(tx)
        (digest,) = at_three(tx)
        settled(tx, digest, "uncertain", "interrupted")
        author = world.actor(tx, world.SECRETARY)
        assert repeating.again(tx, author, of.id, 1, THREE).state == "running"
        (copy,) = going(tx, broadcasts.COPY, THREE)
        settled(tx, copy)
        states = select(table.c.state).where(table.c.broadcast_id == of.id)
        assert sorted(tx.execute(states).scalars()) == ["failed", "sent", "sent"]

    await database.write(story)


async def test_more_than_fit_wait_for_the_next_day(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "MOST", 1)

    def story(tx: Connection) -> None:
        world.settle_in(tx)
        gathers(tx)
        sent(tx, "Бірінші"), sent(tx, "Екінші")
        world.send_all(tx)
        (digest,) = at_three(tx)
        settled(tx, digest)
        (left,) = tx.execute(select(digest_entries.c.due_at)).scalars()
        assert left == THREE + timedelta(days=1)
        with pytest.raises(NotPossible, match="no_such_hour"):
            wishes.gather_at(tx, world.actor(tx, world.ELDER), 3)
        assert wishes.gather_at(tx, world.actor(tx, world.ELDER), None).hour is None

    await database.write(story)


async def test_of_three_audiences_each_person_is_one(database: Database) -> None:
    def story(tx: Connection) -> None:
        world.settle_in(tx)
        sent(tx)
        # The deputy is a member, a deputy and of the Bureau.
        assert len([one for one in world.send_all(tx) if one.chat_id == world.DEPUTY]) == 1
        assert not [one for one in world.send_all(tx) if one.kind == broadcasts.COPY]

    await database.write(story)


def _arrive(tx: Connection) -> None:
    """What goes at once is there, in messages of its own."""
    world.send_all(tx)
    tx.execute(update(table).where(table.c.state == "sent").values(message_id=7))


def _worded(tx: Connection, of: Broadcast, words: str) -> None:
    who = world.actor(tx, world.SECRETARY)
    edit = editing.draft(tx, who, of.id, "", words, NOW).edit
    editing.confirm(tx, who, edit.id, NOW, world.TODAY)


async def test_worded_anew_before_the_hour_it_comes_with_the_new_words(database: Database) -> None:
    def story(tx: Connection) -> None:
        world.settle_in(tx)
        gathers(tx)
        kept, taken_back = sent(tx, "Бірінші"), sent(tx, "Екінші")
        _arrive(tx)
        _worded(tx, kept, "Басқаша")
        who = world.actor(tx, world.SECRETARY)
        steering.stop(tx, who, taken_back.id, NOW)
        reach = recalling.reach(tx, who, taken_back.id, NOW)
        recalling.recall(tx, who, taken_back.id, reach.can, NOW)
        (digest,) = at_three(tx)
        found = gathering.gathered_for(tx, digest.person_id or 0, digest.params["due_at"])
        assert [one.text for one in found] == ["Басқаша"], "and what was recalled is not in it"

    await database.write(story)


async def test_what_came_in_a_digest_is_told_as_such(database: Database) -> None:
    def story(tx: Connection) -> None:
        world.settle_in(tx)
        gathers(tx)
        of = sent(tx, "Бірінші")
        _arrive(tx)
        (digest,) = at_three(tx)
        settled(tx, digest)
        _worded(tx, of, "Басқаша")
        assert spreading.progress(tx, of.id).reasons == {"digest": 1}
        who = world.actor(tx, world.SECRETARY)
        assert recalling.reach(tx, who, of.id, NOW) == recalling.Reach(1, 0, in_digest=1)
        elder = world.actor(tx, world.ELDER)
        assert deliveries.copy_of(tx, elder.person_id, of.id).broadcast.text == "Басқаша"

    await database.write(story)
