"""Stories of making an agenda, in Kazakh and in Russian, with whatever goes wrong on the way."""

from datetime import timedelta

from sqlalchemy import Connection, delete, select, update

from handlers.meetings.agenda.callbacks import AddItems, Agenda, Chosen, Delete, EditItem, Move
from handlers.meetings.agenda.wizard import minutes_of
from handlers.meetings.agenda.words import titles_of
from handlers.meetings.callbacks import OpenItem
from storage.meetings import agenda, change_notices, invitees
from storage.tables import meetings as table
from storage.tables import memberships, outbox
from tests.conftest import NOW
from tests.handlers.conftest import Stage
from tests.handlers.meetings.agenda_stage import (
    AIGUL,
    DARKHAN,
    MOLDIR,
    OLEG,
    SAULE,
    actor,
    ids,
    manages,
    opens,
    says,
)
from tests.handlers.talking import data_of, meets, taps
from tests.storage.meetings.agenda_world import Ids, agenda_of, first_item, instruct

__all__ = ["ids"]


async def test_moldir_makes_an_agenda_in_kazakh(stage: Stage, ids: Ids) -> None:
    moldir = await meets(stage, MOLDIR)
    empty = await manages(moldir, ids.later, "Күн тәртібі және", "Күн тәртібі бос")
    assert "➕ Мәселе қосу" in moldir.labels(empty)
    await taps(moldir, "➕ Мәселе қосу", "Қандай мәселелер қаралады?")
    item = await says(moldir, "1. Жылу маусымына дайындық", "✅ Мәселе қосылды.")
    assert "1-мәселе · есеп" in item["text"]
    assert "Баяндамашы: әлі аталмаған" in item["text"]

    await taps(moldir, "Түрі", "Бұл қандай мәселе?")
    await taps(moldir, "сайлау", "1-мәселе · сайлау")
    await taps(moldir, "Уақыты", "Мәселеге неше минут керек?")
    await taps(moldir, "20 мин", "Уақыты: 10:00 · 20 мин")
    await taps(moldir, "Кім көреді", "Мәселені кім көреді?")
    await taps(moldir, "тек орган мүшелері", "Көретіндер: тек орган мүшелері")
    await taps(moldir, "Шешім жобасы", "Шешім жобасы қандай? Қазақша жазыңыз.")
    await says(moldir, "Есеп <назарға> алынсын", "Шешім жобасы: Есеп <назарға> алынсын")
    await taps(moldir, "Атауы", "Мәселенің қазақша атауы қандай?")
    await taps(moldir, "Орысша жазу", "Мәселенің орысша атауы қандай?")
    whole = await says(moldir, "Подготовка к отопительному сезону", "1-мәселе")
    assert "Жылу маусымына дайындық\nПодготовка к отопительному сезону" in whole["text"]
    assert whole["text"].count("\n") < 12


async def test_in_russian_several_items_come_at_once_with_their_times(
    stage: Stage, ids: Ids
) -> None:
    moldir = await meets(stage, MOLDIR, "ru")
    await manages(moldir, ids.draft, "Повестка дня", "Время вопросов ещё не указано")
    await taps(moldir, "➕ Добавить вопросы", "Какие вопросы рассматриваются?")
    listed = await says(moldir, "1) Отчёт\n\n— Выборы секретаря", "✅ Добавлено вопросов: 2")
    assert "Повестка дня: вопросов 4" in listed["text"]

    for number, minutes in (("1", "15"), ("2", "1 час"), ("3", "20 минут")):
        await taps(moldir, number, f"Вопрос {number} · отчёт")
        await taps(moldir, "Время", "Сколько минут займёт вопрос?")
        if minutes == "1 час":
            await says(moldir, "час с лишним", "Нужно число минут: от 1 до 480.")
            await says(moldir, "0", "Нужно число минут")
            await says(moldir, "481", "Нужно число минут")
            await taps(moldir, "1 ч", "1 ч")
        else:
            await says(moldir, minutes, "Время:")
        await taps(moldir, "‹ Назад", "Повестка дня")
    listed = await moldir.last()
    assert "Всего времени: 1 ч 35 мин; без времени: 1" in listed["text"]
    assert "3. Отчёт — 11:15 · 20 мин" in listed["text"]
    assert "4. Выборы секретаря — 11:35" in listed["text"]


