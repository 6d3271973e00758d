"""Stories of a sitting: the roll, the quorum and open votes of a Bureau of fifteen."""

import pytest
from sqlalchemy import Connection, func, select, update

from bot.simulator.client import Person
from handlers.meetings.presence.callbacks import RollCall
from storage.meetings import answers, presence, voting
from storage.tables import agenda_items, ballots, votes
from tests.conftest import NOW
from tests.handlers.conftest import Stage
from tests.handlers.meetings.attendance_stage import bureau_on
from tests.handlers.talking import meets, sends, taps
from tests.storage.meetings.attendance_world import FIRST, SECRETARY, TODAY, Bureau, actor


async def come(stage: Stage, called: Bureau, *who: int) -> None:
    """Marked as present by the secretary."""
    secretary = await actor(stage.database, SECRETARY)
    for telegram_id in who:
        await stage.database.write(
            presence.mark, secretary, called.listed[telegram_id], NOW, TODAY, there=True
        )


async def vote(stage: Stage, ballot_id: int, choice: str, *who: int) -> None:
    """Those whose telephones are not on the stage."""
    for telegram_id in who:
        member = await actor(stage.database, telegram_id)
        await stage.database.write(voting.cast, member, ballot_id, choice, NOW, TODAY)


def last_ballot(tx: Connection) -> int:
    return int(tx.execute(select(func.max(ballots.c.id))).scalar_one())


def drafted(tx: Connection, called: Bureau) -> None:
    """The item has a draft decision."""
    tx.execute(
        update(agenda_items)
        .where(agenda_items.c.id == called.item)
        .values(draft_decision_kk="Су құбырын салу", draft_decision_ru="Построить водопровод")
    )


async def manages(person: Person, label: str, expected: str) -> None:
    """From the meeting's card to a thing to be done."""
    manage = {"kk": "Отырысты басқару", "ru": "Управлять"}
    language = "kk" if expected[0] != "!" else "ru"
    await sends(person, "/next", "Бюро")
    await taps(person, manage[language], "?")
    await taps(person, label, expected.lstrip("!"))


async def test_the_roll_and_a_vote_in_kazakh(stage: Stage) -> None:
    called = await bureau_on(stage, state="in_progress", starts_at=NOW)
    await stage.database.write(drafted, called)
    aigul, abaev = await meets(stage, SECRETARY, "kk"), await meets(stage, FIRST, "kk")
    for telegram_id in called.members[:7]:
        await stage.database.write(answers.put, called.listed[telegram_id], "will", NOW)

    await manages(aigul, "Қатысушыларды түгендеу", "⚠️ Кворум жоқ: 15 мүшеден 0, қажеті 8")
    await taps(aigul, "Келемін дегендердің бәрі: 7", "⚠️ Кворум жоқ: 15 мүшеден 7, қажеті 8")
    roll = await taps(aigul, "— Исаев", "✅ Кворум бар: 15 мүшеден 8, қажеті 8")
    assert aigul.toast == "Енді кворум бар."
    assert len([one for one in aigul.labels(roll) if "Асан" in one]) == 8

    await manages(aigul, "Дауыс беру", "Қай мәселе дауысқа салынады?")
    before = await taps(aigul, "1. Ауыз су туралы", "Шешім жобасы: Су құбырын салу")
    assert "✅ Кворум бар" in before["text"]
    await taps(aigul, "Дауыс беруді ашу: 8 мүше", "Ашық дауыс беру: 1-мәселе")

    asked = await abaev.wait_for("Ашық дауыс беру: 1-мәселе")
    assert abaev.labels(asked)[:3] == ["Жақтаймын", "Қарсымын", "Қалыс қаламын"]
    voted = await taps(abaev, "Қарсымын", "Сіздің дауысыңыз: қарсы")
    assert voted["message_id"] == asked["message_id"]
    await taps(abaev, "Жақтаймын", "Сіздің дауысыңыз: жақтады")
    ballot_id = await stage.database.read(last_ballot)
    await vote(stage, ballot_id, "for", *called.members[1:5])
    await vote(stage, ballot_id, "abstained", called.members[5])

    await taps(aigul, "Жаңарту", "Жақтады: 5 · қарсы: 0 · қалыс қалды: 1")
    await taps(aigul, "Аты-жөні, қол көтергендер", "Абаев Асан — жақтады")
    await taps(aigul, "✋ Зейнуллин", "Қалай дауыс береді: Зейнуллин Асан?")
    await taps(aigul, "Қарсымын", "Жақтады: 5 · қарсы: 1 · қалыс қалды: 1")
    result = await taps(aigul, "Дауыс беруді аяқтау", "✅ Қабылданды")
    assert "Қатысып отырған мүшелер: 8, қажеті: 8" in result["text"]
    names = await taps(aigul, "Кім қалай дауыс берді", "Зейнуллин Асан — қарсы")
    assert "дауыс бермеді" not in names["text"]

    await abaev.tap("Қарсымын")
    assert abaev.toast == "Дауыс беру аяқталды: дауыс енді қабылданбайды."
    await abaev.wait_for("Сіздің дауысыңыз: жақтады")


