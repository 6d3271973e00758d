"""Stories of answering an invitation, and of the secretary's list. A Bureau of fifteen."""

from datetime import timedelta

from sqlalchemy import Connection, delete, select, update

from storage import outbox
from storage.meetings import answers, body_keeping
from storage.tables import agenda_items, invitees, memberships
from storage.tables import meetings as meetings_table
from tests import world
from tests.conftest import NOW
from tests.handlers.conftest import Stage
from tests.handlers.meetings.attendance_stage import bureau_on
from tests.handlers.talking import meets, sends, taps
from tests.storage.meetings import attendance_world as bureau
from tests.storage.meetings.attendance_world import FIRST, SECRETARY, Bureau, actor

GROUP = -1001000000001


def row(tx: Connection, called: Bureau, telegram_id: int) -> tuple[str | None, str | None]:
    query = select(invitees.c.answer, invitees.c.reason).where(
        invitees.c.id == called.listed[telegram_id]
    )
    found = tx.execute(query).one()
    return found.answer, found.reason


def tell(tx: Connection, called: Bureau, telegram_id: int) -> None:
    """The notice that the meeting is announced, to one of those called."""
    params = {"meeting": called.meeting}
    outbox.put(tx, f"told:{telegram_id}", "meeting_announced", telegram_id - 1000, params, NOW)


async def test_one_tap_on_the_notice_in_kazakh(stage: Stage) -> None:
    called = await bureau_on(stage)
    abaev = await meets(stage, FIRST, "kk")
    await stage.database.write(tell, called, FIRST)
    notice = await abaev.wait_for("Хабарландыру")
    assert abaev.labels(notice)[:2] == ["Қатысамын", "Қатыса алмаймын"]

    card = await taps(abaev, "Қатысамын", "✅ Жауабыңыз: қатысасыз")
    assert card["message_id"] == notice["message_id"]
    assert abaev.toast == "Рақмет, жауабыңыз жазылды."
    assert await stage.database.read(row, called, FIRST) == ("will", None)

    await taps(abaev, "Қатыса алмаймын", "Себебін қысқаша жазыңыз")
    assert await stage.database.read(row, called, FIRST) == ("cannot", None)
    await sends(abaev, "Астанаға іссапар <b>", "➖ Жауабыңыз: қатыса алмайсыз")
    assert await stage.database.read(row, called, FIRST) == ("cannot", "Астанаға іссапар <b>")
    await taps(abaev, "Қатысамын", "✅ Жауабыңыз: қатысасыз")
    assert await stage.database.read(row, called, FIRST) == ("will", None)


async def test_one_tap_on_the_card_in_russian(stage: Stage) -> None:
    called = await bureau_on(stage)
    member = await meets(stage, FIRST + 2, "ru")
    card = await sends(member, "/next", "Заседание Бюро")
    assert "⏳ Вы ещё не ответили: будете?" in card["text"]
    await taps(member, "Не смогу", "Напишите причину")
    await sends(member, "x" * (answers.REASON_LIMIT + 1), "не больше 300")
    await taps(member, "Пропустить", "➖ Ваш ответ: не сможете")
    assert await stage.database.read(row, called, FIRST + 2) == ("cannot", None)


async def test_whoever_is_not_called_is_not_asked(stage: Stage) -> None:
    called = await bureau_on(stage)
    oleg = await meets(stage, 1015, "ru")
    card = await sends(oleg, "/next", "Заседание Бюро")
    assert "Буду" not in oleg.labels(card)
    await oleg.tap_data(card["message_id"], f"mans:{called.meeting}:will")
    assert oleg.alert
    await oleg.tap_data(card["message_id"], "mans:9999999999999999999999:will")
    assert await stage.database.read(row, called, FIRST) == (None, None)


async def test_an_old_notice_of_a_meeting_that_is_cancelled_or_begun(stage: Stage) -> None:
    called = await bureau_on(stage)
    abaev = await meets(stage, FIRST, "kk")
    card = await sends(abaev, "/next", "Бюро отырысы")
    await stage.database.write(bureau.move, called.meeting, "cancelled")
    await abaev.tap("Қатысамын", card)
    assert abaev.toast == "Отырыс өткізілмейді: жауап берудің қажеті жоқ."
    await abaev.wait_for("өткізілмейді")
    await stage.database.write(bureau.move, called.meeting, "in_progress")
    await abaev.tap_data(card["message_id"], f"mans:{called.meeting}:will")
    assert abaev.toast == "Отырыс басталды: жауап енді қабылданбайды."
    assert await stage.database.read(row, called, FIRST) == (None, None)