async def test_members_read_what_is_prepared_in_the_language_there_is(
    stage: Stage, ids: Ids
) -> None:
    await stage.database.write(
        lambda tx: agenda.add(tx, actor(tx, MOLDIR), ids.later, ["Көпір туралы"], "kk", NOW)
    )
    oleg, moldir = await meets(stage, OLEG), await meets(stage, MOLDIR)
    item = await stage.database.read(first_item, ids.later)
    await opens(moldir, EditItem(id=item).pack(), "1-мәселе")
    await taps(moldir, "Қосымша баяндамашылар", "қосымша баяндамашылары: 0")
    await taps(moldir, "➕ Қосымша", "Қосымша баяндаманы кім жасайды?")
    await taps(moldir, "Оразов Дархан", "Қосымша баяндамашылар: Оразов Дархан")
    await taps(moldir, "Уақыты", "неше минут")
    await taps(moldir, "15 мин", "15 мин")
    await taps(moldir, "Шешім жобасы", "Қазақша жазыңыз")
    await says(moldir, "Көпір жөнделсін", "Шешім жобасы: Көпір жөнделсін")

    read = await opens(oleg, OpenItem(id=ids.later, number=1).pack(), "Вопрос 1 из 1")
    assert "Көпір туралы" in read["text"]  # there is no other title
    assert "Содокладчики: Оразов Дархан" in read["text"]
    assert "Время: 10:00 · 15 мин" in read["text"]
    assert "Проект решения: Көпір жөнделсін" in read["text"]


async def test_a_title_of_a_thousand_characters_is_refused_and_kept(stage: Stage, ids: Ids) -> None:
    moldir = await meets(stage, MOLDIR)
    await manages(moldir, ids.later, "Күн тәртібі және", "Күн тәртібі бос")
    await taps(moldir, "➕ Мәселе қосу", "Қандай мәселелер")
    long = "Мәселе туралы ".strip() + "й" * (1000 - 13)
    refused = await says(moldir, long, "Мәтінде 1000 таңба бар, ең көбі 250 болуы мүмкін.")
    assert long in refused["text"]  # may be copied, cut and sent again
    await says(moldir, f"Бірінші\n{long}", "2-жолда 1000 таңба бар")
    await says(moldir, "❓❓❓", "⚠️")
    await moldir.send_sticker()
    await moldir.wait_for("Қандай мәселелер қаралады?")
    await says(moldir, "й" * 250, "✅ Мәселе қосылды.")
    await taps(moldir, "Атауы", "Мәселенің қазақша атауы")
    await says(moldir, long, "Мәтінде 1000 таңба бар, ең көбі 250")
    await says(moldir, "Қысқасы", "Қысқасы")


async def test_sixty_items_are_paged_and_no_more_fit_in(stage: Stage, ids: Ids) -> None:
    moldir = await meets(stage, MOLDIR, "ru")
    await manages(moldir, ids.later, "Повестка дня", "Повестка пуста")
    await taps(moldir, "➕ Добавить вопросы", "Какие вопросы")
    too_many = "\n".join(f"Вопрос о школе № {n} " + "и" * 30 for n in range(1, 62))
    refused = await says(moldir, too_many, "Повестка заполнена: самое большее 60 вопросов.")
    assert "Вопрос о школе № 1" in refused["text"]
    full = "\n".join(f"{n}. О школе № {n} — <b>&" for n in range(1, 61))
    listed = await says(moldir, full, "✅ Добавлено вопросов: 60")
    assert "60. О школе № 60 — <b>&" in listed["text"]
    assert "➕ Добавить вопросы" not in moldir.labels(listed)
    page = await taps(moldir, "‹", "56. О школе № 56")
    assert "7 / 8" in moldir.labels(page)
    await taps(moldir, "50", "Вопрос 50 · отчёт")
    await taps(moldir, "⬆️", "Вопрос 49 · отчёт")
    await taps(moldir, "‹ Назад", "49. О школе № 50")