async def test_the_quorum_is_lost_in_the_middle_in_russian(stage: Stage) -> None:
    called = await bureau_on(stage, state="in_progress", starts_at=NOW)
    aigul, member = await meets(stage, SECRETARY, "ru"), await meets(stage, FIRST + 2, "ru")
    await come(stage, called, *called.members[:8])

    await manages(aigul, "Голосования", "!Какой вопрос ставится")
    await taps(aigul, "1. О питьевой воде", "✅ Кворум есть: 8 из 15, нужно 8")
    await sends(aigul, "Согласны ли вы <b>начать</b>?", "Вопрос: Согласны ли вы <b>начать</b>?")
    await taps(aigul, "Начать голосование: 8 чл.", "Открытое голосование: вопрос 1")
    await member.wait_for("Вопрос: Согласны ли вы <b>начать</b>?")
    await taps(member, "За", "Ваш голос: за")
    ballot_id = await stage.database.read(last_ballot)
    await vote(stage, ballot_id, "for", FIRST, FIRST + 1, *called.members[3:8])

    await manages(aigul, "Перекличка", "!✅ Кворум есть: 8 из 15, нужно 8")
    await taps(aigul, "✅ Абаев", "⚠️ Кворума нет: 7 из 15, нужно 8")
    assert (aigul.toast, aigul.alert) == ("Внимание: кворума больше нет.", True)
    card = await sends(member, "/next", "⚠️ Кворума нет: 7 из 15, нужно 8")
    assert "🗳 Идёт голосование" in member.labels(card)

    await manages(aigul, "Голосования", "!⚠️ Кворума нет")
    await taps(aigul, "🗳 1. О питьевой воде", "Сейчас кворума нет: решение принято не будет")
    await taps(aigul, "Завершить голосование", "⚠️ Кворума нет: решение не принято")
    await taps(aigul, "‹ Назад", "⚠️ Кворума нет: 7 из 15")
    refused = await taps(aigul, "2. О дорогах", "без кворума не голосуют")
    assert not [one for one in aigul.labels(refused) if one.startswith("Начать")]
    await taps(member, "🗳 Идёт голосование", "решение не принято")


async def test_whoever_is_not_in_the_room_does_not_vote(stage: Stage) -> None:
    called = await bureau_on(stage, state="in_progress", starts_at=NOW)
    secretary = await actor(stage.database, SECRETARY)
    await come(stage, called, *called.members[:9])
    ballot = await stage.database.write(voting.open_, secretary, called.item, None, NOW, TODAY)
    abaev, absent = await meets(stage, FIRST, "kk"), await meets(stage, FIRST + 12, "kk")
    message = await sends(absent, "/next", "Бюро отырысы")
    await absent.tap_data(message["message_id"], f"mvote:{ballot.id}:for")
    assert absent.toast == "Сіз қатысып отыр деп белгіленбегенсіз: хатшыға айтыңыз."
    await come(stage, called, FIRST + 12)
    await taps(absent, "Жақтаймын", "Сіздің дауысыңыз: жақтады")

    oleg = await meets(stage, 1015, "ru")
    other = await sends(oleg, "/next", "Заседание Бюро")
    for data in (f"mvote:{ballot.id}:for", f"mbalshow:{ballot.id}", f"mbalwho:{ballot.id}:0"):
        await oleg.tap_data(other["message_id"], data)
        assert oleg.alert, data
    await abaev.tap_data(
        (await abaev.last())["message_id"], f"mbalclose:{ballot.id}:{ballot.version}"
    )
    assert abaev.alert
    kept = await stage.database.read(lambda tx: tx.execute(select(votes.c.choice)).scalars().all())
    assert kept == ["for"]