async def test_the_meeting_is_cancelled_while_the_reason_is_typed(stage: Stage) -> None:
    called = await bureau_on(stage)
    abaev = await meets(stage, FIRST, "kk")
    await sends(abaev, "/next", "Бюро отырысы")
    await taps(abaev, "Қатыса алмаймын", "Себебін қысқаша жазыңыз")
    await stage.database.write(bureau.move, called.meeting, "cancelled")
    await sends(abaev, "сапардамын", "⚠️ Отырыс өткізілмейді")


async def test_whoever_left_the_party_answers_no_more(stage: Stage) -> None:
    called = await bureau_on(stage)
    abaev = await meets(stage, FIRST, "kk")
    await sends(abaev, "/next", "Бюро отырысы")
    gone = delete(memberships).where(memberships.c.person_id == FIRST - 1000)
    await stage.database.write(lambda tx: tx.execute(gone))
    await abaev.tap("Қатысамын")
    assert abaev.alert
    assert await stage.database.read(row, called, FIRST) == (None, None)


async def test_a_stand_in_is_sent_where_the_rule_allows(stage: Stage) -> None:
    called = await bureau_on(stage)
    abaev = await meets(stage, FIRST, "kk")
    card = await sends(abaev, "/next", "Бюро отырысы")
    assert "Орынбасар жіберемін" not in abaev.labels(card)
    await abaev.tap_data(card["message_id"], f"mans:{called.meeting}:deputy")
    assert abaev.toast == "Бұл отырысқа орынбасар жіберілмейді."

    secretary = await actor(stage.database, SECRETARY)
    await stage.database.write(
        body_keeping.set_rule, secretary, world.REGION, "bureau", 0, NOW, deputies=True
    )
    await sends(abaev, "/next", "Бюро отырысы")
    await taps(abaev, "Орынбасар жіберемін", "Орныңызға кім келеді?")
    await sends(abaev, "…", "Орныңызға кім келеді?")
    await sends(abaev, "Бектасов Серік, орынбасар", "орныңызға келеді, Бектасов Серік, орынбасар")
    assert await stage.database.read(row, called, FIRST) == ("deputy", None)


async def test_the_secretary_sees_the_answers_and_nudges_the_silent(stage: Stage) -> None:
    called = await bureau_on(stage)
    aigul = await meets(stage, SECRETARY, "kk")
    silent = await meets(stage, FIRST + 14, "ru")
    for telegram_id in called.members[:12]:
        await stage.database.write(answers.put, called.listed[telegram_id], "will", NOW)
    await stage.database.write(
        lambda tx: answers.put(tx, called.listed[FIRST + 12], "cannot", NOW, reason="Ауырып қалдым")
    )
    await sends(aigul, "/next", "Бюро отырысы")
    await taps(aigul, "Отырысты басқару", "Не істейміз?")
    counts = await taps(aigul, "Кім қатысады", "Кім қатысады")
    assert counts["text"].splitlines()[3:] == [
        "✅ Қатысады: 12",
        "➖ Қатыса алмайды: 1",
        "⏳ Жауап бермеді: 4",
    ]
    await taps(aigul, "✅ Қатысады: 12", "✅ Қатысады: 12")
    page = await taps(aigul, "›", "✅ Қатысады: 12")
    assert len([one for one in aigul.labels(page) if one.startswith("✅")]) == 4
    await taps(aigul, "‹ Артқа", "⏳ Жауап бермеді: 4")
    await taps(aigul, "➖ Қатыса алмайды: 1", "➖ Қатыса алмайды: 1")
    await taps(aigul, "мүше", "Ауырып қалдым")
    await taps(aigul, "‹ Артқа", "➖ Қатыса алмайды: 1")
    await taps(aigul, "‹ Артқа", "⏳ Жауап бермеді: 4")

    await taps(aigul, "Жауап бермегендерге еске салу", "тағы бір рет сұралады: 4")
    await taps(aigul, "Еске салу: 4", "жіберілді: 4")
    nudge = await silent.wait_for("Ждём Вашего ответа")
    await taps(silent, "Буду", "✅ Ваш ответ: будете")
    assert nudge["text"].splitlines()[1] == "🗓 Заседание Бюро"

    await taps(aigul, "‹ Артқа", "⏳ Жауап бермеді: 3")
    await taps(aigul, "Жауап бермегендерге еске салу", "Еске салатын ешкім жоқ")
    # Two of the three have never begun to talk with the bot: it cannot write to them.
    await stage.move(timedelta(days=1))
    await taps(aigul, "‹ Артқа", "⏳ Жауап бермеді: 3")
    await taps(aigul, "Жауап бермегендерге еске салу", "тағы бір рет сұралады: 1")


