"""Stories of a meeting that goes on. It is Tuesday, 24 November 2026, 10:00 in Turkistan."""

from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update

from bot.simulator.client import Person
from handlers.meetings.sitting.callbacks import Kind, Propose
from storage import people
from storage.meetings import proposals
from storage.tables import agenda_items, invitees
from storage.tables import proposals as proposals_table
from tests.handlers.conftest import Stage
from tests.handlers.talking import data_of, sends, taps
from tests.storage.meetings import sitting_world as w
from tests.storage.meetings.sitting_world import Going

Json = dict[str, Any]
FOLDED = timedelta(seconds=10)


async def meets(stage: Stage, telegram_id: int, language: str = "kk") -> Person:
    person = stage.person(telegram_id)
    who = telegram_id if telegram_id > 2000 else telegram_id - 1000
    await stage.database.write(people.set_language, who, language)
    await person.start()
    await person.wait_answer()
    return person


async def meets_zhanar(stage: Stage) -> Person:
    """The other regional secretary."""
    stage.telegram.add_person(
        id=w.ZHANAR, first_name="Жанар", last_name="Әлиева", language_code="kk"
    )
    return await meets(stage, w.ZHANAR)


async def convened(stage: Stage) -> Going:
    return await stage.database.write(w.convene)


async def proposes(person: Person, text: str) -> Json:
    await sends(person, "/next", "Талқылануда")
    await taps(person, "Ұсыныс беру", "Ұсынысыңыз")
    return await sends(person, text, "✅ Ұсынысыңыз хатшыға жіберілді")


async def leads(person: Person) -> Json:
    await sends(person, "/next", "Бюроның қараша отырысы")
    await taps(person, "Отырысты басқару", "Не істейміз?")
    return await taps(person, "Отырысты жүргізу", "Жаңа ұсыныстар:")


async def test_a_member_proposes_and_the_secretary_makes_it_an_instruction_in_two_taps(
    stage: Stage,
) -> None:
    await convened(stage)
    erik, aigul = await meets(stage, w.ERIK), await meets(stage, w.AIGUL)

    card = await sends(erik, "/next", "Талқылануда: 1. Спорт нысандары туралы")
    assert erik.labels(card)[:2] == ["Ұсыныс беру", "Ескертпе айту"]
    await taps(erik, "Ұсыныс беру", "Ұсынысыңыз, мәселе 1. Спорт нысандары туралы")
    await sends(erik, "Мектеп жанынан <стадион> салынсын", "✅ Ұсынысыңыз хатшыға жіберілді")

    await stage.move(FOLDED)
    notice = await aigul.wait_for("Мектеп жанынан <стадион> салынсын")
    assert notice["text"].splitlines()[:3] == [
        "📝 Ұсыныс · шешім күтуде",
        "1-мәселе: Спорт нысандары туралы",
        "Кімнен: Бекмұратов Ерік",
    ]
    await taps(aigul, "Тапсырмаға айналдыру", "Кім орындайды?")
    given = await taps(aigul, "Ли Виктория", "📌 № 1 тапсырма · ⏳ Әзірленуде")
    assert "Орындаушы: Ли Виктория" in given["text"]
    assert "⚠️ Бекітуге дейін алдағы мерзім керек." in given["text"]

    await taps(aigul, "Мерзімі", "Қай күнге дейін орындалуы керек?")
    await sends(aigul, "кеше", "⚠️")
    dated = await sends(aigul, "24.12", "Орындау мерзімі: 24 желтоқсан, бейсенбі · 30 күн қалды")
    assert "⚠️" not in dated["text"]
    await taps(aigul, "Бірлесіп орындаушылар", "Кім бірлесіп орындайды?")
    await sends(aigul, "оразов", "«оразов» бойынша табылды: 1")
    await taps(aigul, "Оразов Дархан", "Кім бірлесіп орындайды?")
    full = await taps(aigul, "‹ Артқа", "Бірлесіп орындаушылар: Оразов Дархан")
    assert "Орындаушы: Ли Виктория" in full["text"]
    await taps(aigul, "Нысан", "Қай нысанға қатысты?")
    await sends(aigul, "№ 5 мектеп", "Нысаны: № 5 мектеп")
    await taps(aigul, "Филиал", "Қай филиалға қатысты?")
    await taps(aigul, "Сарыағаш", "Филиалы: Сарыағаш аудандық филиалы")


