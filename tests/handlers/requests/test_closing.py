"""An outcome is reported with a proof; the secretary returns it, then accepts it; a voter may."""

import re
from dataclasses import dataclass

import pytest

from bot.simulator.client import Person
from tests.handlers.conftest import Stage
from tests.handlers.requests.test_requests import kept, tap
from tests.handlers.talking import data_of, meets, sends, taps

REGION, SECRETARY, DEPUTY, VOTER = 1001, 1002, 1003, 4001
LAMP = "Жылға ауылында көше шамы жанбайды, Абай көшесі 12"


@dataclass(frozen=True)
class Words:
    """What is read and tapped in one language."""

    registered: str
    card: str
    change: str
    choose: str
    redirected: str
    prove: str
    wordless: str
    reported: str
    waits: str
    news: str
    check: str
    proof: str
    back: str
    missing: str
    returned: str
    told_back: str
    under_review: str
    resolved: str
    accept: str
    closed: str
    told_closed: str
    below: str


WORDS = {
    "kk": Words(
        "тіркелді", "Өтініш карточкасын ашу", "Күйін өзгерту", "жаңа күйін таңдаңыз",
        "Қайта жолданды", "Мұны не дәлелдейді?", "⚠️", "✅ Нәтиже хабарланды",
        "⏳ Нәтиже хабарланды, қабылдануын күтуде", "Сіздің тексеруіңізді күтуде",
        "🔎 Нәтижені тексеру", "Дәлелі: Хат жолданды", "↩️ Ескертпемен қайтару",
        "Не жетіспейді?", "↩️ Қайтарылды", "Нәтиже қайтарылды", "Қаралуда", "Оң шешілді",
        "✅ Қабылдап, жабу", "· Жабылды", "Өзгерткен: Жандосова Мөлдір",
        "Төмендегі батырмалардың бірін таңдаңыз",
    ),
    "ru": Words(
        "зарегистрировано", "Открыть карточку", "Изменить статус", "выберите новый статус",
        "Перенаправлено", "Чем это подтверждается?", "⚠️", "✅ О результате сообщено",
        "⏳ Результат сообщён и ждёт приёмки", "он ждёт Вашей проверки",
        "🔎 Проверить результат", "Подтверждение: Хат жолданды", "↩️ Вернуть с замечанием",
        "Чего не хватает?", "↩️ Возвращено", "Результат возвращён", "На рассмотрении",
        "Решено положительно", "✅ Принять и закрыть", "· Закрыто", "Жандосова Мөлдір",
        "выберите кнопкой ниже",
    ),
}  # fmt: skip


async def _reports(deputy: Person, say: Words, outcome: str, proof: str) -> None:
    """From the card: the outcome, and what shows it."""
    await taps(deputy, say.change, say.choose)
    await taps(deputy, outcome, say.prove)
    await sends(deputy, proof, say.reported)


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_reported_returned_and_accepted(stage: Stage, language: str) -> None:
    say = WORDS[language]
    deputy, secretary = [await meets(stage, one, language) for one in (DEPUTY, SECRETARY)]
    await sends(deputy, f"/request {LAMP}, 8 701 234 56 67", say.registered)
    await taps(deputy, say.card, "№ САР-2026-0001")

    await taps(deputy, say.change, say.choose)
    await taps(deputy, say.redirected, say.prove)
    await sends(deputy, "!!!", say.wordless)
    await sends(deputy, "Хат жолданды", say.waits)
    await secretary.wait_for(say.news)
    await taps(secretary, say.check, say.proof)
    await taps(secretary, say.back, say.missing)
    await sends(secretary, "Жауап қайда?", say.returned)

    await deputy.wait_for(say.told_back)
    await _reports(deputy, say, say.resolved, "Шам жанып тұр")
    await tap(secretary, say.check)
    await secretary.wait_for("Шам жанып тұр")
    await sends(secretary, "қабылдау", say.below)  # words alone close nothing
    await taps(secretary, say.accept, say.closed)
    await deputy.wait_for(say.told_closed)
    (row,) = await kept(stage)
    assert (row["state"], row["contact_phone"]) == ("closed", None)
    assert row["closed_at"] >= row["reported_at"]


