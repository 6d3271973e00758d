"""Main job 3: whoever carries an item of the roadmap is reminded and reports in two taps."""

from dataclasses import dataclass

import aiohttp
import pytest

from bot.demo_clock import move
from bot.simulator.client import Json, Person
from tests.e2e.tongue import EXECUTOR, begins

MOVES = 40  # reminders of others come in between


@dataclass(frozen=True)
class Words:
    who: int
    mine: str
    reminder: str
    state: str
    no_comment: str
    last_report: str
    history: str
    reported: str


WORDS = {
    "kk": Words(
        who=EXECUTOR,
        mine="Менің тармақтарым: 21",
        reminder="Еске салу",
        state="⏳ Орындалу сатысында",
        no_comment="Түсініктемесіз",
        last_report="Соңғы есеп: ",
        history="Тармақ тарихы",
        reported="Жартасов Марат · Орындалу сатысында",
    ),
    "ru": Words(
        who=EXECUTOR,
        mine="Мои пункты дорожной карты: 21",
        reminder="Напоминание",
        state="⏳ В работе",
        no_comment="Без комментария",
        last_report="Последний отчёт: ",
        history="История пункта",
        reported="Жартасов Марат · В работе",
    ),
}


async def reminded(session: aiohttp.ClientSession, url: str, person: Person, word: str) -> Json:
    """Let the clock jump from event to event until the person's reminder is there."""
    for _ in range(MOVES):
        await move(session, url, to="next_event")
        try:
            return await person.wait_for(word, timeout=2)
        except AssertionError:
            continue
    raise AssertionError("nobody reminded the executor")


@pytest.mark.parametrize("language", WORDS)
async def test_a_reminder_is_answered_in_two_taps(
    fresh_demo: str, session: aiohttp.ClientSession, language: str
) -> None:
    words = WORDS[language]
    executor = await begins(Person(session, fresh_demo, words.who), language)
    await executor.send("/roadmap")
    await executor.wait_for(words.mine)

    reminder = await reminded(session, fresh_demo, executor, words.reminder)
    several = [label for label in executor.labels(reminder) if label.startswith("№ ")]
    # Of several items one is chosen first; of one the comment is asked for, and may be left out.
    taps = (several[0], words.state) if several else (words.state, words.no_comment)
    await executor.tap(taps[0], reminder)
    shown = await executor.wait_for("№ ")
    await executor.tap(taps[1], shown)
    card = await executor.wait_for(words.last_report)
    await executor.tap(words.history, card)
    await executor.wait_for(words.reported)
