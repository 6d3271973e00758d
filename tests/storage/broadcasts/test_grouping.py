"""Groups in the place of people: the same engine, a row for each, whatever happens meanwhile."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from storage import broadcasts, chats, deliveries, groups, outbox, restoring, settlement
from storage.broadcasts import (
    ORIGINAL,
    Content,
    addressing,
    approving,
    editing,
    grouping,
    nudging,
    repeating,
    saved_lists,
    spreading,
    steering,
    timing,
)
from storage.broadcasts.reading import Broadcast
from storage.database import Database
from storage.errors import NotFound, NotPossible
from storage.groups import Standing
from storage.rules.access import Actor, Membership, Role
from storage.selections import Selection
from storage.tables import audit, branch_groups, group_presses
from storage.tables import deliveries as table
from storage.tables import outbox as outbox_table
from tests.conftest import NOW, ZONE
from tests.storage import broadcast_world as world
from tests.storage.queues import send_due

FIRST, SECOND, FOREIGN, GROWN = -501, -502, -503, -1_001_000_000_501
INSIDE = Standing(inside=True, writes=True, pins=False)
LATER = NOW + timedelta(hours=1)
OWNER = Actor(1, world.SECRETARY, "Ия", "kk", (Membership(Role.OWNER),))
KK, RU = "Ертең 15:00-де", "Завтра в 15:00"


def confirmed(tx: Connection, chat_id: int, branch_id: int, language: str, by: int) -> int:
    who = world.actor(tx, by)
    groups.stands(tx, who, chat_id, "group", f"Топ {chat_id}", INSIDE, NOW, world.TODAY)
    found = groups.of_chat(tx, chat_id)
    assert found is not None
    groups.confirm(tx, who, found.id, branch_id, NOW)
    groups.set_language(tx, who, found.id, language, NOW)
    tx.execute(outbox_table.delete())  # what the secretary was asked
    return found.id


def drafted(tx: Connection, *, only: bool = False) -> Broadcast:
    """Her draft to the branch and its two groups, of which one reads Russian."""
    place = world.settle_in(tx)
    ids = (
        confirmed(tx, FIRST, place.saryagash, "kk", world.SECRETARY),
        confirmed(tx, SECOND, place.saryagash, "ru", world.SECRETARY),
    )
    confirmed(tx, FOREIGN, place.ordabasy, "kk", world.STRANGER)
    who = world.actor(tx, world.SECRETARY)
    draft = broadcasts.draft(tx, who, place.saryagash, Content(KK), NOW, world.TODAY)
    number = draft.broadcast.id
    whom = Selection((place.saryagash,), groups=ids, only_groups=only)
    addressing.address(tx, who, number, 1, whom, NOW, world.TODAY)
    said = Content(RU)
    given = (number, 2, said, NOW, world.TODAY)
    return broadcasts.rewrite(tx, who, *given, language="ru").broadcast


def begin(tx: Connection, *, only: bool = False) -> Broadcast:
    draft = drafted(tx, only=only)
    who, many = world.actor(tx, world.SECRETARY), 2 if only else 5
    return broadcasts.confirm(tx, who, draft.id, draft.version, many, NOW, world.TODAY)


def ends(tx: Connection) -> dict[int, tuple[str, str | None]]:
    """Chat → state and reason of its copy."""
    rows = tx.execute(
        select(branch_groups.c.chat_id, table.c.state, table.c.reason).join(
            table, table.c.group_id == branch_groups.c.id
        )
    )
    return {row.chat_id: (row.state, row.reason) for row in rows}


async def due(database: Database, kind: str) -> list[outbox.Outgoing]:
    """Take what may go; return the messages of one kind."""
    return [one for one in await database.write(send_due, LATER, 100) if one.kind == kind]


async def settle(database: Database, sent: list[outbox.Outgoing], state: str = "sent") -> None:
    for number, one in enumerate(sent):
        await database.write(settlement.settle, one, state, LATER, None, 50 + number)


async def test_each_group_gets_one_copy_at_once_in_its_language(database: Database) -> None:
    running = await database.write(begin)
    sent = await database.write(send_due, NOW, 100)
    to_groups = {one.chat_id: one.language for one in sent if one.group_id is not None}
    assert to_groups == {FIRST: "kk", SECOND: "ru"}
    assert len(sent) == 4, "two people, two groups; one has blocked the bot"
    await settle(database, sent)
    secretary = await database.read(world.actor, world.SECRETARY)
    seen = await database.read(deliveries.progress, secretary, running.id)
    assert (seen.total, seen.sent, seen.failed, seen.copies, seen.left) == (3, 2, 1, 5, 0)
    assert [(one.title, one.state) for one in seen.groups] == [
        (f"Топ {FIRST}", "sent"),
        (f"Топ {SECOND}", "sent"),
    ]
    assert seen.broadcast.state == "finished"
    unread = deliveries.Those.UNREAD
    assert await database.read(deliveries.count_named, secretary, running.id, unread) == 2
    assert await database.read(nudging.to_nudge, secretary, running.id, LATER) == 2


async def test_stopped_with_one_group_on_the_wire_each_has_its_end(database: Database) -> None:
    running = await database.write(begin, only=True)
    [on_the_wire] = await database.write(send_due, NOW, 1)
    secretary = await database.read(world.actor, world.SECRETARY)
    await database.write(steering.stop, secretary, running.id, NOW)
    other = SECOND if on_the_wire.chat_id == FIRST else FIRST
    assert await database.read(ends) == {
        on_the_wire.chat_id: ("waiting", None),
        other: ("failed", steering.STOPPED),
    }
    await settle(database, [on_the_wire])
    assert (await database.read(ends))[on_the_wire.chat_id] == ("sent", None)


async def test_an_uncertain_group_is_sent_to_again_with_the_people(database: Database) -> None:
    running = await database.write(begin)
    await settle(database, await database.write(send_due, NOW, 100), "uncertain")
    secretary = await database.read(world.actor, world.SECRETARY)
    seen = await database.read(deliveries.progress, secretary, running.id)
    assert (seen.uncertain, seen.unsure) == (2, 4)
    await database.write(repeating.again, secretary, running.id, 4, LATER)
    again = await due(database, broadcasts.COPY)
    assert {one.chat_id for one in again} == {world.DEPUTY, world.ELDER, FIRST, SECOND}
    await settle(database, again)
    assert set((await database.read(ends)).values()) == {("sent", None)}


async def test_new_words_reach_the_groups_of_their_language(database: Database) -> None:
    running = await database.write(begin, only=True)
    first, second = sorted(await database.write(send_due, NOW, 100), key=lambda one: -one.chat_id)
    await settle(database, [first])
    secretary = await database.read(world.actor, world.SECRETARY)
    for language, words in ((ORIGINAL, "Ертең 16:00-де"), ("ru", "Завтра в 16:00")):
        shown = await database.write(editing.draft, secretary, running.id, language, words, LATER)
        await database.write(editing.confirm, secretary, shown.edit.id, LATER, world.TODAY)
    edits = await due(database, spreading.EDIT)
    assert [one.chat_id for one in edits] == [FIRST], "the other copy is on the wire yet"
    await settle(database, [second])
    late = await due(database, spreading.EDIT)
    assert [one.chat_id for one in late] == [SECOND]
    assert late[0].params["edition"] == 2


async def test_as_many_people_as_go_alone_are_worded_anew_alone_whatever_their_groups(
    database: Database,
) -> None:
    running = await database.write(begin)
    region = await database.read(world.actor, world.REGIONAL)
    await database.write(approving.set_limit, region, 3, NOW)
    assert (running.state, running.recipients) == ("running", 5)
    secretary = await database.read(world.actor, world.SECRETARY)
    shown = await database.write(editing.draft, secretary, running.id, ORIGINAL, "…", LATER)
    assert not shown.needs_approval


async def test_an_edit_does_not_show_that_the_bot_may_write(database: Database) -> None:
    running = await database.write(begin, only=True)
    await settle(database, await database.write(send_due, NOW, 100))
    first = await database.read(groups.of_chat, FIRST)
    assert first is not None
    await database.write(groups.wrote, first.id, may_write=False)
    secretary = await database.read(world.actor, world.SECRETARY)
    shown = await database.write(editing.draft, secretary, running.id, ORIGINAL, "…", LATER)
    await database.write(editing.confirm, secretary, shown.edit.id, LATER, world.TODAY)
    await settle(database, await due(database, spreading.EDIT))
    first = await database.read(groups.of_chat, FIRST)
    assert first is not None
    assert first.reason == groups.NO_RIGHTS


async def test_a_group_that_grew_takes_what_waits_and_what_came_along(database: Database) -> None:
    running = await database.write(begin, only=True)
    [going] = await database.write(send_due, NOW, 1)
    assert going.chat_id == FIRST
    stranger = await database.read(world.actor, world.STRANGER)
    about = (stranger, GROWN, "supergroup", "Топ", INSIDE, NOW, world.TODAY)
    await database.write(groups.stands, *about)  # the new chat may be heard of before the move
    await database.write(settlement.migrated, going, GROWN)
    [again, other] = await due(database, broadcasts.COPY)
    assert {again.chat_id, other.chat_id} == {GROWN, SECOND}
    await settle(database, [again, other])
    await database.write(chats.migrate, FIRST, GROWN)  # Telegram says so as well
    assert await database.read(ends) == {GROWN: ("sent", None), SECOND: ("sent", None)}
    found = await database.read(groups.of_chat, GROWN)
    assert found is not None
    assert (found.kind, found.confirmed) == ("supergroup", True)
    secretary = await database.read(world.actor, world.SECRETARY)
    seen = await database.read(deliveries.progress, secretary, running.id)
    assert seen.broadcast.state == "finished"


async def test_what_a_restore_drops_ends_in_groups_too(database: Database) -> None:
    await database.write(begin, only=True)
    await database.write(restoring.mark, LATER, world.TODAY)
    await database.write(restoring.confirm, OWNER, LATER, ZONE, send=False)
    assert set((await database.read(ends)).values()) == {("failed", restoring.DROPPED)}


async def test_at_its_moment_a_group_off_the_list_gets_nothing(database: Database) -> None:
    draft = await database.write(drafted, only=True)
    secretary = await database.read(world.actor, world.SECRETARY)
    moment = (draft.id, draft.version, LATER, NOW, world.TODAY)
    shown = await database.write(timing.schedule, secretary, *moment)
    assert len(shown.audience.groups) == 2
    version = shown.broadcast.version
    given = (draft.id, version, 2, NOW, world.TODAY)
    assert (await database.write(broadcasts.confirm, secretary, *given)).state == "scheduled"
    first = await database.read(groups.of_chat, FIRST)
    assert first is not None
    await database.write(groups.release, secretary, first.id, NOW)
    await database.write(timing.tick, LATER, ZONE)
    assert set(await database.read(ends)) == {SECOND}


async def test_at_its_moment_with_no_group_left_it_is_given_back(database: Database) -> None:
    draft = await database.write(drafted, only=True)
    secretary = await database.read(world.actor, world.SECRETARY)
    moment = (draft.id, draft.version, LATER, NOW, world.TODAY)
    version = (await database.write(timing.schedule, secretary, *moment)).broadcast.version
    given = (draft.id, version, 2, NOW, world.TODAY)
    await database.write(broadcasts.confirm, secretary, *given)
    for chat in (FIRST, SECOND):
        found = await database.read(groups.of_chat, chat)
        assert found is not None
        await database.write(groups.release, secretary, found.id, NOW)
    await database.write(timing.tick, LATER, ZONE)
    assert await database.read(ends) == {}
    kinds = select(outbox_table.c.kind)
    assert await database.read(lambda tx: tx.execute(kinds).scalars().all()) == [timing.NOT_SENT]


async def test_a_group_of_another_branch_cannot_be_chosen(database: Database) -> None:
    draft = await database.write(drafted)
    secretary = await database.read(world.actor, world.SECRETARY)
    theirs = await database.read(groups.of_chat, FOREIGN)
    assert theirs is not None
    wanted = Selection(draft.whom.branches, groups=(theirs.id,))
    with pytest.raises(NotFound, match="group"):
        await database.write(
            addressing.address, secretary, draft.id, draft.version, wanted, NOW, world.TODAY
        )
    with pytest.raises(NotFound, match="group"):
        await database.write(groups.release, secretary, theirs.id, NOW)


async def test_a_list_is_of_people(database: Database) -> None:
    draft = await database.write(drafted, only=True)
    secretary = await database.read(world.actor, world.SECRETARY)
    named = (secretary, draft.id, "Топтар", NOW)
    with pytest.raises(NotPossible, match="only_groups"):
        await database.write(saved_lists.save, *named)
    both = replace(draft.whom, only_groups=False)
    await database.write(
        addressing.address, secretary, draft.id, draft.version, both, NOW, world.TODAY
    )
    kept = await database.write(saved_lists.save, *named)
    assert kept.whom == Selection(draft.whom.branches)


async def test_who_tapped_in_the_group_and_never_got_the_own_copy_is_not_counted_as_reached(
    database: Database,
) -> None:
    running = await database.write(begin)
    sent = await database.write(send_due, NOW, 100)
    await settle(database, [one for one in sent if one.group_id is not None])
    deputy = await database.read(world.actor, world.DEPUTY)
    await database.write(deliveries.press, deputy, running.id, FIRST, None, LATER)
    own = [one for one in sent if one.group_id is None]
    for one in own:
        state = "failed" if one.chat_id == world.DEPUTY else "sent"
        await database.write(settlement.settle, one, state, LATER, "blocked", 7)
    secretary = await database.read(world.actor, world.SECRETARY)
    seen = await database.read(deliveries.progress, secretary, running.id)
    assert (seen.sent, seen.failed, seen.read) == (1, 2, 1)
    assert seen.unread == 1, "who got it and has not tapped is still to be reminded"


async def test_the_same_tap_once_more_leaves_no_trace(database: Database) -> None:
    running = await database.write(begin)
    await settle(database, await database.write(send_due, NOW, 100))
    region = await database.read(world.actor, world.REGIONAL)
    for moment in (LATER, LATER + timedelta(hours=1)):
        await database.write(deliveries.press, region, running.id, FIRST, None, moment)
    noted = select(audit.c.at).where(audit.c.action == "broadcast.read_in_group")
    assert await database.read(lambda tx: tx.execute(noted).scalars().all()) == [LATER]
    read = select(group_presses.c.read_at)
    assert await database.read(lambda tx: tx.execute(read).scalars().all()) == [LATER]


async def test_a_tap_in_a_group_counts_once_for_each_member(database: Database) -> None:
    running = await database.write(begin)
    await settle(database, await database.write(send_due, NOW, 100))
    region = await database.read(world.actor, world.REGIONAL)
    for _ in range(2):
        await database.write(deliveries.press, region, running.id, FIRST, None, LATER)
    deputy = await database.read(world.actor, world.DEPUTY)
    await database.write(deliveries.press, deputy, running.id, FIRST, None, LATER)
    assert (await database.read(grouping.pressed, running.id)).read == 1
    secretary = await database.read(world.actor, world.SECRETARY)
    assert (await database.read(deliveries.progress, secretary, running.id)).read == 1
    with pytest.raises(NotFound):
        await database.write(deliveries.press, region, running.id, FOREIGN, None, LATER)
    with pytest.raises(NotPossible, match="choice"):
        await database.write(deliveries.press, region, running.id, FIRST, 0, LATER)


async def test_a_secretary_who_adds_the_bot_after_a_guest_says_whose_it_is(
    database: Database,
) -> None:
    def story(tx: Connection) -> None:
        world.settle_in(tx)
        about = (GROWN, "channel", "Арна", INSIDE, NOW, world.TODAY)
        groups.stands(tx, world.actor(tx, world.REGIONAL), *about)
        out = Standing(inside=False, writes=False, pins=False)
        secretary = world.actor(tx, world.SECRETARY)
        groups.stands(tx, secretary, *about[:3], out, NOW, world.TODAY)
        groups.stands(tx, secretary, *about)
        found = groups.of_chat(tx, GROWN)
        assert found is not None
        assert found.proposed_by == secretary.person_id
        assert groups.get(tx, secretary, found.id) == found

    await database.write(story)


async def test_what_is_confirmed_stays_when_the_old_chat_says_the_bot_left(
    database: Database,
) -> None:
    """Between the two words of the move, or before them: no other group comes of it."""
    await database.write(drafted)
    secretary = await database.read(world.actor, world.SECRETARY)
    out = Standing(inside=False, writes=False, pins=False)
    left = (secretary, FIRST, "group", "Топ", out, NOW, world.TODAY)
    before = await database.read(groups.of_chat, FIRST)
    await database.write(chats.migrate, FIRST, GROWN)
    await database.write(groups.stands, *left)
    assert await database.read(groups.of_chat, FIRST) is None
    await database.write(chats.migrate, FIRST, GROWN)
    found = await database.read(groups.of_chat, GROWN)
    assert before is not None and found is not None
    assert (found.id, found.confirmed, found.reason) == (before.id, True, None)


async def test_a_group_that_grew_may_what_its_new_chat_says(database: Database) -> None:
    await database.write(drafted)
    secretary = await database.read(world.actor, world.SECRETARY)
    pins = Standing(inside=True, writes=True, pins=True)
    joined = (secretary, GROWN, "supergroup", "Топ", pins, NOW, world.TODAY)
    out = Standing(inside=False, writes=False, pins=False)
    left = (secretary, FIRST, "group", "Топ", out, NOW, world.TODAY)
    await database.write(groups.stands, *joined)
    await database.write(groups.stands, *left)
    await database.write(chats.migrate, FIRST, GROWN)
    found = await database.read(groups.of_chat, GROWN)
    assert found is not None
    assert (found.confirmed, found.pins, found.reason) == (True, True, None)