async def test_a_speaker_is_found_by_name_or_typed_with_a_position(stage: Stage, ids: Ids) -> None:
    moldir = await meets(stage, MOLDIR)
    item = await stage.database.read(first_item, ids.draft)
    await opens(moldir, EditItem(id=item).pack(), "1-мәселе")
    asked = await taps(moldir, "Баяндамашы", "Бұл мәселе бойынша кім баяндайды?")
    assert not any("Кимов" in label for label in moldir.labels(asked))  # of another branch
    found = await says(moldir, "толе", "кім баяндайды")
    assert moldir.labels(found)[:2] == ["Тіркелмеген: толе", "Төлегенова Сәуле"]
    await taps(moldir, "Төлегенова Сәуле", "Баяндамашы: Төлегенова Сәуле")
    await taps(moldir, "Баяндамашы", "кім баяндайды")
    await taps(moldir, "Баяндамашының лауазымы", "Баяндамашының лауазымы қандай?")
    await says(moldir, "мектеп директоры", "Баяндамашы: Төлегенова Сәуле, мектеп директоры")

    await taps(moldir, "Баяндамашы", "кім баяндайды")
    await says(moldir, "Асан Үсен, бас дәрігер", "Тіркелгендер арасында мұндай есім жоқ.")
    await taps(moldir, "Тіркелмеген", "Баяндамашы: Асан Үсен, бас дәрігер")
    await taps(moldir, "Баяндамашы", "кім баяндайды")
    await says(moldir, "ұ" * 301, "Мәтінде 301 таңба бар, ең көбі 300")
    await taps(moldir, "Әзірге ешкім", "Баяндамашы: әлі аталмаған")


async def test_two_secretaries_on_the_same_item(stage: Stage, ids: Ids) -> None:
    moldir, aigul = await meets(stage, MOLDIR), await meets(stage, AIGUL)
    item = await stage.database.read(first_item, ids.draft)
    await opens(moldir, EditItem(id=item).pack(), "1-мәселе")
    await taps(moldir, "Шешім жобасы", "Қазақша жазыңыз")
    await opens(aigul, EditItem(id=item).pack(), "1-мәселе")
    await taps(aigul, "Түрі", "Бұл қандай мәселе?")
    old = data_of(await aigul.last(), "ақпарат")
    await taps(aigul, "бақылау", "1-мәселе · бақылау")

    refused = await says(moldir, "Менің мәтінім", "Сейтова Айгүл өзгертті. Қайта қараңыз.")
    assert "Менің мәтінім" in refused["text"]
    await says(moldir, "Менің мәтінім", "Шешім жобасы: Менің мәтінім")  # sent again, it holds

    last = await aigul.last()
    await aigul.tap_data(last["message_id"], old)  # a button of a while ago
    await aigul.wait_for("Шешім жобасы: Менің мәтінім")
    assert "Жандосова Мөлдір өзгертті" in aigul.toast
    found = await stage.database.read(agenda_of, ids.draft)
    assert len(found) == 2


async def test_an_item_deleted_while_its_text_is_typed(stage: Stage, ids: Ids) -> None:
    moldir, aigul = await meets(stage, MOLDIR), await meets(stage, AIGUL)
    item = await stage.database.read(first_item, ids.draft)
    await opens(moldir, EditItem(id=item).pack(), "1-мәселе")
    await taps(moldir, "Шешім жобасы", "Қазақша жазыңыз")
    await opens(aigul, EditItem(id=item).pack(), "1-мәселе")
    asked = await taps(aigul, "🗑 Жою", "🗑 Мәселені жоясыз ба?")
    assert "1. Бірінші" in asked["text"]
    await taps(aigul, "Иә, жою", "✅ Мәселе жойылды.")

    word = await says(moldir, "Ұзақ жазылған шешім", "Бұл мәселе осы арада жойылды")
    assert "Ұзақ жазылған шешім" in word["text"]
    await says(moldir, "Сәлеметсіз бе", "Сәлеметсіз")  # nothing is being entered any more
    await opens(moldir, EditItem(id=item).pack(), "Бұл мәселе осы арада жойылды")
    await opens(moldir, Agenda(id=ids.draft).pack(), "1 мәселе")
    await opens(moldir, Delete(id=item, version=1, sure=True).pack(), "осы арада жойылды")
    assert await stage.database.read(agenda_of, ids.draft) == [(1, "Екінші", "planned")]


async def test_an_item_goes_over_to_the_next_meeting(stage: Stage, ids: Ids) -> None:
    moldir = await meets(stage, MOLDIR, "ru")
    item = await stage.database.read(first_item, ids.draft)
    await opens(moldir, EditItem(id=item).pack(), "Вопрос 1")
    await taps(moldir, "Перенести", "На какое заседание перенести вопрос?")
    there = await taps(moldir, "24 декабря", "✅ Перенесено. Теперь вопрос здесь:")
    assert "Заседание political_council 30" in there["text"]
    left = await opens(moldir, EditItem(id=item).pack(), "Вопрос 1 · отчёт · перенесён")
    assert moldir.labels(left) == ["Материалы: 0", "‹ Назад", "🏠 Мәзір".replace("Мәзір", "Меню")]
    saule = await meets(stage, SAULE)
    await opens(saule, OpenItem(id=ids.later, number=1).pack(), "Бірінші")


