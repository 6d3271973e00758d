"""Stories of a summary: drafted from a release, mended, looked at, published, read by members."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from bot.simulator.client import Person
from handlers.meetings.summaries import callbacks
from storage.tables import findings, instructions, meetings, memberships, outbox
from tests.conftest import NOW
from tests.handlers.conftest import Stage
from tests.handlers.meetings.agenda_stage import manages, opens, says
from tests.handlers.papers import made
from tests.handlers.talking import data_of, meets, taps
from tests.storage.meetings.summary_world import (
    AIGUL,
    ERIK,
    MOLDIR,
    OLEG,
    RELEASE,
    RELEASE_RU,
    SAULE,
    TODAY,
    Held,
    hold,
)

Json = dict[str, Any]
ZARINA = 2002
GROUP = -500
MEGABYTE = 1024 * 1024
LATIN = "Byul otyrys turaly mätin. " * 40


@pytest.fixture
async def held(stage: Stage) -> Held:
    stage.telegram.add_person(id=ZARINA, first_name="Зарина", last_name="Бектаева")
    return await stage.database.write(hold)


async def sends(person: Person, meeting_id: int, expected: str) -> Json:
    """To the step at which a text is awaited."""
    return await opens(person, callbacks.SendText(id=meeting_id).pack(), expected)


async def left(stage: Stage) -> int:
    query = select(findings.c.id).where(findings.c.state == "found")
    return len(await stage.database.read(lambda tx: tx.execute(query).all()))


async def accepts_all_kinds(person: Person, all_of: str, labels: tuple[str, ...]) -> Json:
    last: Json = {}
    for label in labels:
        listed = await taps(person, f"⏳ {label}", label)
        if "›" in person.labels(listed):  # all of them are seen before they are accepted
            assert all_of not in str(person.labels(listed))
            await taps(person, "›", label)
        last = await taps(person, all_of, "📄")
    return last


async def test_a_kazakh_release_becomes_a_published_summary(stage: Stage, held: Held) -> None:
    moldir, saule = await meets(stage, MOLDIR), await meets(stage, SAULE)
    oleg = await meets(stage, OLEG, "ru")
    desk = await manages(moldir, held.council, "Мүшелерге арналған қорытынды", "Әлі жарияланбаған")
    assert "📄 Мәтіннен не файлдан дайындау" in moldir.labels(desk)
    await taps(moldir, "📄 Мәтіннен не файлдан дайындау", "Баспасөз хабарламасының")
    # A long text comes in several messages.
    half = RELEASE.index("Талқылау кезінде")
    await says(moldir, RELEASE[:half], "Алынды: 1 хабарлама")
    await says(moldir, RELEASE[half:], "Алынды: 2 хабарлама")
    found = await taps(moldir, "📖 Осымен бітті: оқыту", "Мәтіннен табылғаны")
    total = await left(stage)
    assert f"Мәтіннен табылғаны: {total}" in found["text"]

    # One by one, each beside its sentence; accepting shows the next one.
    first = await taps(moldir, "▶️ Бір-бірлеп қарау", f"1/{total}")
    assert (
        "«AMANAT» партиясы аудандық филиалы Саяси кеңесінің көшпелі отырысы өтті" in first["text"]
    )
    await taps(moldir, "✖️ Алып тастау", f"2/{total}")
    await taps(moldir, "✅ Қабылдау", f"3/{total}")
    await taps(moldir, "‹ 2", f"2/{total}")
    assert "✅ Қабылданды" in (await moldir.last())["text"]
    await taps(moldir, "‹ Артқа", "Әлі шешілмегені")

    # A figure is mended; going on later finds it as it was left.
    listed = await taps(moldir, "⏳ Көрсеткіштер", "Көрсеткіштер: 13")
    assert "Ауданда мектеп жөнделіп: 14 мектеп · 2025 жылы" in listed["text"]
    number = next(label for label in moldir.labels(listed) if label.isdigit())
    await taps(moldir, number, f"{number}/{total}")
    await taps(moldir, "✏️ Түзету", "Нені түзету керек?")
    await taps(moldir, "Нені көрсетеді:", "Қазіргі мәтін: Ауданда")
    mended = await says(moldir, "Жөнделген мектеп саны", "✅ Түзетіліп қабылданды")
    assert "Жөнделген мектеп саны: 14 мектеп · 2025 жылы" in mended["text"]
    await says(moldir, "/menu", "Мәзір")
    await opens(moldir, callbacks.Desk(id=held.council).pack(), "дерек күтіп тұр")
    await taps(moldir, "📄 Мәтінді жалғастыру", "Әлі шешілмегені")

    # Nothing undecided is published.
    await opens(moldir, callbacks.Look(id=held.council).pack(), "шешілмеген немесе отырысқа")
    assert not any("Жария" in label for label in moldir.labels(await moldir.last()))
    await opens(moldir, callbacks.Findings(id=held.council).pack(), "Әлі шешілмегені")
    kinds = ("Отырыс туралы", "Күн тәртібінің мәселелері", "Адамдар", "Көрсеткіштер", "Ұсыныстар")
    await accepts_all_kinds(moldir, "✅ Бәрін қабылдау", kinds)
    await taps(moldir, "✖️ Қалғанын алып тастау", "Айдос Қайратовқа")
    await taps(moldir, "Алып тастау: 3", "Барлығы шешілді")
    done = await taps(moldir, "✅ Отырысқа енгізу", "Отырысқа енгізілді: мәселе 3, көрсеткіш 13")
    assert "Шешім қазақша" in done["text"]
    assert await left(stage) == 0

    # She writes what was considered in both languages, and looks at it.
    await taps(moldir, "✏️ Қорытынды қазақша", "не қаралды")
    await says(moldir, "Мектеп, ауыз су және жастар қаралды.", "Мектеп, ауыз су")
    await taps(moldir, "✏️ Қорытынды орысша", "не қаралды")
    await says(moldir, "Рассмотрены школы, вода и молодёжь.", "Рассмотрены школы")
    look = await taps(moldir, "👁 Қарап, жариялау", "Алдын ала көрініс")
    assert "Қаралды: 3 мәселе" in look["text"]
    assert "• Жұмыстарға жұмсалған: 3,2 млрд теңге · 2025 жылы" in look["text"]
    assert look["text"].count("\n") <= 13
    russian = await taps(moldir, "Орысша көру", "Рассмотрены школы")
    assert "Рассмотрено вопросов: 3" in russian["text"]
    await taps(moldir, "Қазақша көру", "Мектеп, ауыз су")
    people = next(x for x in moldir.labels(await moldir.last()) if x.startswith("📣"))
    n = int(people.split(": ")[1])
    await taps(moldir, "📣 Жариялап, хабарлау", f"{n} адамға жіберіледі")

    notice = await saule.wait_for("📝 Отырыс қорытындысы")
    assert "Мектеп, ауыз су және жастар қаралды." in notice["text"]
    assert "• Жұмыстарға жұмсалған: 3,2 млрд теңге" in notice["text"]
    notice = await oleg.wait_for("📝 Итоги заседания")
    assert "Рассмотрены школы, вода и молодёжь." in notice["text"]
    item = await taps(oleg, "Подробнее, по вопросам", "Вопрос 1 из 3")
    assert "Показатели:" in item["text"]
    assert "Жөнделген мектеп саны: 14 мектеп" in item["text"]
    await taps(oleg, "Предложения: 3", "Дәурен Әлиұлы Жақсыбеков, Саяси кеңес мүшесі")
    again = await says(saule, "/summary", "Мектеп, ауыз су")
    assert "Толығырақ, мәселе бойынша" in saule.labels(again)

    # Published once, however often the old button is tapped.
    queued = select(outbox.c.id).where(outbox.c.kind == "summary_published")
    assert len(await stage.database.read(lambda tx: tx.execute(queued).all())) == n


async def test_a_russian_release_as_docx_and_pdf(stage: Stage, held: Held) -> None:
    aigul = await meets(stage, AIGUL, "ru")
    await sends(aigul, held.bureau, "Вставьте текст")
    await aigul.send_document("Пресс-релиз.docx", made.docx(RELEASE_RU))
    found = await aigul.wait_for("Найдено в тексте")
    total = await left(stage)
    assert "⏳ Вопросы повестки: 0/4" in aigul.labels(found)
    item = await taps(aigul, "⏳ Вопросы повестки", "Вопросы повестки: 4")
    assert "Виктор Леонидов" in item["text"]
    await taps(aigul, aigul.labels(item)[0], "→ Новый вопрос повестки")
    # Another text is read only after a question.
    await sends(aigul, held.bureau, "уже был прочитан")
    await taps(aigul, "Прочитать другой текст", "Вставьте текст")
    await aigul.send_document("Протокол.pdf", made.pdf(RELEASE_RU))
    await aigul.wait_for("Найдено в тексте")
    assert abs(await left(stage) - total) <= 2
    await taps(aigul, "⏳ Данные поручения", "Асель Ибраевой взять под личный контроль")
    await taps(aigul, "✅ Принять все", "Найдено в тексте")
    await taps(aigul, "⏳ Показатели", "Показатели: 12")
    await taps(aigul, "›", "Показатели: 12")
    await taps(aigul, "✅ Принять все", "Найдено в тексте")
    await taps(aigul, "✖️ Убрать оставшееся", "Убрать всё нерешённое")
    refused = await taps(aigul, "Убрать:", "не отнесено к вопросу: 12")
    await taps(aigul, "Выбрать вопрос", "⚠️ Пока не отнесено к вопросу.")
    assert "✅ Внести в заседание" not in str(aigul.labels(refused))


async def test_files_that_give_no_text_say_why(stage: Stage, held: Held) -> None:
    moldir = await meets(stage, MOLDIR)
    await sends(moldir, held.council, "Баспасөз хабарламасының")
    bomb = made.repacked(made.docx("а"), {"word/media/a.bmp": b"\0" * (40 * MEGABYTE)})
    for name, content, word in (
        ("a.docx", b"not a document", "Файл ашылмайды"),
        ("a.docx", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
         "құпиясөзбен жабылған"),
        ("a.doc", bytes.fromhex("d0cf11e0a1b11ae1"), "ескі файл (DOC)"),
        ("a.docx", bomb, "тым үлкейіп"),
        ("a.pdf", made.pdf(""), "Бұл файлда мәтін жоқ"),
        ("a.xlsx", made.repacked(made.docx("а"), {}).replace(b"word/document", b"xl/worksheets"),
         "бұл түрі оқылмайды"),
    ):  # fmt: skip
        await moldir.send_document(name, content)
        await moldir.wait_for(word)
    await moldir.send_document("a.docx", fake_size=25 * MEGABYTE)
    await moldir.wait_for("Файл тым үлкен: ең көбі 20 МБ")
    await moldir.send_sticker()
    await moldir.wait_for("Мәтін не файл жіберіңіз")
    await moldir.send_photo(caption="Суреттің астындағы мәтін 🎉")
    await moldir.wait_for("Алынды: 1 хабарлама")
    await moldir.send_document("макрос.docm", made.docm(RELEASE))
    await moldir.wait_for("Мәтіннен табылғаны")


async def test_a_text_of_something_else_is_kept_as_the_draft(stage: Stage, held: Held) -> None:
    moldir = await meets(stage, MOLDIR)
    for text, why in (
        (LATIN, "кириллицада емес"),
        ("Биыл көктем ерте келді. Қырда қызғалдақ гүлдеді. " * 3, "ештеңе табылмады"),
    ):
        await sends(moldir, held.council, "Баспасөз хабарламасының")
        await says(moldir, text, "Алынды: 1")
        await taps(moldir, "📖 Осымен бітті", why)
    assert "Қорытынды бұрыннан бар" in (await moldir.last())["text"]
    await taps(moldir, "✏️ Қорытынды қазақша", "Byul otyrys")
    await says(moldir, "Қ" * 1201, "ең көбі 1200 таңба")
    await says(moldir, "Қысқа қорытынды", "Қысқа қорытынды")
    await taps(moldir, "🗑", "Әлі жарияланбаған")
    assert "Қысқа" not in (await moldir.last())["text"]


async def test_two_secretaries_decide_and_write_at_once(stage: Stage, held: Held) -> None:
    moldir, zarina = await meets(stage, MOLDIR), await meets(stage, ZARINA)
    await sends(moldir, held.council, "Баспасөз")
    await sends(zarina, held.council, "Баспасөз")
    for one in (moldir, zarina):
        await says(one, RELEASE, "Алынды: 1")
    await taps(moldir, "📖 Осымен бітті", "Мәтіннен табылғаны")
    await taps(zarina, "📖 Осымен бітті", "басқа мәтіні оқылды")
    first = await taps(moldir, "▶️ Бір-бірлеп", "1/")
    await taps(zarina, "▶️ Бір-бірлеп", "1/")
    old = data_of(first, "✖️ Алып тастау")
    await taps(zarina, "✅ Қабылдау", "2/")
    await moldir.tap_data(first["message_id"], old)
    assert moldir.alert
    assert "Бектаева Зарина" in moldir.toast
    assert "✅ Қабылданды" in (await moldir.last())["text"]

    # Both write the same text; the second is shown the first one and decides.
    await opens(moldir, callbacks.WritePart(id=held.council, part="summary_kk").pack(), "Қазақша")
    await opens(zarina, callbacks.WritePart(id=held.council, part="summary_kk").pack(), "Қазақша")
    await says(zarina, "Заринаның мәтіні", "Заринаның мәтіні")
    await says(moldir, "Мөлдірдің мәтіні", "Заринаның мәтіні")
    await taps(moldir, "Менің мәтінімді сақтау", "Мөлдірдің мәтіні")


async def test_an_old_preview_publishes_nothing(stage: Stage, held: Held) -> None:
    moldir = await meets(stage, MOLDIR, "ru")
    part = callbacks.WritePart(id=held.council, part="summary_ru").pack()
    look = callbacks.Look(id=held.council).pack()
    empty = await opens(moldir, look, "Публиковать пока нечего")
    assert not any("Опубл" in label for label in moldir.labels(empty))
    await opens(moldir, part, "Итоги на русском")
    await says(moldir, "Первый текст", "Первый текст")
    seen = await opens(moldir, look, "Первый текст")
    old = data_of(seen, "✅ Только опубликовать")
    await opens(moldir, part, "Итоги на русском")
    await says(moldir, "Второй текст", "Второй текст")
    last = await moldir.last()
    await moldir.tap_data(last["message_id"], old)
    assert moldir.alert
    await moldir.wait_for("Второй текст")
    await taps(moldir, "✅ Только опубликовать", "Уведомлений нет")
    await opens(moldir, callbacks.Desk(id=held.council).pack(), "✅ Опубликованы")
    await taps(moldir, "✏️ Итоги на русском", "Второй текст")
    await says(moldir, "Третий текст", "изменённое позже не опубликовано")
    told = select(outbox.c.id).where(outbox.c.kind == "summary_published")
    assert await stage.database.read(lambda tx: tx.execute(told).all()) == []


async def test_whoever_lost_the_role_or_never_had_it(stage: Stage, held: Held) -> None:
    moldir, saule = await meets(stage, MOLDIR), await meets(stage, SAULE)
    erik = await meets(stage, ERIK)
    await sends(moldir, held.council, "Баспасөз")
    await says(moldir, RELEASE, "Алынды")
    await taps(moldir, "📖 Осымен бітті", "Мәтіннен табылғаны")
    ids = select(findings.c.id).order_by(findings.c.id).limit(1)
    first = await stage.database.read(lambda tx: tx.execute(ids).scalar_one())
    forged: tuple[Any, ...] = (
        callbacks.Desk(id=held.council),
        callbacks.Look(id=held.council),
        callbacks.Publish(id=held.council, seal="a" * 12, notify=True),
        callbacks.SendText(id=held.council),
        callbacks.Findings(id=held.council),
        callbacks.OpenFinding(id=first),
        callbacks.Decide(id=first, version=1, accept=True),
        callbacks.Mend(id=first),
        callbacks.PutOn(id=first, version=1, on="i1"),
        callbacks.AcceptKind(id=held.council, kind="figure", seen=first, n=13),
        callbacks.DropRest(id=held.council, seen=first, n=1, sure=True),
        callbacks.TakeOver(id=held.council),
    )
    for person in (saule, erik):
        last = await person.last()
        for one in forged:
            await person.tap_data(last["message_id"], one.pack())
            assert person.alert, one
    await opens(moldir, callbacks.OpenFinding(id=first).pack(), "1/")
    for one in (
        callbacks.Desk(id=held.bureau),
        callbacks.Desk(id=held.ahead),
        callbacks.Desk(id=10**6),
        callbacks.OpenFinding(id=10**6),
        callbacks.PutOn(id=first, version=1, on="i1"),
    ):
        last = await moldir.last()
        await moldir.tap_data(last["message_id"], one.pack())
        assert moldir.alert, one
    gone = update(memberships).where(memberships.c.person_id == MOLDIR - 1000)
    await stage.database.write(
        lambda tx: tx.execute(gone.values(ends_on=TODAY.replace(day=1))) and None
    )
    last = await moldir.last()
    await moldir.tap_data(
        last["message_id"], callbacks.DropRest(id=held.council, seen=first, n=1, sure=True).pack()
    )
    assert moldir.alert
    assert await left(stage) > 0


async def test_findings_are_put_on_items_and_turned_into_one_another(
    stage: Stage, held: Held
) -> None:
    moldir = await meets(stage, MOLDIR, "ru")
    await sends(moldir, held.council, "Вставьте текст")
    await says(moldir, RELEASE, "Получено: сообщений 1")
    await taps(moldir, "📖 Это всё", "Найдено в тексте")
    listed = await taps(moldir, "⏳ Данные поручения", "Данные поручения: 3")
    await taps(moldir, moldir.labels(listed)[0], "Поручение")
    turned = await taps(moldir, "Сделать предложением", "Предложение")
    assert "→ 1. О ремонте школ" in turned["text"]
    await taps(moldir, "К вопросу", "К какому вопросу это относится?")
    await taps(moldir, "2. О питьевой воде", "→ 2. О питьевой воде")
    await taps(moldir, "✏️ Исправить", "Что исправить?")
    await taps(moldir, "🗑", "Принято с исправлением")
    assert "Автор" not in (await moldir.last())["text"]
    await opens(moldir, callbacks.Findings(id=held.council).pack(), "Найдено в тексте")
    people = await taps(moldir, "⏳ Люди", "Люди")
    await taps(moldir, moldir.labels(people)[0], "Человек")
    await taps(moldir, "К вопросу", "К какому вопросу")
    await taps(moldir, "Новый: Жастармен жұмыс жөнінде", "→ Новый: Жастармен жұмыс")
    kind = select(meetings.c.kind).where(meetings.c.id == held.council)
    assert (await stage.database.read(lambda tx: tx.execute(kind).scalar_one())) == "regular"


async def test_who_must_do_what_stands_in_the_summary_but_not_in_a_group(
    stage: Stage, held: Held
) -> None:
    values = {"meeting_id": held.council, "number": 1, "created_at": NOW, "state": "under_control"}
    task = insert(instructions).values(
        **values,
        text_kk="Мектеп шатырын жөндеу",
        text_ru="Починить крышу школы",
        executor="Оспанов Марат",
        deadline=date(2026, 12, 20),
    )
    told = update(meetings).where(meetings.c.id == held.council)
    await stage.database.write(lambda tx: tx.execute(task) and None)
    await stage.database.write(
        lambda tx: tx.execute(told.values(summary_kk="Мектептер қаралды")) and None
    )
    saule, oleg = await meets(stage, SAULE), await meets(stage, OLEG, "ru")
    line = "📌 Мектеп шатырын жөндеу — Оспанов Марат — 20 желтоқсан · 26 күн қалды"
    await says(saule, "/summary", line)
    await says(oleg, "/summary", "📌 Починить крышу школы — Оспанов Марат — 20 декабря")
    stage.telegram.add_group(GROUP, "Кеңес", members=[SAULE])
    there = saule.in_chat(GROUP)
    await there.send("/summary@buro_test_bot")
    shown = await there.wait_for("Мектептер қаралды")
    assert "Оспанов" not in shown["text"]
