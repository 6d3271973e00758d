"""A request reminds its deputy of its deadline, and goes higher when nobody answers."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, insert

from bot.simulator.client import Person
from storage.rules.access import Role
from storage.tables import memberships
from tests.handlers.conftest import Stage
from tests.handlers.requests.test_requests import kept
from tests.handlers.talking import meets, sends, taps
from tests.world import SARYAGASH

REGION, SECRETARY, DEPUTY, LEADER = 1001, 1002, 1003, 1005
LAMP = "Жылға ауылында көше шамы жанбайды, Абай көшесі 12"
REGISTERED = date(2026, 11, 24)  # at ten in the morning; the deadline is 15 December


@dataclass(frozen=True)
class Words:
    """What is read in one language."""

    registered: str
    reminder: str
    five: str
    tomorrow: str
    today: str
    late: str
    overdue: tuple[str, ...]
    working: str


WORDS = {
    "kk": Words(
        "тіркелді", "⏰ Еске салу: сайлаушының өтініші", "5 жұмыс күні қалды", "ертең", "бүгін",
        "Сайлаушыға жауап кешікті",
        tuple(f"⚠️ Мерзімі өткен өтініштер, жұмыс күні: {n} немесе көбірек" for n in (3, 6, 12)),
        "3 жұмыс күні кешікті",
    ),
    "ru": Words(
        "зарегистрировано", "⏰ Напоминание: обращение избирателя", "рабочих дней осталось: 5",
        "завтра", "сегодня", "Ответ избирателю просрочен",
        tuple(f"⚠️ Просроченные обращения, рабочих дней: {n} и более" for n in (3, 6, 12)),
        "просрочено рабочих дней: 3",
    ),
}  # fmt: skip


def _leads(tx: Connection) -> None:
    row = {"person_id": LEADER - 1000, "role": Role.FACTION_LEADER, "branch_id": SARYAGASH}
    tx.execute(insert(memberships).values(starts_on=date(2026, 1, 1), **row))


class Days:
    """The clock of the story, moved to ten in the morning of a day."""

    def __init__(self, stage: Stage) -> None:
        self._stage, self._day = stage, REGISTERED

    async def to(self, day: date) -> None:
        """Let every day up to ``day`` come, with its ticks."""
        while self._day < day:
            self._day += timedelta(days=1)
            await self._stage.move(timedelta(days=1))


async def _reminders(person: Person, said: str) -> int:
    return sum(said in str(message.get("text")) for message in await person.messages())


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_the_ladder_of_reminders_ends_with_the_report(stage: Stage, language: str) -> None:
    say, days = WORDS[language], Days(stage)
    deputy = await meets(stage, DEPUTY, language)
    await sends(deputy, f"/request {LAMP}", say.registered)
    await days.to(date(2026, 12, 7))
    assert await _reminders(deputy, say.reminder) == 0
    await days.to(date(2026, 12, 8))
    first = await deputy.wait_for(say.reminder)
    assert say.five in first["text"]
    await days.to(date(2026, 12, 14))
    await deputy.wait_for(say.tomorrow)
    await days.to(date(2026, 12, 15))
    await deputy.wait_for(say.today)
    await days.to(date(2026, 12, 21))
    await deputy.wait_for(say.late)
    assert await _reminders(deputy, say.reminder) == 4

    change, redirected, prove, reported = {
        "kk": ("Күйін өзгерту", "Қайта жолданды", "Мұны не дәлелдейді?", "✅ Нәтиже хабарланды"),
        "ru": ("Изменить статус", "Перенаправлено", "Чем это", "✅ О результате сообщено"),
    }[language]
    await taps(deputy, change, "№ САР-2026-0001")
    await taps(deputy, redirected, prove)
    await sends(deputy, "Хат жолданды", reported)
    await days.to(date(2026, 12, 30))
    # The last one has become the card; no other has come: a report rests until it is judged.
    assert await _reminders(deputy, say.reminder) == 3


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_it_goes_higher_rung_by_rung(stage: Stage, language: str) -> None:
    say, days = WORDS[language], Days(stage)
    await stage.database.write(_leads)
    deputy, leader, secretary, region = [
        await meets(stage, one, language) for one in (DEPUTY, LEADER, SECRETARY, REGION)
    ]
    await sends(deputy, f"/request {LAMP}", say.registered)
    three, six, twelve = say.overdue

    await days.to(date(2026, 12, 18))
    assert await _reminders(leader, three) == 0
    await days.to(date(2026, 12, 21))
    told = await leader.wait_for(three)
    assert "САР-2026-0001" in told["text"]
    assert "Жылға" not in told["text"]
    assert say.working in told["text"]
    await days.to(date(2026, 12, 24))
    await secretary.wait_for(six)
    assert await _reminders(region, "⚠️") == 0
    await days.to(date(2027, 1, 6))
    await region.wait_for(twelve)
    await days.to(date(2027, 1, 12))
    for person, said in ((leader, three), (secretary, six), (region, twelve)):
        assert await _reminders(person, said) == 1, "each rung once"
    assert (await kept(stage))[0]["state"] == "registered"


async def test_while_it_stands_nobody_hears_of_it(stage: Stage) -> None:
    say, days = WORDS["kk"], Days(stage)
    deputy, secretary = await meets(stage, DEPUTY), await meets(stage, SECRETARY)
    await sends(deputy, f"/request {LAMP}", say.registered)
    await taps(deputy, "Өтініш карточкасын ашу", "№ САР-2026-0001")
    await taps(deputy, "⋯ Тағы", "№ САР-2026-0001")
    await taps(deputy, "⏸ Өтініш берушіден құжат сұралды", "⏸ Өтініш берушіден не сұралды?")
    await sends(deputy, "Жер актісі", "⏸ тоқтатылған күні")
    await days.to(date(2026, 12, 30))
    assert await _reminders(deputy, "⏰") == await _reminders(secretary, "⚠️") == 0


@pytest.mark.parametrize(
    ("language", "door", "first", "wrong", "set_"),
    [
        ("kk", "⏫ Мерзімі өткен өтініштер",
         "Фракция жетекшісі: 3 жұмыс күнінен кейін", "Өсетін үш сан керек", "✅ Белгіленді."),
        ("ru", "⏫ Просроченные обращения",
         "Руководитель фракции: рабочих дней: 3", "три возрастающих числа", "✅ Установлено."),
    ],
)  # fmt: skip
async def test_the_days_are_set_in_chat(
    stage: Stage, language: str, door: str, first: str, wrong: str, set_: str
) -> None:
    region = await meets(stage, REGION, language)
    await region.send("/setup")
    await taps(region, door, first)
    for bad in ("3", "6 3 12", "0 1 2", "1 2 999", "бір екі үш"):
        await sends(region, bad, wrong)
    shown = await sends(region, "2, 4, 8", set_)
    assert "2" in shown["text"]
    assert "8" in shown["text"]
    deputy = await meets(stage, DEPUTY)
    await deputy.tap_data((await deputy.last())["message_id"], "rsesc")
    assert deputy.alert
