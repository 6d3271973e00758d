"""Stories of the roadmap: a reminder comes, two taps report, and nobody reads what is another's."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, func, select

from handlers.roadmap.callbacks import ChooseState, OpenItem, SendReport, StartReport
from storage import people, reminders, roadmap
from storage.roadmap import NewRoadmapItem, State
from storage.tables import audit, control_items, outbox
from tests.conftest import NOW, ZONE
from tests.handlers.conftest import Stage
from tests.world import ORDABASY, SARYAGASH

DEADLINE = date(2026, 12, 24)  # a Thursday, 30 days from now
DEPUTY, HEAD, SECRETARY, OTHER_DEPUTY, BUREAU, MEMBER = 1003, 1007, 1002, 1004, 1006, 1005


async def given(
    stage: Stage, number: str, who: int = DEPUTY, deadline: date = DEADLINE, branch: int = SARYAGASH
) -> int:
    """An item in the plan; return its id."""
    item = NewRoadmapItem(
        number=number,
        branch_id=branch,
        direction_kk="Спорт инфрақұрылымы",
        direction_ru="Спортивная инфраструктура",
        title_kk="Спорт кешенін салу",
        title_ru="Построить спортивный комплекс",
        executor_id=who - 1000,
        deadline=deadline,
        completion_kk="Пайдалануға беру актісі",
        completion_ru="Акт ввода в эксплуатацию",
    )
    return await stage.database.write(roadmap.add, item, NOW, ZONE)


async def next_reminder(stage: Stage) -> None:
    """Let time pass until the next reminder."""
    due = await stage.database.read(reminders.next_due)
    assert due is not None
    await stage.move(due - stage.clock.now())


async def state_of(stage: Stage, item_id: int) -> tuple[str, int]:
    columns = select(control_items.c.state, control_items.c.version)
    row = await stage.database.read(
        lambda tx: tx.execute(columns.where(control_items.c.id == item_id)).one()
    )
    return row.state, row.version


async def finds_refused(stage: Stage) -> int:
    count = select(func.count()).where(audit.c.outcome == "refused")
    return int(await stage.database.read(lambda tx: tx.execute(count).scalar_one()))


async def test_a_reminder_comes_and_two_taps_report(stage: Stage) -> None:
    item_id = await given(stage, "4.12")
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await next_reminder(stage)
    reminder = await deputy.wait_for("Еске салу: жол картасының тармағы")
    assert reminder["text"].splitlines() == [
        "⏰ Еске салу: жол картасының тармағы",
        "🎯 № 4.12 Спорт кешенін салу",
        "Орындау мерзімі: 24 желтоқсан, бейсенбі · 14 күн қалды",
        "Қазіргі жай-күйі: Жоспарланған",
        "Орындалу барысы қандай? Белгілеңіз.",
    ]
    await deputy.tap("Орындалу сатысында")
    await deputy.wait_for("№ 4.12 бойынша есеп: Орындалу сатысында")
    await deputy.tap("Түсініктемесіз")
    card = await deputy.wait_for("Қазіргі жай-күйі: ⏳ Орындалу сатысында")
    assert deputy.toast == "Есебіңіз сақталды. Рақмет!"
    assert card["message_id"] == reminder["message_id"]
    assert "Аяқталу нысаны: Пайдалануға беру актісі" in card["text"]
    assert "Соңғы есеп: 10 желтоқсан, Оразов Дархан" in card["text"]
    assert await state_of(stage, item_id) == ("in_progress", 2)
    await deputy.tap("Тармақ тарихы")
    await deputy.wait_for("10 желтоқсан · Оразов Дархан · Орындалу сатысында")


async def test_in_russian_the_comment_is_written_and_after_done_it_is_quiet(stage: Stage) -> None:
    item_id = await given(stage, "2.1", HEAD)
    head = stage.person(HEAD)
    await head.start()
    await next_reminder(stage)
    reminder = await head.wait_for("Напоминание: пункт дорожной карты")
    assert "Срок исполнения: 24 декабря, четверг · осталось 14 дн." in reminder["text"]
    await head.tap("Исполнено")
    await head.wait_for("Напишите короткий комментарий")
    await head.send("Комплекс открыт <b>11 декабря</b> 🎉")
    card = await head.wait_for("Статус: ✅ Исполнено")
    assert "«Комплекс открыт <b>11 декабря</b> 🎉»" in card["text"]
    assert not [label for label in head.labels(card) if "В работе" in label]
    assert await state_of(stage, item_id) == ("done", 2)
    assert await stage.database.read(reminders.next_due) is None
    seen = len(await head.messages())
    await stage.move(timedelta(days=60))
    assert len(await head.messages()) == seen


async def test_what_is_done_before_the_morning_is_not_reminded_of(stage: Stage) -> None:
    item_id = await given(stage, "4.12")
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.wait_answer()
    # The bot stood until Friday night; the reminder waits for Monday morning.
    friday_night = NOW.replace(month=12, day=11, hour=18)
    await stage.move(friday_night - stage.clock.now())

    def finish(tx: Connection) -> None:
        actor = people.actor_of(tx, DEPUTY, DEADLINE)
        assert actor is not None
        roadmap.report(tx, actor, item_id, 1, State.DONE, None, friday_night, ZONE)

    await stage.database.write(finish)
    seen = len(await deputy.messages())
    await stage.move(timedelta(days=3))
    left = select(func.count()).where(outbox.c.state.in_(("waiting", "sending")))
    for _ in range(100):
        if await stage.database.read(lambda tx: tx.execute(left).scalar_one()) == 0:
            break
        await stage.move(timedelta(minutes=1))
    assert len(await deputy.messages()) == seen


async def test_a_reminder_that_waited_says_that_it_is_late(stage: Stage) -> None:
    await given(stage, "4.12")
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await stage.move(NOW.replace(month=12, day=14) - stage.clock.now())
    late = await deputy.wait_for("Кешігіп келген еске салу")
    assert "10 күн қалды" in late["text"]


async def test_overdue_is_said_in_words(stage: Stage) -> None:
    await given(stage, "2.1", HEAD, date(2026, 11, 20))
    head = stage.person(HEAD)
    await head.start()
    await next_reminder(stage)
    reminder = await head.wait_for("Срок прошёл")
    assert "просрочено на 7 дн." in reminder["text"]


async def test_several_come_as_one_and_are_reported_in_two_taps(stage: Stage) -> None:
    first, second = await given(stage, "4.12"), await given(stage, "4.13")
    await given(stage, "4.14", deadline=date(2026, 12, 13))  # a Sunday: said before it
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await stage.move(NOW.replace(month=12, day=10) - stage.clock.now())
    digest = await deputy.wait_for("бақылаудағы 3 тармақ")
    lines = digest["text"].splitlines()
    assert lines[1] == "№ 4.14 Спорт кешенін салу · 3 күн қалды"
    assert lines[2] == "№ 4.12 Спорт кешенін салу · 14 күн қалды"
    await deputy.tap("№ 4.13")
    await deputy.wait_for("есеп бірден жіберіледі")
    await deputy.tap("Орындалмау қаупі бар")
    await deputy.wait_for("⚠️ Орындалмау қаупі бар")
    assert await state_of(stage, second) == ("at_risk", 2)
    assert await state_of(stage, first) == ("planned", 1)


async def test_from_a_digest_a_comment_may_come_first(stage: Stage) -> None:
    await given(stage, "4.12")
    item_id = await given(stage, "4.13")
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await next_reminder(stage)
    await deputy.wait_for("бақылаудағы 2 тармақ")
    await deputy.tap("№ 4.13")
    await deputy.wait_for("есеп бірден жіберіледі")
    await deputy.send("Іргетас құйылды")
    await deputy.wait_for("Түсініктеме: «Іргетас құйылды»")
    await deputy.tap("Орындалу сатысында")
    await deputy.wait_for("«Іргетас құйылды»")
    assert await state_of(stage, item_id) == ("in_progress", 2)


@pytest.mark.parametrize("who", [OTHER_DEPUTY, MEMBER])
async def test_another_ones_item_is_not_opened_nor_reported(stage: Stage, who: int) -> None:
    item_id = await given(stage, "4.12")
    stranger = stage.person(who)
    await stranger.start()
    message = (await stranger.wait_answer())["message_id"]
    for tries, data in enumerate(
        (
            OpenItem(id=item_id),
            ChooseState(id=item_id),
            StartReport(id=item_id, version=1, state=State.DONE),
            SendReport(id=item_id, version=1, state=State.DONE),
            OpenItem(id=999),
        ),
        start=1,
    ):
        await stranger.tap_data(message, data.pack())
        assert stranger.alert
        assert await finds_refused(stage) == tries
    assert await state_of(stage, item_id) == ("planned", 1)


async def test_forged_data_is_no_button(stage: Stage) -> None:
    await given(stage, "4.12")
    deputy = stage.person(DEPUTY)
    await deputy.start()
    message = (await deputy.wait_answer())["message_id"]
    for data in ("rmopen:0:0", f"rmopen:{10**30}:0", "rmsend:1:1:finished", "rmbr:mine:0"):
        await deputy.tap_data(message, data)
        assert deputy.toast


async def test_a_stale_button_shows_how_it_stands(stage: Stage) -> None:
    item_id = await given(stage, "4.12")
    deputy, secretary = stage.person(DEPUTY), stage.person(SECRETARY)
    await deputy.start()
    await secretary.start()
    await next_reminder(stage)
    await deputy.wait_for("Еске салу")
    await secretary.send("/roadmap")
    await secretary.wait_for("Филиал тармақтары: 1")
    await secretary.tap("№ 4.12")
    await secretary.wait_for("Орындаушы: Оразов Дархан")
    # Both have chosen a state; the secretary is first to send it.
    await deputy.tap("Орындалды")
    await deputy.wait_for("бойынша есеп")
    await secretary.tap("Орындалмау қаупі бар")
    await secretary.wait_for("бойынша есеп")
    await secretary.tap("Түсініктемесіз")
    await secretary.wait_for("Орындалмау қаупі бар")
    await deputy.tap("Түсініктемесіз")
    await deputy.wait_for("Қазіргі жай-күйі: ⚠️ Орындалмау қаупі бар")
    assert "Жандосова Мөлдір" in deputy.toast
    assert await state_of(stage, item_id) == ("at_risk", 2)


async def test_a_comment_that_lost_the_race_is_kept(stage: Stage) -> None:
    item_id = await given(stage, "4.12")
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await next_reminder(stage)
    await deputy.wait_for("Еске салу")
    await deputy.tap("Орындалу сатысында")
    await deputy.wait_for("бойынша есеп")

    def meanwhile(tx: Connection) -> None:
        actor = people.actor_of(tx, SECRETARY, DEADLINE)
        assert actor is not None
        roadmap.report(tx, actor, item_id, 1, State.AT_RISK, None, NOW, ZONE)

    await stage.database.write(meanwhile)
    await deputy.send("Іргетас құйылды")
    asked = await deputy.wait_for("Жандосова Мөлдір")
    assert "Түсініктеме: «Іргетас құйылды»" in asked["text"]
    await deputy.tap("Бәрібір жіберу")
    await deputy.wait_for("«Іргетас құйылды»")
    assert await state_of(stage, item_id) == ("in_progress", 3)


async def test_what_is_no_comment_is_told_and_the_step_stays(stage: Stage) -> None:
    item_id = await given(stage, "4.12")
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await next_reminder(stage)
    await deputy.wait_for("Еске салу")
    await deputy.tap("Орындалу сатысында")
    await deputy.wait_for("бойынша есеп")
    await deputy.send("а" * 4096)
    await deputy.wait_for("Түсініктемеде 4096 таңба бар, ең көбі 1000 таңба")
    await deputy.send_sticker()
    await deputy.wait_for("Мұнда мәтін керек")
    await deputy.send_poll()
    await deputy.wait_for("Мұнда мәтін керек")
    await deputy.send_video_note()
    await deputy.wait_for("Мұнда мәтін керек")
    assert await state_of(stage, item_id) == ("planned", 1)
    await deputy.send("👍")
    await deputy.wait_for("«👍»")
    assert await state_of(stage, item_id) == ("in_progress", 2)


async def test_a_report_put_aside_is_gone_on_with(stage: Stage) -> None:
    item_id = await given(stage, "4.12")
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.send("/roadmap")
    await deputy.wait_for("Менің тармақтарым: 1")
    await deputy.tap("№ 4.12")
    await deputy.wait_for("🎯 № 4.12")
    await deputy.tap("Орындалу сатысында")
    await deputy.wait_for("бойынша есеп")
    await deputy.send("/menu")
    await deputy.wait_for("Мәзір")
    await deputy.tap("✏️")
    await deputy.wait_for("№ 4.12 бойынша есеп: Орындалу сатысында")
    await deputy.send("Жұмыс жүріп жатыр")
    await deputy.wait_for("«Жұмыс жүріп жатыр»")
    assert await state_of(stage, item_id) == ("in_progress", 2)


async def test_lists_are_by_role(stage: Stage) -> None:
    await given(stage, "late", deadline=date(2026, 11, 20))
    await given(stage, "soon", deadline=date(2026, 12, 1))
    await given(stage, "far", HEAD, date(2027, 6, 1), ORDABASY)
    secretary, bureau, deputy = (stage.person(who) for who in (SECRETARY, BUREAU, DEPUTY))
    await deputy.start()
    await deputy.send("/roadmap")
    own = await deputy.wait_for("Менің тармақтарым: 2")
    assert deputy.labels(own)[0] == "№ late · 4 күн кешікті · Спорт кешенін салу · Жоспарланған"
    assert "Филиал тармақтары" not in deputy.labels(own)
    await secretary.start()
    await secretary.send("/roadmap")
    await secretary.wait_for("Филиал тармақтары: 2")
    await secretary.tap("Мерзімі өткен")
    listed = await secretary.wait_for("Филиал тармақтары: 1")
    assert [label for label in secretary.labels(listed) if "№" in label] == [
        "№ late · 4 күн кешікті · Спорт кешенін салу · Жоспарланған"
    ]
    await bureau.start()
    await bureau.send("/roadmap")
    await bureau.wait_for("Филиал тармақтары: 3")
    await bureau.tap("№ far")
    card = await bureau.wait_for("Орындаушы: Ли Виктория")
    assert not [label for label in bureau.labels(card) if "Орындалу сатысында" in label]


async def test_nothing_to_carry_is_no_dead_end(stage: Stage) -> None:
    head = stage.person(HEAD)
    await head.start()
    await head.send("/roadmap")
    empty = await head.wait_for("Сейчас за Вами нет пунктов")
    assert head.labels(empty)


async def test_a_list_is_paged(stage: Stage) -> None:
    for i in range(10):
        await given(stage, f"1.{i}", deadline=DEADLINE + timedelta(days=i))
    deputy = stage.person(DEPUTY)
    await deputy.start()
    await deputy.send("/roadmap")
    page = await deputy.wait_for("Менің тармақтарым: 10")
    assert len([label for label in deputy.labels(page) if label.startswith("№")]) == 8
    await deputy.tap("›")
    page = await deputy.wait_for("Менің тармақтарым: 10")
    assert [label[:5] for label in deputy.labels(page) if label.startswith("№")] == [
        "№ 1.8",
        "№ 1.9",
    ]


async def test_whoever_gets_another_deadline_is_told(stage: Stage) -> None:
    item_id = await given(stage, "4.12")
    deputy = stage.person(DEPUTY)
    await deputy.start()

    def move(tx: Connection) -> None:
        actor = people.actor_of(tx, SECRETARY, DEADLINE)
        assert actor is not None
        day = date(2027, 2, 26)
        now = stage.clock.now()
        roadmap.move_deadline(tx, actor, item_id, 1, day, "Жоба түзетілді", now, ZONE)

    await stage.database.write(move)
    await stage.move(timedelta(minutes=1))
    notice = await deputy.wait_for("мерзімі өзгерді")
    assert "26 ақпан" in notice["text"]
    await deputy.tap("Толығырақ")
    await deputy.wait_for("Аумағы: Сарыағаш")
    await deputy.tap("Тармақ тарихы")
    history = await deputy.wait_for("жаңа мерзімі")
    assert "«Жоба түзетілді»" in history["text"]
