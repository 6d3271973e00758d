"""Groups that grow, throw the bot out, or are not the author's."""

from sqlalchemy import func, select, update

from storage import groups, people
from storage.rules.access import Role
from storage.tables import audit, broadcasts, memberships
from tests.bot.doubles import until
from tests.conftest import NOW
from tests.handlers.broadcasts.branch import DEPUTY, REGIONAL, SECRETARY, gathered
from tests.handlers.broadcasts.grouped import (
    BOTH,
    SECOND,
    SECOND_TITLE,
    TEXT,
    THIRD,
    WORDS,
    chosen,
    confirmed_there,
    ends,
    two_groups,
    written_in_text,
)
from tests.handlers.conftest import Stage
from tests.handlers.groups.gathering import GROUP, TITLE, confirmed, group_in, let_in
from tests.handlers.talking import data_of, meets, sends, taps


@BOTH
async def test_a_group_that_threw_the_bot_out_or_forbids_it_is_named(
    stage: Stage, language: str
) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    first, second = await two_groups(stage, branch, language)
    await chosen(branch, words, only=True)
    await branch.secretary.in_chat(GROUP).remove_bot()
    stage.telegram.forbid(SECOND, "text messages")
    await until(lambda: gone(stage, GROUP), "the bot is out")
    await taps(branch.secretary, words.send_alone.format(n=2), words.finished)
    assert (await ends(stage, first))[:2] == ("failed", "removed")
    assert (await ends(stage, second))[:2] == ("failed", "no_rights")
    card = await taps(branch.secretary, words.result, words.card)
    assert words.came.format(n=2, sent=0) in card["text"]
    assert f"{TITLE} — {words.removed}" in card["text"]
    listed = await taps(branch.secretary, words.listed, SECOND_TITLE)
    assert f"{SECOND_TITLE} — {words.mute}" in listed["text"]
    for one in branch.recipients:
        assert not any(TEXT in (m["text"] or "") for m in await one.messages())


async def gone(stage: Stage, chat: int) -> bool:
    found = await stage.database.read(groups.of_chat, chat)
    return found is not None and found.reason == groups.REMOVED


@BOTH
async def test_a_group_that_grew_meanwhile_gets_it_once_in_its_new_place(
    stage: Stage, language: str
) -> None:
    """Nobody has heard of it yet: Telegram refuses the copy and says where the group is now."""
    branch, words = await gathered(stage, language), WORDS[language]
    await let_in(stage, branch.secretary, DEPUTY)
    first = await confirmed(stage, branch.secretary, language)
    await chosen(branch, words, only=True)
    world = stage.telegram.hub.world
    world.add_group(SECOND, TITLE, [SECRETARY, DEPUTY], "member")
    world.chats[GROUP].migrated_to = SECOND
    await taps(branch.secretary, words.send_alone.format(n=1), words.finished)
    assert len(await written_in_text(branch, SECOND)) == 1
    assert (await ends(stage, first))[:2] == ("sent", None)
    found = await group_in(stage, SECOND)
    assert (found.id, found.kind, found.confirmed) == (first, "supergroup", True)
    # What waits in a draft goes there as well, and what Telegram says afterwards changes nothing.
    await chosen(branch, words, only=True)
    await taps(branch.secretary, words.send_alone.format(n=1), words.finished)
    assert len(await written_in_text(branch, SECOND)) == 2


@BOTH
async def test_a_draft_follows_a_group_that_says_itself_that_it_grew(
    stage: Stage, language: str
) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    there = await let_in(stage, branch.secretary, DEPUTY)
    await confirmed(stage, branch.secretary, language)
    await chosen(branch, words, only=True)
    new = await there.upgrade_group()

    async def moved() -> bool:
        return await stage.database.read(groups.of_chat, new) is not None

    await until(moved, "the group is known under its new number")
    await taps(branch.secretary, words.send_alone.format(n=1), words.finished)
    assert len(await written_in_text(branch, new)) == 1


async def test_a_foreign_or_unconfirmed_group_is_no_recipient(stage: Stage) -> None:
    branch, words = await gathered(stage, "kk"), WORDS["kk"]
    regional = await meets(stage, REGIONAL)
    await let_in(stage, regional)
    await regional.tap("✅ Ордабасы аудандық филиалы")
    await regional.wait_for("Хабар таратуға болады")
    await let_in(stage, regional, chat=THIRD, title="Расталмаған")
    await regional.wait_for("Расталмаған")
    theirs = await group_in(stage, GROUP)
    unconfirmed = await group_in(stage, THIRD)
    await sends(branch.secretary, f"/broadcast {TEXT}", words.preview)
    await taps(branch.secretary, words.to_whom, f"{words.to_whom} ·")
    shown = await taps(branch.secretary, words.groups, "Расталған топ жоқ")
    for one in (theirs, unconfirmed):
        await branch.secretary.tap_data(shown["message_id"], f"bcgrp:1:1:{one.id}:0")
        assert branch.secretary.alert
    audience = select(broadcasts.c.audience)
    assert await stage.database.read(lambda tx: tx.execute(audience).scalar_one()) is None
    refused = select(func.count()).where(audit.c.outcome == "refused", audit.c.person_id == 2)
    assert await stage.database.read(lambda tx: tx.execute(refused).scalar_one()) == 2


@BOTH
async def test_a_group_taken_off_the_list_changes_the_number_shown(
    stage: Stage, language: str
) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    group_id = await confirmed_there(stage, branch, language)
    shown = await chosen(branch, words)
    secretary = await stage.database.read(people.actor_of, SECRETARY, NOW.date())
    assert secretary is not None
    await stage.database.write(groups.release, secretary, group_id, NOW)
    label = words.send.format(n=1)
    await branch.secretary.tap(label, shown)
    fresh = await branch.secretary.wait_for(words.preview)
    assert TITLE not in fresh["text"]
    assert not any(label in one for one in branch.secretary.labels(fresh))
    assert await written_in_text(branch, GROUP) == []


async def test_who_lost_the_role_sends_to_no_group(stage: Stage) -> None:
    branch, words = await gathered(stage, "kk"), WORDS["kk"]
    await confirmed_there(stage, branch, "kk")
    shown = await chosen(branch, words, only=True)
    await stage.database.write(
        lambda tx: tx.execute(
            update(memberships)
            .where(memberships.c.person_id == SECRETARY - 1000)
            .values(role=Role.MEMBER)
        )
    )
    send = data_of(shown, words.send_alone.format(n=1))
    await branch.secretary.tap_data(shown["message_id"], send)
    assert branch.secretary.alert
    assert await written_in_text(branch, GROUP) == []