async def test_a_remark_in_russian_is_reworded_taken_in_and_left_out(stage: Stage) -> None:
    await convened(stage)
    darkhan = await meets(stage, w.DARKHAN, "ru")
    aigul = await meets(stage, w.AIGUL, "ru")

    await sends(darkhan, "/next", "Обсуждается: 1. О спортивных объектах")
    await taps(darkhan, "Высказать замечание", "Ваше критическое замечание по вопросу 1.")
    await darkhan.send_sticker()
    await darkhan.wait_for("⚠️")
    await sends(darkhan, "я" * 2001, "⚠️")
    await sends(darkhan, "Отчёт опоздал", "✅ Ваше замечание отправлено секретарю")
    await taps(darkhan, "Внести предложение", "Ваше предложение по вопросу 1.")
    await sends(darkhan, "Построить корт", "✅ Ваше предложение отправлено")

    await stage.move(FOLDED)
    await aigul.wait_for("Новых предложений: 2")
    await taps(aigul, "Отчёт опоздал", "📝 Критическое замечание · ждёт решения")
    await taps(aigul, "Исправить текст", "Сейчас написано: Отчёт опоздал")
    await sends(aigul, "Отчёты сдавать в срок", "Отчёты сдавать в срок")
    await taps(aigul, "Внести в документ", "В документе: пункт 1")
    await taps(aigul, "‹ Назад", "Внесено: 1")
    await taps(aigul, "Новые", "Новых предложений: 1")
    await taps(aigul, "Построить корт", "📝 Предложение · ждёт решения")
    declined = await taps(aigul, "Отклонить", "📝 Предложение · отклонено")
    assert "Отклонить" not in aigul.labels(declined)


async def test_two_secretaries_accept_at_once(stage: Stage) -> None:
    going = await convened(stage)
    erik, aigul = await meets(stage, w.ERIK), await meets(stage, w.AIGUL)
    zhanar = await meets_zhanar(stage)
    await proposes(erik, "Стадион салынсын")

    await leads(zhanar)
    await taps(zhanar, "Жаңа ұсыныстар: 1", "Жаңа ұсыныстар: 1")
    hers = await taps(zhanar, "Стадион", "шешім күтуде")
    await stage.move(FOLDED)
    await aigul.wait_for("Стадион салынсын")
    await taps(aigul, "Құжатқа енгізу", "Құжатта: 1-тармақ")

    await zhanar.tap_data(hers["message_id"], data_of(hers, "Құжатқа енгізу"))
    assert zhanar.toast.startswith("Бұны өзгерткен: Сейтова Айгүл, 10:0")
    await zhanar.wait_for("Құжатта: 1-тармақ")
    page = await stage.database.read(
        proposals.listed, await w.actor(stage.database, w.AIGUL), going.meeting, 0, "accepted"
    )
    assert page.total == 1


async def test_both_edit_the_wording_and_the_second_keeps_her_words_for_one_tap(
    stage: Stage,
) -> None:
    await convened(stage)
    erik, aigul = await meets(stage, w.ERIK), await meets(stage, w.AIGUL)
    zhanar = await meets_zhanar(stage)
    await proposes(erik, "Стадион")
    await leads(zhanar)
    await taps(zhanar, "Жаңа ұсыныстар: 1", "Жаңа ұсыныстар: 1")
    await taps(zhanar, "Стадион", "шешім күтуде")
    await taps(zhanar, "Мәтінін түзету", "Ұсыныстың мәтіні")
    await stage.move(FOLDED)
    await aigul.wait_for("Стадион")
    await taps(aigul, "Мәтінін түзету", "Ұсыныстың мәтіні")
    await sends(aigul, "Айгүлдің мәтіні", "Айгүлдің мәтіні")

    both = await sends(zhanar, "Жанардың мәтіні", "Сіздікі: Жанардың мәтіні")
    assert "⚠️ Бұны өзгерткен: Сейтова Айгүл, 10:0" in both["text"]
    assert "Қазіргі мәтін: Айгүлдің мәтіні" in both["text"]
    saved = await taps(zhanar, "Менің мәтінімді сақтау", "📝 Ұсыныс · шешім күтуде")
    assert "Жанардың мәтіні" in saved["text"]


async def test_the_item_changes_while_the_text_is_written(stage: Stage) -> None:
    going = await convened(stage)
    erik, aigul = await meets(stage, w.ERIK, "ru"), await meets(stage, w.AIGUL)
    await sends(erik, "/next", "Обсуждается: 1.")
    await taps(erik, "Внести предложение", "Ваше предложение по вопросу 1.")
    await leads(aigul)
    await taps(aigul, "2-мәселеге өту", "Талқылануда: 2. Ауыл жолдары туралы")

    kept = await sends(erik, "Построить корт", "Сейчас обсуждается другой вопрос.")
    assert "«Построить корт»" in kept["text"]
    assert erik.labels(kept)[:2] == [
        "Текущий: 2. О сельских дорогах",
        "К тому, о чём писал(а): 1. О спортивных объектах",
    ]
    await sends(erik, "Построить теннисный корт", "«Построить теннисный корт»")
    await taps(erik, "К тому, о чём писал", "✅ Ваше предложение отправлено секретарю")
    sent = select(proposals_table.c.item_id, proposals_table.c.text_ru)
    assert await stage.database.read(lambda tx: [tuple(row) for row in tx.execute(sent)]) == [
        (going.sport, "Построить теннисный корт")
    ]
    await erik.tap_data(kept["message_id"], data_of(kept, "Текущий"))
    assert erik.toast == "Это уже отправлено или отменено."


