"""Main job 2: a deputy logs a voter's request in three taps and follows it."""

import re
from dataclasses import dataclass

import pytest

from bot.simulator.client import Json
from tests.e2e.conftest import Phone
from tests.e2e.tongue import DEPUTY, begins

NUMBER = re.compile(r"№ (САР-\d{4}-\d{4})")


@dataclass(frozen=True)
class Words:
    log: str
    voter_says: str
    category: str
    register: str
    kept: str
    deadline: str
    requests: str
    open_ones: str
    card: str
    comment: str
    write_it: str
    commented: str
    change: str
    which_state: str
    state: str
    history: str


WORDS = {
    "kk": Words(
        log="📝 Өтініш тіркеу",
        voter_says="Жылға ауылында көше шамы жанбайды, Абай көшесі 12",
        category="Жарықтандыру",
        register="✅ Тіркеу",
        kept="тіркелді",
        deadline="15 жұмыс күні қалды",
        requests="Сайлаушылар өтініштері",
        open_ones="Ашық",
        card="Өтініш карточкасын ашу",
        comment="🔒 Ішкі жазба",
        write_it="ішкі жазбаңызды жазыңыз",
        commented="Әкімдікпен сөйлестім",
        change="Күйін өзгерту",
        which_state="жаңа күйін таңдаңыз",
        state="Қаралуда",
        history="Тарихы",
    ),
    "ru": Words(
        log="📝 Обращение",
        voter_says="В селе Жылга не горит фонарь, ул. Абая 12",
        category="Освещение",
        register="✅ Зарегистрировать",
        kept="зарегистрировано",
        deadline="рабочих дней осталось: 15",
        requests="Обращения избирателей",
        open_ones="Открытые",
        card="Открыть карточку",
        comment="🔒 Внутренняя заметка",
        write_it="Напишите внутреннюю заметку",
        commented="Говорил с акиматом",
        change="Изменить статус",
        which_state="выберите новый статус",
        state="На рассмотрении",
        history="История",
    ),
}


def number_of(receipt: Json) -> str:
    found = NUMBER.search(receipt["text"])
    assert found, receipt["text"]
    return found[1]


@pytest.mark.parametrize("language", WORDS)
async def test_logged_in_three_taps(phone: Phone, language: str) -> None:
    words = WORDS[language]
    deputy = await begins(phone(DEPUTY), language)

    await deputy.tap(words.log)  # 1
    await deputy.wait_for("(1/3)")
    await deputy.send(words.voter_says)
    await deputy.wait_for("(2/3)")
    await deputy.tap(f"✓ {words.category}")  # 2
    await deputy.wait_for("(3/3)")
    await deputy.tap(words.register)  # 3
    receipt = await deputy.wait_for(words.deadline)

    assert words.kept in receipt["text"].splitlines()[0]
    assert words.category in receipt["text"]
    number = number_of(receipt)
    await deputy.send("/requests")
    listed = await deputy.wait_for(words.requests)
    assert any(words.open_ones in label for label in deputy.labels(listed))
    if not any(number in label for label in deputy.labels(listed)):
        await deputy.tap("›", listed)  # the most urgent first, so the newest is on the last page
        await deputy.wait_for(words.requests)
    await deputy.tap(number)
    card = await deputy.wait_for(words.voter_says)
    assert number in card["text"].splitlines()[0]


@pytest.mark.parametrize("language", WORDS)
async def test_one_message_is_followed_to_its_history(phone: Phone, language: str) -> None:
    words = WORDS[language]
    deputy = await begins(phone(DEPUTY), language)

    await deputy.send(f"/request {words.voter_says}")
    receipt = await deputy.wait_for(words.kept)
    assert words.deadline in receipt["text"]
    number = number_of(receipt)

    await deputy.tap(words.card, receipt)
    card = await deputy.wait_for(f"№ {number} ·")
    await deputy.tap(words.comment, card)
    await deputy.wait_for(words.write_it)
    await deputy.send(words.commented)
    card = await deputy.wait_for(f"№ {number} ·")
    await deputy.tap(words.change, card)
    choice = await deputy.wait_for(words.which_state)
    await deputy.tap(words.state, choice)
    card = await deputy.wait_for(f"№ {number} · {words.state}")
    await deputy.tap(words.history, card)
    history = await deputy.wait_for(words.commented)
    assert history["text"].splitlines()[-1].endswith(words.state)
