"""After the sending: who has confirmed, who is asked again, whom to call."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from storage import people
from storage.tables import audit
from tests.handlers.broadcasts.branch import DEPUTY, MEMBER, Branch, gathered
from tests.handlers.conftest import Stage
from tests.handlers.talking import Json, sends, taps

TEXT = "Ертең 15:00-де жиналыс"


@dataclass(frozen=True)
class Words:
    preview: str
    send: str
    finished: str
    result: str
    card: str
    remind: str
    remind_two: str
    remind_one: str
    nobody: str
    asked: str
    read: str
    report: str
    report_head: str
    excel: str
    in_file: str
    with_phones: str
    call: str
    blocked: str
    back: str
    uncertain: str
    again: str
    second_copy: str
    again_one: str
    delivered: str


WORDS = {
    "kk": Words(
        preview="Алдын ала қарау",
        send="Жіберу: ",
        finished="Хабар тарату аяқталды",
        result="Нәтижесін ашу",
        card="Жіберіліп болды",
        remind="Таныспағандарға еске салу",
        remind_two="Еске салу: 2",
        remind_one="Еске салу: 1",
        nobody="Еске салатын ешкім жоқ",
        asked="Еске салынады: 2",
        read="Танысты: 2",
        report="📊 Есеп",
        report_head="Таратылған хабар бойынша есеп",
        excel="📤 Excel",
        in_file="Файлдағы алушылар: 3",
        with_phones="Excel, телефондарымен",
        call="Қоңырау шалатындар: 1",
        blocked="бот бұғатталған",
        back="‹ Артқа",
        uncertain="Белгісіз: 1",
        again="Белгісіздерге қайта жіберу",
        second_copy="екінші рет барады",
        again_one="Қайта жіберу: 1",
        delivered="Жеткізілді: 3",
    ),
    "ru": Words(
        preview="Предпросмотр",
        send="Отправить: ",
        finished="Рассылка завершена",
        result="Открыть результат",
        card="Отправка завершена",
        remind="Напомнить тем, кто не прочитал",
        remind_two="Напомнить: 2",
        remind_one="Напомнить: 1",
        nobody="Напоминать некому",
        asked="Получат напоминание: 2",
        read="Прочитали: 2",
        report="📊 Отчёт",
        report_head="Отчёт о рассылке",
        excel="📤 Excel",
        in_file="Получателей в файле: 3",
        with_phones="Excel с телефонами",
        call="Кому позвонить: 1",
        blocked="бот заблокирован",
        back="‹ Назад",
        uncertain="Неизвестно: 1",
        again="Ещё раз тем, о ком неизвестно",
        second_copy="получит его второй раз",
        again_one="Отправить ещё раз: 1",
        delivered="Доставлено: 3",
    ),
}
BOTH = pytest.mark.parametrize("language", ["kk", "ru"])


async def sent(stage: Stage, branch: Branch, words: Words) -> None:
    """Her text has gone out, and she has opened its card."""
    await sends(branch.secretary, f"/broadcast {TEXT}", words.preview)
    await taps(branch.secretary, words.send, words.finished)
    await taps(branch.secretary, words.result, words.card)


async def fetched(stage: Stage, messages: list[Json]) -> Any:
    """The workbook that came last."""
    file = next(m["file"] for m in reversed(messages) if m["file"])
    async with stage.session.get(stage.telegram.url + file["url"]) as answer:
        return openpyxl.load_workbook(BytesIO(await answer.read())).active


def rows_of(sheet: Any) -> list[list[str | None]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


async def recorded(stage: Stage, action: str) -> list[Json]:
    query = select(audit.c.details).where(audit.c.action == action).order_by(audit.c.id)
    return list(await stage.database.read(lambda tx: tx.execute(query).scalars().all()))


@BOTH
async def test_only_who_has_not_confirmed_is_asked_again_and_once_a_day(
    stage: Stage, language: str
) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    await sent(stage, branch, words)
    await branch.deputy.tap("Таныстым")
    await taps(branch.secretary, words.remind, words.asked)
    await branch.secretary.tap(words.remind_two)
    assert words.asked in branch.secretary.toast
    nudge = await branch.russian.wait_for("Подтвердите, что прочитали")
    assert TEXT in nudge["text"]
    await branch.member.wait_for("Осы хабармен танысуыңыз керек")
    assert not any("танысуыңыз" in (m["text"] or "") for m in await branch.deputy.messages())

    await branch.member.tap("Таныстым", await branch.member.last())
    thanked = await branch.member.wait_for("танысқаныңыз белгіленді")
    await branch.member.tap("Хабарды ашу", thanked)
    reopened = await branch.member.wait_for(TEXT)
    assert branch.member.labels(reopened)[0].startswith("✅ Таныстым · ")

    await taps(branch.secretary, words.remind, words.nobody)
    await taps(branch.secretary, words.back, words.read)
    await stage.move(timedelta(hours=25))
    await branch.secretary.tap(words.remind)
    await branch.secretary.tap(words.remind_one)
    again = [m for m in await branch.russian.messages() if "Подтвердите" in (m["text"] or "")]
    assert len(again) <= 2
    assert [one["people"] for one in await recorded(stage, "broadcast.nudged")] == [2, 1]


@BOTH
async def test_the_report_names_everybody_and_phones_are_opened_on_the_record(
    stage: Stage, language: str
) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    await stage.database.write(people.set_phone, MEMBER - 1000, "+77011234567")
    await stage.database.write(people.set_phone, DEPUTY - 1000, "+77017654321")
    await stage.database.write(people.set_reachable, MEMBER, "blocked")
    await sent(stage, branch, words)
    await branch.deputy.tap("Таныстым")
    await taps(branch.secretary, words.report, words.report_head)
    await taps(branch.secretary, words.excel, words.in_file)
    plain = await fetched(stage, await branch.secretary.messages())
    assert [row[0] for row in rows_of(plain)] == [
        "Оразов Дархан",
        "Садыков Олег",
        "Төлегенова Сәуле",
    ]
    deputy, russian, member = rows_of(plain)
    assert deputy[4] == "24.11.2026 10:00"
    assert russian[4] is None
    assert member[2] == words.blocked
    assert not any("701" in str(value) for row in rows_of(plain) for value in row)

    await taps(branch.secretary, words.back, words.report_head)
    await taps(branch.secretary, words.with_phones, words.in_file)
    opened = rows_of(await fetched(stage, await branch.secretary.messages()))
    assert [row[-1] for row in opened] == [None, None, "+7 701 123 45 67"]

    await taps(branch.secretary, words.back, words.report_head)
    shown = await taps(branch.secretary, words.call, "+7 701 123 45 67")
    assert words.blocked in shown["text"]
    assert "Оразов" not in shown["text"]
    assert [one["phones"] for one in await recorded(stage, "broadcast.exported")] == [0, 1]
    assert [one["phones"] for one in await recorded(stage, "broadcast.phones_opened")] == [1]


@BOTH
async def test_an_uncertain_copy_is_sent_again_on_her_word(stage: Stage, language: str) -> None:
    branch, words = await gathered(stage, language), WORDS[language]
    await sends(branch.secretary, f"/broadcast {TEXT}", words.preview)
    async with stage.session.post(
        f"{stage.telegram.url}/local/faults",
        json={"method": "sendMessage", "kind": "reset_after", "times": 1, "chat": DEPUTY},
    ) as answer:
        assert answer.status == 200
    await taps(branch.secretary, words.send, words.uncertain)
    await taps(branch.secretary, words.result, words.card)
    asked = await taps(branch.secretary, words.again, words.second_copy)
    await branch.secretary.tap(words.again_one, asked)
    finished = await branch.secretary.wait_for(words.finished)
    assert words.delivered in finished["text"]
    copies = [m for m in await branch.deputy.messages() if TEXT in (m["text"] or "")]
    assert len(copies) == 2, "she was told that he may get a second one"
    await branch.secretary.tap_data(asked["message_id"], "bcagain:1:1")
    copies = [m for m in await branch.deputy.messages() if TEXT in (m["text"] or "")]
    assert len(copies) == 2, "nobody is uncertain any more"