async def test_the_item_is_deleted_while_the_text_is_written(stage: Stage) -> None:
    going = await convened(stage)
    erik = await meets(stage, w.ERIK)
    await sends(erik, "/next", "Талқылануда: 1.")
    await taps(erik, "Ұсыныс беру", "Ұсынысыңыз")
    await stage.database.write(
        lambda tx: tx.execute(delete(agenda_items).where(agenda_items.c.id == going.sport)).rowcount
    )
    kept = await sends(erik, "Стадион салынсын", "Сіз жазған мәселе енді жоқ.")
    assert "«Стадион салынсын»" in kept["text"]
    assert "Қазір талқыланып жатқан мәселе жоқ." in kept["text"]
    await leads(await meets(stage, w.AIGUL))
    await taps(stage.person(w.AIGUL), "2-мәселеге өту", "Талқылануда: 2.")
    await sends(erik, "Стадион салынсын", "Қай мәселе бойынша")
    await taps(erik, "Қазіргісі: 2. Ауыл жолдары туралы", "✅ Ұсынысыңыз хатшыға жіберілді")


async def test_the_meeting_ends_while_the_text_is_written(stage: Stage) -> None:
    going = await convened(stage)
    erik = await meets(stage, w.ERIK)
    await sends(erik, "/next", "Талқылануда: 1.")
    await taps(erik, "Ұсыныс беру", "Ұсынысыңыз")
    await stage.database.write(w.held, going)
    given_back = await sends(erik, "Стадион салынсын", "сондықтан бұл жіберілмеді")
    assert "«Стадион салынсын»" in given_back["text"]


async def test_an_observer_and_a_forged_button_get_nowhere(stage: Stage) -> None:
    await convened(stage)
    saule = await meets(stage, w.SAULE)
    card = await sends(saule, "/next", "Талқылануда: 1.")
    message_id = card["message_id"]
    assert not {"Ұсыныс беру", "Ескертпе айту"} & set(saule.labels(card))
    await saule.tap_data(message_id, Propose(id=1, kind=Kind.PROPOSAL).pack())
    assert saule.toast == "Ұсынысты отырысқа шақырылғандар ғана береді."
    for data in ("msit:1", "mprops:1:sent:0", "mpropa:1:1", "msk:1:1:0", "mdec:1", "mdoc:1:0"):
        await saule.tap_data(message_id, data)
        assert saule.alert, data
    await saule.tap_data(message_id, "mpsend:1")
    assert saule.toast == "Бұл жіберілген немесе болдырылмаған."


async def test_whoever_is_taken_off_the_list_cannot_send_what_is_written(stage: Stage) -> None:
    await convened(stage)
    darkhan = await meets(stage, w.DARKHAN)
    await sends(darkhan, "/next", "Талқылануда: 1.")
    await taps(darkhan, "Ұсыныс беру", "Ұсынысыңыз")
    observes = update(invitees).where(invitees.c.person_id == w.DARKHAN - 1000)
    await stage.database.write(lambda tx: tx.execute(observes.values(capacity="observer")).rowcount)
    await sends(darkhan, "Стадион", "⚠️")
    count = await stage.database.read(
        lambda tx: len(tx.execute(select(proposals_table.c.id)).all())
    )
    assert count == 0


async def test_the_secretary_decides_on_an_item_as_drafted(stage: Stage) -> None:
    going = await convened(stage)
    drafted = {"draft_decision_kk": "Есеп мақұлдансын"}
    await stage.database.write(
        lambda tx: (
            tx.execute(
                update(agenda_items).where(agenda_items.c.id == going.sport).values(drafted)
            ).rowcount
        )
    )
    aigul = await meets(stage, w.AIGUL)
    await leads(aigul)
    await taps(aigul, "Жоба бойынша шешу", "Шешім: Есеп мақұлдансын")
    await taps(aigul, "Мәселені таңдау", "Қазір қай мәселе талқыланады?")
    await taps(aigul, "3. Ауыз су туралы", "Талқылануда: 3. Ауыз су туралы")
    await taps(aigul, "Шешімді жазу", "Мәселе бойынша не шешілді?")
    await sends(aigul, "/menu", "Мәзір")
    await taps(aigul, "✏️ Аяқтау: құжат", "Мәселе бойынша не шешілді?")
    await sends(aigul, "Құбыр тартылсын", "Шешім: Құбыр тартылсын")
