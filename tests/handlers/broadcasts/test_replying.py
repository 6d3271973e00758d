"""A recipient replies to a copy and is answered; nobody else reads it."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, update

from storage.tables import memberships
from tests.handlers.broadcasts.branch import REGIONAL, SECRETARY, gathered
from tests.handlers.conftest import Stage
from tests.handlers.talking import data_of, meets, sends, taps

TEXT = "Ертең 15:00-де жиналыс"


@dataclass(frozen=True)
class Words:
    preview: str
    send: str
    button: str
    ask: str
    handed: str
    came: str
    answer: str
    lost: str
    blocked: str
    whole: str
    replies: str
    who: str


WORDS = {
    "kk": Words(
        preview="Алдын ала қарау",
        send="Жіберу: 3",
        button="💬 Жауап беру",
        ask="Жауабыңызды жазыңыз",
        handed="✅ Жеткізілді",
        came="Хабарыңызға жауап келді",
        answer="Сізге жауап келді",
        lost="Жауабыңыз жетпеді",
        blocked="бот бұғатталған",
        whole="Бүкіл жазысу",
        replies="💬 Жауаптар",
        who="Жауап бергендер",
    ),
    "ru": Words(
        preview="Предпросмотр",
        send="Отправить: 3",
        button="💬 Ответить",
        ask="Напишите ответ",
        handed="✅ Передано",
        came="Ответ на вашу рассылку",
        answer="Вам ответили",
        lost="Ваш ответ не дошёл",
        blocked="бот заблокирован",
        whole="Вся переписка",
        replies="💬 Ответы",
        who="Кто ответил",
    ),
}
NO_REPLIES = {
    "kk": ("⚙️ Толықтыру", "✅ Сізге жауап жазу", "Сізге жауап жазылмайды"),
    "ru": ("⚙️ Дополнить", "✅ ответы Вам", "Без ответов Вам"),
}
CLOSED = "Авторы мұнда жауап қабылдамайды"  # Сәуле reads Kazakh
BOTH = pytest.mark.parametrize("language", ["kk", "ru"])


@BOTH
async def test_a_reply_goes_there_and_back_and_survives_a_restart(
    stage: Stage, language: str
) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    await sends(branch.secretary, f"/broadcast {TEXT}", words.preview)
    await branch.secretary.tap(words.send)
    await branch.member.wait_for(TEXT)
    await taps(branch.member, "💬", "💬")
    await stage.restart()
    await branch.member.send_sticker()
    await branch.member.wait_for("⚠️")
    await sends(branch.member, "Мен <b>келе</b> алмаймын", "✅")
    came = await branch.secretary.wait_for(words.came)
    assert "Төлегенова Сәуле" in came["text"] and "келе" in came["text"]
    assert ("Сарыағаш" if language == "kk" else "Сарыагаш") in came["text"]
    # She answers with Telegram's own reply, and Сәуле with hers.
    await branch.secretary.send("Түсінікті, рақмет", reply_to=came["message_id"])
    await branch.secretary.wait_for(words.handed)
    answered = await branch.member.wait_for("Түсінікті, рақмет")
    await branch.member.send("Жақсы", reply_to=answered["message_id"])
    again = await branch.secretary.wait_for("Жақсы")
    whole = await taps(branch.secretary, words.whole, "Түсінікті")
    assert "алмаймын" in whole["text"]
    # Nobody else reads it, whatever they forge.
    for stranger in (branch.deputy, await meets(stage, REGIONAL)):
        await stranger.tap_data((await stranger.last())["message_id"], data_of(again, words.whole))
        assert "алмаймын" not in (await stranger.last())["text"]
    await branch.secretary.tap_data(again["message_id"], "bcwriters:1:0")
    listed = await branch.secretary.wait_for(words.who)
    assert any("Төлегенова" in label for label in branch.secretary.labels(listed))


@BOTH
async def test_who_blocked_the_bot_is_named_to_the_author(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    await sends(branch.secretary, f"/broadcast {TEXT}", words.preview)
    await branch.secretary.tap(words.send)
    copy = await branch.member.wait_for(TEXT)
    await branch.member.send("Сағат нешеде?", reply_to=copy["message_id"])
    await branch.secretary.wait_for(words.came)
    await branch.member.block()
    await taps(branch.secretary, words.button, words.ask)
    await sends(branch.secretary, "15:00-де", words.handed)
    lost = await branch.secretary.wait_for(words.lost)
    assert "Төлегенова Сәуле" in lost["text"] and words.blocked in lost["text"]


@BOTH
async def test_a_photo_and_a_voice_are_replies_too(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    await sends(branch.secretary, f"/broadcast {TEXT}", words.preview)
    await branch.secretary.tap(words.send)
    await branch.member.wait_for(TEXT)
    await taps(branch.member, "💬", "💬")
    await branch.member.send_photo(caption="Шамы жанбай тұр")
    await branch.member.wait_for("✅")
    came = await branch.secretary.wait_for("Шамы жанбай тұр")
    assert came["kind"] == "photo" and words.came in came["caption"]
    await taps(branch.secretary, words.button, words.ask)
    await branch.secretary.send_voice()
    assert "📎" in (await branch.secretary.wait_for(words.handed))["text"]
    answered = await branch.member.wait_for("Сізге жауап келді")
    assert answered["kind"] == "voice"
    await taps(branch.member, "💬", "💬")
    await branch.member.send_location()
    await branch.member.wait_for("⚠️")


@BOTH
async def test_an_author_takes_no_replies(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    more, switch, none = NO_REPLIES[language]
    await sends(branch.secretary, f"/broadcast {TEXT}", words.preview)
    await branch.secretary.tap(more)
    await taps(branch.secretary, switch, none)
    await taps(branch.secretary, "‹", words.preview)
    await branch.secretary.tap(words.send)
    copy = await branch.member.wait_for(TEXT)
    assert not any("💬" in label for label in branch.member.labels(copy))
    await branch.member.send("Сағат нешеде?", reply_to=copy["message_id"])
    await branch.member.wait_for(CLOSED)
    said = [message["text"] or "" for message in await branch.secretary.messages()]
    assert not any("нешеде" in text for text in said)


async def test_when_the_author_has_left_the_duty_person_answers(stage: Stage) -> None:
    branch, words = await gathered(stage, "kk"), WORDS["kk"]
    region = await meets(stage, REGIONAL)
    await sends(branch.secretary, f"/broadcast {TEXT}", words.preview)
    await branch.secretary.tap(words.send)
    copy = await branch.member.wait_for(TEXT)
    await stage.database.write(_leaves, SECRETARY - 1000)
    await stage.move(timedelta(days=1))
    await branch.member.send("Сұрағым бар", reply_to=copy["message_id"])
    await region.wait_for(words.came)
    await taps(region, words.button, words.ask)
    await sends(region, "Тыңдап тұрмын", words.handed)
    await branch.member.wait_for("Тыңдап тұрмын")
    said = [message["text"] or "" for message in await branch.secretary.messages()]
    assert not any("Сұрағым" in text for text in said)


def _leaves(tx: Connection, person_id: int) -> None:
    mine = memberships.c.person_id == person_id
    tx.execute(update(memberships).where(mine).values(ends_on=date(2026, 11, 24)))
