"""Stories of workbooks: a form filled in, looked at; meetings sent out, a meeting in one file."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import Workbook, load_workbook
from sqlalchemy import Connection, delete, func, select, update

from bot.simulator.client import Person
from handlers.meetings.exchange import archiving
from handlers.meetings.exchange.callbacks import AddAll, Archive, Exchange, LookAt
from handlers.meetings.exchange.form import FIELDS, TITLES
from handlers.ui.i18n import translator
from storage.meetings import clauses, voting
from storage.meetings.exchange.limits import ROWS
from storage.meetings.exchange.rows import ITEMS, MEETINGS
from storage.tables import agenda_items, materials, memberships
from storage.tables import meetings as table
from tests.conftest import NOW
from tests.handlers.conftest import Stage
from tests.handlers.meetings.agenda_stage import AIGUL, DARKHAN, ERIK, MOLDIR, ids, manages
from tests.handlers.papers import workbook_making as making
from tests.handlers.talking import meets, taps
from tests.storage.meetings import sitting_world as sitting
from tests.storage.meetings.agenda_world import Ids

__all__ = ["ids"]

Json = dict[str, Any]
Change = Callable[[Workbook], Any]
MEETING_FIELDS = ("key", "branch", "body", "title_kk", "title_ru", "day", "clock")
ITEM_FIELDS = ("key", "title_kk", "decision_kk", "minutes", "visibility")
COUNCIL = ("1", "САР", "Саяси кеңес", "Кеңес отырысы", None, "12.12.2026", "10:00")
PAST = ("2", "САР", "Политический совет", None, "Заседание совета", "12 наурыз 2023 ж.", "15.30")
REPORT = ("1", "Есеп", None, 15, "Барлық мүшелер")
ROADS = ("2", "Жолдар туралы", "Бекітілсін", None, None)


def headed(language: str, sheet: str, names: Sequence[str]) -> list[str]:
    t = translator(language)
    labels = {field.name: field.label for field in FIELDS[sheet]}
    return [t.plain(labels[name]) for name in names]


def filled(
    meetings: Sequence[Sequence[Any]],
    items: Sequence[Sequence[Any]] = (),
    language: str = "kk",
    change: Change | None = None,
) -> bytes:
    """A form filled in by hand, with the columns that somebody needs."""
    t = translator(language)
    sheets = {
        t.plain(TITLES[MEETINGS]): [headed(language, MEETINGS, MEETING_FIELDS), *meetings],
        t.plain(TITLES[ITEMS]): [headed(language, ITEMS, ITEM_FIELDS), *items],
    }
    return making.book(sheets, change)


async def goes_to_excel(person: Person, label: str = "📊 Отырыстар Excel кестесінде") -> None:
    await person.send("/meetings")
    await person.wait_for("🗓")
    await taps(person, label, "📊")


async def sends(person: Person, content: bytes, expected: str, name: str = "Жоспар.xlsx") -> Json:
    await person.send_document(name, content)
    return await person.wait_for(expected)


async def has_it_sent(stage: Stage, person: Person) -> tuple[str, bytes]:
    """The name and content of the newest file in the chat."""
    files = [m["file"] for m in await person.messages() if m["kind"] == "document"]
    async with stage.session.get(f"{stage.telegram.url}{files[-1]['url']}") as answer:
        return files[-1]["name"], await answer.read()


def kept(tx: Connection) -> list[tuple[Any, ...]]:
    columns = (table.c.state, table.c.title_kk, table.c.title_ru, table.c.starts_at)
    return [tuple(row) for row in tx.execute(select(*columns).order_by(table.c.id))]


def words(message: Json) -> str:
    return str(message["html"])


async def test_a_form_is_taken_filled_in_looked_at_and_added(stage: Stage) -> None:
    moldir = await meets(stage, MOLDIR)
    await goes_to_excel(moldir)
    await taps(moldir, "Бос үлгі қазақша", "📊")
    name, content = await has_it_sent(stage, moldir)
    assert name == "Отырыстар үлгісі.xlsx"
    form = load_workbook(BytesIO(content))
    assert form.sheetnames == ["Отырыстар", "Күн тәртібі", "Түсініктеме", "Тізімдер"]
    sheet = form["Отырыстар"]
    places = {cell.value: cell.column for cell in sheet[1]}
    for heading, value in (
        ("Кілт *", "1"),
        ("Филиал *", "САР"),
        ("Орган *", "Саяси кеңес"),
        ("Қазақша атауы", "=Есеп"),
    ):
        sheet.cell(2, places[heading]).value = value
        sheet.cell(2, places[heading]).data_type = "s"
    filled_in = BytesIO()
    form.save(filled_in)

    await taps(moldir, "📥 Толтырылған үлгіні жіберу", "Кітапты файл етіп жіберіңіз")
    seen = await sends(moldir, filled_in.getvalue(), "Қосылады: 1 отырыс, 0 мәселе")
    assert "2. Күні белгіленбеген · САР · Саяси кеңес · =Есеп" in words(seen)
    assert "Қаралама: 1. Олар туралы ешкімге хабарланбайды." in words(seen)
    await taps(moldir, "✅ 1 отырысты қосу", "Қосылды: 1 отырыс")
    assert await stage.database.read(kept) == [("draft", "=Есеп", "=Есеп", None)]
    await taps(moldir, "Алдағы отырыстар", "🗓")


async def test_meetings_of_the_past_are_held_and_told_so_before(stage: Stage) -> None:
    moldir = await meets(stage, MOLDIR, "ru")
    await goes_to_excel(moldir, "📊 Заседания в Excel")
    await taps(moldir, "📥 Прислать заполненный бланк", "Пришлите книгу файлом")
    # The headings and words of one language, sent by whoever uses the other.
    seen = await sends(moldir, filled((COUNCIL, PAST), (REPORT, ROADS)), "Будет добавлено")
    assert "заседаний 2, вопросов 2" in words(seen)
    assert "Состоявшиеся, члены партии увидят их сразу: 1" in words(seen)
    assert "3. 12.03.2023 15:30 · САР · Политический совет · Заседание совета" in words(seen)
    await taps(moldir, "✅ Добавить заседания: 2", "Добавлено: заседаний 2, вопросов 2")
    found = await stage.database.read(kept)
    assert [(state, kk) for state, kk, *_ in found] == [
        ("draft", "Кеңес отырысы"),
        ("held", "Заседание совета"),
    ]
    assert found[1][3].isoformat() == "2023-03-12T09:30:00+00:00", "it was UTC+6 then"


async def test_what_is_wrong_is_said_line_by_line_and_the_mended_form_is_taken(
    stage: Stage,
) -> None:
    moldir = await meets(stage, MOLDIR)
    await goes_to_excel(moldir)
    await taps(moldir, "📥 Толтырылған үлгіні жіберу", "Кітапты файл етіп жіберіңіз")
    bad = (
        ("1", "САР", "Саяси кеңес", "=1+1", None, "24.11", "10:00"),
        ("2", "ОРД", "Саяси кеңес", "Бөтен филиал", None, "31.02.2027", "25:00"),
        (None, "САР", "Бюро емес", "#REF!", None, "12.12.2026", None),
    )
    wrong = (("7", "Жетім мәселе", None, "он бес", "бәрі"),)
    seen = await sends(moldir, filled(bad, wrong), "⚠️ Қате: ")
    text = words(seen)
    assert "«Отырыстар», 2-жол, «Қазақша атауы»: Мұнда формула тұр" in text
    assert "«Отырыстар», 2-жол, «Күні»: Жылы жоқ: 24.11. Дұрысы: 24.11.2026" in text
    assert "✅" not in "".join(moldir.labels(seen)), "there is nothing to confirm"
    whole = text
    while "›" in moldir.labels(seen):
        await moldir.tap("›")
        seen = await moldir.wait_answer()
        whole += words(seen)
    for said in (
        "3-жол, «Филиал»: Бұл отырыстарды Сіз дайындамайсыз: ОРД",
        "3-жол, «Күні»: Бұл күн емес: 31.02.2027",
        "3-жол, «Уақыты»: Бұл уақыт емес: 25:00",
        "4-жол, «Кілт»: Мұны толтыру керек.",
        "4-жол, «Орган»: Бұл мән келмейді: Бюро емес",
        "4-жол, «Қазақша атауы»: Мұнда формула қатесі тұр",
        "4-жол, «Уақыты»: Күннің уақыты жоқ",
        "«Күн тәртібі», 2-жол, «Отырыс кілті»: Мұндай кілті бар отырыс жоқ: 7",
        "2-жол, «Ұзақтығы, минут»: Бұл бүтін сан емес: он бес",
    ):
        assert said in whole, whole
    assert await stage.database.read(kept) == []
    await sends(moldir, filled((COUNCIL,), (REPORT,)), "Қосылады: 1 отырыс, 1 мәселе")
    await taps(moldir, "✅ 1 отырысты қосу", "Қосылды: 1 отырыс, 1 мәселе")


def _hidden(book: Workbook) -> None:
    book["Отырыстар"].sheet_state = "hidden"


def _merged(book: Workbook) -> None:
    book["Отырыстар"].merge_cells("D2:E2")


def _two(book: Workbook) -> None:
    book.create_sheet("Заседания")


def _headless(book: Workbook) -> None:
    book["Отырыстар"].delete_rows(1)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_hidden, "«Отырыстар»: Парақ жасырылған"),
        (_merged, "«Отырыстар»: D2:E2 ұяшықтары біріктірілген"),
        (_two, "«Отырыстар»: Мұндай парақ екеу"),
        (_headless, "«Отырыстар», 1-жол, «Орган»: Мұндай баған жоқ"),
        (lambda book: book.remove(book["Күн тәртібі"]), "«Күн тәртібі»: Мұндай парақ жоқ"),
    ],
)
async def test_what_somebody_did_to_the_form_is_told(
    stage: Stage, change: Change, expected: str
) -> None:
    moldir = await meets(stage, MOLDIR)
    await goes_to_excel(moldir)
    await taps(moldir, "📥 Толтырылған үлгіні жіберу", "Кітапты файл етіп жіберіңіз")
    await sends(moldir, filled((COUNCIL,), (REPORT,), change=change), expected)


async def test_days_of_an_old_mac_and_unknown_columns(stage: Stage) -> None:
    moldir = await meets(stage, MOLDIR)
    await goes_to_excel(moldir)
    await taps(moldir, "📥 Толтырылған үлгіні жіберу", "Кітапты файл етіп жіберіңіз")

    def change(book: Workbook) -> None:
        making.from_1904(book)
        sheet = book["Отырыстар"]
        sheet["F2"].value = 44906  # days since 1904
        sheet["H1"].value = "Ескертпе"
        book.create_sheet("Менің парағым")

    seen = await sends(moldir, filled((COUNCIL,), change=change), "Қосылады: 1 отырыс")
    assert "2. 12.12.2026 10:00" in words(seen)
    assert "Оқылмады: Менің парағым, Ескертпе" in words(seen)


async def test_whatever_is_no_workbook_is_told_and_the_step_stays(stage: Stage) -> None:
    moldir = await meets(stage, MOLDIR)
    await goes_to_excel(moldir)
    await taps(moldir, "📥 Толтырылған үлгіні жіберу", "Кітапты файл етіп жіберіңіз")
    await moldir.send("міне, кесте")
    await moldir.wait_for("Мұнда файл керек")
    await moldir.send_photo()
    await moldir.wait_for("Мұнда файл керек")
    await sends(moldir, b"a;b", "Бұл XLSX кітабы емес", "a.csv")
    await sends(moldir, making.LOCKED, "Кітап құпиясөзбен жабылған")
    await sends(moldir, filled((COUNCIL,))[:-100], "Файл бүлінген")
    await sends(moldir, making.bomb(), "Файл жайылғанда шектен тыс үлкейеді")
    many = [(str(n), *COUNCIL[1:]) for n in range(ROWS + 1)]
    await sends(moldir, filled(many), f"Жол тым көп: әр парақта ең көбі {ROWS}")
    await moldir.send_document("a.xlsx", fake_size=20 * 1024 * 1024 + 1)
    await moldir.wait_for("Файл тым үлкен: ең көбі 20 МБ")
    await sends(moldir, filled(()), "Бірде-бір жол толтырылмаған")
    await sends(moldir, filled((COUNCIL,)), "Қосылады: 1 отырыс")


async def test_many_lines_are_paged_and_the_step_waits_for_her(stage: Stage) -> None:
    moldir = await meets(stage, MOLDIR)
    await goes_to_excel(moldir)
    await taps(moldir, "📥 Толтырылған үлгіні жіберу", "Кітапты файл етіп жіберіңіз")
    many = [(str(n), "САР", "Саяси кеңес", "Ұ" * 250, None, None, None) for n in range(7)]
    seen = await sends(moldir, filled(many), "Қосылады: 7 отырыс")
    assert len(words(seen)) < 4096
    await taps(moldir, "›", "7. Күні белгіленбеген")
    await moldir.send("/menu")
    await moldir.wait_answer()
    await taps(moldir, "✏️ Аяқтау: Excel кітабы", "Қосылады: 7 отырыс")
    await taps(moldir, "✅ 7 отырысты қосу", "Қосылды: 7 отырыс")


async def test_old_and_forged_buttons_do_nothing(stage: Stage, ids: Ids) -> None:
    moldir = await meets(stage, MOLDIR)
    await goes_to_excel(moldir)
    await taps(moldir, "📥 Толтырылған үлгіні жіберу", "Кітапты файл етіп жіберіңіз")
    before = len(await stage.database.read(kept))
    seen = await sends(moldir, filled((COUNCIL,)), "Қосылады: 1 отырыс")
    await moldir.tap_data(seen["message_id"], AddAll(seal="forged").pack())
    assert "өзгер" in moldir.toast
    await moldir.tap_data(seen["message_id"], LookAt(page=2**31 - 1).pack())
    await taps(moldir, "✅ 1 отырысты қосу", "Қосылды: 1 отырыс")
    for data in (AddAll(seal="x").pack(), LookAt().pack()):
        await moldir.tap_data((await moldir.last())["message_id"], data)
        assert "Бұл қосылып қойған" in moldir.toast
    assert len(await stage.database.read(kept)) == before + 1

    darkhan = await meets(stage, DARKHAN)
    await darkhan.send("/meetings")
    listed = await darkhan.wait_for("🗓")
    assert "Excel" not in "".join(darkhan.labels(listed))
    for forged in (Exchange().pack(), Archive(id=ids.bureau).pack()):
        await darkhan.tap_data(listed["message_id"], forged)
        assert darkhan.alert, "it is not open to a deputy"


async def test_a_secretary_no_longer_adds_nothing(stage: Stage) -> None:
    moldir = await meets(stage, MOLDIR)
    await goes_to_excel(moldir)
    await taps(moldir, "📥 Толтырылған үлгіні жіберу", "Кітапты файл етіп жіберіңіз")
    seen = await sends(moldir, filled((COUNCIL,)), "Қосылады: 1 отырыс")
    gone = delete(memberships).where(memberships.c.person_id == MOLDIR - 1000)
    await stage.database.write(lambda tx: tx.execute(gone) and None)
    await moldir.tap("✅ 1 отырысты қосу", seen)
    assert moldir.alert
    assert await stage.database.read(kept) == []


@pytest.mark.parametrize(
    ("language", "own", "button", "name"),
    [
        ("kk", "📊 Отырыстар Excel кестесінде", "Отырыстарым орысша", "Заседания 2026-11-24.xlsx"),
        ("ru", "📊 Заседания в Excel", "Мои заседания на казахском", "Отырыстар 2026-11-24.xlsx"),
    ],
)
async def test_what_is_sent_out_comes_back_the_same_cell_by_cell(
    stage: Stage, ids: Ids, language: str, own: str, button: str, name: str
) -> None:
    aigul = await meets(stage, AIGUL, language)
    rename = update(table).where(table.c.id == ids.draft)
    values = {"title_kk": "=HYPERLINK(1)", "latitude": 43.2973, "longitude": 68.2518}
    await stage.database.write(lambda tx: tx.execute(rename.values(values)) and None)
    await goes_to_excel(aigul, own)
    await taps(aigul, button, "✅")
    sent_as, first = await has_it_sent(stage, aigul)
    assert sent_as == name

    send = "📥 Прислать заполненный бланк" if language == "ru" else "📥 Толтырылған үлгіні жіберу"
    await taps(aigul, send, "XLSX")
    seen = await sends(aigul, first, ": 4")
    assert "✅" not in "".join(aigul.labels(seen)), "everything is there already"

    await stage.database.write(lambda tx: tx.execute(delete(table)) and None)
    await sends(aigul, first, "4")
    await taps(aigul, "✅", "3")
    await taps(aigul, "‹", "📊")
    await taps(aigul, button, "✅")
    _, second = await has_it_sent(stage, aigul)
    assert cells(first) == cells(second)
    assert len(cells(first)) > 200


def cells(content: bytes) -> dict[tuple[str, str], tuple[Any, str, str]]:
    """Every cell of a workbook that holds anything: its value, kind and format."""
    return {
        (sheet.title, cell.coordinate): (cell.value, cell.data_type, cell.number_format)
        for sheet in load_workbook(BytesIO(content))
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


# The archive


async def held_with_papers(stage: Stage) -> sitting.Going:
    going = await stage.database.write(sitting.convene)
    aigul = await sitting.actor(stage.database, sitting.AIGUL)
    erik = await sitting.actor(stage.database, sitting.ERIK)
    write = stage.database.write
    ballot = await write(voting.open_, aigul, going.sport, "Қолдайсыз ба?", NOW, sitting.TODAY)
    await write(voting.cast, erik, ballot.id, "for", NOW, sitting.TODAY)
    await write(voting.close, aigul, ballot.id, 1, NOW, sitting.TODAY)
    await write(clauses.add, aigul, going.meeting, None, "Стадион салынсын", NOW)
    hidden = update(agenda_items).where(agenda_items.c.id == going.water)
    await write(lambda tx: tx.execute(hidden.values(visibility="bureau")) and None)
    await write(sitting.held, going)
    return going


async def test_everything_of_a_meeting_in_one_file(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    going = await held_with_papers(stage)
    aigul = await meets(stage, AIGUL)
    await manages(aigul, going.meeting, "📎 Отырыс материалдары", "📎")
    await taps(aigul, "➕ Файл қосу", "Қазір 0 файл бар")
    for name, content in (("../Есеп.pdf", b"first"), ("Есеп.pdf", b"second"), ("Өшкен.pdf", b"x")):
        await aigul.send_document(name, content)
        await aigul.wait_for("✅ Сақталды")
    await aigul.send_document("Кино.mp4", fake_size=30 * 1024 * 1024)
    await aigul.wait_for("✅ Сақталды: Кино.mp4")
    lost = update(materials).where(materials.c.name == "Өшкен.pdf")
    lost = lost.values(file_id="AgAClost", path=None)
    await stage.database.write(lambda tx: tx.execute(lost) and None)
    await taps(aigul, "✅ Осымен бітті", "📎")

    await manages(aigul, going.meeting, "📦 Барлығы бір файлда", "✅ Отырыс мұрағаты")
    name, content = await has_it_sent(stage, aigul)
    assert name == "Мұрағат 2026-11-24.zip"
    with ZipFile(BytesIO(content)) as package:
        assert package.testzip() is None
        whole = {one: package.read(one) for one in package.namelist()}
    assert set(whole) == {
        "Қазақша/Хаттама.docx",
        "Қазақша/Қорытынды құжат.docx",
        "Қазақша/Қысқаша мазмұны.txt",
        "По-русски/Протокол.docx",
        "По-русски/Итоговый документ.docx",
        "По-русски/Краткое содержание.txt",
        "Тізімдер мен дауыстар.xlsx",
        "Материалдар/Есеп.pdf",
        "Материалдар/Есеп (2).pdf",
        "Мұрағатта жоқтар.txt",
    }
    assert whole["Материалдар/Есеп (2).pdf"] == b"second"
    missing = whole["Мұрағатта жоқтар.txt"].decode("utf-8-sig")
    assert missing.splitlines() == [
        "Өшкен.pdf – Телеграм бермейді",
        "Кино.mp4 – мұрағат үшін тым үлкен",
    ]
    minutes = Document(BytesIO(whole["По-русски/Протокол.docx"]))
    assert any("О спортивных объектах" in one.text for one in minutes.paragraphs)
    told = whole["Қазақша/Қысқаша мазмұны.txt"].decode("utf-8-sig")
    assert told.startswith("Бюроның қараша отырысы\r\n2026 жылғы 24 қараша")
    lists = load_workbook(BytesIO(whole["Тізімдер мен дауыстар.xlsx"]))
    assert lists.sheetnames == ["Қатысу", "Дауыс беру", "Шешімдер", "Тапсырмалар"]
    assert lists["Қатысу"].max_row == 16
    voted = [cell.value for cell in lists["Дауыс беру"][2]][:4]
    assert voted == [1, "Қолдайсыз ба?", "Бекмұратов Ерік", "жақтады"]
    assert [row[1].value for row in lists["Шешімдер"].iter_rows(min_row=2)] == [
        sitting.SPORT,
        sitting.ROADS,
        sitting.WATER,
    ]

    monkeypatch.setattr(archiving, "WHOLE", 6)
    await manages(aigul, going.meeting, "📦 Барлығы бір файлда", "Ішіндегі материал: 1")


@pytest.mark.parametrize("telegram_id", [ERIK, MOLDIR])
async def test_the_archive_of_the_bureau_is_not_for_others(stage: Stage, telegram_id: int) -> None:
    going = await held_with_papers(stage)
    person = await meets(stage, telegram_id)
    await person.tap_data((await person.last())["message_id"], Archive(id=going.meeting).pack())
    assert person.alert
    assert not [m for m in await person.messages() if m["kind"] == "document"]


async def test_of_a_file_kept_nowhere_the_archive_is_sent_all_the_same(stage: Stage) -> None:
    going = await held_with_papers(stage)
    aigul = await meets(stage, AIGUL, "ru")
    await manages(aigul, going.meeting, "📦 Всё одним файлом", "✅ Архив заседания")
    counted = select(func.count()).select_from(materials)
    assert await stage.database.read(lambda tx: tx.execute(counted).scalar_one()) == 0
    name, _ = await has_it_sent(stage, aigul)
    assert name == "Архив 2026-11-24.zip"
