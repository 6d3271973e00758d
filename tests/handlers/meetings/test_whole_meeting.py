"""A whole meeting of a Bureau of fifteen, from its draft into the archive, on their telephones.

It is Tuesday, 24 November 2026, 10:00 in Turkistan.
"""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

from docx import Document
from sqlalchemy import delete, select, update

from bot.simulator.client import Person
from storage.tables import body_members, memberships, outbox
from tests.handlers.conftest import Stage
from tests.handlers.meetings.attendance_stage import fifteen_on
from tests.handlers.talking import meets, sends, taps
from tests.storage.meetings.attendance_world import FIRST, SURNAMES

Json = dict[str, Any]
People = dict[int, Person]

AIGUL, MOLDIR, SAULE, VIKTORIA, OLEG = 1001, 1002, 1005, 1007, 1015
COMING = SURNAMES[:8]
LATER = date(2026, 11, 25)
FOLDED = timedelta(seconds=10)  # proposals of a few seconds are one notice
PAST = {"kk": ("Өткен отырыстар", "🗓"), "ru": ("Прошедшие заседания", "🗓")}
MANAGE = {"kk": ("Отырысты басқару", "Не істейміз?"), "ru": ("Управлять", "Что нужно сделать?")}


def member(surname: str) -> int:
    """The Telegram id of one of the fifteen."""
    return FIRST + SURNAMES.index(surname)


async def goes(person: Person, *steps: tuple[str, str]) -> Json:
    """The person taps one button after the other, reading each screen."""
    screen: Json = {}
    for label, expected in steps:
        screen = await taps(person, label, expected)
    return screen


async def manages(person: Person, language: str, *steps: tuple[str, str]) -> Json:
    """From the card of the next meeting to a thing to be done."""
    await sends(person, "/next", "🗓")
    return await goes(person, MANAGE[language], *steps)


async def manages_past(person: Person, language: str, *steps: tuple[str, str]) -> Json:
    """The same for the meeting held last."""
    await sends(person, "/meetings", "🗓")
    await goes(person, PAST[language], ("30", "🗓"), MANAGE[language])
    return await goes(person, *steps)


async def heard(people: People, words: str) -> set[int]:
    """Who has a message of the bot with the words."""
    return {
        telegram_id
        for telegram_id, person in people.items()
        for message in await person.messages()
        if message["sender"]["is_bot"] and words in (message.get("text") or "")
    }


async def last_document(stage: Stage, person: Person) -> list[str]:
    """The lines of the document that a person got last, as an office opens it."""
    file = [message["file"] for message in await person.messages() if message.get("file")][-1]
    async with stage.session.get(stage.telegram.url + file["url"]) as answer:
        content = await answer.read()
    return [p.text for p in Document(BytesIO(content)).paragraphs if p.text.strip()]


def in_order(lines: list[str], *wanted: str) -> None:
    """The words stand in the lines, one after the other."""
    at = -1
    for words in wanted:
        at = next((n for n, line in enumerate(lines) if n > at and words in line), len(lines))
        assert at < len(lines), f"{words!r} is missing or stands elsewhere in {lines}"