async def test_in_kazakh_an_item_comes_back_when_it_is_deleted_there(
    stage: Stage, ids: Ids
) -> None:
    moldir = await meets(stage, MOLDIR)
    item = await stage.database.read(first_item, ids.draft)
    await opens(moldir, EditItem(id=item).pack(), "1-мәселе")
    await taps(moldir, "Басқа отырысқа ауыстыру", "Мәселе қай отырысқа ауыстырылады?")
    await taps(moldir, "24 желтоқсан", "✅ Ауыстырылды. Мәселе енді осында:")
    left = await opens(moldir, Agenda(id=ids.draft).pack(), "Отырыс political_council 3")
    assert "1. Бірінші — басқа отырысқа ауыстырылды" in left["text"]
    there = await stage.database.read(first_item, ids.later)
    await opens(moldir, EditItem(id=there).pack(), "1-мәселе")
    await taps(moldir, "🗑 Жою", "🗑 Мәселені жоясыз ба?")
    await taps(moldir, "Иә, жою", "✅ Мәселе жойылды.")
    assert (1, "Бірінші", "planned") in await stage.database.read(agenda_of, ids.draft)


async def test_a_body_without_another_meeting_is_told_what_to_do(stage: Stage, ids: Ids) -> None:
    aigul = await meets(stage, AIGUL, "ru")
    item = await stage.database.read(first_item, ids.bureau)
    await opens(aigul, EditItem(id=item).pack(), "Вопрос 1")
    await taps(aigul, "Перенести", "Сначала подготовьте его: /newmeeting")


async def test_whoever_does_not_prepare_the_meeting_changes_nothing(stage: Stage, ids: Ids) -> None:
    bureau = await stage.database.read(first_item, ids.bureau)
    draft = await stage.database.read(first_item, ids.draft)
    for telegram_id, forged in (
        (SAULE, Agenda(id=ids.later)),
        (SAULE, EditItem(id=draft)),
        (DARKHAN, Delete(id=draft, version=1, sure=True)),
        (MOLDIR, Agenda(id=ids.bureau)),
        (MOLDIR, AddItems(id=ids.bureau)),
        (MOLDIR, EditItem(id=bureau)),
        (MOLDIR, Delete(id=bureau, version=1, sure=True)),
        (MOLDIR, Move(id=bureau, version=1, up=True)),
        (MOLDIR, Chosen(id=bureau, version=1, field="kind", value="election")),
    ):
        person = await meets(stage, telegram_id)
        last = await person.last()
        await person.tap_data(last["message_id"], forged.pack())
        assert "қолжетімсіз" in person.toast, forged
    assert await stage.database.read(agenda_of, ids.bureau) == [(1, "Есеп", "planned")]
    assert len(await stage.database.read(agenda_of, ids.draft)) == 2


async def test_a_forged_value_changes_nothing(stage: Stage, ids: Ids) -> None:
    moldir = await meets(stage, MOLDIR)
    item = await stage.database.read(first_item, ids.draft)
    shown = await opens(moldir, EditItem(id=item).pack(), "1-мәселе")
    forged = Chosen(id=item, version=1, field="kind", value="dance").pack()
    await moldir.tap_data(shown["message_id"], forged)
    assert "өзгермейді" in moldir.toast
    for dead in ("agi:0", "agi:99999999999999999999", "agset:1:1:state:done", "agm:1:1:-5"):
        await moldir.tap_data(shown["message_id"], dead)
        assert "/menu" in moldir.toast


async def test_a_role_lost_within_the_wizard(stage: Stage, ids: Ids) -> None:
    moldir = await meets(stage, MOLDIR)
    await manages(moldir, ids.later, "Күн тәртібі және", "Күн тәртібі бос")
    await taps(moldir, "➕ Мәселе қосу", "Қандай мәселелер")
    ended = update(memberships).where(memberships.c.person_id == 2)
    gone = ended.values(ends_on=NOW.date() - timedelta(days=1))
    await stage.database.write(lambda tx: tx.execute(gone) and None)
    await moldir.send("Жаңа мәселе")
    await moldir.wait_answer()
    assert await stage.database.read(agenda_of, ids.later) == []


