"""One request from the voter's words to the voter's mark, by way of an inquiry; who reads what."""

import re

import pytest

from handlers.requests.callbacks import OpenRequest
from storage.inquiries import bodies
from tests import world
from tests.conftest import NOW
from tests.handlers.conftest import Stage
from tests.handlers.inquiries.scene import HOUSING, actor
from tests.handlers.meetings.agenda_stage import opens
from tests.handlers.requests.test_closing import WORDS as CLOSING
from tests.handlers.requests.test_requests import kept, tap
from tests.handlers.talking import meets, sends, taps

REGION, SECRETARY, DEPUTY, VOTER = 1001, 1002, 1003, 4001
TEXT = "Асанова Гүлнар, 8 701 234 56 67: Жылға ауылында көше шамы жанбайды"
HIDDEN = ("Гүлнар", "234 56 67", "7012345667")
NUMBER, LETTER = "САР-2026-0001", "САУ-САР-2026-0001"

SAID = {
    "kk": {
        "take": "☎️", "agrees": "Өтініш беруші келіседі",
        "inquiry": "📄 Сауал жасау", "body": HOUSING["name_kk"], "right": "Бәрі дұрыс па?",
        "make": "✅ Сауал жасау", "out": "📤 Жіберілді…", "today": "Бүгін",
        "outgoing": "Жіберілді: № 01-17/5, 24 қараша", "answer": "📥 Жауап енгізу",
        "kept": "✅ Жауап сақталды", "fine": "✅ Қанағаттандырады",
        "satisfied": "қанағаттандырды", "close_it": "Сауалды жабу", "closed_it": "✅ Жабылды",
        "answered": "сауалға жауап келді: № САУ-САР-2026-0001", "history": "Тарих",
        "under_way": "Қаралуда", "follow": "Хабарландыру алу", "followed": "хабар келеді",
        "started": "Тіркелді", "ended": "Жабылды", "star": "4 ⭐", "mark": "5-тен 4",
        "of_voter": "Өтініш берушінің бағасы: 5-тен 4", "chain": "📄 Сауал № ",
    },
    "ru": {
        "take": "☎️", "agrees": "Заявитель согласен",
        "inquiry": "📄 Составить запрос", "body": HOUSING["name_ru"], "right": "Всё верно?",
        "make": "✅ Составить запрос", "out": "📤 Отправлен…", "today": "Сегодня",
        "outgoing": "Отправлен: № 01-17/5, 24 ноября", "answer": "📥 Внести ответ",
        "kept": "✅ Ответ сохранён", "fine": "✅ Удовлетворяет",
        "satisfied": "ответ удовлетворил", "close_it": "Закрыть запрос", "closed_it": "✅ Закрыт",
        "answered": "№ САУ-САР-2026-0001", "history": "История",
        "under_way": "На рассмотрении", "follow": "Сообщать об изменениях",
        "followed": "придёт сообщение",
        "started": "Зарегистрировано", "ended": "Закрыто", "star": "4 ⭐", "mark": "4 из 5",
        "of_voter": "Оценка заявителя: 4 из 5", "chain": "📄 Запрос № ",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_from_the_voters_words_to_the_voters_mark(stage: Stage, language: str) -> None:
    say, closing = SAID[language], CLOSING[language]
    region = await stage.database.read(actor, REGION)
    await stage.database.write(bodies.add, region, world.SARYAGASH, HOUSING, NOW)
    deputy, secretary = [await meets(stage, one, language) for one in (DEPUTY, SECRETARY)]
    receipt = await sends(deputy, f"/request {TEXT}", closing.registered)
    found = re.search(r"start=(v_[a-z2-7]{16})", receipt["text"])
    assert found

    # The voter follows by the code: no text, no name.
    stage.telegram.add_person(id=VOTER, first_name="Адам", language_code=language)
    voter = stage.person(VOTER)
    await voter.start(found[1])
    await voter.wait_for(say["started"])
    await taps(voter, say["follow"], say["followed"])

    await taps(deputy, closing.card, NUMBER)
    await taps(deputy, say["take"], "+7 701 *** ** 67")
    await taps(deputy, say["agrees"], "+7 701 *** ** 67")
    await taps(deputy, closing.change, closing.choose)
    await taps(deputy, say["under_way"], f"· {say['under_way']}")
    await voter.wait_for(say["under_way"])

    # An inquiry is made from it, goes out under a number and a day, and is answered with a file.
    await taps(deputy, say["inquiry"], "(1/3)")
    check = await taps(deputy, say["body"], say["right"])
    assert not [one for one in HIDDEN if one in check["text"]]
    await taps(deputy, say["make"], LETTER)
    await taps(deputy, say["out"], "(1/2)")
    await sends(deputy, "01-17/5", "(2/2)")
    await taps(deputy, say["today"], say["outgoing"])
    await taps(deputy, say["answer"], "(1/3)")
    await deputy.send_document("жауап.pdf", caption="Шам орнатылды")
    await deputy.wait_for("(2/3)")
    await sends(deputy, "77", "(3/3)")
    await taps(deputy, say["today"], say["kept"])
    await taps(deputy, say["fine"], say["satisfied"])
    await taps(deputy, say["close_it"], say["closed_it"])

    # The request shows the chain; its outcome is reported with a proof, and accepted.
    (row,) = await kept(stage)
    card = await opens(deputy, OpenRequest(id=row["id"]).pack(), NUMBER)
    assert say["chain"] + LETTER in card["text"]
    await taps(deputy, closing.change, closing.choose)
    await taps(deputy, closing.resolved, closing.prove)
    await deputy.send_photo()
    await deputy.wait_for(closing.reported)
    await secretary.wait_for(closing.news)
    await tap(secretary, closing.check)
    await secretary.wait_for(closing.resolved)
    await taps(secretary, closing.accept, closing.closed)
    await deputy.wait_for(closing.told_closed)
    assert say["answered"] in (await taps(deputy, say["history"], say["answered"]))["text"]

    # The voter reads the outcome by the code, and rates it; the deputy sees the mark.
    await voter.wait_for(say["ended"])
    await voter.start(found[1])
    await voter.wait_for(say["ended"])
    await taps(voter, say["star"], say["mark"])
    card = await opens(deputy, OpenRequest(id=row["id"]).pack(), NUMBER)
    assert say["of_voter"] in card["text"]

    (row,) = await kept(stage)
    assert (row["state"], row["rating"], row["contact_phone"]) == ("closed", 4, None)
    read = str([one["text"] for one in await voter.messages() if one["sender"]["is_bot"]])
    assert not [one for one in (*HIDDEN, "шамы", HOUSING["name_kk"]) if one in read]