async def test_from_a_draft_into_the_archive_in_kazakh(stage: Stage) -> None:
    await fifteen_on(stage)
    aigul = await meets(stage, AIGUL, "kk")
    fifteen = {FIRST + n: await meets(stage, FIRST + n, "kk") for n in range(15)}
    moldir, saule = await meets(stage, MOLDIR, "kk"), await meets(stage, SAULE, "kk")
    viktoria = await meets(stage, VIKTORIA, "kk")
    called: People = {AIGUL: aigul, MOLDIR: moldir, VIKTORIA: viktoria, **fifteen}
    everybody = {SAULE: saule, **called}
    abaev, isaev = fifteen[member("Абаев")], fifteen[member("Исаев")]

    # A draft with its agenda and its speakers: nobody is told.
    await sends(aigul, "/newmeeting", "(1/5)")
    await taps(aigul, "Бюро отырысы", "(2/5)")
    await sends(aigul, "27.11 10:00", "(4/5)")
    await sends(aigul, "мәжіліс залы", "(5/5)")
    await sends(aigul, "1. Ауыз су туралы\n2. Жолдар туралы\n3. Кадрлар туралы", "Жарияламас бұрын")
    await goes(aigul, ("Қаралама ретінде сақтау", "✅ Қаралама сақталды"), MANAGE["kk"])
    await goes(aigul, ("Күн тәртібі", "Күн тәртібі"), ("1", "1-мәселе"))
    await taps(aigul, "Баяндамашы", "кім баяндайды")
    await sends(aigul, "ли", "кім баяндайды")
    await taps(aigul, "Ли Виктория", "Баяндамашы: Ли Виктория")
    await goes(aigul, ("Уақыты", "неше минут"), ("20 мин", "10:00 · 20 мин"))
    await taps(aigul, "Шешім жобасы", "Қазақша жазыңыз")
    await sends(aigul, "Есеп мақұлдансын", "Шешім жобасы: Есеп мақұлдансын")
    await goes(aigul, ("‹ Артқа", "Күн тәртібі"), ("2", "2-мәселе"))
    await taps(aigul, "Баяндамашы", "кім баяндайды")
    await sends(aigul, "Асан Үсен, жол басқармасының басшысы", "Тіркелгендер арасында")
    await taps(aigul, "Тіркелмеген", "Баяндамашы: Асан Үсен, жол басқармасының басшысы")
    await goes(aigul, ("‹ Артқа", "Күн тәртібі"), ("3", "3-мәселе"), ("Кім көреді", "кім көреді"))
    await goes(aigul, ("тек орган мүшелері", "тек орган мүшелері"), ("‹ Артқа", "Күн тәртібі"))
    assert await heard(everybody, "Хабарландыру") == set()

    # Announced to the fifteen, the two secretaries and the speaker.
    await goes(aigul, ("‹ Артқа", "Не істейміз?"), ("Отырысты жариялау", "бірден 18 адамға"))
    await taps(aigul, "18 адамға хабарлау", "✅ Жарияланды")
    for person in called.values():
        await person.wait_for("🗓 Хабарландыру")
    assert await heard(everybody, "🗓 Хабарландыру") == set(called)
    # When is it? One tap from the menu, for whoever is not called as well.
    await sends(saule, "/menu", "Мәзір")
    card = await taps(saule, "Келесі отырыс", "27 қараша, жұма, 10:00 · 3 күн қалды")
    assert "Кадрлар туралы" not in card["text"]
    assert not {"Қатысамын", "Қатыса алмаймын"} & set(saule.labels(card))

    # Answers, each with one tap on the notice; then it is moved, and all are asked anew.
    await taps(abaev, "Қатысамын", "✅ Жауабыңыз: қатысасыз")
    await goes(aigul, ("Толығырақ", "Кадрлар туралы"), MANAGE["kk"])
    await taps(aigul, "Басқа уақытқа ауыстыру", "(1/3)")
    await sends(aigul, "30.11 10:00", "(3/3)")
    await sends(aigul, "зал жөнделіп жатыр", "Ауыстырмас бұрын тексеріңіз")
    await taps(aigul, "Ауыстыру, 18 адамға хабарлау", "✅ Отырыс ауыстырылды")
    for person in called.values():
        await person.wait_for("Себебі: зал жөнделіп жатыр")
    assert await heard(everybody, "⏰ Отырыс басқа уақытқа ауыстырылды") == set(called)
    for surname in COMING:
        await taps(fifteen[member(surname)], "Қатысамын", "✅ Жауабыңыз: қатысасыз")
    away = fifteen[member("Рахимов")]
    await taps(away, "Қатыса алмаймын", "Себебін қысқаша жазыңыз")
    await sends(away, "іссапардамын", "➖ Жауабыңыз: қатыса алмайсыз")
    await taps(viktoria, "Қатысамын", "✅ Жауабыңыз: қатысасыз")

    # Only those who are silent are nudged.
    silent = set(called) - {member(surname) for surname in COMING} - {member("Рахимов"), VIKTORIA}
    await manages(aigul, "kk", ("Кім қатысады", "✅ Қатысады: 9"))
    await taps(aigul, "Жауап бермегендерге еске салу", f"тағы бір рет сұралады: {len(silent)}")
    await taps(aigul, f"Еске салу: {len(silent)}", f"жіберілді: {len(silent)}")
    for telegram_id in silent:
        await called[telegram_id].wait_for("Жауабыңызды күтеміз")
    assert await heard(everybody, "Жауабыңызды күтеміз") == silent

    # Three days before: everybody but who cannot, and the speaker for her papers.
    await stage.move(timedelta(days=3, minutes=1))
    for telegram_id in set(called) - {member("Рахимов")}:
        await called[telegram_id].wait_for("⏰ Еске саламыз: отырыс")
    assert await heard(everybody, "⏰ Еске саламыз") == set(called) - {member("Рахимов")}
    await viktoria.wait_for("Мәселеңіздің материалдары әлі жоқ")
    await goes(viktoria, ("1-мәселе", "Ауыз су туралы"), ("📎 Материалдар", "📎"))

    # On the day: the roll, and a quorum of eight out of fifteen.
    await stage.move(timedelta(days=2, hours=23, minutes=49))
    await manages(aigul, "kk", ("Қатысушыларды түгендеу", "⚠️ Кворум жоқ: 15 мүшеден 0, қажеті 8"))
    await taps(aigul, "Келемін дегендердің бәрі: 9", "✅ Кворум бар: 15 мүшеден 8, қажеті 8")
    await goes(
        aigul, ("‹ Артқа", "Не істейміз?"), ("Отырысты бастау", "Отырысты қазір бастайсыз ба?")
    )
    await taps(aigul, "✅ Бастау", "✅ Отырыс басталды.")

    # The first item: what people say from their telephones, and a vote.
    await goes(
        aigul, ("Отырысты жүргізу", "Жаңа ұсыныстар: 0"), ("1-мәселеге өту", "Талқылануда: 1.")
    )
    await sends(abaev, "/next", "Талқылануда: 1. Ауыз су туралы")
    await taps(abaev, "Ұсыныс беру", "Ұсынысыңыз, мәселе 1.")
    await sends(abaev, "Жылға ауылына су құбыры тартылсын", "✅ Ұсынысыңыз хатшыға жіберілді")
    await sends(isaev, "/next", "Талқылануда: 1.")
    await taps(isaev, "Ескертпе айту", "Сын-ескертпеңіз, мәселе 1.")
    await sends(isaev, "Есеп кеш берілді", "✅ Ескертпеңіз хатшыға жіберілді")
    await stage.move(FOLDED)
    await aigul.wait_for("Жаңа ұсыныстар: 2")
    await taps(aigul, "Жылға", "📝 Ұсыныс · шешім күтуде")
    await goes(aigul, ("Құжатқа енгізу", "Құжатта: 1-тармақ"), ("‹ Артқа", "Енгізілгені: 1"))
    await goes(aigul, ("Жаңасы", "Жаңа ұсыныстар: 1"), ("Есеп кеш", "📝 Сын-ескертпе"))
    await taps(aigul, "Қабылдамау", "қабылданбады")

    await manages(aigul, "kk", ("Дауыс беру", "Қай мәселе дауысқа салынады?"))
    await taps(aigul, "1. Ауыз су", "Шешім жобасы: Есеп мақұлдансын")
    await taps(aigul, "Дауыс беруді ашу: 8 мүше", "Ашық дауыс беру: 1-мәселе")
    for surname in COMING:
        voter = fifteen[member(surname)]
        await voter.wait_for("Ашық дауыс беру: 1-мәселе")
        choice = "Қарсымын" if surname == "Исаев" else "Жақтаймын"
        await taps(voter, choice, "Сіздің дауысыңыз")
    await taps(aigul, "Жаңарту", "Жақтады: 7 · қарсы: 1 · қалыс қалды: 0")
    await taps(aigul, "Дауыс беруді аяқтау", "✅ Қабылданды")
    await manages(aigul, "kk", ("Отырысты жүргізу", "Талқылануда: 1."))
    await taps(aigul, "Жоба бойынша шешу", "Шешім: Есеп мақұлдансын")
    result = await goes(abaev, ("‹ Артқа", "Кворум бар"), ("1", "Шешім: Есеп мақұлдансын"))
    assert "✅ Қабылданды · Жақтады: 7 · қарсы: 1 · қалыс қалды: 0" in result["text"]
    await goes(
        abaev,
        ("Дауыс беру нәтижесі", "Сіздің дауысыңыз: жақтады"),
        ("Кім қалай", "Исаев Асан — қарсы"),
    )

    # The second: somebody leaves, and without a quorum nobody votes.
    await taps(aigul, "2-мәселеге өту", "Талқылануда: 2. Жолдар туралы")
    await manages(aigul, "kk", ("Қатысушыларды түгендеу", "Талқыланып жатқан мәселе: 2"))
    await taps(aigul, "✅ Исаев", "⚠️ Кворум жоқ: 15 мүшеден 7, қажеті 8")
    assert (aigul.toast, aigul.alert) == ("Назар аударыңыз: кворум жоқ болды.", True)
    await goes(aigul, ("‹ Артқа", "Не істейміз?"), ("Дауыс беру", "⚠️ Кворум жоқ"))
    refused = await taps(aigul, "2. Жолдар туралы", "кворумсыз дауыс берілмейді")
    assert not [label for label in aigul.labels(refused) if "Дауыс беруді ашу" in label]
    await manages(aigul, "kk", ("Қатысушыларды түгендеу", "⚠️ Кворум жоқ"))
    await taps(aigul, "— Исаев", "✅ Кворум бар: 15 мүшеден 8, қажеті 8")
    await goes(aigul, ("‹ Артқа", "Не істейміз?"), ("Дауыс беру", "✅ Кворум бар"))
    await taps(aigul, "2. Жолдар туралы", "Сұрақ: Жолдар туралы")
    await sends(aigul, "Жол жоспары бекітілсін бе?", "Сұрақ: Жол жоспары бекітілсін бе?")
    await taps(aigul, "Дауыс беруді ашу: 8 мүше", "Ашық дауыс беру: 2-мәселе")
    for surname in COMING:
        voter = fifteen[member(surname)]
        await voter.wait_for("Ашық дауыс беру: 2-мәселе")
        await taps(voter, "Жақтаймын", "Сіздің дауысыңыз: жақтады")
    await taps(aigul, "Дауыс беруді аяқтау", "✅ Қабылданды")
    await manages(aigul, "kk", ("Отырысты жүргізу", "Талқылануда: 2."))
    asked = await taps(aigul, "Шешімді жазу", "Мәселе бойынша не шешілді?")
    assert "2. Жолдар туралы" in asked["text"]
    await sends(aigul, "Жол жоспары бекітілсін", "Шешім: Жол жоспары бекітілсін")

    # The third is for the members only.
    await taps(aigul, "3-мәселеге өту", "Талқылануда: 3. Кадрлар туралы")
    await sends(viktoria, "/next", "Кворум бар")
    assert not [m for m in await viktoria.messages() if "Кадрлар" in (m.get("text") or "")]
    await taps(aigul, "Бұл мәселені аяқтау", "Талқыланып жатқан мәселе жоқ.")
    await goes(aigul, ("‹ Артқа", "Не істейміз?"), ("Отырысты аяқтау", "қайтаруға болмайды"))
    await taps(aigul, "✅ Аяқталды", "✅ Отырыс өтті.")

    # The final document: a proposal becomes an instruction in two taps.
    await taps(aigul, "Қорытынды құжат", "Тармақтар: 1")
    await taps(aigul, "Шешімдерді қосу: 2", "Тармақтар: 3")
    await taps(aigul, "1. Жылға", "📄 1-тармақ")
    await taps(aigul, "Осы бойынша тапсырма беру", "Кім орындайды?")
    await taps(aigul, "Ли Виктория", "📌 № 1 тапсырма")
    await taps(aigul, "Мерзімі", "Қай күнге дейін")
    await sends(aigul, "25.12", "Орындау мерзімі: 25 желтоқсан, жұма")
    await goes(aigul, ("‹ Артқа", "📄 1-тармақ"), ("‹ Артқа", "Тармақтар: 3"))
    await taps(aigul, "Толық қарап, бекіту", "Бақылауға алынатын тапсырма: 1")
    await taps(aigul, "✅ Бекіту", "✅ Бекітілді: 30 қараша")
    told = await viktoria.wait_for("📌 Сізге тапсырма берілді")
    assert "Орындау мерзімі: 25 желтоқсан, жұма · 25 күн қалды" in told["text"]
    assert await heard(everybody, "📌 Сізге тапсырма берілді") == {VIKTORIA}
    await taps(viktoria, "Тапсырманы ашу", "📌 № 1 тапсырма · ⏳ Бақылауда")

    # The minutes, signed, and the archive.
    await manages_past(aigul, "kk", ("Хаттама", "⏳ Әлі қол қойылған жоқ"))
    await taps(aigul, "Қазақша файл", "📄 Хаттама")
    in_order(
        await last_document(stage, aigul),
        "САЯСИ КЕҢЕС БЮРОСЫ",
        "2026 жылғы 30 қараша",
        "Өткізілген жері: мәжіліс залы",
        "Отырыс хатшысы: Сейтова Айгүл",
        "мүшелер: 8 – Абаев Асан;",
        "Қатыспаған мүшелер: 7",
        "Сайланған мүше: 15, кворумға қажет: 8, қатысты: 8. Кворум бар.",
        "1. ТЫҢДАЛДЫ: Ли Виктория – Ауыз су туралы",
        "Абаев Асан – Ұсыныс: Жылға ауылына су құбыры тартылсын",
        "ШЕШТІ: Есеп мақұлдансын",
        "жақтады – 7, қарсы – 1, қалыс қалды – 0. Шешім қабылданды.",
        "2. ТЫҢДАЛДЫ: Асан Үсен, жол басқармасының басшысы – Жолдар туралы",
        "ШЕШТІ: Жол жоспары бекітілсін",
        "3. ТЫҢДАЛДЫ: Кадрлар туралы",
    )
    await taps(aigul, "Нөмірін енгізіп", "Хаттама қандай нөмірмен тіркелді?")
    await sends(aigul, "14", "Хаттамаға № 14 нөмірімен қол қойылды ма?")
    await taps(aigul, "✅ Қол қойылды: № 14", "✅ Қол қойылды: № 14, 30 қараша")
    await goes(aigul, ("‹ Артқа", "Не істейміз?"), ("Мұрағатқа", "мұрағатқа жібересіз бе?"))
    await taps(aigul, "✅ Мұрағатқа", "өтті, мұрағатта")

    # What was decided is there for those whom it concerns.
    await sends(saule, "су құбыры", "Жылға ауылына су құбыры тартылсын")
    await sends(saule, "/menu", "Мәзір")
    await taps(saule, "Соңғы қорытынды", "Саяси кеңесі Бюросының отырысы")
    item = await goes(saule, ("‹ Артқа", "өтті, мұрағатта"), ("1", "Шешім: Есеп мақұлдансын"))
    assert "Дауыс беру нәтижесі" not in saule.labels(item)
    assert await heard({SAULE: saule}, "Кадрлар") == set()
    await goes(saule, ("‹ Артқа", "мұрағатта"), ("Қорытынды құжат", "2. Есеп мақұлдансын"))