async def test_a_photo_is_a_proof_and_the_deputy_closes_nothing_alone(stage: Stage) -> None:
    say = WORDS["kk"]
    deputy = await meets(stage, DEPUTY)
    await sends(deputy, f"/request {LAMP}", say.registered)
    await taps(deputy, say.card, "№ САР-2026-0001")
    await taps(deputy, say.change, say.choose)
    await taps(deputy, say.redirected, say.prove)
    await deputy.send_photo()
    card = await deputy.wait_for(say.reported)
    choice = await taps(deputy, say.change, say.choose)
    assert deputy.labels(choice)[:1] == ["Қайта қарауға алу"]
    assert say.check not in str(choice["inline_keyboard"])
    for forged in ("rqstate:1:2:closed", "rqok:1:2", "rqredo:1:2", "rqchk:1", "rqok:1:99999999999"):
        await deputy.tap_data(card["message_id"], forged)
    (row,) = await kept(stage)
    assert (row["state"], row["closed_at"]) == ("redirected", None)


async def test_two_accept_at_once_and_stale_buttons(stage: Stage) -> None:
    say = WORDS["kk"]
    deputy, secretary, region = [await meets(stage, one) for one in (DEPUTY, SECRETARY, REGION)]
    await sends(deputy, f"/request {LAMP}", say.registered)
    await taps(deputy, say.card, "№ САР-2026-0001")
    stale = await taps(deputy, say.change, say.choose)
    in_progress = data_of(stale, say.under_review)
    await taps(deputy, say.redirected, say.prove)
    await sends(deputy, "Хат жолданды", say.reported)

    await secretary.wait_for(say.news)
    await taps(secretary, say.check, say.proof)
    await region.send("/requests")
    await tap(region, "САР-2026-0001")
    await region.wait_for(say.waits)
    await taps(region, say.check, say.proof)
    await taps(secretary, say.accept, say.closed)
    late = await region.last()
    await region.tap(say.accept)
    await region.wait_for(say.closed)
    assert "Бұрын өзгерткен: Жандосова Мөлдір" in region.toast

    await region.tap_data(late["message_id"], "rqredo:1:2")
    assert "Қазіргі күйі: Жабылды" in region.toast
    await deputy.tap_data(stale["message_id"], in_progress)
    assert "Қазіргі күйі: Жабылды" in deputy.toast
    (row,) = await kept(stage)
    assert row["state"] == "closed"


@pytest.mark.parametrize(
    ("language", "yes", "closed"),
    [("kk", "Иә, шешілді", "· Жабылды"), ("ru", "Да, решён", "· Закрыто")],
)
async def test_the_voters_yes_closes(stage: Stage, language: str, yes: str, closed: str) -> None:
    say = WORDS["kk"]
    deputy = await meets(stage, DEPUTY)
    receipt = await sends(deputy, f"/request {LAMP}", say.registered)
    code = re.search(r"start=(v_[a-z2-7]{16})", receipt["text"])
    assert code
    await taps(deputy, say.card, "№ САР-2026-0001")
    await _reports(deputy, say, say.redirected, "Хат жолданды")

    # The deputy has the link, too: it closes nothing.
    await deputy.start(code[1])
    await taps(deputy, "5 ⭐", "5-тен 5")
    assert (await kept(stage))[0]["state"] == "redirected"

    stage.telegram.add_person(id=VOTER, first_name="Құпия", language_code=language)
    voter = stage.person(VOTER)
    await voter.start(code[1])
    await voter.wait_for("№ САР-2026-0001")
    await taps(voter, yes, closed)
    news = await deputy.wait_for("Өтініш беруші нәтижемен келісті")
    await deputy.tap("Тарихы", news)
    history = await deputy.wait_for("тарихы")
    assert "өтініш беруші: Жабылды" in history["text"]
    assert "Құпия" not in str(await deputy.messages())


async def test_a_secretarys_own_report_waits_for_another_one(stage: Stage) -> None:
    say = WORDS["kk"]
    secretary, region = await meets(stage, SECRETARY), await meets(stage, REGION)
    await sends(secretary, f"/request {LAMP}", say.registered)
    await taps(secretary, say.card, "№ САР-2026-0001")
    await _reports(secretary, say, say.redirected, "Хат жолданды")
    await region.wait_for(say.news)
    card = await secretary.last()
    assert say.check not in str(card["inline_keyboard"])
    await secretary.tap_data(card["message_id"], "rqchk:1")
    assert "Мұны басқа адам қабылдауы керек" in secretary.toast
    await taps(region, say.check, say.proof)
    await taps(region, say.accept, say.closed)
    assert (await kept(stage))[0]["state"] == "closed"
