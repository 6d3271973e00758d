"""Phones for calling: entered by oneself in the settings, or by the secretary beside the report."""

from dataclasses import dataclass

import pytest

from tests.handlers.broadcasts.branch import DEPUTY, gathered
from tests.handlers.conftest import Stage
from tests.handlers.talking import data_of, meets, sends, taps


@dataclass(frozen=True)
class Words:
    mine: str
    unknown: str
    enter: str
    ask: str
    short: str
    known: str
    delete: str
    preview: str
    send: str
    finished: str
    result: str
    report: str
    call: str
    enter_hers: str
    whose: str
    kept: str
    known_already: str
    back: str


WORDS = {
    "kk": Words(
        mine="☎️ Телефоным",
        unknown="Телефоныңыз белгісіз",
        enter="✏️ Телефон енгізу",
        ask="Телефон нөміріңізді жазыңыз",
        short="⚠️",
        known="Телефоныңыз: +7 701 123 45 67",
        delete="🗑 Өшіру",
        preview="Алдын ала қарау",
        send="Жіберу: 1",
        finished="📣",
        result="Нәтижесін ашу",
        report="📊 Есеп",
        call="☎️ Қоңырау шалатындар",
        enter_hers="✏️ Телефонын енгізу: Оразов",
        whose="Оразов Дархан",
        kept="✅ Телефон сақталды",
        known_already="Телефоны бұрыннан белгілі",
        back="‹ Артқа",
    ),
    "ru": Words(
        mine="☎️ Мой телефон",
        unknown="Ваш телефон не указан",
        enter="✏️ Указать телефон",
        ask="Напишите номер своего телефона",
        short="⚠️",
        known="Ваш телефон: +7 701 123 45 67",
        delete="🗑 Удалить",
        preview="Предпросмотр",
        send="Отправить: 1",
        finished="📣",
        result="Открыть результат",
        report="📊 Отчёт",
        call="☎️ Кому позвонить",
        enter_hers="✏️ Указать телефон: Оразов",
        whose="Оразов Дархан",
        kept="✅ Телефон сохранён",
        known_already="Телефон уже известен",
        back="‹ Назад",
    ),
}


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_whom_the_bot_cannot_reach_is_called(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    member = await meets(stage, 1005, language)
    await sends(member, "/settings", "⚙️")
    await taps(member, words.mine, words.unknown)
    await taps(member, words.enter, words.ask)
    await sends(member, "8 701 12", words.short)
    await member.send_contact("+77011234567")
    await member.wait_for(words.known)
    await taps(member, words.delete, words.unknown)
    await taps(member, words.enter, words.ask)
    await sends(member, "8 (701) 123-45-67", words.known)
    await member.block()
    await stage.person(DEPUTY).block()

    secretary = branch.secretary
    await sends(secretary, "/broadcast Жиналыс", words.preview)
    await secretary.tap(words.send)
    await branch.russian.wait_for("Жиналыс")
    await secretary.tap(words.result)
    await taps(secretary, words.report, "🔒")
    listed = await taps(secretary, words.call, "+7 701 123 45 67")
    forged = data_of(listed, words.enter_hers).replace(":3", ":15")
    await secretary.tap_data(listed["message_id"], forged)
    assert words.enter_hers in str((await secretary.last())["inline_keyboard"]), "Oleg has got it"
    ask = data_of(listed, words.enter_hers)
    await taps(secretary, words.enter_hers, words.whose)
    await sends(secretary, "777", words.short)
    await sends(secretary, "+7 701 765 43 21", words.kept)
    await taps(secretary, words.back, "+7 701 765 43 21")
    await secretary.tap_data((await secretary.last())["message_id"], ask)
    await sends(secretary, "+7 701 000 00 00", words.known_already)