async def test_from_the_announcement_into_the_archive_in_russian(stage: Stage) -> None:
    await fifteen_on(stage)
    aigul = await meets(stage, AIGUL, "ru")
    fifteen = {FIRST + n: await meets(stage, FIRST + n, "ru") for n in range(15)}
    viktoria, oleg = await meets(stage, VIKTORIA, "ru"), await meets(stage, OLEG, "ru")
    abaev = fifteen[member("Абаев")]

    await sends(aigul, "/newmeeting", "(1/5)")
    await taps(aigul, "Заседание Бюро", "(2/5)")
    await sends(aigul, "в пятницу в 10:00", "(4/5)")
    await sends(aigul, "зал заседаний", "(5/5)")
    agenda = "1) О питьевой воде\n2) О дорогах\n3) О кадрах"
    await sends(aigul, agenda, "членам Бюро, секретарям и докладчикам, получателей: 17")
    await taps(aigul, "Объявить: 17 чел.", "✅ Объявлено")
    for person in fifteen.values():
        await person.wait_for("🗓 Объявление")

    # A speaker who is named afterwards is called at once, and sends in her papers.
    await goes(aigul, ("Подробнее", "О кадрах"), MANAGE["ru"], ("Повестка дня", "вопросов 3"))
    await goes(aigul, ("1", "Вопрос 1 · отчёт"), ("Докладчик", "Кто докладывает"))
    await sends(aigul, "ли в", "Кто докладывает")
    await taps(aigul, "Ли Виктория", "Докладчик: Ли Виктория")
    assert aigul.toast == "Добавлено в список заседания, объявление отправлено."
    notice = await viktoria.wait_for("🗓 Объявление")
    assert "Буду" in viktoria.labels(notice)
    await goes(viktoria, ("Подробнее", "О питьевой воде"), ("1", "Вопрос 1 из 3"))
    await goes(viktoria, ("📎 Материалы", "📎"), ("➕ Добавить файлы", "Сейчас файлов: 0"))
    await viktoria.send_document("Отчёт.pdf", b"%PDF-1.4")
    await viktoria.wait_for("✅ Сохранено: Отчёт.pdf")

    # Three quick changes, one notice to those who were called.
    await manages(aigul, "ru", ("Изменить", "Что изменить?"), ("Формат", "Формат: очно"))
    await goes(aigul, ("в смешанном формате", "✅ Изменено."), ("Ссылка", "адрес целиком"))
    await sends(aigul, "https://meet.example.kz/7", "одним сообщением")
    await stage.move(timedelta(minutes=5, seconds=5))
    change = await abaev.wait_for("🗓 Изменились сведения о заседании")
    assert "Изменилось: формат, ссылка" in change["text"]
    assert "Подключиться онлайн" in abaev.labels(change)
    called = {AIGUL: aigul, VIKTORIA: viktoria, **fifteen}
    for person in called.values():
        await person.wait_for("Изменились сведения о заседании")
    assert await heard({OLEG: oleg, **called}, "Изменились сведения о заседании") == set(called)
    await sends(oleg, "/next", "🗓")
    assert "Подключиться онлайн" not in oleg.labels(await oleg.last())

    # On the day somebody's telephone is at home; a stand-in is not counted.
    for surname in COMING[:7]:
        await taps(fifteen[member(surname)], "Буду", "✅ Ваш ответ: будете")
    await stage.move(timedelta(days=2, hours=23, minutes=45))
    await manages(aigul, "ru", ("Перекличка", "⚠️ Кворума нет: 0 из 15, нужно 8"))
    await taps(aigul, "Все, кто обещал быть: 7", "⚠️ Кворума нет: 7 из 15, нужно 8")
    await taps(aigul, "— Исаев", "✅ Кворум есть: 8 из 15, нужно 8")
    await goes(aigul, ("‹ Назад", "Что нужно"), ("Начать заседание", "Начать заседание сейчас?"))
    await goes(
        aigul, ("✅ Начать", "✅ Заседание началось."), ("Вести заседание", "не обсуждается")
    )
    await taps(aigul, "Перейти к вопросу 1", "Обсуждается: 1. О питьевой воде")

    # A proposal comes from the room and becomes an instruction in two taps.
    await sends(abaev, "/next", "Обсуждается: 1. О питьевой воде")
    await taps(abaev, "Внести предложение", "Ваше предложение по вопросу 1.")
    await sends(abaev, "Провести водопровод в Жылгу", "✅ Ваше предложение отправлено секретарю")
    await stage.move(FOLDED)
    await aigul.wait_for("Провести водопровод в Жылгу")
    await goes(aigul, ("Сделать поручением", "Кто исполняет?"), ("Ли Виктория", "📌 Поручение № 1"))
    await taps(aigul, "Срок", "До какого дня исполнить?")
    await sends(aigul, "через 30 дней", "Срок исполнения: 27 декабря, воскресенье")

    # The quorum is lost while they vote: nothing is decided; it is there again, and they vote anew.
    await manages(aigul, "ru", ("Голосования", "Какой вопрос ставится"))
    await goes(
        aigul, ("1. О питьевой воде", "✅ Кворум есть"), ("Начать голосование: 8", "Открытое")
    )
    for surname in COMING:
        await fifteen[member(surname)].wait_for("Открытое голосование: вопрос 1")
        await taps(fifteen[member(surname)], "За", "Ваш голос: за")
    await manages(aigul, "ru", ("Перекличка", "✅ Кворум есть"))
    await taps(aigul, "✅ Исаев", "⚠️ Кворума нет: 7 из 15, нужно 8")
    assert (aigul.toast, aigul.alert) == ("Внимание: кворума больше нет.", True)
    await goes(aigul, ("‹ Назад", "Что нужно"), ("Голосования", "⚠️ Кворума нет"))
    await goes(aigul, ("🗳 1.", "решение принято не будет"), ("Завершить", "решение не принято"))
    await manages(aigul, "ru", ("Перекличка", "⚠️ Кворума нет"))
    await taps(aigul, "— Исаев", "✅ Кворум есть")
    assert aigul.toast == "Теперь кворум есть."
    await goes(aigul, ("‹ Назад", "Что нужно"), ("Голосования", "✅ Кворум есть"))
    await taps(aigul, "⚠️ 1. О питьевой воде", "решение не принято")
    await goes(
        aigul, ("Голосовать заново", "✅ Кворум есть"), ("Начать голосование: 8", "Открытое")
    )
    for surname in COMING[:5]:
        voter = fifteen[member(surname)]
        await voter.wait_for("Вы ещё не голосовали")
        await taps(voter, "За", "Ваш голос: за")
    await taps(aigul, "Поимённо, поднятые руки", "Абаев Асан — за")
    await goes(aigul, ("✋ Жүсіпов", "Как голосует: Жүсіпов Асан?"), ("Воздерж", "воздержались: 1"))
    await taps(aigul, "Завершить голосование", "✅ Принято")
    await goes(aigul, ("Вести заседание", "✅ Кворум есть"), ("Записать решение", "Что решили"))
    await sends(aigul, "Отчёт утвердить", "Решение: Отчёт утвердить")

    # The second is led from one screen; the third is carried over to the next meeting.
    await taps(aigul, "Перейти к вопросу 2", "Обсуждается: 2. О дорогах")
    await goes(aigul, ("На голосование", "Вопрос: О дорогах"), ("Начать голосование", "Открытое"))
    for surname in COMING:
        voter = fifteen[member(surname)]
        await voter.wait_for("Открытое голосование: вопрос 2")
        await taps(voter, "За", "Ваш голос: за")
    await goes(aigul, ("Завершить голосование", "✅ Принято"), ("Вести заседание", "2. О дорогах"))
    await taps(aigul, "Записать решение", "Что решили")
    await sends(aigul, "Построить дорогу к школе", "Решение: Построить дорогу к школе")
    await taps(aigul, "Перейти к вопросу 3", "Обсуждается: 3. О кадрах")
    await goes(aigul, ("Завершить этот вопрос", "не обсуждается"), ("‹ Назад", "Что нужно"))
    await goes(aigul, ("Закончить заседание", "вернуть назад"), ("✅ Закончилось", "✅ Заседание"))

    # The document, of which the executor hears once it is approved.
    await goes(aigul, ("Итоговый документ", "Пунктов: 1"), ("Добавить решения: 2", "Пунктов: 3"))
    await taps(aigul, "Посмотреть целиком и утвердить", "Поручений на контроль: 1")
    assert await heard({VIKTORIA: viktoria}, "📌 Вам дано поручение") == set()
    await taps(aigul, "✅ Утвердить", "✅ Утверждён: 27 ноября")
    await viktoria.wait_for("📌 Вам дано поручение")
    await taps(viktoria, "Открыть поручение", "Провести водопровод в Жылгу")

    # Nobody signs: on the next working morning the secretary is asked.
    await stage.move(timedelta(days=3))
    await aigul.wait_for("⏰ Документы заседания не готовы")
    await taps(aigul, "Протокол", "⏳ Ещё не подписан")
    await taps(aigul, "Файл на русском", "📄 Протокол")
    in_order(
        await last_document(stage, aigul),
        "БЮРО ПОЛИТИЧЕСКОГО СОВЕТА",
        "27 ноября 2026 года",
        "Секретарь заседания: Сейтова Айгүл",
        "Присутствовали: 8",
        "Избрано членов: 15, необходимо для кворума: 8, присутствовало: 8. Кворум есть.",
        "1. СЛУШАЛИ: Ли Виктория – О питьевой воде",
        "Абаев Асан – Предложение: Провести водопровод в Жылгу",
        "РЕШИЛИ: Отчёт утвердить",
        "за – 7, против – 0, воздержались – 0. Кворума не было.",
        "за – 5, против – 0, воздержались – 1. Решение принято.",
        "2. СЛУШАЛИ: О дорогах",
        "РЕШИЛИ: Построить дорогу к школе",
        "за – 8, против – 0, воздержались – 0",
    )
    await taps(aigul, "Внести номер", "Под каким номером")
    await sends(aigul, "№ 7", "Протокол подписан под № 7?")
    await goes(aigul, ("✅ Подписан: № 7", "✅ Подписан: № 7"), ("‹ Назад", "Что нужно"))
    await goes(aigul, ("В архив", "в архив?"), ("✅ В архив", "состоялось, в архиве"))
    card = await goes(oleg, ("‹ Назад", "🗓"), ("Прошедшие заседания", "🗓"), ("27", "в архиве"))
    assert "Итоговый документ" in oleg.labels(card)
    await sends(oleg, "дорогу к школе", "Построить дорогу к школе")


