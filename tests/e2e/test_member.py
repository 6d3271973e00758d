"""Main job 1: a member learns when the Bureau meets, what it decided, and finds a word."""

from dataclasses import dataclass

import pytest

from tests.e2e.conftest import Phone
from tests.e2e.tongue import MEMBER, begins

READ_IN_A_MINUTE = 12  # lines


@dataclass(frozen=True)
class Words:
    next_button: str
    days_left: str
    title: str
    question: str
    agenda: str
    ahead: str
    last_button: str
    what_was: str
    considered: str
    whole: str
    last_line: str
    back: str
    in_detail: str
    first_of: str
    second: str
    second_of: str
    what_about: str
    decided: str
    found: str


WORDS = {
    "kk": Words(
        next_button="🗓 Келесі отырыс",
        days_left="күн қалды",
        title="Облыстық филиал Саяси кеңесі Бюросының кезекті отырысы (демо)",
        question="Келесі бюро қашан?",
        agenda="Күн тәртібінде: 6 мәселе",
        ahead="Алдағы отырыстар: 1",
        last_button="Соңғы қорытынды",
        what_was="Соңғы жиында не қаралды?",
        considered="Қаралды: 6 мәселе",
        whole="Қорытынды толығымен",
        last_line="электр қуаты тапшылығына пәрменді шара",
        back="‹ Артқа",
        in_detail="Толығырақ",
        first_of="1-мәселе, барлығы 6",
        second="2-мәселе ›",
        second_of="2-мәселе, барлығы 6",
        what_about="Ипподром туралы не шешілді?",
        decided="ипподром құрылысын партиялық бақылауға алу",
        found="«курылыс» бойынша табылғаны",
    ),
    "ru": Words(
        next_button="🗓 Ближайшее",
        days_left="осталось",
        title="Очередное заседание Бюро Политического совета областного филиала (демо)",
        question="Когда следующее бюро?",
        agenda="Вопросов в повестке дня: 6",
        ahead="Предстоящие заседания: 1",
        last_button="Итоги последнего",
        what_was="Что рассмотрели на последнем заседании?",
        considered="Рассмотрено вопросов: 6",
        whole="Итог целиком",
        last_line="меры по нехватке электроэнергии",
        back="‹ Назад",
        in_detail="Подробнее",
        first_of="Вопрос 1 из 6",
        second="Вопрос 2 ›",
        second_of="Вопрос 2 из 6",
        what_about="Что решили по ипподрому?",
        decided="Взять под партийный контроль строящийся в городе Туркестане ипподром",
        found="Найдено по «курылыс»",
    ),
}


@pytest.mark.parametrize("language", WORDS)
async def test_when_is_the_next_bureau(phone: Phone, language: str) -> None:
    words = WORDS[language]
    member = await begins(phone(MEMBER), language)

    await member.tap(words.next_button)  # the only tap
    card = await member.wait_for(words.title)
    assert words.days_left in card["text"]
    assert words.agenda in card["text"]
    for asked in ("/next", words.question):
        await member.send(asked)
        assert (await member.wait_for(words.title))["text"] == card["text"]

    await member.send("/meetings")
    listed = await member.wait_for(words.ahead)
    await member.tap(words.days_left, listed)
    assert (await member.wait_for(words.title))["text"] == card["text"]


@pytest.mark.parametrize("language", WORDS)
async def test_what_the_last_one_decided(phone: Phone, language: str) -> None:
    words = WORDS[language]
    member = await begins(phone(MEMBER), language)

    await member.tap(words.last_button)
    summary = await member.wait_for(words.considered)
    for asked in ("/summary", words.what_was):
        await member.send(asked)
        assert (await member.wait_for(words.considered))["text"] == summary["text"]
    assert len(summary["text"].splitlines()) <= READ_IN_A_MINUTE
    assert words.last_line not in summary["text"]
    await member.tap(words.whole)
    await member.tap(words.back, await member.wait_for(words.last_line))
    await member.tap(words.in_detail, await member.wait_for(words.considered))
    first = await member.wait_for(words.first_of)
    await member.tap(words.second, first)
    await member.wait_for(words.second_of)

    await member.send(words.what_about)
    await member.wait_for(words.decided)


@pytest.mark.parametrize("language", WORDS)
async def test_search_on_a_keyboard_without_kazakh_letters(phone: Phone, language: str) -> None:
    member = await begins(phone(MEMBER), language)

    await member.send("/search курылыс")
    found = await member.wait_for(WORDS[language].found)
    assert "құрылысын партиялық бақылауға" in found["text"]
    for same in ("құрылыс", "ҚҰРЫЛЫС", "курылыстын"):
        await member.send(f"/search {same}")
        again = await member.wait_for("құрылысын партиялық бақылауға")
        assert again["text"].splitlines()[1:] == found["text"].splitlines()[1:]