async def test_two_secretaries_close_one_vote(stage: Stage) -> None:
    called = await bureau_on(stage, state="in_progress", starts_at=NOW)
    secretary = await actor(stage.database, SECRETARY)
    await come(stage, called, *called.members[:9])
    ballot = await stage.database.write(voting.open_, secretary, called.item, None, NOW, TODAY)
    aigul = await meets(stage, SECRETARY, "kk")
    await sends(aigul, "/next", "Бюро отырысы")
    screen = await taps(aigul, "🗳 Дауыс беру жүріп жатыр", "Ашық дауыс беру: 1-мәселе")
    await stage.database.write(voting.close, secretary, ballot.id, ballot.version, NOW, TODAY)
    await aigul.tap("Дауыс беруді аяқтау", screen)
    assert aigul.toast == "Дауыс беру бұған дейін аяқталған."
    await aigul.wait_for("➖ Қабылданбады")


async def test_another_draft_decision_is_looked_at_again(stage: Stage) -> None:
    called = await bureau_on(stage, state="in_progress", starts_at=NOW)
    await come(stage, called, *called.members[:8])
    aigul = await meets(stage, SECRETARY, "ru")
    await manages(aigul, "Голосования", "!Какой вопрос ставится")
    await taps(aigul, "1. О питьевой воде", "Вопрос: О питьевой воде")
    await stage.database.write(drafted, called)
    await taps(aigul, "Начать голосование", "Проект решения: Построить водопровод")
    assert aigul.toast == "Вопрос изменился. Посмотрите ещё раз."
    await taps(aigul, "Начать голосование", "Открытое голосование: вопрос 1")


async def test_the_roll_is_not_called_days_before(stage: Stage) -> None:
    called = await bureau_on(stage)
    aigul = await meets(stage, SECRETARY, "kk")
    await sends(aigul, "/next", "Бюро отырысы")
    ahead = await taps(aigul, "Отырысты басқару", "Не істейміз?")
    assert "Қатысушыларды түгендеу" not in aigul.labels(ahead)
    await aigul.tap_data(ahead["message_id"], RollCall(id=called.meeting).pack())
    assert aigul.toast == "Түгендеу отырысқа екі сағат қалғанда ашылады."


@pytest.mark.parametrize(("language", "manage"), [("kk", "Отырысты басқару"), ("ru", "Управлять")])
async def test_the_rule_of_the_body_is_set(stage: Stage, language: str, manage: str) -> None:
    await bureau_on(stage)
    words = {
        "kk": ("Мүшелер мен кворум", "кемінде 2/3 үлес", "қажет: 10", "Сайланған мүшелердің саны"),
        "ru": ("Члены и кворум", "не менее 2/3", "Нужно для решения: 10", "Число избранных"),
    }[language]
    aigul = await meets(stage, SECRETARY, language)
    await sends(aigul, "/next", "Бюро")
    await taps(aigul, manage, "?")
    await taps(aigul, words[0], "15")
    await taps(aigul, words[1], words[2])
    await taps(aigul, words[3], "15")
    await sends(aigul, "он бес", "999")
    await sends(aigul, "18", "12")
    await taps(aigul, {"kk": "рұқсат беру", "ru": "Разрешить замену"}[language], "18")
    listed = await taps(aigul, {"kk": "Мүшелер тізімі", "ru": "Список членов"}[language], "15")
    assert len([one for one in aigul.labels(listed) if "Асан" in one]) == 8
    await taps(aigul, "Абаев", "Абаев Асан?")
    await taps(aigul, {"kk": "Иә, тоқтату", "ru": "Да, прекратить"}[language], ": 14")
    await taps(
        aigul,
        {"kk": "Мүше қосу", "ru": "Добавить члена"}[language],
        "жаз" if language == "kk" else "Напишите",
    )
    await sends(aigul, "абаев", "?")
    await taps(aigul, "Абаев Асан", ": 15")


@pytest.mark.parametrize(
    ("language", "manage", "entry", "hour"),
    [
        ("kk", "Отырысты басқару", "Отырыс туралы еске салулар", "1 сағат бұрын"),
        ("ru", "Управлять", "Напоминания о заседании", "за 1 ч."),
    ],
)
async def test_the_reminders_are_chosen(
    stage: Stage, language: str, manage: str, entry: str, hour: str
) -> None:
    await bureau_on(stage)
    aigul = await meets(stage, SECRETARY, language)
    await sends(aigul, "/next", "Бюро")
    await taps(aigul, manage, "?")
    await taps(aigul, entry, "?")
    await taps(aigul, f"— {hour}", "?")
    await taps(aigul, f"✅ {hour}", "?")
    assert f"— {hour}" in aigul.labels(await aigul.last())