async def test_moved_and_cancelled_for_exactly_those_who_had_the_first_notice(stage: Stage) -> None:
    await fifteen_on(stage)
    aigul = await meets(stage, AIGUL, "kk")
    fifteen = {FIRST + n: await meets(stage, FIRST + n, "kk") for n in range(15)}
    viktoria, oleg = await meets(stage, VIKTORIA, "kk"), await meets(stage, OLEG, "kk")
    everybody = {VIKTORIA: viktoria, OLEG: oleg, **fifteen}
    last = fifteen[member("Рахимов")]

    # Of the fifteen one is elected only after the first notice.
    seat = body_members.c.person_id == last.id - 1000
    await stage.database.write(
        lambda tx: tx.execute(update(body_members).where(seat).values(starts_on=LATER)) and None
    )
    await sends(aigul, "/newmeeting", "(1/5)")
    await taps(aigul, "Бюро отырысы", "(2/5)")
    await sends(aigul, "03.12 10:00", "(4/5)")
    await goes(aigul, ("Өткізіп жіберу", "(5/5)"), ("Өткізіп жіберу", "16 адамға"))
    await taps(aigul, "16 адамға хабарлау", "✅ Жарияланды")
    told = set(fifteen) - {last.id}
    for telegram_id in told:
        await fifteen[telegram_id].wait_for("🗓 Хабарландыру")

    # One more is put on the list, one says that they cannot come, one leaves the party.
    await manages(aigul, "kk", ("Кім қатысады", "Жауап бермеді: 16"))
    await goes(aigul, ("Тізімге қосу", "Қандай мәртебеде"), ("шақырылған", "Тегін жазыңыз"))
    await sends(aigul, "Ли", "Тіркелгендерден таңдаңыз")
    await taps(aigul, "Ли Виктория", "Ли Виктория")
    await viktoria.wait_for("🗓 Хабарландыру")
    told.add(VIKTORIA)
    await goes(
        fifteen[FIRST], ("Қатыса алмаймын", "Себебін"), ("Өткізіп жіберу", "қатыса алмайсыз")
    )
    gone = member("Омаров")
    leaves = delete(memberships).where(memberships.c.person_id == gone - 1000)
    await stage.database.write(lambda tx: tx.execute(leaves) and None)
    told.discard(gone)

    await stage.move(timedelta(days=1))
    await manages(aigul, "kk", ("Басқа уақытқа ауыстыру", "(1/3)"))
    await sends(aigul, "07.12 10:00", "(3/3)")
    await goes(aigul, ("Өткізіп жіберу", "тексеріңіз"), ("Ауыстыру, 17", "✅ Отырыс ауыстырылды"))
    for telegram_id in told:
        await everybody[telegram_id].wait_for("⏰ Отырыс басқа уақытқа ауыстырылды")
    assert await heard(everybody, "Отырыс басқа уақытқа ауыстырылды") == told

    await manages(aigul, "kk", ("Отырысты болдырмау", "(1/2)"))
    await sends(aigul, "боран", "Болдырмас бұрын тексеріңіз")
    await taps(aigul, "Болдырмау, 17 адамға", "✅ Отырыс өткізілмейді")
    for telegram_id in told:
        await everybody[telegram_id].wait_for("⚠️ Отырыс өткізілмейді")
    assert await heard(everybody, "⚠️ Отырыс өткізілмейді") == told

    # Neither of the days it was on reminds anybody any more.
    await stage.move(timedelta(days=9))
    await stage.move(timedelta(days=4))
    kinds = select(outbox.c.kind).where(outbox.c.kind.in_(("meeting_reminder", "meeting_soon")))
    assert await stage.database.read(lambda tx: tx.execute(kinds).all()) == []
