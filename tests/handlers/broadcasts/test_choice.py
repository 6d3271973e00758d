"""Members choose which announcements come to them, and read them once a day if they wish so."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from tests.handlers.broadcasts.branch import REGIONAL, SECRETARY, gathered
from tests.handlers.conftest import Stage
from tests.handlers.talking import data_of, meets, sends, taps

CONCERT = "Сенбіде концерт"


@dataclass(frozen=True)
class Words:
    preview: str
    settings: str
    wishes: str
    head: str
    event: str
    off: str
    on: str
    refused: str
    official: str
    everybody: str
    send_two: str
    send_three: str
    at_once: str
    together: str
    once_a_day: str
    digest: str
    read: str
    noted: str
    urgent: str
    whole: str
    write: str
    switched_off: str


WORDS = {
    "kk": Words(
        preview="Алдын ала қарау",
        settings="/settings",
        wishes="🔔 Филиал хабарландырулары",
        head="Түрін өшіру не қосу үшін басыңыз.",
        event="📍 Іс-шара",
        off="🔕 📍 Іс-шара",
        on="✅ 📍 Іс-шара",
        refused="Осы түрін өшіріп қойғандар: 1",
        official="⚖️ Ресми хабар",
        everybody="барлығына жетеді",
        send_two="Жіберу: 2",
        send_three="Жіберу: 3",
        at_once="Әрқайсысы бірден келеді",
        together="Сағаты: 15:00",
        once_a_day="өз сағатында алатындар: 1",
        digest="Бүгінгі хабарландырулар: 2",
        read="Таныстым",
        noted="Рақмет",
        urgent="🚨 Шұғыл",
        whole="Бүкіл облыс",
        write="мәтінін жазыңыз",
        switched_off="Өшірілгені: 📍",
    ),
    "ru": Words(
        preview="Предпросмотр",
        settings="/settings",
        wishes="🔔 Объявления филиала",
        head="Нажмите, чтобы отключить вид",
        event="📍 Мероприятие",
        off="🔕 📍 Мероприятие",
        on="✅ 📍 Мероприятие",
        refused="Отключили этот вид: 1",
        official="⚖️ Официальное",
        everybody="получат все",
        send_two="Отправить: 2",
        send_three="Отправить: 3",
        at_once="Каждое приходит сразу",
        together="раз в день в 15:00",
        once_a_day="в свой час: 1",
        digest="Объявления за день: 2",
        read="Прочитано",
        noted="Спасибо",
        urgent="🚨 Срочное",
        whole="Вся область",
        write="текст рассылки",
        switched_off="Отключено: 📍",
    ),
}
REWORDING = {
    "kk": ("✏️ Барлығында түзету", "✏️ Барлығында түзету: 2"),
    "ru": ("✏️ Исправить у всех", "✏️ Исправить у всех: 2"),
}
BOTH = pytest.mark.parametrize("language", ["kk", "ru"])


@BOTH
async def test_a_member_switches_events_off(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    reader = await meets(stage, 1005, language)
    await sends(reader, words.settings, "⚙️")
    await taps(reader, words.wishes, words.head)
    screen = await taps(reader, words.on, words.switched_off)
    assert words.official not in str(screen["inline_keyboard"]), "what always comes has no switch"
    secretary = branch.secretary
    await sends(secretary, f"/broadcast {CONCERT}", words.preview)
    preview = await taps(secretary, words.event, words.refused)
    assert words.send_two in str(preview["inline_keyboard"])
    assert words.urgent not in str(preview["inline_keyboard"]), "not hers to send"
    # Notices of meetings and decisions cannot be switched off.
    preview = await taps(secretary, words.official, words.everybody)
    assert words.send_three in str(preview["inline_keyboard"])
    await taps(secretary, words.event, words.refused)
    await secretary.tap(words.send_two)
    await branch.deputy.wait_for(CONCERT)
    await branch.russian.wait_for(CONCERT)
    assert not any(CONCERT in (m["text"] or "") for m in await reader.messages())
    await reader.tap(words.off)
    assert words.on in str((await reader.last())["inline_keyboard"])


@BOTH
async def test_announcements_come_once_a_day(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    reader = await meets(stage, 1005, language)
    await sends(reader, words.settings, "⚙️")
    await taps(reader, words.wishes, words.at_once)
    await taps(reader, "15:00", words.together)
    for text in (CONCERT, "Кітап көрмесі"):
        await sends(branch.secretary, f"/broadcast {text}", words.preview)
        await branch.secretary.tap(words.send_three)
        await branch.deputy.wait_for(text)
    assert not any(CONCERT in (m["text"] or "") for m in await reader.messages())
    await sends(branch.secretary, "/broadcasts", "📣")
    await taps(branch.secretary, CONCERT[:8], words.once_a_day)
    await stage.move(timedelta(hours=5))
    digest = await reader.wait_for(words.digest)
    assert CONCERT in digest["text"]
    assert "Кітап көрмесі" in digest["text"]
    copy = await taps(reader, f"1. {CONCERT}", "—")
    assert CONCERT in copy["text"]
    await reader.tap(words.read)
    assert reader.toast.startswith(words.noted)
    many = sum(CONCERT in (m["text"] or "") for m in await reader.messages())
    assert many == 2, "in the digest and as opened: nobody gets it twice"


@BOTH
async def test_worded_anew_before_the_hour_the_new_words_come(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    edit, everywhere = REWORDING[language]
    reader = await meets(stage, 1005, language)
    await sends(reader, words.settings, "⚙️")
    await taps(reader, words.wishes, words.at_once)
    await taps(reader, "15:00", words.together)
    await sends(branch.secretary, f"/broadcast {CONCERT}", words.preview)
    await branch.secretary.tap(words.send_three)
    await branch.deputy.wait_for(CONCERT)
    await sends(branch.secretary, "/broadcasts", "📣")
    await taps(branch.secretary, CONCERT[:8], words.once_a_day)
    await branch.secretary.tap(edit)
    await sends(branch.secretary, "Кештің орны өзгерді", "⬆️")
    await branch.secretary.tap(everywhere)
    await branch.deputy.wait_for("Кештің орны өзгерді")
    await stage.move(timedelta(hours=5))
    digest = await reader.wait_for("Кештің орны өзгерді")
    assert CONCERT not in digest["text"]


async def test_urgent_is_offered_to_the_region_only(stage: Stage) -> None:
    await gathered(stage, "kk")
    words, region = WORDS["kk"], await meets(stage, REGIONAL)
    await sends(region, "/broadcast", "📣")
    await taps(region, "Сарыағаш", words.write)
    await region.send("Дауыл ескертуі")
    preview = await region.wait_for(words.preview)
    assert data_of(preview, words.urgent).endswith("urgent")
    await taps(region, words.urgent, words.everybody)
    secretary = stage.person(SECRETARY)
    before = len(await secretary.messages())
    mine = await sends(secretary, "/broadcast Жиналыс", words.preview)
    forged = data_of(mine, words.event).replace("event", "urgent")
    await secretary.tap_data(mine["message_id"], forged)
    assert words.everybody not in str((await secretary.messages())[before:])


@BOTH
async def test_who_blocked_the_bot_is_back_with_a_word(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    await branch.member.block()
    preview = await sends(branch.secretary, f"/broadcast {CONCERT}", words.preview)
    assert words.send_two in str(preview["inline_keyboard"])
    await branch.member.start()
    preview = await sends(branch.secretary, f"/broadcast {CONCERT}", words.preview)
    assert words.send_three in str(preview["inline_keyboard"])
