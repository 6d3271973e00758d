"""Main job 4: a branch's secretary writes to the branch and sees who has read it."""

from dataclasses import dataclass

import aiohttp
import pytest

from bot.demo_clock import out_of_the_night
from bot.simulator.client import Person
from tests.e2e.tongue import MEMBER, SECRETARY, begins


@dataclass(frozen=True)
class Words:
    broadcast: str
    write_it: str
    text: str
    preview: str
    count: str
    confirm: str
    finished: str
    delivered: str
    result: str
    read_by: str


WORDS = {
    "kk": Words(
        broadcast="📣 Хабар тарату",
        write_it="хабардың мәтінін жазыңыз",
        text="Ертең сағат 15:00-де филиалда жиналыс өтеді.",
        preview="Алдын ала қарау",
        count="Алушылар: 7",
        confirm="Жіберу: ",
        finished="Хабар тарату аяқталды",
        delivered="Жеткізілді: ",
        result="Нәтижесін ашу",
        read_by="Танысты: 1",
    ),
    "ru": Words(
        broadcast="📣 Рассылка",
        write_it="Напишите текст рассылки",
        text="Завтра в 15:00 собираемся в филиале.",
        preview="Предпросмотр",
        count="Получатели: 7",
        confirm="Отправить: ",
        finished="Рассылка завершена",
        delivered="Доставлено: ",
        result="Открыть результат",
        read_by="Прочитали: 1",
    ),
}
READ = {"kk": "Таныстым", "ru": "Прочитано"}


@pytest.mark.parametrize(("language", "of_member"), [("kk", "ru"), ("ru", "kk")])
async def test_written_read_and_seen(
    own_demo: str, session: aiohttp.ClientSession, language: str, of_member: str
) -> None:
    words = WORDS[language]
    await out_of_the_night(session, own_demo)  # what goes to many waits there
    member = await begins(Person(session, own_demo, MEMBER), of_member)
    secretary = await begins(Person(session, own_demo, SECRETARY), language)

    await secretary.tap(words.broadcast)
    await secretary.wait_for(words.write_it)
    await secretary.send(words.text)
    preview = await secretary.wait_for(words.preview)
    assert words.text in preview["text"]
    assert words.count in preview["text"]
    assert words.text not in (await member.last())["text"], "nothing goes out before the yes"
    await secretary.tap(words.confirm, preview)
    finished = await secretary.wait_for(words.finished)
    assert words.delivered in finished["text"]

    copy = await member.wait_for(words.text)
    await member.tap(READ[of_member], copy)  # the only tap
    read = await member.wait_for(words.text)
    assert member.labels(read)[0].startswith(f"✅ {READ[of_member]} · ")
    await secretary.tap(words.result, finished)
    await secretary.wait_for(words.read_by)
