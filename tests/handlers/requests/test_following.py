"""The voter's side: a link from the receipt, the state and no more, a mark, a question."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, insert, select, update

from bot.simulator.client import Person
from storage.tables import audit, code_tries, voter_requests
from tests.conftest import NOW
from tests.handlers.conftest import Stage
from tests.handlers.talking import Json, data_of, meets, sends, taps

DEPUTY, SECRETARY, VOTER, STRANGER = 1003, 1002, 4001, 4002
TEXT = "Жылға ауылында көше шамы жанбайды, Абай көшесі 12, Сейтқали Нұрым 8 701 234 56 67"
SECRET = ("Абай", "Сейтқали", "701", "234", "Айгүл")
NOTHING = {"kk": "Бұл код бойынша ештеңе жоқ.", "ru": "По этому коду ничего нет."}


async def _registered(stage: Stage) -> tuple[Person, Json]:
    deputy = await meets(stage, DEPUTY)
    return deputy, await sends(deputy, f"/request {TEXT}", "тіркелді")


def _payload(text: str) -> str:
    found = re.search(r"start=(v_[a-z2-7]{16})", text)
    assert found
    return found[1]


async def _stranger(stage: Stage, telegram_id: int, language: str) -> Person:
    stage.telegram.add_person(id=telegram_id, first_name="Адам", language_code=language)
    return stage.person(telegram_id)


async def _moved_on(deputy: Person, *labels: str) -> None:
    """The deputy moves the request on from its card, tap by tap."""
    await taps(deputy, "карточкасын ашу", "№ САР-2026-0001")
    for label in labels:
        await taps(deputy, "Күйін өзгерту", "жаңа күйін таңдаңыз")
        await deputy.tap(label)
        await deputy.wait_for(f"· {label.removeprefix('✅ ')}")


async def _writes(deputy: Person, text: str) -> None:
    """The deputy writes to the voter, first with a phone in it, which is refused."""
    await taps(deputy, "⋯ Тағы", "Тағы не істеу керек?")
    await taps(deputy, "Өтініш берушіге жазу", "Өтініш беруші оқитын")
    await sends(deputy, f"{text}, 8 701 234 56 67", "телефон немесе басқа ұзын нөмір")
    await sends(deputy, text, "хабар алғандар: 1")


async def _resolve(stage: Stage) -> None:
    await stage.database.write(
        lambda tx: tx.execute(
            update(voter_requests).values(state="resolved", closed_at=stage.clock.now())
        )
    )


def _leaks(messages: list[Json]) -> list[str]:
    said = str(messages)
    return [word for word in SECRET if word in said]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "kk",
            ("Тіркелді", "Хабарландыру алу", "хабар келеді", "Қаралуда", "4 ⭐", "5-тен 4",
             "шынымен шешілді", "Жоқ, шешілмеді", "хатшысына айтылды",
             "жауабыңыз: мәселе шешілмеді"),
        ),
        (
            "ru",
            ("Зарегистрировано", "Сообщать об изменениях", "придёт сообщение", "На рассмотрении",
             "4 ⭐", "4 из 5", "действительно решён", "Нет, не решён", "секретарю филиала",
             "Ваш ответ: вопрос не решён"),
        ),
    ],
)  # fmt: skip
async def test_from_the_receipt_to_the_question_four_weeks_later(
    stage: Stage, language: str, words: tuple[str, ...]
) -> None:
    registered, follow, followed, progress, star, mark, question, no, told, mine = words
    deputy, receipt = await _registered(stage)
    voter = await _stranger(stage, VOTER, language)
    await voter.start(_payload(receipt["text"]))
    page = await voter.wait_for(registered)
    assert "№ САР-2026-0001" in page["text"]

    await taps(voter, follow, followed)
    await _moved_on(deputy, "Қаралуда")
    await voter.wait_for(progress)
    await _writes(deputy, "Шам ауыстырылады")
    await voter.wait_for("Шам ауыстырылады")

    await _resolve(stage)
    await voter.start(_payload(receipt["text"]))
    await voter.wait_for(star.split()[0])
    await taps(voter, star, mark)

    await stage.move(timedelta(weeks=4))
    await voter.wait_for(question)
    secretary = await meets(stage, SECRETARY)
    page = await taps(voter, no, told)
    assert mine in page["text"]
    await deputy.wait_for("шешілмегенін айтты")
    card = await taps(deputy, "Өтініш карточкасын ашу", "⚠️ Өтініш беруші: мәселе шешілмеді")
    assert "Өтініш берушінің бағасы: 5-тен 4" in card["text"]
    await taps(deputy, "Тарихы", "өтініш беруші: ⚠️ мәселе шешілмеді")
    await secretary.wait_for("шешілмегенін айтты")
    kept = await stage.database.read(
        lambda tx: tx.execute(select(voter_requests.c.rating, voter_requests.c.really_solved)).one()
    )
    assert tuple(kept) == (4, False)

    before = len(await voter.messages())
    await stage.move(timedelta(weeks=4))
    assert len(await voter.messages()) == before  # asked once
    assert not _leaks(await voter.messages())


async def test_without_an_outcome_nothing_is_rated(stage: Stage) -> None:
    _, receipt = await _registered(stage)
    voter = await _stranger(stage, VOTER, "kk")
    await voter.start(_payload(receipt["text"]))
    page = await voter.wait_for("Тіркелді")
    code = data_of(page, "Жаңарту").rpartition(":")[2]
    for forged in (f"vrate:{code}:5", f"vsol:{code}:1"):
        await voter.tap_data(page["message_id"], forged)
    kept = await stage.database.read(
        lambda tx: tx.execute(select(voter_requests.c.rating, voter_requests.c.really_solved)).one()
    )
    assert tuple(kept) == (None, None)


async def test_whoever_tries_codes_learns_nothing_and_has_to_wait(stage: Stage) -> None:
    _, receipt = await _registered(stage)
    right = _payload(receipt["text"])
    guesser = await _stranger(stage, STRANGER, "kk")
    for wrong in ("v_aaaaaaaaaaaaaaaa", "v_1", "v_" + "z" * 60, "v_777777777777777a", "v_САР"):
        await guesser.start(wrong)
        assert NOTHING["kk"] in (await guesser.wait_answer())["text"]
    await guesser.start(right)
    await guesser.wait_for("Тым көп")
    tries, refused = await stage.database.read(
        lambda tx: (
            tx.execute(select(func.count()).select_from(code_tries)).scalar_one(),
            tx.execute(select(func.count()).where(audit.c.action == "follow_request")).scalar_one(),
        )
    )
    assert (tries, refused) == (5, 5)
    # Another person's right is not touched by it, and an hour later the guesser may go on.
    voter = await _stranger(stage, VOTER, "ru")
    await voter.start(right)
    await voter.wait_for("Зарегистрировано")
    await stage.move(timedelta(hours=1, minutes=1))
    await guesser.start(right)
    await guesser.wait_for("Тіркелді")


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_a_restart_gives_no_new_tries_and_a_foreign_code_looks_wrong(
    stage: Stage, language: str
) -> None:
    _, receipt = await _registered(stage)
    right = _payload(receipt["text"])
    voided = update(voter_requests).values(code_hash="another's")
    await stage.database.write(lambda tx: tx.execute(voided))
    guesser = await _stranger(stage, STRANGER, language)
    answers = []
    for code in (right, "v_aaaaaaaaaaaaaaaa", "v_1"):  # another's by now, wrong, none
        await guesser.start(code)
        answers.append((await guesser.wait_answer())["text"])
    assert set(answers) == {answers[0]}
    assert NOTHING[language] in answers[0]
    await stage.restart()
    for _ in range(2):
        await guesser.start("v_aaaaaaaaaaaaaaaa")
        await guesser.wait_for(NOTHING[language])
    await stage.restart()
    await guesser.start("v_aaaaaaaaaaaaaaaa")
    assert NOTHING[language] not in (await guesser.wait_answer())["text"], "five, whoever counts"


async def test_many_wrong_codes_of_others_lock_nobody_out(stage: Stage) -> None:
    _, receipt = await _registered(stage)
    await stage.database.write(
        lambda tx: tx.execute(insert(code_tries), [{"person_id": 3, "at": NOW} for _ in range(500)])
    )
    voter = await _stranger(stage, VOTER, "kk")
    await voter.start("v_aaaaaaaaaaaaaaaa")
    await voter.wait_for(NOTHING["kk"])
    await voter.start(_payload(receipt["text"]))
    await voter.wait_for("Тым көп")  # on such a day one wrong code an hour is enough
    another = await _stranger(stage, STRANGER, "ru")
    await another.start(_payload(receipt["text"]))
    await another.wait_for("Зарегистрировано")
    await stage.move(timedelta(days=1, hours=12))
    left = await stage.database.read(
        lambda tx: tx.execute(select(func.count()).select_from(code_tries)).scalar_one()
    )
    assert left == 0  # what counts no more is not kept


@pytest.mark.parametrize("broken", ["v_", "v_ab cd", "v_" + "a" * 200])
async def test_a_broken_link_gets_the_words_of_a_wrong_one(stage: Stage, broken: str) -> None:
    voter = await _stranger(stage, VOTER, "ru")
    await voter.start(broken)
    assert NOTHING["ru"] in (await voter.wait_answer())["text"]


async def test_a_request_older_than_the_codes_gets_one_by_itself(stage: Stage) -> None:
    _, receipt = await _registered(stage)
    await stage.database.write(lambda tx: tx.execute(update(voter_requests).values(code_hash=None)))
    voter = await _stranger(stage, VOTER, "kk")
    await voter.start(_payload(receipt["text"]))
    await voter.wait_for(NOTHING["kk"])
    await stage.move(timedelta(days=1))
    await voter.start(_payload(receipt["text"]))
    await voter.wait_for("Тіркелді")


async def test_a_voter_who_cannot_decide_is_heard_of_once(stage: Stage) -> None:
    deputy, receipt = await _registered(stage)
    voter = await _stranger(stage, VOTER, "ru")
    await voter.start(_payload(receipt["text"]))
    await voter.wait_for("Зарегистрировано")
    await _resolve(stage)
    await voter.start(_payload(receipt["text"]))
    await voter.wait_for("Решено")
    for _ in range(3):
        await taps(voter, "Нет, не решён", "секретарю филиала")
        await taps(voter, "Да, решён", "Спасибо")
    await deputy.wait_for("шешілмегенін айтты")
    told = [m for m in await deputy.messages() if "шешілмегенін айтты" in m.get("text", "")]
    assert len(told) == 1


async def test_one_early_answer_does_not_take_the_question_from_the_others(stage: Stage) -> None:
    _, receipt = await _registered(stage)
    early = await _stranger(stage, VOTER, "kk")
    late = await _stranger(stage, STRANGER, "ru")
    for one, follow, followed in (
        (early, "Хабарландыру алу", "хабар келеді"),
        (late, "Сообщать об изменениях", "придёт сообщение"),
    ):
        await one.start(_payload(receipt["text"]))
        await taps(one, follow, followed)
    await _resolve(stage)
    await early.start(_payload(receipt["text"]))
    await early.wait_for("Оң шешілді")
    await taps(early, "Иә, шешілді", "Рақмет")
    await stage.move(timedelta(weeks=4))
    await late.wait_for("действительно решён")


async def test_another_link_voids_the_one_before(stage: Stage) -> None:
    deputy, receipt = await _registered(stage)
    voter = await _stranger(stage, VOTER, "kk")
    await voter.start(_payload(receipt["text"]))
    await taps(voter, "Хабарландыру алу", "хабар келеді")

    await taps(deputy, "карточкасын ашу", "№ САР-2026-0001")
    await taps(deputy, "⋯ Тағы", "Тағы не істеу керек?")
    shown = await taps(deputy, "Өтініш берушіге сілтеме", "арналған сілтеме")
    assert _payload(shown["text"]) == _payload(receipt["text"])
    await taps(deputy, "Басқа сілтеме", "жасалсын ба")
    await deputy.tap("Басқа сілтеме жасау")
    await deputy.wait_for("арналған сілтеме")
    another = (await deputy.wait_for("Коды:"))["text"]
    assert _payload(another) != _payload(receipt["text"])

    told = len(await voter.messages())
    await deputy.tap("‹ Артқа")
    await taps(deputy, "Күйін өзгерту", "жаңа күйін таңдаңыз")
    await taps(deputy, "Қаралуда", "· Қаралуда")
    await taps(voter, "Жаңарту", NOTHING["kk"])
    assert len(await voter.messages()) == told
    await voter.start(_payload(another))
    await voter.wait_for("Қаралуда")


@pytest.mark.parametrize(
    ("language", "menu", "ask", "help_line", "bare"),
    [
        ("kk", "🔎 Менің өтінішім", "кодын жазыңыз", "/follow — Өтінішімнің мәртебесі", "Мәзір"),
        ("ru", "🔎 Моё обращение", "Напишите код", "/follow — Статус моего обращения", "Меню"),
    ],
)
async def test_a_code_is_typed_as_it_is_read_out_or_its_link_pasted(
    stage: Stage, language: str, menu: str, ask: str, help_line: str, bare: str
) -> None:
    _, receipt = await _registered(stage)
    payload = _payload(receipt["text"])
    code = payload[2:].upper()
    spelled = "-".join(code[i : i + 4] for i in range(0, 16, 4))
    link = f"https://t.me/buro_test_bot?start={payload}"
    voter, shown = await _stranger(stage, VOTER, language), "№ САР-2026-0001"
    await voter.start()
    await voter.wait_answer()
    for typed in (f"/follow {spelled}", f"/follow {payload}", f"/follow {link}", link):
        await voter.send(typed)
        assert shown in (await voter.wait_answer())["text"], typed
    await sends(voter, "/help", help_line)
    await sends(voter, "/menu", bare)
    await taps(voter, menu, ask)
    for wrong in ("абв", "v_777777777777777a", "https://t.me/buro_test_bot?start=v_1"):
        await sends(voter, wrong, NOTHING[language])
    await sends(voter, f"V_{spelled}", shown)
    # What is typed after that is no code any more.
    await voter.send("абв")
    answer = await voter.wait_answer()
    assert NOTHING[language] not in answer["text"]
    assert menu in voter.labels(answer)  # whoever has no role may be a voter
    await sends(voter, "/follow", ask)
    for _ in range(2):
        await sends(voter, "абвг", NOTHING[language])
    await sends(voter, link, {"kk": "Тым көп", "ru": "Слишком"}[language])