async def test_people_are_added_and_taken_off(stage: Stage) -> None:
    await bureau_on(stage)
    aigul, oleg = await meets(stage, SECRETARY, "ru"), await meets(stage, 1015, "ru")
    await sends(aigul, "/next", "Заседание Бюро")
    await taps(aigul, "Управлять", "Что нужно сделать?")
    await taps(aigul, "Кто будет", "Кто будет")
    await taps(aigul, "Добавить в список", "В каком качестве")
    await taps(aigul, "наблюдатель", "Напишите фамилию")
    await sends(aigul, "…", "⚠️")
    await sends(aigul, "садык", "Выберите из зарегистрированных")
    await taps(aigul, "Садыков Олег", "Статус: наблюдатель")
    await oleg.wait_for("Объявление")

    await taps(aigul, "‹ Назад", "Все в списке: 18")
    await taps(aigul, "‹ Назад", "Кто будет")
    await taps(aigul, "Добавить в список", "В каком качестве")
    await taps(aigul, "приглашённый", "Напишите фамилию")
    await sends(aigul, "Серова Анна, <i>акимат</i>", "Выберите из зарегистрированных")
    one = await taps(aigul, "Добавить как написано", "Серова Анна")
    assert "<i>акимат</i>" in one["text"]
    assert "Не зарегистрирован в боте" in one["text"]
    await taps(aigul, "Ответил по телефону: будет", "Ответ: будет")
    await taps(aigul, "Изменить статус: член", "Статус: член")
    await taps(aigul, "Убрать из списка", "Убрать из списка: Серова Анна?")
    await taps(aigul, "Да, убрать", "Кто будет")
    by_name = select(invitees.c.name).where(invitees.c.person_id.is_(None))
    assert await stage.database.read(lambda tx: tx.execute(by_name).all()) == []


async def test_two_secretaries_change_one_person(stage: Stage) -> None:
    called = await bureau_on(stage)
    aigul = await meets(stage, SECRETARY, "kk")
    await sends(aigul, "/next", "Бюро отырысы")
    await taps(aigul, "Отырысты басқару", "Не істейміз?")
    await taps(aigul, "Кім қатысады", "Кім қатысады")
    await taps(aigul, "Тізімдегілердің бәрі", "Тізімдегілердің бәрі")
    card = await taps(aigul, "Абаев", "Мәртебесі: мүше")
    await stage.database.write(answers.put, called.listed[FIRST], "cannot", NOW)
    await aigul.tap("Телефонмен айтты: қатысады", card)
    assert "өзгер" in aigul.toast
    assert await stage.database.read(row, called, FIRST) == ("cannot", None)


async def test_a_branch_secretary_and_a_member_forge_the_buttons(stage: Stage) -> None:
    called = await bureau_on(stage)
    for telegram_id in (bureau.BRANCH_SECRETARY, FIRST):
        person = await meets(stage, telegram_id, "kk")
        message = await sends(person, "/next", "Бюро отырысы")
        for data in (
            f"minv:{called.meeting}",
            f"minvdelgo:{called.listed[FIRST]}:1",
            f"mnudgego:{called.meeting}:17",
            f"minvas:{called.meeting}:member",
            f"mroll:{called.meeting}:0",
            f"mrollmark:{called.listed[FIRST]}:1:0",
            f"mbody:{called.meeting}",
            f"mrem:{called.meeting}",
            f"mbalopen:{called.meeting}:{called.item}:x",
        ):
            await person.tap_data(message["message_id"], data)
            assert person.alert, data
    many = await stage.database.read(lambda tx: len(tx.execute(select(invitees)).all()))
    assert many == 17


async def test_a_meeting_that_is_over_asks_nobody(stage: Stage) -> None:
    called = await bureau_on(stage)
    abaev = await meets(stage, FIRST, "kk")
    card = await sends(abaev, "/next", "Бюро отырысы")
    held = update(meetings_table).where(meetings_table.c.id == called.meeting)
    await stage.database.write(lambda tx: tx.execute(held.values(state="held")))
    await abaev.tap("Қатысамын", card)
    assert abaev.toast == "Отырыс өтіп кетті: жауап берудің қажеті жоқ."


async def test_in_a_group_nothing_is_said_of_ones_own(stage: Stage) -> None:
    called = await bureau_on(stage)
    abaev = await meets(stage, FIRST, "kk")
    await stage.database.write(answers.put, called.listed[FIRST], "cannot", NOW)
    secret = update(agenda_items).where(agenda_items.c.id == called.item)
    await stage.database.write(lambda tx: tx.execute(secret.values(visibility="bureau")))
    own = await sends(abaev, "/next", "Бюро отырысы")
    assert "Ауыз су" in own["text"]
    assert "қатыса алмайсыз" in own["text"]

    stage.telegram.add_group(GROUP, "Бюро", [FIRST], bot_is_member=True)
    card = await sends(abaev.in_chat(GROUP), "/next", "Бюро отырысы")
    assert "Жолдар" in card["text"]
    assert "Ауыз су" not in card["text"]
    assert "қатыса алмайсыз" not in card["text"]
    assert not [one for one in abaev.labels(card) if one.endswith("Қатысамын")]