async def test_a_draft_of_an_agenda_is_kept_and_gone_on_with(stage: Stage, ids: Ids) -> None:
    moldir = await meets(stage, MOLDIR)
    item = await stage.database.read(first_item, ids.draft)
    for label, question, typed, expected in (
        ("Атауы", "қазақша атауы қандай", "Жаңа атау", "Жаңа атау"),
        ("Уақыты", "неше минут", "25", "25 мин"),
        ("Баяндамашы", "кім баяндайды", "Асан Үсен", "Тіркелмеген: Асан Үсен"),
    ):
        await opens(moldir, EditItem(id=item).pack(), "1-мәселе")
        await taps(moldir, label, question)
        await says(moldir, "/menu", "Мәзір")
        await taps(moldir, "Аяқтау: күн тәртібі", question)
        await moldir.send(typed)
        shown = await moldir.wait_answer()
        assert expected in shown["text"] + str(moldir.labels(shown))
        await says(moldir, "/menu", "Мәзір")


async def test_a_draft_deleted_while_its_agenda_is_typed(stage: Stage, ids: Ids) -> None:
    moldir = await meets(stage, MOLDIR)
    await manages(moldir, ids.draft, "Күн тәртібі және", "2 мәселе")
    await taps(moldir, "➕ Мәселе қосу", "Қандай мәселелер")
    gone = delete(table).where(table.c.id == ids.draft)
    await stage.database.write(lambda tx: tx.execute(gone) and None)
    await says(moldir, "Жаңа", "⚠️")


def test_numbers_typed_before_titles_are_ours() -> None:
    assert titles_of("1. Есеп\n2) Жоспар\n— Сайлау\n\n• \n2026 жылғы жоспар") == [
        *("Есеп", "Жоспар", "Сайлау"),
        "2026 жылғы жоспар",
    ]


def test_minutes_as_people_type_them() -> None:
    typed = ("15", " 20 мин.", "30 минут", "0", "481", "он бес", "1:30", "-5")
    assert [minutes_of(one) for one in typed] == [15, 20, 30, *(None,) * 5]


async def test_what_is_under_control_comes_onto_the_next_agenda(stage: Stage, ids: Ids) -> None:
    def decide(tx: Connection) -> None:
        held = update(table).where(table.c.id == ids.draft).values(state="held")
        tx.execute(held)
        for number, text in ((1, "Су құбырын жөндеу"), (2, "Мектеп жылытуы"), (3, "Жол")):
            instruct(tx, ids.draft, number, text, "under_control")

    await stage.database.write(decide)
    moldir = await meets(stage, MOLDIR)
    await manages(moldir, ids.later, "Күн тәртібі және", "Күн тәртібі бос")
    listed = await taps(moldir, "Бұрыннан бақылауда: 3", "⏳ Бұрынғы отырыстардан бақылауда: 3")
    assert moldir.labels(listed)[0] == "11 желтоқсан · Су құбырын жөндеу"
    old = data_of(listed, "Су құбырын")
    await taps(moldir, "Су құбырын", "✅ Қосылған мәселелер: 1")
    await opens(moldir, old, "✅ Қосылған мәселелер: 0")  # the old button again
    await taps(moldir, "Бұрыннан бақылауда: 2", "бақылауда: 2")
    all_ = await taps(moldir, "➕ Барлығы: 2", "✅ Қосылған мәселелер: 2")
    assert "3. Жол — Төлегенова Сәуле" in all_["text"]
    assert not any("Бұрыннан" in label for label in moldir.labels(all_))
    saule = await meets(stage, SAULE)
    await opens(saule, OpenItem(id=ids.later, number=1).pack(), "⏳ Бақылауда")


async def test_those_called_learn_of_a_changed_agenda_in_one_notice(stage: Stage, ids: Ids) -> None:
    def call_saule(tx: Connection) -> None:
        invitees.call(tx, ids.later, [5], NOW)
        change_notices.said(tx, ids.later, NOW)

    await stage.database.write(call_saule)
    saule, moldir = await meets(stage, SAULE), await meets(stage, MOLDIR)
    await manages(moldir, ids.later, "Күн тәртібі және", "Күн тәртібі бос")
    await taps(moldir, "➕ Мәселе қосу", "Қандай мәселелер")
    await says(moldir, "Бірінші\nЕкінші", "✅ Қосылған мәселелер: 2")
    await taps(moldir, "2", "2-мәселе")
    await taps(moldir, "⬆️", "1-мәселе")
    queued = select(outbox.c.person_id).where(outbox.c.kind == change_notices.KIND)
    found = await stage.database.read(lambda tx: list(tx.execute(queued).scalars()))
    assert found == [5]
    await stage.move(timedelta(minutes=6))
    await saule.wait_for("үн тәртібі")
