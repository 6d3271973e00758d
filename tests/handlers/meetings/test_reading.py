"""Stories: a member asks when the next meeting is, and reads what the last one decided."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import Connection, delete, update

from bot.simulator.client import Person
from handlers.meetings.callbacks import MeetingList, OpenItem, OpenMeeting
from storage import meetings
from storage.meetings import NewItem, NewMeeting, NewProposal
from storage.tables import audit
from storage.tables import meetings as table
from tests.conftest import NOW
from tests.handlers.conftest import Stage
from tests.storage.meetings.world import add_ahead, add_held, add_undated
from tests.world import ORDABASY, REGION, SARYAGASH

SAULE, OLEG, RUSLAN, SECRETARY, GUEST, DARKHAN = 1005, 1015, 1004, 1002, 1009, 1003
GROUP = -500


@dataclass(frozen=True)
class Ids:
    ahead: int
    held: int
    undated: int
    ordabasy: int
    draft: int


def fill(tx: Connection) -> Ids:
    return Ids(
        ahead=add_ahead(tx, REGION),
        held=add_held(tx, REGION),
        undated=add_undated(tx, REGION),
        ordabasy=add_ahead(tx, ORDABASY, days=2, of="Ордабасы"),
        draft=add_ahead(tx, SARYAGASH, days=1, of="Сарыағаш", state="draft"),
    )


async def begun(stage: Stage, telegram_id: int) -> Person:
    """Somebody who has pressed Start and read the answer."""
    person = stage.person(telegram_id)
    await person.start()
    await person.wait_answer()
    return person


@pytest.fixture
async def ids(stage: Stage) -> Ids:
    return await stage.database.write(fill)


async def test_saule_asks_in_kazakh_when_the_next_bureau_is(stage: Stage, ids: Ids) -> None:
    saule = await begun(stage, SAULE)
    await saule.send("/next")

    card = await saule.wait_for("Бюросының кезекті отырысы")

    assert "27 қараша, жұма, 10:00 · 3 күн қалды" in card["text"]
    assert "Өтетін жері: облыстық филиал, 2-қабат" in card["text"]
    assert "Күн тәртібінде: 2 мәселе" in card["text"]
    assert "2. Спорт нысандарының құрылысы туралы — Ержан Сапаров" in card["text"]
    assert card["text"].count("\n") < 12


async def test_oleg_asks_in_russian_and_opens_an_item(stage: Stage, ids: Ids) -> None:
    oleg = await begun(stage, OLEG)
    await oleg.send("/next")
    await oleg.wait_for("27 ноября, пятница, 10:00 · осталось 3 дн.")

    await oleg.tap("2")
    item = await oleg.wait_for("Вопрос 2 из 2")
    assert "⏳ На контроле" in item["text"]
    assert "Ержан Сапаров, руководитель областного управления спорта" in item["text"]

    await oleg.tap("‹ Вопрос 1")
    await oleg.wait_for("О нехватке питьевой воды")
    await stage.database.write(
        lambda tx: tx.execute(update(table).values(state="in_progress")) and None
    )
    await oleg.tap("Вопрос 2 ›")
    await oleg.wait_for("строительство ипподрома под партийный контроль — Бахыт Оразов")
    await oleg.tap("‹ Вопрос 1")
    await oleg.wait_for("О нехватке питьевой воды")
    await oleg.tap("‹ Назад")
    await oleg.wait_for("Вопросов в повестке дня: 2")


async def test_one_tap_from_the_menu(stage: Stage, ids: Ids) -> None:
    saule = await begun(stage, SAULE)
    await saule.send("/menu")
    await saule.wait_for("Мәзір")

    await saule.tap("🗓")

    await saule.wait_for("3 күн қалды")


async def test_the_summary_of_the_last_one(stage: Stage, ids: Ids) -> None:
    oleg = await begun(stage, OLEG)
    await oleg.send("/summary")

    summary = await oleg.wait_for("Ноябрьское заседание Бюро")
    assert "17 ноября, вторник, 10:00 · состоялось" in summary["text"]
    assert "Рассмотрено два вопроса: спорт и дороги." in summary["text"]
    assert "Решение: Все предложения внесены в итоговый документ." in summary["text"]

    await oleg.tap("Подробнее")
    await oleg.wait_for("41,8 процента")


async def test_a_meeting_that_is_over_and_not_told_of_is_named_before_the_older_one(
    stage: Stage, ids: Ids
) -> None:
    saule, oleg = await begun(stage, SAULE), await begun(stage, OLEG)
    await stage.move(timedelta(days=3, hours=5))
    for asked in ("/summary", "Соңғы бюрода не шешілді?"):
        await saule.send(asked)
        told = await saule.wait_for("Бюроның қараша отырысы")
        first = "27 қараша отырысының қорытындысы әлі енгізілген жоқ. Одан бұрынғысы:"
        assert told["text"].splitlines()[0] == first
    await oleg.send("/summary")
    await oleg.wait_for("Итоги заседания (27 ноября) ещё не внесены. Предыдущее:")


async def test_when_only_one_was_and_nothing_is_told_of_it(stage: Stage) -> None:
    await stage.database.write(add_ahead, REGION, days=-1)
    saule = await begun(stage, SAULE)
    await saule.send("/summary")
    told = await saule.wait_for("Бюросының кезекті отырысы")
    assert "қорытындысы әлі енгізілмеген" in told["text"]


async def test_a_meeting_ahead_is_listed_with_its_time(stage: Stage, ids: Ids) -> None:
    saule = await begun(stage, SAULE)
    await saule.send("/meetings")
    listed = await saule.wait_for("Алдағы отырыстар: 1")
    assert any("27 қараша, 10:00" in label for label in saule.labels(listed))


async def test_what_is_known_from_an_article_names_its_source(stage: Stage, ids: Ids) -> None:
    saule = await begun(stage, SAULE)
    await saule.send("/meetings")
    await saule.wait_for("Алдағы отырыстар: 1")
    await saule.tap("Өткен отырыстар")
    page = await saule.wait_for("Өткен отырыстар: 2")
    assert "2025 жыл · Бюроның жұмыс жиыны" in saule.labels(page)

    await saule.tap("2025 жыл")
    await saule.wait_for("2025 жыл, күні көрсетілмеген · өтті")
    await saule.tap("Қорытындысы")
    await saule.wait_for("Баспасөз қызметінің хабары бойынша")


async def test_nothing_is_announced_and_nothing_was_held(stage: Stage) -> None:
    oleg = await begun(stage, OLEG)
    await oleg.send("/next")
    await oleg.wait_for("Следующее заседание ещё не объявлено")
    await oleg.tap("Прошедшие заседания")
    await oleg.wait_for("Прошедших заседаний пока нет")
    await oleg.send("/summary")
    await oleg.wait_for("Прошедших заседаний пока нет")


async def test_a_guest_is_refused_politely(stage: Stage, ids: Ids) -> None:
    anna = await begun(stage, GUEST)
    await anna.tap("Русский")
    await anna.wait_answer()
    await anna.send("/next")

    answer = await anna.wait_answer()

    assert "отырысы" not in answer["text"]
    assert "Бюро" not in answer["text"]
    outcomes = await stage.database.read(
        lambda tx: tx.execute(audit.select().where(audit.c.outcome == "refused")).all()
    )
    assert outcomes


async def test_another_branch_meeting_is_not_opened_by_a_forged_tap(stage: Stage, ids: Ids) -> None:
    saule = await begun(stage, SAULE)
    await saule.send("/next")
    card = await saule.wait_for("3 күн қалды")

    for forged in (
        OpenMeeting(id=ids.ordabasy),
        OpenMeeting(id=ids.draft),
        OpenMeeting(id=10**25),
        OpenItem(id=ids.ordabasy, number=1),
        OpenItem(id=ids.ahead, number=99),
    ):
        await saule.tap_data(card["message_id"], forged.pack())
        assert saule.alert
    assert "Ордабасы" not in str(await saule.messages())


async def test_ruslan_sees_his_own_branch(stage: Stage, ids: Ids) -> None:
    ruslan = await begun(stage, RUSLAN)
    await ruslan.send("/next")

    await ruslan.wait_for("Очередное заседание Бюро Ордабасы")


async def test_a_button_of_a_deleted_meeting(stage: Stage, ids: Ids) -> None:
    saule = await begun(stage, SAULE)
    await saule.send("/meetings")
    await saule.wait_for("Алдағы отырыстар: 1")
    await stage.database.write(lambda tx: tx.execute(delete(table).where(table.c.id == ids.ahead)))

    await saule.tap("27 қараша")

    assert saule.alert


async def test_in_a_group_drafts_are_not_spoken_of(stage: Stage, ids: Ids) -> None:
    stage.telegram.add_group(GROUP, "Сарыағаш", [SECRETARY, SAULE], bot_is_member=True)
    secretary = stage.person(SECRETARY).in_chat(GROUP)
    await secretary.send("/meetings@buro_test_bot")
    page = await secretary.wait_for("Алдағы отырыстар: 1")
    assert not any("Мәзір" in label for label in secretary.labels(page))
    await secretary.tap_data(page["message_id"], OpenMeeting(id=ids.draft).pack())
    assert secretary.alert

    await secretary.send("/next@buro_test_bot")
    card = await secretary.wait_for("3 күн қалды")
    await secretary.tap("2", card)
    await secretary.wait_for("Бақылауда")
    await secretary.send("/summary@buro_test_bot")
    await secretary.wait_for("Бюроның қараша отырысы")


async def test_a_secretary_sees_the_draft_of_her_branch(stage: Stage, ids: Ids) -> None:
    secretary = await begun(stage, SECRETARY)
    await secretary.send("/meetings")
    await secretary.wait_for("Алдағы отырыстар: 2")
    await secretary.tap("әлі жарияланған жоқ")
    await secretary.wait_for("25 қараша, сәрсенбі, 10:00 · әлі жарияланған жоқ")


async def test_a_long_agenda_has_pages_and_fits_a_message(stage: Stage) -> None:
    long = "Өте ұзақ мәселе <script> & " * 20
    items = tuple(NewItem(title_kk=f"{n} {long}", title_ru=f"{n} {long}") for n in range(1, 21))
    meeting = NewMeeting(REGION, "Үлкен отырыс", "Большое заседание", NOW, items=items)
    await stage.database.write(meetings.add, meeting)
    saule = await begun(stage, SAULE)
    await saule.send("/next")
    card = await saule.wait_for("Күн тәртібінде: 20 мәселе")
    assert "қазір өтіп жатыр" in card["text"]
    assert "9. 9" not in card["text"]

    await saule.tap("›")
    await saule.wait_for("9. 9 Өте ұзақ мәселе <script>")
    await saule.tap("16")
    await saule.wait_for("16-мәселе, барлығы 20")
    await saule.tap("‹ Артқа")
    await saule.wait_for("9. 9 Өте")
    await saule.tap_data(card["message_id"], OpenMeeting(id=1, page=10**9).pack())
    await saule.wait_for("20. 20 Өте")
    await saule.tap_data(card["message_id"], MeetingList(page=10**20).pack())
    await saule.wait_for("Алдағы отырыстар: 1")


async def test_much_that_was_heard_and_proposed_takes_pages(stage: Stage) -> None:
    proposed = tuple(NewProposal(f"{n}-ұсыныс", f"предложение {n}") for n in range(1, 11))
    heard = "\n".join(f"строка {n}" for n in range(1, 8))
    item = NewItem("Жолдар", "Дороги", heard_kk=heard, heard_ru=heard, proposals=proposed)
    meeting = NewMeeting(REGION, "Отырыс", "Заседание", NOW, state="held", items=(item,))
    await stage.database.write(meetings.add, meeting)
    oleg = await begun(stage, OLEG)
    await oleg.send("/summary")
    await oleg.wait_for("1. Дороги")
    await oleg.tap("Подробнее")
    first = await oleg.wait_for("строка 7")
    assert "предложение 1" not in first["text"]

    await oleg.tap("Предложения: 10")
    await oleg.wait_for("• предложение 8")
    await oleg.tap("›")
    await oleg.wait_for("• предложение 10")
    await oleg.tap("Что слушали")
    await oleg.wait_for("строка 7")
