"""Groups: proposed by whoever adds the bot, confirmed by a secretary, known when it is gone."""

from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from storage import groups
from storage.tables import audit, branch_groups
from tests.bot.doubles import until
from tests.handlers.conftest import Stage
from tests.handlers.groups.gathering import (
    CHANNEL,
    CONFIRM,
    CONFIRMED,
    GROUP,
    TITLE,
    confirmed,
    group_in,
    let_in,
    written_in,
)
from tests.handlers.talking import data_of, meets, sends, taps

SECRETARY, DEPUTY, GUEST, REGIONAL, STRANGER = 1002, 1003, 1008, 1001, 1004


@dataclass(frozen=True)
class Words:
    asked: str
    whole: str
    needs: str
    settings: str
    listed: str
    door: str
    channel: str
    gone: str
    mute: str
    lost: str
    may_pin: str
    may_not_pin: str
    off: str
    nothing: str
    speaks: str
    in_group: str
    of: str


WORDS = {
    "kk": Words(
        asked="Бот топқа қосылды",
        whole="Бүкіл облыс",
        needs="филиал хатшысы растауы керек",
        settings="Баптаулар",
        listed="Филиалдың топтары мен арналары",
        door="👥 Филиал топтары",
        channel="Түрі: арна",
        gone="бот онда енді жоқ",
        mute="жазуға құқығы жоқ",
        lost="енді жазу мүмкін емес",
        may_pin="бекіте алады",
        may_not_pin="бекіту құқығы жоқ",
        off="Тізімнен алып тастау",
        nothing="ештеңе таратылмайды",
        speaks="Хабар тілі: Русский",
        in_group="сұрақ жеке чатта күтіп тұр",
        of="Бұл топтың филиалы: Сарыағаш",
    ),
    "ru": Words(
        asked="Бот в группе",
        whole="Вся область",
        needs="должен подтвердить секретарь филиала",
        settings="Настройки",
        listed="Группы и каналы филиала",
        door="👥 Группы филиала",
        channel="Вид: канал",
        gone="бота там больше нет",
        mute="нет права писать там",
        lost="больше нельзя писать",
        may_pin="может закреплять",
        may_not_pin="нет права закреплять",
        off="Убрать из списка",
        nothing="ничего не рассылается",
        speaks="Язык рассылок: Қазақша",
        in_group="ждёт Вас в личном чате",
        of="Филиал этой группы: Сарыагашский",
    ),
}
BOTH = pytest.mark.parametrize("language", ["kk", "ru"])


@BOTH
async def test_who_adds_the_bot_says_by_one_tap_whose_the_group_is(
    stage: Stage, language: str
) -> None:
    words = WORDS[language]
    secretary = await meets(stage, SECRETARY, language)
    there = await let_in(stage, secretary)
    asked = await secretary.wait_for(words.asked)
    assert TITLE in asked["text"]
    assert words.nothing in asked["text"]
    await confirmed(stage, secretary, language)
    assert await written_in(there) == [], "in the group itself nothing is said of it"
    await sends(secretary, "/settings", words.settings)
    listed = await taps(secretary, words.door, words.listed)
    assert f"✅ {TITLE}" in secretary.labels(listed)
    card = await taps(secretary, TITLE, words.may_not_pin)
    await secretary.tap("🌐", card)
    await secretary.wait_for(words.speaks)
    await taps(secretary, words.off, words.asked)
    await taps(secretary, CONFIRM[language], CONFIRMED[language])


@BOTH
async def test_who_is_no_secretary_learns_that_it_takes_one(stage: Stage, language: str) -> None:
    words = WORDS[language]
    secretary = await meets(stage, SECRETARY, language)
    deputy = await meets(stage, DEPUTY, language)
    there = await let_in(stage, deputy)
    assert TITLE in (await deputy.wait_for(words.needs))["text"]
    assert TITLE in (await secretary.wait_for(words.asked))["text"], "of the deputy's own branch"
    await there.send("/setup")
    await there.wait_for(words.needs)
    assert (await group_in(stage, GROUP)).confirmed is False
    await confirmed(stage, secretary, language)


@BOTH
async def test_what_a_stranger_adds_is_set_up_by_a_secretary_within_it(
    stage: Stage, language: str
) -> None:
    words = WORDS[language]
    secretary = await meets(stage, SECRETARY, language)
    guest = await meets(stage, GUEST)
    await let_in(stage, guest, SECRETARY)
    await guest.wait_for(WORDS["kk"].needs)
    assert not any(TITLE in (m["text"] or "") for m in await secretary.messages())
    within = secretary.in_chat(GROUP)
    await within.send("/setup")
    await within.wait_for(words.in_group)
    await secretary.wait_for(words.asked)
    await confirmed(stage, secretary, language)
    await within.send("/setup")
    await within.wait_for(words.of)


