"""A broadcast comes again each week; at night only an urgent one goes."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.simulator.client import Person
from tests.handlers.broadcasts.branch import DEPUTY, REGIONAL, gathered
from tests.handlers.conftest import Stage
from tests.handlers.talking import meets, sends, taps

TEXT = "Дүйсенбі сайын қабылдау"


@dataclass(frozen=True)
class Words:
    preview: str
    when: str
    ask_day: str
    moment: str
    how_often: str
    ask_how_often: str
    until: str
    then: str
    send: str
    send_one: str
    no_more: str
    once_more: str
    complete: str
    office: str
    office_only: str
    back: str
    asleep: str
    urgent: str
    everybody: str
    write: str


WORDS = {
    "kk": Words(
        preview="Алдын ала қарау",
        when="⏰ Қашан",
        ask_day="Хабар қашан жіберілсін?",
        moment="30 қараша, дүйсенбі, 10:00",
        how_often="🔁 Қайталау",
        ask_how_often="Қаншалықты жиі",
        until="Апта сайын · соңғы күні: 30 желтоқсан",
        then="Келесісі: 7 желтоқсан, дүйсенбі, 10:00",
        send="Жіберу: 3",
        send_one="Жіберу:",
        no_more="⏹ Енді қайталанбасын",
        once_more="Тағы бір рет жіберіледі",
        complete="Толықтыру",
        office="тек жұмыс уақытында",
        office_only="9:00–18:00 аралығында",
        back="‹ Артқа",
        asleep="Түнде тек шұғыл хабар жіберіледі",
        urgent="🚨 Шұғыл",
        everybody="барлығына жетеді",
        write="мәтінін жазыңыз",
    ),
    "ru": Words(
        preview="Предпросмотр",
        when="⏰ Когда",
        ask_day="Когда отправить?",
        moment="30 ноября, понедельник, 10:00",
        how_often="🔁 Повтор",
        ask_how_often="Как часто",
        until="Каждую неделю · последний день: 30 декабря",
        then="Следующий раз: 7 декабря, понедельник, 10:00",
        send="Отправить: 3",
        send_one="Отправить:",
        no_more="⏹ Больше не повторять",
        once_more="Уйдёт ещё один раз",
        complete="Дополнить",
        office="только в рабочее время",
        office_only="с 9:00 до 18:00 рабочих дней",
        back="‹ Назад",
        asleep="Ночью уходят только срочные",
        urgent="🚨 Срочное",
        everybody="получат все",
        write="текст рассылки",
    ),
}
PATIENCE = 10.0  # seconds
BOTH = pytest.mark.parametrize("language", ["kk", "ru"])


async def got(person: Person) -> int:
    return sum(TEXT in (message["text"] or "") for message in await person.messages())


@BOTH
async def test_each_monday_until_the_end_of_the_year(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    secretary = branch.secretary
    await sends(secretary, f"/broadcast {TEXT}", words.preview)
    await taps(secretary, words.complete, "⚙️")
    await taps(secretary, words.office, words.office_only)
    await taps(secretary, words.back, words.preview)
    await taps(secretary, words.when, words.ask_day)
    await sends(secretary, "30.11 10:00", words.moment)
    await taps(secretary, words.how_often, words.ask_how_often)
    preview = await taps(secretary, "30.12.2026", words.until)
    assert words.then in preview["text"]
    await secretary.tap(words.send)
    card = await secretary.wait_for(words.then)
    assert words.until in card["text"]
    await stage.move(timedelta(days=6))
    await branch.deputy.wait_for(TEXT)
    await sends(secretary, "/broadcasts", "📣")
    await taps(secretary, f"⏰ 30.11 · {TEXT[:6]}", "7")
    await secretary.tap(words.no_more)
    assert secretary.toast.startswith(words.once_more)
    await stage.move(timedelta(days=7))
    async with asyncio.timeout(PATIENCE):
        while await got(branch.deputy) < 2:  # noqa: ASYNC110 - the other side is awaited
            await asyncio.sleep(0.05)
    await stage.move(timedelta(days=7))
    assert await got(branch.deputy) == 2


@BOTH
async def test_at_night_an_urgent_one_goes_and_another_waits(stage: Stage, language: str) -> None:
    words = WORDS[language]
    region = await meets(stage, REGIONAL, language)
    reader = await meets(stage, DEPUTY)
    await stage.move(timedelta(hours=12))
    for text in ("Дауыл ескертуі", TEXT):
        await sends(region, "/broadcast", "📣")
        await taps(region, "Сарыағаш" if language == "kk" else "Сарыагаш", words.write)
        preview = await sends(region, text, words.preview)
        assert words.asleep in preview["text"]
        if text != TEXT:
            preview = await taps(region, words.urgent, words.everybody)
            assert words.asleep not in preview["text"]
        await region.tap(words.send_one)
    await reader.wait_for("Дауыл ескертуі")
    assert await got(reader) == 0
    await stage.move(timedelta(hours=10, minutes=1))
    await reader.wait_for(TEXT)