@BOTH
async def test_a_channel_and_what_the_bot_may_do_there(stage: Stage, language: str) -> None:
    words = WORDS[language]
    regional = await meets(stage, REGIONAL, language)
    there = await let_in(stage, regional, chat=CHANNEL, title="Облыс арнасы", channel=True)
    assert words.channel in (await regional.wait_for(words.asked))["text"]
    await taps(regional, f"✅ {words.whole}", words.may_pin)
    await there.rule_bot("administrator", "can_post_messages", "can_edit_messages")
    assert words.mute in (await regional.wait_for(words.lost))["text"]
    await regional.send("/settings")
    await regional.wait_for(words.settings)
    await taps(regional, words.door, words.listed)
    card = await taps(regional, "⚠️ Облыс арнасы", words.mute)
    assert words.may_not_pin in card["text"]
    await there.rule_bot("administrator")
    await there.remove_bot()
    assert words.gone in (await regional.wait_for(words.lost))["text"]


async def test_rights_in_a_group_are_those_that_telegram_says(stage: Stage) -> None:
    secretary = await meets(stage, SECRETARY)
    there = await let_in(stage, secretary, chat=CHANNEL)
    await confirmed(stage, secretary, "kk", CHANNEL)

    async def stands(reason: str | None, *, pins: bool) -> None:
        async def so() -> bool:
            found = await stage.database.read(groups.of_chat, CHANNEL)
            return found is not None and (found.reason, found.pins) == (reason, pins)

        await until(so, f"{reason}, pins {pins}")

    await there.rule_bot("administrator")
    await stands(None, pins=True)
    await there.rule_bot("administrator", "can_pin_messages")
    await stands(None, pins=False)
    await there.rule_bot("restricted")
    await stands(groups.NO_RIGHTS, pins=False)
    await there.rule_bot("member")
    await stands(None, pins=False)
    await there.remove_bot()
    await stands(groups.REMOVED, pins=False)
    await there.add_bot()
    await stands(None, pins=False)


async def test_nobody_confirms_what_is_not_proposed_to_them(stage: Stage) -> None:
    regional = await meets(stage, REGIONAL)
    secretary = await meets(stage, SECRETARY)
    await let_in(stage, regional)
    panel = await regional.wait_for("Бот топқа қосылды")
    ours = data_of(panel, CONFIRM["kk"])
    await secretary.tap_data((await secretary.last())["message_id"], ours)
    assert secretary.alert, "proposed by the region, seen by it alone"
    await taps(regional, CONFIRM["kk"], CONFIRMED["kk"])
    await regional.tap_data((await regional.last())["message_id"], ours)
    assert "қазіргі күйі" in regional.toast, "confirmed already"
    theirs = ours.replace(":2", ":3")
    await secretary.tap_data((await secretary.last())["message_id"], theirs)
    assert secretary.alert, "not a branch of hers"
    kept = select(branch_groups.c.branch_id)
    assert await stage.database.read(lambda tx: tx.execute(kept).scalar_one()) == 2
    refused = select(func.count()).where(audit.c.outcome == "refused", audit.c.person_id == 2)
    assert await stage.database.read(lambda tx: tx.execute(refused).scalar_one()) == 2


async def test_the_notice_is_void_when_the_role_is_gone(stage: Stage) -> None:
    stranger = await meets(stage, STRANGER)
    await let_in(stage, stranger)
    await stranger.wait_for("подтвердить секретарь")
    group = await group_in(stage, GROUP)
    forged = f"grpyes:{group.id}:3"
    await stranger.tap_data((await stranger.last())["message_id"], forged)
    assert stranger.alert, "whoever added it has no such role"
    assert not (await group_in(stage, GROUP)).confirmed


@BOTH
async def test_for_a_channel_a_secretary_is_asked_to_add_the_bot(
    stage: Stage, language: str
) -> None:
    deputy = await meets(stage, DEPUTY, language)
    await let_in(stage, deputy, chat=CHANNEL, channel=True)
    told = await deputy.wait_for(WORDS[language].needs)
    assert "/setup" not in told["text"], "in a channel nobody can write a command to the bot"
